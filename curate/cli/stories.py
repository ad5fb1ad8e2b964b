"""`curate stories split`, `curate stories eval`: correct the merging, and measure it."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from curate.cli.options import folder_option

if TYPE_CHECKING:
    from curate.archive import Archive

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group()
def stories() -> None:
    """归并得对不对：拆开归错的，或在有答案的数据上打分。"""


@stories.command()
@click.argument("first", metavar="网址1")
@click.argument("second", metavar="网址2")
@folder_option
def split(first: str, second: str, folder: Path) -> int:
    """这两篇不是一回事：从下一晚起不再归并。"""
    from curate.cli.doors import load_config, open_archive

    config = load_config(folder, os.environ)
    with open_archive(config, folder) as archive:
        one, other = _entries_at(first, archive), _entries_at(second, archive)
        pairs = [(a, b) for a in one for b in other if a != b]
        if not pairs:
            raise click.UsageError("两个网址是同一篇。")
        now = datetime.now(UTC)
        new = sum([archive.keep_apart(a, b, now) for a, b in pairs])
    click.echo("记下了：从下一晚起，这两篇不再归并。" if new else "早就记下了，没有改动。", err=True)
    return 0


def _entries_at(url: str, archive: Archive) -> list[tuple[str, str]]:
    from curate.sources.address import normalise

    found = archive.at(normalise(url)) or archive.at(url)
    if not found:
        raise click.UsageError(f"存档里没有 {url}；网址要和运行报告里的一样。")
    return found


@stories.command()
@click.option("--docs", type=FILE, metavar="文件", help="每行一条 JSON：id、event、text；按事件归组。")
@click.option(
    "--pairs", type=FILE, metavar="文件", help="每行一条 JSON：source、target、labelA；判断是否同题。"
)
@click.option("--tune", type=FILE, metavar="文件", help="同样格式的另一份数据，用来选阈值。")
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 写到标准输出，给程序用。")
def eval(docs: Path | None, pairs: Path | None, tune: Path | None, as_json: bool) -> int:  # noqa: A001
    """在有答案的数据上测一测：归事件用每晚那一套，判断同题另用更宽的一套。"""
    if (docs is None) == (pairs is None):
        raise click.UsageError("--docs 和 --pairs 给其中一个。")
    from curate.curation.trials import grouping, pairing

    found: Any
    if docs is not None:
        texts, truth = _documents(docs)
        found = grouping(texts, truth, _documents(tune) if tune else None)
    else:
        sides, answers = _pairs(pairs or Path())
        found = pairing(sides, answers, _pairs(tune) if tune else None)
    figures = {name: round(value, 4) for name, value in asdict(found).items()}
    if as_json:
        click.echo(json.dumps(figures))
    else:
        for name, value in figures.items():
            click.echo(f"{WORDS[name]}  {value:.4f}")
    return 0


WORDS = {
    "threshold": "阈值",
    "b3_f1": "B³ F1",
    "b3_precision": "B³ 精确率",
    "b3_recall": "B³ 召回率",
    "pair_f1": "成对 F1",
    "f1": "F1",
    "accuracy": "准确率",
    "auc": "AUC",
}


def _documents(path: Path) -> tuple[list[str], list[str]]:
    rows = _rows(path, ("event", "text"))
    return [row["text"] for row in rows], [row["event"] for row in rows]


def _pairs(path: Path) -> tuple[list[tuple[str, str]], list[bool]]:
    rows = _rows(path, ("source", "target", "labelA"))
    return [(row["source"], row["target"]) for row in rows], [row["labelA"] == "1" for row in rows]


def _rows(path: Path, names: tuple[str, ...]) -> list[dict[str, str]]:
    """The records of a JSON Lines file, every value as text."""
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
            found.append({name: str(row[name]) for name in names})
        except (ValueError, TypeError, KeyError) as e:
            wanted = "、".join(names)
            raise click.UsageError(f"{path}:{number}: 每行应是一条 JSON，有 {wanted}（{e}）") from e
    if not found:
        raise click.UsageError(f"{path}: 里面一条也没有。")
    return found


COMMANDS = (stories,)
