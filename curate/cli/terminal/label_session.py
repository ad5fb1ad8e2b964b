"""The labeling session: one entry after another, a key for each topic; back to the one before, and undo."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime

import click

from curate.cli.terminal.entries import describe_entry, title_of
from curate.cli.terminal.language import say_here
from curate.config.schema import OTHER, Config, Topic
from curate.domain.message import Value
from curate.domain.model import Entry
from curate.storage import Archive
from curate.text.entry_text import text_for_sorting

KEYS = "123456789acdefghijklmnoprtvwxyz"  # of topics: without those of the commands
OTHER_KEY, SKIP, QUIT, BACK, UNDO = "0", "s", "q", "b", "u"


def label_each(
    entries: Sequence[Entry], guesses: Sequence[str], config: Config, archive: Archive, now: datetime
) -> int:
    """Ask for the topic of each entry; every answer is kept at once. Returns how many were kept."""
    choices = _choices(config.topics)
    names = _names(config.topics)
    click.echo(_legend(config.topics), err=True)
    answered: dict[int, str] = {}  # place -> topic; the last answer last
    at = 0
    while at < len(entries):
        entry = entries[at]
        asked: dict[str, Value] = {
            "n": at + 1,
            "of": len(entries),
            "entry": describe_entry(entry, config),
            "guess": guesses[at],
        }
        chosen = names[answered[at]] if at in answered else ""
        click.echo(say_here("told.asked again" if chosen else "told.asked", chosen=chosen, **asked), err=True)
        pressed = _read_key({*choices, SKIP, QUIT, BACK, UNDO})
        if pressed == QUIT:
            break
        if pressed == BACK:
            at = _before(at)
        elif pressed == UNDO:
            at = _undone(answered, entries, archive, at)
        else:
            if pressed != SKIP:
                archive.label(entry, text_for_sorting(entry), choices[pressed], now)
                answered.pop(at, None)
                answered[at] = choices[pressed]
            at += 1
    return len(answered)


def _before(at: int) -> int:
    if not at:
        click.echo(say_here("told.first"), err=True)
    return max(0, at - 1)


def _undone(answered: dict[int, str], entries: Sequence[Entry], archive: Archive, at: int) -> int:
    """Take the last answer back; returns the place of its entry, to be asked again."""
    if not answered:
        click.echo(say_here("told.nothing to undo"), err=True)
        return at
    last, _ = answered.popitem()
    archive.unlabel(entries[last])
    click.echo(say_here("told.undone", title=title_of(entries[last])), err=True)
    return last


def _names(topics: Sequence[Topic]) -> dict[str, str]:
    return {topic.id: topic.name for topic in topics} | {OTHER: say_here("other")}


def _choices(topics: Sequence[Topic]) -> dict[str, str]:
    """Key -> topic id."""
    return dict(zip(KEYS, (topic.id for topic in topics), strict=False)) | {OTHER_KEY: OTHER}


def _legend(topics: Sequence[Topic]) -> str:
    named = "  ".join(f"{key} {topic.name}" for key, topic in zip(KEYS, topics, strict=False))
    keys = {"other": OTHER_KEY, "skip": SKIP, "back": BACK, "undo": UNDO, "quit": QUIT}
    return say_here("told.legend", topics=named, **keys)


def _read_key(known: set[str]) -> str:
    """The key pressed, on a terminal without Enter; from a pipe one a line. The end of input quits."""
    while True:
        click.echo("  > ", nl=False, err=True)
        if sys.stdin.isatty():
            pressed = click.getchar()
        else:
            line = sys.stdin.readline()
            pressed = line.strip()[:1] if line else QUIT
        click.echo(pressed, err=True)
        if pressed in known:
            return pressed
        click.echo(say_here("told.no key"), err=True)
