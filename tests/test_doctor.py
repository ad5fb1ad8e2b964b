"""Planted troubles: each is found by `curate doctor`, under its name, with what to do about it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections import namedtuple
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from curate.app.account import open_archive, read_settings
from curate.app.doctor import machine
from curate.app.doctor.machine import Disk, Typeface
from curate.app.doctor.model import CheckResult, Diagnosis, Place
from curate.app.doctor.network import Names, judge_names
from curate.app.doctor.schedule import Schedule, judge_schedule
from curate.app.doctor.starters import Starter
from curate.app.doctor.table import CHECKS, examine
from curate.cli.main import run
from curate.demo import Server
from curate.domain.errors import ConfigError
from curate.i18n.catalogue import say
from curate.storage import Health
from curate.storage.database.migrations import MIGRATIONS
from tests.draft_platform import APPID, SECRET, DraftPlatform, served_platform
from tests.nouns import digest

NOW = datetime(2026, 11, 30, 2, tzinfo=UTC)
DAY = timedelta(days=1)
FEEDS = """\
account: {name: 一个号, timezone: Asia/Shanghai}
topics:
  - {id: a, name: 科技, keywords: [芯片]}
sources:
  - {name: 甲, url: "https://a.example/feed", topic: a}
  - {name: 乙, url: "https://b.example/feed", topic: a}
  - {name: 丙, url: "https://c.example/feed", topic: a}
"""
CRON = "CRON_TZ=Asia/Shanghai\n0 6 * * * cd {folder} && /usr/bin/python3 -m curate run\n"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A healthy account on a healthy machine, with a line of cron, looked at without the network."""
    folder = tmp_path / "home/me/账号"
    folder.mkdir(parents=True)
    (tmp_path / "etc/cron.d").mkdir(parents=True)
    (folder / "feeds.yaml").write_text(FEEDS, "utf-8")
    plain = Place(folder, {}, NOW, offline=True, root=tmp_path, home=tmp_path / "home/me")
    with open_archive(read_settings(folder, {}).config, folder):
        pass
    return reread(plain, crontab=lambda: CRON.format(folder=folder))


def reread(place: Place, feeds: str = "", **changes: Any) -> Place:
    """The place with other facts, and its feeds.yaml as it stands now."""
    from dataclasses import replace

    if feeds:
        (place.folder / "feeds.yaml").write_text(feeds, "utf-8")
    place = replace(place, settings=None, error=None, **changes)
    try:
        return replace(place, settings=read_settings(place.folder, place.environ, bare=True))
    except ConfigError as e:
        return replace(place, error=e)


def look(place: Place, check: str) -> list[Diagnosis]:
    return [one.diagnosis for one in examine(place) if one.check == check]


def tell(found: list[Diagnosis], status: str) -> str:
    """What is found and what is advised, of the one finding of that status."""
    assert [one.status for one in found] == [status], found
    return f"{say(found[0].found, 'zh')} → {say(found[0].advice, 'zh')}"


def resolve_all(host: str) -> list[str]:
    return ["93.184.216.34"]


def test_of_a_healthy_account_nothing_is_said_that_needs_doing(place: Place) -> None:
    found = list(examine(reread(place, resolve=resolve_all)))
    assert {one.check for one in found} == {check.name for check in CHECKS}
    troubles = [one for one in found if one.diagnosis.status in ("warn", "fail")]
    assert troubles == []


# --- the planted troubles ---------------------------------------------------------------------------------------------


def test_a_mistake_in_feeds_yaml_is_found_with_its_line_and_the_rest_waits_for_it(place: Place) -> None:
    broken = reread(place, FEEDS.replace("topic: a}", "topc: a}", 1))
    told = tell(look(broken, "feeds"), "fail")
    assert "feeds.yaml:5" in told
    assert {one.diagnosis.status for one in examine(broken) if one.check in ("clock", "dns")} == {"skipped"}
    assert tell(look(broken, "disk"), "ok"), "what needs no settings is looked at all the same"


def test_an_account_without_sources_is_found(place: Place) -> None:
    empty = reread(place, FEEDS.partition("sources:")[0] + "sources: []\n")
    assert "curate sources add" in tell(look(empty, "feeds"), "fail")


def test_a_clock_that_is_wrong_is_found_by_what_servers_say(
    tmp_path: Path, demo_web: Server, place: Place
) -> None:
    feeds = FEEDS.replace("https", "http") + f"network: {{proxy: {demo_web.proxy!r}}}\n"
    for off, status in ((timedelta(hours=2), "fail"), (timedelta(minutes=3), "warn"), (timedelta(), "ok")):
        wrong = reread(place, feeds, offline=False, now=datetime.now(UTC) - off)
        told = tell(look(wrong, "clock"), status)
        assert ("set-ntp" in told) == (status != "ok")


def test_a_clock_that_is_behind_the_archive_is_found_without_a_network(place: Place) -> None:
    with open_archive(place.config, place.folder) as archive:
        archive.record(digest(1), "2026-11-23-1")
    early = reread(place, now=NOW - 400 * DAY)
    assert "set-ntp" in tell(look(early, "clock"), "fail")


def test_a_full_disk_is_found(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    for free, status in ((50, "fail"), (500, "warn"), (50_000, "ok")):
        monkeypatch.setattr(
            "curate.app.doctor.machine.shutil.disk_usage", lambda _, n=free: usage(0, 0, n * 1024**2)
        )
        told = tell(look(place, "disk"), status)
        assert ("curate prune" in told) == (status != "ok")


def test_a_disk_without_room_for_more_files_is_found() -> None:
    assert "df -i" in tell(list(machine.judge_disk(Disk(50_000, 12, 1))), "fail")


def test_a_folder_that_cannot_be_written_is_found(place: Place) -> None:
    (place.output / "issues").write_text("a file in its place")
    told = tell(look(place, "rights"), "fail")
    assert "output/issues" in told
    assert "chown" in told


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_an_archive_of_another_user_is_found(place: Place) -> None:
    (place.output / "archive.db").chmod(0o400)
    assert "archive.db" in tell(look(place, "rights"), "fail")


def test_letters_that_the_typeface_lacks_are_found(place: Place) -> None:
    other = reread(place, FEEDS.replace("一个号", "一个𪚥号"))
    assert "𪚥" in tell(look(other, "fonts"), "warn")
    assert "pip install" in tell(list(machine.judge_typeface(Typeface(False, ""))), "fail")


def test_a_proxy_that_is_off_is_found(place: Place) -> None:
    dead = reread(place, FEEDS + "network: {proxy: 'http://127.0.0.1:9'}\n", offline=False)
    told = tell(look(dead, "proxy"), "fail")
    assert "127.0.0.1:9" in told
    unasked = reread(dead, offline=True)
    assert [one.status for one in look(unasked, "proxy")] == ["skipped"], "what was not tried is not well"
    assert "代理" in told


def test_a_proxy_in_the_environment_that_is_not_used_is_found(place: Place) -> None:
    env = reread(place, environ={"HTTPS_PROXY": "http://127.0.0.1:7890"})
    assert "network.proxy" in tell(look(env, "proxy"), "warn")


def test_a_name_server_that_is_down_is_told_from_a_site_that_has_gone(place: Place) -> None:
    def none(host: str) -> list[str]:
        raise OSError(-3, "Temporary failure in name resolution")

    def one(host: str) -> list[str]:
        return none(host) if host == "b.example" else resolve_all(host)

    online = FEEDS.replace("sources:", "network: {timeout: 1}\nsources:")
    assert "resolv.conf" in tell(list(judge_names(look_names(place, online, none))), "fail")
    told = tell(list(judge_names(look_names(place, online, one))), "warn")
    assert "b.example" in told
    assert "a.example" not in told


def test_addresses_that_a_proxy_program_made_up_are_found(place: Place) -> None:
    told = tell(list(judge_names(look_names(place, FEEDS, lambda _: ["198.18.0.7"]))), "fail")
    assert "198.18.0.0/15" in told


def look_names(place: Place, feeds: str, resolve: Any) -> Names:
    from curate.app.doctor.network import look_at_names

    return look_at_names(reread(place, feeds, resolve=resolve))


def test_a_damaged_database_is_found(place: Place) -> None:
    path = place.output / "archive.db"
    for rest in place.output.glob("archive.db-*"):
        rest.unlink()
    data = bytearray(path.read_bytes())
    half = len(data) // 2
    data[half : half + 40_000] = os.urandom(len(data[half : half + 40_000]))
    path.write_bytes(data)
    assert "curate restore" in tell(look(place, "database"), "fail")
    path.write_text("no database at all, " * 2_000)
    assert "备份" in tell(look(place, "database"), "fail")


def test_an_archive_of_a_newer_version_is_found_and_an_older_one_is_left_as_it_is(place: Place) -> None:
    for version, status in ((len(MIGRATIONS) + 3, "fail"), (len(MIGRATIONS) - 1, "ok")):
        with closing(sqlite3.connect(place.output / "archive.db")) as raw, raw:
            raw.execute("UPDATE schema_version SET version = ?", (version,))
        told = tell(look(place, "version"), status)
        assert ("pip install --upgrade" in told) == (status == "fail")
        with closing(sqlite3.connect(place.output / "archive.db")) as raw:
            assert raw.execute("SELECT version FROM schema_version").fetchone() == (version,)


@pytest.mark.parametrize(
    ("health", "words"),
    [
        ({"gone": True, "failing": NOW - DAY, "failures": 1, "reason": "410"}, "没有了"),
        ({"failing": NOW - 5 * DAY, "failures": 5, "reason": "503"}, "三天以上"),
        ({"empty": NOW - 40 * DAY}, "一个月没有内容"),
    ],
)
def test_a_source_that_is_dead_is_found_by_its_name(place: Place, health: dict[str, Any], words: str) -> None:
    note(place, {"甲": {}, "乙": health, "丙": {"failing": NOW - DAY, "failures": 1}})
    told = tell(look(place, "sources"), "warn")
    assert words in told
    assert "乙" in told
    assert "甲" not in told
    assert "curate sources disable" in told


def test_when_all_sources_fail_none_of_them_is_blamed(place: Place) -> None:
    note(place, {name: {"failing": NOW - DAY, "failures": 2, "reason": "没有网"} for name in "甲乙丙"})
    assert "不是来源的错" in tell(look(place, "sources"), "fail")


def note(place: Place, states: dict[str, dict[str, Any]]) -> None:
    urls = {source.id: str(source.url) for source in place.config.sources}
    with open_archive(place.config, place.folder) as archive:
        archive.note([Health(name, urls[name], asked=NOW, **each) for name, each in states.items()])


def test_that_nothing_starts_the_night_is_found_with_what_to_run(place: Place) -> None:
    told = tell(look(reread(place, crontab=str), "schedule"), "warn")
    assert "curate schedule --install" in told
    assert "curate watch" in told
    other = reread(place, crontab=lambda: CRON.format(folder=f"{place.folder}2"))
    assert tell(look(other, "schedule"), "warn"), "another account's line is not ours"
    off = reread(place, crontab=lambda: "# " + CRON.splitlines()[1].format(folder=place.folder))
    assert tell(look(off, "schedule"), "warn"), "a line that is a comment starts nothing"


def test_a_watch_that_runs_is_found(place: Place) -> None:
    for number, words, where in (
        (7, ["/usr/bin/python3", "/usr/bin/curate", "watch"], place.folder),
        (8, ["python", "-m", "curate", "watch", "-C", "账号"], place.folder.parent),
        (9, ["python", "-m", "curate", "watch", "-C", "another"], place.folder.parent),
        (10, ["watch", "curate", "run"], place.folder.parent),
    ):
        process = place.root / f"proc/{number}"
        process.mkdir(parents=True)
        (process / "cmdline").write_bytes(b"\0".join(word.encode() for word in (*words, "")))
        (process / "cwd").symlink_to(where)
    found = [say(one.found, "zh") for one in look(reread(place, crontab=str), "schedule")]
    assert [
        number for number in range(7, 11) if any(f"curate watch, {number}" in told for told in found)
    ] == [7, 8]


@pytest.mark.parametrize("where", ["etc/systemd/system", "home/me/.config/systemd/user"])
def test_a_timer_that_was_written_and_not_enabled_is_found(place: Place, where: str) -> None:
    folder = place.root / where
    folder.mkdir(parents=True)
    (folder / "curate.service").write_text(
        f"[Service]\nWorkingDirectory={place.folder}\nExecStart=/x/curate run\n"
    )
    (folder / "curate.timer").write_text("[Timer]\nOnCalendar=*-*-* 06:00 Asia/Shanghai\n")
    told = tell(look(reread(place, crontab=str), "schedule"), "fail")
    assert f"systemctl {'--user ' * ('home' in where)}enable --now curate.timer" in told
    (folder / "timers.target.wants").mkdir()
    (folder / "timers.target.wants/curate.timer").symlink_to(folder / "curate.timer")
    assert "curate.timer" in tell(look(reread(place, crontab=str), "schedule"), "ok")


@pytest.mark.parametrize("folder", ["{folder}", "~/账号", "$HOME/账号", "'{folder}'", "{folder}/"])
def test_a_command_that_cron_will_not_find_is_found(place: Place, folder: str) -> None:
    line = f"CRON_TZ=Asia/Shanghai\n0 6 * * * cd {folder} && {{command}} run\n".replace(
        "{folder}", str(place.folder)
    )
    told = tell(look(reread(place, crontab=lambda: line.format(command="curate")), "schedule"), "fail")
    assert "curate schedule cron --install" in told
    gone = reread(place, crontab=lambda: line.format(command="/gone/venv/bin/curate"))
    assert "/gone/venv/bin/curate" in tell(look(gone, "schedule"), "fail")
    program = place.folder / ".venv/bin/curate"
    program.parent.mkdir(parents=True)
    program.touch(mode=0o755)
    for command in (str(program), ".venv/bin/curate", "/usr/bin/python3 -m curate"):
        found = look(reread(place, crontab=lambda c=command: line.format(command=c)), "schedule")
        assert tell(found, "ok")
    own_path = f"PATH={program.parent}\n" + line.format(command="curate")
    assert tell(look(reread(place, crontab=lambda: own_path), "schedule"), "ok")


def test_a_line_that_goes_by_another_zone_is_found() -> None:
    starter = Starter("cron", "crontab -l", by_machine=True)
    told = tell(list(judge_schedule(Schedule((starter,), None, NOW, timedelta(hours=-8)))), "warn")
    assert "-8.0" in told
    assert "curate schedule cron --install" in told
    assert tell(list(judge_schedule(Schedule((starter,), None, NOW, timedelta()))), "ok")


def test_that_nights_have_stopped_is_found(place: Place) -> None:
    runs = place.output / "runs"
    runs.mkdir()
    for hours, statuses in ((80, ["ok", "fail"]), (20, ["ok"])):
        (runs / f"{NOW - timedelta(hours=hours):%Y%m%dT%H%M%SZ}-1.json").touch()
        found = look(place, "schedule")
        assert [one.status for one in found] == statuses
        if hours == 80:
            assert "80" in say(found[1].found, "zh")
            assert "日志" in say(found[1].advice, "zh")


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> Iterator[DraftPlatform]:
    with served_platform(DraftPlatform()) as one:
        yield one


def test_what_the_platform_refuses_is_found_with_the_address_to_list(
    place: Place, platform: DraftPlatform
) -> None:
    secrets = {"CURATE_WECHAT_APPID": APPID, "CURATE_WECHAT_SECRET": SECRET}
    feeds = FEEDS + f"network: {{wechat: '{platform.url}', timeout: 5}}\n"

    def ask(environ: dict[str, str], **changes: Any) -> list[Diagnosis]:
        return look(reread(place, feeds, environ=environ, sleep=platform.sleep, **changes), "platform")

    assert tell(ask(secrets, offline=False, crontab=str), "ok")
    assert ask(secrets)[0].status == "skipped"
    assert tell(ask({}, offline=False), "ok"), "an account that copies and pastes needs none"
    assert "CURATE_WECHAT_SECRET" in tell(ask({"CURATE_WECHAT_APPID": APPID}, offline=False), "warn")
    assert tell(ask({**secrets, "CURATE_WECHAT_SECRET": "wrong"}, offline=False), "fail")
    platform.whitelisted = False
    told = tell(ask(secrets, offline=False), "fail")
    assert "IP 白名单" in told
    assert SECRET not in told


def test_alerts_that_would_reach_nobody_are_found(place: Place) -> None:
    feeds = FEEDS + "services:\n  - {name: 手机, kind: bark, env: MY_PHONE}\nnotify: {to: [手机]}\n"
    told = tell(look(reread(place, feeds), "services"), "fail")
    assert "MY_PHONE_URL" in told
    assert "curate notify test" in told
    assert tell(
        look(reread(place, feeds, environ={"MY_PHONE_URL": "https://push.example/k"}), "services"), "ok"
    )


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_command_shows_a_table_and_fails_where_something_is_to_mend(
    place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("curate.cli.upkeep.doctor._read_crontab", lambda: CRON.format(folder=place.folder))
    assert run(["doctor", "--offline", "-C", str(place.folder)]) == 0
    shown = capsys.readouterr()
    assert "✓ 磁盘" in shown.out
    assert "– 域名解析" in shown.out
    assert "要改的 0 处" in shown.err
    (place.folder / "feeds.yaml").write_text("account: {name: 甲}\nsourcse: []\n", "utf-8")
    assert run(["doctor", "--offline", "--json", "-C", str(place.folder)]) == 1
    rows = json.loads(capsys.readouterr().out)
    assert [row["check"] for row in rows] == [check.name for check in CHECKS]
    assert rows[0]["status"] == "fail"
    assert rows[0]["advice"]


def test_offline_nothing_is_asked_of_the_network(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("offline")

    for name in ("machine.ask_times", "network.look_up_hosts", "network.try_proxy", "network.open_wechat"):
        monkeypatch.setattr(f"curate.app.doctor.{name}", refuse)
    secrets = {"CURATE_WECHAT_APPID": APPID, "CURATE_WECHAT_SECRET": SECRET}
    proxied = reread(place, FEEDS + "network: {proxy: 'http://127.0.0.1:9'}\n", environ=secrets)
    assert list(examine(proxied))


def test_an_empty_folder_is_told_how_to_begin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--offline", "-C", str(tmp_path)]) == 1
    assert "curate init" in capsys.readouterr().out
    (tmp_path / "feeds.yaml").write_text(FEEDS, "utf-8")
    run(["doctor", "--offline", "-C", str(tmp_path)])
    assert [path.name for path in tmp_path.iterdir()] == ["feeds.yaml"], "looking makes nothing"


def test_whatever_is_wrong_with_the_folder_every_check_is_made(place: Place, tmp_path: Path) -> None:
    shutil.rmtree(place.output)
    (place.folder / "output").symlink_to("/nowhere/at/all")
    for spoilt in (place, reread(place, FEEDS + "database: postgresql+psycopg://u:pw@127.0.0.1:1/x\n")):
        found = list(examine(spoilt))
        assert {one.check for one in found} == {check.name for check in CHECKS}
        assert "/output" in tell(look(spoilt, "rights"), "fail")
        assert not any("pw" in say(one.diagnosis.found, "zh") for one in found)
    absent = reread(Place(tmp_path / "absent", {}, NOW, offline=True, root=tmp_path, home=tmp_path))
    assert {one.diagnosis.status for one in examine(absent)} == {"fail", "ok", "skipped"}


def test_a_check_that_cannot_look_says_so(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "/var/secret")

    monkeypatch.setattr("curate.app.doctor.machine.shutil.disk_usage", refuse)
    assert "/var/secret" in tell(look(place, "disk"), "fail")


def test_every_finding_is_said_in_both_languages(place: Place) -> None:
    for one in examine(place):
        assert isinstance(one, CheckResult)
        assert say(one.diagnosis.found, "en") != say(one.diagnosis.found, "zh") or one.check == "feeds"
