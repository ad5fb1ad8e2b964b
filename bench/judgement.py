"""How good judgement is, on data nobody here wrote: `python bench/judgement.py [--only NAME] [--json] [--write]`.

Reads the public sets in ../shared/data and calls the functions that the night calls. What was chosen on a part
of a set is reported on another: the table says which. `--write` puts it into docs/judgement.md (figures.py).
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import lzma
import subprocess
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import figures
import numpy as np

from curate.curation.adverts import ADVERT, advert
from curate.curation.learning import Sorter, train
from curate.curation.measures import calibration_error, coverage_at
from curate.curation.story_evaluation import evaluate_groups, evaluate_pairs
from curate.model import Entry
from curate.settings import Topic

DATA = Path(__file__).parents[2] / "shared" / "data"
ADVERTS = Path(__file__).parent / "adverts.tsv"
HEAD = 100  # of a text without a title, what is read as one
SEEDS = 5  # random draws of labels, averaged


@dataclass(frozen=True)
class Row:
    """A line of the table: what was measured (a key of figures.MARKS where it has a mark), the figure, how it came
    about, and the CPU seconds that it took."""

    name: str
    what: str
    value: float
    seconds: float
    note: str = ""


Labelled = list[tuple[str, str]]

# What the classes of TNEWS are called in Chinese.
NAMES = {
    "news_story": "故事",
    "news_culture": "文化",
    "news_entertainment": "娱乐",
    "news_sports": "体育",
    "news_finance": "财经",
    "news_house": "房产",
    "news_car": "汽车",
    "news_edu": "教育",
    "news_tech": "科技",
    "news_military": "军事",
    "news_travel": "旅游",
    "news_world": "国际",
    "news_stock": "股票",
    "news_agriculture": "农业",
    "news_game": "游戏",
}


def opened(name: str) -> Iterator[str]:
    path = DATA / name
    with (
        lzma.open(path, "rt", encoding="utf-8")
        if path.suffix == ".xz"
        else path.open(encoding="utf-8") as lines
    ):
        yield from lines


def titles(name: str) -> Labelled:
    found: Labelled = []
    for line in opened(name):
        title, _, label = line.rstrip("\n").rpartition("\t")
        found.append((title, label))
    return found


def zero_topics() -> list[Topic]:
    raw = json.loads("".join(opened("titles_zero_label.json")))
    return [Topic(id=f"t{t['label']}", name=t["display"], keywords=tuple(t["keywords"])) for t in raw]


def thucnews() -> tuple[Labelled, Labelled]:
    train_set, dev = (
        [(title, f"t{label}") for title, label in titles(f"thucnews_titles/{name}")]
        for name in ("train_partial.txt.xz", "dev.txt")
    )
    return train_set, dev


def judged(sorter: Sorter, test: Labelled) -> tuple[float, float, float]:
    """Accuracy, coverage at 95 % precision and calibration error."""
    shares = sorter.probabilities([title for title, _ in test], closed=True)
    guessed = shares.argmax(axis=1)
    right = np.array([sorter.topics[g] == label for g, (_, label) in zip(guessed, test, strict=True)])
    sure = shares.max(axis=1)
    return float(right.mean()), coverage_at(sure, right, 0.95), calibration_error(sure, right)


def supervised() -> list[Row]:
    known, dev = thucnews()
    start = time.process_time()
    sorter = train(zero_topics(), [], known)
    trained = time.process_time() - start
    accuracy, coverage, error = judged(sorter, dev)
    size = (sorter.weights.nbytes + sorter.vocabulary.hashes.nbytes + sorter.vocabulary.rarity.nbytes) / 1e6
    start = time.process_time()
    sorter.probabilities([title for title, _ in dev])
    speed = len(dev) / (time.process_time() - start)
    return [
        Row("supervised", "THUCNews titles, all labels: accuracy", accuracy, trained),
        Row("supervised", "same: share decided at 95 % precision", coverage, trained),
        Row("supervised", "same: calibration error", error, trained),
        Row("supervised", "same: CPU seconds of training", trained, trained, f"{len(known):,} titles"),
        Row("supervised", "same: titles sorted in a CPU second", speed, trained),
        Row("supervised", "same: megabytes of the model", size, trained),
    ]


def bare(topics: list[Topic]) -> list[Topic]:
    """Without the usual words of what they are called (lexicon.py)."""
    return [topic.model_copy(update={"lexicon": False}) for topic in topics]


def zero() -> list[Row]:
    known, dev = thucnews()
    start = time.process_time()
    sorter = train(zero_topics(), [title for title, _ in known])
    seconds = time.process_time() - start
    accuracy, coverage, error = judged(sorter, dev)
    keywords = judged(train(bare(zero_topics()), [title for title, _ in known]), dev)[0]
    note = f"{keywords:.3f} from keywords alone; share at 95 % precision {coverage:.3f}, calibration error {error:.3f}"
    return [
        Row("zero", "THUCNews titles, no labels: accuracy", accuracy, seconds, note),
        Row("zero", "same: CPU seconds of training", seconds, seconds, f"{len(known):,} titles"),
    ]


def young() -> list[Row]:
    """Archives as they are in the first nights, and topics that nobody has written keywords for."""
    known, dev = thucnews()
    rows = []
    for size in (300, 1_000, 3_000, 10_000):
        start = time.process_time()
        drawn = [np.random.default_rng(seed).permutation(len(known))[:size] for seed in range(SEEDS)]
        archives = [[known[i][0] for i in part] for part in drawn]
        found, alone = (
            np.mean([judged(train(topics, archive), dev)[0] for archive in archives])
            for topics in (zero_topics(), bare(zero_topics()))
        )
        what = f"THUCNews titles, no labels, archive of {size:,}: accuracy"
        seconds = (time.process_time() - start) / (2 * SEEDS)
        rows.append(Row("young", what, float(found), seconds, f"{alone:.3f} from keywords alone"))
    test, rest = tnews_parts()
    topics = [Topic(id=label, name=name) for label, name in NAMES.items()]
    start = time.process_time()
    archive = [title for title, _ in rest[:5_000]]
    found, alone = (judged(train(of, archive), test)[0] for of in (topics, bare(topics)))
    note = f"{alone:.3f} without usual words"
    rows.append(
        Row(
            "young",
            "TNEWS, names alone, archive of 5,000: accuracy",
            found,
            time.process_time() - start,
            note,
        )
    )
    return rows


def few(labels: int) -> list[Row]:
    known, dev = thucnews()
    unlabelled = [title for title, _ in known]
    accuracies, start = [], time.process_time()
    for seed in range(SEEDS):
        order = np.random.default_rng(seed).permutation(len(known))
        drawn: Labelled = []
        left = Counter({topic.id: labels for topic in zero_topics()})
        for i in order:
            if left[known[i][1]]:
                left[known[i][1]] -= 1
                drawn.append(known[i])
        accuracies.append(judged(train(zero_topics(), unlabelled, drawn), dev)[0])
    seconds = (time.process_time() - start) / SEEDS
    note = f"mean of {SEEDS} draws, deviation {np.std(accuracies):.3f}"
    what = f"THUCNews titles, {labels} labels a topic: accuracy"
    return [Row(f"few{labels}", what, float(np.mean(accuracies)), seconds, note)]


def tnews_parts() -> tuple[Labelled, Labelled]:
    """The tenth that is reported on, and the others."""
    known = list(dict(titles("tnews/train.tsv.xz")).items())
    order = np.random.default_rng(0).permutation(len(known))
    held = set(order[: len(known) // 10].tolist())
    return [known[i] for i in sorted(held)], [known[i] for i in range(len(known)) if i not in held]


def tnews() -> list[Row]:
    test, rest = tnews_parts()
    topics = [Topic(id=name, name=name) for name in sorted(NAMES)]
    start = time.process_time()
    sorter = train(topics, [], rest)
    seconds = time.process_time() - start
    accuracy, coverage, error = judged(sorter, test)
    note = f"share at 95 % precision {coverage:.3f}, calibration error {error:.3f}"
    return [Row("tnews", "TNEWS, no title twice: accuracy", accuracy, seconds, note)]


def pairs() -> list[Row]:
    """Pairs of titles of official accounts: one event or not."""
    rows = [json.loads(line) for line in opened("first_night/pairs.jsonl")]
    start = time.process_time()
    found = evaluate_pairs([(_dated(row["a"]), _dated(row["b"]), bool(row["same"])) for row in rows])
    seconds = time.process_time() - start
    note = f"{len(rows)} pairs, {sum(row['same'] for row in rows)} of one event"
    return [
        Row("pairs", "first night, one event or not: precision", found.precision, seconds, note),
        Row("pairs", "first night, one event or not: recall", found.recall, seconds, note),
    ]


def _dated(row: dict[str, str]) -> Entry:
    when = datetime.fromisoformat(row["published"])
    return Entry(row["source"], f"{when} {row['title']}", "", row["title"], when)


def ecb() -> list[Row]:
    docs = [doc for doc in map(json.loads, opened("ecbplus_events/docs.jsonl.xz")) if doc["topic"] > 25]
    start = time.process_time()
    found = evaluate_groups([doc["text"] for doc in docs], [doc["event"] for doc in docs])
    note = f"precision {found.b3_precision:.3f}, recall {found.b3_recall:.3f}, pair F1 {found.pair_f1:.3f}"
    what = "ECB+ documents into events, the night's threshold: B3 F1"
    return [Row("ecb", what, found.b3_f1, time.process_time() - start, note)]


def clickbait() -> list[Row]:
    rows = list(csv.reader(opened("clickbait_hancd/sina_test.csv.xz")))
    data = [(title, "bait" if label == "1" else "plain") for label, title, *_ in rows]
    topics = [Topic(id="bait", name="bait"), Topic(id="plain", name="plain")]
    folds = np.random.default_rng(0).permutation(len(data)) % 10
    start, right = time.process_time(), 0.0
    for fold in range(10):
        sorter = train(topics, [], [d for d, f in zip(data, folds, strict=True) if f != fold])
        test = [d for d, f in zip(data, folds, strict=True) if f == fold]
        right += judged(sorter, test)[0] * len(test)
    seconds = time.process_time() - start
    what = "HanCD sina, clickbait titles: accuracy"
    return [Row("clickbait", what, right / len(data), seconds, "learned, not the rules")]


def advert_hash(title: str, link: str) -> str:
    """What adverts.tsv knows an item by: it holds no text."""
    return hashlib.sha256(f"{link}\n{title}".encode()).hexdigest()[:16]


def wechat() -> dict[str, str]:
    """Hash -> title of every item of the WeChat sample whose title no earlier item has."""
    found: dict[str, str] = {}
    seen: set[str] = set()
    with tarfile.open(DATA / "wechat_feeds_2021" / "sample300.tar.xz") as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            document = archive.extractfile(member) if member.isfile() else None
            for item in feedparser.parse(document.read()).entries if document else ():
                title = item.get("title", "").strip()
                if title and title not in seen:
                    seen.add(title)
                    found[advert_hash(title, item.get("link", ""))] = " ".join(title.split())
    return found


def adverts() -> list[Row]:
    """One reader's labels of titles, drawn by hash: see docs/judgement.md for what counts as an advert."""
    start, items = time.process_time(), wechat()
    rows = [line.split("\t") for line in ADVERTS.read_text(encoding="utf-8").splitlines()]
    found = []
    names = {
        "report": "adverts",
        "choose": "adverts, titles for choosing",
        "check": "adverts, titles for checking",
    }
    for part, name in names.items():
        known = [(items[key], label == "advert") for key, label, where in rows if where == part]
        now = datetime(2021, 6, 17, tzinfo=UTC)
        verdicts = [advert(Entry("s", title, "", title, now)) for title, _ in known]
        said = [verdict is not None and verdict.points >= ADVERT for verdict in verdicts]
        right = sum(s and truth for s, (_, truth) in zip(said, known, strict=True))
        total = sum(truth for _, truth in known)
        note = f"{len(known)} titles, {total} adverts, {sum(said)} found, {right} of them rightly"
        seconds = time.process_time() - start
        found.append(Row("adverts", f"{name}: precision", right / max(sum(said), 1), seconds, note))
        found.append(Row("adverts", f"{name}: recall", right / max(total, 1), seconds, note))
    return found


def copies() -> list[Row]:
    """Near-copies and the time of grouping, as bench/copies.py tells them: JSON records of `what`, `value`, `note`."""
    start = time.process_time()
    command = [sys.executable, str(Path(__file__).parent / "copies.py"), "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        print("near-copies were not measured: bench/copies.py --json failed", file=sys.stderr)
        return []
    seconds = time.process_time() - start
    return [
        Row("copies", row["what"], row["value"], row.get("seconds", seconds), row.get("note", ""))
        for row in json.loads(done.stdout)
    ]


TABLE: dict[str, Callable[[], list[Row]]] = {
    "supervised": supervised,
    "zero": zero,
    "young": young,
    "few10": lambda: few(10),
    "few100": lambda: few(100),
    "tnews": tnews,
    "pairs": pairs,
    "ecb": ecb,
    "clickbait": clickbait,
    "adverts": adverts,
    "copies": copies,
}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=sorted(TABLE), help="one row of the table")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/judgement.md")
    arguments = parser.parse_args()
    if not DATA.is_dir():
        print("../shared/data is absent: nothing to measure", file=sys.stderr)
        return 1
    found: list[Row] = []
    for name, measure in TABLE.items():
        if arguments.only in (None, name):
            measured = measure()
            found += measured
            if not arguments.json:
                print("\n".join(figures.line(row) for row in measured), flush=True)
    if arguments.json:
        print(json.dumps([vars(row) for row in found], ensure_ascii=False, indent=1))
    if arguments.write:
        figures.write(found)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
