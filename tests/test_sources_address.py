from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.sources.urls import absolute, home, normalize


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://Example.ORG:443/A?utm_source=x&id=1#top", "https://example.org/A?id=1"),
        ("http://example.org:80", "http://example.org/"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("https://example.org/?from=timeline&isappinstalled=0", "https://example.org/"),
        ("https://example.org/trains?from=Beijing", "https://example.org/trains?from=Beijing"),
        ("https://example.org/?spm=a2.b3&fbclid=1&gclid=2&mc_cid=3&_hsenc=4", "https://example.org/"),
        ("https://example.org/?q=a%20b&q=c&&empty=", "https://example.org/?q=a%20b&q=c&empty="),
        ("https://example.org/app#!/news/1", "https://example.org/app#!/news/1"),
        ("https://example.org/app#/news/1", "https://example.org/app#/news/1"),
        (
            "https://mp.weixin.qq.com/s?__biz=Mz==&mid=22&idx=1&sn=ab&chksm=cd&scene=27&from=groupmessage#rd",
            "https://mp.weixin.qq.com/s?__biz=Mz==&mid=22&idx=1&sn=ab",
        ),
        ("https://mp.weixin.qq.com/s/AbC-d?scene=1&poc_token=x#rd", "https://mp.weixin.qq.com/s/AbC-d"),
        (
            "http://mp.weixin.qq.com/mp/appmsg/show?__biz=A==&appmsgid=10&itemidx=1&sign=z&scene=4#wechat_redirect",
            "http://mp.weixin.qq.com/mp/appmsg/show?__biz=A==&appmsgid=10&itemidx=1&sign=z",
        ),
        (
            "https://mp.weixin.qq.com/mp/appmsgalbum?__biz=A==&action=getalbum&album_id=77",
            "https://mp.weixin.qq.com/mp/appmsgalbum?__biz=A==&action=getalbum&album_id=77",
        ),
        (
            "https://mp.weixin.qq.com/s?src=11&timestamp=179&ver=5&signature=s*&new=1&scene=2",
            "https://mp.weixin.qq.com/s?src=11&timestamp=179&ver=5&signature=s*&new=1",
        ),
        ("https://example.org/a/0;jsessionid=AAAA?x=1", "https://example.org/a/0?x=1"),
        ("https://example.org/a?PHPSESSID=1&x=2", "https://example.org/a?x=2"),
        ("https://example.org/a;v=1", "https://example.org/a;v=1"),
        ("https://user:secret@example.org/", "https://example.org/"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://例子.中国/文章", "https://例子.中国/文章"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("mailto:a@example.org", ""),
        ("file:///etc/passwd", ""),
        ("ftp://example.org/", ""),
        ("/relative", ""),
        ("http://", ""),
        ("http://[", ""),
        ("http://example.org:99999/", ""),
        ("", ""),
    ],
)
def test_an_address_has_one_spelling(url: str, expected: str) -> None:
    assert normalize(url) == expected


def test_a_fragment_is_kept_on_request() -> None:
    assert normalize("https://example.org/log#v2", fragment=True) == "https://example.org/log#v2"


def test_relative_addresses_are_found_from_the_first_base_that_will_do() -> None:
    assert absolute("/a", "", "https://one.example/x/", "https://two.example/") == "https://one.example/a"
    assert absolute("b", "not a base", "https://two.example/dir/page") == "https://two.example/dir/b"
    assert absolute("//cdn.example/i.png", "https://two.example/") == "https://cdn.example/i.png"
    assert absolute(" https://a.exam\nple/x\t", "https://b.example/") == "https://a.example/x"
    assert absolute("javascript:void(0)", "https://b.example/") == ""
    assert absolute("", "https://b.example/") == ""
    assert absolute("x" * 5000, "https://b.example/") == ""


@given(
    st.text(max_size=60)
    | st.from_regex(
        r"https?://[a-zA-Z.:@\[\]%-]{1,12}(/[^\s]{0,12})?(\?[^\s]{0,20})?(#\S{0,5})?", fullmatch=True
    )
)
def test_normalizing_never_fails_gives_only_http_and_twice_is_once(url: str) -> None:
    once = normalize(url)
    assert once == "" or once.startswith(("http://", "https://"))
    assert normalize(once) == once


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("www.site.example/a/1", "https://www.site.example/a/1"),
        ("site.example/a/2", "https://site.example/a/2"),
        ("blog.site.example/a", "https://blog.site.example/a"),
        ("other.com/a", "https://other.com/a"),
        ("a.b/c.html", "https://site.example/a.b/c.html"),
        ("index.html", "https://site.example/index.html"),
        ("http://https://site.example/a", "https://site.example/a"),
        ("https：//site.example/a", "https://site.example/a"),
        ("https://http//site.example/a", "http://site.example/a"),
        ("https//site.example/a", "https://site.example/a"),
        ("http:/site.example/a", "http://site.example/a"),
        ("ttps://site.example/a", "https://site.example/a"),
        ("https://site.example/https://www.site.example/a/1", "https://www.site.example/a/1"),
        (
            "https://web.example/2020/https://other.example/x",
            "https://web.example/2020/https://other.example/x",
        ),
        ("http://localhost:4000/2026/x?y=1", "https://site.example/2026/x?y=1"),
        ("http://127.0.0.1:4000/x", "https://site.example/x"),
        ("http://127.0.0.1:1200/own", "http://127.0.0.1:1200/own"),
    ],
)
def test_what_publishers_do_to_addresses_is_mended(url: str, expected: str) -> None:
    assert absolute(url, "", "https://site.example/", "http://127.0.0.1:1200/feed") == expected


def test_the_host_of_a_workshop_gives_way_to_the_feeds_own_where_the_site_names_it_too() -> None:
    bases = ("http://localhost:4000/", "https://site.example/feed.xml")
    assert absolute("http://localhost:4000/a", *bases) == "https://site.example/a"
    assert absolute("/a", *bases) == "https://site.example/a"


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        ("https://site.example/blog/?utm_source=rss", "https://site.example/blog/"),
        ("/", "https://feeds.example/"),
        ("https://feeds.example/rss", "https://feeds.example/"),
        ("www.site.example", "https://www.site.example/"),
        ("http://localhost:4000/", "https://feeds.example/"),
        ("javascript:void(0)", ""),
        ("", ""),
    ],
)
def test_a_sources_own_site_is_what_its_document_names(site: str, expected: str) -> None:
    assert home(site, "https://feeds.example/rss") == expected


def test_a_picture_is_nobodys_site() -> None:
    assert home("https://icons.example/favicon.ico", "https://a.example/feed") == ""
    assert home("https://a.example/", "https://a.example/feed") == "https://a.example/"
