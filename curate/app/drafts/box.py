"""The draft box of an account: each call of it, with the account's pictures that are there already remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from curate.delivery.lost import read_listing, read_posts
from curate.delivery.model import DraftError, DraftMark, DraftPicture, DraftRecord, ListedDraft, UploadKind
from curate.delivery.requests import read_address
from curate.domain.errors import FetchError
from curate.domain.message import message
from curate.fetch.wechat_errors import OfficialError, UnansweredError, make_unexpected
from curate.fetch.wechat_session import WechatSession
from curate.storage.drafts import Drafts

PAGE = 20  # drafts of one answer of the list
MOST_LISTED = 100  # drafts that are looked through, the newest


def account_key(appid: str) -> str:
    """What the archive knows an account by: the AppID itself is written nowhere."""
    return sha256(appid.encode()).hexdigest()[:16]


class DraftBox:
    """One account's draft box. `store` remembers, for this `account` alone."""

    def __init__(
        self, session: WechatSession, store: Drafts, account: str, clock: Callable[[], datetime]
    ) -> None:
        self._session, self.store, self.account, self.clock = session, store, account, clock

    def count(self) -> int:
        """How many drafts there are; OfficialError where the account has no right to its box."""
        answer = self._session.get("/cgi-bin/draft/count")
        count = answer.get("total_count")
        if not isinstance(count, int):
            raise make_unexpected("draft/count")
        return count

    def put_pictures(self, kind: UploadKind, pictures: Iterable[DraftPicture]) -> dict[str, str]:
        """Have these pictures on the platform: digest -> address or media id. What is there already is not sent again.

        DraftError, with the picture's item, at the first that cannot be sent; those before it stay remembered.
        """
        wanted = {picture.digest: picture for picture in pictures}
        found = self.store.uploads(self.account, kind, wanted)
        for digest, picture in wanted.items():
            if digest not in found:
                found[digest] = self._put_picture(kind, picture)
                self.store.keep_upload(self.account, kind, digest, found[digest], self.clock())
        return found

    def _put_picture(self, kind: UploadKind, picture: DraftPicture) -> str:
        try:
            return self._upload(kind, picture)
        except FetchError as e:
            raise DraftError(
                message=message("draft.picture failed", about=picture.about, why=e.message or e.reason),
                advice=e.advice,
            ) from e

    def _upload(self, kind: UploadKind, picture: DraftPicture) -> str:
        """Once more where the answer was lost: a picture that is there twice harms nobody."""
        path, query = (
            ("/cgi-bin/media/uploadimg", {})
            if kind == "body" and not picture.is_animation
            else ("/cgi-bin/material/add_material", {"type": "image"})
        )
        try:
            answer = self._session.upload(path, query, picture.name, picture.data)
        except UnansweredError:
            answer = self._session.upload(path, query, picture.name, picture.data)
        value = read_address(answer) if kind == "body" else answer.get("media_id")
        if not isinstance(value, str) or not value:
            raise make_unexpected(path.rpartition("/")[2])
        return value

    def add(self, draft: Mapping[str, Any]) -> str:
        """Make a draft, sent once and never again by itself; its media id. UnansweredError where it may have been made."""
        answer = self._session.ask("/cgi-bin/draft/add", draft, repeatable=False)
        media_id = answer.get("media_id")
        if not isinstance(media_id, str) or not media_id:  # it may have been made all the same
            told = make_unexpected("draft/add")
            raise UnansweredError(message=told.message, advice=told.advice)
        return media_id

    def update(self, media_id: str, articles: Sequence[Mapping[str, Any]]) -> None:
        """Put these articles in place of those that a draft has, as many as it has."""
        for index, article in enumerate(articles):
            body = {"media_id": media_id, "index": index, "articles": article}
            self._session.ask("/cgi-bin/draft/update", body)

    def delete(self, media_id: str) -> None:
        """Delete a draft; harmless where it is gone."""
        try:
            self._session.ask("/cgi-bin/draft/delete", {"media_id": media_id})
        except OfficialError as e:
            if e.action != "gone":
                raise

    def is_there(self, media_id: str) -> bool:
        """Whether the box has this draft."""
        try:
            self._session.ask("/cgi-bin/draft/get", {"media_id": media_id})
        except OfficialError as e:
            if e.action != "gone":
                raise
            return False
        return True

    def read_posts(self, media_id: str) -> tuple[DraftMark, ...]:
        """What the posts of a draft are known by, in full."""
        return read_posts(self._session.ask("/cgi-bin/draft/get", {"media_id": media_id}).get("news_item"))

    def list_newest(self) -> list[ListedDraft]:
        """The newest drafts."""
        found: list[ListedDraft] = []
        while len(found) < MOST_LISTED:
            body = {"offset": len(found), "count": PAGE, "no_content": 1}
            listed = read_listing(self._session.ask("/cgi-bin/draft/batchget", body))
            found += listed
            if len(listed) < PAGE:
                break
        return found

    def others(self, record: DraftRecord) -> set[str]:
        """The media ids of what the archive knows as drafts of other issues."""
        every = self.store.list_all(self.account)
        mine = (record.number, record.kind)
        return {each.media_id for each in every if each.media_id and (each.number, each.kind) != mine}
