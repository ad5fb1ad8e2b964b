"""What starts a night on each system: the right program, folder, hour and zone, installed, found again and taken away."""

from __future__ import annotations

import json
import os
import plistlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
import yaml

from curate.app.account import read_settings
from curate.app.doctor.model import Place
from curate.app.doctor.starters import find_starters
from curate.app.schedule.cron import write_line
from curate.app.schedule.install import CommandResult, carry_out, keep_secrets_file
from curate.app.schedule.model import Plan, ScheduleFile
from curate.app.schedule.plan import label_of, list_variables, make_plan
from curate.app.schedule.table import SCHEDULERS, list_installable, list_notes
from curate.cli.main import run
from curate.domain.errors import ConfigError, OutputError
from curate.i18n.catalogue import say

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
FEEDS = """\
account: {name: 夜读 & Co, timezone: Asia/Shanghai}
topics: [{id: a, name: 科技}]
sources: [{name: 甲, url: "https://a.example/${FEED_KEY}"}]  # not ${THIS}
services: [{name: 群, kind: dingtalk, env: TEAM}]
notify: {to: [群], ping_env: HC}
"""
FOLDERS = ["myaccount", "夜 读", "100% a'b", "$HOME & <x>;y"]
HERE = ("systemd", "cron", "launchd", "windows")  # what is installed on a machine


def clock_of(zone: str) -> Callable[[datetime], datetime]:
    return lambda moment: moment.astimezone(ZoneInfo(zone))


@pytest.fixture(params=FOLDERS)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    made: Path = tmp_path / "home/me" / request.param
    made.mkdir(parents=True)
    (made / "feeds.yaml").write_text(FEEDS, "utf-8")
    return made


def plan_in(folder: Path, host: str = "UTC", **changes: object) -> Plan:
    environ = {"FEED_KEY": "k"}
    plan = make_plan(folder, read_settings(folder, environ), time(6), NOW)
    return replace(plan, face=clock_of(host), home=folder.parent, is_root=False, **changes)  # type: ignore[arg-type]


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    (tmp_path / "feeds.yaml").write_text(FEEDS, "utf-8")
    return plan_in(tmp_path)


@dataclass
class Machine:
    """A machine that notes what it is asked to do; `crontab` is None where a person has none."""

    crontab: str | None = None
    refuses: str = ""
    done: list[tuple[str, ...]] = field(default_factory=list)
    files: dict[Path, bytes] = field(default_factory=dict)

    def run(self, words: tuple[str, ...], given: str = "") -> CommandResult:
        self.done.append(words)
        if self.refuses and self.refuses in words:
            return CommandResult(1, told="Failed to connect to bus")
        if words == ("crontab", "-l"):
            return (
                CommandResult(1, told="no crontab for me")
                if self.crontab is None
                else CommandResult(0, self.crontab)
            )
        if words == ("crontab", "-"):
            self.crontab = given
        return CommandResult(0)

    def write(self, file: ScheduleFile) -> None:
        self.files[Path(file.path)] = file.text.encode(file.encoding)

    def delete(self, path: Path) -> None:
        self.files.pop(path, None)


@pytest.mark.parametrize("name", HERE)
def test_what_is_installed_is_found_by_the_doctor_and_taken_away_again(name: str, folder: Path) -> None:
    row, plan, machine = SCHEDULERS[name], plan_in(folder), Machine(crontab="5 4 * * * other\n")
    for _ in range(2):  # a second time replaces the first
        list(carry_out(row.install(plan), machine))
    root = folder.parents[2]
    for path, data in machine.files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        if path.suffix == ".timer":
            (path.parent / "timers.target.wants").mkdir()
            (path.parent / "timers.target.wants" / path.name).touch()
    settings = read_settings(folder, {"FEED_KEY": "k"})
    place = Place(folder, {}, NOW, settings, root=root, home=plan.home, crontab=lambda: machine.crontab or "")
    (found,) = find_starters(place)
    assert (found.kind, found.is_on, found.lost, found.by_machine) == (name, True, "", False)
    list(carry_out(row.remove(plan), machine))
    assert machine.files == {}
    assert machine.crontab == "5 4 * * * other\n"


@pytest.mark.parametrize("name", sorted(SCHEDULERS))
def test_each_says_in_both_languages_what_there_is_to_know(name: str, plan: Plan) -> None:
    row = SCHEDULERS[name]
    for host in ("UTC", "America/New_York", "Asia/Shanghai"):
        there = replace(plan, face=clock_of(host))
        for language in ("zh", "en"):
            assert all(say(note, language) for note in row.notes(there))
        assert row.check(there)[0] == {
            "systemd": "systemd-analyze", "cron": "crontab", "launchd": "plutil", "windows": "schtasks",
            "compose": "docker", "github": "actionlint",
        }[name]  # fmt: skip


# --- the program and the folder ---------------------------------------------------------------------------------------


def test_the_interpreter_is_that_of_the_virtual_environment_and_no_module_comes_from_the_folder(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "虚拟 环境/bin/python"
    own.parent.mkdir(parents=True)
    own.symlink_to(sys.executable)
    monkeypatch.setattr(sys, "executable", str(own))
    assert plan_in(Path(plan.folder)).program[0] == str(own), "resolved it would be the system's Python"
    (tmp_path / "click.py").write_text("raise SystemExit('taken from the folder')")
    done = subprocess.run(
        [*plan.program, "--version"], cwd=tmp_path, capture_output=True, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_an_interpreter_that_will_be_thrown_away_is_told(plan: Plan) -> None:
    def told(program: str) -> str:
        there = replace(plan, program=(program, "-m", "curate"))
        return " ".join(say(note, "zh") for note in list_notes(SCHEDULERS["cron"], there))

    for program in ("/home/me/.cache/uv/archive-v0/x/bin/python", "/Users/me/Library/Caches/x/bin/python"):
        assert program in told(program)
    assert "缓存" not in told("/home/me/.local/share/pipx/venvs/curate/bin/python")


def test_two_folders_of_one_name_are_told_apart_and_every_label_is_one_that_all_schedulers_take() -> None:
    labels = [label_of(Path(name)) for name in ("/a/夜读", "/b/夜读", "/a/My Account!", "/a/" + "x" * 90)]
    assert len(set(labels)) == 4
    assert all(re.fullmatch(r"curate(-[a-z0-9]+)+", label) and len(label) < 40 for label in labels)


def test_a_folder_that_no_file_could_name_is_refused(plan: Plan, tmp_path: Path) -> None:
    odd = tmp_path / "a\nb"
    odd.mkdir()
    with pytest.raises(ConfigError):
        plan_in(_lay_out(odd))
    with pytest.raises(ConfigError):
        SCHEDULERS["systemd"].make(replace(plan, folder=Path('/a"b')))


def _lay_out(folder: Path) -> Path:
    (folder / "feeds.yaml").write_text(FEEDS, "utf-8")
    return folder


def test_what_a_night_writes_elsewhere_may_be_written(plan: Plan, tmp_path: Path) -> None:
    folder, big = tmp_path / "账号", tmp_path / "big disk"
    folder.mkdir()
    big.mkdir()
    _lay_out(folder)
    (folder / "feeds.yaml").write_text(FEEDS + f"database: sqlite:///{tmp_path}/db/a.db\n", "utf-8")
    (folder / "output").symlink_to(big)
    there = plan_in(folder)
    assert there.writable == (folder, big, tmp_path / "db")
    (service, _) = SCHEDULERS["systemd"].make(replace(there, is_root=True))
    assert f'ReadWritePaths="{folder}" "{big}" "{tmp_path / "db"}"\n' in service.text


# --- systemd ----------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="no systemd-analyze here (Debian's package systemd)"
)
@pytest.mark.parametrize(("is_root", "most"), [(True, 2.0), (False, 6.5)])
def test_the_units_are_right_and_as_closed_as_they_can_be(is_root: bool, most: float, folder: Path) -> None:
    plan = replace(plan_in(folder), is_root=is_root, user="root")
    paths = []
    for file in SCHEDULERS["systemd"].make(plan):
        paths.append(str(folder / file.path.name))
        Path(paths[-1]).write_text(file.text, "utf-8")
    scope = [] if is_root else ["--user"]
    environ = {**os.environ, "XDG_RUNTIME_DIR": "/tmp"}

    def analyze(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["systemd-analyze", *words], capture_output=True, encoding="utf-8", env=environ, check=False
        )

    told = analyze(*scope, "verify", *paths)
    ours = [line for line in told.stderr.splitlines() if "curate" in line]
    assert (told.returncode, ours) == (0, [])
    score = re.search(
        r"exposure level for .*: ([\d.]+)", analyze("security", "--offline=true", paths[0]).stdout
    )
    assert score
    assert float(score[1]) <= most


@pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="no systemd-analyze here (Debian's package systemd)"
)
@pytest.mark.parametrize("host", ["UTC", "America/New_York"])
@pytest.mark.parametrize("day", ["2026-03-07", "2026-10-31"])
def test_the_timer_comes_once_a_day_over_a_change_of_the_machines_clock(
    plan: Plan, host: str, day: str
) -> None:
    (_, timer) = SCHEDULERS["systemd"].make(plan)
    (calendar,) = re.findall("OnCalendar=(.*)", timer.text)
    told = subprocess.run(
        ["systemd-analyze", "calendar", "--iterations=3", f"--base-time={day} 12:00:00 UTC", calendar],
        capture_output=True, encoding="utf-8", env={**os.environ, "TZ": host}, check=True,
    )  # fmt: skip
    shown = re.findall(
        r"(?:Next elapse|\(in UTC\)|Iter\. #\d): \w+ (\d{4}-\d\d-\d\d) (\d\d:\d\d):00 UTC", told.stdout
    )
    days = {datetime.fromisoformat(f"{date}T{hour}+00:00").astimezone(plan.zone) for date, hour in shown}
    assert len(days) == 3
    assert {each.time() for each in days} == {time(6)}


def test_the_timer_has_the_accounts_zone_and_makes_up_for_a_night(plan: Plan) -> None:
    service, timer = SCHEDULERS["systemd"].make(plan)
    assert "OnCalendar=*-*-* 06:00:00 Asia/Shanghai\nPersistent=true\n" in timer.text
    assert "SuccessExitStatus=3\n" in service.text
    assert "ProtectSystem" not in service.text, (
        "a person's manager may not be allowed to: the unit would not start"
    )


def test_what_a_command_refuses_is_told_as_it_said_it(plan: Plan) -> None:
    with pytest.raises(OutputError) as refused:
        list(carry_out(SCHEDULERS["systemd"].install(plan), Machine(refuses="enable")))
    told = say(refused.value.message, "zh")
    assert "Failed to connect to bus" in told
    assert "systemctl --user enable --now" in told
    machine = Machine(refuses="enable-linger")
    (note,) = carry_out(SCHEDULERS["systemd"].install(plan), machine)
    assert "loginctl enable-linger" in say(note, "zh")


# --- cron -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "when"),
    [
        ("UTC", "0 22 * * *"),
        ("Asia/Shanghai", "0 6 * * *"),
        ("Asia/Kolkata", "30 3 * * *"),
        ("America/New_York", "0 * * * *"),
        ("Australia/Lord_Howe", "0,30 * * * *"),
    ],
)
def test_the_hour_is_reckoned_into_the_machines_or_looked_for_every_hour(
    plan: Plan, host: str, when: str
) -> None:
    line = write_line(replace(plan, face=clock_of(host)))
    assert line.startswith(f"{when} ")
    assert ("TZ=Asia/Shanghai date" in line) == ("* * * *" in when)


@pytest.mark.parametrize(("date", "runs"), [("06:00", True), ("05:00", False)])
def test_the_line_runs_in_the_shell_that_cron_has(
    folder: Path, tmp_path: Path, date: str, runs: bool
) -> None:
    program = tmp_path / "my venv/bin/python"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "$PWD" "$@"\n')
    program.chmod(0o755)
    (program.parent / "date").write_text(f'#!/bin/sh\n[ "$TZ" = Asia/Shanghai ] && echo {date}\n')
    (program.parent / "date").chmod(0o755)
    plan = plan_in(folder, "America/New_York", program=(str(program), "-P", "-m", "curate"))
    line = write_line(plan)
    command = re.split(r"(?<!\\)%", line.split(" ", 5)[5])[0].replace("\\%", "%")  # as cron reads it
    subprocess.run(["/bin/sh", "-c", command], env={"PATH": f"{program.parent}:/usr/bin:/bin"}, check=False)
    log = folder / "curate.log"
    assert log.exists() == runs
    if runs:
        assert log.read_text("utf-8") == f"{folder} -P -m curate run\n"


@pytest.mark.parametrize(
    "host", ["UTC", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kolkata"]
)
@pytest.mark.parametrize("at", [time(6), time(14, 30), time(15, 45)])
def test_the_line_comes_once_a_day_all_the_year_whatever_the_machines_clock_does(
    plan: Plan, host: str, at: time
) -> None:
    line = write_line(replace(plan, face=clock_of(host), at=at))
    minutes, hour = (field.split(",") for field in line.split()[:2])
    guard = re.search(r"TZ=(\S+) date .*? = (\d\d:\d\d) ", line)
    starts = []
    for minute in range(
        0, 366 * 24 * 60, 5
    ):  # as cron does: it wakes up every minute and looks at its own clock
        moment = NOW + timedelta(minutes=minute)
        own = moment.astimezone(ZoneInfo(host))
        if str(own.minute) not in minutes or (hour != ["*"] and str(own.hour) not in hour):
            continue
        if guard is None or f"{moment.astimezone(ZoneInfo(guard[1])):%H:%M}" == guard[2]:
            starts.append(moment.astimezone(plan.zone))
    assert {one.time() for one in starts} == {at}
    assert len({one.date() for one in starts}) == len(starts) == 366


def test_an_hour_that_may_not_come_is_told(plan: Plan) -> None:
    there = replace(plan, zone=ZoneInfo("America/New_York"))

    def told(of: Plan) -> str:
        return " ".join(say(note, "zh") for note in SCHEDULERS["cron"].notes(of))

    assert "来两次" in told(replace(there, at=time(1, 30)))
    assert "来两次" not in told(there)
    assert "来两次" not in told(replace(plan, at=time(1, 30)))


def test_a_crontab_that_cannot_be_read_is_not_written_over(plan: Plan) -> None:
    machine = Machine(crontab="a\n", refuses="-l")
    with pytest.raises(OutputError):
        list(carry_out(SCHEDULERS["cron"].install(plan), machine))
    assert ("crontab", "-") not in machine.done
    empty = Machine()
    list(carry_out(SCHEDULERS["cron"].install(plan), empty))
    assert empty.crontab
    assert empty.crontab.endswith(f"# {plan.label}\n")


def test_a_line_whose_machine_has_another_zone_by_now_is_found(folder: Path) -> None:
    crontab = "".join(file.text for file in SCHEDULERS["cron"].make(plan_in(folder, "Asia/Tokyo")))
    settings = read_settings(folder, {"FEED_KEY": "k"})
    (found,) = find_starters(
        Place(folder, {}, NOW, settings, home=folder.parent, root=folder, crontab=lambda: crontab)
    )
    assert found.by_machine


# --- launchd, Windows, Compose ----------------------------------------------------------------------------------------


def test_the_agent_has_the_machines_hour_and_says_so(folder: Path) -> None:
    plan = plan_in(folder, "America/New_York")
    (file,) = SCHEDULERS["launchd"].make(plan)
    agent = plistlib.loads(file.text.encode())
    assert agent["StartCalendarInterval"] == {"Hour": 17, "Minute": 0}
    assert agent["ProgramArguments"] == [*plan.program, "run", "-C", str(folder)]
    assert agent["StandardErrorPath"] == str(folder / "curate.log")
    told = " ".join(say(note, "zh") for note in SCHEDULERS["launchd"].notes(plan))
    assert "17:00" in told
    assert "18:00" in told


@pytest.mark.parametrize(
    ("host", "zone", "start"),
    [
        ("UTC", "Asia/Shanghai", "2026-12-01T22:00:00"),
        ("America/New_York", "Asia/Shanghai", "2026-12-02T06:00:00+08:00"),
        ("America/New_York", "America/New_York", "2026-12-01T06:00:00"),
        ("Europe/London", "America/New_York", "2026-12-01T11:00:00"),
    ],
)
def test_the_task_keeps_the_accounts_hour_where_its_zone_never_changes(
    folder: Path, host: str, zone: str, start: str
) -> None:
    plan = plan_in(folder, host, zone=ZoneInfo(zone))
    (file,) = SCHEDULERS["windows"].make(plan)
    assert file.text.encode(file.encoding)[:2] == b"\xff\xfe"
    names = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    task = ElementTree.fromstring(file.text)
    assert task.findtext(".//t:StartBoundary", namespaces=names) == start
    assert task.findtext(".//t:StartWhenAvailable", namespaces=names) == "true"
    assert task.findtext(".//t:WorkingDirectory", namespaces=names) == str(folder)
    assert f'"{folder}" >> "{folder}/curate.log" 2>&1"' in (
        task.findtext(".//t:Arguments", namespaces=names) or ""
    )


def test_the_container_has_the_folder_its_owner_and_no_rights(folder: Path) -> None:
    (file,) = SCHEDULERS["compose"].make(plan_in(folder))
    service = yaml.safe_load(file.text)["services"]["curate"]
    assert service["command"] == ["watch", "--at", "06:00"]
    assert service["volumes"][0]["source"].replace("$$", "$") == str(folder)
    assert service["user"] == f"{folder.stat().st_uid}:{folder.stat().st_gid}"
    assert service["cap_drop"] == ["ALL"]


# --- secrets ----------------------------------------------------------------------------------------------------------


def test_the_file_of_secrets_is_laid_out_for_its_owner_alone_and_left_out_of_git(plan: Plan) -> None:
    folder = Path(plan.folder)
    (folder / ".gitignore").write_text("output/")
    assert plan.variables[:4] == ("FEED_KEY", "TEAM_URL", "TEAM_SECRET", "HC")
    (said,) = keep_secrets_file(plan)
    path = folder / "secrets.env"
    assert str(path) in say(said, "zh")
    assert path.stat().st_mode & 0o777 == 0o600
    assert "# TEAM_URL=\n" in path.read_text("utf-8")
    assert (folder / ".gitignore").read_text() == "output/\nsecrets.env\n"
    path.write_text("TEAM_URL=mine\n")
    path.chmod(0o644)
    assert len(keep_secrets_file(plan)) == 1
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("TEAM_URL=mine\n", 0o600)
    assert keep_secrets_file(plan) == ()


@pytest.mark.parametrize("name", sorted(SCHEDULERS))
def test_no_file_has_a_secret_in_it(name: str, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(plan.folder)
    (folder / "secrets.env").write_text("TEAM_URL=very-secret-value\nFEED_KEY=another-secret\n")
    for file in SCHEDULERS[name].make(plan):
        assert "secret-value" not in file.text
        assert "another-secret" not in file.text


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, plan: Plan) -> Machine:
    one = Machine()
    monkeypatch.setenv("FEED_KEY", "k")
    monkeypatch.setattr("curate.cli.upkeep.schedule.ThisMachine", lambda: one)
    monkeypatch.setattr("curate.cli.upkeep.schedule.has_command", lambda name: name == "crontab")
    monkeypatch.setattr("curate.cli.upkeep.doctor._read_crontab", lambda: one.crontab or "")
    return one


def test_the_command_prints_installs_and_removes(
    machine: Machine, plan: Plan, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["-C", str(plan.folder)]
    assert run(["schedule", *where]) == 0
    shown = capsys.readouterr()
    assert plan.label in shown.out
    assert "curate schedule cron --install" in shown.err
    assert machine.done == [], "to show is to do nothing"
    assert run(["schedule", "--install", "--at", "7:30", *where]) == 0
    assert "07:30 Asia/Shanghai" in capsys.readouterr().err
    assert run(["schedule", "--install", *where]) == 0
    assert (machine.crontab or "").count(" run >> ") == 1
    assert "06:00 Asia/Shanghai" in (machine.crontab or "")
    assert run(["schedule", "--remove", *where]) == 0
    assert machine.crontab == ""
    assert run(["schedule", "systemd", "--install", *where]) == 5
    assert "没有 systemd" in capsys.readouterr().err
    assert run(["schedule", "--install", "--remove", *where]) == 2


def test_another_schedule_for_the_same_folder_is_told(
    machine: Machine, plan: Plan, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pathlib.Path.home", lambda: Path(plan.folder))
    (file,) = SCHEDULERS["launchd"].make(plan)
    path = Path(plan.folder) / "Library/LaunchAgents" / file.path.name
    path.parent.mkdir(parents=True)
    path.write_text(file.text, "utf-8")
    assert run(["schedule", "--install", "-C", str(plan.folder)]) == 0
    assert "launchd 里还有" in capsys.readouterr().err


@pytest.mark.parametrize("name", sorted(SCHEDULERS))
def test_programs_are_told_all_of_it(
    name: str, machine: Machine, plan: Plan, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["schedule", name, "--json", "-C", str(plan.folder)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["scheduler"], told["at"], told["zone"]) == (name, "06:00", "Asia/Shanghai")
    assert told["next"].endswith("T06:00:00+08:00")
    assert told["command"] == list(plan.command)
    assert all(file["text"] for file in told["files"])
    assert bool(told["install"]) == (name in HERE)


def test_a_machine_is_asked_for_the_scheduler_to_take_first() -> None:
    assert [row.name for row in list_installable(lambda name: name in ("crontab", "systemctl"))] == [
        "systemd",
        "cron",
    ]
    assert list_installable(lambda name: False) == ()


def test_the_variables_of_an_account_are_those_that_feeds_yaml_uses(plan: Plan) -> None:
    found = list_variables(read_settings(Path(plan.folder), {"FEED_KEY": "k"}))
    assert "THIS" not in found, "what a comment names is not used"
    assert len(found) == len(set(found))
