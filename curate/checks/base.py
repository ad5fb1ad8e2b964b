"""A check: a row of the table, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, NamedTuple

from curate.checks.view import IssueView, Passage, Place
from curate.domain.message import Message
from curate.domain.model import EntryKey, Item

Level = Literal["error", "warn", "hint"]
LEVELS: tuple[Level, ...] = ("error", "warn", "hint")
_LONGEST = 120  # characters of what was found


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """One thing that a check found, and where.

    `key` names it whatever else changes in the issue: it stays while the same is found in the same place, and is what an
    overrule holds for.
    """

    rule: str
    level: Level
    place: str  # a Place; "link", "picture" or "issue" where no text of ours is meant
    found: str  # the words that were found, as they stand there
    message: Message  # what is wrong with it
    advice: Message | None = None  # what can be done
    item: EntryKey | None = None
    number: int = 0  # the item's, today; 0 of the whole issue

    @property
    def key(self) -> str:
        said = "\0".join((self.rule, self.place, *(self.item or ("", "")), self.found))
        return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:8]


class IssueCheck(NamedTuple):
    """A row of CHECKS. `title` and `basis` are its name and whose rule it is, in words; `find` looks at an issue."""

    title: Message
    basis: Message
    find: Callable[[IssueView], Iterator[CheckFinding]]
    level: Level  # the gravest that it may find


def make_finding(
    rule: str,
    level: Level,
    place: Place | str,
    found: str,
    message: Message,
    advice: Message | None = None,
    item: Item | None = None,
) -> CheckFinding:
    """Make a finding. What was found is put on one line, of bearable length."""
    words = " ".join(found.split())[:_LONGEST]
    key, number = (item.key, item.number) if item else (None, 0)
    return CheckFinding(rule, level, place, words, message, advice, key, number)


def in_passage(
    rule: str,
    level: Level,
    passage: Passage,
    found: str,
    message: Message,
    advice: Message | None = None,
) -> CheckFinding:
    """Make a finding in one of the issue's texts."""
    return make_finding(rule, level, passage.place, found, message, advice, passage.item)
