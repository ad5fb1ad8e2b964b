"""What is asked for a source, and what is told to whom."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from curate.config.cross_checks import KnownNames, open_secrets
from curate.config.load import parse_settings
from curate.config.schema import Network, Selectors, Source
from curate.sources import READERS
from curate.sources.requests import document_request, page_request

NETWORK = Network(rsshub="https://hub.example")
FEED = Source.model_validate(
    {"name": "甲", "url": "https://feeds.example/rss", "headers": {"Authorization": "Bearer sesame"}}
)


@pytest.mark.parametrize(
    ("source", "url", "asks"),
    [
        (FEED, "https://feeds.example/rss", False),
        (Source(name="乙", reader="rsshub", route="/zhihu/daily"), "https://hub.example/zhihu/daily", False),
        (
            Source(name="丙", reader="page", url="https://a.example/", select=Selectors(item="li")),
            "https://a.example/",
            True,
        ),
        (
            Source(name="丁", reader="sitemap", url="https://a.example/map.xml"),
            "https://a.example/map.xml",
            True,
        ),
    ],
)
def test_a_subscription_does_not_ask_robots_txt_and_lists_and_sitemaps_do(
    source: Source, url: str, asks: bool
) -> None:
    assert document_request(source, url, NETWORK).robots is asks
    assert page_request(source, "https://a.example/1").robots is True


def test_a_source_s_headers_go_to_its_own_origin_and_to_no_page() -> None:
    assert document_request(FEED, "https://feeds.example/rss?page=2", NETWORK).headers == (
        ("Authorization", "Bearer sesame"),
    )
    assert document_request(FEED, "https://other.example/rss", NETWORK).headers == ()
    assert document_request(FEED, "http://feeds.example/rss", NETWORK).headers == ()
    assert page_request(FEED, "https://feeds.example/1").headers == ()


def test_a_login_in_an_address_becomes_a_header_and_is_shown_nowhere() -> None:
    source = Source(name="甲", url="https://ed:s%40cret@feeds.example:8443/rss?a=1")
    assert source.url == "https://feeds.example:8443/rss?a=1"
    request = document_request(source, str(source.url), NETWORK)
    assert dict(request.headers) == {"Authorization": "Basic ZWQ6c0BjcmV0"}
    shown = f"{source!r} {source.model_dump_json()} {request!r}"
    assert not any(word in shown for word in ("s@cret", "s%40cret", "ZWQ6"))


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "a.example"},
        {"X Key": "a"},
        {"X-Key": "two\r\nlines"},
        {"X-Key": ""},
        {"X-Key": "钥匙"},
        {"X-Key": 7},
    ],
)
def test_a_header_that_cannot_be_sent_is_refused_without_its_value(headers: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refused:
        Source(name="甲", url="https://feeds.example/rss", headers=headers)
    told = "".join(error["msg"] for error in refused.value.errors())
    assert next(iter(headers)) in told
    assert not any(value in told for value in ("two", "钥匙"))


@pytest.mark.parametrize(
    ("source", "doubted"),
    [
        ("url: 'https://ed:s%40cret@a.example/rss'", "url"),
        ("url: 'https://ed:plain-word@a.example/rss'", "url"),
        ("url: 'https://ed:${PASS}@a.example/rss'", ""),
        ("url: 'https://a.example/rss', headers: {Authorization: 'Bearer abc-123'}", "headers"),
        ("url: 'https://a.example/rss', headers: {X-Api-Key: abc-123}", "headers"),
        ("url: 'https://a.example/rss', headers: {X-Api-Key: '${PASS}'}", ""),
        ("url: 'https://a.example/rss', headers: {Accept-Language: zh-CN}", ""),
    ],
)
def test_a_secret_that_stands_in_the_file_is_told_and_not_repeated(source: str, doubted: str) -> None:
    text = f"account: {{name: 早读}}\ntopics: [{{id: ai, name: 人工智能}}]\nsources:\n  - {{name: 甲, {source}}}\n"
    known = KnownNames(READERS, (), (), ())
    settings = parse_settings(text, "feeds.yaml", {"PASS": "hunter-2"}, known)
    doubts = list(open_secrets(settings.config, text))
    assert [where[-1] for where, *_ in doubts] == ([doubted] if doubted else [])
    told = "".join(settings.tell_doubts(doubts))
    assert not any(secret in told for secret in ("40cret", "s@cret", "plain-word", "abc-123", "hunter-2"))
    assert told.startswith("feeds.yaml:4:") or not doubted
