"""A night of an account: read, judged, put in place, reported; then the collections and the site that follow."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from curate import __version__
from curate.app.account import OpenAccount
from curate.app.answers.table import store_counts
from curate.app.collect import CollectionMade, make_due_collections
from curate.app.doors import open_doors
from curate.app.edit_issue import Publication, publish_behind
from curate.app.engine.open_engine import open_engine, with_engine
from curate.app.exit_codes import ExitCode
from curate.app.issue.links import name_run
from curate.app.secrets import redact
from curate.app.site import is_behind, refresh_site
from curate.domain.model import Failure, Outcome, Stage
from curate.domain.run_report import Report, tell_verdicts
from curate.domain.serialization import to_json
from curate.i18n.catalogue import say_in
from curate.pipeline.nightly import Night, night
from curate.pipeline.ports import Watch
from curate.render.run_report import report_page
from curate.storage.output import folder_of


class StageRecord(Watch, Protocol):
    """A watch that keeps what it timed, for the report."""

    @property
    def stages(self) -> Sequence[Stage]: ...


@dataclass(frozen=True, slots=True)
class NightDone:
    """A night, and all that followed from it."""

    night: Night
    place: Path | None  # the issue's folder, where there is one
    report: Report
    page: Path  # of the report
    mended: tuple[Publication, ...]  # issues whose folders were behind after a crash
    collections: tuple[CollectionMade, ...]
    site: Failure | None  # why the site could not follow


def run_night(
    account: OpenAccount,
    watch: StageRecord,
    now: datetime,
    outcomes: Mapping[str, Outcome] = MappingProxyType({}),
) -> NightDone:
    """Run one night in an account that is held and recovered. `outcomes`: of what a fleet has read for it, by
    its sources' ids."""
    output = account.output
    mended = publish_behind(account)
    store_counts(account, now.astimezone(account.config.account.zone).date())
    config, doors = account.config, open_doors(account, now, outcomes=outcomes)
    with open_engine(config.engine, say_in(config.account.language)) as engine:
        done = night(config, with_engine(doors, engine, config, now), watch, now)
    place = _publish(done, account)
    report = _report(done, place, account, watch, now)
    page = output.report(report.id, _report_files(report, account))
    today = min(now, datetime.now(UTC))  # a --now ahead of the clock takes nothing away
    output.prune(today - account.config.output.keep, report.id)
    collections = make_due_collections(account, now)
    is_due = place or any(each.place for each in collections) or is_behind(account)
    site = refresh_site(account) if is_due else None
    return NightDone(done, place, report, page, mended, collections, site)


def status_of(done: NightDone) -> ExitCode:
    """The exit status of a night."""
    if done.night.issue:
        return ExitCode.OK
    if done.night.refused:
        return ExitCode.NO_OUTPUT
    return ExitCode.NO_SOURCE if done.night.unread else ExitCode.NOTHING_NEW


def _publish(done: Night, account: OpenAccount) -> Path | None:
    """Put the issue in place, then remember it: in this order a crash repeats work and loses none."""
    issue = done.issue
    if issue is None:
        return None
    account.archive.desk.keep_offers(issue.digest.number, done.offers)
    name = folder_of(issue.digest)
    place = account.output.publish(issue, name)
    account.archive.record(issue.digest, name)
    return place


def _report(
    done: Night, place: Path | None, account: OpenAccount, watch: StageRecord, now: datetime
) -> Report:
    told = tell_verdicts(done.verdicts, say_in(account.config.account.language))
    return Report(
        id=name_run(now, os.getpid()),
        started=now,
        version=__version__,
        stages=tuple(watch.stages),
        outcomes=done.outcomes,
        verdicts=told.verdicts,
        failures=(*done.failures, *done.refused),
        issue=place.name if place else "",
        number=done.issue.digest.number if done.issue else 0,
        untold=told.untold,
    )


def _report_files(report: Report, account: OpenAccount) -> Mapping[str, bytes]:
    files = {
        ".json": to_json(report),
        ".html": report_page(report, account.config, account.templates),
    }
    return {suffix: redact(data.decode()).encode() for suffix, data in files.items()}
