"""Small nouns for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from curate.domain.model import Coverage, Digest, Entry, Item, Page, Reason, Section

NOW = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)


def entry(number: int = 1, **changes: Any) -> Entry:
    values: dict[str, Any] = {
        "source": "a",
        "id": f"id-{number}",
        "url": f"https://a.example/{number}",
        "title": f"第 {number} 条消息",
        "published": NOW - timedelta(hours=number),
        "content": "<p>正文。</p>",
    }
    return Entry(**(values | changes))


def page(body: bytes = b"x", url: str = "https://a.example/feed", **changes: Any) -> Page:
    return Page(url, body, NOW, **changes)


def item(number: int = 1, **changes: Any) -> Item:
    values: dict[str, Any] = {
        "number": number,
        "title": f"第 {number} 条消息",
        "url": f"https://a.example/{number}",
        "summary": "有一句话。还有一句话。",
        "source": "甲报",
        "published": NOW - timedelta(hours=number),
        "topic": "ai",
        "entry": f"id-{number}",
        "source_id": "a",
        "echo_keys": (("b", f"echo-{number}"),),
        "also": (Coverage("乙报", "另一种说法", "https://b.example/1"),),
        "why": (Reason("freshness", 0.5, "刚刚发布"), Reason("source", 0.25, "常看的来源")),
    }
    return Item(**(values | changes))


def digest(number: int = 1, items: tuple[Item, ...] = (), **changes: Any) -> Digest:
    items = items or (item(1), item(2))
    values: dict[str, Any] = {
        "account": "早读",
        "positioning": "",
        "language": "zh",
        "timezone": "Asia/Shanghai",
        "number": number,
        "date": date(2026, 11, 23),
        "edition": 1,
        "lead": items[0],
        "sections": (Section("ai", "人工智能", "🤖", items),),
        "credits": (),
        "minutes": 2,
        "made": NOW,
    }
    return Digest(**(values | changes))
