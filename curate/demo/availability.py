"""The account that `curate demo` leaves in output/demo/: its sources answer only while the demo runs."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from curate.domain.errors import FetchError

if TYPE_CHECKING:
    from curate.config.schema import Config

_HOSTS = ".example"  # reserved for examples (RFC 2606): no real source is there


def need_sources(config: Config) -> None:
    """Raise FetchError where these are the demo's sources, and nobody serves them now."""

    hosts = [urlsplit(source.url or "").hostname or "" for source in config.sources if source.url]
    proxy = urlsplit(config.network.proxy or "")
    if not hosts or not all(host.endswith(_HOSTS) for host in hosts) or proxy.hostname != "127.0.0.1":
        return
    try:
        socket.create_connection((proxy.hostname, proxy.port or 80), timeout=1).close()
    except OSError as e:
        raise FetchError(
            "这是 curate demo 做出来的演示账号，它的来源只在演示时才有（the demo's sources answer only while it runs）",
            "再看一遍就运行 curate demo；改了模板想看样子，运行 curate run --again 2 -C output/demo；"
            "自己的账号用 curate init 建。",
        ) from e
