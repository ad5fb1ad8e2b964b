"""DOOR to the database: what was seen, what was published, and the validators of each document.

tables.py      the tables as they are now
migrations.py  how an older database becomes one; append-only
store.py       the questions that the night asks
published.py   which issue has which number, edition and folder
lock.py        one command at a time
documented.py  documents, their entries and validators
health.py      how each document is doing, and robots.txt
bulk.py        many rows at once
labels.py      what the editor said that entries are about
figures.py     what readers did with what was published
"""

from curate.archive.documented import Known, Seen
from curate.archive.health import Health
from curate.archive.labels import Label
from curate.archive.store import Archive

__all__ = ["Archive", "Health", "Known", "Label", "Seen"]
