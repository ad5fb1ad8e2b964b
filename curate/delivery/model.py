"""A post as the draft box takes it, the pictures that it needs, and what is remembered of a draft."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Literal, NamedTuple

from curate.domain.errors import CurateError
from curate.domain.message import Message

DraftKind = Literal["news", "newspic"]
UploadKind = Literal["body", "material"]  # uploadimg, which answers an address; add_material, a media id
MOST_POSTS = 8  # of one push


@dataclass(frozen=True, slots=True)
class DraftPicture:
    """A picture that has to be on the platform before the draft is made. `about` says whose it is."""

    name: str  # its file's name
    data: bytes = field(repr=False)
    about: Message

    @property
    def is_animation(self) -> bool:
        """Whether it moves: `uploadimg` takes stills alone, so such a picture goes into the account's material."""
        return self.name.endswith(".gif")

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes that are sent: what an upload is known by."""
        return sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class DraftPost:
    """One article of a draft. In `content` a picture stands as `place_of` its digest."""

    issue: int
    kind: DraftKind
    title: str
    digest: str  # 摘要; "" where the platform makes one
    source_url: str  # 阅读原文
    content: str = field(repr=False)  # HTML of news; plain text of newspic
    pictures: tuple[DraftPicture, ...] = field(default=(), repr=False)  # of the body
    material: tuple[DraftPicture, ...] = field(default=(), repr=False)  # the cover of news; all of newspic
    notes: tuple[Message, ...] = ()  # what is left for the editor's hand


class DraftMark(NamedTuple):
    """What a draft whose answer was lost is known by in the box: of each post kind, title, 阅读原文 and first media id."""

    kind: str
    title: str
    source_url: str
    media: str


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """What the archive remembers of an issue's draft in one account. `number`: of the first issue, where it has several."""

    account: str  # a hash of the AppID
    number: int
    kind: DraftKind
    issues: tuple[int, ...] = ()  # all that are told in it
    media_id: str = ""  # "" where there is none, or none any more
    posts: int = 0
    updated: int = 0  # the platform's time of our last change, in seconds; 0 where it is not known
    asked: datetime | None = None  # when it was asked to make the draft, while no answer has come
    marks: tuple[DraftMark, ...] = ()  # of what was asked then


class ListedDraft(NamedTuple):
    """A draft as the box lists it, without its text."""

    media_id: str
    updated: int  # seconds since 1970
    posts: tuple[DraftMark, ...]


class Delivery(NamedTuple):
    """What a group has of an issue. An archive of before kept no counts: there it has all."""

    at: datetime
    taken: int = 0  # messages that arrived, the first ones
    total: int = 0
    texts: str = ""  # `digest_of` the messages

    @property
    def is_whole(self) -> bool:
        return self.taken == self.total


class DraftError(CurateError):
    """No draft was made, or it is not known whether one was; the words say which."""
