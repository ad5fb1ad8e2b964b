"""The official interfaces, on a faithful platform of our own: spans and hours, tokens, refusals, and what is cut off."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from curate.audience.posts import totals
from curate.audience.wechat_api.endpoints import INTERFACES, SUCCEEDED, last_day, plan
from curate.audience.wechat_api.errors import DATA_CODES
from curate.cli.main import run
from curate.fetch.wechat_errors import make_refusal
from curate.i18n.catalogue import say
from curate.sources.identity import fingerprint
from curate.storage import Archive
from tests.wechat import APPID, NEW, SECRET, SPANS, Platform, days, served

CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 27, 9, 30, tzinfo=CHINA)
OLD = datetime(2025, 10, 20, 9, 30, tzinfo=CHINA)
D = NOW.date()


def titled(now: datetime, back: int = 10) -> dict[date, list[str]]:
    return {now.date() - timedelta(days=n): [f"第 {n} 天的头条", f"第 {n} 天的次条"] for n in range(1, back)}


@pytest.fixture
def platform(request: pytest.FixtureRequest) -> Iterator[Platform]:
    now = getattr(request, "param", NOW)
    with served(Platform(now, titled(now))) as one:
        yield one


@pytest.fixture
def home(tmp_path: Path, platform: Platform, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "feeds.yaml").write_text(
        'account: {name: 早读}\ntopics: [{id: ai, name: 人工智能}]\nsources: [{name: 甲, url: "https://a.example/feed"}]\n'
        f'network: {{wechat: "{platform.url}", timeout: 5}}\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("CURATE_WECHAT_APPID", APPID)
    monkeypatch.setenv("CURATE_WECHAT_SECRET", SECRET)
    monkeypatch.setattr("curate.cli.stats.time.sleep", lambda seconds: None)
    return tmp_path


def pulled(home: Path, now: datetime = NOW, since: date | None = None) -> int:
    since = since or now.date() - timedelta(days=10)
    arguments = ["stats", "pull", "-C", str(home), "--now", now.isoformat(), "--since", since.isoformat()]
    return run(arguments)


def kept(home: Path) -> Archive:
    return Archive("sqlite:///output/archive.db", home, fingerprint)


def test_every_day_is_pulled_within_the_spans_and_a_second_pull_asks_only_for_what_still_grows(
    home: Path, platform: Platform
) -> None:
    assert pulled(home) == 0
    assert {name for name, *_ in platform.asked} == {*NEW, "getusersummary", "getusercumulate"}
    with kept(home) as archive:
        record = archive.readership()
    assert len(record.posts) == 18
    figures = {(f.day, f.post, f.channel, f.measure, f.span): f.value for f in record.figures}
    assert figures[D - timedelta(days=1), "", "", "new", "day"] == 10, "over all sources"
    assert figures[D - timedelta(days=1), "", "", "cancelled", "day"] == 3
    first = next(key for key, post in record.posts.items() if post.title == "第 9 天的头条")
    counts = totals(f for f in record.figures if f.post == first)
    assert counts["read_users"] == 100 + 10 * 8 + len("第 9 天的头条"), "the total of the last day"
    platform.asked.clear()
    assert pulled(home) == 0
    assert {name for name, *_ in platform.asked} == {"getarticletotaldetail"}, "the rest is settled"


@pytest.mark.parametrize("platform", [OLD], indirect=True)
def test_days_before_november_2025_are_asked_of_the_older_interfaces(home: Path, platform: Platform) -> None:
    platform.small = frozenset({"第 3 天的次条"})
    assert pulled(home, OLD) == 0
    asked = {name for name, *_ in platform.asked}
    assert asked == set(SPANS) - set(NEW)
    with kept(home) as archive:
        record = archive.readership()
    quiet = next(key for key, post in record.posts.items() if post.title == "第 3 天的次条")
    loud = next(key for key, post in record.posts.items() if post.title == "第 3 天的头条")
    daily = {f.post for f in record.figures if f.span == "day"}
    assert loud in daily
    assert quiet not in daily, "withheld is unknown, not nought"
    assert {f.channel for f in record.figures if f.post == loud} == {"", "message"}
    shares = {
        f.channel: f.value
        for f in record.figures
        if f.measure == "share_users" and f.post == "" and f.day == OLD.date() - timedelta(days=1)
    }
    assert shares == {"chat": 20, "moments": 10}, "rows by source of the reader are not added"


def test_each_interface_is_asked_for_no_more_days_than_it_allows() -> None:
    for now in (NOW, OLD):
        for call in plan(now.date() - timedelta(days=70), now, {}):
            assert (call.end - call.begin).days < SPANS[call.interface.name]
            assert call.end <= last_day(now)
            if call.interface.family == "new":
                assert call.begin >= SUCCEEDED
            elif call.interface.family == "old":
                assert call.end < SUCCEEDED
    assert {interface.name: interface.days for interface in INTERFACES} == SPANS


def test_yesterday_is_asked_for_from_eight_in_the_morning_on() -> None:
    assert last_day(datetime(2026, 11, 27, 7, 59, tzinfo=CHINA)) == date(2026, 11, 25)
    assert last_day(datetime(2026, 11, 27, 8, 0, tzinfo=CHINA)) == date(2026, 11, 26)


def test_a_token_that_runs_out_is_renewed_once(home: Path, platform: Platform) -> None:
    platform.token_uses = 5
    platform.titles = titled(NOW, 4)
    assert pulled(home, since=D - timedelta(days=4)) == 0
    assert len(platform.tokens) > 1
    with kept(home) as archive:
        assert len(archive.readership().posts) == 6


def test_a_token_that_is_never_taken_ends_the_pull(
    home: Path, platform: Platform, capsys: pytest.CaptureFixture[str]
) -> None:
    platform.token_uses = 0
    assert pulled(home) == 4
    assert len(platform.tokens) == 2, "renewed once, not for ever"
    assert "access_token 过期了（42001）" in capsys.readouterr().err


def test_an_address_outside_the_whitelist_is_named(
    home: Path, platform: Platform, capsys: pytest.CaptureFixture[str]
) -> None:
    platform.whitelisted = False
    assert pulled(home) == 4
    told = capsys.readouterr().err
    assert "203.0.113.7 不在 IP 白名单里（40164）" in told
    assert "加上 203.0.113.7" in told


def test_a_quota_that_is_used_up_keeps_what_came_and_the_next_day_goes_on(
    home: Path, platform: Platform, capsys: pytest.CaptureFixture[str]
) -> None:
    platform.quota = 5
    assert pulled(home) == 4
    told = capsys.readouterr().err
    assert "今天的接口次数用完了（45009）" in told
    assert "问了 5/" in told
    first = list(platform.asked)
    platform.asked.clear()
    platform.quota = 10_000
    assert pulled(home) == 0
    again = {call for call in platform.asked if call in first[:5]}
    assert {name for name, *_ in again} <= {"getarticletotaldetail"}, "only what still grows is asked again"
    assert len(platform.asked) > 5


def test_a_line_that_is_cut_in_the_middle_loses_nothing(
    home: Path, platform: Platform, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    platform.break_after = 6
    assert pulled(home) == 4
    assert "问了 6/" in capsys.readouterr().err
    with kept(home) as archive:
        assert len(archive.readership().posts) == 2 * 5, "what came before the break was kept"
    platform.break_after = 10_000
    assert pulled(home) == 0
    with kept(home) as archive:
        broken = archive.readership()
    other = tmp_path / "whole"
    other.mkdir()
    (other / "feeds.yaml").write_text((home / "feeds.yaml").read_text("utf-8"), encoding="utf-8")
    assert pulled(other) == 0
    with kept(other) as archive:
        assert archive.readership().posts == broken.posts
        assert {*archive.readership().figures} == {*broken.figures}


def test_days_that_are_not_ready_are_told_and_asked_for_again(
    home: Path, platform: Platform, capsys: pytest.CaptureFixture[str]
) -> None:
    late = D - timedelta(days=2)
    platform.late = frozenset({late})
    assert pulled(home) == 0
    assert "还没有数据，下次运行会补上" in capsys.readouterr().err
    platform.late = frozenset()
    platform.asked.clear()
    assert pulled(home) == 0
    begun = {(name, begin) for name, begin, _ in platform.asked}
    assert ("getarticletotaldetail", late.isoformat()) in begun
    summaries = [
        (date.fromisoformat(b), date.fromisoformat(e))
        for name, b, e in platform.asked
        if name == "getusersummary"
    ]
    assert any(late in days(begin, end) for begin, end in summaries)


def test_an_account_without_the_newer_interfaces_uses_the_older(
    home: Path, platform: Platform, capsys: pytest.CaptureFixture[str]
) -> None:
    platform.gone = frozenset(NEW)
    assert pulled(home) == 0
    assert "用了旧的一套" in capsys.readouterr().err
    assert {name for name, *_ in platform.asked} >= {"getarticletotal", "getuserread", "getusershare"}


def test_an_account_that_is_not_verified_is_told_of_the_files(
    home: Path, platform: Platform, capsys: pytest.CaptureFixture[str]
) -> None:
    platform.verified = False
    assert pulled(home) == 4
    assert "curate stats import" in capsys.readouterr().err


def test_a_busy_platform_is_asked_again(home: Path, platform: Platform) -> None:
    platform.busy = 2
    assert pulled(home) == 0


def test_an_answer_in_another_shape_is_no_bug(
    home: Path, platform: Platform, capsys: pytest.CaptureFixture[str]
) -> None:
    platform.garbled = True
    assert pulled(home) == 4
    assert "的响应看不懂" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_refusal_is_in_words_with_advice(language: str) -> None:
    for code in (*DATA_CODES, 99999):
        made = make_refusal(code, "whatever invalid ip 203.0.113.9 whatever secret=abc", table=DATA_CODES)
        told = say(made.message, language) + say(made.advice, language)
        assert made.message != made.advice
        assert "{" not in told
        assert "secret=abc" not in told


def test_without_secrets_it_says_which_and_where(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CURATE_WECHAT_SECRET")
    assert pulled(home) == 2
    assert "CURATE_WECHAT_SECRET" in capsys.readouterr().err


def test_secrets_are_sent_over_tls_or_to_this_machine_alone(tmp_path: Path, home: Path) -> None:
    text = (home / "feeds.yaml").read_text("utf-8")
    (home / "feeds.yaml").write_text(text.replace("127.0.0.1", "relay.example"), encoding="utf-8")
    assert pulled(home) == 1


@pytest.mark.parametrize("trouble", ["", "whitelist", "expired", "cut", "garbled"])
def test_no_file_log_or_word_holds_a_secret(
    home: Path,
    platform: Platform,
    trouble: str,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    platform.whitelisted = trouble != "whitelist"
    platform.token_uses = 0 if trouble == "expired" else 10_000
    platform.break_after = 3 if trouble == "cut" else 10_000
    platform.garbled = trouble == "garbled"
    pulled(home)
    assert run(["report", "-C", str(home), "--now", NOW.isoformat()]) in (0, 3)
    told = capsys.readouterr()
    written = [path.read_bytes() for path in home.rglob("*") if path.is_file()]
    assert any(b"SQLite" in data[:20] for data in written)
    for secret in (SECRET, APPID, *platform.tokens):
        assert secret not in told.out + told.err + caplog.text
        assert not any(secret.encode() in data for data in written), "in no file under the account's folder"
