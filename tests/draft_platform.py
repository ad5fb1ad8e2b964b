"""The platform's draft box on loopback, as its documents describe it: one ASGI application with its faults.

It keeps accounts apart, counts what it made, and writes down every address and header that it was asked with.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

APPID, SECRET = "wx0123456789abcdef", "5ecre7-0f-7he-acc0unt"
OTHER_APPID, OTHER_SECRET = "wxfedcba9876543210", "5ecre7-0f-7he-o7her"
LONG = 30  # seconds
BEGIN = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)

Answer = dict[str, Any]


class Cut(Response):
    """An answer that breaks off after its head: what was asked for may have been done."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"99")]})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})
        raise ConnectionError("cut")


@dataclass
class PlatformAccount:
    """What the platform has of one account."""

    appid: str
    secret: str
    tokens: list[str] = field(default_factory=list)
    uses: Counter[str] = field(default_factory=Counter)
    addresses: dict[str, str] = field(default_factory=dict)  # of uploadimg -> digest of the bytes
    material: dict[str, str] = field(default_factory=dict)  # media id -> digest
    given: dict[str, str] = field(default_factory=dict)  # the same, of all that ever were
    drafts: dict[str, Answer] = field(default_factory=dict)  # media id -> articles, update_time
    added: int = 0

    @property
    def mark(self) -> str:
        """What tells its addresses and ids from those of others."""
        return _digest(self.appid.encode())[:8]


@dataclass
class DraftPlatform:
    """Accounts and faults. `now` is its own time, which `sleep` moves on."""

    accounts: dict[str, PlatformAccount] = field(
        default_factory=lambda: {
            name: PlatformAccount(name, secret)
            for name, secret in ((APPID, SECRET), (OTHER_APPID, OTHER_SECRET))
        }
    )
    now: datetime = BEGIN
    whitelisted: bool = True
    has_right: bool = True
    token_uses: int = 10_000  # calls after which a token is out of date
    quota: int = 10_000  # calls in all
    codes: dict[str, list[int]] = field(
        default_factory=dict
    )  # path's end -> codes that its next calls answer
    cuts: dict[str, int] = field(
        default_factory=dict
    )  # path's end -> next answers that are lost after the act
    drops: dict[str, int] = field(default_factory=dict)  # … that are lost before the act
    busy_after: dict[str, int] = field(default_factory=dict)  # … "busy" though it was done
    gateway: dict[str, int] = field(default_factory=dict)  # … a relay's 502, after the act
    late: list[timedelta] = field(
        default_factory=list
    )  # next drafts appear so much later, their answers lost
    slow: dict[str, float] = field(default_factory=dict)  # seconds before the next answer of a path
    refused: set[str] = field(default_factory=set)  # digests of pictures that it does not take
    odd_addresses: str = ""  # what is wrong with the addresses of pictures: "missing", "elsewhere", "number"
    lists_media: bool = True  # whether the list tells media ids
    relay_key: str = ""
    paths: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)  # addresses and headers, without bodies
    bodies: list[bytes] = field(default_factory=list)
    url: str = ""
    under_way: int = 0  # requests
    skew: timedelta = timedelta()  # of its clock, against that of who asks
    pending: list[tuple[datetime, PlatformAccount, str, Answer]] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        """Let time pass, for the platform as for who asks it; after a long time nothing that was slow is under way."""
        if seconds >= LONG:
            _pause()
            while self.under_way:
                _pause()
        self.now += timedelta(seconds=seconds)
        for due in [each for each in self.pending if each[0] <= self.now]:
            self.pending.remove(due)
            due[1].drafts[due[2]] = due[3]

    def heal(self) -> None:
        """No fault any more."""
        self.whitelisted = self.has_right = self.lists_media = True
        self.token_uses = self.quota = 10**9
        self.odd_addresses = ""
        for table in (self.codes, self.cuts, self.drops, self.busy_after, self.gateway, self.slow):
            table.clear()
        self.late.clear()
        self.refused.clear()

    def reset(self) -> None:
        """As new, without accounts."""
        self.heal()
        for each in (self.accounts, self.paths, self.asked, self.bodies, self.pending):
            each.clear()
        self.now = BEGIN

    @property
    def stamp(self) -> int:
        return int((self.now + self.skew).timestamp())

    def clock(self) -> datetime:
        return self.now

    # --- requests

    async def answer(self, request: Request) -> Response:
        """The answer to a request, with what strikes it."""
        self.under_way += 1
        try:
            return await self._answer(request)
        finally:
            self.under_way -= 1

    async def _answer(self, request: Request) -> Response:
        path = request.url.path
        name = path.removeprefix("/cgi-bin/")
        body = await request.body()
        self.paths.append(name)
        self.asked.append(f"{request.url} {dict(request.headers)}")
        self.bodies.append(body)
        if self.relay_key and request.headers.get("x-relay-key") != self.relay_key:
            return PlainTextResponse("", 403)
        if seconds := self.slow.pop(name, 0.0):
            await asyncio.sleep(seconds)
        if _count_down(self.drops, name):
            return Cut()
        form = await _read_form(request) if "multipart" in request.headers.get("content-type", "") else {}
        if (request.method == "GET") != (name == "draft/count"):
            return JSONResponse(_refuse(43001 if name == "draft/count" else 43002, "require another method"))
        answer = self._act(name, request.query_params.get("access_token", ""), body, form)
        if _count_down(self.cuts, name):
            return Cut()
        if _count_down(self.gateway, name):
            return PlainTextResponse("bad gateway", 502)
        if _count_down(self.busy_after, name):
            answer = _refuse(-1)
        return Response(json.dumps(answer, ensure_ascii=False), media_type="application/json")

    def _act(self, name: str, token: str, body: bytes, form: dict[str, bytes]) -> Answer:
        if len(self.paths) > self.quota:
            return _refuse(45009, "reach max api daily quota limit")
        if codes := self.codes.get(name):
            return _refuse(codes.pop(0))
        if name == "stable_token":
            return self._token(json.loads(body))
        account = next((each for each in self.accounts.values() if token in each.tokens[-1:]), None)
        if account is None:
            return _refuse(40001, "invalid credential")
        account.uses[token] += 1
        if account.uses[token] > self.token_uses:
            account.tokens.append("")
            return _refuse(42001, "access_token expired")
        if not self.has_right:
            return _refuse(48001, "api unauthorized")
        act = ACTS.get(name)
        return (
            act(self, account, json.loads(body or b"{}") if not form else {}, form) if act else _refuse(40066)
        )

    def _token(self, body: Answer) -> Answer:
        if not self.whitelisted:
            return _refuse(40164, "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 1-2")
        account = self.accounts.get(body.get("appid", ""))
        if account is None:
            return _refuse(40013, "invalid appid")
        if body.get("secret") != account.secret:
            return _refuse(40125, "invalid appsecret")
        if not any(account.tokens[-1:]) or body.get("force_refresh"):
            account.tokens.append(f"70_t0ken-{account.mark}-{len(account.tokens)}-very-secret")
        return {"access_token": account.tokens[-1], "expires_in": 7200}

    # --- acts

    def upload_body(self, account: PlatformAccount, _: Answer, form: dict[str, bytes]) -> Answer:
        data = form["media"]
        if (digest := _digest(data)) in self.refused:
            return _refuse(40005, "invalid file type")
        if data.startswith(b"GIF8"):
            return _refuse(40005, "invalid file type")
        if len(data) >= 1_048_576:
            return _refuse(40009, "invalid image size")
        if self.odd_addresses:
            odd: dict[str, Answer] = {
                "missing": {"errmsg": "ok"},
                "elsewhere": {"url": "https://elsewhere.example/1.jpg"},
                "number": {"url": 5},
            }
            return odd[self.odd_addresses]
        return {"url": _put_on_host(account, digest)}

    def upload_material(self, account: PlatformAccount, _: Answer, form: dict[str, bytes]) -> Answer:
        if (digest := _digest(form["media"])) in self.refused:
            return _refuse(40005, "invalid file type")
        moves = form["media"].startswith(b"GIF8")
        media_id = f"m-{account.mark}-{len(account.given)}"
        account.material[media_id] = account.given[media_id] = digest
        return {
            "media_id": media_id,
            "url": _put_on_host(account, digest) if moves else "http://mmbiz.qpic.cn/x",
        }

    def add(self, account: PlatformAccount, body: Answer, _: Answer) -> Answer:
        for article in body["articles"]:
            if refusal := self._refuse_article(account, article):
                return refusal
        account.added += 1
        media_id = f"d-{account.mark}-{account.added}"
        made = {"articles": body["articles"], "update_time": self.stamp}
        if self.late:
            self.pending.append((self.now + self.late.pop(0), account, media_id, made))
            self.cuts["draft/add"] = 1
        else:
            account.drafts[media_id] = made
        return {"media_id": media_id}

    def update(self, account: PlatformAccount, body: Answer, _: Answer) -> Answer:
        draft = account.drafts.get(body["media_id"])
        if draft is None:
            return _refuse(40007, "invalid media_id")
        if refusal := self._refuse_article(account, body["articles"]):
            return refusal
        if body["index"] >= len(draft["articles"]):
            return _refuse(40097)
        draft["articles"][body["index"]] = body["articles"]
        draft["update_time"] = self.stamp
        return {"errcode": 0, "errmsg": "ok"}

    def get(self, account: PlatformAccount, body: Answer, _: Answer) -> Answer:
        draft = account.drafts.get(body["media_id"])
        return {"news_item": draft["articles"]} if draft else _refuse(40007, "invalid media_id")

    def delete(self, account: PlatformAccount, body: Answer, _: Answer) -> Answer:
        gone = account.drafts.pop(body["media_id"], None)
        return {"errcode": 0} if gone else _refuse(40007, "invalid media_id")

    def count(self, account: PlatformAccount, *_: Any) -> Answer:
        return {"total_count": len(account.drafts)}

    def list_drafts(self, account: PlatformAccount, body: Answer, _: Answer) -> Answer:
        newest = sorted(account.drafts.items(), key=lambda pair: pair[1]["update_time"], reverse=True)
        hidden = {"content"} | (set() if self.lists_media else {"thumb_media_id", "image_info"})
        page = newest[body["offset"] : body["offset"] + body["count"]]
        items = [
            {
                "media_id": name,
                "content": {"news_item": [_without(article, hidden) for article in draft["articles"]]},
                "update_time": draft["update_time"],
            }
            for name, draft in page
        ]
        return {"total_count": len(newest), "item_count": len(items), "item": items}

    def _refuse_article(self, account: PlatformAccount, article: Answer) -> Answer | None:
        if len(article["title"]) > 64:
            return _refuse(45003)
        if len(article.get("digest", "")) > 128:
            return _refuse(45004, "description size out of limit")
        if len(article.get("author", "")) > 16:
            return _refuse(45110)
        if len(article["content"]) >= 20_000 or not article["content"]:
            return _refuse(45002)
        media = (
            [article.get("thumb_media_id")]
            if article["article_type"] == "news"
            else [each["image_media_id"] for each in article["image_info"]["image_list"]]
        )
        if not media or any(each not in account.material for each in media):
            return _refuse(40007, "invalid media_id")
        return None


def _put_on_host(account: PlatformAccount, digest: str) -> str:
    """The address that a picture has from now on."""
    address = f"http://mmbiz.qpic.cn/mmbiz_jpg/{account.mark}-{len(account.addresses)}/0?from=appmsg&x=1"
    account.addresses[address] = digest
    return address


ACTS: dict[str, Callable[..., Answer]] = {
    "media/uploadimg": DraftPlatform.upload_body,
    "material/add_material": DraftPlatform.upload_material,
    "draft/add": DraftPlatform.add,
    "draft/update": DraftPlatform.update,
    "draft/get": DraftPlatform.get,
    "draft/delete": DraftPlatform.delete,
    "draft/count": DraftPlatform.count,
    "draft/batchget": DraftPlatform.list_drafts,
}


def platform_app(platform: DraftPlatform) -> Starlette:
    return Starlette(routes=[Route("/{path:path}", platform.answer, methods=["GET", "POST"])])


@contextmanager
def served_platform(platform: DraftPlatform) -> Iterator[DraftPlatform]:
    """The platform on a free port of loopback."""
    # Named as TCP, or asyncio leaves Nagle's algorithm on and every answer waits 40 ms for an acknowledgement.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    config = uvicorn.Config(platform_app(platform), log_level=logging.CRITICAL + 1, lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    platform.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    try:
        yield platform
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


def _pause() -> None:
    """A moment in which a request that was sent has come."""
    threading.Event().wait(0.02)


def _count_down(counts: dict[str, int], name: str) -> bool:
    left = counts.get(name, 0)
    counts[name] = max(0, left - 1)
    return left > 0


def _refuse(code: int, told: str = "refused") -> Answer:
    return {"errcode": code, "errmsg": told}


def _without(article: Answer, names: set[str]) -> Answer:
    return {name: value for name, value in article.items() if name not in names}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


async def _read_form(request: Request) -> dict[str, bytes]:
    form = await request.form()
    return {name: await value.read() for name, value in form.items() if isinstance(value, UploadFile)}
