"""The labeling session: one entry after another, a key for each topic; back to the one before, and undo."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime

import click

from curate.cli.terminal.entries import describe_entry, title_of
from curate.config.schema import OTHER, Config, Topic
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
        said = f"；刚才选了 {names[answered[at]]}" if at in answered else ""
        question = (
            f"\n[{at + 1}/{len(entries)}] {describe_entry(entry, config)}\n  现在的判断：{guesses[at]}{said}"
        )
        click.echo(question, err=True)
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
        click.echo("  已经是第一条。", err=True)
    return max(0, at - 1)


def _undone(answered: dict[int, str], entries: Sequence[Entry], archive: Archive, at: int) -> int:
    """Take the last answer back; returns the place of its entry, to be asked again."""
    if not answered:
        click.echo("  没有可以撤销的。", err=True)
        return at
    last, _ = answered.popitem()
    archive.unlabel(entries[last])
    click.echo(f"  撤销了：{title_of(entries[last])}", err=True)
    return last


def _names(topics: Sequence[Topic]) -> dict[str, str]:
    return {topic.id: topic.name for topic in topics} | {OTHER: "其他"}


def _choices(topics: Sequence[Topic]) -> dict[str, str]:
    """Key -> topic id."""
    return dict(zip(KEYS, (topic.id for topic in topics), strict=False)) | {OTHER_KEY: OTHER}


def _legend(topics: Sequence[Topic]) -> str:
    named = "  ".join(f"{key} {topic.name}" for key, topic in zip(KEYS, topics, strict=False))
    return f"{named}  {OTHER_KEY} 都不是（其他）  {SKIP} 跳过  {BACK} 回上一条  {UNDO} 撤销  {QUIT} 结束"


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
        click.echo("  没有这个键。", err=True)
