"""Telling a person of a night, and a dead man's switch that it ran: neither can make the night fail."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from curate.app.doors import user_agent
from curate.app.exit_codes import ExitCode
from curate.app.run_night import NightDone
from curate.app.services.send import Sent, find_service, send_text
from curate.config.schema import Config
from curate.delivery.alerts import Alerts, AlertState, Condition, Trouble, find_due
from curate.delivery.services import ServiceMessage
from curate.domain.errors import ArchiveError, ConfigError, CurateError, FetchError
from curate.domain.message import Message, message
from curate.domain.model import UNREAD, Failure
from curate.domain.serialization import from_json, to_json
from curate.fetch.outgoing.http import ask_service
from curate.i18n.catalogue import failure_of, say, say_failure
from curate.storage.generated import GeneratedFolder

STATE = "alerts.json"  # in output/
NEVER_ASKED = ("waiting", "gone")  # of a source: it failed so often that it is left alone


def conditions_of(done: NightDone, status: ExitCode) -> list[Condition]:
    """What is to be said of a night that came to its end."""
    found = []
    outcomes = done.night.outcomes
    failed = [outcome for outcome in outcomes if outcome.status in UNREAD]
    if issue := done.night.issue:
        digest = issue.digest
        items = sum(len(section.items) for section in digest.sections)
        counts = {"items": items, "sources": len(outcomes) - len(failed), "failed": len(failed)}
        said = message("alerts.issue", number=digest.number, title=digest.lead.title, **counts)
        found.append(Condition("issue", said))
    elif status not in (ExitCode.OK, ExitCode.NOTHING_NEW):
        found.append(Condition("failure", message(f"alerts.status.{int(status)}"), f"status {int(status)}"))
    for outcome in outcomes:
        if outcome.status in NEVER_ASKED:
            failure = Failure(outcome.source, outcome.reason, outcome.hint, message=outcome.message)
            found.append(Condition("health", failure, f"source {outcome.source}"))
    return found


def condition_of_error(error: CurateError) -> Condition:
    """What is to be said of a night that could not be run."""
    failure = error.as_failure("feeds.yaml" if isinstance(error, ConfigError) else "curate run")
    failure = replace(failure, reason=failure.reason.partition("\n")[0])  # of many mistakes the first
    return Condition("failure", failure, f"error {type(error).__name__}")


def alert(
    config: Config, folder: Path, conditions: Sequence[Condition], environ: Mapping[str, str], now: datetime
) -> list[Sent]:
    """Tell what is due to the services that `notify` names; what they answered. What was told is remembered where at
    least one of them took it."""
    settings = config.notify
    if not settings.to:
        return []
    place = GeneratedFolder(folder / "output")
    today = now.astimezone(config.account.zone).date()
    wanted = [each for each in conditions if each.kind in settings.on]
    alerts = find_due(wanted, _read_state(place), today)
    text = _write(alerts, config, today)
    sent = []
    if text:
        said = ServiceMessage(config.account.name, text)
        sent = [_send(config, name, said, environ) for name in settings.to]
    if not text or any(one.taken for one in sent):
        place.put(STATE, to_json(alerts.state))
    return sent


def ping_switch(config: Config, environ: Mapping[str, str], suffix: str, words: str = "") -> str:
    """Tell the dead man's switch that the night begins ("start"), is over (""), or failed ("fail"): Healthchecks' convention.
    Why it could not be told; "" where it could, or where there is none."""
    url = environ.get(config.notify.ping_env, "").strip() if config.notify.ping_env else ""
    if not url:
        return ""
    address = "/".join(filter(None, (url.rstrip("/"), suffix)))
    try:
        agent = user_agent(config.network.contact)
        status, _ = ask_service("POST", address, words.encode()[:10_000], {}, config.network, agent)
    except FetchError as e:
        return failure_of("ping", e, config.account.language).reason
    return "" if status == 200 else f"HTTP {status}"


def _send(config: Config, name: str, said: ServiceMessage, environ: Mapping[str, str]) -> Sent:
    try:
        return send_text(config, find_service(config, name), said, environ, time.time())
    except ConfigError as e:
        return Sent(name, 0, 1, failure_of(name, e, config.account.language).reason)


def _read_state(place: GeneratedFolder) -> AlertState:
    stored = place.read(STATE)
    try:
        return from_json(AlertState, stored) if stored else AlertState()
    except ArchiveError:  # of another version, or cut short: what is wrong is told again
        return AlertState()


def _write(alerts: Alerts, config: Config, today: date) -> str:
    """What is told, a paragraph each; "" where nothing is."""
    names = {f"source {source.id}": source.name for source in config.sources}
    told = [_paragraph(condition, nights, names, config) for condition, nights in alerts.told]
    told += [say(_over(key, trouble, names), config.account.language) for key, trouble in alerts.over]
    if not told:
        return ""
    head = say(
        message("alerts.head", account=config.account.name, day=today.isoformat()), config.account.language
    )
    return "\n\n".join((head, *told))


def _paragraph(condition: Condition, nights: int, names: Mapping[str, str], config: Config) -> str:
    language = config.account.language
    if isinstance(condition.said, Message):
        words = say(condition.said, language)
    else:
        failure = say_failure(condition.said, language)
        name = names.get(condition.key, failure.subject)
        said = say(message("alerts.failed", name=name, reason=failure.reason), language)
        words = "\n".join(filter(None, (said, failure.hint)))
    return f"{words}\n{say(message('alerts.nights', n=nights), language)}" if nights > 1 else words


def _over(key: str, trouble: Trouble, names: Mapping[str, str]) -> Message:
    name: str | Message = names.get(key, "") or message("alerts.run")
    return message("alerts.over", name=name, n=trouble.nights)
