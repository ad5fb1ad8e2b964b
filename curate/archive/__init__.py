"""DOOR to the database: what was seen, what was published, and the validators of each document.

tables.py      the tables as they are now
migrations.py  how an older database becomes one; append-only
store.py       the questions that the night asks
labels.py      what the editor said that entries are about
"""

from curate.archive.labels import Label
from curate.archive.store import Archive, Known

__all__ = ["Archive", "Known", "Label"]
