"""What hostile and broken sites do: each is a named failure, in time."""

from __future__ import annotations

import asyncio
import gzip
import shutil
import ssl
import subprocess
import time
import zlib

import pytest

from curate.config.schema import Network
from curate.domain.model import Failure, Page
from curate.fetch import Answer, Request, fetch
from tests.asking import AGENT, NOW, OPEN, ask, body, one, reason
from tests.origin import Asked, Origin, Route, bomb, broken, hang, in_turn, moved, page, reset

MEBIBYTE = 1024 * 1024


def test_statuses_are_told_in_words() -> None:
    told = {
        "401 Unauthorized": "the site wants a login (401)",
        "403 Forbidden": "the site wants a login or a browser check (403)",
        "404 Not Found": "nothing at this address (404)",
        "410 Gone": "the site says that this is gone for good (410)",
        "418 Teapot": "the site refused the request (418)",
        "500 Oops": "the site has a fault of its own (500)",
        "300 Choices": "the site gave an answer of no use (300)",
        "204 No Content": "empty document from 127.0.0.1",
        "200 OK": "empty document from 127.0.0.1",
    }
    with Origin({f"/{status[:3]}": page(b"", status) for status in told}) as origin:
        answers = ask(*(origin.url(f"/{status[:3]}") for status in told))
    assert {reason(answer) for answer in answers} == set(told.values())
    assert [answer.status for answer in answers] == [int(status[:3]) for status in told]
    assert all(isinstance(answer.result, Failure) and answer.result.advice for answer in answers)


@pytest.mark.parametrize(
    ("language", "reason"), [("zh", "没有这个网址（404）"), ("en", "nothing at this address (404)")]
)
def test_failures_name_their_subject_and_have_words_in_every_language(language: str, reason: str) -> None:
    with Origin() as origin:
        asked = [Request(origin.url("/x"), subject="晨报")]
        answer = next(fetch(asked, OPEN, now=NOW, user_agent=AGENT, language=language))
    assert isinstance(answer.result, Failure)
    assert (answer.result.subject, answer.result.reason) == ("晨报", reason)
    assert "curate sources add" in answer.result.hint


def test_redirects_end() -> None:
    routes: dict[str, Route] = {f"/{n}": moved(f"/{n + 1}") for n in range(9)}
    routes |= {
        "/loop": moved("/pool"),
        "/pool": moved("/loop"),
        "/self": moved("/self"),
        "/nowhere": page(b"", "302 Found"),
    }
    routes |= {"/5": page(b"end"), "/file": moved("file:///etc/passwd"), "/bracket": moved("http://[/")}
    with Origin(routes) as origin:
        five, six = ask(origin.url("/0"), Request(origin.url("/x")))
        assert body(five) == b"end"
        origin.routes["/5"] = moved("/6")
        six, loop, self, nowhere, file, bracket = ask(
            *(origin.url(target) for target in ("/0", "/loop", "/self", "/nowhere", "/file", "/bracket"))
        )
    assert reason(six) == "more than 5 redirects"
    assert reason(loop) == reason(self) == "the redirects go round in a circle"
    assert reason(nowhere) == "a redirect (302) that leads nowhere"
    assert reason(file) == "not an address that can be read: file:///etc/passwd"
    assert reason(bracket) == "a redirect (302) that leads nowhere"


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (broken(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort"), "cut short"),
        (broken(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nshort\r\n"), "cut short"),
        (
            broken(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nshort\r\n0\r\n\r\n"),
            "proper HTTP",
        ),
        (page(gzip.compress(bytes(range(256)) * 99, mtime=0)[:-20], content_encoding="gzip"), "cut short"),
        (page(zlib.compress(bytes(range(256)) * 99)[:-9], content_encoding="deflate"), "cut short"),
        (page(b"\x1f\x8b" + b"\xff" * 99, content_encoding="gzip"), "cannot be unpacked"),
        (page(b"text", content_encoding="compress"), "cannot be unpacked (compress)"),
        (page(b"text", content_encoding="gzip, compress"), "cannot be unpacked (compress)"),
        (broken(b"SSH-2.0-OpenSSH_9.6\r\n"), "proper HTTP"),
        (broken(b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n"), "proper HTTP"),
        (broken(b"HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\nx"), "proper HTTP"),
        (broken(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nxyz"), "proper HTTP"),
        (page(b"ok", x=("y" * 17_000)), "headers from 127.0.0.1 are too large"),
        (page(b"ok", **{f"x{n}": "y" * 1000 for n in range(90)}), "headers from 127.0.0.1 are too large"),
        (page(b"ok", **{f"x{n}": "y" for n in range(5000)}), "127.0.0.1"),
        (broken(b"HTTP/1.1 200 OK\r\n"), "broke the connection off"),
        (broken(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok and more"), "proper HTTP"),
        (reset, "broke the connection off"),
    ],
)
def test_a_broken_answer_is_named(reply: Route, told: str) -> None:
    assert told in reason(one({"/": reply}, robots=False))


def test_a_body_that_breaks_off_by_reset_is_read_again() -> None:
    async def half(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(page(b"x" * 100)[:-50])
        await writer.drain()
        await asyncio.sleep(0.05)
        await reset(asked, writer)

    with Origin({"/": in_turn(half, page(b"whole"))}) as origin:
        answer = ask(origin.url())[0]
    assert body(answer) == b"whole"
    assert origin.count("/") == 2


def test_time_runs_out_in_each_phase() -> None:
    async def drip(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
        while not asked.gone():
            writer.write(b"x")
            await asyncio.sleep(0.05)

    async def drip_head(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while not asked.gone():
            writer.write(b"x: y\r\n")
            await asyncio.sleep(0.05)

    network = OPEN.model_copy(update={"timeout": 0.4, "allow_private": ("a.test", "b.test", "c.test")})
    with Origin({"/drip": drip, "/head": drip_head, "/hang": hang}) as origin:
        start = time.monotonic()
        answers = ask(
            Request(origin.url("/drip", "a.test"), robots=False),
            Request(origin.url("/head", "b.test"), robots=False),
            Request(origin.url("/hang", "c.test"), robots=False),
            network=network,
            resolve=lambda host: ["127.0.0.1"],
        )
        assert time.monotonic() - start < 8
    assert [reason(answer) for answer in answers] == [
        "a.test sent too slowly to finish in 0.4 s",
        "b.test did not answer in time (0.4 s)",
        "c.test did not answer in time (0.4 s)",
    ]
    assert all(0.3 < answer.seconds < 3 for answer in answers)


def test_the_time_is_for_the_whole_chain() -> None:
    async def late(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.3)
        writer.write(moved(f"/{int(asked.target[1:]) + 1}"))

    network = OPEN.model_copy(update={"timeout": 1.0})
    with Origin({f"/{n}": late for n in range(5)}) as origin:
        answer = ask(Request(origin.url("/0"), robots=False), network=network)[0]
    assert "(1 s)" in reason(answer), "waiting for an answer, or for a connection"
    assert origin.count() < 5, "five hops of 0.3 s do not fit into one address's time"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A server with a certificate that nobody has signed."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("tls")
    key, made = folder / "key.pem", folder / "certificate.pem"
    line = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=a.test -keyout"
    subprocess.run([openssl, *line.split(), str(key), "-out", str(made)], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    return context


def test_a_certificate_that_nobody_signed_is_named(certificate: ssl.SSLContext) -> None:
    with Origin({"/a": page(), "/b": page()}, certificate) as origin:
        answers = ask(origin.url("/a"), origin.url("/b"))
    assert {reason(answer) for answer in answers} == {
        "the certificate of 127.0.0.1 is not trusted (self-signed certificate)"
    }
    assert origin.count() == 0


def test_https_where_http_is_spoken_is_named() -> None:
    with Origin({"/": page()}) as origin:
        told = reason(ask(origin.url().replace("http:", "https:"))[0])
    assert told.startswith("no secure connection to 127.0.0.1")


@pytest.mark.slow
def test_two_hundred_sources_with_every_fault_end_in_time() -> None:
    faults: dict[str, Route] = {
        "/ok": page(b"fine"),
        "/hang": hang,
        "/reset": reset,
        "/500": page(b"", "500 Oops"),
        "/bomb": page(bomb(12), content_encoding="gzip"),
        "/loop": moved("/loop"),
        "/inside": moved("http://169.254.169.254/latest/meta-data/"),
        "/short": broken(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nx"),
        "/junk": broken(b"\x00\x01\x02\r\n\r\n"),
        "/busy": page(b"", "429 Too Many Requests", retry_after="600"),
    }
    names = tuple(f"h{n}.test" for n in range(200))
    network = Network(allow_private=names, timeout=6, deadline=90, concurrency=64)
    with Origin(faults) as origin:
        targets = list(faults)
        start = time.monotonic()
        answers = ask(
            *(origin.url(targets[n % 10], name) for n, name in enumerate(names)),
            network=network,
            resolve=lambda host: ["127.0.0.1"],
        )
        assert time.monotonic() - start < 60
    good = [answer for answer in answers if isinstance(answer.result, Page)]
    assert [body(answer) for answer in good] == [b"fine"] * 20
    assert len({_key(answer) for answer in answers if answer not in good}) == 9


def _key(answer: Answer) -> str:
    host = answer.request.url.split("/")[2].partition(":")[0]
    return reason(answer).replace(host, "HOST")
