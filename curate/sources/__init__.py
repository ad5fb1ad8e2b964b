"""Documents in, entries out. Each way of publishing is a row of READERS; nothing here does any I/O.

addresses(source, network)  what to fetch
read(page, source)          what it says
skim(page, source)          the same, with what the archive can make later left out
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import cast

from curate.config.schema import Network, Source
from curate.domain.errors import UnreadableError
from curate.domain.model import OPENING, Entry, Page
from curate.domain.plugins import extend_table
from curate.sources.base import Kind, Reading, options_of
from curate.sources.item import newest
from curate.sources.notices import refusal, without_notices, without_service_messages
from curate.text.clean import cut_opening

__all__ = [
    "READERS",
    "Kind",
    "Reading",
    "addresses",
    "is_subscription",
    "options_of",
    "read",
    "readers",
    "skim",
    "without_notices",
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
    return _kind(source).addresses(source, network)


def read(page: Page, source: Source) -> Reading:
    """What a document of the source says: at most `source.limit` entries, the newest, in its order.

    Raises UnreadableError where the document is not what the source's reader reads.
    """
    reading = skim(page, source)
    entries, _ = without_notices([_fill_summary(entry) for entry in reading.entries])
    return replace(reading, entries=tuple(entries))


def skim(page: Page, source: Source) -> Reading:
    """`read`, but a summary that is the content's beginning is only marked as such (OPENING).

    Most entries that a night sees are old or known, and nobody will read their summaries.
    """
    address = str(source.url or "")
    try:
        reading = _kind(source).read(page, source)
    except UnreadableError as e:
        raise refusal(page, address, e) from e
    if source.folder is None:
        reading = without_service_messages(reading, page.url)
    known_as = source.id or source.name
    stamped = tuple(
        entry if entry.source == known_as else replace(entry, source=known_as) for entry in reading.entries
    )
    return replace(reading, entries=newest(stamped, source.limit))


def _fill_summary(entry: Entry) -> Entry:
    return replace(entry, summary=cut_opening(entry.content)) if entry.summary == OPENING else entry


def is_subscription(source: Source) -> bool:
    """Whether a source is made to be asked again and again, as feeds are.

    Raises UnreadableError where no such kind is known.
    """
    return _kind(source).subscription


def _kind(source: Source) -> Kind:
    # Our own first: looking for installed packages costs some milliseconds.
    kind = READERS.get(source.reader) or readers().get(source.reader)
    if kind is None:
        known = "、".join(sorted(readers()))
        raise UnreadableError(f"没有叫 {source.reader} 的读法（no such reader）", f"reader 可以写：{known}")
    return kind
