"""The call as a whole: lazily read, on time, ended early, and loud about bugs."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator

import pytest

from curate.domain.model import Failure
from curate.fetch import Request, fetch
from curate.i18n.catalogue import say
from tests.asking import AGENT, NOW, OPEN, ask, body, heed_ctrl_c, reason
from tests.origin import Origin, hang, page


def test_what_waits_in_the_queue_is_given_up_too() -> None:
    network = OPEN.model_copy(update={"deadline": 0.4, "timeout": 30, "concurrency": 1})
    names = [f"h{n}.test" for n in range(6)]
    network = network.model_copy(update={"allow_private": tuple(names)})
    with Origin({"/": hang}) as origin:
        requests = [Request(origin.url("/", name), robots=False) for name in names for _ in range(2)]
        start = time.monotonic()
        answers = list(
            fetch(
                requests,
                network,
                now=NOW,
                user_agent=AGENT,
                resolve=lambda host: ["127.0.0.1"],
            )
        )
        assert time.monotonic() - start < 10
    assert len(answers) == 12
    assert all("deadline" in reason(answer) for answer in answers)
    assert origin.count() == 1


def test_what_is_not_there_by_the_deadline_is_a_failure() -> None:
    network = OPEN.model_copy(update={"deadline": 0.5, "timeout": 30})
    with Origin({"/a": page(), **{f"/{n}": hang for n in range(5)}}) as origin:
        start = time.monotonic()
        first, *rest = ask(origin.url("/a"), *(origin.url(f"/{n}") for n in range(5)), network=network)
        assert time.monotonic() - start < 10
    assert body(first) == b"ok"
    assert {reason(answer) for answer in rest} == {"not there by the deadline for all fetching (0.5 s)"}


def test_what_came_is_not_handed_over_when_there_is_no_time_left_to_read_it() -> None:
    with Origin({f"/{n}": page() for n in range(4)}) as origin:
        requests = [Request(origin.url(f"/{n}"), robots=False) for n in range(4)]
        answers = fetch(requests, OPEN, now=NOW, user_agent=AGENT, usable=1.5)
        assert body(next(answers)) == b"ok"
        time.sleep(1.5)  # the caller reads
        rest = list(answers)
    assert len(rest) == 3
    assert all(answer.late and "deadline" in reason(answer) for answer in rest)


def test_requests_that_are_named_after_the_deadline_still_get_their_answer() -> None:
    network = OPEN.model_copy(update={"deadline": 0.2})

    def endless_night() -> Iterator[Request]:
        for n in range(3000):
            yield Request(f"http://127.0.0.1:{origin.port}/{n}")

    with Origin({f"/{n}": hang for n in range(3000)}) as origin:
        answers = list(fetch(endless_night(), network, now=NOW, user_agent=AGENT))
    assert len({answer.request.url for answer in answers}) == 3000
    assert all(
        "总时限" in say(answer.result.message, "zh")
        for answer in answers
        if isinstance(answer.result, Failure)
    )


def test_requests_are_read_as_they_are_needed() -> None:
    read = 0

    def many() -> Iterator[Request]:
        nonlocal read
        for read in range(100_000):  # noqa: B007
            yield Request("http://10.0.0.1/")

    answers = fetch(many(), OPEN, now=NOW, user_agent=AGENT)
    for _ in range(50):
        next(answers)
    assert read < 3000
    answers.close()  # type: ignore[attr-defined]


def test_closing_early_ends_everything_quietly() -> None:
    with Origin({"/a": page(), **{f"/{n}": hang for n in range(20)}}) as origin, warnings.catch_warnings():
        warnings.simplefilter("error")
        names = ["127.0.0.1", *(f"h{n}.test" for n in range(20))]
        network = OPEN.model_copy(update={"allow_private": tuple(names), "timeout": 60})
        requests = [
            Request(origin.url("/a")),
            *(Request(origin.url(f"/{n}", f"h{n}.test")) for n in range(20)),
        ]
        answers = fetch(requests, network, now=NOW, user_agent=AGENT, resolve=lambda host: ["127.0.0.1"])
        assert body(next(answers)) == b"ok"
        start = time.monotonic()
        answers.close()  # type: ignore[attr-defined]
        assert time.monotonic() - start < 10
        assert not [thread for thread in threading.enumerate() if thread.name == "fetch"]
        until = time.monotonic() + 5
        while origin.open and time.monotonic() < until:
            time.sleep(0.01)
        assert origin.open == 0


INTERRUPTED = """
import sys
from datetime import UTC, datetime
from curate.fetch import Request, fetch
from curate.config.schema import Network
requests = [Request(sys.argv[1], robots=False), *(Request(sys.argv[2], robots=False) for _ in range(50))]
for answer in fetch(requests, Network(allow_private=("127.0.0.1",)), now=datetime.now(UTC), user_agent="curate"):
    print("ready", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ")
def test_ctrl_c_ends_it_at_once_and_quietly() -> None:
    with Origin({"/a": page(), "/hang": hang}) as origin:
        process = subprocess.Popen(
            [sys.executable, "-X", "dev", "-c", INTERRUPTED, origin.url("/a"), origin.url("/hang")],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=heed_ctrl_c,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        start = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=10)
    assert time.monotonic() - start < 10
    assert said.rstrip().endswith("KeyboardInterrupt")
    assert said.count("Traceback") == 1
    assert "Warning" not in said
    assert "destroyed" not in said


def test_a_hanging_name_server_does_not_hold_up_the_end() -> None:
    release = threading.Event()

    def stuck(host: str) -> list[str]:
        release.wait(30)
        return []

    network = OPEN.model_copy(update={"timeout": 0.3})
    start = time.monotonic()
    answer = ask("http://stuck.example/", network=network, resolve=stuck)[0]
    assert time.monotonic() - start < 10
    assert reason(answer) == "timed out connecting to stuck.example (0.3 s)"
    release.set()


def test_a_bug_is_raised_in_the_caller() -> None:
    with pytest.raises(AttributeError):
        list(fetch([Request(None)], OPEN, now=NOW, user_agent=AGENT))  # type: ignore[arg-type]


def test_a_bug_in_the_resolver_is_raised_in_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "excepthook", lambda told: None)  # its traceback is not for this report

    def faulty(host: str) -> list[str]:
        raise ZeroDivisionError

    with pytest.raises(RuntimeError, match="resolver"):
        ask("http://a.example/", resolve=faulty)


def test_a_bug_in_the_callers_own_requests_is_raised_and_everything_ends() -> None:
    def requests() -> Iterator[Request]:
        yield Request("http://10.0.0.1/")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(fetch(requests(), OPEN, now=NOW, user_agent=AGENT))
    assert not [thread for thread in threading.enumerate() if thread.name == "fetch"]


def test_no_requests_no_answers() -> None:
    assert ask() == []
