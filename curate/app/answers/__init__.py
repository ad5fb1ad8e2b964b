"""The webhook of an account: its table, its counts, its secrets."""
