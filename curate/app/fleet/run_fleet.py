"""A fleet's night: one reading for all accounts whose turn it is, then the night of each."""

from __future__ import annotations

import time as clock
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from curate.app.engine.base import IN_PROCESS, Engine
from curate.app.engine.open_engine import open_engine
from curate.app.exit_codes import ExitCode
from curate.app.fleet.home import FleetHome
from curate.app.fleet.load import LoadedAccount, LoadedFleet, load_accounts
from curate.app.fleet.night import DONE, NightResult, make_task, run_account, shared_web
from curate.app.fleet.read_web import read_web
from curate.config.fleet.schema import Fleet
from curate.config.network_schema import EngineSettings
from curate.domain.model import Outcome
from curate.i18n.catalogue import say_in
from curate.pipeline.ports import Watch
from curate.storage.fleet.nights import AccountNight, FleetNights, NightTroubles

WEB = ""  # the account that the reading is kept under


@dataclass(frozen=True, slots=True)
class FleetDone:
    """What became of the accounts, and of the sources by their names in the web."""

    nights: tuple[NightResult, ...]
    outcomes: Mapping[str, Outcome]


def due_time(fleet: Fleet, account: LoadedAccount, now: datetime) -> datetime:
    """The last time of the account's schedule that is not after `now`."""
    zone = account.config.account.zone
    at = time.fromisoformat(fleet.times.get(account.folder.name) or fleet.times.get(account.name) or fleet.at)
    today = now.astimezone(zone).date()
    moments = (datetime.combine(today - timedelta(days=back), at, tzinfo=zone) for back in (0, 1, 2))
    return next(moment.astimezone(UTC) for moment in moments if moment <= now)


def run_fleet(
    home: FleetHome,
    environ: Mapping[str, str],
    watch: Watch,
    now: datetime,
    *,
    is_due: bool = False,
    names: Collection[str] = (),
    processes: int = 0,
) -> FleetDone:
    """Run the nights of all accounts, or of those of these `names`; with `is_due`, of those alone whose time has come."""
    loaded = load_accounts(home, environ, names)
    nights = FleetNights(shared_web(home.folder))
    failed = tuple(_keep_unread(name, reason, nights, now) for name, reason in loaded.failures.items())
    planned = list(_plan(home.fleet, loaded, nights, now, is_due=is_due))
    if not planned:
        return FleetDone(failed, {})
    settings = EngineSettings(processes=processes) if processes else home.fleet.engine
    with open_engine(settings, say_in("zh")) as engine:
        read = read_for(home, [account for account, _ in planned], watch, now, nights, engine=engine)
        tasks = [make_task(home.folder, account, due, now, read) for account, due in planned]
        with watch.stage("accounts", len(tasks)) as counter:
            done = []
            for result in engine.as_completed(run_account, tasks):
                done.append(result)
                counter.advance()
    nights.forget(now - home.fleet.keep)
    return FleetDone((*failed, *sorted(done, key=lambda each: each.night.account)), read)


def read_for(
    home: FleetHome,
    accounts: Sequence[LoadedAccount],
    watch: Watch,
    now: datetime,
    nights: FleetNights,
    *,
    everyone: bool = False,
    engine: Engine = IN_PROCESS,
) -> dict[str, Outcome]:
    """Read the web for these accounts; what it cost is kept as the night of no account."""
    began = clock.process_time(), clock.perf_counter()
    shared = [source for account in accounts for source in account.shared]
    night = AccountNight(WEB, now, datetime.now(UTC))
    web = shared_web(home.folder)
    read = read_web(shared, home.fleet.network, web, watch, now, everyone=everyone, engine=engine)
    cpu, wall = clock.process_time() - began[0], clock.perf_counter() - began[1]
    ended = datetime.now(UTC)
    nights.keep(
        AccountNight(
            WEB, night.due, night.started, ended, int(ExitCode.OK), "", round(cpu, 3), round(wall, 3)
        )
    )
    return read


def _plan(
    fleet: Fleet, loaded: LoadedFleet, nights: FleetNights, now: datetime, *, is_due: bool
) -> Iterator[tuple[LoadedAccount, datetime]]:
    for account in loaded.accounts:
        due = due_time(fleet, account, now) if is_due else now
        earlier = nights.find(account.name, due) if is_due else None
        is_over = earlier is not None and earlier.ended is not None and earlier.status in DONE
        if not is_over and now - due < fleet.late:
            yield account, due


def _keep_unread(name: str, reason: str, nights: FleetNights, now: datetime) -> NightResult:
    night = AccountNight(name, now, now, now, int(ExitCode.INVALID), troubles=NightTroubles(reason))
    nights.keep(night)
    return NightResult(night)
