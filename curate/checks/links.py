"""Checks of what came of asking the originals again: dead, moved, behind a login, named otherwise, or without encryption."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from curate.checks.base import CheckFinding, Level, make_finding
from curate.checks.view import IssueView, LinkAnswer
from curate.desk.compare import find_doubts
from curate.domain.message import message
from curate.domain.model import Item

_SAME_SITE = ("www.", "m.", "mobile.", "wap.")


def find_lost_links(view: IssueView) -> Iterator[CheckFinding]:
    """Nothing where nobody asked."""
    for item in view.items:
        if answer := view.links.get(item.key):
            yield from _judge(item, answer)


def _judge(item: Item, answer: LinkAnswer) -> Iterator[CheckFinding]:
    advice = message("check.link.advice")
    if answer.reason:
        level: Level = "error" if answer.is_gone else "warn"
        said = message("check.link.gone" if answer.is_gone else "check.link.failed", why=answer.reason)
        yield make_finding("link", level, "link", item.url, said, advice, item)
        return
    if _host(answer.url) != _host(item.url):
        yield make_finding(
            "link", "warn", "link", item.url, message("check.link.moved", url=answer.url), advice, item
        )
    elif item.url.startswith("http://") and (answer.is_secure or answer.url.startswith("https://")):
        yield make_finding("link", "hint", "link", item.url, message("check.link.secure"), None, item)
    elif item.url.startswith("http://"):
        yield make_finding("link", "hint", "link", item.url, message("check.link.plain"), None, item)
    if (
        answer.title
        and (doubts := find_doubts(answer.title, item.title))
        and _tells_same(answer.title, item.title)
    ):
        said = message("check.link.title", title=answer.title, text=doubts[0].text)
        yield make_finding("link", "warn", "link", answer.title, said, advice, item)


def _tells_same(one: str, other: str) -> bool:
    """Whether two titles are of one piece, so that what they have otherwise was changed and is not another site's name."""
    mine, theirs = set(one) & set(other), min(len(set(one)), len(set(other)))
    return len(mine) >= 0.6 * theirs


def _host(url: str) -> str:
    host = (urlsplit(url).hostname or "").lower()
    for prefix in _SAME_SITE:
        host = host.removeprefix(prefix)
    return host
