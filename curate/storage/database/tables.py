"""The account's half of the tables: what it published, what its editor said, what its readers did; and their version.

Times are ISO 8601 in UTC, which sort as text in every database.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, LargeBinary, String, Table, Text

from curate.storage.database.web_tables import COMPLETIONS, FLEET_NIGHTS, METADATA, WEB

SCHEMA = Table("schema_version", METADATA, Column("version", Integer, nullable=False))

ISSUES = Table(
    "issues",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("folder", String(40), nullable=False, unique=True),
    Column("date", String(10), nullable=False),
    Column("made", String(32), nullable=False),  # the `now` of its run: what was seen later is new
    Column("digest", Text, nullable=False),  # the whole Digest as JSON: renders anew at any time
)

APART = Table(
    "apart",
    METADATA,
    Column("first", String(40), primary_key=True),  # keys of two entries that the editor keeps apart
    Column("second", String(40), primary_key=True),  # the greater of the two
    Column("made", String(32), nullable=False),
)

TOGETHER = Table(
    "together",
    METADATA,
    Column("first", String(40), primary_key=True),  # keys of two entries that the editor merged, as in APART
    Column("second", String(40), primary_key=True),
    Column("made", String(32), nullable=False),
)

ADVERT_MARKS = Table(
    "advert_marks",
    METADATA,
    Column("key", String(40), primary_key=True),  # of the entry; its latest mark counts
    Column("source", String(80), nullable=False),
    Column("id", Text, nullable=False),
    Column("title", Text, nullable=False),  # as it was when it was marked
    Column("text", Text, nullable=False),  # what adverts are judged by; it outlives pruning
    Column("advert", Boolean, nullable=False),
    Column("at", String(32), nullable=False),
)

PUBLISHED = Table(
    "published",
    METADATA,
    Column("key", String(40), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("item", Integer, nullable=False),
    Column("score", Float, nullable=False),
)

LABELS = Table(
    "labels",
    METADATA,
    Column("key", String(40), primary_key=True),  # of the entry; its latest label counts
    Column("source", String(80), nullable=False),
    Column("id", Text, nullable=False),
    Column("title", Text, nullable=False),  # as it was when it was labeled
    Column("text", Text, nullable=False),  # what topics are judged by; it outlives pruning
    Column("topic", String(64), nullable=False),  # Topic.id, or "other" where it belongs to none
    Column("at", String(32), nullable=False),
)

LAYOUTS = Table(
    "layouts",
    METADATA,
    Column("site", String(260), primary_key=True),  # host, and port where there is one
    Column("body", Text, nullable=False),  # the Layout as JSON
)

PARAMETERS = Table(
    "parameters",
    METADATA,
    Column("site", String(260), primary_key=True),  # as in LAYOUTS
    Column("body", Text, nullable=False),  # the Parameters as JSON
)

POSTS = Table(
    "posts",
    METADATA,
    Column("key", String(40), primary_key=True),  # of its day and the letters of its title
    Column("title", Text, nullable=False),
    Column("published", String(10), nullable=False),
    Column("hour", Integer, nullable=False),  # of the push; -1 where no source tells it
    Column("msgid", String(64), nullable=False),  # the platform's own; "" where unknown
)

FIGURES = Table(
    "figures",
    METADATA,
    Column("key", String(40), primary_key=True),  # of day, post, channel, measure and span
    Column("day", String(10), nullable=False),
    Column("post", String(40), nullable=False),  # "" is the whole account
    Column("channel", String(16), nullable=False),  # "" is all channels
    Column("measure", String(32), nullable=False),
    Column("span", String(8), nullable=False),  # "day", or "total" since publication
    Column("value", Float, nullable=False),
    Column("noted", String(32), nullable=False),
)

PULLS = Table(
    "pulls",
    METADATA,
    Column("interface", String(40), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("noted", String(32), nullable=False),
)

REQUESTS = Table(
    "requests",  # what readers asked for by message, counted; no word of who asked
    METADATA,
    Column("day", String(10), primary_key=True),
    Column("asked", String(80), primary_key=True),  # a number, "topic:ai", "search" …
    Column("count", Integer, nullable=False),
)

EDITED_ISSUES = Table(
    "edited_issues",  # the issues that the editor has begun; what `issues` has of them is the issue as it is now
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("machine", Text, nullable=False),  # the Digest as the night made it
    Column("revision", Integer, nullable=False),  # of the last event
    Column("rendered", Integer, nullable=False),  # the revision that its folder shows
)

ISSUE_EVENTS = Table(
    "issue_events",  # append only
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, primary_key=True, autoincrement=False),  # 1.. within the issue
    Column("kind", String(16), nullable=False),
    Column("body", Text, nullable=False),  # the event as JSON
    Column("at", String(32), nullable=False),
    Column("origin", String(16), nullable=False),  # where it was said
)

ISSUE_VISITS = Table(
    "issue_visits",  # append only: when an issue was opened, copied, approved
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("revision", Integer, nullable=False),  # that was there to be seen
    Column("name", Text, nullable=False),  # of who approved
    Column("words", Text, nullable=False),
)

ISSUE_OFFERS = Table(
    "issue_offers",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),  # what the night had to offer, as JSON, deflated
)

SET_ASIDE = Table(
    "set_aside",
    METADATA,
    Column("key", String(40), primary_key=True),  # of an entry
    Column("number", Integer, nullable=False),  # the issue out of which it was taken
    Column("parked", Boolean, nullable=False),  # else it was dropped
)

ISSUE_DECISIONS = Table(
    "issue_decisions",  # what follows from an issue's log and offers, which take longer to read
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False),  # of the log that it was made of
    Column("body", Text, nullable=False),  # the Decisions as JSON
)

FORGOTTEN = Table(
    "forgotten",  # what the editor took back of what was learnt from choices
    METADATA,
    Column("factor", String(16), primary_key=True),  # "topic", "source", or "" for all
    Column("level", String(80), primary_key=True),  # the id
    Column("number", Integer, nullable=False),  # the last issue that counts no more
)

SORTERS = Table(
    "sorters",
    METADATA,
    Column("digest", String(40), primary_key=True),  # of topics, labels, encoder and version
    Column("made", String(32), nullable=False),
    Column("documents", Integer, nullable=False),  # that it was learnt from
    Column("learnt", LargeBinary, nullable=False),  # arrays (topics/linear_classifier.py)
)

DRAFTS = Table(
    "drafts",  # what was put into the draft box of an account
    METADATA,
    Column("account", String(40), primary_key=True),  # a hash of the AppID
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(8), primary_key=True),
    Column("body", Text, nullable=False),  # the DraftRecord as JSON
)

UPLOADS = Table(
    "uploads",  # pictures that an account has on the platform
    METADATA,
    Column("account", String(40), primary_key=True),
    Column("kind", String(8), primary_key=True),  # "body": an address; "material": a media id
    Column("digest", String(64), primary_key=True),  # of the bytes that were sent
    Column("value", Text, nullable=False),
    Column("made", String(32), nullable=False),
)

SENT = Table(
    "sent",  # issues that went to a group
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("service", String(80), primary_key=True),
    Column("at", String(32), nullable=False),
    Column("taken", Integer, nullable=False),  # messages that arrived
    Column("total", Integer, nullable=False),
    Column("texts", String(40), nullable=False),  # a digest of the messages
)

SHARED_SOURCES = Table(
    "shared_sources",  # of an account in a fleet: what the shared web calls each source that it has, or had
    METADATA,
    Column("name", String(80), primary_key=True),  # the account's own id; "" is all sources together
    Column("web", String(80), primary_key=True),
    Column("since", String(32), nullable=False),
    Index("shared_sources_web", "web"),
)

ACCOUNT = tuple(
    table for table in METADATA.sorted_tables if table not in (*WEB, SCHEMA, COMPLETIONS, FLEET_NIGHTS)
)
