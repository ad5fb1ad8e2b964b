"""What no parser is given: markup that would take it minutes, or gigabytes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from time import process_time

import pytest

from curate.config.schema import Selectors, Source
from curate.domain.errors import UnreadableError
from curate.domain.model import Page
from curate.i18n.catalogue import failure_of
from curate.sources.bounds import MOST_ATTRIBUTES, MOST_ITEMS
from curate.sources.read_document import read

NOW = datetime(2026, 11, 30, tzinfo=UTC)
FEED = Source(name="f", url="https://site.example/feed")
MAP = Source(name="m", reader="sitemap", url="https://site.example/map.xml")
LIST = Source(name="l", reader="page", url="https://site.example/", select=Selectors(item="li"))
ITEM = "<item><title>One</title><link>https://site.example/1</link></item>"
URL = "<url><loc>https://site.example/1</loc></url>"
MANY = 200_000


def attributes(count: int, name: str = "a") -> str:
    return " ".join(f'{name}{n}="b"' for n in range(count))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (FEED, f"<rss {attributes(MANY)}><channel>{ITEM}</channel></rss>"),
        (FEED, f"junk before <rss {attributes(MANY, 'xmlns:a')}><channel>{ITEM}</channel></rss>"),
        (FEED, f"<rss><channel><item {attributes(MANY)}><title>One</title></item></channel></rss>"),
        (FEED, f"<rss><channel>{'<item/>' * MANY}</channel></rss>"),
        (
            FEED,
            f"<feed xmlns='http://www.w3.org/2005/Atom'>{'<entry><id>a</id></entry>' * (MOST_ITEMS + 1)}</feed>",
        ),
        (FEED, json.dumps({"items": [{}] * (MOST_ITEMS + 1)})),
        (MAP, f"<urlset {attributes(MANY)}>{URL}</urlset>"),
        (LIST, f"<html><ul {attributes(MANY)}><li><a href='/1'>One</a></li></ul></html>"),
    ],
    ids=["root", "namespaces", "item", "items", "entries", "json", "sitemap", "page"],
)
def test_what_would_hold_a_parser_for_minutes_is_refused_at_once(source: Source, text: str) -> None:
    start = process_time()
    with pytest.raises(UnreadableError) as refused:
        read(Page(str(source.url), text.encode(), NOW), source)
    assert process_time() - start < 3
    assert failure_of("", refused.value, "zh").hint


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (FEED, f"<rss {attributes(MOST_ATTRIBUTES - 10)}><channel>{ITEM}</channel></rss>"),
        (
            FEED,
            f"<rss><channel><item><title>One</title><description><![CDATA[{'a=b ' * 9000}]]></description></item></channel></rss>",
        ),
        (MAP, f"<urlset>{URL}</urlset>"),
        (LIST, f"<html><script>{'a=1;' * 9000}</script><ul><li><a href='/1'>One</a></li></ul></html>"),
    ],
)
def test_what_only_has_many_equal_signs_is_read(source: Source, text: str) -> None:
    assert len(read(Page(str(source.url), text.encode(), NOW), source).entries) == 1


def test_one_title_of_megabytes_is_cut() -> None:
    text = (
        f"<rss><channel><item><title>{'雪来了 road ' * 700_000}</title><link>/1</link></item></channel></rss>"
    )
    (entry,) = read(Page(str(FEED.url), text.encode(), NOW), FEED).entries
    assert 100 < len(entry.title) <= 500
