"""What was delivered of late: the platform sends a message up to three times, and a stranger may send one again."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from curate.answers.outbound import Outbound

REMEMBERED = 600.0  # seconds: twice as long as a signature is fresh
MOST = 5_000  # deliveries that are remembered


@dataclass(slots=True)
class Deliveries:
    """A short memory, of this process alone, that is never written down.

    `answers`: a delivery -> when it was answered, and how. `signed`: a signature -> when it came, and with which delivery.
    """

    answers: OrderedDict[str, tuple[float, Outbound]] = field(default_factory=OrderedDict)
    signed: OrderedDict[str, tuple[float, str]] = field(default_factory=OrderedDict)

    def recall(self, delivery: str, now: float) -> Outbound | None:
        """How this delivery was answered; None where it is new."""
        found = self.answers.get(delivery)
        return found[1] if found and now - found[0] <= REMEMBERED else None

    def remember(self, delivery: str, answer: Outbound, now: float) -> None:
        """Outbound the same delivery alike from now on."""
        self.answers[delivery] = now, answer
        _forget(self.answers)

    def is_replay(self, signature: str, delivery: str, now: float) -> bool:
        """Whether this signature came before with another delivery: the platform's own repetitions bring the same."""
        found = self.signed.get(signature)
        if found and now - found[0] <= REMEMBERED:
            return found[1] != delivery
        self.signed[signature] = now, delivery
        _forget(self.signed)
        return False


def _forget(remembered: OrderedDict[str, Any]) -> None:
    while len(remembered) > MOST:
        remembered.popitem(last=False)
