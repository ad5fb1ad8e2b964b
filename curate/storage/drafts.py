"""What was put into the draft box of each account, and which pictures the platform has of it: never one account's for another."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import Connection, select

from curate.delivery.model import Delivery, DraftKind, DraftRecord, UploadKind
from curate.domain.serialization import from_json, to_json
from curate.storage.database.rows import iso
from curate.storage.database.tables import DRAFTS, SENT, UPLOADS


class Drafts:
    """The drafts in an archive. `transaction` is the archive's own."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._transaction = transaction

    def read(self, account: str, number: int, kind: DraftKind) -> DraftRecord:
        """What is remembered of an issue's draft; an empty record where nothing is."""
        query = select(DRAFTS.c.body).where(
            DRAFTS.c.account == account, DRAFTS.c.number == number, DRAFTS.c.kind == kind
        )
        with self._transaction() as connection:
            body = connection.scalars(query).first()
        return from_json(DraftRecord, body) if body else DraftRecord(account, number, kind)

    def list_all(self, account: str) -> list[DraftRecord]:
        """Every draft that is remembered of an account, by issue."""
        query = select(DRAFTS.c.body).where(DRAFTS.c.account == account).order_by(DRAFTS.c.number)
        with self._transaction() as connection:
            return [from_json(DraftRecord, body) for body in connection.scalars(query)]

    def keep(self, record: DraftRecord) -> None:
        """Remember this of an issue's draft, in place of what was remembered."""
        named = (
            (DRAFTS.c.account == record.account)
            & (DRAFTS.c.number == record.number)
            & (DRAFTS.c.kind == record.kind)
        )
        row = {
            "account": record.account,
            "number": record.number,
            "kind": record.kind,
            "body": to_json(record).decode(),
        }
        with self._transaction() as connection:
            connection.execute(DRAFTS.delete().where(named))
            connection.execute(DRAFTS.insert().values(row))

    def uploads(self, account: str, kind: UploadKind, digests: Collection[str]) -> dict[str, str]:
        """Digest -> address or media id, of those pictures that the platform has."""
        query = select(UPLOADS.c.digest, UPLOADS.c.value).where(
            UPLOADS.c.account == account, UPLOADS.c.kind == kind, UPLOADS.c.digest.in_(sorted(digests))
        )
        with self._transaction() as connection:
            return {row.digest: row.value for row in connection.execute(query)}

    def keep_upload(self, account: str, kind: UploadKind, digest: str, value: str, now: datetime) -> None:
        """Remember that the platform has a picture."""
        row = {"account": account, "kind": kind, "digest": digest, "value": value, "made": iso(now)}
        with self._transaction() as connection:
            self._forget(connection, account, kind, [digest])
            connection.execute(UPLOADS.insert().values(row))

    def forget_uploads(self, account: str, kind: UploadKind, digests: Collection[str]) -> None:
        """Forget pictures that the platform has no more."""
        with self._transaction() as connection:
            self._forget(connection, account, kind, digests)

    def _forget(
        self, connection: Connection, account: str, kind: UploadKind, digests: Collection[str]
    ) -> None:
        named = (
            (UPLOADS.c.account == account) & (UPLOADS.c.kind == kind) & UPLOADS.c.digest.in_(sorted(digests))
        )
        connection.execute(UPLOADS.delete().where(named))

    def delivery(self, number: int, service: str) -> Delivery | None:
        """What a group has of an issue; None where it has nothing."""
        query = select(SENT).where(SENT.c.number == number, SENT.c.service == service)
        with self._transaction() as connection:
            row = connection.execute(query).first()
        return Delivery(datetime.fromisoformat(row.at), row.taken, row.total, row.texts) if row else None

    def keep_delivery(self, number: int, service: str, delivery: Delivery) -> None:
        """Remember what a group has of an issue, in place of what was remembered."""
        named = (SENT.c.number == number) & (SENT.c.service == service)
        row = {**delivery._asdict(), "number": number, "service": service, "at": iso(delivery.at)}
        with self._transaction() as connection:
            connection.execute(SENT.delete().where(named))
            connection.execute(SENT.insert().values(row))
