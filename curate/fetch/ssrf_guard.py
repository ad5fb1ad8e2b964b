"""The address guard: what a page or feed names must not lead into the machine or its network.

Three locks, because each alone can be got round: the address as written (`check`), what its name resolves to
(`GuardedResolver`, whose very answer is connected to, so that a second look-up cannot differ), and the
socket itself (`Guard.socket`). Behind a proxy the first is the only one, since the proxy looks names up.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import suppress
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from curate.fetch.errors import Problem
from curate.fetch.types import Resolver

Address: TypeAlias = IPv4Address | IPv6Address

# IANA special-purpose registries (RFC 6890 and its updates): blocks that are not globally reachable, and
# multicast. Python's own is_global differs between patch releases, so the rows are written out.
_CLOSED_4 = tuple(map(IPv4Network, (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
    "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    "168.63.129.16/32",  # Azure's metadata and health service: a public address, answered inside
)))  # fmt: skip
_OPEN_6 = IPv6Network("2000::/3")  # the only global unicast space that IANA has allotted
_CLOSED_6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16")))
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_MAPPED = IPv6Network("::ffff:0:0/96")
_6TO4 = IPv6Network("2002::/16")  # RFC 3056: bits 16 to 48 are an IPv4 address
_ISATAP = 0x5EFE  # RFC 5214: 0000:5efe or 0200:5efe, then an IPv4 address

FAKE_IP = IPv4Network("198.18.0.0/15")  # RFC 2544; proxy programs answer DNS out of it

# Names that lead inside whoever looks them up; asked for only where a proxy does so, out of our sight.
_INSIDE = frozenset({"localhost", "metadata", "instance-data"})
_INSIDE_SUFFIXES = (".localhost", ".local", ".internal", ".localdomain", ".home.arpa")

_WEB_PORTS = frozenset({80, 443})
_FIRST_FREE_PORT = 1024
# Ports above 1023 at which something else listens (WHATWG fetch, "bad port"; and the usual databases).
_OTHER_PORTS = frozenset({
    1719, 1720, 1723, 2049, 3306, 3659, 4045, 4190, 5060, 5061, 5432, 6000, 6379, 6566, 6665, 6666, 6667,
    6668, 6669, 6679, 6697, 9200, 10080, 11211, 27017,
})  # fmt: skip


@lru_cache(maxsize=4096)
def literal(host: str) -> Address | None:
    """The IP address that `host` is, in any form that systems accept (decimal, octal, hex, short), or None."""
    host = host.rstrip(".").partition("%")[0]
    try:
        return ip_address(host)
    except ValueError:
        pass
    if not host or not host[0].isdigit():
        return None
    try:
        return IPv4Address(socket.inet_aton(host))
    except OSError:
        return None


@lru_cache(maxsize=4096)
def public(address: Address) -> bool:
    """Whether `address`, or the IPv4 address inside it, is out on the internet."""
    if isinstance(address, IPv4Address):
        return not any(address in block for block in _CLOSED_4)
    number = int(address)
    if address in _MAPPED or address in _NAT64:
        return public(IPv4Address(number & 0xFFFFFFFF))
    if address in _6TO4:
        return public(IPv4Address(number >> 80 & 0xFFFFFFFF))
    if address not in _OPEN_6 or any(address in block for block in _CLOSED_6):
        return False
    isatap = (number >> 32) & 0xFDFFFFFF == _ISATAP
    return not isatap or public(IPv4Address(number & 0xFFFFFFFF))


class Guard:
    """The rules with the editor's exceptions.

    `allow` holds host names and addresses as they are written in an address that is read, and networks
    (`198.18.0.0/15`), which may also be reached by a name.
    """

    def __init__(self, allow: tuple[str, ...]) -> None:
        self._names = frozenset(name.lower().strip("[]").rstrip(".") for name in allow if "/" not in name)
        self._networks = tuple(ip_network(name, strict=False) for name in allow if _is_network(name))
        self._opened: set[Address] = set()

    def check(self, url: URL, by_proxy: bool) -> None:
        """Raise Problem unless `url` may be read, as far as can be seen without looking its name up."""
        host = url.raw_host
        if url.scheme not in ("http", "https") or not host:
            raise Problem("bad address", url=str(url)[:200])
        if url.raw_user is not None or url.raw_password is not None:
            raise Problem("userinfo")
        if self._is_listed(host):
            return
        address = literal(host)
        if address is not None:
            if self._in_network(address):
                return
            self._refuse_closed(host, [address])
        name = host.lower().rstrip(".")
        if by_proxy and (name in _INSIDE or name.endswith(_INSIDE_SUFFIXES)):
            raise Problem("private", host=host, address=name)
        port = url.port or 0
        if port not in _WEB_PORTS and (port < _FIRST_FREE_PORT or port in _OTHER_PORTS):
            raise Problem("bad port", port=port, host=host)

    def admit(self, host: str, addresses: list[Address]) -> list[Address]:
        """Those of the `addresses` that `host` resolved to which may be connected to; Problem if none."""
        if self._is_listed(host):
            kept = addresses
        else:
            kept = [address for address in addresses if public(address) or self._in_network(address)]
            if not kept:
                self._refuse_closed(host, addresses)
        self._opened.update(address for address in kept if not public(address))
        return kept

    def socket(self, info: tuple[int, int, int, str, tuple[object, ...]]) -> socket.socket:
        """Make the socket for an address about to be connected to: the last lock, after every look-up.

        Problem where the address is private.
        """
        family, kind, protocol, _, where = info
        address = literal(str(where[0]))
        if address is None or not (
            public(address)
            or address in self._opened
            or str(address) in self._names
            or self._in_network(address)
        ):
            raise Problem("private", host=str(where[0]), address=str(where[0]))
        made = socket.socket(family, kind, protocol)
        made.setblocking(False)
        return made

    def _is_listed(self, host: str) -> bool:
        return host.lower().rstrip(".") in self._names

    def _in_network(self, address: Address) -> bool:
        return any(address in network for network in self._networks)

    def _refuse_closed(self, host: str, addresses: list[Address]) -> None:
        for address in addresses:
            if not public(address):
                key = "fake ip" if address in FAKE_IP else "private"
                raise Problem(key, host=host, address=str(address))


def _is_network(text: str) -> bool:
    if "/" not in text:
        return False
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def look_up(host: str) -> list[str]:
    """The system's answer. Raises OSError for an unknown name."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


class GuardedResolver(AbstractResolver):
    """The resolver of the HTTP client: only what the guard admits is ever connected to."""

    def __init__(self, guard: Guard | None, resolve: Resolver) -> None:
        self._guard = guard  # None: for the editor's own proxy, which is trusted
        self._resolve = resolve

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Look a host up, and let through what the guard admits. OSError where it has no address."""
        texts = await _in_a_daemon_thread(self._resolve, host)
        addresses = [address for address in map(literal, texts) if address is not None]
        if not addresses:
            raise OSError(None, f"no address for {host}")
        if self._guard is not None:
            addresses = self._guard.admit(host, addresses)
        return [
            ResolveResult(
                hostname=host,
                host=str(address),
                port=port,
                family=socket.AF_INET if address.version == 4 else socket.AF_INET6,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses
        ]

    async def close(self) -> None:
        """Nothing is kept open."""


async def _in_a_daemon_thread(resolve: Resolver, host: str) -> list[str]:
    """Look `host` up without an executor: one that hangs for half a minute must not hold up the exit."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[str]] = loop.create_future()

    def tell(found: list[str] | None, error: Exception | None) -> None:
        if answer.done():
            return
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(found or [])

    def work() -> None:
        found: list[str] | None = None
        error: Exception | None = None
        try:
            found = list(resolve(host))
        except OSError as unknown:
            error = unknown
        except UnicodeError as unspeakable:  # a label that is empty or too long
            error = OSError(None, str(unspeakable))
        finally:
            if found is None and error is None:
                error = RuntimeError("the resolver has a bug; its traceback is above")
            with suppress(RuntimeError):  # the loop has ended meanwhile; nobody waits
                loop.call_soon_threadsafe(tell, found, error)

    threading.Thread(target=work, name=f"resolve {host}", daemon=True).start()
    return await answer
