"""A night a day at the account's hour: over changes of the clock, after sleep, whatever becomes of a night."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time as clock
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from curate.app.schedule.wall_time import find_last, find_moment, find_next, is_fixed, list_clock_times
from curate.app.schedule.watch import REST, Hour, watch
from curate.cli.main import run

SHANGHAI, NEW_YORK, LONDON = (
    ZoneInfo(name) for name in ("Asia/Shanghai", "America/New_York", "Europe/London")
)
SIX = Hour(time(6), SHANGHAI)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@dataclass
class World:
    """A clock that only rests move. `leaps`: at a moment the clock stands elsewhere (a machine that slept, or was set)."""

    at: datetime
    end: datetime
    leaps: dict[datetime, datetime] = field(default_factory=dict)
    statuses: Callable[[int], int] = lambda n: 0
    takes: timedelta = timedelta(minutes=3)
    nights: list[datetime] = field(default_factory=list)
    told: list[datetime] = field(default_factory=list)
    ends: list[tuple[int, bool]] = field(default_factory=list)
    rests: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.at

    def rest(self, seconds: float) -> bool:
        self.rests.append(seconds)
        self.at += timedelta(seconds=seconds)
        for moment, other in list(self.leaps.items()):
            if self.at >= moment:
                self.at = other
                del self.leaps[moment]
        return self.at >= self.end

    def run(self) -> int:
        self.nights.append(self.at)
        self.at += self.takes
        return self.statuses(len(self.nights))

    def tell_next(self, due: datetime) -> None:
        self.told.append(due)

    def tell_end(self, status: int, *, again: bool) -> None:
        self.ends.append((status, again))


def play(world: World, hour: Hour = SIX, last: datetime | None = None) -> list[str]:
    watch(hour, world, last)
    return [f"{night:%m-%d %H:%M}" for night in world.nights]


def test_six_in_shanghai_on_a_utc_host_is_one_night_a_day() -> None:
    world = World(utc("2026-12-01 09:00"), utc("2026-12-04 09:00"))
    assert play(world) == ["12-01 22:00", "12-02 22:00", "12-03 22:00"]
    assert [f"{due:%d %H:%M}" for due in world.told] == ["01 22:00", "02 22:00", "03 22:00", "04 22:00"]
    assert max(world.rests) <= REST, "a machine that sleeps stops the clock that a rest is measured by"


@pytest.fixture(params=["UTC", "America/New_York", "Europe/London", "Australia/Lord_Howe"])
def host_zone(request: pytest.FixtureRequest) -> Iterator[str]:
    """The machine's own zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    clock.tzset()
    yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    clock.tzset()


@pytest.mark.parametrize(
    "day", ["2026-03-07", "2026-03-28", "2026-04-04", "2026-10-03", "2026-10-24", "2026-10-31"]
)
def test_a_change_of_the_hosts_clock_moves_no_night(host_zone: str, day: str) -> None:
    begin = utc(f"{day} 12:00")
    world = World(begin, begin + timedelta(days=3))
    play(world)
    assert [night.astimezone(SHANGHAI).time() for night in world.nights] == [time(6)] * 3


@pytest.mark.parametrize(
    ("day", "at", "hours"),
    [
        ("2026-03-08", time(2, 30), ["01:30"]),  # does not exist: 03:30 by the new clock is 02:30 by the old
        ("2026-11-01", time(1, 30), ["01:30"]),  # comes twice
        ("2026-03-08", time(3, 0), ["03:00"]),
        ("2026-11-01", time(6, 0), ["06:00"]),
    ],
)
def test_an_hour_that_does_not_exist_or_comes_twice_is_one_night(
    day: str, at: time, hours: list[str]
) -> None:
    begin = datetime.combine(date.fromisoformat(day), time(12), NEW_YORK).astimezone(UTC) - timedelta(days=2)
    world = World(begin, begin + timedelta(days=4))
    play(world, Hour(at, NEW_YORK))
    days = [night.astimezone(NEW_YORK).date() for night in world.nights]
    assert len(days) == len(set(days)) == 4
    (night,) = [one for one in world.nights if one.astimezone(NEW_YORK).date() == date.fromisoformat(day)]
    if at == time(2, 30):
        assert f"{night.astimezone(NEW_YORK):%H:%M}" == "03:30"
    else:
        assert f"{night.astimezone(NEW_YORK):%H:%M}" == hours[0]
        assert night.astimezone(NEW_YORK).fold == 0


def test_after_three_days_of_sleep_there_is_one_night_at_once_and_then_the_usual_ones() -> None:
    begin = utc("2026-12-01 20:00")
    woke = utc("2026-12-05 03:17")
    world = World(begin, utc("2026-12-06 23:00"), {utc("2026-12-01 21:00"): woke})
    assert play(world) == ["12-05 03:17", "12-05 22:00", "12-06 22:00"]


def test_a_night_that_was_missed_while_nothing_ran_is_made_up_for_and_one_that_was_not_is_not() -> None:
    now, end = utc("2026-12-02 01:00"), utc("2026-12-02 23:00")
    assert play(World(now, end), last=utc("2026-11-28 22:00")) == ["12-02 01:00", "12-02 22:00"]
    assert play(World(now, end), last=utc("2026-12-01 22:00")) == ["12-02 22:00"]
    assert play(World(now, end), last=None) == ["12-02 22:00"], "who has just begun is not surprised"


def test_a_failed_night_ends_nothing_and_one_without_sources_is_tried_again_twice() -> None:
    statuses = {1: 5, 2: 4, 3: 4, 4: 4, 5: 70, 6: -9}
    world = World(utc("2026-12-01 09:00"), utc("2026-12-06 09:00"), statuses=lambda n: statuses.get(n, 0))
    assert play(world) == [
        "12-01 22:00", "12-02 22:00", "12-02 22:13", "12-02 22:26", "12-03 22:00", "12-04 22:00", "12-05 22:00",
    ]  # fmt: skip
    assert [again for _, again in world.ends] == [False, True, True, False, False, False, False]


def test_a_night_that_finds_the_network_again_is_not_tried_any_more() -> None:
    world = World(utc("2026-12-01 09:00"), utc("2026-12-02 09:00"), statuses=lambda n: 4 if n == 1 else 3)
    assert play(world) == ["12-01 22:00", "12-01 22:13"]


@pytest.mark.parametrize("minutes", [1, 30, 600, 1439])
def test_a_clock_that_is_put_back_does_not_bring_a_night_twice(minutes: int) -> None:
    after = utc("2026-12-01 22:05")
    world = World(
        utc("2026-12-01 21:00"), utc("2026-12-03 09:00"), {after: after - timedelta(minutes=minutes)}
    )
    assert play(world) == ["12-01 22:00", "12-02 22:00"]


def test_a_clock_that_was_years_ahead_and_put_right_is_not_waited_for() -> None:
    ahead = {utc("2026-12-01 10:00"): utc("2099-01-01 00:00")}
    world = World(utc("2026-12-01 09:00"), utc("2100-01-01 00:00"), ahead)
    world.takes = timedelta(0)

    def put_right(n: int) -> int:
        if n == 1:
            world.leaps = {world.at + timedelta(minutes=1): utc("2026-12-01 12:00")}
            world.end = utc("2026-12-03 12:00")
        return 0

    world.end = utc("2099-12-01 00:00")
    world.statuses = put_right
    world.rest = _ending_at(world, world.rest)  # type: ignore[method-assign,assignment]
    assert play(world)[1:] == ["12-01 22:00", "12-02 22:00"]


def _ending_at(world: World, rest: Callable[[float], bool]) -> Callable[[float], bool]:
    """Rest, but before the clock is put right nothing ends."""
    return lambda seconds: rest(seconds) and world.at.year == world.end.year


def test_every_day_of_every_zone_has_its_moment() -> None:
    for zone in (SHANGHAI, NEW_YORK, LONDON, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Pacific/Apia")):
        for at in (time(0), time(1, 30), time(2, 30), time(6), time(23, 59)):
            moment = utc("2026-01-01 00:00")
            for _ in range(366):
                following = find_next(moment, at, zone)
                assert timedelta(hours=0) < following - moment <= timedelta(hours=25)
                assert find_last(following, at, zone) == following
                assert find_last(following - timedelta(seconds=1), at, zone) < following
                moment = following


def test_a_day_that_was_left_out_has_no_night_of_its_own() -> None:
    apia = ZoneInfo("Pacific/Apia")
    nights = {find_moment(date(2011, 12, day), time(6), apia) for day in (29, 30, 31)}
    assert len(nights) == 2


def test_what_another_clock_shows_in_a_year() -> None:
    now = utc("2026-12-01 09:00")

    def shown(at: time, zone: ZoneInfo, other: ZoneInfo) -> tuple[time, ...]:
        return list_clock_times(now, at, zone, lambda moment: moment.astimezone(other))

    assert shown(time(6), SHANGHAI, ZoneInfo("UTC")) == (time(22),)
    assert shown(time(6), SHANGHAI, NEW_YORK) == (time(17), time(18))
    assert shown(time(6), NEW_YORK, NEW_YORK) == (time(6),)
    assert shown(time(6), LONDON, ZoneInfo("Europe/Berlin")) == (time(7),)
    assert is_fixed(now, SHANGHAI)
    assert not is_fixed(now, NEW_YORK)


FEEDS = """\
account: {name: 夜读, timezone: Asia/Shanghai}
topics: [{id: a, name: 科技}]
sources: [{name: 甲, reader: originals, folder: originals}]
"""


@contextmanager
def watching(folder: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    """`curate watch` as a process of its own, which is ended whatever happens."""
    (folder / "feeds.yaml").write_text(FEEDS, "utf-8")
    (folder / "originals").mkdir()
    command = [sys.executable, "-m", "curate", "watch", "-C", str(folder), *more]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, encoding="utf-8", cwd=Path(__file__).parents[1]
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for(process: subprocess.Popen[str], words: str) -> str:
    assert process.stderr is not None
    lines = []
    for line in process.stderr:
        lines.append(line)
        if words in line:
            return line
    raise AssertionError(f"{words} was not told: {lines}")


@pytest.mark.slow
def test_a_watch_tells_the_next_night_and_stops_when_it_is_told_to(tmp_path: Path) -> None:
    with watching(tmp_path, "--at", "6：00") as process:
        assert "06:00 Asia/Shanghai" in wait_for(process, "下一晚")
        process.send_signal(signal.SIGTERM)
        wait_for(process, "停下了")
        assert process.wait(10) == 0


UNDER_WAY = """
import os, signal, sys, threading
from pathlib import Path
from curate.cli.upkeep import watch

sys.executable = sys.argv[1]
process = watch._NightProcess(Path(), watch.ZoneInfo("UTC"))
with process.until_told() as waiting:
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM)).start()
    sys.exit(0 if waiting.run() == -signal.SIGTERM and waiting.rest(0) else 1)
"""


@pytest.mark.slow
def test_a_night_that_is_under_way_ends_with_the_watch(tmp_path: Path) -> None:
    night = tmp_path / "night"
    night.write_text("#!/bin/sh\nexec sleep 60\n")
    night.chmod(0o755)
    command = [sys.executable, "-c", UNDER_WAY, str(night)]
    assert subprocess.run(command, cwd=Path(__file__).parents[1], timeout=40, check=False).returncode == 0


@pytest.mark.slow
def test_a_missed_night_is_run_as_a_process_of_its_own_and_the_next_one_told(tmp_path: Path) -> None:
    runs = tmp_path / "output" / "runs"
    runs.mkdir(parents=True)
    (runs / "20261101T220000Z-1.json").write_text("{}")
    with watching(tmp_path, "--zone", "America/New_York") as process:
        assert "06:00 America/New_York" in wait_for(process, "下一晚")
        assert len(list(runs.glob("*.json"))) == 2, "the night came before"
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_an_hour_or_a_zone_that_is_none_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["watch", "--zone", "Mars/Base", "-C", str(tmp_path)]) == 2
    assert run(["watch", "--at", "24:00", "-C", str(tmp_path)]) == 2
    assert "06:00" in capsys.readouterr().err
