"""What readers did, as points: the shrunk effects of a story's topic and source, in words with their uncertainty."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from curate.config.schema import OTHER, Source
from curate.domain.message import Message, all_of, message
from curate.domain.model import Reason

if TYPE_CHECKING:
    from curate.audience.effects import Effect
    from curate.audience.evidence import Evidence

READERS = "readers"  # the signal's name

# A topic that is passed on twice as often gains this: less than freshness, more than a source of weight 2. It is the
# shrunk effect that counts, so few pushes give little.
UNIT = 0.6
# Followers lost weigh as much as pieces passed on: a share brings one reader, a follower lost takes one away.
LEAVING_UNIT = 0.6
# Who asks for an item reads it; whether it is passed on is another matter.
REQUESTS_UNIT = 0.3
MOST = 1.0


def learnt(evidence: Evidence, topic: str, source: str, sources: Mapping[str, Source]) -> Reason:
    """Points of what is evident about this topic and this source, and why; 0 and no message where nothing is."""
    names: dict[str, str | Message] = {source: sources[source].name if source in sources else source}
    names |= {topic: message("other") if topic == OTHER else evidence.names.get(topic, topic)}
    points, parts = 0.0, []
    for fit, factor, level, unit, phrase in (
        (evidence.forward, "topic", topic, UNIT, "readers.topic"),
        (evidence.forward, "source", source, UNIT, "readers.source"),
        (evidence.leaving, "topic", topic, -LEAVING_UNIT, "readers.leaving"),
        (evidence.leaving, "source", source, -LEAVING_UNIT, "readers.leaving"),
        (evidence.requests, "topic", topic, REQUESTS_UNIT, "readers.requests"),
        (evidence.requests, "source", source, REQUESTS_UNIT, "readers.requests"),
    ):
        effect = evidence.speaks(fit, factor, level)
        if effect:
            points += unit * math.log2(effect.shrunk)
            parts.append(message(phrase, name=names[level], **_figures(effect)))
    return Reason(READERS, max(-MOST, min(points, MOST)), message=all_of(parts) if parts else None)


def rules(evidence: Evidence, sources: Mapping[str, Source]) -> list[Reason]:
    """All that the signal would say tonight, of whatever topic and source, the weightiest first."""
    nothing = replace(evidence, forward=None, leaving=None, requests=None)
    found = []
    for alone, fit in (
        (replace(nothing, forward=evidence.forward), evidence.forward),
        (replace(nothing, leaving=evidence.leaving), evidence.leaving),
        (replace(nothing, requests=evidence.requests), evidence.requests),
    ):
        for factor in ("topic", "source"):
            for level in fit.of(factor) if fit else ():
                if evidence.speaks(fit, factor, level):
                    topic, source = (level, "") if factor == "topic" else ("", level)
                    found.append(learnt(alone, topic, source, sources))
    return sorted(found, key=lambda reason: -abs(reason.points))


def _figures(effect: Effect) -> dict[str, float]:
    """As measured, with the interval of what was measured; the points come from the shrunk effect."""
    told = {"ratio": effect.ratio, "low": effect.low, "high": effect.high}
    return {name: round(float(value), 3) for name, value in told.items()} | {"n": effect.posts}
