"""The feed behind an address that a person gives, found with a handed-in `fetch`.

the address -> a page (meta refresh followed) -> what discovery names -> the first that reads as a feed
            -> no page, but an answer        -> the usual places
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from curate.config.schema import Source
from curate.domain.errors import SourceError
from curate.domain.message import message
from curate.domain.model import Failure, Page
from curate.fetch import Answer, Request
from curate.sources import Reading
from curate.sources.discovery import discover, refresh_target, usual_places
from curate.sources.notices import refusal_of
from curate.sources.read_document import read

Fetch = Callable[[Iterable[Request]], Iterator[Answer]]

_ABSENT = (404, 410)
_REFRESHES = 3  # pages that send on to another, at most

# Platforms that publish no feed of what their members write.
_PLATFORMS = frozenset(
    {
        "zhihu.com",
        "weibo.com",
        "weibo.cn",
        "bilibili.com",
        "xiaohongshu.com",
        "douyin.com",
        "kuaishou.com",
        "toutiao.com",
        "baijiahao.baidu.com",
        "x.com",
        "twitter.com",
        "instagram.com",
        "facebook.com",
        "threads.net",
        "tiktok.com",
        "linkedin.com",
        "telegram.me",
        "t.me",
    }
)


class Subscription(NamedTuple):
    """A feed that was found: the address to keep, what was read there, and its site's address ("" if unknown)."""

    url: str
    reading: Reading
    site: str


def find_feed(address: str, fetch: Fetch) -> Subscription | Failure:
    """The first document that truly reads as a feed: the address itself, what its page names, the usual places.

    One without entries is a feed too, but only where no other has any. The address kept is the one given, or what
    a permanent redirect leads to; where a temporary one leads tonight is not kept. A person asked for this, as in
    any feed reader: robots.txt, which is for crawling, is not asked.
    """
    answer = _page(address, fetch)
    page = answer.result
    if not isinstance(page, Page):
        if not answer.status:  # nobody answered: there is nobody to ask for the usual places either
            return _failure(answer)
        found = [candidate.url for candidate in usual_places(address)]
    else:
        found = [candidate.url for candidate in discover(page)]
    wanted = [Request(url, robots=False) for url in dict.fromkeys(found) if not _same(url, page)]
    answers = {each.request.url: each for each in fetch(wanted)} if wanted else {}
    if isinstance(page, Page) and found[:1] == [page.url]:
        answers[page.url] = answer
    best = _best(found, answers)
    if best is None:
        return _make_failure(address, answer)
    return best._replace(
        site=best.site or (page.url if isinstance(page, Page) and best.url != address else "")
    )


def refuse_link(address: str, key: str) -> Failure:
    """Why an address that was recognized cannot be subscribed to, and what to paste instead."""
    return Failure(address, message=message(f"discover.{key}"), advice=message(f"discover.{key}.hint"))


def follow_link(address: str, fetch: Fetch) -> str:
    """Where an address leads in the end: short ones that apps share lead to the page that is meant. Itself where nobody
    answers there."""
    answer = _page(address, fetch)
    return answer.result.url if isinstance(answer.result, Page) else address


def find_route(route: str, rsshub: str, fetch: Fetch) -> Subscription | Failure:
    """What an RSSHub gives at a route. Where it gives none, no other place is asked."""
    url = f"{rsshub.rstrip('/')}{route}"
    answer = next(iter(fetch([Request(url, robots=False)])))
    found = _best([url], {url: answer})
    if found is not None:
        return found._replace(url=url)  # wherever it sent on to: the route is what is kept
    failed = answer.result if isinstance(answer.result, Failure) else None
    why = (failed.message or failed.reason) if failed else message("discover.none")
    told = message("discover.route", route=route, rsshub=rsshub, why=why)
    return Failure(url, message=told, advice=message("discover.route.hint"))


def _page(address: str, fetch: Fetch) -> Answer:
    """The answer at an address, where a page's meta refresh sends on: the last."""
    for _ in range(_REFRESHES):
        answer = next(iter(fetch([Request(address, robots=False)])))
        onward = refresh_target(answer.result) if isinstance(answer.result, Page) else ""
        if not onward or onward == address:
            break
        address = onward
    return answer


def _same(url: str, page: object) -> bool:
    return isinstance(page, Page) and url == page.url


def _best(found: Iterable[str], answers: dict[str, Answer]) -> Subscription | None:
    quiet = None
    for url in found:
        answer = answers.get(url)
        if answer is None or not isinstance(answer.result, Page):
            continue
        try:
            reading = read(answer.result, Source(name="feed", url=answer.request.url))
        except SourceError:
            continue
        kept = Subscription(_choose_address(answer), reading, reading.site)
        if reading.entries:
            return kept
        quiet = quiet or kept
    return quiet


def _choose_address(answer: Answer) -> str:
    """The address to keep; a move from https to http is none that anybody should follow for ever."""
    asked, moved = answer.request.url, answer.moved
    return asked if not moved or (asked.startswith("https:") and not moved.startswith("https:")) else moved


def _make_failure(address: str, answer: Answer) -> Failure:
    if isinstance(answer.result, Failure):
        failure = _failure(answer)
        why = message("discover.nowhere", why=failure.message or failure.reason)
        if answer.status in _ABSENT:  # else it would be told to search as it just did
            return Failure(address, message=why, advice=message("discover.by_hand"))
        return Failure(address, hint=failure.hint, message=why, advice=failure.advice)
    if isinstance(answer.result, Page) and (refused := refusal_of(answer.result, address)):
        return refused.as_failure(address)
    advice = message("discover.platform" if _is_on(address, _PLATFORMS) else "discover.by_hand")
    return Failure(address, message=message("discover.none"), advice=advice)


def _failure(answer: Answer) -> Failure:
    assert isinstance(answer.result, Failure), answer.result
    return answer.result


def _is_on(address: str, hosts: Iterable[str]) -> bool:
    host = f".{urlsplit(address).hostname or ''}"
    return any(host.endswith(f".{each}") for each in hosts)
