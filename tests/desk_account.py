"""An account whose issue is out, for tests of the desk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from curate.desk.offers import Offer
from curate.domain.model import Entry, Issue
from curate.render import render
from curate.sources.identity import fingerprint
from curate.storage import Archive
from curate.storage.account import templates
from curate.storage.output import Output
from tests.desk_samples import machine, piece
from tests.nouns import NOW, page

SETTINGS = """
account: {name: 早读, positioning: 每天一页, timezone: Asia/Shanghai}
topics:
  - {id: ai, name: AI, keywords: [模型]}
  - {id: money, name: MONEY, keywords: [降准]}
  - {id: city, name: CITY, keywords: [地铁]}
sources:
"""
CHANNELS = "channels: [wechat, markdown, text, email, feed, poster]\nsite: {enabled: true}\n"
LATER = "2026-11-23T08:00:00+00:00"


def source(number: int, letter: str = "s") -> str:
    return f"  - {{id: {letter}{number}, name: 来源{number}{letter}, url: 'https://{letter}{number}.example/feed'}}\n"


def entry_of(number: int, source: str = "", **changes: Any) -> Entry:
    values: dict[str, Any] = {
        "source": source or f"s{number}",
        "id": f"e{number}",
        "url": f"https://a.example/{number}",
        "title": f"第 {number} 条消息",
        "published": NOW,
        "content": "<p>" + "央行宣布降准，存款利率跟着下调，银行说下周起执行。" * 20 + "</p>",
    }
    return Entry(**(values | changes))


def lay_out_issue(folder: Path) -> Path:
    """An account whose seventh issue is out, with an offer that it did not take and something that came later."""
    sources = "".join(source(n) for n in (1, 2, 3, 4, 5, 6, 11, 12))
    (folder / "feeds.yaml").write_text(SETTINGS + sources + CHANNELS, encoding="utf-8")
    issue, output = machine(), Output(folder / "output")
    with Archive("sqlite:///output/archive.db", folder, fingerprint) as archive:
        for number in (1, 2, 3, 4, 5, 6, 11):
            archive.add(
                f"s{number}", "https://a.example/feed", page(str(number).encode()), [entry_of(number)], NOW
            )
        later = NOW.replace(hour=23)
        archive.add("s12", "https://b.example/feed", page(), [entry_of(12, published=later)], later)
        offered = replace(piece(11, "city"), image=None)  # its page was not read
        offer = Offer(7, offered, 0.4, False, "未入选：本期已满", 0.9)
        archive.desk.keep_offers(7, [offer])
        files, _ = render(issue, ["wechat", "markdown", "text", "email", "feed", "poster"], templates())
        output.publish(Issue(issue, files), "2026-11-23-1")
        archive.record(issue, "2026-11-23-1")
    return folder
