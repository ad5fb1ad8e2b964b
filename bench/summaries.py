"""Which summaries the entries of real feeds get: `python bench/summaries.py [--seed N --draw N | --count] [--json]`.

`--draw` prints so many entries with their summaries, at most three of a feed, for somebody to read; `--count`
tells over all feeds how many have none, and which are shorter than any prose or a mere address. An entry's text
is what its feed carries, as in a night whose pages cannot be had. Feeds are read from ../shared/data/feeds.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from harness import FEEDS, parser

from curate.config.schema import Source
from curate.domain.errors import SourceError
from curate.domain.model import OPENING, Entry, Page
from curate.pipeline.summarize import find_leads_of_feed
from curate.sources.feed import read as feed
from curate.text.clean import plain
from curate.text.encoder import Encode, find_encoder
from curate.text.language import language, length
from curate.text.summary.choose import refrains
from curate.text.summary.lead_model import choose_leads

NOW = datetime(2026, 11, 30, tzinfo=UTC)
LIMIT = 120  # as digest.quote is by default
EACH = 3  # entries of one feed in a draw
COMPARED = 20  # entries of a feed from which it is learnt what it says everywhere
BRIEF = 12  # characters under which hardly any summary is prose
_ADDRESS = re.compile(r"\S*(?:://|www\.|\w\.(?:com|org|net|cn|io|xyz)/)\S*")


@dataclass(frozen=True)
class Row:
    """An entry as an issue would print it."""

    feed: str
    title: str
    summary: str
    text: str  # what the summary was made of


def main() -> int:
    wanted = parser(__doc__)
    wanted.add_argument("--data", type=Path, default=FEEDS)
    wanted.add_argument("--languages", default="zh,en", help="of the script of the text")
    wanted.add_argument("--seed", type=int, default=0)
    wanted.add_argument("--draw", type=int, default=100, help="how many entries with a summary are printed")
    wanted.add_argument("--count", action="store_true", help="count over all entries instead")
    wanted.add_argument("--text", action="store_true", help="print the beginning of the text as well")
    wanted.add_argument("--unseen", action="store_true", help="only of feeds that no model learned from")
    wanted.add_argument("--rules", action="store_true", help="as without an encoder")
    wanted.add_argument("--json", action="store_true", help="print JSON")
    options = wanted.parse_args()
    paths = sorted((options.data / "real").glob("*.xz"))
    if not paths:
        print(f"no documents in {options.data}", file=sys.stderr)
        return 1
    if options.unseen:
        paths = [path for path in paths if is_unseen(path)]
    wanted = options.languages.split(",")
    encoder = None if options.rules else find_encoder()
    encode = encoder.encode if encoder else None
    if options.count:
        _count([row for path in paths for row in _rows(path, wanted, encode)], options.json)
    else:
        _print(_drawn(paths, wanted, encode, options.seed, options.draw), options.json, options.text)
    return 0


def _rows(
    path: Path, wanted: list[str], encode: Encode | None, chance: random.Random | None = None
) -> Iterator[Row]:
    """The entries of a feed in the languages wanted, each with its summary; EACH of them where `chance` draws."""
    told = [(entry, text_of(entry)) for entry in entries_of(path) if entry.title]
    told = [one for one in told if language(one[1] or one[0].title) in wanted]
    if chance:
        chance.shuffle(told)
    known = refrains((entry.title, text) for entry, text in told[:COMPARED])
    told = told[: EACH if chance else None]
    leads = [find_leads_of_feed(entry, text, LIMIT, known) for entry, text in told]
    for (entry, text), summary in zip(told, choose_leads(leads, encode), strict=True):
        yield Row(path.name.removesuffix(".xml.xz"), entry.title, summary, text)


def is_unseen(path: Path) -> bool:
    """Whether a feed is of the third that nobody labels: what others read is drawn from it."""
    return int(hashlib.sha256(path.name.removesuffix(".xml.xz").encode()).hexdigest(), 16) % 3 == 0


def entries_of(path: Path) -> tuple[Entry, ...]:
    page = Page("https://example.org/feed", lzma.decompress(path.read_bytes()), NOW)
    try:
        return feed.read(page, Source(name="feed", url=page.url, limit=1000)).entries
    except SourceError:
        return ()


def text_of(entry: Entry) -> str:
    return plain(entry.content) or ("" if entry.summary == OPENING else entry.summary)


def _drawn(paths: list[Path], wanted: list[str], encode: Encode | None, seed: int, number: int) -> list[Row]:
    """Entries in an order by chance, no more than EACH of one feed, until so many have a summary."""
    chance = random.Random(seed)
    drawn = [row for path in paths for row in _rows(path, wanted, encode, chance)]
    chance.shuffle(drawn)
    last, printed = 0, 0
    while last < len(drawn) and printed < number:
        printed += bool(drawn[last].summary)
        last += 1
    return drawn[:last]


def _print(rows: list[Row], as_json: bool, with_text: bool) -> None:
    if as_json:
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
        return
    for number, row in enumerate(rows, 1):
        print(f"{number:3} {row.feed[:28]} | {row.title}\n      {row.summary or '—'}")
        if with_text:
            print(f"      < {row.text[:220]!r}")
    print(f"{sum(not row.summary for row in rows)} of {len(rows)} have no summary")


def _count(rows: list[Row], as_json: bool) -> None:
    printed = [row for row in rows if row.summary]
    brief = [row for row in printed if len(row.summary) < BRIEF]
    addresses = [row for row in printed if _ADDRESS.fullmatch(row.summary)]
    told = [row for row in rows if length(row.text) >= 40]
    figures = {
        "feeds": len({row.feed for row in rows}),
        "entries": len(rows),
        "with a summary": len(printed),
        "without, of texts of at least 40 characters or words": sum(not row.summary for row in told),
        "such texts": len(told),
        f"under {BRIEF} characters": len(brief),
        "addresses": len(addresses),
    }
    if as_json:
        print(json.dumps(figures | {"brief": [row.summary for row in brief]}, ensure_ascii=False, indent=1))
        return
    for name, value in figures.items():
        print(f"{value:6,} {name}")
    for row in brief + addresses:
        print(f"       {row.feed} | {row.title} | {row.summary}")


if __name__ == "__main__":
    sys.exit(main())
