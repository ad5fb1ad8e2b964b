"""The platform's data interfaces -> figures."""
