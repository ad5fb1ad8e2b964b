"""Which sentences of a text say what it is about, and can be printed. All pure."""

from curate.text.summary.choose import summarize

__all__ = ["summarize"]
