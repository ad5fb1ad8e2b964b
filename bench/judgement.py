"""How good judgement is, on data nobody here wrote: `python bench/judgement.py [--only NAME] [--json] [--write]`.

Reads the public sets in ../shared/data and calls the functions that the night calls. What was chosen on a part
of a set is reported on another: the table says which. `--write` puts it into docs/engineering/judgement.md (figures.py).
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import advert_model
import figures
import topics
from harness import DATA, Clock, parser, require
from public import Row, opened

from curate.adverts.detect import ADVERT
from curate.domain.model import Entry
from curate.stories.evaluate import evaluate_groups, evaluate_pairs
from curate.text.encoder import find_encoder

_encoder = find_encoder()
ENCODE = _encoder.encode if _encoder else None


def pairs() -> list[Row]:
    """Pairs of titles of official accounts: one event or not."""
    rows = [json.loads(line) for line in opened("first_night/pairs.jsonl")]
    clock = Clock()
    found = evaluate_pairs([(_dated(row["a"]), _dated(row["b"]), bool(row["same"])) for row in rows], ENCODE)
    seconds = clock.cpu
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
    clock = Clock()
    found = evaluate_groups([doc["text"] for doc in docs], [doc["event"] for doc in docs], ENCODE)
    note = f"precision {found.b3_precision:.3f}, recall {found.b3_recall:.3f}, pair F1 {found.pair_f1:.3f}"
    what = "ECB+ documents into events, the night's threshold: B3 F1"
    return [Row("ecb", what, found.b3_f1, clock.cpu, note)]


def adverts() -> list[Row]:
    """Titles of official accounts, each judged by weights fitted on other accounts."""
    clock = Clock()
    sure, answers, first = advert_model.held_out()
    found = []
    for name, part in (("adverts", first), ("adverts, all labeled titles", first | True)):
        said, truth = sure[part] >= ADVERT, answers[part]
        right = int((said & truth).sum())
        note = f"{len(truth)} titles, {int(truth.sum())} adverts, {int(said.sum())} found, {right} of them rightly"
        seconds = clock.cpu
        at = advert_model.recall_at(0.9, sure[part], truth)
        found.append(Row("adverts", f"{name}: recall at precision .9", at, seconds, note))
        found.append(Row("adverts", f"{name}: precision", right / max(int(said.sum()), 1), seconds, note))
        found.append(Row("adverts", f"{name}: recall", right / max(int(truth.sum()), 1), seconds, note))
    return found


def copies() -> list[Row]:
    """Near-copies and the time of grouping, as bench/copies.py tells them: JSON records of `what`, `value`, `note`."""
    clock = Clock()
    command = [sys.executable, str(Path(__file__).parent / "copies.py"), "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        print("near-copies were not measured: bench/copies.py --json failed", file=sys.stderr)
        return []
    seconds = clock.cpu
    return [
        Row("copies", row["what"], row["value"], row.get("seconds", seconds), row.get("note", ""))
        for row in json.loads(done.stdout)
    ]


TABLE: dict[str, Callable[[], list[Row]]] = {
    **topics.TABLE,
    "pairs": pairs,
    "ecb": ecb,
    "adverts": adverts,
    "copies": copies,
}


def main() -> int:
    options = parser(__doc__)
    options.add_argument("--only", choices=sorted(TABLE), help="one row of the table")
    options.add_argument("--json", action="store_true", help="for machines")
    options.add_argument(
        "--write", action="store_true", help="put the figures into docs/engineering/judgement.md"
    )
    arguments = options.parse_args()
    require(DATA)
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
