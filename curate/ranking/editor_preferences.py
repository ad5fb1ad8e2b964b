"""What the editor's choices say about topics and sources: a logistic regression of few, shrunk terms. Pure.

    logit P(taken) = α_s + β_s · log2 place + θ_topic + θ_source      s: offered in the issue, or beside it
    θ                levels of one factor, drawn from N(0, τ_f²): what was rarely decided about is drawn to "as usual"

What stands first is taken more often, and what the machine has put into the issue far more often than what it offers
beside it. Both are terms of the model, so that a topic is not thought to be liked because it was offered well. τ_f² is
found by moments (`shrinkage.py`), the others by Newton's method with the posterior's curvature (Laplace).

Nothing is said until there is enough, and of a level nothing while the posterior is not sure of the direction.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curate.audience.shrinkage import USUAL_TAU, level_variances, penalty_of
from curate.domain.decisions import Decision, Forgotten

Vector = NDArray[np.floating[Any]]

# Four issues have some fifty decisions: before that the mood of a morning is all there is to see.
ENOUGH_ISSUES = 4
# Of a model with two intercepts and two slopes at least so many must be of the rarer kind (kept where most were dropped,
# or dropped where most were kept): ten events a term is the old rule of thumb (Peduzzi et al. 1996), three do where the
# terms are shrunk.
ENOUGH_RARER = 12
SEEN = 5  # decisions about a level: fewer cannot be sure even where all agree
# Standard errors by which a level must differ from the others (98 % of the posterior). There are a hundred levels and a
# new look every night: with 1.96 three of twelve simulated editors without taste were told of one by the thirtieth.
SURE = 2.33
FACTORS = ("topic", "source")
# Precisions of the two intercepts and the two slopes: none to speak of, and slopes of at most about one.
FIXED = (0.01, 0.01, 1.0, 1.0)
ROUNDS = 60
STEP, LONGEST = 1e-4, 2.0


@dataclass(frozen=True, slots=True)
class Preference:
    """One level against the mean of its factor's others, in log-odds of being taken; 0 is no difference."""

    factor: str
    level: str
    log_odds: float  # shrunk
    low: float
    high: float  # 98 % interval
    taken: int
    offered: int  # decisions about it
    issues: int  # in which there were such

    @property
    def is_evident(self) -> bool:
        """Whether there are enough decisions and the posterior is sure of the direction."""
        return self.offered >= SEEN and (self.low > 0 or self.high < 0)


@dataclass(frozen=True, slots=True)
class Preferences:
    """What was learnt, and from how much. Without enough there are no levels."""

    issues: int = 0
    decisions: int = 0
    rarer: int = 0  # decisions of the rarer kind
    levels: Mapping[tuple[str, str], Preference] = field(default_factory=dict)  # by factor and level

    @property
    def is_enough(self) -> bool:
        return self.issues >= ENOUGH_ISSUES and self.rarer >= ENOUGH_RARER

    def evident(self, factor: str, level: str) -> Preference | None:
        """What is evident about a level; None where nothing may be concluded."""
        found = self.levels.get((factor, level))
        return found if found and found.is_evident else None


def learn_preferences(decisions: Sequence[Decision], forgotten: Collection[Forgotten] = ()) -> Preferences:
    """Learn from decisions; a Preferences without levels where there are too few of them."""
    all_until = max((each.number for each in forgotten if not each.factor), default=0)
    decided = [each for each in decisions if each.number > all_until]
    until = {(each.factor, each.level): each.number for each in forgotten if each.factor}
    levels = {
        factor: [
            _level(getattr(each, factor), each, until.get((factor, getattr(each, factor)), 0))
            for each in decided
        ]
        for factor in FACTORS
    }
    rarer = sum(min(_count(decided, inside, taken) for taken in (True, False)) for inside in (True, False))
    found = Preferences(len({each.number for each in decided}), len(decided), rarer)
    return replace(found, levels=_fit(decided, levels)) if found.is_enough else found


def _level(name: str, decision: Decision, until: int) -> str:
    return name if decision.number > until else ""


def _count(decisions: Sequence[Decision], in_issue: bool, taken: bool) -> int:
    return sum(each.in_issue is in_issue and each.taken is taken for each in decisions)


def _fit(
    decisions: Sequence[Decision], levels: Mapping[str, Sequence[str]]
) -> dict[tuple[str, str], Preference]:
    names = [sorted(set(levels[factor]) - {""}) for factor in FACTORS]
    sizes = [len(each) for each in names]
    parts = [slice(a, b) for a, b in itertools.pairwise(np.cumsum([len(FIXED), *sizes]).tolist())]
    columns = [_design(decisions)]
    for factor, known in zip(FACTORS, names, strict=True):
        columns.append(np.array([[level == name for name in known] for level in levels[factor]], dtype=float))
    x = np.hstack([each.reshape(len(decisions), -1) for each in columns])
    y = np.array([each.taken for each in decisions], dtype=float)
    theta, covariance = _posterior(x, y, parts, sizes)
    found = {}
    for factor, known, part in zip(FACTORS, names, parts, strict=True):
        counts = x[:, part].sum(axis=0)
        for i, name in enumerate(known):
            own = [d for d, level in zip(decisions, levels[factor], strict=True) if level == name]
            contrast = _against_others(counts, i)
            mean = float(contrast @ theta[part])
            half = SURE * math.sqrt(float(contrast @ covariance[part, part] @ contrast))
            taken, issues = sum(d.taken for d in own), len({d.number for d in own})
            found[factor, name] = Preference(
                factor, name, mean, mean - half, mean + half, taken, len(own), issues
            )
    return found


def _design(decisions: Sequence[Decision]) -> Vector:
    """Intercepts and slopes of what was offered in the issue and beside it; places as logarithms, from their mean."""
    inside = np.array([each.in_issue for each in decisions], dtype=float)
    place = np.log2([each.place for each in decisions])
    columns = []
    for part in (inside, 1 - inside):
        middle = float(part @ place) / max(float(part.sum()), 1.0)
        columns.append(part * (place - middle))
    return np.column_stack([inside, 1 - inside, *columns])


def _posterior(x: Vector, y: Vector, parts: Sequence[slice], sizes: Sequence[int]) -> tuple[Vector, Vector]:
    """The mode of all coefficients and their covariance there."""
    theta = np.zeros(x.shape[1])
    tau2: Vector = np.full(len(parts), USUAL_TAU**2)
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(x @ theta, -30, 30)))
        penalty = penalty_of(tau2, sizes, FIXED)
        covariance = np.linalg.inv(x.T @ (x * (p * (1 - p))[:, None]) + np.diag(penalty))
        step = np.clip(covariance @ (x.T @ (y - p) - penalty * theta), -LONGEST, LONGEST)
        theta = theta + step
        tau2 = level_variances(theta, covariance, tau2, parts)
        if float(np.abs(step).max()) < STEP:
            break
    return theta, covariance


def _against_others(counts: Vector, i: int) -> Vector:
    rest = float(counts.sum() - counts[i])
    contrast = -counts / rest if rest > 0 else np.zeros(len(counts))
    contrast[i] = 1.0
    return contrast
