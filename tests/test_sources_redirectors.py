"""Addresses that only lead on: the one they lead to is used where it is written in them."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.sources.redirectors import unwrap

TARGET = "https://harbour.example/bridge/1?id=2"
ESCAPED = "https%3A%2F%2Fharbour.example%2Fbridge%2F1%3Fid%3D2"


@pytest.mark.parametrize(
    "url",
    [
        f"https://www.google.com/url?rct=j&sa=t&url={ESCAPED}&ct=ga",
        f"http://www.bing.com/news/apiclick.aspx?ref=FexRss&url={ESCAPED}&c=1",
        f"https://link.zhihu.com/?target={ESCAPED}",
        f"https://l.facebook.com/l.php?u={ESCAPED}&h=x",
        f"https://press.example/go/?a=30338&u={ESCAPED}&x=33",
        f"https://eur01.safelinks.protection.outlook.com/?url={ESCAPED}&data=2",
        f"https://anon.example/away?{ESCAPED}",
        f"https://anon.example/?{TARGET}",
        f"https://site.example/out/{ESCAPED}",
        f"https://r.search.yahoo.com/_ylt=A;_ylu=Y/RV=2/RO=10/RU={ESCAPED}/RK=2/RS=x-",
        "https://blog.example/go?url=" + base64.b64encode(TARGET.encode()).decode(),
        f"https://www.google.com/url?q=https%3A%2F%2Flink.zhihu.com%2F%3Ftarget%3D{ESCAPED.replace('%', '%25')}",
    ],
)
def test_a_redirector_that_names_its_target_gives_way_to_it(url: str) -> None:
    assert unwrap(url) == TARGET


@pytest.mark.parametrize(
    "url",
    [
        f"https://www.facebook.com/sharer/sharer.php?u={ESCAPED}",
        f"https://site.example/login?back={ESCAPED}",
        f"https://translate.example/page?u={ESCAPED}",
        "https://site.example/go?id=12",
        "https://link.site.example/a/1",
        "https://site.example/links/2026",
        "not an address",
    ],
)
def test_what_does_not_lead_on_stays(url: str) -> None:
    assert unwrap(url) == url


def test_copies_lead_to_the_pages_they_are_of() -> None:
    assert unwrap("https://www.google.com/amp/s/harbour.example/a/1") == "https://harbour.example/a/1"
    assert (
        unwrap("https://harbour-example.cdn.ampproject.org/c/s/harbour.example/a/1")
        == "https://harbour.example/a/1"
    )


def test_the_older_names_of_google_news_hold_the_address() -> None:
    name = base64.urlsafe_b64encode(b"\x08\x13\x22\x25https://harbour.example/bridge/closes/1\xd2\x01\x00")
    url = f"https://news.google.com/rss/articles/{name.decode().rstrip('=')}?oc=5"
    assert unwrap(url) == "https://harbour.example/bridge/closes/1"


@given(st.text(max_size=80).map(lambda tail: f"https://link.example/?u={tail}"))
def test_unwrapping_never_fails_and_twice_is_once(url: str) -> None:
    once = unwrap(url)
    assert unwrap(once) == once or once.count("?") > 3
