"""How an older database becomes today's. Append only: what stands here has run on somebody's archive.

Plain SQL that SQLite and PostgreSQL both take. The version of a database is the number of steps it has run.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, inspect, text

from curate.domain.errors import ArchiveError
from curate.sources.identity import fingerprint_of
from curate.storage.database.rows import text_digest
from curate.storage.database.tables import SCHEMA

_BYTES = {"postgresql": "BYTEA"}  # what others call BLOB

Step = str | Callable[[Connection], None]  # SQL, or what SQL cannot do


def _fingerprint_by_title(connection: Connection) -> None:
    """Entries are known again by their titles; before, only under the very same address."""
    found = connection.execute(text("SELECT key, source, title, url FROM entries")).all()
    rows = [
        {"name": name, "value": text_digest(fingerprint_of(source, title, url))}
        for name, source, title, url in found
    ]
    if rows:
        connection.execute(text("UPDATE entries SET fingerprint = :value WHERE key = :name"), rows)


MIGRATIONS: tuple[tuple[Step, ...], ...] = (
    (
        """CREATE TABLE entries (
            key VARCHAR(40) PRIMARY KEY, fingerprint VARCHAR(40) NOT NULL, source VARCHAR(80) NOT NULL,
            id TEXT NOT NULL, url TEXT NOT NULL, title TEXT NOT NULL, published VARCHAR(32) NOT NULL,
            dated BOOLEAN NOT NULL, seen VARCHAR(32) NOT NULL, body TEXT NOT NULL)""",
        "CREATE INDEX entries_fingerprint ON entries (fingerprint)",
        "CREATE INDEX entries_published ON entries (published)",
        """CREATE TABLE documents (
            key VARCHAR(40) PRIMARY KEY, source VARCHAR(80) NOT NULL, url TEXT NOT NULL, etag TEXT NOT NULL,
            last_modified TEXT NOT NULL, digest VARCHAR(40) NOT NULL, fetched VARCHAR(32) NOT NULL)""",
        """CREATE TABLE issues (
            number INTEGER PRIMARY KEY, folder VARCHAR(40) NOT NULL UNIQUE, date VARCHAR(10) NOT NULL,
            made VARCHAR(32) NOT NULL, digest TEXT NOT NULL)""",
        """CREATE TABLE published (
            key VARCHAR(40) PRIMARY KEY, number INTEGER NOT NULL, item INTEGER NOT NULL, score FLOAT NOT NULL)""",
    ),
    (
        """CREATE TABLE labels (
            key VARCHAR(40) PRIMARY KEY, source VARCHAR(80) NOT NULL, id TEXT NOT NULL,
            title TEXT NOT NULL, text TEXT NOT NULL, topic VARCHAR(64) NOT NULL, at VARCHAR(32) NOT NULL)""",
    ),
    (
        """CREATE TABLE apart (
            first VARCHAR(40) NOT NULL, second VARCHAR(40) NOT NULL, made VARCHAR(32) NOT NULL,
            PRIMARY KEY (first, second))""",
    ),
    ("CREATE TABLE layouts (site VARCHAR(260) PRIMARY KEY, body TEXT NOT NULL)",),
    (
        """CREATE TABLE health (
            key VARCHAR(40) PRIMARY KEY, source VARCHAR(80) NOT NULL, url TEXT NOT NULL, asked VARCHAR(32) NOT NULL,
            succeeded VARCHAR(32) NOT NULL, failing VARCHAR(32) NOT NULL, failures INTEGER NOT NULL,
            status INTEGER NOT NULL, seconds FLOAT NOT NULL, due VARCHAR(32) NOT NULL, gone BOOLEAN NOT NULL,
            moved TEXT NOT NULL, unread BOOLEAN NOT NULL, reason TEXT NOT NULL, hint TEXT NOT NULL)""",
        """CREATE TABLE robots (
            key VARCHAR(40) PRIMARY KEY, origin TEXT NOT NULL, status INTEGER NOT NULL, body {bytes} NOT NULL,
            fetched VARCHAR(32) NOT NULL)""",
    ),
    (
        """CREATE TABLE posts (
            key VARCHAR(40) PRIMARY KEY, title TEXT NOT NULL, published VARCHAR(10) NOT NULL,
            hour INTEGER NOT NULL, msgid VARCHAR(64) NOT NULL)""",
        """CREATE TABLE figures (
            key VARCHAR(40) PRIMARY KEY, day VARCHAR(10) NOT NULL, post VARCHAR(40) NOT NULL,
            channel VARCHAR(16) NOT NULL, measure VARCHAR(32) NOT NULL, span VARCHAR(8) NOT NULL,
            value FLOAT NOT NULL, noted VARCHAR(32) NOT NULL)""",
        """CREATE TABLE pulls (
            interface VARCHAR(40) NOT NULL, day VARCHAR(10) NOT NULL, noted VARCHAR(32) NOT NULL,
            PRIMARY KEY (interface, day))""",
    ),
    (),  # entries.body: the content stands behind the JSON, not in it; what is there is read as before
    (_fingerprint_by_title,),  # entries.fingerprint: of source and title, for addresses that change
    (
        "ALTER TABLE documents ADD COLUMN site TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE health ADD COLUMN empty VARCHAR(32) NOT NULL DEFAULT ''",
    ),
    ("CREATE TABLE parameters (site VARCHAR(260) PRIMARY KEY, body TEXT NOT NULL)",),
    (
        """CREATE TABLE vectors (
            key VARCHAR(40) PRIMARY KEY, encoder VARCHAR(80) NOT NULL, made VARCHAR(32) NOT NULL,
            vector {bytes} NOT NULL)""",
    ),
    (
        """CREATE TABLE edited_issues (
            number INTEGER PRIMARY KEY, machine TEXT NOT NULL, revision INTEGER NOT NULL, rendered INTEGER NOT NULL)""",
        """CREATE TABLE issue_events (
            number INTEGER NOT NULL, revision INTEGER NOT NULL, kind VARCHAR(16) NOT NULL, body TEXT NOT NULL,
            at VARCHAR(32) NOT NULL, origin VARCHAR(16) NOT NULL, PRIMARY KEY (number, revision))""",
        "CREATE TABLE issue_offers (number INTEGER PRIMARY KEY, body {bytes} NOT NULL)",
        """CREATE TABLE set_aside (
            key VARCHAR(40) PRIMARY KEY, number INTEGER NOT NULL, parked BOOLEAN NOT NULL)""",
    ),
    (
        """CREATE TABLE together (
            first VARCHAR(40) NOT NULL, second VARCHAR(40) NOT NULL, made VARCHAR(32) NOT NULL,
            PRIMARY KEY (first, second))""",
        """CREATE TABLE advert_marks (
            key VARCHAR(40) PRIMARY KEY, source VARCHAR(80) NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL,
            text TEXT NOT NULL, advert BOOLEAN NOT NULL, at VARCHAR(32) NOT NULL)""",
    ),
    (
        """CREATE TABLE sorters (
            digest VARCHAR(40) PRIMARY KEY, made VARCHAR(32) NOT NULL, documents INTEGER NOT NULL,
            learnt {bytes} NOT NULL)""",
    ),
    (
        "CREATE TABLE issue_decisions (number INTEGER PRIMARY KEY, revision INTEGER NOT NULL, body TEXT NOT NULL)",
        """CREATE TABLE forgotten (
            factor VARCHAR(16) NOT NULL, level VARCHAR(80) NOT NULL, number INTEGER NOT NULL,
            PRIMARY KEY (factor, level))""",
    ),
    (
        """CREATE TABLE issue_visits (
            number INTEGER NOT NULL, at VARCHAR(32) NOT NULL, kind VARCHAR(16) NOT NULL, revision INTEGER NOT NULL,
            name TEXT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (number, at, kind))""",
    ),
    (
        """CREATE TABLE requests (
            day VARCHAR(10) NOT NULL, asked VARCHAR(80) NOT NULL, count INTEGER NOT NULL,
            PRIMARY KEY (day, asked))""",
    ),
    (
        "ALTER TABLE health ADD COLUMN message TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE health ADD COLUMN advice TEXT NOT NULL DEFAULT ''",
    ),
    (
        """CREATE TABLE drafts (
            account VARCHAR(40) NOT NULL, number INTEGER NOT NULL, kind VARCHAR(8) NOT NULL, body TEXT NOT NULL,
            PRIMARY KEY (account, number, kind))""",
        """CREATE TABLE uploads (
            account VARCHAR(40) NOT NULL, kind VARCHAR(8) NOT NULL, digest VARCHAR(64) NOT NULL,
            value TEXT NOT NULL, made VARCHAR(32) NOT NULL, PRIMARY KEY (account, kind, digest))""",
    ),
    (
        """CREATE TABLE sent (
            number INTEGER NOT NULL, service VARCHAR(80) NOT NULL, at VARCHAR(32) NOT NULL,
            PRIMARY KEY (number, service))""",
    ),
    (
        "ALTER TABLE sent ADD COLUMN taken INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE sent ADD COLUMN total INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE sent ADD COLUMN texts VARCHAR(40) NOT NULL DEFAULT ''",
    ),
    ("CREATE INDEX entries_source ON entries (source, seen)",),
    (
        """CREATE TABLE shared_sources (
            name VARCHAR(80) NOT NULL, web VARCHAR(80) NOT NULL, since VARCHAR(32) NOT NULL,
            PRIMARY KEY (name, web))""",
        "CREATE INDEX shared_sources_web ON shared_sources (web)",
        """CREATE TABLE fleet_nights (
            account VARCHAR(255) NOT NULL, due VARCHAR(32) NOT NULL, started VARCHAR(32) NOT NULL,
            ended VARCHAR(32) NOT NULL, status INTEGER NOT NULL, issue VARCHAR(40) NOT NULL, cpu FLOAT NOT NULL,
            wall FLOAT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (account, due))""",
    ),
    (
        """CREATE TABLE completions (
            key VARCHAR(40) NOT NULL, account VARCHAR(255) NOT NULL, fingerprint VARCHAR(40) NOT NULL,
            title TEXT NOT NULL, published VARCHAR(32) NOT NULL, dated BOOLEAN NOT NULL, body TEXT NOT NULL,
            PRIMARY KEY (key, account))""",
    ),
)


def migrate(connection: Connection) -> None:
    """Run the steps that this database has not run yet, in the caller's transaction.

    ArchiveError where the database is of a newer version.
    """
    version = read_version(connection)
    if version > len(MIGRATIONS):
        raise ArchiveError(
            f"the archive is of a newer curate (its version {version}, known here {len(MIGRATIONS)})",
            "升级 curate：pip install --upgrade curate",
        )
    for step in MIGRATIONS[version:]:
        for part in step:
            if callable(part):
                part(connection)
            else:
                connection.execute(text(part.format(bytes=_BYTES.get(connection.dialect.name, "BLOB"))))
    if version < len(MIGRATIONS):
        connection.execute(SCHEMA.delete())
        connection.execute(SCHEMA.insert().values(version=len(MIGRATIONS)))


def read_version(connection: Connection) -> int:
    """How many steps a database has run; 0 for a new one, which is given its table for that."""
    if not inspect(connection).has_table(SCHEMA.name):
        SCHEMA.create(connection)
        return 0
    return connection.execute(SCHEMA.select()).scalar() or 0
