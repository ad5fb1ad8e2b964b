"""`curate stories split`, `merge` and `eval`: correct the merging, and measure it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from curate.app.account import open_archive
from curate.app.edit_issue import OpenIssue
from curate.app.exit_codes import ExitCode
from curate.cli.terminal.account import read_config
from curate.cli.terminal.issue import follow
from curate.cli.terminal.lazy_group import OrderedGroup, top_level
from curate.cli.terminal.options import folder_option
from curate.desk.stories import merge_events, split_events
from curate.domain.model import Entry, EntryKey
from curate.sources.urls import normalize
from curate.storage import Archive
from curate.stories.evaluate import evaluate_groups, evaluate_pairs
from curate.text.encoder import find_encoder

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@top_level("stories")
@click.group(cls=OrderedGroup)
def stories() -> None:
    """归并得对不对：拆开归错的，合并漏掉的，或在有答案的数据上打分。

    Put right how stories are merged: split what is not one, merge what is, or measure it on known answers.
    """


@stories.command()
@click.argument("first", metavar="网址1")
@click.argument("second", metavar="网址2")
@folder_option
def split(first: str, second: str, folder: Path) -> ExitCode:
    """这两篇不是一回事：最新一期里归在一起的马上拆开，以后也不再归并。

    These two are not one story: parted at once in the newest issue, and never merged again.
    """
    config = read_config(folder)
    with open_archive(config, folder) as archive:
        pairs = _pairs_at(first, second, archive)
        now = datetime.now(UTC)
        new = sum([archive.keep_apart(a, b, now) for a, b in pairs])
    click.echo("记下了：这两篇不再归并。" if new else "早就记下了，没有改动。", err=True)
    follow(
        folder, now, "stories", lambda opened: split_events(opened.edited.issue, pairs, _urls(opened, pairs))
    )
    return ExitCode.OK


@stories.command()
@click.argument("first", metavar="网址1")
@click.argument("second", metavar="网址2")
@folder_option
def merge(first: str, second: str, folder: Path) -> ExitCode:
    """这两篇是一回事：最新一期里的马上并成一条，以后也归在一起。

    These two are one story: merged at once in the newest issue, and from now on.
    """
    config = read_config(folder)
    now = datetime.now(UTC)
    with open_archive(config, folder) as archive:
        pairs = _pairs_at(first, second, archive)
        new = sum([archive.keep_together(a, b, now) for a, b in pairs])
    click.echo("记下了：这两篇归在一起。" if new else "早就记下了，没有改动。", err=True)
    follow(folder, now, "stories", lambda opened: merge_events(opened.edited.issue, pairs))
    return ExitCode.OK


def _pairs_at(first: str, second: str, archive: Archive) -> list[tuple[EntryKey, EntryKey]]:
    """The entries at one address with those at the other; UsageError where they are the same."""
    one, other = _entries_at(first, archive), _entries_at(second, archive)
    pairs = [(a, b) for a in one for b in other if a != b]
    if not pairs:
        raise click.UsageError("两个网址是同一篇。")
    return pairs


def _urls(opened: OpenIssue, pairs: Sequence[tuple[EntryKey, EntryKey]]) -> dict[EntryKey, str]:
    """The addresses of the entries of some pairs, by which an item names its other tellings."""
    every = {each for pair in pairs for each in pair}
    found = filter(None, map(opened.account.archive.entry_of, every))
    return {entry.key: entry.url for entry in found}


def _entries_at(url: str, archive: Archive) -> list[EntryKey]:
    found = archive.at(normalize(url)) or archive.at(url)
    if not found:
        raise click.UsageError(f"存档里没有 {url}；网址要和运行报告里的一样。")
    return found


@stories.command()
@click.option(
    "--same",
    type=FILE,
    metavar="文件",
    help="每行一条 JSON：a、b（title、source、published，可有 text）和 same。\nA JSON a line: a, b (title, source, published, maybe text) and same.",
)
@click.option(
    "--docs",
    type=FILE,
    metavar="文件",
    help="每行一条 JSON：id、event、text；按事件归组。\nA JSON a line: id, event, text; grouped by event.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="结果以 JSON 写到标准输出，给程序用。\nPrint the result to stdout as JSON, for a program.",
)
def eval(same: Path | None, docs: Path | None, as_json: bool) -> ExitCode:  # noqa: A001
    """在有答案的数据上测一测归并：文件里的条目像一晚的内容那样一起归并。

    Measure merging on known answers: the file's entries are merged as one night's.
    """
    if (same is None) == (docs is None):
        raise click.UsageError("--same 和 --docs 给其中一个。")

    encoder = find_encoder()
    encode = encoder.encode if encoder else None
    found: Any
    if docs is not None:
        rows = _rows(docs, ("event", "text"))
        found = evaluate_groups(
            [str(row["text"]) for row in rows], [str(row["event"]) for row in rows], encode
        )
    else:
        found = evaluate_pairs(_pairs(same or Path()), encode)
    figures = {name: round(value, 4) for name, value in asdict(found).items()}
    if as_json:
        click.echo(json.dumps(figures))
    else:
        for name, value in figures.items():
            click.echo(f"{WORDS[name]}  {value:.4f}")
    return ExitCode.OK


WORDS = {
    "b3_f1": "B³ F1",
    "b3_precision": "B³ 精确率",
    "b3_recall": "B³ 召回率",
    "pair_f1": "成对 F1",
    "precision": "精确率",
    "recall": "召回率",
    "f1": "F1",
}


def _pairs(path: Path) -> list[tuple[Entry, Entry, bool]]:
    """Two entries a line, and whether they tell one event."""
    found = []
    for number, row in enumerate(_rows(path, ("a", "b", "same")), 1):
        try:
            found.append((_entry(row["a"]), _entry(row["b"]), bool(int(row["same"]))))
        except (ValueError, TypeError, KeyError) as e:
            raise click.UsageError(
                f"{path}: 第 {number} 条要有 a、b（title、source、published）和 same（{e}）"
            ) from e
    return found


def _entry(row: Mapping[str, Any]) -> Entry:
    title, source, published = str(row["title"]), str(row["source"]), str(row["published"])
    when = datetime.fromisoformat(published)
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return Entry(source, f"{published} {title}", "", title, when, content=str(row.get("text", "")))


def _rows(path: Path, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """The records of a JSON Lines file, with these values."""
    found = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as e:
        raise click.UsageError(f"{path}: 读不了（{e}）") from e
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            found.append({name: row[name] for name in names})
        except (ValueError, TypeError, KeyError) as e:
            wanted = "、".join(names)
            raise click.UsageError(f"{path}:{number}: 每行应是一条 JSON，有 {wanted}（{e}）") from e
    if not found:
        raise click.UsageError(f"{path}: 里面一条也没有。")
    return found
