"""The web's half of the tables: what was read, which is the same whoever reads it.

One account alone has both halves in one database; in a fleet the accounts share this one (storage/fleet/). Times are
ISO 8601 in UTC, which sort as text in every database. An entry's key is a hash of its source and id, so that a guid of any
length is a short primary key.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, LargeBinary, MetaData, String, Table, Text

METADATA = MetaData()

ENTRIES = Table(
    "entries",
    METADATA,
    Column("key", String(40), primary_key=True),
    Column(
        "fingerprint", String(40), nullable=False
    ),  # source and title: what an entry may be known again by
    Column("source", String(80), nullable=False),
    Column("id", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("published", String(32), nullable=False),
    Column("dated", Boolean, nullable=False),
    Column("seen", String(32), nullable=False),
    Column("body", Text, nullable=False),  # a line of JSON, then the content (rows.py); "" once pruned
    Index("entries_fingerprint", "fingerprint"),
    Index("entries_published", "published"),
    Index("entries_source", "source", "seen"),
)

DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("key", String(40), primary_key=True),
    Column("source", String(80), nullable=False),
    Column("url", Text, nullable=False),
    Column("etag", Text, nullable=False),
    Column("last_modified", Text, nullable=False),
    Column("digest", String(40), nullable=False),  # of the body: the same again is not parsed again
    Column("fetched", String(32), nullable=False),
    Column("site", Text, nullable=False, server_default=""),  # the source's own site; "" where it names none
)

HEALTH = Table(
    "health",
    METADATA,
    Column("key", String(40), primary_key=True),  # as in DOCUMENTS
    Column("source", String(80), nullable=False),
    Column("url", Text, nullable=False),
    Column("asked", String(32), nullable=False),
    Column("succeeded", String(32), nullable=False),  # "" where a time is unknown, here and below
    Column("failing", String(32), nullable=False),  # since when every try failed
    Column("failures", Integer, nullable=False),  # in a row
    Column("status", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("due", String(32), nullable=False),
    Column("gone", Boolean, nullable=False),
    Column("moved", Text, nullable=False),
    Column("unread", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("hint", Text, nullable=False),
    Column("message", Text, nullable=False, server_default=""),  # what `reason` says, as key and values; JSON
    Column("advice", Text, nullable=False, server_default=""),  # what `hint` says
    Column("empty", String(32), nullable=False, server_default=""),  # since when it has come without entries
)

ROBOTS = Table(
    "robots",
    METADATA,
    Column("key", String(40), primary_key=True),  # a hash of the origin
    Column("origin", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("fetched", String(32), nullable=False),
)

VECTORS = Table(
    "vectors",
    METADATA,
    Column("key", String(40), primary_key=True),  # of the encoder and the text
    Column("encoder", String(80), nullable=False),  # name and version
    Column("made", String(32), nullable=False),
    Column("vector", LargeBinary, nullable=False),  # half floats
)

COMPLETIONS = Table(
    "completions",  # what pages said of entries in a fleet's nights, until the next reading takes it over
    METADATA,
    Column("key", String(40), primary_key=True),  # of the entry
    Column("account", String(255), primary_key=True),  # who read the page
    Column("fingerprint", String(40), nullable=False),
    Column("title", Text, nullable=False),
    Column("published", String(32), nullable=False),
    Column("dated", Boolean, nullable=False),
    Column("body", Text, nullable=False),
)

FLEET_NIGHTS = Table(
    "fleet_nights",  # of a fleet's web: what became of the accounts' nights
    METADATA,
    Column("account", String(255), primary_key=True),
    Column("due", String(32), primary_key=True),  # the time of its schedule that it was for
    Column("started", String(32), nullable=False),
    Column("ended", String(32), nullable=False),  # "" while it runs, and where it was killed
    Column("status", Integer, nullable=False),  # the exit status; -1 while it runs
    Column("issue", String(40), nullable=False),  # its folder; "" where there is none
    Column("cpu", Float, nullable=False),  # seconds
    Column("wall", Float, nullable=False),
    Column("body", Text, nullable=False),  # what was wrong, and with which sources, as JSON
)

WEB = (ENTRIES, DOCUMENTS, HEALTH, ROBOTS, VECTORS)
