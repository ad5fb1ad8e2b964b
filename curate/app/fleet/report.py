"""What an operator wants to know of a fleet: who has an issue, what it cost, which sources trouble whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from curate.app.exit_codes import ExitCode
from curate.app.fleet.home import FleetHome
from curate.app.fleet.load import LoadedAccount, load_accounts
from curate.app.fleet.night import shared_web
from curate.app.fleet.run_fleet import WEB, due_time
from curate.storage.fleet.nights import AccountNight, FleetNights

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account. `status` is None where it never ran, -1 while it runs; `next_run` in its own zone, None where its
    feeds.yaml has mistakes, which `reason` tells then; `cpu` and `wall` in seconds."""

    account: str
    next_run: datetime | None
    sources: int
    shared: int
    ran: datetime | None = None
    status: int | None = None
    issue: str = ""
    reason: str = ""
    cpu: float = 0.0
    wall: float = 0.0


@dataclass(frozen=True, slots=True)
class SharedTrouble:
    """What is wrong with sources: the reason, and each account with its own id of the source."""

    reason: str
    accounts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FleetReport:
    """A fleet as it is. `sources`: different ones; `shared`: those that more than one account has."""

    accounts: tuple[AccountLine, ...]
    troubles: tuple[SharedTrouble, ...]
    sources: int
    shared: int
    reading_cpu: float  # seconds, of the last reading for all
    reading_wall: float


def make_report(home: FleetHome, environ: Mapping[str, str], now: datetime) -> FleetReport:
    """Look at all accounts of a fleet."""
    loaded, last = load_accounts(home, environ), FleetNights(shared_web(home.folder)).newest()
    reading = last.get(WEB)
    names: defaultdict[str, set[str]] = defaultdict(set)
    for account in loaded.accounts:
        for each in account.shared:
            names[each.source.id].add(account.name)
    lines = [_line(account, home, last.get(account.name), now) for account in loaded.accounts]
    invalid = int(ExitCode.INVALID)
    lines += [AccountLine(n, None, 0, 0, status=invalid, reason=r) for n, r in loaded.failures.items()]
    private = sum(line.sources - line.shared for line in lines)
    return FleetReport(
        tuple(sorted(lines, key=lambda line: line.account)),
        _list_troubles(last),
        len(names) + private,
        sum(len(accounts) > 1 for accounts in names.values()),
        reading.cpu if reading else 0.0,
        reading.wall if reading else 0.0,
    )


def _line(account: LoadedAccount, home: FleetHome, night: AccountNight | None, now: datetime) -> AccountLine:
    zone = account.config.account.zone
    sources = sum(source.enabled for source in account.config.sources)
    coming = (due_time(home.fleet, account, now) + _DAY).astimezone(zone)
    line = AccountLine(account.name, coming, sources, len(account.shared))
    if night is None:
        return line
    return AccountLine(
        account.name,
        coming,
        sources,
        len(account.shared),
        night.started.astimezone(zone),
        night.status,
        night.issue,
        night.troubles.reason,
        night.cpu,
        night.wall,
    )


def _list_troubles(last: Mapping[str, AccountNight]) -> tuple[SharedTrouble, ...]:
    """The sources that could not be read, by what is wrong with them; what troubles most accounts first."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, night in last.items():
        for trouble in night.troubles.sources:
            found[trouble.reason].append((name, trouble.source))
    rows = [SharedTrouble(reason, tuple(accounts)) for reason, accounts in found.items()]
    return tuple(sorted(rows, key=lambda row: (-len(row.accounts), row.reason)))
