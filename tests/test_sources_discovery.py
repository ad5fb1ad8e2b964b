from __future__ import annotations

from datetime import UTC, datetime

from curate.domain.model import Page
from curate.sources.discovery import FeedCandidate, discover

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def found(body: str, url: str = "https://blog.example/posts/2026/") -> list[FeedCandidate]:
    return discover(Page(url, body.encode(), NOW))


def test_a_page_that_is_a_feed_is_the_answer() -> None:
    rss = "<rss><channel><title>My &amp; Feed</title><item><title>A</title></item></channel></rss>"
    assert found(rss) == [FeedCandidate("https://blog.example/posts/2026/", "My & Feed", "feed")]
    json = '{"version": "https://jsonfeed.org/version/1", "title": "J", "items": []}'
    assert found(json)[0].kind == "feed"


def test_declared_feeds_come_first_and_those_of_comments_after() -> None:
    answers = found(
        """<html><head><base href="https://blog.example/">
        <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
        <link rel="alternate" type="application/atom+xml; charset=utf-8" title="All &amp; more" href="atom.xml">
        <link rel="ALTERNATE" type="application/feed+json" href="/feed.json">
        <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">
        <link rel="alternate" hreflang="en" href="/en/"><link rel="stylesheet" type="text/css" href="/x.css">
        </head><body><a href="/about">About</a><a href="/rss.xml">订阅</a><a href="javascript:feed()">x</a></body></html>"""
    )
    declared = [answer for answer in answers if answer.kind in ("rss", "atom", "json")]
    assert declared == [
        FeedCandidate("https://blog.example/atom.xml", "All & more", "atom"),
        FeedCandidate("https://blog.example/feed.json", "", "json"),
        FeedCandidate("https://blog.example/comments/feed/", "Comments", "rss"),
    ]
    assert answers[: len(declared)] == declared
    assert answers[len(declared)] == FeedCandidate("https://blog.example/rss.xml", "订阅", "link")
    assert all("wp-json" not in answer.url for answer in answers)


def test_a_feed_scheme_in_a_link_is_http() -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="feed://blog.example/rss.xml">'
    assert found(link)[0].url == "http://blog.example/rss.xml"
    assert (
        found('<a href="feed:https://blog.example/rss.xml">RSS</a>')[0].url == "https://blog.example/rss.xml"
    )


def test_the_usual_places_are_guessed_last_and_once() -> None:
    answers = found("<p>nothing here</p>")
    assert {answer.kind for answer in answers} == {"guess"}
    urls = [answer.url for answer in answers]
    for path in ("/feed", "/rss", "/rss.xml", "/atom.xml", "/index.xml", "/feed.xml", "/feed.json"):
        assert f"https://blog.example{path}" in urls
    assert "https://blog.example/posts/2026/atom.xml" in urls
    assert len(urls) == len(set(urls))


def test_a_page_that_is_nothing_gives_guesses_and_never_fails() -> None:
    for body in ("", "\0", "<" * 1000, "<div>" * 5000, "{", "<rss>"):
        assert all(answer.kind == "guess" for answer in found(body))
    assert discover(Page("file:///x/y", b"hello", NOW)) == []
