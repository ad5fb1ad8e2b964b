"""Which sentences of a text say what it is about, and can be printed. All pure."""

from curate.text.summary.choose import summarise

__all__ = ["summarise"]
