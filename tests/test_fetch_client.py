"""The client over real sockets: what comes back, and how politely it was asked for."""

from __future__ import annotations

import gzip
import itertools
import signal
import subprocess
import sys
import threading
import time
import warnings
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from curate.fetch import Answer, Request, Unchanged, fetch
from curate.model import Failure, Page
from curate.settings import Network
from tests.origin import Asked, Origin, Route, hang, in_turn, moved, page, reset, slowly

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
AGENT = "curate/1.0 (+mailto:editor@example.com)"
OPEN = Network(allow_private=("127.0.0.1",), timeout=3)


def ask(
    *requests: Request | str, network: Network = OPEN, resolve: Callable[[str], list[str]] | None = None
) -> list[Answer]:
    """Answers in the order of the requests."""
    wanted = [Request(each) if isinstance(each, str) else each for each in requests]
    found = list(fetch(wanted, network, now=NOW, user_agent=AGENT, language="en", resolve=resolve))
    assert len(found) == len(wanted)
    return sorted(found, key=lambda answer: wanted.index(answer.request))


def one(routes: dict[str, Route], target: str = "/", **request: object) -> Answer:
    with Origin(routes) as origin:
        return ask(Request(origin.url(target), **request))[0]


def body(answer: Answer) -> bytes:
    assert isinstance(answer.result, Page), answer.result
    return answer.result.body


def reason(answer: Answer) -> str:
    assert isinstance(answer.result, Failure), answer.result
    return answer.result.reason


def test_a_page_comes_with_what_the_next_night_needs() -> None:
    reply = page(
        b"<rss/>",
        content_type="text/xml; charset=gbk",
        etag='W/"1"',
        last_modified="Sat, 21 Nov 2026 00:00:00 GMT",
    )
    answer = one({"/feed": reply}, "/feed", subject="news")
    assert answer.result == Page(
        answer.request.url, b"<rss/>", NOW, "text/xml; charset=gbk", 'W/"1"', "Sat, 21 Nov 2026 00:00:00 GMT"
    )
    assert (answer.status, answer.moved) == (200, "")
    assert 0 < answer.seconds < 3


def test_validators_are_sent_and_304_is_unchanged() -> None:
    with Origin({"/feed": b"HTTP/1.1 304 Not Modified\r\n\r\n"}) as origin:
        url = origin.url("/feed")
        answer = ask(Request(url, etag='"7"', last_modified="Sat, 21 Nov 2026 00:00:00 GMT"))[0]
    assert answer.result == Unchanged(url, NOW)
    headers = origin.asked[-1].headers
    assert headers["if-none-match"] == '"7"'
    assert headers["if-modified-since"] == "Sat, 21 Nov 2026 00:00:00 GMT"


def test_304_without_a_question_is_a_failure() -> None:
    answer = one({"/": b"HTTP/1.1 304 Not Modified\r\n\r\n"})
    assert "304" in reason(answer)


def test_a_stored_validator_cannot_smuggle_a_header() -> None:
    with Origin({"/": page()}) as origin:
        body(ask(Request(origin.url(), etag='"1"\r\nx-evil: 1'))[0])
    assert "x-evil" not in origin.asked[-1].headers
    assert "if-none-match" not in origin.asked[-1].headers


def test_it_says_who_it_is_and_keeps_no_cookies() -> None:
    with Origin({"/a": page(set_cookie="id=1"), "/b": page()}) as origin:
        for answer in ask(origin.url("/a")), ask(origin.url("/a"), origin.url("/b")):
            assert all(body(each) == b"ok" for each in answer)
    assert all(asked.headers["user-agent"] == AGENT for asked in origin.asked)
    assert not any("cookie" in asked.headers for asked in origin.asked)


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b"text" * 999)),
        ("x-gzip", gzip.compress(b"text" * 999)),
        ("gzip", gzip.compress(b"text" * 9) + gzip.compress(b"text" * 990)),
        ("gzip", gzip.compress(b"text" * 999) + b"\0\0junk"),
        ("gzip", b"text" * 999),  # it says so, and does not do it
        ("deflate", zlib.compress(b"text" * 999)),
        ("deflate", zlib.compress(b"text" * 999)[2:-4]),  # without zlib's header
        ("UTF-8", b"text" * 999),
    ],
)
def test_what_is_packed_is_unpacked(coding: str, packed: bytes) -> None:
    assert body(one({"/": page(packed, content_encoding=coding)})) == b"text" * 999


def test_gzip_in_single_bytes_is_unpacked() -> None:
    packed = gzip.compress(b"drip")

    async def drip(asked: Asked, writer) -> None:
        writer.write(page(packed, content_encoding="gzip")[: -len(packed)])
        for byte in packed:
            writer.write(bytes([byte]))
            await writer.drain()

    assert body(one({"/": drip})) == b"drip"


def test_redirects_are_followed_and_only_permanent_ones_told() -> None:
    routes: dict[str, Route] = {
        "/old": moved("/newer", "301 Moved Permanently"),
        "/newer": moved("new?x=1#part", "308 Permanent Redirect"),
        "/new?x=1": page(b"here"),
        "/mixed": moved("/kept", "301 Moved Permanently"),
        "/kept": moved("/new?x=1", "302 Found"),
        "/passing": moved("/newer", "307 Temporary Redirect"),
    }
    with Origin(routes) as origin:
        old, mixed, passing = ask(*(origin.url(target) for target in ("/old", "/mixed", "/passing")))
    assert [body(answer) for answer in (old, mixed, passing)] == [b"here"] * 3
    assert isinstance(old.result, Page)
    assert old.result.url == old.moved == origin.url("/new?x=1")
    assert mixed.moved == origin.url("/kept")
    assert passing.moved == ""


def test_an_address_is_sent_as_it_is_written() -> None:
    target = "/a%2Fb~c/?sig=a+b%2Bc%7e==&u=http://x/"
    with Origin({target: page(), "/%E6%96%87?q=%E7%AB%A0": page(), "/%B2%E2": page()}) as origin:
        origin.routes["/gbk"] = page(
            b"", "302 Found", location=b"/\xb2\xe2".decode("utf-8", "surrogateescape")
        )
        answers = ask(
            origin.url(target), origin.url("/文?q=章"), origin.url("/gbk"), origin.url("").rstrip("/")
        )
    assert [answer.status for answer in answers] == [200, 200, 200, 404]


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
    assert "robots: false" in no.result.hint
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


def test_what_waits_in_the_queue_is_given_up_too() -> None:
    network = OPEN.model_copy(update={"deadline": 0.4, "timeout": 30, "concurrency": 1})
    names = [f"h{n}.test" for n in range(6)]
    network = network.model_copy(update={"allow_private": tuple(names)})
    with Origin({"/": hang}) as origin:
        requests = [Request(origin.url("/", name), robots=False) for name in names for _ in range(2)]
        start = time.monotonic()
        answers = list(
            fetch(
                requests,
                network,
                now=NOW,
                user_agent=AGENT,
                language="en",
                resolve=lambda host: ["127.0.0.1"],
            )
        )
        assert time.monotonic() - start < 2
    assert len(answers) == 12
    assert all("deadline" in reason(answer) for answer in answers)
    assert origin.count() == 1


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


def test_one_host_is_asked_by_few_at_once_and_with_a_breath() -> None:
    routes = {f"/{n}": slowly(page(), 0.15) for n in range(8)}
    with Origin(routes) as origin:
        assert len(ask(*(origin.url(f"/{n}") for n in range(8)))) == 8
    assert origin.peak == OPEN.per_host == 2
    times = [asked.time for asked in origin.asked if asked.target != "/robots.txt"]
    assert all(b - a >= 0.09 for a, b in itertools.pairwise(times[1:]))


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


def test_what_is_not_there_by_the_deadline_is_a_failure() -> None:
    network = OPEN.model_copy(update={"deadline": 0.5, "timeout": 30})
    with Origin({"/a": page(), **{f"/{n}": hang for n in range(5)}}) as origin:
        start = time.monotonic()
        first, *rest = ask(origin.url("/a"), *(origin.url(f"/{n}") for n in range(5)), network=network)
        assert time.monotonic() - start < 2
    assert body(first) == b"ok"
    assert {reason(answer) for answer in rest} == {"not there by the deadline for all fetching (0.5 s)"}


def test_requests_that_are_named_after_the_deadline_still_get_their_answer() -> None:
    network = OPEN.model_copy(update={"deadline": 0.2})

    def endless_night() -> Iterator[Request]:
        for n in range(3000):
            yield Request(f"http://127.0.0.1:{origin.port}/{n}")

    with Origin({f"/{n}": hang for n in range(3000)}) as origin:
        answers = list(fetch(endless_night(), network, now=NOW, user_agent=AGENT))
    assert len({answer.request.url for answer in answers}) == 3000
    assert all("总时限" in answer.result.reason for answer in answers if isinstance(answer.result, Failure))


def test_requests_are_read_as_they_are_needed() -> None:
    read = 0

    def many() -> Iterator[Request]:
        nonlocal read
        for read in range(100_000):  # noqa: B007
            yield Request("http://10.0.0.1/")

    answers = fetch(many(), OPEN, now=NOW, user_agent=AGENT)
    for _ in range(50):
        next(answers)
    assert read < 3000
    answers.close()  # type: ignore[attr-defined]


def test_closing_early_ends_everything_quietly() -> None:
    with Origin({"/a": page(), **{f"/{n}": hang for n in range(20)}}) as origin, warnings.catch_warnings():
        warnings.simplefilter("error")
        names = ["127.0.0.1", *(f"h{n}.test" for n in range(20))]
        network = OPEN.model_copy(update={"allow_private": tuple(names), "timeout": 60})
        requests = [
            Request(origin.url("/a")),
            *(Request(origin.url(f"/{n}", f"h{n}.test")) for n in range(20)),
        ]
        answers = fetch(requests, network, now=NOW, user_agent=AGENT, resolve=lambda host: ["127.0.0.1"])
        assert body(next(answers)) == b"ok"
        start = time.monotonic()
        answers.close()  # type: ignore[attr-defined]
        assert time.monotonic() - start < 1
        assert not [thread for thread in threading.enumerate() if thread.name == "fetch"]
        until = time.monotonic() + 5
        while origin.open and time.monotonic() < until:
            time.sleep(0.01)
        assert origin.open == 0


INTERRUPTED = """
import sys
from datetime import UTC, datetime
from curate.fetch import Request, fetch
from curate.settings import Network
requests = [Request(sys.argv[1], robots=False), *(Request(sys.argv[2], robots=False) for _ in range(50))]
for answer in fetch(requests, Network(allow_private=("127.0.0.1",)), now=datetime.now(UTC), user_agent="curate"):
    print("ready", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ")
def test_ctrl_c_ends_it_at_once_and_quietly() -> None:
    with Origin({"/a": page(), "/hang": hang}) as origin:
        process = subprocess.Popen(
            [sys.executable, "-X", "dev", "-c", INTERRUPTED, origin.url("/a"), origin.url("/hang")],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        start = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=10)
    assert time.monotonic() - start < 3
    assert said.rstrip().endswith("KeyboardInterrupt")
    assert said.count("Traceback") == 1
    assert "Warning" not in said
    assert "destroyed" not in said


def test_a_hanging_name_server_does_not_hold_up_the_end() -> None:
    release = threading.Event()

    def stuck(host: str) -> list[str]:
        release.wait(30)
        return []

    network = OPEN.model_copy(update={"timeout": 0.3})
    start = time.monotonic()
    answer = ask("http://stuck.example/", network=network, resolve=stuck)[0]
    assert time.monotonic() - start < 2
    assert reason(answer) == "timed out connecting to stuck.example (0.3 s)"
    release.set()


def test_a_bug_is_raised_in_the_caller() -> None:
    with pytest.raises(AttributeError):
        list(fetch([Request(None)], OPEN, now=NOW, user_agent=AGENT))  # type: ignore[arg-type]


def test_a_bug_in_the_resolver_is_raised_in_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "excepthook", lambda told: None)  # its traceback is not for this report

    def faulty(host: str) -> list[str]:
        raise ZeroDivisionError

    with pytest.raises(RuntimeError, match="resolver"):
        ask("http://a.example/", resolve=faulty)


def test_a_bug_in_the_callers_own_requests_is_raised_and_everything_ends() -> None:
    def requests() -> Iterator[Request]:
        yield Request("http://10.0.0.1/")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(fetch(requests(), OPEN, now=NOW, user_agent=AGENT))
    assert not [thread for thread in threading.enumerate() if thread.name == "fetch"]


def test_no_requests_no_answers() -> None:
    assert ask() == []


def test_a_proxy_is_asked_for_whole_addresses_and_looks_up_no_names() -> None:
    def never(host: str) -> list[str]:
        raise AssertionError(host)

    with Origin({"http://news.example/feed": page(b"by proxy")}) as proxy:
        for network, request in (
            (Network(proxy=proxy.url(), timeout=3), Request("http://news.example/feed")),
            (Network(timeout=3), Request("http://news.example/feed", proxy=proxy.url())),
        ):
            assert body(ask(request, network=network, resolve=never)[0]) == b"by proxy"
    assert proxy.count("http://news.example/robots.txt") == 2


def test_behind_a_proxy_literal_private_addresses_stay_closed() -> None:
    with Origin() as proxy:
        answers = ask(
            "http://127.1/", "http://[::1]/", "http://169.254.169.254/", network=Network(proxy=proxy.url())
        )
    assert all("private address" in reason(answer) for answer in answers)
    assert proxy.count() == 0


def test_a_dead_or_unusable_proxy_is_named_without_its_password() -> None:
    with Origin() as gone:
        port = gone.port
    dead = ask(
        Request("http://a.example/", proxy=f"http://me:secret@127.0.0.1:{port}"), network=Network(timeout=3)
    )[0]
    assert reason(dead) == f"the proxy 127.0.0.1:{port} cannot be reached"
    odd = ask(Request("http://a.example/", proxy="socks5://127.0.0.1:1"), network=Network(timeout=3))[0]
    assert reason(odd) == "the proxy's address cannot be used"
