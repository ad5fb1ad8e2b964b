"""Which parameters do not change the page is learnt from what documents and pages show."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from curate.domain.model import Article, Entry, Page
from curate.pipeline.article_addresses import Asked, with_addresses
from curate.sources.identity import fingerprint
from curate.sources.own_address import canonical, own_address
from curate.sources.parameters import LEAST_PAGES, Parameters, constant, needless, observe, without
from curate.storage import Archive
from tests.nouns import NOW, entry
from tests.test_sources_feed import reading, rss

LONG = "a" * 180


def page(url: str, named: str = "", head: str = "") -> Page:
    link = f'<link href="{named}" rel="canonical">' if named else ""
    return Page(url, f"<html><head>{link}{head}</head><body>x</body></html>".encode(), NOW)


def test_a_word_that_all_addresses_of_a_host_share_is_no_part_of_them() -> None:
    urls = [f"https://a.example/p/{n}?ktm_source=feed&x={n}" for n in range(5)]
    assert constant(urls) == {"a.example": frozenset({"ktm_source"})}
    assert constant(urls[:4]) == {}


@pytest.mark.parametrize(
    "pattern",
    [
        "https://a.example/index.php?option=com_content&id={}",  # one path, many pages
        "https://a.example/{}.php?module=article",  # a program, which may need its switches
        "https://a.example/p/{}?lang=english",  # which of two pages
        "https://a.example/p/{}?tenant=5",  # a number may name a part of the site
        "https://a.example/p/{}?print=true",
        "https://a.example/p/{0}?at={0}",
    ],
)
def test_what_may_change_the_page_stays(pattern: str) -> None:
    assert not constant([pattern.format(n) for n in range(8)]).get("a.example")


def test_a_documents_addresses_are_printed_without_what_they_all_say_and_known_as_sent() -> None:
    items = [f"<title>T {n}</title><link>https://site.example/p/{n}?ktm_source=feed</link>" for n in range(5)]
    found = reading(rss(*items)).entries
    assert [e.url for e in found] == [f"https://site.example/p/{n}" for n in range(5)]
    assert found[0].id == "https://site.example/p/0?ktm_source=feed"


def test_a_parameter_goes_everywhere_once_some_pages_do_without_it_and_none_has_it() -> None:
    known = Parameters("a.example")
    for n in range(LEAST_PAGES):
        assert "gud" not in needless(known)
        known = observe(known, f"https://a.example/{n}?gud={n}Q&id={n}", f"https://a.example/{n}?id={n}")
    assert needless(known) == {"gud"}
    known = observe(known, "https://a.example/9?gud=1", "https://a.example/9?gud=1")
    assert needless(known) == frozenset()


def test_taking_parameters_out_leaves_every_other_byte() -> None:
    assert without("https://a.example/?a=1&b=%20&c#x", {"a"}) == "https://a.example/?b=%20&c#x"
    assert without("https://a.example/?a=1", {"a"}) == "https://a.example/"
    assert without("https://a.example/", {"a"}) == "https://a.example/"


@pytest.mark.parametrize(
    ("asked", "found", "named", "printed"),
    [
        ("https://a.example/1?s=feed", "https://a.example/1?s=feed", "https://a.example/1", "https://a.example/1"),
        ("https://a.example/1?s=feed", "https://a.example/1?s=feed", "/1", "https://a.example/1"),
        ("https://a.example/1?s=feed", "https://a.example/1?s=feed", "https://a.example/", "https://a.example/1?s=feed"),
        ("https://a.example/1?s=feed", "https://a.example/1", "https://x.example/1", "https://a.example/1?s=feed"),
        ("https://a.example/1", "https://a.example/1", "https://a.example/1?id=5", "https://a.example/1"),
        ("https://a.example/?p=9", "https://a.example/?p=9", "https://a.example/", "https://a.example/?p=9"),
        ("https://a.example/x.php?p=9", "https://a.example/x.php?p=9", "/x.php", "https://a.example/x.php?p=9"),
        ("http://burner.example/~r/1", "https://a.example/1?utm_source=x", "", "https://a.example/1"),
        (f"https://a.example/{LONG}?s={LONG}", f"https://a.example/{LONG}", "https://a.example/p/1", "https://a.example/p/1"),
        (f"https://a.example/{LONG}?s={LONG}", f"https://a.example/{LONG}", "https://a.example/", f"https://a.example/{LONG}?s={LONG}"),
    ],
)  # fmt: skip
def test_a_pages_own_address_is_printed_where_it_is_plainly_the_same_pages(
    asked: str, found: str, named: str, printed: str
) -> None:
    assert own_address(asked, page(found, named)) == printed


def test_og_url_serves_where_no_canonical_address_is_named() -> None:
    head = "<meta property='og:url' content='https://a.example/1?a=1&amp;b=2'>"
    assert canonical(page("https://a.example/1", head=head)) == "https://a.example/1?a=1&b=2"
    assert canonical(page("https://a.example/1")) == ""


def test_what_pages_teach_is_kept_and_used_where_no_page_is_asked(tmp_path: Path) -> None:
    def asked(n: int, *, has_page: bool = True) -> Asked:
        url = f"https://a.example/{n}?gud={n}Q7"
        own = page(url, f"https://a.example/{n}") if has_page else None
        return Asked(entry(n, url=url), own, Article("题", "文"))

    with Archive("sqlite:///a.db", tmp_path, fingerprint) as archive:
        told = with_addresses([asked(n) for n in range(LEAST_PAGES)], archive.parameters)
        assert [article.url for article in told] == [f"https://a.example/{n}" for n in range(LEAST_PAGES)]
        (fed,) = with_addresses([asked(9, has_page=False)], archive.parameters)
        assert fed.url == "https://a.example/9"


class Nothing:
    def of(self, sites: object) -> dict[str, Parameters]:
        return {}

    def keep(self, notes: object) -> None:
        """Nobody looks."""


def test_an_address_that_two_pages_name_is_neithers() -> None:
    urls = [f"https://a.example/view?id={n}" for n in range(2)]
    asked = [Asked(entry(url=url), page(url, "https://a.example/view"), Article("题", "文")) for url in urls]
    assert [article.url for article in with_addresses(asked, Nothing())] == ["", ""]


def test_another_host_is_only_followed_where_its_page_is_called_as_the_entry_is() -> None:
    one = Entry("a", "1", "http://burner.example/~r/1", "旧桥今夜封闭", datetime(2026, 11, 22, tzinfo=UTC))
    away = page("https://a.example/bridge")
    meant, gate = (Asked(one, away, Article(title, "文")) for title in ("旧桥今夜封闭 - 晚报", "请登录"))
    assert with_addresses([meant], Nothing())[0].url == "https://a.example/bridge"
    assert with_addresses([gate], Nothing())[0].url == ""
