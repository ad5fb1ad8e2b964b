"""DOOR: the webhook as an ASGI application, to stand behind a server that speaks TLS, or to be mounted in another.

Nothing is logged of a request. What is counted is counted by who made the endpoint.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response as HttpResponse
from starlette.routing import Route

from curate.answers.endpoint import Endpoint, Response
from curate.answers.inbound import MOST_BODY


def answers_app(endpoint: Endpoint, clock: Callable[[], float]) -> Starlette:
    """The application; it answers at every path, so that whoever mounts it chooses the path. `clock`: seconds since 1970."""

    async def verify(request: Request) -> HttpResponse:
        return _as_http(endpoint.verify(request.query_params, clock()))

    async def receive(request: Request) -> HttpResponse:
        body = await _read_body(request)
        if body is None:
            return HttpResponse(status_code=413)
        return _as_http(endpoint.receive(request.query_params, body, clock(), os.urandom))

    routes = [_route(verify, "GET"), _route(receive, "POST")]
    return Starlette(routes=routes)


def _route(answer: Callable[[Request], Awaitable[HttpResponse]], method: str) -> Route:
    return Route("/{path:path}", answer, methods=[method])


async def _read_body(request: Request) -> bytes | None:
    """The body; None where it is longer than any message."""
    parts, size = [], 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > MOST_BODY:
                return None
            parts.append(part)
    except ClientDisconnect:
        return b""
    return b"".join(parts)


def _as_http(response: Response) -> HttpResponse:
    return HttpResponse(response.body, response.status, media_type=response.media_type)
