"""What the tests of fetching ask with: real requests to an origin on loopback, answers in order."""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from curate.config.schema import Network
from curate.domain.model import Failure, Page
from curate.fetch import Answer, Request, fetch
from curate.i18n.catalogue import say
from tests.origin import Origin, Route

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


AGENT = "curate/1.0 (+mailto:editor@example.com)"


OPEN = Network(allow_private=("127.0.0.1",), timeout=3)


def ask(
    *requests: Request | str, network: Network = OPEN, resolve: Callable[[str], list[str]] | None = None
) -> list[Answer]:
    """Answers in the order of the requests."""
    wanted = [Request(each) if isinstance(each, str) else each for each in requests]
    found = list(fetch(wanted, network, now=NOW, user_agent=AGENT, resolve=resolve))
    assert len(found) == len(wanted)
    return sorted(found, key=lambda answer: wanted.index(answer.request))


def one(routes: dict[str, Route], target: str = "/", **request: Any) -> Answer:
    with Origin(routes) as origin:
        return ask(Request(origin.url(target), **request))[0]


def body(answer: Answer) -> bytes:
    assert isinstance(answer.result, Page), answer.result
    return answer.result.body


def reason(answer: Answer) -> str:
    assert isinstance(answer.result, Failure), answer.result
    return say(answer.result.message, "en")


def heed_ctrl_c() -> None:
    """For a child process: Ctrl-C means something again, where the suite itself runs in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
