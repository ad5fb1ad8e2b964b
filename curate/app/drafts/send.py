"""An issue's posts into the draft box: made once, changed afterwards, and never twice, whatever happens to an answer.

pictures -> cover -> limits -> the draft that is known: changed; that is gone, or none yet: made
What is about to be made is in the archive before it is asked for. Where its answer is lost, the box is looked through for
it; as long as it may still come, nothing is asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from curate.app.drafts.box import DraftBox
from curate.config.delivery_schema import DraftSettings
from curate.delivery.limits import find_breaches
from curate.delivery.lost import SETTLED, are_same, find_lost, is_settled
from curate.delivery.model import DraftError, DraftKind, DraftMark, DraftPost, DraftRecord, ListedDraft
from curate.delivery.requests import draft_of, list_strays, mark_of, put_addresses
from curate.domain.errors import FetchError
from curate.domain.message import Message, all_of, message
from curate.fetch.wechat_errors import OfficialError, UnansweredError

LOOKS = (2.0, 4.0, 8.0)  # seconds before each look for a draft whose answer was lost
_TRIES = 3  # of making a draft in one run, each after it is certain that the one before made none


class DraftJob(NamedTuple):
    """What is to be in one draft. `replaces_edits`: what was changed in the back office since is overwritten."""

    issues: tuple[int, ...]
    kind: DraftKind
    posts: tuple[DraftPost, ...]
    settings: DraftSettings
    replaces_edits: bool = False


@dataclass(frozen=True, slots=True)
class SentDraft:
    """What became of it: `how` is "made", "changed", "found" (an answer that was lost) or "replaced"."""

    how: str
    record: DraftRecord


class DraftSender:
    """Puts drafts into a box. `sleep` waits some seconds, `tell` says what is being done."""

    def __init__(
        self, box: DraftBox, sleep: Callable[[float], None], tell: Callable[[Message], None]
    ) -> None:
        self._box, self._sleep, self._tell = box, sleep, tell

    def send(self, job: DraftJob) -> SentDraft:
        """Put the posts into the box. DraftError or FetchError where they are not there, or where it is not known."""
        _refuse_breaches(job.posts, job.settings)
        record = self._box.store.read(self._box.account, job.issues[0], job.kind)
        how = "made"
        if record.asked:
            record, how = self._settle(record), "found"
        self._refuse_shared(record, job)
        posts, media = self._put_pictures(job)
        _refuse_breaches(posts, job.settings)
        if record.media_id:
            changed = self._change(record, job, posts, media)
            if changed is not None:
                return SentDraft("changed" if how == "made" else how, changed)
            how = "replaced"
            record = self._keep(replace(record, media_id="", posts=0, updated=0))
        made, how_made = self._make(record, job, posts, media)
        return SentDraft(how if how == "replaced" else how_made, made)

    # --- pictures

    def _put_pictures(self, job: DraftJob) -> tuple[list[DraftPost], dict[str, str]]:
        """The posts with the platform's addresses, and the media ids of their covers; every picture, before any draft."""
        body = [picture for post in job.posts for picture in post.pictures]
        material = [picture for post in job.posts for picture in post.material]
        if body:
            self._tell(message("draft.sending pictures", n=len({p.digest for p in body})))
        addresses = self._box.put_pictures("body", body)
        media = self._box.put_pictures("material", material)
        return [put_addresses(post, addresses) for post in job.posts], media

    def _renew_material(self, job: DraftJob) -> dict[str, str]:
        """Covers that somebody deleted from the account's material, sent again."""
        material = [picture for post in job.posts for picture in post.material]
        self._box.store.forget_uploads(self._box.account, "material", [p.digest for p in material])
        return self._box.put_pictures("material", material)

    # --- a draft that is known

    def _refuse_shared(self, record: DraftRecord, job: DraftJob) -> None:
        """An issue has one draft: it cannot go into that of another issue too."""
        for each in self._box.store.list_all(self._box.account):
            taken = set(each.issues) & set(job.issues)
            if not taken or each.kind != job.kind or each.number == record.number:
                continue
            other = self._settle(each) if each.asked else each
            if other.media_id and self._box.is_there(other.media_id):
                raise _make_error("shared", issue=min(taken), other=other.number)
            self._keep(replace(other, media_id="", posts=0, updated=0, issues=()))

    def _change(
        self, record: DraftRecord, job: DraftJob, posts: Sequence[DraftPost], media: dict[str, str]
    ) -> DraftRecord | None:
        """The known draft with the posts as they are now; None where it is gone, or has another number of posts."""
        self._refuse_edited(record, job)
        if record.posts != len(posts):
            self._tell(message("draft.replacing"))
            self._box.delete(record.media_id)
            return None
        record = self._keep(replace(record, updated=0, issues=job.issues))  # from here on the change is ours
        for covers in (media, None):
            articles = draft_of(posts, covers or self._renew_material(job), job.settings)["articles"]
            try:
                self._box.update(record.media_id, articles)
                return self._keep(replace(record, updated=self._time_of(record.media_id)))
            except OfficialError as e:
                if e.action != "gone":
                    raise
                if not self._box.is_there(record.media_id):
                    self._tell(message("draft.gone"))
                    return None
                if covers is None:
                    raise
        return None

    def _refuse_edited(self, record: DraftRecord, job: DraftJob) -> None:
        """What the editor changed in the back office is not overwritten unless that is asked for."""
        if job.replaces_edits or not record.updated:
            return
        found = {each.media_id: each.updated for each in self._box.list_newest()}
        if found.get(record.media_id, record.updated) != record.updated:
            raise _make_error("edited", issue=record.number)

    def _time_of(self, media_id: str) -> int:
        """The platform's time of the draft's last change; 0 where it does not tell."""
        try:
            return next((e.updated for e in self._box.list_newest() if e.media_id == media_id), 0)
        except FetchError:  # the draft is there; only a later change in the back office will not be noticed
            return 0

    # --- a draft that is made

    def _make(
        self, record: DraftRecord, job: DraftJob, posts: Sequence[DraftPost], media: dict[str, str]
    ) -> tuple[DraftRecord, str]:
        renewed = False
        for _ in range(_TRIES):
            record = self._begin(record, job, tuple(mark_of(post, media) for post in posts))
            try:
                media_id = self._box.add(draft_of(posts, media, job.settings))
            except UnansweredError as e:
                return self._settle(record, looks=LOOKS, cause=e), "found"
            except OfficialError as e:
                if e.action == "busy" and (found := self._look(record, LOOKS)):
                    return found, "found"
                record = self._keep(replace(record, asked=None))
                if e.action == "gone" and not renewed:
                    renewed, media = True, self._renew_material(job)
                elif e.action != "busy":
                    raise
            except FetchError:  # it was not sent
                self._keep(replace(record, asked=None))
                raise
            else:
                made = self._finish(record, media_id, 0)
                return self._keep(replace(made, updated=self._time_of(media_id))), "made"
        raise _make_error("busy")

    def _begin(self, record: DraftRecord, job: DraftJob, marks: tuple[DraftMark, ...]) -> DraftRecord:
        """Remember what is about to be asked for."""
        return self._keep(
            replace(record, issues=job.issues, posts=len(marks), asked=self._box.clock(), marks=marks)
        )

    def _settle(
        self, record: DraftRecord, looks: Sequence[float] = (0.0,), cause: FetchError | None = None
    ) -> DraftRecord:
        """What became of a draft whose answer was lost: it is found, or certainly none. DraftError while it may still come."""
        if found := self._look(record, looks):
            self._tell(message("draft.found"))
            return found
        if cause is None and record.asked and is_settled(record.asked, self._box.clock()):
            return self._keep(replace(record, asked=None, posts=0))
        raise _make_uncertain(record, cause) from cause

    def _look(self, record: DraftRecord, looks: Sequence[float]) -> DraftRecord | None:
        """Look for the draft in the box, some seconds before each look. DraftError where the box cannot be looked through."""
        assert record.asked is not None
        others = self._box.others(record)
        for seconds in looks:
            if seconds:
                self._sleep(seconds)
            try:
                found = self._find_lost(record, others)
            except FetchError as e:
                raise _make_uncertain(record, e) from e
            if found:
                return self._finish(record, found.media_id, found.updated)
        return None

    def _find_lost(self, record: DraftRecord, others: set[str]) -> ListedDraft | None:
        """The draft in the box that has the marks; one of which the list tells too little is read itself."""
        listed, strangers = self._box.list_newest(), set(others)
        while record.asked and (found := find_lost(listed, record.marks, record.asked, strangers)):
            told = all(post.media for post in found.posts)
            if told or are_same(self._box.read_posts(found.media_id), record.marks):
                return found
            strangers.add(found.media_id)
        return None

    def _finish(self, record: DraftRecord, media_id: str, updated: int) -> DraftRecord:
        return self._keep(replace(record, media_id=media_id, updated=updated, asked=None, marks=()))

    def _keep(self, record: DraftRecord) -> DraftRecord:
        self._box.store.keep(record)
        return record


def _refuse_breaches(posts: Sequence[DraftPost], settings: DraftSettings) -> None:
    """DraftError where a post is over a limit, or shows a picture that the platform would filter out."""
    found = [each for each in find_breaches(posts, settings.author) if each.stops]
    if found:
        raise DraftError(
            message=all_of(each.said for each in found), advice=all_of(dict.fromkeys(e.advice for e in found))
        )


def refuse_strays(posts: Sequence[DraftPost]) -> None:
    """DraftError where a post shows a picture that would not be sent: the platform would drop it without a word."""
    for post in posts:
        for source in list_strays(post):
            raise _make_error("stray", about=post.title[:30], source=source[:80])


def _make_uncertain(record: DraftRecord, cause: FetchError | None) -> DraftError:
    why: Any = (cause.message or cause.reason) if cause else message("draft.no answer")
    minutes = round(SETTLED.total_seconds() / 60)
    return DraftError(
        message=message("draft.uncertain", issue=record.number, why=why),
        advice=message("draft.uncertain.hint", minutes=minutes),
    )


def _make_error(key: str, **values: str | int) -> DraftError:
    return DraftError(
        message=message(f"draft.{key}", **values), advice=message(f"draft.{key}.hint", **values)
    )
