"""What the check before the push found, as the copy page shows it. `checks/listing.py` makes it."""

from __future__ import annotations

from typing import NamedTuple


class ShownFinding(NamedTuple):
    """A finding in words."""

    key: str
    level: str  # "error", "warn" or "hint"
    level_name: str
    where: str  # the item's number and the place
    words: str  # what is wrong, with what was found
    advice: str


class FindingGroup(NamedTuple):
    """The findings of one rule, with its name and whose rule it is."""

    rule: str
    title: str
    basis: str
    findings: tuple[ShownFinding, ...]


class CheckSection(NamedTuple):
    """All that is shown of a check: how many stand, which, what was accepted with its reason, and what it is not."""

    counts: str
    groups: tuple[FindingGroup, ...] = ()
    accepted: tuple[tuple[ShownFinding, str], ...] = ()
    disclaimer: str = ""
