"""A step of `editing.py`: what the chosen entries say in full, at the least cost that is sound.

the feed's own body where it is whole -> else the page, by the selector learnt for its site -> else the page in full,
from which the selector is learnt -> else what the feed has
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from curate.doors import Doors
from curate.errors import SourceError
from curate.fetch import Request
from curate.model import Article, Entry, Failure, Page
from curate.settings import Source
from curate.text.clean import plain
from curate.text.language import length
from curate.text.layouts import Glimpse, Layout, learnt
from curate.text.recall import read

WHOLE = 400  # characters or words from which a feed's body is taken for the whole article
# How a text ends that goes on elsewhere; marks and arrows may follow.
_CUT_SHORT = re.compile(
    r"(?:\.\.\.|…|阅读全文|查看全文|阅读更多|继续阅读|展开全文|read (?:more|on)|continue reading|keep reading)"
    r"[\s.。…\])）】>»›→]*\Z",
    re.IGNORECASE,
)
_END = 40  # characters in which that is looked for


class _Task(NamedTuple):
    entry: Entry
    text: str  # the feed's body, plain; "" where it has none
    page: Page | Failure | None
    layout: Layout


class _Found(NamedTuple):
    article: Article | Failure
    glimpse: Glimpse | None = None


def articles(
    entries: Sequence[Entry], sources: Mapping[str, Source], doors: Doors
) -> list[tuple[Entry, Article | Failure]]:
    """Each entry's article, or why it has none. Keeps what the pages taught about their sites."""
    texts = [plain(entry.content) for entry in entries]
    requests = {
        entry.url: Request(
            entry.url, entry.url, robots=sources[entry.source].robots, proxy=sources[entry.source].proxy
        )
        for entry, text in zip(entries, texts, strict=True)
        if entry.url and not entry.original and not is_whole(text)
    }
    answers = doors.fetch(list(requests.values())) if requests else ()
    pages = {answer.request.url: answer.result for answer in answers}
    sites = {url: site_of(page.url) for url, page in pages.items() if isinstance(page, Page)}
    layouts = doors.archive.layouts.of(set(sites.values())) if sites else {}
    tasks = [
        _Task(entry, text, _page(pages.get(entry.url)), layouts.get(sites.get(entry.url, ""), Layout("")))
        for entry, text in zip(entries, texts, strict=True)
    ]
    found = list(doors.map(_found, tasks))
    doors.archive.layouts.keep(_taught(tasks, found))
    return [(task.entry, each.article) for task, each in zip(tasks, found, strict=True)]


def is_whole(text: str) -> bool:
    """Whether a feed's body, plain, is the article and not its beginning."""
    return length(text) >= WHOLE and not _CUT_SHORT.search(text[-_END:])


def site_of(url: str) -> str:
    """Whose frame a page stands in: its host, with the port where there is one."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()


def _page(result: object) -> Page | Failure | None:
    return result if isinstance(result, Page | Failure) else None


def _found(task: _Task) -> _Found:
    entry, text, page = task.entry, task.text, task.page
    own = Article(entry.title, text or entry.summary, entry.author, entry.published, entry.images, by="feed")
    failure = page if isinstance(page, Failure) else Failure(entry.url, "没有正文（no text）")
    glimpse = None
    if isinstance(page, Page):
        try:
            article, glimpse = read(page.body, page.url, page.content_type, task.layout, own)
        except SourceError as e:
            failure = Failure(entry.url, e.reason, e.hint)
        else:
            if len(article.text) >= len(text):  # else the page asks for a login, and the feed says more
                return _Found(article, glimpse)
    return _Found(own if own.text else failure, glimpse)


def _taught(tasks: Iterable[_Task], found: Iterable[_Found]) -> list[Layout]:
    """The layouts that these pages have added to."""
    changed: dict[str, Layout] = {}
    for task, each in zip(tasks, found, strict=True):
        if each.glimpse:
            site = site_of(each.glimpse.url)
            changed[site] = learnt(changed.get(site) or Layout(site, task.layout.glimpses), each.glimpse)
    return list(changed.values())
