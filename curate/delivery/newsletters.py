"""TABLE of newsletter services: an issue becomes a draft there, once; nothing is sent to anybody. Pure.

The service's own list of drafts says whether there is one already: an answer that was lost makes no second one, and what was
sent or planned meanwhile is no draft any more and is left alone. Origin: the services' own references (2026-11): Buttondown
/v1/emails, Ghost Admin API /posts, listmonk /api/campaigns.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from curate.delivery.services import Secrets, ServiceCall, ServiceReply, read_object, tell_refusal

Draft = Mapping[str, Any]  # as the service lists it
MINUTES_VALID = 5  # of Ghost's token, the most that it takes


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes into a draft. The subject names account and issue, so that it is like no other's."""

    subject: str
    html: str
    markdown: str


@dataclass(frozen=True, slots=True)
class NewsletterService:
    """A row of the table: the calls, the drafts in what a listing answers, and the subject under which one stands there."""

    needs: tuple[str, ...]
    optional: tuple[str, ...]
    list_drafts: Callable[[Secrets, float], ServiceCall]
    read_drafts: Callable[[ServiceReply], Sequence[Draft] | None]
    subject: str
    create: Callable[[Letter, Secrets, float], ServiceCall]
    update: Callable[[Letter, Draft, Secrets, float], ServiceCall]

    def find(self, drafts: Sequence[Draft], letter: Letter) -> Draft | None:
        """The draft of this issue; None where there is none."""
        return next((one for one in drafts if one.get(self.subject) == letter.subject), None)


def refusal_of(reply: ServiceReply) -> str:
    """What a service said against a draft; "" where it took it: it has then told the draft's own number."""
    told = read_object(reply)
    inner = told.get("data") or told.get("posts") or told
    first = inner[0] if isinstance(inner, list) and inner else inner
    took = reply.status in (200, 201) and isinstance(first, dict) and bool(first.get("id"))
    return "" if took else tell_refusal(reply, "")


def _call(
    method: str, url: str, headers: Mapping[str, str], body: Mapping[str, Any] | None = None
) -> ServiceCall:
    data = b"" if body is None else json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    sent = {**headers, "Accept": "application/json"}
    sent |= {} if body is None else {"Content-Type": "application/json; charset=utf-8"}
    return ServiceCall(url, data, sent, method)


def _read_listing(*path: str) -> Callable[[ServiceReply], Sequence[Draft] | None]:
    """What a listing holds under a path; None where it is no listing."""

    def read(reply: ServiceReply) -> Sequence[Draft] | None:
        found: Any = read_object(reply)
        for step in path:
            found = found.get(step) if isinstance(found, dict) else None
        if reply.status != 200 or not isinstance(found, list):
            return None
        return [one for one in found if isinstance(one, dict)]

    return read


def _buttondown(method: str, path: str, body: Mapping[str, Any] | None, secrets: Secrets) -> ServiceCall:
    base = secrets.get("URL", "https://api.buttondown.com").rstrip("/")
    return _call(method, f"{base}/v1/emails{path}", {"Authorization": f"Token {secrets['KEY']}"}, body)


def _buttondown_body(letter: Letter) -> dict[str, Any]:
    return {"subject": letter.subject, "body": letter.markdown, "status": "draft"}


def sign_ghost(key: str, now: float) -> str:
    """The token of Ghost's Admin API: a JSON Web Token, HS256, with the second half of the key (hexadecimal)."""
    name, _, secret = key.partition(":")
    parts = (
        {"alg": "HS256", "typ": "JWT", "kid": name},
        {"iat": int(now), "exp": int(now) + 60 * MINUTES_VALID, "aud": "/admin/"},
    )
    head = ".".join(_url_safe(json.dumps(part, separators=(",", ":")).encode()) for part in parts)
    try:
        signed = hmac.new(bytes.fromhex(secret), head.encode(), hashlib.sha256).digest()
    except ValueError:  # no key of Ghost's: it will say so
        signed = b""
    return f"{head}.{_url_safe(signed)}"


def _url_safe(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _ghost(
    method: str, path: str, body: Mapping[str, Any] | None, secrets: Secrets, now: float
) -> ServiceCall:
    url = f"{secrets['URL'].rstrip('/')}/ghost/api/admin/posts/{path}"
    headers = {"Authorization": f"Ghost {sign_ghost(secrets['KEY'], now)}", "Accept-Version": "v5.0"}
    return _call(method, url, headers, body)


def _ghost_body(letter: Letter, **more: Any) -> dict[str, Any]:
    return {"posts": [{"title": letter.subject, "html": letter.html, "status": "draft", **more}]}


def _listmonk(method: str, path: str, body: Mapping[str, Any] | None, secrets: Secrets) -> ServiceCall:
    url = f"{secrets['URL'].rstrip('/')}/api/campaigns{path}"
    return _call(method, url, {"Authorization": f"token {secrets['USER']}:{secrets['TOKEN']}"}, body)


def _listmonk_body(letter: Letter, secrets: Secrets) -> dict[str, Any]:
    lists = [int(one) for one in secrets["LISTS"].split(",") if one.strip().isdecimal()]
    return {
        "name": letter.subject,
        "subject": letter.subject,
        "lists": lists,
        "type": "regular",
        "content_type": "html",
        "body": letter.html,
    }


NEWSLETTERS: dict[str, NewsletterService] = {
    "buttondown": NewsletterService(
        ("KEY",),
        ("URL",),
        lambda s, now: _buttondown("GET", "?status=draft&ordering=-creation_date", None, s),
        _read_listing("results"),
        "subject",
        lambda letter, s, now: _buttondown("POST", "", _buttondown_body(letter), s),
        lambda letter, draft, s, now: _buttondown(
            "PATCH", f"/{quote(str(draft['id']), safe='')}", _buttondown_body(letter), s
        ),
    ),
    "ghost": NewsletterService(
        ("URL", "KEY"),
        (),
        lambda s, now: _ghost(
            "GET", "?filter=status:draft&limit=100&fields=id,title,updated_at", None, s, now
        ),
        _read_listing("posts"),
        "title",
        lambda letter, s, now: _ghost("POST", "?source=html", _ghost_body(letter), s, now),
        lambda letter, draft, s, now: _ghost(
            "PUT",
            f"{quote(str(draft['id']), safe='')}/?source=html",
            _ghost_body(letter, updated_at=draft.get("updated_at")),
            s,
            now,
        ),
    ),
    "listmonk": NewsletterService(
        ("URL", "USER", "TOKEN", "LISTS"),
        (),
        lambda s, now: _listmonk("GET", "?status=draft&per_page=100&no_body=true", None, s),
        _read_listing("data", "results"),
        "name",
        lambda letter, s, now: _listmonk("POST", "", _listmonk_body(letter, s), s),
        lambda letter, draft, s, now: _listmonk(
            "PUT", f"/{quote(str(draft['id']), safe='')}", _listmonk_body(letter, s), s
        ),
    ),
}
