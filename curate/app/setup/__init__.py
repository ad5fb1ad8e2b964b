"""Setting an account up: its folder laid out, its first sources, a list imported."""
