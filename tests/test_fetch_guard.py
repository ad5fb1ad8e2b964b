"""The address guard: nothing that a page or feed names leads into the machine or its network."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.config.schema import Network
from curate.fetch import Request
from curate.fetch.errors import Problem
from curate.fetch.redirects import parse
from curate.fetch.ssrf_guard import Guard, GuardedResolver, literal, public
from tests.asking import OPEN, ask, body, reason
from tests.origin import Origin, moved, page

INSIDE = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.8.8.8", "168.63.129.16",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.168.1.1", "198.18.0.1",
    "198.51.100.7", "203.0.113.9", "224.0.0.251", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::10.0.0.1", "64:ff9b:1::1",
    "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:c0a8:101::1", "3fff::1", "4000::1", "5f00::1",
    "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "2606:4700::5efe:a00:1", "2606:4700::200:5efe:a00:1",
]  # fmt: skip
OUTSIDE = [
    "1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.0.1.1", "198.17.0.1",
    "198.20.0.1", "223.5.5.5", "2400:3200::1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8",
    "2002:808:808::1", "2606:4700::5efe:808:808",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_that_lead_inside_are_closed(address: str) -> None:
    assert not public(ip_address(address))


@pytest.mark.parametrize("address", OUTSIDE)
def test_addresses_on_the_internet_are_open(address: str) -> None:
    assert public(ip_address(address))


@given(st.ip_addresses())
def test_what_is_open_is_global_for_the_standard_library_too(address: object) -> None:
    found = ip_address(str(address))
    if public(found):
        inner = getattr(found, "ipv4_mapped", None) or found
        closed = (inner.is_private, inner.is_loopback, inner.is_link_local, inner.is_multicast)
        assert not any(closed)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001",
        "0x7f.1", "127.0.0.1.", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]", "[fe80::1%25eth0]", "[::]", "0", "１２７.0.0.1", "127。0。0。1", "①②⑦.0.0.1",
        "169.254.169.254", "0xa9fea9fe", "localhost", "LOCALHOST", "localhost.", "a.localhost",
        "metadata.google.internal", "printer.local", "nas.home.arpa",
    ],
)  # fmt: skip
def test_no_way_of_writing_an_address_gets_inside(host: str) -> None:
    answers = ask(f"http://{host}/", network=Network(timeout=2), resolve=lambda name: ["127.0.0.1"])
    assert "private address" in reason(answers[0]) or "not an address" in reason(answers[0])
    assert answers[0].status == 0


@given(st.ip_addresses(v=4), st.sampled_from(["{:d}", "{:#x}", "0{:o}"]))
def test_numbers_are_understood_as_the_system_does(address: object, form: str) -> None:
    text = form.format(int(ip_address(str(address))))
    assert literal(text) == ip_address(str(address))


@pytest.mark.parametrize(
    "host", ["163.com", "360.cn", "1.2.3.4.example", "example.com", "0x.example", "", "12306.cn"]
)
def test_names_are_not_taken_for_numbers(host: str) -> None:
    assert literal(host) is None


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("file:///etc/passwd", "not an address"),
        ("ftp://example.com/", "not an address"),
        ("javascript:alert(1)", "not an address"),
        ("http://", "not an address"),
        ("http:///path", "not an address"),
        ("", "not an address"),
        ("http://[::1", "not an address"),
        ("http://example.com:99999/", "not an address"),
        (f"http://{'a' * 64}.example.com/", ""),
        ("http://user:secret@example.com/", "user name or password"),
        ("http://user@example.com/", "user name or password"),
        ("http://example.com:22/", "port 22"),
        ("http://example.com:6379/", "port 6379"),
        ("http://example.com:0/", "port 0"),
    ],
)
def test_addresses_that_are_none_are_named(address: str, told: str) -> None:
    def unknown(host: str) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    found = reason(ask(address, network=Network(timeout=2), resolve=unknown)[0])
    assert told in found
    assert "secret" not in found


def test_a_name_that_resolves_inside_is_refused_and_nothing_is_connected() -> None:
    with Origin({"/": page()}) as origin:
        answer = ask(origin.url("/", "evil.test"), network=Network(), resolve=lambda host: ["127.0.0.1"])[0]
    assert reason(answer) == "evil.test leads to the private address 127.0.0.1; refused"
    assert origin.count() == 0


def test_to_open_an_address_does_not_open_the_names_that_resolve_to_it() -> None:
    with Origin({"/": page()}) as origin:
        literally, by_name = ask(
            origin.url(), origin.url("/", "evil.test"), resolve=lambda host: ["127.0.0.1"]
        )
    assert body(literally) == b"ok"
    assert "private address" in reason(by_name)


def test_a_named_host_or_a_network_opens_what_it_names() -> None:
    with Origin({"/": page()}) as origin:
        for allow, host in (
            ("NAS.local.", "nas.local"),
            ("127.0.0.0/8", "nas.local"),
            ("127.0.0.0/8", "127.0.0.1"),
        ):
            network = Network(allow_private=(allow,), timeout=3)
            assert (
                body(ask(origin.url("/", host), network=network, resolve=lambda name: ["127.0.0.1"])[0])
                == b"ok"
            )


def test_each_redirect_is_checked() -> None:
    inside = [
        "http://10.0.0.1/",
        "http://[::ffff:127.0.0.2]/",
        "http://0x7f000002/",
        "//evil.test/",
        "http://localhost/",
    ]
    with Origin({f"/{n}": moved(where) for n, where in enumerate(inside)}) as origin:
        answers = ask(*(origin.url(f"/{n}") for n in range(len(inside))), resolve=lambda host: ["127.0.0.1"])
    assert all("private address" in reason(answer) for answer in answers)


def test_the_robots_txt_of_a_site_cannot_lead_inside() -> None:
    with Origin({"/robots.txt": page(b"User-agent: *\nDisallow: /")}) as inside:
        routes = {"/robots.txt": moved(inside.url("/robots.txt", "evil.test")), "/": page()}
        with Origin(routes) as origin:
            answer = ask(origin.url(), resolve=lambda host: ["127.0.0.1"])[0]
    assert inside.count() == 0
    assert body(answer) == b"ok"


def ran(work: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine comes to, in a thread of its own: a browser test may have a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def test_dns_that_changes_between_check_and_connection_does_not_help() -> None:
    answers = [["93.184.215.14"], ["127.0.0.1"]]
    resolver = GuardedResolver(Guard(()), lambda host: answers.pop(0))
    first = ran(resolver.resolve("rebind.test", 80))
    assert [(row["host"], row["flags"]) for row in first] == [("93.184.215.14", socket.AI_NUMERICHOST)]
    with pytest.raises(Problem) as refused:
        ran(resolver.resolve("rebind.test", 80))
    assert refused.value.key == "private"


def test_of_mixed_answers_only_the_public_ones_are_connected_to() -> None:
    resolver = GuardedResolver(Guard(()), lambda host: ["10.0.0.1", "2606:4700::1111", "::1", "1.1.1.1"])
    found = ran(resolver.resolve("mixed.test", 443))
    assert [row["host"] for row in found] == ["2606:4700::1111", "1.1.1.1"]


def test_the_socket_is_the_last_lock() -> None:
    guard = Guard(("nas.local", "127.0.0.7"))
    with pytest.raises(Problem):
        guard.socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", 80)))
    with pytest.raises(Problem):
        guard.socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("localhost", 80)))
    guard.admit("nas.local", [ip_address("192.168.1.9")])
    for host in ("192.168.1.9", "127.0.0.7", "1.1.1.1"):
        guard.socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", (host, 80))).close()


def test_what_a_proxy_program_answers_is_explained() -> None:
    answer = ask("http://news.example/", network=Network(), resolve=lambda host: ["198.18.0.55"])[0]
    assert "fake-ip" in reason(answer)


def test_an_unknown_host_is_named() -> None:
    def unknown(host: str) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    assert reason(ask("http://gone.example/", resolve=unknown)[0]) == "no host is known as gone.example"
    assert (
        reason(ask("http://gone.example/", resolve=lambda host: [])[0]) == "no host is known as gone.example"
    )


def test_a_closed_port_is_named() -> None:
    with Origin() as gone:
        url = gone.url()
    answer = ask(Request(url, subject="src"), network=OPEN)[0]
    assert reason(answer) == "127.0.0.1 refused the connection"


@pytest.mark.parametrize(
    "address",
    [
        "http://example.com\\@127.0.0.1/", "http://127.0.0.1#@example.com/", "http://127.0.0.1?@example.com/",
        "http://127.0.0.1\\.example.com/", "http:\\\\127.0.0.1/", "http:127.0.0.1/", "http://%31%32%37.0.0.1/",
        "http://example.com@127.0.0.1/", "http://127.0.0.1%2f@example.com/", " http://127.0.0.1/\t",
    ],
)  # fmt: skip
def test_no_trick_of_writing_hides_the_host(address: str) -> None:
    with Origin({"/": page()}) as origin:
        text = address.replace("127.0.0.1", f"127.0.0.1:{origin.port}")
        answer = ask(text, network=Network(timeout=2), resolve=lambda host: ["127.0.0.1"])[0]
    told = reason(answer)
    assert "private address" in told or "not an address" in told or "user name" in told
    assert origin.count() == 0


@given(
    st.text(max_size=40),
    st.sampled_from(["", "http://", "https://a.example:", "http://[", "//", "http://a@"]),
)
def test_any_text_is_an_address_or_a_named_failure(text: str, before: str) -> None:
    guard = Guard(())
    try:
        url = parse(before + text)
        guard.check(url, by_proxy=False)
        guard.check(url, by_proxy=True)
    except Problem:
        return
    assert url.scheme in ("http", "https")
    assert url.raw_host
