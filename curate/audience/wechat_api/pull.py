"""Pulling from the official interfaces: call after call, each kept at once, so that what is cut off goes on where it was.

The session with the platform and the archive are handed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from curate.audience.model import Figure, Post, Record
from curate.audience.wechat_api.endpoints import Call, Interface, plan
from curate.audience.wechat_api.responses import Answer
from curate.fetch.wechat_errors import OfficialError, make_unexpected
from curate.fetch.wechat_session import WechatSession


class Keeper(Protocol):
    """What of the archive is used."""

    def readership(self) -> Record: ...
    def read_pulls(self) -> dict[tuple[str, date], datetime]: ...
    def keep_figures(
        self,
        posts: Mapping[str, Post],
        figures: list[Figure],
        now: datetime,
        pulled: list[tuple[str, date]] = ...,
    ) -> Any: ...


@dataclass(slots=True)
class Pulled:
    """How far a pull came; filled while it goes, so that it tells even of one that was cut off."""

    calls: int = 0
    planned: int = 0
    new: int = 0
    changed: int = 0
    missing: list[tuple[str, date]] = field(default_factory=list)  # days without data yet
    older: bool = False  # the newer family was refused, the older asked instead


def pull(
    since: date,
    now: datetime,
    session: WechatSession,
    archive: Keeper,
    done: Pulled,
) -> None:
    """Pull every day from `since` that is wanted. OfficialError or FetchError where it cannot go on; what came is kept."""
    known = {one.msgid: key for key, one in archive.readership().posts.items() if one.msgid}
    calls = plan(since, now, archive.read_pulls())
    done.planned = len(calls)
    while calls:
        call = calls.pop(0)
        try:
            answer = _ask(session, call)
        except OfficialError as e:
            if e.action == "missing":
                done.missing += [(call.interface.name, day) for day in call.span]
                continue
            if e.action == "retired" and call.interface.family == "new" and not done.older:
                done.older = True
                calls = plan(since, now, archive.read_pulls(), "old")
                done.planned = done.calls + len(calls)
                continue
            raise
        _keep(call, answer, known, archive, now, done)


def _ask(session: WechatSession, call: Call) -> Answer:
    body = {"begin_date": call.begin.isoformat(), "end_date": call.end.isoformat()}
    return session.ask(f"/datacube/{call.interface.name}", body)


def _keep(
    call: Call, answer: Answer, known: dict[str, str], archive: Keeper, now: datetime, done: Pulled
) -> None:
    """One answer, in one transaction with the note that these days were had; its posts are `known` from now on."""
    interface: Interface = call.interface
    try:
        posts, figures = interface.read(answer, known)
    except (KeyError, TypeError, ValueError, AttributeError) as e:
        raise make_unexpected(interface.name) from e
    late = bool(answer.get("is_delay"))
    if late:
        done.missing += [(interface.name, day) for day in call.span]
    kept = archive.keep_figures(
        posts, figures, now, [] if late else [(interface.name, day) for day in call.span]
    )
    known |= {post.msgid: key for key, post in posts.items() if post.msgid}
    done.calls += 1
    done.new += kept.new
    done.changed += kept.changed
