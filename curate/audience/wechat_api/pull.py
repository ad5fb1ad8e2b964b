"""Pulling from the official interfaces: call after call, each kept at once, so that what is cut off goes on where it was.

The network, the archive and the waiting are handed in. The access token lives in this run's memory alone: `stable_token`
gives the same token again while it is valid, so nothing is gained by writing it down, and nothing can leak from a disk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from curate.audience.model import Figure, Post, Record
from curate.audience.wechat_api.endpoints import Call, Interface, plan
from curate.audience.wechat_api.errors import OfficialError, make_refusal, make_unexpected
from curate.audience.wechat_api.responses import Answer

WAITS = (2.0, 8.0)  # seconds before asking again where the platform is busy
Post_ = Callable[[str, Mapping[str, str], Mapping[str, Any]], Any]
"""path, query, body -> the answer as JSON; FetchError where there was none. Never logs what it sends."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What proves who asks. Neither shows when it is printed."""

    appid: str = field(repr=False)
    secret: str = field(repr=False)


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


class _Asker:
    """Asks with a token, fetched when first needed and once more when it is refused."""

    def __init__(self, post: Post_, secrets: Secrets, sleep: Callable[[float], None]) -> None:
        self._post, self._secrets, self._sleep = post, secrets, sleep
        self._token = ""

    def ask(self, call: Call) -> Answer:
        renewed, waits = False, list(WAITS)
        body = {"begin_date": call.begin.isoformat(), "end_date": call.end.isoformat()}
        while True:
            self._token = self._token or self._new_token(force=False)
            try:
                return self._once(f"/datacube/{call.interface.name}", {"access_token": self._token}, body)
            except OfficialError as e:
                if e.action == "refresh" and not renewed:
                    renewed, self._token = True, self._new_token(force=True)
                elif e.action == "wait" and waits:
                    self._sleep(waits.pop(0))
                else:
                    raise

    def _new_token(self, *, force: bool) -> str:
        body = {
            "grant_type": "client_credential",
            "appid": self._secrets.appid,
            "secret": self._secrets.secret,
            "force_refresh": force,
        }
        answer = self._once("/cgi-bin/stable_token", {}, body)
        token = answer.get("access_token")
        if not isinstance(token, str) or not token:
            raise make_unexpected("stable_token")
        return token

    def _once(self, path: str, query: Mapping[str, str], body: Mapping[str, Any]) -> Answer:
        answer = self._post(path, query, body)
        if not isinstance(answer, dict):
            raise make_unexpected(path.rsplit("/", 1)[1])
        code = answer.get("errcode", 0)
        if code:
            raise make_refusal(int(code), str(answer.get("errmsg", "")))
        return answer


def pull(
    since: date,
    now: datetime,
    post: Post_,
    secrets: Secrets,
    archive: Keeper,
    done: Pulled,
    sleep: Callable[[float], None],
) -> None:
    """Pull every day from `since` that is wanted. OfficialError or FetchError where it cannot go on; what came is kept."""
    asker = _Asker(post, secrets, sleep)
    known = {one.msgid: key for key, one in archive.readership().posts.items() if one.msgid}
    calls = plan(since, now, archive.read_pulls())
    done.planned = len(calls)
    while calls:
        call = calls.pop(0)
        try:
            answer = asker.ask(call)
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
