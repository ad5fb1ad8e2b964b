"""DOOR to the person at the terminal, or to cron: one module a group of commands."""
