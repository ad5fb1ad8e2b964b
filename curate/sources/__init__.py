"""Documents in, entries out (read_document.py). Each way of publishing is a row of READERS; nothing here does any I/O.

The table is light: what it says of its kinds is had without a parser.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import cast

from curate.config.schema import Network, Source
from curate.domain.errors import UnreadableError
from curate.domain.message import message
from curate.domain.model import Page
from curate.domain.plugins import extend_table
from curate.i18n.catalogue import failure_of
from curate.sources.base import Kind, Reading, options_of

__all__ = [
    "READERS",
    "Kind",
    "Reading",
    "addresses",
    "is_subscription",
    "kind_of",
    "options_of",
    "read",
    "readers",
]

GROUP = "curate.readers"  # entry points of third-party packages; each loads a Kind


def _kind_in(module: str, needs: tuple[str, ...], zh: str, en: str, *, subscription: bool = False) -> Kind:
    """A kind of this package, imported when it is first used: each brings a parser library with it."""
    return Kind(
        lambda source, network: cast(Kind, import_module(module)).addresses(source, network),
        lambda page, source: cast(Kind, import_module(module)).read(page, source),
        needs,
        subscription=subscription,
        about=(zh, en),
    )


READERS: dict[str, Kind] = {
    "feed": _kind_in(
        "curate.sources.feed.read",
        ("url",),
        "RSS、Atom 或 JSON Feed",
        "RSS, Atom or JSON Feed",
        subscription=True,
    ),
    "page": _kind_in(
        "curate.sources.kinds.page",
        ("url", "select"),
        "没有 feed 的列表网页",
        "a page that lists articles and has no feed",
    ),
    "sitemap": _kind_in("curate.sources.kinds.sitemap", ("url",), "站点地图", "a sitemap"),
    "originals": _kind_in(
        "curate.sources.kinds.originals",
        ("folder",),
        "自己写的 Markdown 稿件",
        "the editor's own pieces, in Markdown",
    ),
    "rsshub": _kind_in(
        "curate.sources.kinds.rsshub", ("route",), "RSSHub 的路由", "a route of an RSSHub", subscription=True
    ),
}


@cache
def readers() -> dict[str, Kind]:
    """READERS and what installed packages add under `curate.readers`; our own names cannot be taken."""
    return extend_table(READERS, GROUP)


def addresses(source: Source, network: Network) -> tuple[str, ...]:
    """What to fetch for a source; () for originals, whose pages are files."""
    return kind_of(source).addresses(source, network)


def is_subscription(source: Source) -> bool:
    """Whether a source is made to be asked again and again, as feeds are."""
    return kind_of(source).subscription


def read(page: Page, source: Source, language: str = "zh") -> Reading:
    """What a document of the source says, for whoever uses the readers alone: at most `source.limit` entries, the newest.

    Raises UnreadableError, with its words in `language`, where the document is not what the source's reader reads. The module
    is imported when it is first called: it brings a parser.
    """
    try:
        return cast(Reading, import_module("curate.sources.read_document").read(page, source))
    except UnreadableError as e:
        told = failure_of(source.id, e, language)
        e.reason, e.hint = told.reason, told.hint
        raise


def kind_of(source: Source) -> Kind:
    """How a source is read; UnreadableError where no such kind is known."""
    # Our own first: looking for installed packages costs some milliseconds.
    kind = READERS.get(source.reader) or readers().get(source.reader)
    if kind is None:
        known = tuple(sorted(readers()))
        raise UnreadableError.of("read.reader", message("read.reader.hint", known=known), name=source.reader)
    return kind
