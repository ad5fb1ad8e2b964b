"""TABLE of services that take messages: how each is asked, how much it takes, and how it says no. Pure.

A service answers a refusal with HTTP 200 as often as not, so each row reads the service's own code. Limits and signatures
are those of the services' documentation (2026-11): WeCom and DingTalk group robots, Feishu custom bots, Telegram sendMessage,
Discord and Slack incoming webhooks, Bark, ServerChan, ntfy, any mail server, what apprise knows, any address that takes JSON.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import quote, urlencode

from curate.delivery import mail, push
from curate.delivery.mail import MailCall, build_mail
from curate.delivery.push import PushCall, find_refusal
from curate.render.messages import count_utf16

Secrets = Mapping[str, str]  # what the environment has, by the ends of the variables' names: URL, SECRET …


@dataclass(frozen=True, slots=True)
class ServiceCall:
    """One request. Neither address nor headers show when it is printed: both carry secrets."""

    url: str = field(repr=False)
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    method: str = "POST"


OutgoingCall: TypeAlias = ServiceCall | MailCall | PushCall


@dataclass(frozen=True, slots=True)
class ServiceReply:
    """What came back: HTTP's status or the mail server's code, and the words."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class ServiceMessage:
    """What is said: a title, which some services show apart, and a text."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class MessageService:
    """A row of the table.

    `build` makes the call of a message (`now`: seconds since 1970); `refusal` is what the service said against it, "" where
    it took it. `limit` is in `measure` of the text. Where it `may_lie` a yes is none for certain.
    """

    needs: tuple[str, ...]
    limit: int
    build: Callable[[ServiceMessage, Secrets, float], OutgoingCall]
    refusal: Callable[[ServiceReply], str]
    optional: tuple[str, ...] = ()
    measure: Callable[[str], int] = field(default=lambda text: len(text.encode()))
    may_lie: bool = False


def _json_call(url: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> ServiceCall:
    data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    return ServiceCall(url, data, {"Content-Type": "application/json; charset=utf-8", **(headers or {})})


def read_object(reply: ServiceReply) -> Mapping[str, Any]:
    """The answer as a JSON object; an empty one where it is none."""
    try:
        found = json.loads(reply.body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _by_code(code: str, words: str, good: object = 0) -> Callable[[ServiceReply], str]:
    """Whoever says `good` under `code` took it; whatever else was said, and no code at all, is a refusal."""

    def refusal(reply: ServiceReply) -> str:
        told = read_object(reply)
        if reply.status == 200 and told.get(code) == good and type(told.get(code)) is type(good):
            return ""
        said = told.get(code, "")
        return tell_refusal(reply, f"{code} {said} {told.get(words, '')}" if code in told else "")

    return refusal


def _by_status(*good: int) -> Callable[[ServiceReply], str]:
    return lambda reply: "" if reply.status in good else tell_refusal(reply, "")


def _slack(reply: ServiceReply) -> str:
    said = reply.body.decode("utf-8", "replace").strip()
    return "" if reply.status == 200 and said == "ok" else tell_refusal(reply, said)


def tell_refusal(reply: ServiceReply, said: str) -> str:
    """HTTP's status and what was said, else the answer's beginning, in one line."""
    said = said or reply.body.decode("utf-8", "replace")
    return " ".join(f"HTTP {reply.status}: {said}".split())[:200]


def tell_answer(reply: ServiceReply) -> str:
    """What was answered, in one line: the status, unless the words begin with one, and the words."""
    words = reply.body.decode("utf-8", "replace")
    return " ".join((words if words.startswith("HTTP ") else f"{reply.status} {words}").split())[:200]


def sign_dingtalk(secret: str, milliseconds: int) -> str:
    """DingTalk's signature: HMAC-SHA256 of time and secret with the secret as the key, in base64."""
    text = f"{milliseconds}\n{secret}".encode()
    return base64.b64encode(hmac.new(secret.encode(), text, hashlib.sha256).digest()).decode()


def sign_feishu(secret: str, seconds: int) -> str:
    """Feishu's signature: HMAC-SHA256 of nothing, with time and secret as the key, in base64."""
    key = f"{seconds}\n{secret}".encode()
    return base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()


def _dingtalk(message: ServiceMessage, secrets: Secrets, now: float) -> ServiceCall:
    url, milliseconds = secrets["URL"], int(now * 1000)
    if secret := secrets.get("SECRET"):
        query = urlencode({"timestamp": milliseconds, "sign": sign_dingtalk(secret, milliseconds)})
        url = f"{url}{'&' if '?' in url else '?'}{query}"
    return _json_call(url, {"msgtype": "text", "text": {"content": message.text}})


def _feishu(message: ServiceMessage, secrets: Secrets, now: float) -> ServiceCall:
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": message.text}}
    if secret := secrets.get("SECRET"):
        body |= {"timestamp": str(int(now)), "sign": sign_feishu(secret, int(now))}
    return _json_call(secrets["URL"], body)


def _telegram(message: ServiceMessage, secrets: Secrets, now: float) -> ServiceCall:
    base = secrets.get("URL", "https://api.telegram.org").rstrip("/")
    body = {"chat_id": secrets["CHAT"], "text": message.text, "link_preview_options": {"is_disabled": True}}
    return _json_call(f"{base}/bot{quote(secrets['TOKEN'], safe=':')}/sendMessage", body)


def _discord(message: ServiceMessage, secrets: Secrets, now: float) -> ServiceCall:
    return _json_call(secrets["URL"], {"content": message.text, "allowed_mentions": {"parse": []}})


def _slack_call(message: ServiceMessage, secrets: Secrets, now: float) -> ServiceCall:
    text = message.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _json_call(secrets["URL"], {"text": text, "unfurl_links": False})


def _bark(message: ServiceMessage, secrets: Secrets, now: float) -> ServiceCall:
    return _json_call(secrets["URL"], {"title": message.title, "body": message.text, "group": "curate"})


def _serverchan(message: ServiceMessage, secrets: Secrets, now: float) -> ServiceCall:
    base = secrets.get("URL", "https://sctapi.ftqq.com").rstrip("/")
    url = f"{base}/{quote(secrets['KEY'], safe='')}.send"
    return _json_call(url, {"title": message.title[:32], "desp": message.text})


def _ntfy(message: ServiceMessage, secrets: Secrets, now: float) -> ServiceCall:
    headers = {"Title": f"=?utf-8?b?{base64.b64encode(message.title.encode()).decode()}?="}
    if token := secrets.get("TOKEN"):
        headers["Authorization"] = f"Bearer {token}"
    return ServiceCall(secrets["URL"], message.text.encode("utf-8", "replace"), headers)


def _smtp(reply: ServiceReply) -> str:
    """A mail server takes a mail with 250; what becomes of it later is another matter."""
    for encoding in ("utf-8", "gb18030"):
        try:
            words = reply.body.decode(encoding)
            break
        except UnicodeDecodeError:
            words = reply.body.decode("utf-8", "replace")
    return "" if reply.status == 250 else " ".join(f"SMTP {reply.status}: {words}".split())[:200]


def _push_call(message: ServiceMessage, secrets: Secrets, now: float) -> PushCall:
    return PushCall(tuple(secrets["URL"].split()), message.title, message.text)


def _push(reply: ServiceReply) -> str:
    said = reply.body.decode("utf-8", "replace") if reply.status != 200 else find_refusal(reply.body)
    return " ".join(f"apprise: {said or 'no'}".split())[:200] if said or reply.status != 200 else ""


def _count_escaped(text: str) -> int:
    return len(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))


SERVICES: dict[str, MessageService] = {
    "wecom": MessageService(
        ("URL",),
        2048,
        lambda m, s, now: _json_call(s["URL"], {"msgtype": "text", "text": {"content": m.text}}),
        _by_code("errcode", "errmsg"),
    ),
    "dingtalk": MessageService(("URL",), 15_000, _dingtalk, _by_code("errcode", "errmsg"), ("SECRET",)),
    "feishu": MessageService(("URL",), 18_000, _feishu, _by_code("code", "msg"), ("SECRET",)),
    "telegram": MessageService(
        ("TOKEN", "CHAT"), 4096, _telegram, _by_code("ok", "description", True), ("URL",), count_utf16
    ),
    "discord": MessageService(("URL",), 2000, _discord, _by_status(200, 204), (), count_utf16),
    "slack": MessageService(("URL",), 4000, _slack_call, _slack, (), _count_escaped),
    "bark": MessageService(("URL",), 3000, _bark, _by_code("code", "message", 200)),
    "serverchan": MessageService(("KEY",), 30_000, _serverchan, _by_code("code", "message"), ("URL",)),
    "ntfy": MessageService(("URL",), 4096, _ntfy, _by_status(200), ("TOKEN",)),
    "smtp": MessageService(
        ("HOST", "USER", "PASSWORD", "TO"),
        mail.LIMIT,
        lambda m, s, now: build_mail(m.title, m.text, s, now),
        _smtp,
        ("PORT", "FROM"),
    ),
    "apprise": MessageService(("URL",), push.LIMIT, _push_call, _push, may_lie=True),
    "webhook": MessageService(
        ("URL",),
        60_000,
        lambda m, s, now: _json_call(s["URL"], {"title": m.title, "text": m.text}),
        _by_status(200, 201, 202, 204),
    ),
}
