"""What was published: which issue has which number, edition and folder, and what was told in it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, or_, select

from curate.domain.errors import ArchiveError
from curate.domain.model import Digest
from curate.domain.serialization import from_json, to_json
from curate.storage.database import bulk
from curate.storage.database.rows import iso
from curate.storage.database.source_names import entry_key
from curate.storage.database.tables import ISSUES, PUBLISHED


class IssueMemory:
    """The part of the archive that decides about issues; `Archive` is one."""

    def _transaction(self) -> AbstractContextManager[Connection]:
        raise NotImplementedError

    def next_number(self) -> int:
        """The number of the issue that would come next."""
        with self._transaction() as connection:
            return (connection.execute(select(func.max(ISSUES.c.number))).scalar() or 0) + 1

    def next_edition(self, day: date) -> int:
        """The edition that the next issue of a day would be: 1, 2, …"""
        query = select(ISSUES.c.digest).where(ISSUES.c.date == day.isoformat())
        with self._transaction() as connection:
            editions = [from_json(Digest, text).edition for text in connection.scalars(query)]
        return max(editions, default=0) + 1

    def folders(self) -> dict[str, int]:
        """Folder name of every remembered issue -> its number."""
        with self._transaction() as connection:
            rows = connection.execute(select(ISSUES.c.folder, ISSUES.c.number)).all()
        return {row.folder: row.number for row in rows}

    def record(self, digest: Digest, folder: str) -> None:
        """Remember an issue as published: the night's last act, one transaction, harmless when repeated.

        ArchiveError where its number or its folder is another issue's.
        """
        with self._transaction() as connection:
            told = _list_told(connection, digest)
            same = or_(ISSUES.c.number == digest.number, ISSUES.c.folder == folder)
            taken = connection.execute(select(ISSUES.c.number, ISSUES.c.folder).where(same)).all()
            if [(digest.number, folder)] == taken:
                return
            if taken:
                raise ArchiveError(f"issue {digest.number} in {folder}/: the archive has another one there")
            row = {
                "number": digest.number,
                "folder": folder,
                "date": digest.date.isoformat(),
                "made": iso(digest.made),
                "digest": to_json(digest).decode(),
            }
            connection.execute(ISSUES.insert().values(row))
            before = bulk.present(connection, PUBLISHED.c.key, list(told))
            if fresh := [row for row in told.values() if row["key"] not in before]:
                connection.execute(PUBLISHED.insert(), fresh)

    def issue(self, number: int) -> tuple[Digest, str] | None:
        """An issue's digest and folder, by its number."""
        query = select(ISSUES.c.digest, ISSUES.c.folder).where(ISSUES.c.number == number)
        with self._transaction() as connection:
            row = connection.execute(query).first()
        return (from_json(Digest, row.digest), row.folder) if row else None


def _list_told(connection: Connection, digest: Digest) -> dict[str, dict[str, Any]]:
    """Key -> row of PUBLISHED, for each entry that an issue tells."""
    told: dict[str, dict[str, Any]] = {}
    for item in (item for section in digest.sections for item in section.items):
        score = sum(reason.points for reason in item.why)
        for source, entry_id in (item.key, *item.echo_keys):
            name = entry_key(connection, source, entry_id)
            row = {"key": name, "number": digest.number, "item": item.number, "score": score}
            told.setdefault(name, row)
    return told
