"""What the editor keeps and drops, as points: the shrunk effects of a story's topic and source, in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from curate.config.schema import OTHER
from curate.domain.message import Message, all_of, message
from curate.domain.model import Reason

if TYPE_CHECKING:
    from curate.ranking.editor_preferences import Preference, Preferences

Names = Mapping[tuple[str, str], str]  # "topic" or "source", and its id -> what it is called

EDITOR = "editor"  # the signal's name

# Points for one of log-odds. What is kept three times in four where others are kept nine times in ten has lost one of
# them: nearly as much as a source of the usual weight brings.
UNIT = 0.4
# Less than freshness: what happened must be able to outdo a habit.
MOST = 0.8


def preference_reason(known: Preferences, topic: str, source: str, names: Names) -> Reason:
    """Points of what is evident about this topic and this source, and why; 0 and no message where nothing is. `names`:
    what topics and sources are called."""
    found = [each for each in (known.evident("topic", topic), known.evident("source", source)) if each]
    return _reason(found, names) if found else Reason(EDITOR, 0.0)


def evident_rules(known: Preferences, names: Names) -> list[tuple[Preference, Reason]]:
    """All that the signal would say tonight, the weightiest first."""
    found = [(each, _reason([each], names)) for each in known.levels.values() if each.is_evident]
    return sorted(found, key=lambda pair: -abs(pair[1].points))


def _reason(found: Sequence[Preference], names: Names) -> Reason:
    points = sum(UNIT * each.log_odds for each in found)
    return Reason(
        EDITOR, max(-MOST, min(points, MOST)), message=all_of(_describe(each, names) for each in found)
    )


def _describe(preference: Preference, names: Names) -> Message:
    """A preference with the counts that it comes from."""
    level = (preference.factor, preference.level)
    kind = "keeps" if preference.log_odds > 0 else "drops"
    return message(
        f"editor.{kind}.{preference.factor}",
        name=message("other") if level == ("topic", OTHER) else names.get(level, preference.level),
        issues=preference.issues,
        count=preference.taken if kind == "keeps" else preference.offered - preference.taken,
        offered=preference.offered,
    )
