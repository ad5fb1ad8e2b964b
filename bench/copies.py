"""Near-copies on the synthetic origin, and what grouping costs: `python bench/copies.py [--site DIR] [--sizes …] [--json]`.

Makes two sites with the generator in ../shared/origin (outside of this repository), serves them with the origin's own
server, reads their feeds with the reader that the night uses, and compares the copies that are found with the truth:
precision and recall of pairs, recall by kind of copy, once among 25,000 documents and once among 100,000. Then groups
1,000, 10,000, 100,000 and once more 1,000 of the latter, each in a process of its own: CPU seconds, milliseconds a document, peak
memory. `--json` gives the figures that have a mark to judgement.py, on stdout, and all else on stderr.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import subprocess
import sys
import tempfile
import urllib.request
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from harness import Clock, parser, peak_megabytes

from curate.cli.main import GARBAGE
from curate.config.schema import Source
from curate.domain.model import Entry, Page
from curate.sources import read as read_page
from curate.stories.merge import merge
from curate.stories.minhash import sketches
from curate.stories.near_duplicates import near_copies
from curate.text.entry_text import EntryText
from tests.made_up_web import build, free_port, missing, served

SITE = "--pages none --nights 1 --errors 0 --real 0 --summary 0"
NOW = datetime(2026, 11, 2, tzinfo=UTC)
JUDGED = 1000  # feeds of the site that copies are judged on
Key = tuple[str, str]
# what was measured, as figures.MARKS has it, its value, a note, and the CPU seconds it took
Row = dict[str, Any]


def site(folder: Path, feeds: int, seed: int) -> tuple[list[Entry], dict[Key, tuple[Key, str]]]:
    """What `read` says of a site in the folder, which is made where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    build(folder / "site", f"--feeds {feeds} --seed {seed} {SITE} --port {free_port()}")
    return read(folder / "site")


def read(site: Path) -> tuple[list[Entry], dict[Key, tuple[Key, str]]]:
    """Every entry of the site as the night reads it, and of each copy what it copies and how."""
    entries: list[Entry] = []
    copies: dict[Key, tuple[str, str]] = {}
    names: dict[str, Key] = {}
    with gzip.open(site / "truth.jsonl.gz", "rt", encoding="utf-8") as lines:
        feeds = [json.loads(line) for line in lines]
    with served(site):
        for feed in feeds:
            if not feed["ok"] or not feed["full"]:
                continue
            source = Source(id=f"f{feed['feed']}", name=f"f{feed['feed']}", url=feed["url"])
            with urllib.request.urlopen(feed["url"], timeout=10) as answer:
                page = Page(feed["url"], answer.read(), NOW, answer.headers.get("Content-Type", ""))
            found = {entry.url: entry for entry in read_page(page, source).entries}
            for told in feed["entries"]:
                if told["link"] not in found:
                    continue
                entry = found[told["link"]]
                entries.append(entry)
                names[told["id"].rpartition("/")[2].rpartition(":")[2]] = entry.key
                if "dup_of" in told:
                    copies[entry.source, entry.id] = told["dup_of"], told["dup_kind"]
    return entries, {key: (names[of], kind) for key, (of, kind) in copies.items() if of in names}


def judge(entries: list[Entry], copies: dict[Key, tuple[Key, str]]) -> list[Row]:
    """Pairs that were called copies against the truth: two are a pair if one copies the other, or both a third."""
    keys = [entry.key for entry in entries]
    families: dict[Key, set[Key]] = defaultdict(set)
    for key, (of, _) in copies.items():
        families[of] |= {of, key}
    true = {frozenset(pair) for family in families.values() for pair in combinations(family, 2)}
    kinds = {frozenset((key, of)): kind for key, (of, kind) in copies.items()}
    clock = Clock()
    read = [EntryText(entry) for entry in entries]
    texts = [text.whole for text in read]
    alike = near_copies(read, texts, sketches(texts))
    seconds = clock.cpu
    found = {frozenset((keys[i], keys[j])) for i, j in alike}
    precision, recall = len(found & true) / max(len(found), 1), len(found & true) / max(len(true), 1)
    size = f"{len(entries):,} documents, {len(true):,} pairs"
    print(f"{size} of {len(copies):,} copies\nprecision {precision:.4f}  recall {recall:.4f}")
    kept: list[str] = []
    for kind in sorted(set(kinds.values())):
        those = {pair for pair, name in kinds.items() if name == kind}
        kept.append(f"{kind} {len(found & those) / len(those):.3f}")
        print(f"  {kind:6} recall {len(found & those) / len(those):.4f} of {len(those)}")
    titles = {key: entry.title for key, entry in zip(keys, entries, strict=True)}
    for pair in sorted(found - true, key=sorted)[:5]:
        print("  not the same:", " | ".join(titles[key] for key in sorted(pair)))
    return [
        {"what": "near-copies: precision", "value": precision, "note": of, "seconds": seconds},
        {"what": "near-copies: recall", "value": recall, "note": ", ".join(kept), "seconds": seconds},
    ]


def measure(folder: Path, size: int, workers: int) -> None:
    """Group so many documents, in this process and its workers, with the program's own limits for garbage; the figures on
    stdout, as JSON."""
    gc.set_threshold(*GARBAGE)
    with gzip.open(folder / "entries.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for _, line in zip(range(size), lines, strict=False)]
    entries = [
        Entry(
            r["source"],
            r["id"],
            r["url"],
            r["title"],
            datetime.fromisoformat(r["published"]),
            content=r["content"],
        )
        for r in rows
    ]
    before, clock = peak_megabytes(), Clock()
    if workers > 1:
        with ProcessPoolExecutor(workers) as pool:
            stories, _ = merge(entries, spread=pool.map)
    else:
        stories, _ = merge(entries)
    wall, cpu, peak = clock.wall, clock.cpu, peak_megabytes()
    methods = Counter(echo.method for story in stories for echo in story.echoes)
    figures = {"documents": len(entries), "cpu": cpu, "wall": wall, "peak": peak, "before": before}
    print(json.dumps(figures | {"stories": len(stories), "methods": methods}))


def timed(folder: Path, size: int, workers: int) -> Row:
    """What grouping so many documents takes, measured in a process of its own."""
    command = [
        sys.executable,
        __file__,
        "--site",
        str(folder),
        "--measure",
        str(size),
        "--workers",
        str(workers),
    ]
    row: Row = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    row["each"] = 1000 * row["cpu"] / row["documents"]
    print(
        f"{row['documents']:>8,} documents  {row['cpu']:7.2f} CPU s  {row['wall']:7.2f} s  {row['each']:.3f} ms of CPU each  "
        f"peak {row['peak']:,.0f} MB ({row['before']:,.0f} before)  {row['stories']:,} stories  {row['methods']}",
        flush=True,
    )
    return row


def told(sizes: list[Row], workers: int) -> list[Row]:
    """The figures of the largest size, and its time a document against that of the smallest."""
    first, last = sizes[0], sizes[-1]
    what = f"grouping {last['documents']:,} documents: CPU seconds"
    note = f"{workers} processes, {last['wall']:.0f} s in all, peak {last['peak'] / 1000:.1f} GB"
    rows: list[Row] = [{"what": what, "value": last["cpu"], "note": note, "seconds": last["cpu"]}]
    if last is not first:
        what = f"milliseconds a document, {last['documents']:,} against {first['documents']:,}"
        growth = last["each"] / first["each"]
        note = f"{last['each']:.2f} against {first['each']:.2f}"
        print(f"growth from the first to the last: {growth - 1:+.0%}")
        rows.append({"what": what, "value": growth, "note": note, "seconds": first["cpu"]})
    return rows


def keep(folder: Path, entries: list[Entry]) -> None:
    with gzip.open(folder / "entries.jsonl.gz", "wt", encoding="utf-8", compresslevel=1) as out:
        for e in entries:
            row = {name: getattr(e, name) for name in ("source", "id", "url", "title", "content")}
            out.write(json.dumps(row | {"published": e.published.isoformat()}, ensure_ascii=False) + "\n")


def main() -> int:
    options = parser(__doc__)
    options.add_argument("--site", type=Path, help="keep server, site and documents here")
    options.add_argument("--feeds", type=int, default=4000, help="about 25 documents each")
    options.add_argument("--seed", type=int, default=17)
    options.add_argument("--sizes", type=int, nargs="*", default=[1000, 10_000, 100_000])
    options.add_argument("--workers", type=int, default=2, help="processes that share the work of each text")
    options.add_argument("--json", action="store_true", help="for judgement.py")
    options.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.measure:
        measure(chosen.site, chosen.measure, chosen.workers)
        return 0
    if absent := missing():
        print(f"needs {absent}: nothing to measure", file=sys.stderr)
        return 1
    with (
        tempfile.TemporaryDirectory() as temporary,
        redirect_stdout(sys.stderr if chosen.json else sys.stdout),
    ):
        folder = chosen.site or Path(temporary)
        rows = judge(*site(folder / "judged", JUDGED, chosen.seed))
        entries, copies = site(folder, chosen.feeds, chosen.seed)
        for row, more in zip(rows, judge(entries, copies), strict=True):
            row["note"] += f"; among {len(entries):,} documents {more['value']:.3f}"
        keep(folder, entries)
        del entries, copies
        if chosen.sizes:
            sizes = [timed(folder, size, chosen.workers) for size in chosen.sizes]
            if len(sizes) > 1:  # once more: a machine that changes its pace meanwhile must not decide
                again = timed(folder, chosen.sizes[0], chosen.workers)
                sizes[0]["each"] = (sizes[0]["each"] + again["each"]) / 2
            rows += told(sizes, chosen.workers)
    if chosen.json:
        print(json.dumps(rows, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
