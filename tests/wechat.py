"""The platform's data interfaces on loopback, as its documents describe them: tokens, spans, hours, quota, whitelist."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

APPID, SECRET = "wx0123456789abcdef", "5ecre7-0f-7he-acc0unt"
SPANS = {
    "getarticlesummary": 1, "getarticletotal": 1, "getuserread": 3, "getusershare": 7, "getusersummary": 7,
    "getusercumulate": 7, "getarticletotaldetail": 1, "getbizsummary": 30,
}  # fmt: skip
NEW = ("getarticletotaldetail", "getbizsummary")
WITHHELD = 3  # getarticlesummary leaves out what had fewer counts in all


@dataclass
class Platform:
    """What it serves and how it refuses; `asked` and `tokens` say what happened."""

    now: datetime  # in China
    titles: dict[date, list[str]] = field(default_factory=dict)
    whitelisted: bool = True
    quota: int = 10_000  # calls a day
    token_uses: int = 10_000  # calls after which a token is out of date
    late: frozenset[date] = frozenset()  # days that are not ready
    gone: frozenset[str] = frozenset()  # interfaces that are not there
    verified: bool = True
    small: frozenset[str] = frozenset()  # titles with a single read
    break_after: int = 10_000  # calls after which the line is cut
    busy: int = 0  # next calls that are answered by "busy"
    garbled: bool = False
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    uses: Counter[str] = field(default_factory=Counter)
    url: str = ""

    def answer(self, path: str, query: dict[str, list[str]], body: dict[str, Any]) -> dict[str, Any] | None:
        if path == "/cgi-bin/stable_token":
            return self._token(body)
        name = path.rsplit("/", 1)[1]
        token = query.get("access_token", [""])[0]
        if not self.tokens or token != self.tokens[-1]:
            return self._no(40001, "invalid credential, access_token is invalid or not latest")
        self.uses[token] += 1
        if self.uses[token] > self.token_uses:
            return self._no(42001, "access_token expired")
        if self.busy:
            self.busy -= 1
            return self._no(-1, "system error")
        begin, end = date.fromisoformat(body["begin_date"]), date.fromisoformat(body["end_date"])
        self.asked.append((name, body["begin_date"], body["end_date"]))
        if len(self.asked) > self.break_after:
            return None
        if self.garbled:
            return {"list": [{"no": "such row"}]}
        return self._refusal(name, begin, end) or {"list": list(ROWS[name](self, begin, end))}

    def _token(self, body: dict[str, Any]) -> dict[str, Any]:
        if not self.whitelisted:
            return self._no(
                40164, "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 1-2-3"
            )
        if body.get("appid") != APPID:
            return self._no(40013, "invalid appid")
        if body.get("secret") != SECRET:
            return self._no(40125, "invalid appsecret")
        if not self.tokens or body.get("force_refresh"):
            self.tokens.append(f"70_t0ken-number-{len(self.tokens)}-very-secret")
        return {"access_token": self.tokens[-1], "expires_in": 7200}

    def _refusal(self, name: str, begin: date, end: date) -> dict[str, Any] | None:
        if name in self.gone:
            return self._no(40066, "invalid url")
        if not self.verified:
            return self._no(48001, "api unauthorized")
        if len(self.asked) > self.quota:
            return self._no(45009, "reach max api daily quota limit")
        if end < begin or (end - begin).days >= SPANS[name]:
            return self._no(61501, "date range error")
        if end >= self.now.date() or (name in NEW and begin < date(2025, 11, 1)):
            return self._no(61501, "date range error")
        ready = self.now.date() - timedelta(days=1 if self.now.hour >= 8 else 2)
        if end > ready or self.late & set(days(begin, end)):
            return self._no(61503, "data is not ready, please try later")
        return None

    @staticmethod
    def _no(code: int, message: str) -> dict[str, Any]:
        return {"errcode": code, "errmsg": message}


def days(begin: date, end: date) -> list[date]:
    return [begin + timedelta(days=n) for n in range((end - begin).days + 1)]


def reads(platform: Platform, title: str, age: int) -> int:
    """Readers up to the end of a post's day number `age`."""
    return 1 if title in platform.small else 100 + 10 * age + len(title)


def _counts(platform: Platform, title: str, age: int) -> dict[str, int]:
    n = reads(platform, title, age)
    share = 0 if title in platform.small else 5
    return {
        "int_page_read_user": n, "int_page_read_count": n * 2, "ori_page_read_user": 0, "ori_page_read_count": 0,
        "share_user": share, "share_count": share * 3, "add_to_fav_user": share, "add_to_fav_count": share,
    }  # fmt: skip


def _article_total(p: Platform, begin: date, end: date) -> Iterator[dict[str, Any]]:
    for i, title in enumerate(p.titles.get(begin, ()), 1):
        last = min(p.now.date() - timedelta(days=1), begin + timedelta(days=6))
        details = [
            {
                "stat_date": day.isoformat(), "target_user": 1000, **_counts(p, title, (day - begin).days),
                "int_page_from_session_read_user": 80, "int_page_from_session_read_count": 90,
            }
            for day in days(begin, last)
        ]  # fmt: skip
        yield {
            "ref_date": begin.isoformat(),
            "msgid": _msgid(begin, i),
            "title": title,
            "user_source": 0,
            "details": details,
        }


def _article_summary(p: Platform, begin: date, end: date) -> Iterator[dict[str, Any]]:
    for pushed in days(begin - timedelta(days=6), begin):
        for i, title in enumerate(p.titles.get(pushed, ()), 1):
            counts = _counts(p, title, (begin - pushed).days)
            if counts["int_page_read_user"] + counts["share_user"] + counts["share_count"] >= WITHHELD:
                yield {"ref_date": begin.isoformat(), "msgid": _msgid(pushed, i), "title": title, **counts}


def _user_read(p: Platform, begin: date, end: date) -> Iterator[dict[str, Any]]:
    for day in days(begin, end):
        for source, n in ((99999999, 500), (0, 300), (2, 200)):
            yield {
                "ref_date": day.isoformat(),
                "user_source": source,
                "int_page_read_user": n,
                "int_page_read_count": n * 2,
            }


def _user_share(p: Platform, begin: date, end: date) -> Iterator[dict[str, Any]]:
    for day in days(begin, end):
        for scene, n in ((1, 20), (2, 10)):
            yield {
                "ref_date": day.isoformat(),
                "share_scene": scene,
                "user_source": 99999999,
                "share_count": n * 2,
                "share_user": n,
            }
            yield {
                "ref_date": day.isoformat(),
                "share_scene": scene,
                "user_source": 0,
                "share_count": n,
                "share_user": n,
            }


def _user_summary(p: Platform, begin: date, end: date) -> Iterator[dict[str, Any]]:
    for day in days(begin, end):
        for source, new in ((0, 5), (1, 3), (30, 2)):
            yield {"ref_date": day.isoformat(), "user_source": source, "new_user": new, "cancel_user": 1}


def _user_cumulate(p: Platform, begin: date, end: date) -> Iterator[dict[str, Any]]:
    for day in days(begin, end):
        yield {"ref_date": day.isoformat(), "cumulate_user": 10_000 + day.toordinal() % 1000}


def _total_detail(p: Platform, begin: date, end: date) -> Iterator[dict[str, Any]]:
    for i, title in enumerate(p.titles.get(begin, ()), 1):
        last = min(p.now.date() - timedelta(days=1), begin + timedelta(days=29))
        rows = [
            {
                "stat_date": day.isoformat(), "read_user": reads(p, title, (day - begin).days), "share_user": 5,
                "collection_user": 4, "zaikan_user": 2, "like_user": 3, "comment_count": 1, "read_subscribe_user": 2,
                "read_user_source": [
                    {"user_count": reads(p, title, 0), "scene_desc": "全部"}, {"user_count": 60, "scene_desc": "公众号消息"},
                    {"user_count": 20, "scene_desc": "朋友圈"},
                ],
                "read_finish_rate": 50, "read_jump_position": [{"position": 1, "rate": 10}],
            }
            for day in days(begin, last)
        ]  # fmt: skip
        yield {
            "ref_date": begin.isoformat(), "msgid": _msgid(begin, i), "publish_type": 0, "title": title,
            "content_url": "https://mp.weixin.qq.com/s/x", "detail_list": rows,
        }  # fmt: skip


def _biz_summary(p: Platform, begin: date, end: date) -> Iterator[dict[str, Any]]:
    for day in days(begin, end):
        yield {
            "ref_date": day.isoformat(),
            "detail": {"read_user": 500, "share_user": 30, "collection_user": 9, "send_page_count": 1,
                       "read_user_source": [{"user_count": 300, "scene_desc": "公众号消息"}]},
        }  # fmt: skip


def _msgid(day: date, place: int) -> str:
    return f"22474{day.toordinal()}_{place}"


ROWS: dict[str, Callable[[Platform, date, date], Iterator[dict[str, Any]]]] = {
    "getarticletotal": _article_total, "getarticlesummary": _article_summary, "getuserread": _user_read,
    "getusershare": _user_share, "getusersummary": _user_summary, "getusercumulate": _user_cumulate,
    "getarticletotaldetail": _total_detail, "getbizsummary": _biz_summary,
}  # fmt: skip


@contextmanager
def served(platform: Platform) -> Iterator[Platform]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            parts = urlsplit(self.path)
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = platform.answer(parts.path, parse_qs(parts.query), body)
            if answer is None:
                self.connection.close()
                return
            data = json.dumps(answer, ensure_ascii=False).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json; encoding=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    platform.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield platform
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
