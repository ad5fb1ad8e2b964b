"""What `curate check` finds, on real titles and pages, and what it costs: python bench/check.py [--data DIR] [--seed N]

- 2,000 titles of Chinese feeds and official accounts, drawn from ../shared/data, twenty an issue: every finding in a title is
  printed, to be read, and counted.
- Notices about reprints on real pages and in the bodies of real feeds, beside labels that were read by hand
  (`notices.tsv`: the page's file or the body's SHA-256, and which kind of notice it has). One half, drawn by the hash of
  the name, is for choosing the rules (`--choose` prints its misses), the other for reporting.
- CPU of checking an issue of twenty items with six own sentences and a list of a thousand words, without asking its originals.
"""

from __future__ import annotations

import gzip
import lzma
import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from statistics import median

from harness import DATA, ROOT, parser, require
from public import official_feeds, real_entries

from curate.checks.originals import ASKING
from curate.checks.table import check_issue
from curate.checks.view import IssueView
from curate.config.schema import Source
from curate.domain.errors import UnreadableError
from curate.domain.model import Digest, Item, Page, Section
from curate.extraction.dom import limit_page
from curate.extraction.reprint_notice import find_reprint_notice
from curate.sources import read
from curate.text.encoder import USE
from curate.text.encoding import decode
from curate.text.searchable import is_han

NOW = datetime(2026, 11, 30, 6, tzinfo=UTC)
ITEMS = 20
TITLES = 2_000
LABELS = ROOT / "bench/notices.tsv"


def chinese_titles() -> list[str]:
    """Every different Chinese title of the feeds and of the official accounts."""
    found: dict[str, None] = {}
    for name, body in official_feeds():
        try:
            source = Source(name=name, url="https://example.org/feed", limit=100)
            found |= {entry.title: None for entry in read(Page(source.url or "", body, NOW), source).entries}
        except UnreadableError:
            continue
    for _, entries in real_entries():
        found |= {entry.title: None for entry in entries}
    return sorted(title for title in found if sum(map(is_han, title)) >= 4)


def make_issue(titles: list[str], summary: str = "") -> Digest:
    items = tuple(
        Item(n, title, f"https://example.org/{n}", summary, "来源", NOW, "topic", entry=str(n), source_id="s")
        for n, title in enumerate(titles, 1)
    )
    section = Section("topic", "栏目", "", items)
    return Digest(
        "早读", "", "zh", "Asia/Shanghai", 1, date(2026, 11, 30), 1, items[0], (section,), (), 1, NOW
    )


def report_titles(titles: list[str]) -> None:
    """Print every finding in a title, and how many there are of each level."""
    counts: Counter[str] = Counter()
    permits = 0
    for start in range(0, len(titles), ITEMS):
        issue = make_issue(titles[start : start + ITEMS])
        for one in check_issue(IssueView(issue)).findings:
            if one.place == "title":
                counts[one.level] += 1
                print(
                    f"{one.level:5} {one.rule:10} {one.found}  <-  {issue.sections[0].items[one.number - 1].title}"
                )
        permits += sum(one.rule == "permit" for one in check_issue(IssueView(issue, licence="none")).findings)
    share = counts["warn"] / len(titles)
    print(
        f"{len(titles)} titles: {counts['error']} errors, {counts['warn']} warnings ({share:.2%}), {counts['hint']} hints"
    )
    print(
        f"with account.licence none besides {permits} hints that a title is licensed news ({permits / len(titles):.1%})"
    )


def texts() -> Iterator[tuple[str, str]]:
    """Name and markup of every page, and hash and markup of feeds' bodies."""
    for folder, unpack in (("pages_zh", lzma.decompress), ("pages_en", gzip.decompress)):
        root = DATA / folder / "html"
        for path in sorted(root.rglob("*.?z")):
            yield f"{folder}/{path.relative_to(root).as_posix()}", decode(unpack(path.read_bytes()), "")
    for _, entries in real_entries():
        for entry in entries:
            body = entry.content or entry.summary
            yield sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:16], body


def read_labels() -> dict[str, str]:
    rows = (line.split("\t") for line in LABELS.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


def is_chosen(name: str) -> bool:
    """Whether a page is in the half by which the rules were chosen."""
    return sha256(name.encode()).digest()[0] % 2 == 0


def report_notices(*, choose: bool) -> None:
    """Print precision and recall of what needs permission, and how many kinds are right, in both halves."""
    labels, found = read_labels(), {}
    spent = time.process_time()
    for name, markup in texts():
        if name in labels and name not in found:
            notice = find_reprint_notice(limit_page(markup))
            found[name] = notice.kind if notice else "none"
    for half, wanted in (("choosing", True), ("reporting", False)):
        names = [name for name in found if is_chosen(name) is wanted]
        asked = {name for name in names if found[name] in ASKING}
        true = {name for name in names if labels[name] in ASKING}
        right, same = len(asked & true), sum(found[name] == labels[name] for name in names)
        if wanted and choose:
            for name in sorted(asked ^ true):
                print(f"  {name}: labeled {labels[name]}, found {found[name]}")
        print(
            f"{half}: {len(names)} texts, {len(true)} need permission: precision {right / max(1, len(asked)):.3f}, "
            f"recall {right / max(1, len(true)):.3f}; kind right in {same}"
        )
    print(f"CPU {time.process_time() - spent:.1f} s, with reading the feeds")


def report_cost(titles: list[str]) -> None:
    """Print the CPU of one issue; nothing is kept from one to the next but the list of words."""
    words = "\n".join(f"词{n:04}语" for n in range(1_000))
    summary = "这是一段一百二十个字左右的摘要，说明事情的起因、经过和结果，并引用当事人的一句话。" * 3
    times = []
    USE.encode(["loads the model, once a process"])
    for start in range(0, min(len(titles), 40 * ITEMS), ITEMS):
        chosen = titles[start : start + ITEMS]
        issue = make_issue(chosen, "".join(random.sample(summary, len(summary))))
        own = {
            "opening": "\n".join(chosen[:3]),
            "closing": "\n".join(chosen[3:6]),
        }  # new to the encoder each time
        view = IssueView(issue, own=own, words=words, licence="none", encode=USE.encode)
        begun = time.process_time()
        check_issue(view)
        times.append(1000 * (time.process_time() - begun))
    print(
        f"{ITEMS} items: {median(times[1:]):.1f} ms of CPU an issue, {max(times[1:]):.1f} at most, {times[0]:.1f} the first"
    )


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--data", type=Path, help="where the public data is, if not in ../shared/data")
    options.add_argument("--seed", type=int, default=1, help="which titles are drawn")
    options.add_argument(
        "--choose", action="store_true", help="print what is missed in the half for choosing"
    )
    chosen = options.parse_args()
    if chosen.data and chosen.data.resolve() != DATA:
        options.error("the benchmarks read ../shared/data; link it there")
    require(DATA)
    every = chinese_titles()
    drawn = random.Random(chosen.seed).sample(every, min(TITLES, len(every)))
    report_titles(drawn)
    report_cost(drawn)
    report_notices(choose=chosen.choose)


if __name__ == "__main__":
    main()
