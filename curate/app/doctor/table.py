"""TABLE `CHECKS`: all that the doctor looks at, in the order in which it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from curate.app.doctor import machine, network, own, schedule
from curate.app.doctor.model import CheckResult, Diagnosis, DoctorCheck, Place
from curate.domain.errors import CurateError
from curate.domain.message import message, text
from curate.i18n.catalogue import failure_of

CHECKS: tuple[DoctorCheck, ...] = (
    DoctorCheck("feeds", own.look_at_feeds, own.judge_feeds, needs_settings=False),
    DoctorCheck("version", machine.look_at_versions, machine.judge_versions),
    DoctorCheck("clock", machine.look_at_clock, machine.judge_clock),
    DoctorCheck("disk", machine.look_at_disk, machine.judge_disk, needs_settings=False),
    DoctorCheck("rights", machine.look_at_rights, machine.judge_rights, needs_settings=False),
    DoctorCheck("fonts", machine.look_at_typeface, machine.judge_typeface),
    DoctorCheck("database", own.look_at_database, own.judge_database),
    DoctorCheck("schedule", schedule.look_at_schedule, schedule.judge_schedule),
    DoctorCheck("proxy", network.look_at_proxies, network.judge_proxies),
    DoctorCheck("dns", network.look_at_names, network.judge_names, asks_network=True),
    DoctorCheck(
        "sources",
        lambda place: (place.now, own.look_at_sources(place)),
        lambda found: own.judge_sources(*found),
    ),
    DoctorCheck("services", network.look_at_services, network.judge_services),
    DoctorCheck("platform", network.look_at_platform, network.judge_platform),
)


def examine(place: Place) -> Iterator[CheckResult]:
    """Make every check that can be made, and say of the others why not."""
    for check in CHECKS:
        if check.needs_settings and place.settings is None:
            yield CheckResult(check.name, Diagnosis("skipped", message("doctor.without feeds")))
        elif check.asks_network and place.offline:
            yield CheckResult(check.name, Diagnosis("skipped", message("doctor.offline")))
        else:
            yield from map(partial(CheckResult, check.name), _make(check, place))


def _make(check: DoctorCheck, place: Place) -> list[Diagnosis]:
    """What a check finds; that it could not look is a finding too, and stops no other."""
    try:
        return list(check.judge(check.look(place)))
    except OSError as e:
        why = ": ".join(filter(None, (str(e.filename or ""), e.strerror or str(e))))
        return [Diagnosis("fail", message("doctor.closed", why=why), message("doctor.closed.hint"))]
    except CurateError as e:
        told = failure_of("", e, place.config.account.language if place.settings else "zh")
        return [Diagnosis("fail", text(told.reason), text(told.hint) if told.hint else None)]
