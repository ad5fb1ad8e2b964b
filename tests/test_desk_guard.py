"""Nobody but the editor's own page gets anything from the desk, and nothing that feeds send runs in it."""

from __future__ import annotations

import hashlib
import re
import socket
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from curate.desk_server.guard import HEADERS
from curate.desk_server.listen import bind
from curate.domain.errors import OutputError
from curate.storage.account import find_package_data
from tests.desk_client import ORIGIN, DeskClient, opened
from tests.desk_process import ask_raw, listening

VENDOR = find_package_data() / "templates/desk/vendor"
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}{% raw %}",
    '\' hx-get="/do/undo" hx-trigger="load" x=\'',
    "</textarea></iframe><base href=//evil.example>",
    "javascript:alert(1)",
)


@pytest.fixture
def tab(issue_home: Path) -> Iterator[DeskClient]:
    with opened(issue_home) as found:
        yield found


def test_the_token_is_exchanged_for_a_cookie_that_no_script_and_no_other_site_has(tab: DeskClient) -> None:
    answer = tab.ask("GET", f"/?token={tab.door.token}", cookies={})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert tab.door.token not in cookie


@pytest.mark.parametrize(
    "path", ["/", "/board", "/post", "/copy", "/panel/versions", "/list", "/static/desk.js", "/images/01.jpg"]
)
def test_without_the_cookie_nothing_is_told(tab: DeskClient, path: str) -> None:
    for cookies in (
        {},
        {tab.door.cookie: "guess"},
        {tab.door.cookie: tab.door.token},
        {"other": tab.door.key},
    ):
        answer = tab.ask("GET", path, cookies=cookies)
        assert answer.status_code == 403
        assert "消息" not in answer.text
    assert tab.ask("GET", f"{path}?token=guess", cookies={}).status_code == 403


REFUSED: tuple[dict[str, str], ...] = (
    {"Host": "evil.example"},
    {"Host": "evil.example:8711"},
    {"Host": "127.0.0.1"},
    {"Host": "127.0.0.1:8712"},
    {"Host": "[::1]:8711"},
    {"Host": ""},
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:9999"},
    {"Origin": "https://127.0.0.1:8711"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"},
)


@pytest.mark.parametrize("headers", REFUSED, ids=str)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_other_hosts_origins_and_sites_are_refused(
    tab: DeskClient, headers: dict[str, str], method: str
) -> None:
    path = "/" if method == "GET" else "/do/drop"
    form = {"revision": "0", "source": "s1", "entry": "e1"} if method == "POST" else None
    answer = tab.ask(method, path, headers=headers, data=form)
    assert answer.status_code == 403
    assert tab.desk.read().revision == 0


def raw_requests(port: int, cookie: str) -> list[bytes]:
    """Requests as a hostile page or program could have them sent, each with all that it could know and the cookie beside: a
    name of its own that points here (DNS rebinding), other spellings of it, other origins, forms."""
    own = f"127.0.0.1:{port}"
    form = b"revision=0&source=s1&entry=e1"
    posted = f"Cookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n"
    hosts = (
        "evil.example", f"evil.example:{port}", f"127.0.0.1.evil.example:{port}", f"{own}.", f"127.0.0.1.:{port}", "127.0.0.1",
        f"127.1:{port}", f"2130706433:{port}", f"0.0.0.0:{port}", f"[::1]:{port}", f"[::ffff:127.0.0.1]:{port}",
        f"evil@{own}", f"{own}@evil.example", f"{own}, evil.example", f"LOCALHOST.evil:{port}", f"localhost.:{port}", "", " ",
    )  # fmt: skip
    found = [f"GET /board HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n".encode() for host in hosts]
    found += [
        f"POST /do/drop HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n{posted}".encode()
        for host in hosts
    ]
    found += [
        f"GET /board HTTP/1.1\r\nCookie: {cookie}\r\n".encode(),
        f"GET /board HTTP/1.0\r\nCookie: {cookie}\r\n".encode(),
        f"GET /board HTTP/1.1\r\nHost: {own}\r\nHost: evil.example\r\nCookie: {cookie}\r\n".encode(),
        f"GET /board HTTP/1.1\r\nHost: evil.example\r\nHost: {own}\r\nCookie: {cookie}\r\n".encode(),
        f"GET /board HTTP/1.1\r\nHost: {own}\r\n".encode(),
        f"GET /board HTTP/1.1\r\nHost: {own}\r\nX-Forwarded-Host: {own}\r\n".encode(),
        f"GET /board HTTP/1.1\r\nHost: {own}\r\nSec-Fetch-Site: cross-site\r\nCookie: {cookie}\r\n".encode(),
        f"POST /do/drop HTTP/1.1\r\nHost: {own}\r\n{posted}".encode(),
        f"POST /do/drop HTTP/1.1\r\nHost: {own}\r\nOrigin: null\r\n{posted}".encode(),
        f"POST /do/drop HTTP/1.1\r\nHost: {own}\r\nOrigin: http://evil.example:{port}\r\n{posted}".encode(),
        f"POST /copied HTTP/1.1\r\nHost: {own}\r\nReferer: http://{own}/\r\n{posted}".encode(),
    ]
    return [
        each + b"Connection: close\r\n\r\n" + (form if each.startswith(b"POST") else b"") for each in found
    ]


def test_no_raw_request_gets_through(tab: DeskClient) -> None:
    with listening(tab) as address:
        port = int(address.partition("/?")[0].rpartition(":")[2])
        opened_page = ask_raw(
            port,
            f"GET /?{address.partition('?')[2]} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode(),
        )
        cookie = re.search(rb"set-cookie: ([^;]+);", opened_page, re.I)[1].decode()  # type: ignore[index]
        good = (
            f"GET /board HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
        )
        assert b"200 OK" in ask_raw(port, good.encode())
        tried = raw_requests(port, cookie)
        through = [each for each in tried if ask_raw(port, each).split(b" ")[1:2] not in ([b"403"], [b"400"])]
        assert (len(tried), through) == (47, [])
        assert tab.desk.read().revision == 0
        assert "copy" not in [visit.kind for visit in tab.desk.account.archive.desk.visits(7)]
        for other in {
            "127.0.0.2",
            *(each[4][0] for each in socket.getaddrinfo(socket.gethostname(), None)),
        } - {"127.0.0.1"}:
            family = socket.AF_INET6 if ":" in str(other) else socket.AF_INET
            with socket.socket(family) as stranger:
                stranger.settimeout(2)
                assert stranger.connect_ex((str(other), port)) != 0, f"listens on {other}"


def test_a_form_from_nowhere_and_too_much_are_refused(tab: DeskClient) -> None:
    form = {"revision": "0", "source": "s1", "entry": "e1"}
    assert tab.ask("POST", "/do/drop", data=form).status_code == 403, (
        "no browser sends a form without an origin"
    )
    headers = {"Origin": ORIGIN, "Content-Length": "99999999"}
    assert tab.ask("POST", "/do/drop", headers=headers, content=b"x").status_code == 413
    assert tab.ask("GET", "/do/drop").status_code == 404
    assert tab.desk.read().revision == 0


def test_every_answer_forbids_storing_framing_and_loading(tab: DeskClient) -> None:
    for path in ("/", "/copy", "/static/desk.js", "/nothing"):
        answer = tab.get(path)
        for name, value in HEADERS.items():
            if name != "Content-Security-Policy":
                assert answer.headers[name] == value, path
        assert "unsafe" not in answer.headers["Content-Security-Policy"] or path == "/nothing"
    assert tab.ask("GET", "/", cookies={}).headers["Cache-Control"] == "no-store"
    post = tab.get("/post").headers["Content-Security-Policy"]
    assert "default-src 'none'" in post
    assert "sandbox allow-same-origin" in post
    assert "script" not in post


class Parsed(HTMLParser):
    """The tags of a page, and the attributes that could run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.runs: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            opens = name in ("href", "src", "action", "formaction")
            runs = name.startswith(("on", "hx-on")) or name == "style"
            if runs or (opens and (value or "").lower().startswith("javascript:")):
                self.runs.append(f"{tag} {name}={value}")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_text_in_every_part(tab: DeskClient, hostile: str) -> None:
    plain = [Parsed(tab.get(path).text) for path in ("/", "/item?source=s1&entry=e1", "/panel/versions")]
    tab.do("edit", 1, title=hostile, summary=hostile, note=hostile)
    tab.do("words", opening=hostile, closing=hostile, sharing=hostile)
    tab.do("undo")
    found = [Parsed(tab.get(path).text) for path in ("/", "/item?source=s1&entry=e1", "/panel/versions")]
    for before, after in zip(plain, found, strict=True):
        assert after.runs == []
        assert after.tags.count("script") == before.tags.count("script")
        for tag in ("img", "base"):
            assert after.tags.count(tag) <= before.tags.count(tag)
    assert "49" not in re.findall(r"<p class=\"title\">.*?</p>", tab.get("/").text, re.S)[1]
    assert Parsed(tab.get("/post").text).tags.count("script") == 0
    assert tab.do("drop", 0, source=hostile, entry=hostile).status_code == 422
    assert "<script>alert" not in tab.get(f"/list?words={hostile}").text


def test_the_socket_is_on_loopback_alone_and_a_taken_port_is_told() -> None:
    with bind(0) as listening:
        host, port = listening.getsockname()
        assert host == "127.0.0.1"
        listening.listen()
        with pytest.raises(OutputError, match=str(port)):
            bind(port)
    with socket.socket() as other:
        assert other.connect_ex(("127.0.0.1", port)) != 0


def test_vendored_scripts_are_the_ones_that_were_checked() -> None:
    lines = (line.split("  ") for line in (VENDOR / "SHA256SUMS").read_text().splitlines())
    listed = {name: digest for digest, name in lines}
    files = {path.name for path in VENDOR.iterdir()} - {"SHA256SUMS"}
    assert listed.keys() == files
    for name, digest in listed.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest, name
    for script in (name for name in files if name.endswith(".js")):
        assert script.replace(".min.js", ".LICENSE") in files


def test_our_own_script_stays_small() -> None:
    assert len((VENDOR.parent / "desk.js").read_text("utf-8").splitlines()) < 400
