"""Who may ask the desk: this machine's browser, with the cookie, from our own page. Everybody else gets a 403.

A page of any site can send requests to 127.0.0.1, and can have a name of its own point there (DNS rebinding). So every
request must name us as its host, come from no other origin, and bring a cookie that only the address with the token
hands out. What comes back is stored nowhere, framed by nobody, and loads nothing from elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from secrets import compare_digest, token_urlsafe
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BODY = 12_000_000  # bytes of a request: a picture of the editor's own
_SAFE = frozenset({"GET", "HEAD"})

PAGE_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# The post: its styles stand in its elements, as in the platform's editor; nothing in it may run or load from elsewhere.
POST_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-same-origin"
)
HEADERS = {
    "Content-Security-Policy": PAGE_POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Door:
    """A port on loopback with its secrets, which live as long as the process."""

    port: int
    token: str = field(default_factory=token_urlsafe)  # of the address that is printed
    key: str = field(default_factory=token_urlsafe)  # of the cookie

    @property
    def address(self) -> str:
        """What the editor opens."""
        return f"{self.origins[0]}/?token={self.token}"

    @property
    def hosts(self) -> tuple[str, ...]:
        return f"127.0.0.1:{self.port}", f"localhost:{self.port}"

    @property
    def origins(self) -> tuple[str, ...]:
        return tuple(f"http://{host}" for host in self.hosts)

    @property
    def cookie(self) -> str:
        """The cookie's name: cookies know no ports, so two desks would overwrite each other's."""
        return f"curate_desk_{self.port}"


class DeskGuard:
    """The middleware that lets a request in or answers it itself."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            else:
                await self._app(scope, receive, send)
            return
        answer = self._refuse_stranger(scope) or self._exchange_token(scope)
        await (answer or self._app)(scope, receive, _with_headers(send))

    def _refuse_stranger(self, scope: Scope) -> Response | None:
        """403 for who does not come from our own page on our own host; 413 for too much."""
        headers = Headers(scope=scope)
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if headers.getlist("host") not in ([host] for host in self._door.hosts):
            return PlainTextResponse("403: another host", 403)
        if origin is not None and origin not in self._door.origins:
            return PlainTextResponse("403: another origin", 403)
        if site is not None and site not in ("same-origin", "none"):
            return PlainTextResponse("403: another site", 403)
        if scope["method"] not in _SAFE and origin is None and site != "same-origin":
            return PlainTextResponse("403: from nowhere", 403)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MOST_BODY or "transfer-encoding" in headers:
            return PlainTextResponse("413: too large", 413)
        return None

    def _exchange_token(self, scope: Scope) -> Response | None:
        """The cookie for the token, at an address without it; 403 without either."""
        asked = parse_qs(scope["query_string"].decode("ascii", "replace"))
        given = asked.get("token", [""])[0]
        if scope["path"] == "/" and scope["method"] == "GET" and _same(given, self._door.token):
            answer = RedirectResponse("/", 303)
            answer.set_cookie(self._door.cookie, self._door.key, httponly=True, samesite="strict", path="/")
            return answer
        cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
        if not _same(cookies.get(self._door.cookie, ""), self._door.key):
            words = "403: 请用 curate desk 打印的地址打开（open the address that curate desk printed）"
            return PlainTextResponse(words, 403)
        return None


def _same(given: str, wanted: str) -> bool:
    return compare_digest(given.encode(), wanted.encode())


def _with_headers(send: Send) -> Send:
    async def send_guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return send_guarded
