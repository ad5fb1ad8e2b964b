"""One message by the library apprise (the extra `apprise`): what it says of it, and what the services answered.

apprise asks by requests, and keeps what was answered to itself. So the answers are looked at on their way, and it goes by the
account's own proxy, not by that of the environment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from curate.domain.errors import FetchError
from curate.fetch.wechat_errors import UnansweredError

_MOST = 2000  # characters of an answer


@dataclass(slots=True)
class _Traffic:
    """What was answered, an answer a line, and whether a request was sent that nobody answered."""

    answers: list[str] = field(default_factory=list)
    is_unanswered: bool = False


def push_message(urls: Sequence[str], title: str, text: str, proxy: str) -> tuple[int, bytes]:
    """Send a message to each address; 200 where apprise says that all took it, else 0, and what was answered or, where
    nothing was, why apprise says no. Answers are a line each: status and body.

    FetchError where the library is not installed or the message is longer than a service takes, UnansweredError where a
    request may have been carried out.
    """
    try:
        library, requests = import_module("apprise"), import_module("requests")  # an extra, and half a second
    except ImportError:
        raise FetchError.of("services.no apprise", "services.no apprise.hint") from None
    # No files beside, no threads, and no word of apprise in the message.
    pusher = library.Apprise(
        asset=library.AppriseAsset(async_mode=False, app_id="curate", storage_mode="memory")
    )
    if not all(pusher.add(url) for url in urls) or not len(pusher):
        raise FetchError.of("services.apprise address", "services.apprise address.hint")
    for service in pusher:
        if len(text) > service.body_maxlen:
            raise FetchError.of(
                "services.apprise length", service=service.service_name, most=service.body_maxlen
            )
    with library.LogCapture(level=30) as log, _watch_requests(requests, proxy) as traffic:
        is_taken = bool(pusher.notify(body=text, title=title))
        told = log.getvalue()
    if traffic.is_unanswered:
        raise UnansweredError.of("services.apprise unanswered")
    said = "\n".join(traffic.answers) or ("" if is_taken else told)
    return 200 if is_taken else 0, said.encode()


@contextmanager
def _watch_requests(requests: Any, proxy: str) -> Iterator[_Traffic]:
    """Note what is answered within; requests go by the proxy, or by none."""
    traffic, send = _Traffic(), requests.Session.send

    def send_watched(session: Any, request: Any, **options: Any) -> Any:
        options["proxies"] = dict.fromkeys(("http", "https"), proxy) if proxy else {}
        try:
            response = send(session, request, **options)
        except requests.ConnectTimeout:
            raise
        except requests.Timeout:
            traffic.is_unanswered = True
            raise
        traffic.answers.append(f"HTTP {response.status_code}: {' '.join(response.text.split())[:_MOST]}")
        return response

    requests.Session.send = send_watched
    try:
        yield traffic
    finally:
        requests.Session.send = send
