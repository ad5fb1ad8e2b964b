"""DOOR to the database: what was seen, what was published, and the validators of each document.

tables.py      the tables as they are now
migrations.py  how an older database becomes one; append-only
archive.py       the questions that the night asks
published.py   which issue has which number, edition and folder
lock.py        one command at a time
documents.py  documents, their entries and validators
source_health.py      how each document is doing, and robots.txt
bulk.py        many rows at once
labels.py      what the editor said that entries are about
audience.py     what readers did with what was published
"""

from curate.storage.archive import Archive
from curate.storage.documents import DocumentState, Seen
from curate.storage.labels import Label
from curate.storage.source_health import Health

__all__ = ["Archive", "DocumentState", "Health", "Label", "Seen"]
