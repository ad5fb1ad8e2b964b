"""Looking at the network itself: names, proxies, and what time others have."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime

from aiohttp.abc import ResolveResult
from yarl import URL

from curate.config.schema import Network
from curate.domain.model import Failure
from curate.fetch.errors import Problem
from curate.fetch.ssrf_guard import Guard, GuardedResolver, look_up
from curate.fetch.transport import Visit, Wire
from curate.fetch.types import Resolver

SECONDS = 8.0  # for all of one look
_BODY = 64 * 1024  # bytes; what came of it is thrown away


def look_up_hosts(
    hosts: Sequence[str], network: Network, resolve: Resolver | None = None
) -> dict[str, Failure]:
    """The hosts that have no address, or none that may be read, each with why."""
    return asyncio.run(_look_up_hosts(hosts, network, resolve or look_up))


def try_proxy(address: str, resolve: Resolver | None = None) -> Failure | None:
    """Why a proxy takes no connection; None where it does. Its address is never told whole: it may hold a password."""
    return asyncio.run(_try_proxy(URL(address)))


def ask_times(
    addresses: Iterable[tuple[str, str | None]],
    network: Network,
    user_agent: str,
    resolve: Resolver | None = None,
) -> list[datetime]:
    """What time the servers of these addresses have, in UTC, of those that answer; each with its proxy or None."""
    return asyncio.run(_ask_times(addresses, network, user_agent, resolve))


async def _look_up_hosts(hosts: Sequence[str], network: Network, resolve: Resolver) -> dict[str, Failure]:
    resolver = GuardedResolver(Guard(network.allow_private), resolve)

    async def look(host: str) -> Failure | None:
        try:
            found: list[ResolveResult] = await asyncio.wait_for(resolver.resolve(host), SECONDS)
        except Problem as problem:
            return problem.failure(host)
        except (OSError, TimeoutError):
            return Problem("dns", host=host).failure(host)
        return None if found else Problem("dns", host=host).failure(host)

    results = await asyncio.gather(*map(look, hosts))
    return {host: failure for host, failure in zip(hosts, results, strict=True) if failure}


async def _try_proxy(address: URL) -> Failure | None:
    shown = f"{address.raw_host}:{address.port}"
    if not address.raw_host or not address.port:
        return Problem("bad proxy").failure(shown)
    try:
        opened = asyncio.open_connection(address.raw_host, address.port)
        _, writer = await asyncio.wait_for(opened, SECONDS)
    except (OSError, TimeoutError):
        return Problem("proxy unreachable", proxy=shown).failure(shown)
    writer.close()
    return None


async def _ask_times(
    addresses: Iterable[tuple[str, str | None]],
    network: Network,
    user_agent: str,
    resolve: Resolver | None,
) -> list[datetime]:
    guard = Guard(network.allow_private)
    wire = Wire(guard, user_agent, resolve)

    async def ask(address: str, proxy: str | None) -> datetime | None:
        way = proxy or network.proxy
        try:
            url = URL(address).origin()
            guard.check(url, by_proxy=bool(way))
            got = await asyncio.wait_for(wire.get(url, {}, way, Visit(SECONDS), _BODY, True), SECONDS)
            return parsedate_to_datetime(got.headers["Date"])
        except (Problem, TimeoutError, KeyError, ValueError, TypeError):
            return None

    try:
        times = await asyncio.gather(*(ask(*one) for one in addresses))
    finally:
        await wire.close()
    return [time for time in times if time is not None and time.tzinfo is not None]
