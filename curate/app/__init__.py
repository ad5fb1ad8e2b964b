"""Use cases, without a terminal: what a person can ask of an account, as values."""
