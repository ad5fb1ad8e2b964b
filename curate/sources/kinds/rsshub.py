"""RSSHub: a site without a feed, read through a route such as /zhihu/daily of an RSSHub (docs.rsshub.app)."""

from __future__ import annotations

from curate.config.schema import Network, Source
from curate.domain.model import Page
from curate.sources.base import Reading
from curate.sources.feed import read as feed


def addresses(source: Source, network: Network) -> tuple[str, ...]:
    """The RSSHub of the configuration with the source's route behind it."""
    return (f"{str(network.rsshub).rstrip('/')}{source.route}",) if source.route else ()


def read(page: Page, source: Source) -> Reading:
    return feed.read(page, source)
