"""How a source has been doing decides when it is asked, and where; and the editor is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from curate.config.schema import Account, Config, Source
from curate.domain.message import all_of, message
from curate.domain.model import Failure, Outcome, Page
from curate.fetch import Answer, Request
from curate.i18n.catalogue import say, say_failure
from curate.pipeline.reading.ingest import EVERYONE, ingest
from curate.pipeline.reading.polling import (
    ABSENT_FOR,
    ABSENT_TRIES,
    FORGIVEN,
    LONGEST_WAIT,
    note_failure,
    silence,
    turn,
    well,
)
from curate.pipeline.reading.read_answer import read_answers
from curate.pipeline.reading.source_outcome import Tally, alike, in_words, with_notices
from curate.sources.identity import fingerprint
from curate.storage import Archive, Health
from tests.nouns import NOW
from tests.test_night import A, B, Silent, Web, feed, settings

URL = "https://a.example/feed"
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def answer(status: int = 0, **rest: object) -> Answer:
    return Answer(Request(URL, "a"), Failure("a", "坏了"), 0.5, status, **rest)  # type: ignore[arg-type]


def after(failures: int, status: int = 500, start: datetime = NOW, every: timedelta = HOUR) -> Health:
    state = Health("a", URL)
    for n in range(failures):
        state = note_failure(state, answer(status), start + n * every, Failure("a", "坏了", "看看"))
    return state


def test_two_failures_change_nothing_then_the_wait_doubles_up_to_a_week() -> None:
    assert turn(after(FORGIVEN), NOW + HOUR, timedelta()) == "ask"
    waits = []
    for failures in range(FORGIVEN + 1, FORGIVEN + 12):
        state = after(failures)
        assert state.due is not None
        assert state.asked is not None
        waits.append(state.due - state.asked)
    assert waits[:4] == [HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR]
    assert waits[-1] == LONGEST_WAIT
    assert turn(after(3), NOW + 2 * HOUR, timedelta()) == "waiting"
    assert turn(after(3), NOW + 3 * HOUR, timedelta()) == "ask"


def test_what_retry_after_asks_for_is_kept_to_across_nights() -> None:
    state = note_failure(Health("a", URL), answer(429, retry_after=30 * 3600.0), NOW, Failure("a", "太多"))
    assert turn(state, NOW + DAY, timedelta()) == "waiting"
    assert turn(state, NOW + 30 * HOUR, timedelta()) == "ask"


def test_gone_is_gone_at_once_but_absent_only_after_a_week() -> None:
    assert after(1, 410).gone
    assert not after(ABSENT_TRIES, 404).gone, "five times within five hours may be a mistake of the site's"
    assert after(ABSENT_TRIES, 404, every=ABSENT_FOR / (ABSENT_TRIES - 1)).gone
    assert turn(after(1, 410), NOW + 365 * DAY, timedelta()) == "gone"


def test_one_success_forgets_all_failures() -> None:
    state = well(after(6), answer(200), NOW + DAY)
    assert (state.failures, state.due, state.reason, state.gone) == (0, None, "", False)
    assert state.succeeded == NOW + DAY


def test_what_was_just_read_is_recent_but_not_after_a_failure() -> None:
    state = well(Health("a", URL), answer(200), NOW)
    assert turn(state, NOW + HOUR, 2 * HOUR) == "recent"
    assert turn(state, NOW + 2 * HOUR, 2 * HOUR) == "ask"
    assert turn(note_failure(state, answer(500), NOW + HOUR, Failure("a")), NOW + HOUR, 2 * HOUR) == "ask"


@pytest.mark.parametrize(
    ("moved", "kept"),
    [("https://b.example/feed", "https://b.example/feed"), ("http://b.example/feed", ""), (URL, "")],
)
def test_a_new_address_is_used_unless_it_gives_up_encryption(moved: str, kept: str) -> None:
    assert well(Health("a", URL), answer(200, moved=moved), NOW).moved == kept


def test_where_the_new_address_is_no_more_the_old_one_is_asked_again() -> None:
    state = well(Health("a", URL), answer(200, moved="https://b.example/feed"), NOW)
    state = note_failure(state, answer(410), NOW + DAY, Failure("a", "没了"))
    assert (state.moved, state.gone, turn(state, NOW + DAY, timedelta())) == ("", False, "ask")


# --- the same through a night's gathering --------------------------------------------------------------


class Statuses(Web):
    """A web in which an address may answer with a status, or have moved."""

    def __init__(self, pages: dict[str, bytes | Failure]) -> None:
        super().__init__(pages)
        self.status: dict[str, int] = {}
        self.moved: dict[str, str] = {}

    def fetch(self, requests: Iterable[Request]) -> Iterator[Answer]:
        for request in requests:
            status = self.status.get(request.url)
            if status:
                self.asked.append(request)
                yield Answer(request, Failure(request.subject, f"状态 {status}", "看看"), 0.1, status)
                continue
            for found in super().fetch([request]):
                yield replace(found, moved=self.moved.get(request.url, ""))


@pytest.fixture
def archive(tmp_path: Path, database: str) -> Iterator[Archive]:
    with Archive(database, tmp_path, fingerprint) as archive:
        yield archive


def gathered(
    web: Web, archive: Archive, config: Config, now: datetime = NOW, everyone: bool = False
) -> tuple[Outcome, ...]:
    return ingest(
        config, partial(read_answers, web.fetch), lambda _: [], archive, Silent(), now, everyone=everyone
    )


PAGES: dict[str, bytes | Failure] = {
    URL: feed(("1", "新的大模型发布了", 2)),
    "https://b.example/feed": feed(("2", "地铁五号线通车", 2), host="b.example"),
}


def test_a_source_that_keeps_failing_is_asked_less_often_and_says_so(archive: Archive) -> None:
    web = Statuses(PAGES)
    web.status[URL] = 500
    for n in range(3):
        gathered(web, archive, settings(A, B), NOW + n * DAY)
    asked = len(web.asked)
    a, b = gathered(web, archive, settings(A, B), NOW + 2 * DAY + timedelta(minutes=10))
    assert len(web.asked) == asked + 1, "only the other one is asked"
    assert (a.status, b.status) == ("waiting", "unchanged")
    assert "连续 3 次" in a.reason
    assert "状态 500" in a.reason
    assert gathered(web, archive, settings(A, B), NOW + 2 * DAY + HOUR)[0].status == "failed", (
        "its turn again"
    )


def test_what_is_gone_is_told_and_left_alone_until_everyone_is_asked(archive: Archive) -> None:
    web = Statuses(PAGES)
    web.status[URL] = 410
    (first, _), (second, _) = (gathered(web, archive, settings(A, B), NOW + n * DAY) for n in range(2))
    assert (first.status, second.status) == ("gone", "gone")
    assert "已停止读取" in first.reason
    assert "curate fetch --all" in second.hint
    assert sum(request.url == URL for request in web.asked) == 1
    del web.status[URL]
    assert gathered(web, archive, settings(A, B), NOW + 2 * DAY, everyone=True)[0].status == "new"
    assert gathered(web, archive, settings(A, B), NOW + 3 * DAY)[0].status == "unchanged", "it has come back"


def test_a_permanent_move_is_followed_from_then_on_and_told_once(archive: Archive) -> None:
    web = Statuses({**PAGES, "https://new.example/feed": PAGES[URL]})
    web.moved[URL] = "https://new.example/feed"
    first = gathered(web, archive, settings(A), NOW)[0]
    assert first.status == "new"
    assert "https://new.example/feed" in first.reason
    second = gathered(web, archive, settings(A), NOW + DAY)[0]
    assert web.asked[-1].url == "https://new.example/feed"
    assert web.asked[-1].etag, "the validators went with it"
    assert (second.status, second.reason) == ("unchanged", "")


def test_a_move_to_what_is_no_feed_is_not_followed(archive: Archive) -> None:
    web = Statuses({URL: b"<html><body>parked</body></html>"})
    web.moved[URL] = "https://parked.example/"
    assert gathered(web, archive, settings(A))[0].status == "failed"
    gathered(web, archive, settings(A), NOW + DAY)
    assert web.asked[-1].url == URL


def test_not_modified_does_not_heal_a_document_that_could_not_be_read(archive: Archive) -> None:
    web = Statuses(PAGES)
    gathered(web, archive, settings(A), NOW)
    web.pages[URL] = b"<html>no feed</html>"
    for n in range(1, 3):
        assert gathered(web, archive, settings(A), NOW + n * DAY)[0].status == "failed"
    assert not web.asked[-1].etag, "a 304 would only say that it is as broken as before"
    assert archive.health()["a", URL].unread
    web.pages[URL] = PAGES[URL]
    assert gathered(web, archive, settings(A), NOW + 3 * DAY)[0].status == "nothing new", (
        "the old one, read again"
    )
    assert not archive.health()["a", URL].unread


def test_a_feed_without_entries_is_empty_and_well(archive: Archive) -> None:
    web = Statuses({URL: feed()})
    assert gathered(web, archive, settings(A))[0].status == "empty"
    assert archive.health()["a", URL].failures == 0


def test_a_feed_that_had_entries_and_has_none_says_since_when(archive: Archive) -> None:
    web = Statuses(dict(PAGES))
    gathered(web, archive, settings(A, B))
    web.pages[URL] = feed()
    first = gathered(web, archive, settings(A, B), NOW + DAY)[0]
    assert first.status == "empty"
    assert "2026-11-24 起一条也没有" in first.reason
    gathered(web, archive, settings(A, B), NOW + 2 * DAY)
    assert archive.health()["a", URL].empty == NOW + DAY
    web.pages[URL] = PAGES[URL]
    gathered(web, archive, settings(A, B), NOW + 3 * DAY)
    assert archive.health()["a", URL].empty is None


def test_a_page_where_a_feed_has_been_is_no_wrong_address(archive: Archive) -> None:
    web = Statuses(dict(PAGES))
    gate = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking</body></html>"
    web.pages["https://b.example/feed"] = gate
    assert "以前读得到" not in gathered(web, archive, settings(A, B))[1].hint
    web.pages[URL] = gate
    assert "以前读得到" in gathered(web, archive, settings(A, B), NOW + DAY)[0].hint


@pytest.mark.parametrize(
    ("days", "silent"),
    [
        ([1, 2, 3, 4, 5], None),  # the days ago, oldest last
        ([5, 6, 7, 8, 9], (1, 5)),
        ([20, 27, 34, 41, 48], None),
        ([29, 36, 43, 50, 57], (7, 29)),
        ([90, 91, 92], None),  # too few to tell what is usual
        ([], None),
    ],
)
def test_a_source_is_silent_after_four_times_its_usual_gap(
    days: list[int], silent: tuple[int, int] | None
) -> None:
    today = NOW.date()
    found = silence(sorted(today - DAY * n for n in days), today)
    assert found == (silent and (silent[0], today - DAY * silent[1]))


def outcome(source: str, reason: str, reached: bool, status: str = "failed") -> Outcome:
    return Outcome(source, status, reason=reason, hint="看看", reached=reached)


def test_a_failure_is_kept_as_key_and_values_and_told_in_the_account_s_language(archive: Archive) -> None:
    failure = Failure("a", message=message("fetch.dns", host="a.example"), advice=message("fetch.dns.hint"))
    state = note_failure(Health("a", URL), answer(0), NOW, say_failure(failure, "zh"))
    archive.note([state])
    kept = archive.health()["a", URL]
    assert kept == state
    assert in_words("failing", kept, settings(A, B)) == ("找不到主机 a.example", state.hint)
    english = settings(A, B, account={"name": "早读", "language": "en"})
    assert in_words("failing", kept, english)[0] == say(failure.message, "en")
    assert in_words("failing", replace(kept, message=None), english)[0] == "找不到主机 a.example"


def told(outcomes: list[Outcome], config: Config) -> tuple[str, str]:
    failure = alike(outcomes, config)
    assert failure is not None
    said = say_failure(failure, "zh")
    return said.reason, said.hint


def test_all_sources_failing_alike_is_one_line() -> None:
    config = settings(A, B)
    dns = [outcome("a", "找不到主机 a.example", False), outcome("b", "找不到主机 b.example", False)]
    assert told(dns, config)[0] == "2 个来源都找不到主机，像是没有联网"
    gone = [outcome(name, "没有这个网址（404）", True) for name in "ab"]
    assert told(gone, config) == ("2 个来源的问题都一样：没有这个网址（404）", "看看")
    mixed = [dns[0], outcome("b", "b.example 拒绝连接", False)]
    assert told(mixed, config)[0] == "2 个来源都连不上，像是没有联网"
    for others in ([dns[0], gone[1]], [dns[0], outcome("b", "", True, "new")], dns[:1]):
        assert alike(others, config) is None


def test_when_our_own_network_is_down_no_source_is_blamed(archive: Archive) -> None:
    web = Statuses({})
    for n in range(5):
        gathered(web, archive, settings(A, B), NOW + n * HOUR)
    (everyone,) = archive.health().items()
    assert everyone[0] == EVERYONE, "it is noted of all together"
    assert everyone[1].failures == 5
    assert everyone[1].reason.endswith("像是没有联网")


def test_how_sources_are_doing_is_kept_by_the_batch(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("curate.pipeline.reading.ingest.BATCH_DOCUMENTS", 1)

    class Dies(Statuses):
        def fetch(self, requests: Iterable[Request]) -> Iterator[Answer]:
            for number, answer in enumerate(super().fetch(requests)):
                if number == 2:
                    raise KeyboardInterrupt
                yield answer

    C = {"name": "丙报", "id": "c", "url": "https://c.example/feed"}  # noqa: N806
    with pytest.raises(KeyboardInterrupt):
        gathered(Dies(PAGES), archive, settings(A, B, C))
    assert ("a", URL) in archive.health()


def test_what_the_deadline_cut_off_is_not_blamed_either(archive: Archive) -> None:
    class Late(Web):
        def fetch(self, requests: Iterable[Request]) -> Iterator[Answer]:
            for request in requests:
                late = request.url == URL
                result = Failure("a", "太晚") if late else Page(request.url, feed(("2", "地铁", 2)), NOW)
                yield Answer(request, result, 0.1, 0 if late else 200, late=late)

    gathered(Late({}), archive, settings(A, B))
    assert list(archive.health()) == [("b", "https://b.example/feed")]


def test_two_sources_with_one_address_each_get_its_entries(archive: Archive) -> None:
    web = Statuses(PAGES)
    gathered(web, archive, settings(A))
    twin = {**A, "name": "又一份", "id": "twin"}
    assert [o.status for o in gathered(web, archive, settings(A, twin), NOW + DAY)] == ["unchanged", "new"]


def test_how_much_is_new_a_week_leaves_out_what_was_there_at_first(archive: Archive) -> None:
    web = Statuses({URL: feed(*((str(n), f"旧闻 {n}", 200 + n) for n in range(30)))})
    gathered(web, archive, settings(A), NOW)
    assert archive.weekly(NOW, 4) == {}, "too early to tell"
    web.pages[URL] = feed(*((str(n), f"新闻 {n}", n) for n in range(100, 104)))
    gathered(web, archive, settings(A), NOW + 7 * DAY)
    assert archive.weekly(NOW + 14 * DAY, 4) == {"a": pytest.approx(2.0)}


def test_an_outcome_keeps_what_its_words_say_and_joins_them_as_the_language_does() -> None:
    source = Source(name="晨报", id="a", url="https://a.example/feed")
    failures = [
        say_failure(
            Failure("a", message=message("fetch.dns", host=host), advice=message("fetch.dns.hint")), "en"
        )
        for host in ("a.example", "b.example")
    ]
    config = Config(account=Account(name="Brief", language="en"), topics=(), sources=(source,))
    outcome = Tally(failures=failures).outcome(source, config)
    assert outcome.reason == "no host is known as a.example; no host is known as b.example"
    assert outcome.message == all_of(each.message for each in failures if each.message)
    assert outcome.advice == failures[0].advice
    noticed = with_notices([outcome], [Failure("a", "已被删除", "换一条")], config)[0]
    assert noticed.reason.endswith("; articles without text: 已被删除")
    assert say(noticed.message, "zh").endswith("；文章取不到正文：已被删除")
