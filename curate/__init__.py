"""curate: a nightly, categorized digest from the sources an editor trusts."""

__version__ = "0.2.0"
