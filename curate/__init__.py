"""curate: a nightly, categorised digest from the sources an editor trusts."""

__version__ = "0.1.0"
