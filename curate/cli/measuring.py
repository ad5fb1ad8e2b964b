"""What `curate … eval` shares: sets from files, and figures for a person or a machine. Not loaded before it is used."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from curate.cli.console import complain
from curate.cli.doors import load_config, open_archive
from curate.curation.evaluation import ENOUGH, FOLDS, Evaluation, cross_validated, evaluate
from curate.curation.learning import train
from curate.curation.topics import text_for_sorting
from curate.pipeline import OPENED
from curate.settings import OTHER, Topic

Labelled = list[tuple[str, str]]


def of_account(folder: Path, *, as_json: bool) -> int:
    """Cross-validation on the archive's own labels."""
    config = load_config(folder, os.environ)
    with open_archive(config, folder) as archive:
        known = {topic.id: topic.name for topic in config.topics} | {OTHER: "其他"}
        labels = archive.labels()
        labelled = [(label.text, label.topic) for label in labels if label.topic in known]
        texts = [text_for_sorting(entry) for entry in archive.newest(OPENED * FOLDS)]
    if len(labels) > len(labelled):
        complain(f"{len(labels) - len(labelled)} 条标的是 feeds.yaml 里已经没有的栏目，不算。")
    if len(labelled) < ENOUGH or len({topic for _, topic in labelled}) < 2:
        complain(
            f"只标了 {len(labelled)} 条，太少，验证不出什么：至少要 {ENOUGH} 条、两个栏目。",
            hint="用 curate topics label 再标一些。",
        )
        if as_json:
            click.echo(json.dumps({"labels": len(labelled), "enough": False}))
        return 0
    start = time.perf_counter()
    result = cross_validated(config.topics, texts, labelled)
    _tell(
        result,
        known,
        time.perf_counter() - start,
        as_json=as_json,
        more={"labels": len(labelled), "enough": True},
    )
    if not as_json and (thin := [known[t] for t, s in result.per_topic.items() if 0 < s.support < FOLDS]):
        complain(f"{'、'.join(thin)} 标得很少（不到 {FOLDS} 条），这几行的数字只供参考。")
    return 0


def of_files(
    topics_file: Path, train_file: Path | None, unlabelled: Path | None, test_file: Path, *, as_json: bool
) -> int:
    """Any set: topics from JSON, labels and test from TSV, unlabelled titles a line each."""
    topics, names = read_topics(topics_file)
    labelled = read_labelled(train_file, names) if train_file else []
    test = read_labelled(test_file, names)
    if not test:
        raise click.UsageError(f"{test_file}: 一行也没有")
    titles = [line for line in _lines(unlabelled) if line.strip()] if unlabelled else []
    start = time.perf_counter()
    result = evaluate(train(topics, titles, labelled), test)
    own = {topic.id: name for name, topic in zip(_first_names(topics_file), topics, strict=True)}
    _tell(result, own, time.perf_counter() - start, as_json=as_json)
    return 0


def read_topics(path: Path) -> tuple[list[Topic], dict[str, str]]:
    """Topics shaped `{label, name, display, keywords}`, and every name that a TSV may call them by -> id."""
    topics: list[Topic] = []
    names: dict[str, str] = {}
    for i, row in enumerate(_rows(path)):
        called = [str(row[key]) for key in ("name", "display", "label") if str(row.get(key, "")).strip()]
        words = row.get("keywords", [])
        if not called or not isinstance(words, list):
            raise click.UsageError(f"{path}: 第 {i + 1} 个栏目要有 name，keywords 要是一个列表")
        topic = Topic(
            id=f"t{i}", name=str(row.get("display") or called[0])[:30], keywords=tuple(map(str, words))
        )
        topics.append(topic)
        for name in called:
            if names.setdefault(name, topic.id) != topic.id:
                raise click.UsageError(f"{path}: 有两个栏目叫“{name}”")
    return topics, names


def read_labelled(path: Path, names: Mapping[str, str]) -> Labelled:
    """Lines `title<TAB>topic name` as (title, topic id)."""
    found: Labelled = []
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        title, tab, name = line.rpartition("\t")
        if not tab or name.strip() not in names:
            wanted = "、".join(list(names)[:12])
            raise click.UsageError(f"{path}:{number}: 应当是“标题<TAB>栏目名”，栏目名是 {wanted} 之一")
        found.append((title, names[name.strip()]))
    return found


def _rows(path: Path) -> list[dict[str, Any]]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, OSError) as e:
        raise click.UsageError(f"{path}: 读不了（{e}）") from e
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise click.UsageError(f"{path}: 应当是一个列表，每项是 {{label, name, display, keywords}}")
    return rows


def _first_names(path: Path) -> list[str]:
    return [str(row.get("name") or row.get("display") or row.get("label")) for row in _rows(path)]


def _lines(path: Path) -> list[str]:
    """A file's lines, ended by line feeds only: a title may hold odd separators."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (ValueError, OSError) as e:
        raise click.UsageError(f"{path}: 读不了（{e}）") from e
    return [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]


def _tell(
    result: Evaluation,
    names: Mapping[str, str],
    seconds: float,
    *,
    as_json: bool,
    more: Mapping[str, object] | None = None,
) -> None:
    result = replace(
        result,
        per_topic={names.get(topic, topic): score for topic, score in result.per_topic.items()},
        confusions=tuple((names.get(a, a), names.get(b, b), n) for a, b, n in result.confusions),
    )
    if as_json:
        click.echo(
            json.dumps(
                {**(more or {}), **asdict(result), "seconds": round(seconds, 3)}, ensure_ascii=False, indent=1
            )
        )
        return
    for line in _table(result):
        click.echo(line)
    click.echo(f"用时 {seconds:.1f} 秒", err=True)


def _table(result: Evaluation) -> Sequence[str]:
    lines = [
        f"共 {result.count} 条，判对 {result.accuracy:.1%}，各栏目 F1 平均 {result.macro_f1:.3f}",
        f"把握与实际相差 {result.ece:.3f}；要 95% 准，能自动判 {result.coverage_at_precision_95:.1%}",
        "",
        "精确率  召回率  条数  栏目",
        *(
            f"{score.precision:6.1%}  {score.recall:6.1%}  {score.support:4}  {name}"
            for name, score in sorted(result.per_topic.items(), key=lambda item: item[1].f1)
        ),
    ]
    if result.confusions:
        lines += ["", "最常分错的："]
        lines += [f"  {n:4} 条 {was} 被当成 {said}" for was, said, n in result.confusions]
    return lines
