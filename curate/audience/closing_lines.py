"""Which of the editor's own closing lines an issue carries: each in turn at first, then the likelier the more it helps. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from curate.audience.evidence import Evidence

TRIED = 5  # issues that every line is used in before what readers did is asked
_NORMAL_90 = 1.645  # half of a 90 % interval in standard deviations


def next_line(lines: Sequence[str], evidence: Evidence | None, number: int) -> str:
    """The line of issue `number`; "" where the editor wrote none.

    In rotation by the issue's number until each line was seen in TRIED issues with an outcome; then by Thompson sampling
    (Thompson 1933): a line is taken as often as it is likely to be the best, so none is given up on bad luck. The
    number is the seed: the same issue gets the same line when it is made again.
    """
    if not lines:
        return ""
    known = evidence.forward.of("line") if evidence and evidence.forward else {}
    used = Counter({line: known[line].posts for line in lines if line in known})
    if len(lines) == 1 or min(used[line] for line in lines) < TRIED:
        return lines[number % len(lines)]
    draws = np.random.default_rng(number).standard_normal(len(lines))
    effects = [known[line] for line in lines]
    spread = [math.log(e.shrunk_high / e.shrunk_low) / 2 / _NORMAL_90 for e in effects]
    drawn = [math.log(e.shrunk) + sd * z for e, sd, z in zip(effects, spread, draws, strict=True)]
    return lines[int(np.argmax(drawn))]
