"""A socket on 127.0.0.1, and a server on it until Ctrl-C."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn
from starlette.applications import Starlette

from curate.domain.errors import OutputError

LOOPBACK = "127.0.0.1"


def bind(port: int, host: str = LOOPBACK) -> socket.socket:
    """A socket on this port of an address, a free one where it is 0. OutputError where it cannot be had."""
    # Named as TCP, or asyncio leaves Nagle on, and each answer waits 40 ms for an acknowledgement.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as e:
        listening.close()
        raise OutputError(
            f"{host}:{port} 用不了（cannot be used）：{e.strerror or e}",
            "用 --port 换一个端口，0 是随便一个空闲的。",
        ) from e
    return listening


def serve(app: Starlette, listening: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until Ctrl-C; `ready` is called when the first request can come."""
    config = uvicorn.Config(
        app, log_level="critical", access_log=False, lifespan="off", server_header=False, ws="none"
    )
    server = _Server(config, ready)
    server.run(sockets=[listening])


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()
