"""One reading for all accounts of a fleet: every source that several of them name is asked once, and kept once.

What only one account may see is left to its own night, with its own secrets.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from curate.app.engine.base import IN_PROCESS, Engine
from curate.app.engine.open_engine import document_reader
from curate.app.fleet.member import identify
from curate.app.secrets import own_secrets
from curate.config.network_schema import Network
from curate.config.schema import Account, Config, Source
from curate.domain.errors import ArchiveError
from curate.domain.model import Outcome, Page
from curate.i18n.catalogue import say
from curate.pipeline.ports import Watch
from curate.pipeline.reading.ingest import ingest
from curate.sources import addresses
from curate.storage import Archive, Health
from curate.storage.fleet.completions import take_completions

_WAIT = 1.0  # seconds between two looks whether another machine has read the web
_PATIENCE = 120.0  # seconds beyond the deadline of a reading


class SharedSource(NamedTuple):
    """A source under the web's name, and the settings of the network that its accounts ask it with."""

    source: Source
    network: Network


def list_shared(config: Config, name: str) -> list[SharedSource]:
    """What an account brings to the web: its enabled sources but for those that are its alone."""
    found = identify(config, name)
    return [
        SharedSource(_rename(source, found[source.id].name), config.network)
        for source in config.sources
        if source.enabled and not found[source.id].is_private
    ]


def read_web(
    shared: Iterable[SharedSource],
    network: Network,
    web: Archive,
    watch: Watch,
    now: datetime,
    *,
    everyone: bool = False,
    engine: Engine = IN_PROCESS,
) -> dict[str, Outcome]:
    """Ask what is due; the outcome of each source by the web's name. `network`: the fleet's own settings; `engine`: what
    does it, where it is not done here.

    Where another machine is reading, its reading is waited for, and serves.
    """
    once = {each.source.id: each for each in shared}
    with own_secrets(), _hold(web, network.deadline) as waited:
        take_completions(web.engine)
        done = _list_done(once.values(), web.health(), now, network.fresh) if waited else {}
        groups = _group(each for name, each in once.items() if name not in done)
        for one, sources in groups:
            config = _make_config(sources, one, network)
            ask = document_reader(engine, config, now, web)
            read = ingest(config, ask, _no_folder, web, watch, now, network.fresh, everyone=everyone)
            done |= {outcome.source: outcome for outcome in read}
    return done


def outcomes_for(config: Config, name: str, read: Mapping[str, Outcome]) -> dict[str, Outcome]:
    """What was read, as an account's own night has it: by its own ids, in its language."""
    language = config.account.language
    found = {}
    for source, identity in identify(config, name).items():
        if (outcome := read.get(identity.name)) and not identity.is_private:
            words = (say(outcome.message, language) or outcome.reason, say(outcome.advice, language))
            found[source] = replace(outcome, source=source, reason=words[0], hint=words[1] or outcome.hint)
    return found


def _rename(source: Source, name: str) -> Source:
    """The source as the web reads it, whoever names it how."""
    return source.model_copy(update={"id": name, "name": "", "weight": 1.0, "topic": None, "site": None})


def _group(shared: Iterable[SharedSource]) -> list[tuple[Network, list[Source]]]:
    """The sources by what of their accounts' settings changes how they are asked."""
    groups: dict[tuple[object, ...], tuple[Network, list[Source]]] = {}
    for source, network in shared:
        key = (network.proxy, network.allow_private, network.rsshub)
        groups.setdefault(key, (network, []))[1].append(source)
    return list(groups.values())


def _make_config(sources: Sequence[Source], own: Network, fleet: Network) -> Config:
    asked = {"proxy": own.proxy, "allow_private": own.allow_private, "rsshub": own.rsshub}
    network = fleet.model_copy(update=asked)
    account = Account(name="fleet")
    return Config.model_construct(
        account=account, topics=(), sources=tuple(sources), network=network, channels=()
    )


def _list_done(
    shared: Iterable[SharedSource],
    states: Mapping[tuple[str, str], Health],
    now: datetime,
    fresh: timedelta,
) -> dict[str, Outcome]:
    """What another machine has asked meanwhile, well or not."""
    found = {}
    for source, network in shared:
        known = [states.get((source.id, url)) for url in addresses(source, network)]
        asked = [state for state in known if state and state.asked and now - state.asked < fresh]
        if known and len(asked) == len(known):
            failed = next((state for state in asked if state.failures), None)
            found[source.id] = _tell_failure(source.id, failed) if failed else Outcome(source.id, "recent")
    return found


def _tell_failure(name: str, state: Health) -> Outcome:
    return Outcome(
        name,
        "failed",
        reason=state.reason,
        hint=state.hint,
        reached=bool(state.status),
        message=state.message,
        advice=state.advice,
    )


def _no_folder(name: str) -> list[Page]:
    return []


@contextmanager
def _hold(web: Archive, deadline: float) -> Iterator[bool]:
    """Hold the web for one reading; True where another machine's had to be waited for. ArchiveError after a long wait."""
    end, waited = time.monotonic() + deadline + _PATIENCE, False
    while True:
        held = web.hold()
        try:
            held.__enter__()
        except ArchiveError:
            if time.monotonic() > end:
                raise
            waited = True
            time.sleep(_WAIT)
            continue
        break
    try:
        yield waited
    finally:
        held.__exit__(None, None, None)
