"""A step of `assemble.py`: what the chosen entries say in full, at the least cost that is sound.

the feed's own body where it is whole -> else the page, by the selector learnt for its site -> else the page in full,
from which the selector is learnt -> else what the feed has -> else, where a notice stands in the page's place, its title

A page that says the article is gone leaves nothing: its link would lead readers nowhere. One text at several addresses
of a host is a notice, whatever its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple
from urllib.parse import urlsplit

from curate.config.schema import Source
from curate.domain.errors import NoticeError, SourceError
from curate.domain.message import message
from curate.domain.model import Article, Entry, EntryKey, Failure, Page
from curate.extraction.by_selector import read
from curate.extraction.gates import same_text
from curate.extraction.reprint_notice import find_reprint_notice
from curate.extraction.site_layout import Glimpse, Layout, learnt
from curate.fetch import Answer, Request
from curate.pipeline.article_addresses import Asked, with_addresses
from curate.pipeline.ports import Fetch, SiteMemory, Watch
from curate.pipeline.reading.polling import ABSENT, GONE
from curate.text.clean import plain
from curate.text.language import length
from curate.text.lines import letters_of
from curate.text.notices import kind_of, notice, takes_up

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


class FullText(NamedTuple):
    """What an entry says in full. With a `failure` the article is what the feed has, its title at the least."""

    entry: Entry
    article: Article | None
    failure: Failure | None = None


class Findings(NamedTuple):
    """What was found of several entries, by their keys."""

    articles: dict[EntryKey, Article]
    failures: dict[EntryKey, Failure]  # where there is no article
    notices: list[Failure]  # beside an article, or that it is gone; `subject` is the source


class _Fetched(NamedTuple):
    article: Article | None
    failure: Failure | None = None
    glimpse: Glimpse | None = None


def read_pages(
    entries: Sequence[Entry], sources: Mapping[str, Source], fetch: Fetch, memory: SiteMemory, watch: Watch
) -> Findings:
    """What the entries of a short-list say in full, as a stage of the night."""
    with watch.stage("articles", len(entries)) as counter:
        found = part_findings(articles(entries, sources, fetch, memory))
        counter.advance(len(entries))
    return found


def articles(
    entries: Sequence[Entry], sources: Mapping[str, Source], fetch: Fetch, memory: SiteMemory
) -> list[FullText]:
    """Each entry's article, or why it has none, in their order. Keeps what the pages taught about their sites.

    A page is read as soon as it comes: the door that fetches gives no page after the night's deadline, so that nothing
    is read in full after it either.
    """
    waiting = [_Task(entry, plain(entry.content), None, Layout("")) for entry in entries]
    read_by_number = {
        number: (task, _find_text(task)) for number, task in _arrivals(waiting, sources, fetch, memory)
    }
    tasks = [read_by_number[number][0] for number in range(len(waiting))]
    found = _without_repeats(tasks, [read_by_number[number][1] for number in range(len(waiting))])
    memory.layouts.keep(_learn_layouts(tasks, found))
    found = _with_addresses(tasks, found, memory)
    return [FullText(task.entry, each.article, each.failure) for task, each in zip(tasks, found, strict=True)]


def _arrivals(
    tasks: Sequence[_Task], sources: Mapping[str, Source], fetch: Fetch, memory: SiteMemory
) -> Iterator[tuple[int, _Task]]:
    """Every task with its number: first those that need no page, then each with its page when that comes."""
    waiting: dict[str, list[int]] = {}
    for number, task in enumerate(tasks):
        if task.entry.url and not task.entry.original and not (is_whole(task.text) and task.entry.dated):
            waiting.setdefault(task.entry.url, []).append(number)
        else:
            yield number, task
    requests = [
        Request(url, url, robots=source.robots, proxy=source.proxy)
        for url, numbers in waiting.items()
        for source in [sources[tasks[numbers[0]].entry.source]]
    ]
    layouts: dict[str, Layout] = {}
    for answer in fetch(requests) if requests else ():
        page = _result(answer)
        site = site_of(page.url) if isinstance(page, Page) else ""
        if site and site not in layouts:
            layouts[site] = memory.layouts.of({site}).get(site, Layout(""))
        for number in waiting[answer.request.url]:
            yield number, tasks[number]._replace(page=page, layout=layouts.get(site, Layout("")))


def _with_addresses(tasks: Sequence[_Task], found: Sequence[_Fetched], memory: SiteMemory) -> list[_Fetched]:
    """The same, each article with the address to print it under."""
    asked = [
        Asked(
            task.entry,
            task.page if isinstance(task.page, Page) and each.article.by != "feed" else None,
            each.article,
        )
        for task, each in zip(tasks, found, strict=True)
        if each.article and task.entry.url
    ]
    told = iter(with_addresses(asked, memory.parameters))
    return [
        each._replace(article=next(told)) if each.article and task.entry.url else each
        for task, each in zip(tasks, found, strict=True)
    ]


def part_findings(findings: Iterable[FullText]) -> Findings:
    """Articles, failures, and what sources are to be told of, apart."""
    articles: dict[EntryKey, Article] = {}
    failures: dict[EntryKey, Failure] = {}
    told = []
    for entry, article, failure in findings:
        if article is not None:
            articles[entry.key] = article
        elif failure is not None:
            failures[entry.key] = failure
        if failure is not None and (article is not None or failure.is_gone):
            told.append(replace(failure, subject=entry.source))
    return Findings(articles, failures, told)


def is_whole(text: str) -> bool:
    """Whether a feed's body, plain, is the article and not its beginning."""
    return length(text) >= WHOLE and not _CUT_SHORT.search(text[-_END:])


def site_of(url: str) -> str:
    """Whose frame a page stands in: its host, with the port where there is one."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()


def _result(answer: Answer) -> Page | Failure | None:
    if isinstance(answer.result, Failure):
        gone = answer.status in (ABSENT, GONE)
        return replace(answer.result, hint="", advice=None, is_gone=True) if gone else answer.result
    return answer.result if isinstance(answer.result, Page) else None


def _find_text(task: _Task) -> _Fetched:
    entry, text, page = task.entry, task.text, task.page
    own = _own(task)
    failure = page if isinstance(page, Failure) else Failure(entry.url, message=message("read.no body"))
    glimpse = None
    if isinstance(page, Page):
        try:
            article, glimpse = read(
                page.body, page.url, page.content_type, task.layout, own, entry.url, page.fetched
            )
        except NoticeError as e:
            return _Fetched(None if e.is_gone else own, e.as_failure(entry.url))
        except SourceError as e:
            failure = e.as_failure(entry.url)
        else:
            if len(article.text) >= len(text):  # else the page asks for a login, and the feed says more
                return _Fetched(article, glimpse=glimpse)
            own = replace(own, published=own.published or article.published)
    return _Fetched(own, glimpse=glimpse) if own.text else _Fetched(None, failure)


def _own(task: _Task) -> Article:
    """What the feed has."""
    entry = task.entry
    text = task.text or entry.summary
    if letters_of(text) == letters_of(entry.title):  # feeds of titles alone say them twice
        text = ""
    published = entry.published if entry.dated else None
    notice = find_reprint_notice(entry.content) if entry.content else None
    return Article(entry.title, text, entry.author, published, entry.images, by="feed", notice=notice)


def _without_repeats(tasks: Sequence[_Task], found: list[_Fetched]) -> list[_Fetched]:
    """The same, but for texts that one host has at the addresses of unlike entries: those are notices."""
    sites: dict[str, list[int]] = {}
    for number, (task, each) in enumerate(zip(tasks, found, strict=True)):
        if each.article and each.article.by != "feed" and isinstance(task.page, Page):
            sites.setdefault(site_of(task.page.url), []).append(number)
    repeated: set[int] = set()
    for one, other in (pair for numbers in sites.values() for pair in combinations(numbers, 2)):
        (title, text), (title_b, text_b) = (
            _title_and_text(tasks[one], found[one]),
            _title_and_text(tasks[other], found[other]),
        )
        if not takes_up(title, title_b) and same_text(text, text_b):
            repeated |= {n for n, t in ((one, title), (other, title_b)) if not takes_up(text, t)}
    for number in repeated:
        task, (_, text) = tasks[number], _title_and_text(tasks[number], found[number])
        seen = notice(kind_of(text, task.entry.title, doubted=True) or "notice")
        failure = Failure(task.entry.url, is_gone=seen.is_gone, message=seen.message, advice=seen.advice)
        found[number] = _Fetched(None if seen.is_gone else _own(task), failure)
    return found


def _title_and_text(task: _Task, each: _Fetched) -> tuple[str, str]:
    return task.entry.title, each.article.text if each.article else ""


def _learn_layouts(tasks: Iterable[_Task], found: Iterable[_Fetched]) -> list[Layout]:
    """The layouts that these pages have added to."""
    changed: dict[str, Layout] = {}
    for task, each in zip(tasks, found, strict=True):
        if each.glimpse:
            site = site_of(each.glimpse.url)
            changed[site] = learnt(changed.get(site) or Layout(site, task.layout.glimpses), each.glimpse)
    return list(changed.values())
