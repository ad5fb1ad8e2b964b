"""What the editor chose in earlier issues, and what is learnt from it for tonight."""

from __future__ import annotations

from collections.abc import Mapping

from curate.config.schema import Config
from curate.desk.apply import apply_edits
from curate.desk.history import history
from curate.desk.preferences import LOOKING, decisions_of
from curate.domain.decisions import Decision
from curate.ranking.editor_preferences import Preferences, learn_preferences
from curate.storage import Archive


def read_decisions(archive: Archive, config: Config) -> list[Decision]:
    """The decisions of the newest issues that the editor has looked through. They are made of the logs once for each
    revision, so that a night reads one log, and asks for the others in one query."""
    for number in archive.choices.behind():
        edited = archive.desk.read(number)
        if edited is None:
            continue
        edits = history(edited.events).edits
        is_looked_through = bool(edits) and any(each.origin in LOOKING for each in edited.log)
        draft = apply_edits(edited.machine, edits, config.topics)
        found = decisions_of(draft, edits, archive.desk.offers(number)) if is_looked_through else ()
        archive.choices.keep(number, edited.revision, found)
    return archive.choices.newest()


def editor_preferences(archive: Archive, config: Config) -> Preferences:
    """What is learnt from the editor's choices, without what was taken back."""
    decisions = read_decisions(archive, config)
    return learn_preferences(decisions, archive.choices.list_forgotten())


def name_levels(config: Config) -> Mapping[tuple[str, str], str]:
    """What topics and sources are called, by factor and id."""
    topics = {("topic", topic.id): topic.name for topic in config.topics}
    return topics | {("source", source.id): source.name for source in config.sources}
