"""What is asked for a source: its documents, and the pages that its entries lead to."""

from __future__ import annotations

from urllib.parse import urlsplit

from curate.config.schema import Network, Source
from curate.fetch import Request
from curate.sources import addresses, is_subscription


def document_request(source: Source, url: str, network: Network) -> Request:
    """The request for a document of a source, with the source's headers where it is on the source's own host.

    robots.txt is for crawling: a feed that the editor named is a subscription, as in every feed reader, and does not
    ask it. Lists and sitemaps do.
    """
    own = {_origin(address) for address in addresses(source, network)}
    headers = source.headers.items() if _origin(url) in own else ()
    return Request(
        url,
        source.id,
        robots=source.robots and not is_subscription(source),
        proxy=source.proxy,
        headers=tuple((name, secret.get_secret_value()) for name, secret in headers),
    )


def page_request(source: Source, url: str, subject: str = "") -> Request:
    """The request for an article's page; `subject` is what a failure is told of, the source where ""."""
    return Request(url, subject or source.id, robots=source.robots, proxy=source.proxy)


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()
