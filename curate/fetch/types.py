"""What is asked and what became of it: requests and answers, as values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from curate.domain.model import Failure, Page

Resolver: TypeAlias = Callable[[str], Sequence[str]]
"""A host's name to its addresses; runs in a thread of its own, raises OSError for an unknown name."""


@dataclass(frozen=True, slots=True)
class Request:
    """One address to read, with what is known from the last time."""

    url: str
    subject: str = ""  # a source's id; the address where ""
    etag: str = ""
    last_modified: str = ""
    robots: bool = True  # False: robots.txt is not asked: a subscription, or a site of the editor's own
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # secrets; sent to this origin alone
    proxy: str | None = None  # network.proxy where None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """304: what the validators of the request name is still current."""

    url: str
    fetched: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one request."""

    request: Request
    result: Page | Unchanged | Failure
    seconds: float  # that its exchanges took, back-off included; not what it waited for its turn
    status: int = 0  # the last HTTP status; 0 where there was none
    retry_after: float = 0.0  # seconds for which the site does not want to be asked again (429, 503)
    late: bool = False  # the deadline came first, which says nothing of the site
    moved: str = ""  # the new address where the site moved for good (301, 308); "" otherwise
    elsewhere: str = ""  # where a redirect led that this call may not ask; its result is of no account then
