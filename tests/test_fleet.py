"""A fleet's night: each account's issue is what it would make alone, and every shared source is asked once."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from curate.app.fleet.home import find_home, read_home
from curate.app.fleet.load import load_accounts
from curate.app.fleet.night import NightTask, make_task, run_account, shared_web
from curate.app.fleet.run_fleet import due_time, run_fleet
from curate.app.run_night import run_night
from curate.cli.main import run
from curate.cli.terminal.console import Console
from curate.config.fleet.load import parse_fleet
from curate.config.fleet.schema import Fleet
from curate.demo import Server, nights
from curate.domain.errors import ConfigError
from curate.storage.fleet.nights import FleetNights
from tests.demo_account import NOW, few_sources, lay_out

NIGHT = nights(NOW)[1]
QUIET = Console(quiet=True)


def rename(prefix: str, weight: float = 1.0) -> Callable[[str], str]:
    """The account with its own ids, names and weights of the sources."""

    def edit(text: str) -> str:
        config = yaml.safe_load(few_sources(text))
        for n, source in enumerate(config["sources"]):
            source |= {"id": f"{prefix}{n}", "name": f"{prefix}的{source['name']}", "weight": weight}
        return str(yaml.safe_dump(config, allow_unicode=True))

    return edit


@pytest.fixture
def home(tmp_path: Path, demo_web: Server) -> Path:
    """A fleet of two accounts that read the same, each in its own words."""
    top = tmp_path / "fleet"
    lay_out(top / "accounts/one", demo_web, edit=rename("甲"))
    lay_out(top / "accounts/two", demo_web, edit=rename("乙", 2.0))
    (top / "fleet.yaml").write_text("")
    return top


def files(account: Path) -> dict[str, bytes]:
    issues = account / "output/issues"
    return {p.relative_to(issues).as_posix(): p.read_bytes() for p in issues.rglob("*") if p.is_file()}


def fleet_run(home: Path, *words: str, now: datetime = NIGHT) -> int:
    return run(["fleet", "run", "-C", str(home), "--now", now.isoformat(), *words])


@pytest.mark.slow
def test_each_account_makes_the_issue_that_it_would_make_alone(
    home: Path, tmp_path: Path, demo_web: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: Counter[str] = Counter()
    handle = count_requests(monkeypatch, asked)
    assert fleet_run(home) == 0
    documents = {url: n for url, n in asked.items() if url in handle()}
    assert documents
    assert set(documents.values()) == {1}
    for name, edit in (("one", rename("甲")), ("two", rename("乙", 2.0))):
        alone = lay_out(tmp_path / "alone" / name, demo_web, edit=edit)
        assert run(["run", "-C", str(alone), "--now", NIGHT.isoformat()]) == 0
        assert files(home / "accounts" / name) == files(alone)


def count_requests(patch: pytest.MonkeyPatch, asked: Counter[str]) -> Callable[[], set[str]]:
    """Count what the fleet's door is asked; the answer tells which addresses are documents of shared sources."""
    from curate.app.engine import open_engine
    from curate.app.engine.share_answers import share_answers as share

    documents = set[str]()

    def counted(fetch):  # type: ignore[no-untyped-def]
        def ask(requests):  # type: ignore[no-untyped-def]
            for request in requests:
                asked[request.url] += 1
                documents.add(request.url)
            return fetch(requests)

        return share(ask)

    patch.setattr(open_engine, "share_answers", counted)
    return lambda: documents


def test_an_account_that_cannot_be_read_stops_no_other(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "accounts/one/feeds.yaml").write_text("account: {nam: x}\n")
    assert fleet_run(home) == 1
    assert files(home / "accounts/two")
    capsys.readouterr()
    assert run(["fleet", "report", "-C", str(home), "--json"]) == 1
    lines = {line["account"]: line for line in json.loads(capsys.readouterr().out)["accounts"]}
    assert "feeds.yaml:1" in lines["accounts/one"]["reason"]
    assert lines["accounts/two"]["issue"]


def test_a_command_in_an_account_s_folder_works_inside_the_fleet(home: Path) -> None:
    one = home / "accounts/one"
    assert find_home(one, os.environ) is not None
    assert run(["run", "-C", str(one), "--now", NIGHT.isoformat()]) == 0
    assert (home / "web.db").exists()
    assert fleet_run(home, "two", now=NIGHT + timedelta(minutes=5)) == 0
    assert run(["search", "-C", str(one), "的"]) == 0


def test_a_night_that_is_done_is_not_run_again_for_the_same_time(home: Path) -> None:
    found = read_home(home, os.environ)
    account = load_accounts(found, os.environ, ["one"]).accounts[0]
    due = due_time(found.fleet, account, NIGHT)
    first = run_fleet(found, os.environ, QUIET, NIGHT, is_due=True, names=["one"])
    assert [each.night.due for each in first.nights] == [due]
    later = NIGHT + timedelta(minutes=5)
    assert run_fleet(found, os.environ, QUIET, later, is_due=True, names=["one"]).nights == ()
    again = run_account(make_task(found.folder, account, due, later, {}))
    assert not again.is_ours
    assert again.night.issue == first.nights[0].night.issue


def test_a_night_killed_after_its_issue_is_known_to_be_done(home: Path) -> None:
    found = read_home(home, os.environ)
    account = load_accounts(found, os.environ, ["one"]).accounts[0]
    task = NightTask(found.folder, account, NIGHT, NIGHT, {})
    done = run_account(task).night
    nights_ = FleetNights(shared_web(found.folder))
    nights_.keep(type(done)(done.account, done.due, done.started))  # as a kill leaves it
    again = run_account(task._replace(now=NIGHT + timedelta(hours=1)))
    assert (again.is_ours, again.night.issue, again.night.status) == (False, done.issue, 0)


def test_one_bug_is_one_account_s(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = read_home(home, os.environ)

    def fail(account, *rest):  # type: ignore[no-untyped-def]
        if account.folder.name == "one":
            raise ZeroDivisionError
        return run_night(account, *rest)

    monkeypatch.setattr("curate.app.fleet.night.run_night", fail)
    done = run_fleet(found, os.environ, QUIET, NIGHT)
    assert [each.night.status for each in done.nights] == [70, 0]


def test_an_account_leaves_with_all_that_it_had(home: Path) -> None:
    assert fleet_run(home) == 0
    before = files(home / "accounts/one")
    assert run(["fleet", "leave", "-C", str(home), "one"]) == 0
    moved = (home / "accounts/one").rename(home.parent / "one")
    assert find_home(moved, os.environ) is None
    assert run(["run", "-C", str(moved), "--now", (NIGHT + timedelta(minutes=5)).isoformat()]) == 3
    assert files(moved) == before


@pytest.mark.parametrize(
    ("zone", "at", "now", "due"),
    [
        ("Asia/Shanghai", "06:00", "2026-11-30T22:00+00:00", "2026-11-30T22:00+00:00"),
        ("Asia/Shanghai", "06:00", "2026-11-30T21:59+00:00", "2026-11-29T22:00+00:00"),
        ("America/New_York", "06:00", "2026-11-30T12:00+00:00", "2026-11-30T11:00+00:00"),
        (
            "Europe/Berlin",
            "02:30",
            "2026-03-29T05:00+00:00",
            "2026-03-29T01:30+00:00",
        ),  # an hour that is not there
    ],
)
def test_each_account_runs_at_the_time_of_its_own_zone(
    home: Path, zone: str, at: str, now: str, due: str
) -> None:
    account = load_accounts(read_home(home, os.environ), os.environ, ["one"]).accounts[0]
    shape = account.config.model_copy(
        update={"account": account.config.account.model_copy(update={"timezone": zone})}
    )
    moved = type(account)(account.name, account.folder, shape, account.redactor, ())
    fleet = Fleet(times={"one": at})
    assert due_time(fleet, moved, datetime.fromisoformat(now)) == datetime.fromisoformat(due).astimezone(UTC)


@pytest.fixture(params=["zh", "en"])
def page(request: pytest.FixtureRequest) -> str:
    return (Path(__file__).parents[1] / f"docs/{request.param}/fleet.md").read_text("utf-8")


def test_every_key_of_fleet_yaml_is_documented(page: str) -> None:
    assert all(f"| `{key}` |" in page for key in Fleet.model_fields)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("at: 25:00\n", "fleet.yaml:1:1: at: "),
        ("\nnetwrk: {}\n", "fleet.yaml:2:1: netwrk: "),
        ("database: nowhere\n", "fleet.yaml:1:1: database: "),
        ("database: '${NO_SUCH_NAME}'\n", "NO_SUCH_NAME"),
    ],
)
def test_a_mistake_in_fleet_yaml_is_told_with_its_line(text: str, told: str) -> None:
    with pytest.raises(ConfigError) as failed:
        parse_fleet(text, {})
    assert told in failed.value.problems[0]


def test_a_time_of_day_may_stand_without_quotes() -> None:
    assert parse_fleet("at: 7:30\ntimes: {one: 06:05}\n", {}).times == {"one": "06:05"}
    assert parse_fleet("at: 7:30\n", {}).at == "07:30"


@pytest.mark.slow
def test_the_five_commands_of_the_document_set_a_fleet_up(
    page: str, tmp_path: Path, demo_web: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = page.split("```sh\n")[1].split("```")[0].strip().splitlines()
    assert len(lines) == 5
    monkeypatch.chdir(tmp_path)
    (tmp_path / "matrix").mkdir()
    monkeypatch.chdir(tmp_path / "matrix")
    assert lines[0] == "mkdir matrix && cd matrix && touch fleet.yaml"
    Path("fleet.yaml").touch()
    for line in lines[1:]:
        program, *words = line.split()
        assert program == "curate"
        assert run(words) == 0, line
        for made in Path().glob("accounts/*/feeds.yaml"):  # what `curate init` lays down reads the network
            if demo_web.proxy not in made.read_text("utf-8"):
                lay_out(made.parent, demo_web, datetime.now(UTC), edit=few_sources)
    assert {path.parts[1] for path in Path().glob("accounts/*/output/issues/*")} == {"tech", "books"}
