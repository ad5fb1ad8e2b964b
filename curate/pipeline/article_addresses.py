"""A step of `full_text.py`: the address that each article is printed under, and what pages teach about addresses."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit

from curate.domain.model import Article, Entry, Page
from curate.sources.own_address import canonical, own_address
from curate.sources.parameters import Parameters, needless, observe, without
from curate.text.lines import letters_of


class Asked(NamedTuple):
    """An entry, its page where it was had and is the article's, and the article."""

    entry: Entry
    page: Page | None
    article: Article


class Notes(Protocol):
    """What the archive knows of the parameters of sites."""

    def of(self, sites: Collection[str]) -> dict[str, Parameters]: ...

    def keep(self, notes: Sequence[Parameters]) -> None: ...


def with_addresses(asked: Sequence[Asked], notes: Notes) -> list[Article]:
    """The articles, in order, each with a better address than its entry's where there is one.

    An address that two pages both name as theirs is neither's.
    """
    named = [_find_named(each) for each in asked]
    printed = [
        url if named.count(url) == 1 else each.entry.url for each, url in zip(asked, named, strict=True)
    ]
    known = notes.of({_site(url) for url in (*printed, *(each.entry.url for each in asked)) if "?" in url})
    taught = _learn_parameters(asked, known)
    notes.keep(list(taught.values()))
    known |= taught
    return [
        replace(each.article, url=better) if better != each.entry.url else each.article
        for each, url in zip(asked, printed, strict=True)
        for better in [without(url, needless(known[_site(url)])) if _site(url) in known else url]
    ]


def _find_named(asked: Asked) -> str:
    """Where the page led to another host, it must say what the entry is called: else it is somebody's gate."""
    entry, page, article = asked
    if page is None:
        return entry.url
    one, other = letters_of(entry.title), letters_of(article.title)
    return own_address(entry.url, page, is_led=bool(one and other) and (one in other or other in one))


def _learn_parameters(asked: Sequence[Asked], known: Mapping[str, Parameters]) -> dict[str, Parameters]:
    """What is known of sites once these pages have named their own addresses."""
    taught: dict[str, Parameters] = {}
    for entry, page, _ in asked:
        own = canonical(page) if page and "?" in entry.url else ""
        if own and _where(own) == _where(entry.url):
            site = _site(entry.url)
            taught[site] = observe(taught.get(site) or known.get(site) or Parameters(site), entry.url, own)
    return taught


def _site(url: str) -> str:
    return urlsplit(url).netloc


def _where(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.netloc, parts.path
