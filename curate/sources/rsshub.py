"""RSSHub: a site without a feed, read through a route such as /zhihu/daily of an RSSHub (docs.rsshub.app)."""

from __future__ import annotations

from curate.model import Page
from curate.settings import Network, Source
from curate.sources import feed
from curate.sources.kinds import Reading


def addresses(source: Source, network: Network) -> tuple[str, ...]:
    """The RSSHub of the configuration with the source's route behind it."""
    return (f"{str(network.rsshub).rstrip('/')}{source.route}",) if source.route else ()


def read(page: Page, source: Source) -> Reading:
    return feed.read(page, source)
