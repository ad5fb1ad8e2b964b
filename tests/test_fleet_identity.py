"""Which sources of two accounts are one, and which are their account's alone."""

from __future__ import annotations

from typing import Any

import pytest

from curate.app.fleet.read_web import list_shared
from curate.app.fleet.web_identity import WebIdentity, identify_sources
from curate.config.schema import Account, Config, Network, Source

URL = "https://a.example/feed.xml"


def identify(
    account: str = "one", secret: str = "\0", network: Network | None = None, **source: Any
) -> WebIdentity:
    values = {"name": "甲报", "url": URL} | source
    config = Config.model_construct(
        account=Account(name="x"), topics=(), sources=(Source(**values),), network=network or Network()
    )
    (found,) = identify_sources(config, account, lambda text: secret in text).values()
    return found


@pytest.mark.parametrize(
    "own",
    [{"name": "我们叫它乙"}, {"id": "b"}, {"weight": 2.0}, {"topic": "ai"}, {"site": "https://b.example/"}],
)
def test_what_is_an_account_s_own_makes_no_other_source(own: dict[str, Any]) -> None:
    assert identify("one") == identify("two", **own)


@pytest.mark.parametrize(
    "read", [{"url": URL + "?all=1"}, {"limit": 5}, {"robots": False}, {"proxy": "http://127.0.0.1:7890"}]
)
def test_what_changes_what_is_asked_or_read_makes_another(read: dict[str, Any]) -> None:
    assert identify().name != identify(**read).name
    assert identify("one", **read) == identify("two", **read)


@pytest.mark.parametrize(
    "private",
    [
        {"headers": {"Authorization": "Bearer x"}},
        {"url": "https://ed:pass@a.example/feed"},
        {"url": "https://a.example/feed?token=1"},
        {"url": "https://a.example/feed?api_key=1"},
        {"url": "https://a.example/u/9f8e7d6c5b4a39281706f5e4d3c2b1a0/feed"},
        {"url": "https://a.example/123e4567-e89b-12d3-a456-426614174000.xml"},
        {"reader": "originals", "url": None, "folder": "originals"},
        {"proxy": "http://me:pass@proxy.example:80"},
    ],
)
def test_what_only_one_account_may_see_is_its_own(private: dict[str, Any]) -> None:
    one, two = identify("one", **private), identify("two", **private)
    assert (one.is_private, two.is_private) == (True, True)
    assert one.name != two.name


def test_what_came_from_the_environment_is_private() -> None:
    assert identify(secret="a.example").is_private
    assert not identify(secret="b.example").is_private


@pytest.mark.parametrize(
    "url",
    [URL, "https://a.example/2026-11-30-a-long-title-of-a-public-feed/rss", "https://a.example/feed?page=2"],
)
def test_an_ordinary_address_is_shared(url: str) -> None:
    assert not identify(url=url).is_private


def test_the_fleet_reads_no_private_source_and_none_that_is_disabled() -> None:
    sources = (
        Source(name="a", url=URL),
        Source.model_validate(
            {"name": "b", "url": "https://b.example/", "headers": {"Authorization": "Bearer x"}}
        ),
        Source(name="c", url="https://c.example/", enabled=False),
    )
    config = Config.model_construct(account=Account(name="x"), topics=(), sources=sources, network=Network())
    assert [str(each.source.url) for each in list_shared(config, "one")] == [URL]


def test_an_account_that_reads_one_thing_twice_has_it_twice() -> None:
    config = Config.model_construct(
        account=Account(name="x"),
        topics=(),
        sources=(Source(name="a", url=URL), Source(name="b", url=URL)),
        network=Network(),
    )
    first, second = identify_sources(config, "one", lambda text: False).values()
    assert first.name != second.name
