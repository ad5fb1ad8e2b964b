"""The nouns of what readers did: counts alone, nothing about any person."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

ACCOUNT = ""  # Figure.post of what is about the whole account
EVERYWHERE = ""  # Figure.channel of all channels together
HOUR_UNKNOWN = -1
WINDOW = timedelta(days=400)  # that is looked at: readers change

Span = Literal["day", "total"]


@dataclass(frozen=True, slots=True)
class Post:
    """Something that the account published: a whole issue, or one topic of it."""

    title: str
    published: date  # in the account's time zone
    hour: int = HOUR_UNKNOWN  # 0..23 of the push
    msgid: str = ""  # the platform's own, "12003_3": third of the push 12003; "" where unknown


@dataclass(frozen=True, slots=True)
class Figure:
    """One count. Known by day, post, channel, measure and span: the same again is the same figure."""

    day: date  # what it counts; of a total from an export without such a day, when the post was published
    post: str  # post_key, or ACCOUNT
    channel: str  # a value of CHANNELS, or EVERYWHERE
    measure: str  # a key of MEASURES
    value: float
    span: Span = "day"  # "total": from publication up to `day`


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file as it was understood; `field` is "" where it is not used."""

    header: str
    field: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """What a file held."""

    shape: str  # in words: "每篇内容的累计数据"
    columns: tuple[Column, ...]
    posts: Mapping[str, Post]  # by post_key
    figures: tuple[Figure, ...]
    doubts: tuple[str, ...] = ()  # what should be confirmed, in words
    withheld: int = 0  # cells without a count: "-", "<5"


@dataclass(frozen=True, slots=True)
class Record:
    """All that the archive holds of what readers did."""

    posts: Mapping[str, Post] = field(default_factory=lambda: MappingProxyType({}))
    figures: tuple[Figure, ...] = ()


def post_key(title: str, published: date) -> str:
    """What a post is known by, from whichever side it comes: its day and the letters of its title."""
    return hashlib.sha1(f"{published}\0{letters(title)}".encode(), usedforsecurity=False).hexdigest()


def letters(text: str) -> str:
    """Letters and digits alone, in one width and case: titles differ in quotes and spaces between exports."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
