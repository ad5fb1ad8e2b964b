"""How politely it is asked: robots.txt, turns, back-off and second tries."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from curate.domain.model import Failure
from curate.fetch import Request
from curate.i18n.catalogue import say
from tests.asking import AGENT, OPEN, ask, body, one, reason
from tests.origin import Asked, Origin, Route, hang, in_turn, moved, page, reset, slowly


def test_it_says_who_it_is_and_keeps_no_cookies() -> None:
    with Origin({"/a": page(set_cookie="id=1"), "/b": page()}) as origin:
        for answer in ask(origin.url("/a")), ask(origin.url("/a"), origin.url("/b")):
            assert all(body(each) == b"ok" for each in answer)
    assert all(asked.headers["user-agent"] == AGENT for asked in origin.asked)
    assert not any("cookie" in asked.headers for asked in origin.asked)


async def _wants_its_cookie_back(asked: Asked, writer: asyncio.StreamWriter) -> None:
    done = asked.headers.get("cookie") == "ok=1; theme=dark"
    first = b"HTTP/1.1 302 Found\r\nlocation: /a\r\nset-cookie: ok=1; Path=/; HttpOnly\r\nset-cookie: theme=dark\r\n"
    writer.write(page() if done else first + b"content-length: 0\r\n\r\n")
    await writer.drain()


def test_a_site_that_sends_to_itself_until_its_cookie_comes_back_is_read() -> None:
    with Origin({"/a": _wants_its_cookie_back}) as origin:
        assert [body(answer) for answer in ask(Request(origin.url("/a"), robots=False))] == [b"ok"]
        assert [body(answer) for answer in ask(Request(origin.url("/a"), robots=False))] == [b"ok"]
    assert [asked.headers.get("cookie") for asked in origin.asked] == [None, "ok=1; theme=dark"] * 2


def test_a_redirect_to_itself_without_a_new_cookie_goes_round() -> None:
    loop = page(b"", "302 Found", location="/a", set_cookie="id=1")
    assert "round in a circle" in reason(one({"/a": loop}, "/a", robots=False))


def test_headers_and_cookies_go_to_the_origin_that_they_are_for() -> None:
    key = (("Authorization", "Bearer sesame"),)
    with Origin({"/b": page()}) as other:
        away = page(b"", "302 Found", location=other.url("/b"), set_cookie="id=1")
        with Origin({"/a": moved("/c"), "/c": away}) as origin:
            answer = ask(Request(origin.url("/a"), headers=key, robots=True))[0]
    assert body(answer) == b"ok"
    assert [a.headers.get("authorization") for a in origin.asked] == [
        None,
        "Bearer sesame",
        "Bearer sesame",
    ]  # robots.txt
    assert not any({"authorization", "cookie"} & asked.headers.keys() for asked in other.asked)
    assert "sesame" not in repr(answer)


def test_robots_txt_is_asked_once_and_obeyed() -> None:
    robots = page(b"User-agent: *\nDisallow: /private/\n\nUser-agent: curate\nDisallow: /no/\n")
    with Origin({"/robots.txt": robots, "/a": page(), "/private/b": page(), "/no/c": page()}) as origin:
        yes, other, no, own = ask(
            origin.url("/a"),
            origin.url("/private/b"),
            origin.url("/no/c"),
            Request(origin.url("/no/c"), robots=False),
        )
    assert body(yes) == body(other) == body(own) == b"ok"
    assert reason(no) == "robots.txt forbids /no/c"
    assert isinstance(no.result, Failure)
    assert "robots: false" in say(no.result.advice, "en")
    assert origin.count("/robots.txt") == 1
    assert origin.count("/no/c") == 1


def test_robots_txt_is_asked_of_the_host_that_a_redirect_leads_to() -> None:
    with Origin({"/robots.txt": page(b"User-agent: *\nDisallow: /"), "/a": page()}) as strict:
        answer = one({"/": moved(strict.url("/a"))})
    assert reason(answer) == "robots.txt forbids /a"
    assert strict.count("/a") == 0


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "410 Gone"])
def test_without_robots_txt_all_is_allowed(status: str) -> None:
    assert body(one({"/robots.txt": page(b"Disallow: /", status), "/": page()})) == b"ok"


def test_a_robots_txt_that_goes_round_counts_as_none() -> None:
    assert body(one({"/robots.txt": moved("/robots.txt"), "/": page()})) == b"ok"


@pytest.mark.parametrize("robots", [page(b"", "500 Internal Server Error"), reset])
def test_with_a_broken_robots_txt_the_site_is_left_alone(robots: Route) -> None:
    with Origin({"/robots.txt": robots, "/": page()}) as origin:
        answer = ask(origin.url())[0]
    assert reason(answer).startswith("robots.txt could not be read (")
    assert origin.count("/") == 0


def test_a_robots_txt_that_hangs_keeps_the_site_closed_and_says_why() -> None:
    network = OPEN.model_copy(update={"timeout": 0.3})
    with Origin({"/robots.txt": hang, "/": page()}) as origin:
        answer = ask(origin.url(), network=network)[0]
    assert (
        reason(answer)
        == "robots.txt could not be read (127.0.0.1 did not answer in time (0.3 s)), so the site is left alone"
    )
    assert origin.count("/") == 0


def test_of_an_endless_robots_txt_the_beginning_counts() -> None:
    robots = page(b"User-agent: *\nDisallow: /no\n" + b"# long\n" * 200_000)
    with Origin({"/robots.txt": robots, "/no": page(), "/yes": page()}) as origin:
        no, yes = ask(origin.url("/no"), origin.url("/yes"))
    assert reason(no) == "robots.txt forbids /no"
    assert body(yes) == b"ok"


def test_crawl_delay_is_kept() -> None:
    with Origin(
        {"/robots.txt": page(b"User-agent: *\nCrawl-delay: 0.4"), "/a": page(), "/b": page()}
    ) as origin:
        ask(origin.url("/a"), origin.url("/b"))
    first, second = (asked.time for asked in origin.asked if asked.target != "/robots.txt")
    assert second - first >= 0.39


def test_after_429_it_waits_as_long_as_it_is_told() -> None:
    busy = page(b"", "429 Too Many Requests", retry_after="1")
    with Origin({"/": in_turn(busy, page(b"now"))}) as origin:
        answer = ask(origin.url())[0]
    assert (body(answer), answer.status) == (b"now", 200)
    first, second = (asked.time for asked in origin.asked if asked.target == "/")
    assert second - first >= 0.99
    assert answer.seconds >= 0.99


def test_it_asks_no_more_than_twice_again_and_not_at_all_when_told_to_stay_away() -> None:
    later = format_datetime(datetime(2026, 11, 22, 21, 0, tzinfo=UTC), usegmt=True)
    routes: dict[str, Route] = {
        "/busy": page(b"", "503 Service Unavailable", retry_after="0"),
        "/hour": page(b"", "429 Too Many Requests", retry_after=later),
    }
    with Origin(routes) as origin:
        busy, hour = ask(origin.url("/busy"), origin.url("/hour"))
    assert (origin.count("/busy"), origin.count("/hour")) == (3, 1)
    assert (busy.status, hour.status) == (503, 429)
    assert reason(hour) == "the site says that we ask too often (429), and to come back in 3600 s"


def test_a_broken_connection_is_tried_once_more() -> None:
    with Origin({"/once": in_turn(reset, page(b"again")), "/always": reset}) as origin:
        once, always = ask(
            Request(origin.url("/once"), robots=False), Request(origin.url("/always"), robots=False)
        )
    assert body(once) == b"again"
    assert "broke the connection off" in reason(always)
    assert origin.count("/once") == 2
    assert origin.count("/always") == 2


def test_one_host_is_asked_by_few_at_once() -> None:
    with Origin({f"/{n}": slowly(page(), 0.15) for n in range(8)}) as origin:
        assert len(ask(*(origin.url(f"/{n}") for n in range(8)))) == 8
    assert origin.peak == OPEN.per_host == 2


def test_one_host_is_asked_with_a_breath_between() -> None:
    with Origin({f"/{n}": page() for n in range(8)}) as origin:
        ask(*(origin.url(f"/{n}") for n in range(8)))
    times = [asked.time for asked in origin.asked if asked.target != "/robots.txt"]
    breaths = 0.1 * (len(times) - 2)  # the first two go at once
    assert times[-1] - times[0] >= breaths * 0.8, "a busy machine may shift an arrival, not all of them"


def test_all_hosts_together_are_bounded() -> None:
    names = [f"h{n}.test" for n in range(12)]
    network = OPEN.model_copy(update={"allow_private": tuple(names), "concurrency": 3})
    with Origin({"/": slowly(page(), 0.05)}) as origin:
        answers = ask(
            *(origin.url("/", name) for name in names), network=network, resolve=lambda host: ["127.0.0.1"]
        )
    assert all(body(answer) == b"ok" for answer in answers)
    assert origin.peak == 3


def test_connections_are_reused_while_there_is_more_to_ask() -> None:
    with Origin({f"/{n}": page() for n in range(4)}) as origin:
        ask(*(origin.url(f"/{n}") for n in range(4)))
    kept = [asked for asked in origin.asked if asked.headers.get("connection", "") != "close"]
    assert len(kept) >= 3
    assert origin.asked[-1].headers["connection"] == "close"
