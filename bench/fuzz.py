"""Broken documents through every reader: python bench/fuzz.py [--number 20000] [--seed 5] [--json]

Real feeds, conformance cases and pages from ../shared/data are cut, doubled, spliced, flipped, nested, blown up and
declared in other encodings, and read by every reader, OPML, discovery, full extraction and the learnt way. Nothing but
a SourceError may come out, and a document that takes over a second of CPU or 200 MB is a finding. Document N follows
from the seed and N alone: `--only N` reads that one again and raises what it raises.
"""

from __future__ import annotations

import json
import lzma
import random
import sys
import tarfile
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from feeds_conformance import NOW
from harness import DATA, FEEDS, Clock, parser, peak_megabytes, require
from public import real_feeds

from curate.config.schema import Selectors, Source
from curate.domain.errors import SourceError
from curate.domain.model import Article, Page
from curate.extraction import by_selector
from curate.extraction.extract import extract
from curate.extraction.site_layout import Glimpse, Layout
from curate.sources import read
from curate.sources.discovery import discover
from curate.sources.opml import parse_opml

SLOW = 1.0  # seconds of CPU for one document and one reader
LARGE = 200 * 1024  # KB by which reading one document may raise the process's peak
URL = "https://example.org/a/feed"
EXTRACTED = 25  # one document in so many is extracted in full: that costs a hundred times what reading does
BIGGEST = 20_000  # bytes of a document that is mutated; a larger one is cut to this
_SELECT = Selectors(item="li, .item, article, div", link="a", time="time, .date", summary="p")
_KNOWN = Layout("example.org", tuple(Glimpse(str(n), (("article", 1.0), ("body", 0.9))) for n in range(3)))


def _reader(name: str, **rest: Any) -> Callable[[Page], object]:
    source = Source(name="fuzz", id="fuzz", reader=name, url=URL, **rest)
    return lambda page: read(page, source)


WAYS: dict[str, Callable[[Page], object]] = {
    "feed": _reader("feed"),
    "page": _reader("page", select=_SELECT),
    "sitemap": _reader("sitemap"),
    "originals": _reader("originals"),
    "opml": lambda page: parse_opml(page.body),
    "discovery": discover,
    "recall": lambda page: by_selector.extract_by_selector(
        page.body.decode("utf-8", "replace"), page.url, "article", Article("t", "", "a", NOW)
    ),
}
RARELY: dict[str, Callable[[Page], object]] = {
    "rsshub": _reader("rsshub", route="/a"),  # the same as a feed
    "extract": lambda page: extract(page.body, page.url, page.content_type),
    "read": lambda page: by_selector.read(page.body, page.url, page.content_type, _KNOWN, Article("", "")),
}

# --- mutations --------------------------------------------------------------------------------------------

SPLINTERS = (
    b"\0", b"\xff\xfe", b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"&#0;", b"&#x110000;", b"&nbsp;",
    b"<item>", b"</item>", b"</rss>", b"<entry>", b"<?xml", b"xml:base='http://['", b"\xf0\x9f", b"<guid/>",
    b"<link>http://[</link>", b"<pubDate>9999999999999</pubDate>", b"<pubDate>31 Feb 2026 25:61:61 +9999</pubDate>",
    b"type='xhtml'", b"\xa1\xa1", b"<title", b"<svg><math><table>", b"<template>", b"<base href='http://['>", b"---\n",
    b"title: !!python/object:os.system {}\n", b"date: 99999-99-99\n", b"<outline xmlUrl='feed://'/>", b"&#55296;",
    "\u202e\u200d\ufeff\U000e0041".encode(), b"<a href='javascript:x'>", b"<time datetime='-'>", b"<loc>//</loc>",
)  # fmt: skip
ENCODINGS = (
    "utf-8",
    "utf-16",
    "utf-16-be",
    "utf-32",
    "gb18030",
    "big5",
    "latin-1",
    "shift_jis",
    "utf-7",
    "hz",
    "x",
    "",
)
BOMB = (
    b'<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (n, b"&%c;" % (n - 1) * 10) for n in range(98, 108))
    + b'<!ENTITY x SYSTEM "file:///etc/passwd">]>'
)


def _somewhere(body: bytes, chance: random.Random, longest: int = 2000) -> tuple[int, int]:
    at = chance.randrange(len(body) + 1)
    return at, min(len(body), at + chance.randrange(longest))


def _cut(body: bytes, chance: random.Random, other: bytes) -> bytes:
    at, end = _somewhere(body, chance)
    return body[:at] + body[end:]


def _truncated(body: bytes, chance: random.Random, other: bytes) -> bytes:
    return body[: chance.randrange(len(body) + 1)]


def _doubled(body: bytes, chance: random.Random, other: bytes) -> bytes:
    at, end = _somewhere(body, chance)
    return body[:end] + body[at:end] * chance.choice((1, 2, 50)) + body[end:]


def _spliced(body: bytes, chance: random.Random, other: bytes) -> bytes:
    at, end = _somewhere(other, chance, 5000)
    to, _ = _somewhere(body, chance)
    return body[:to] + other[at:end] + body[to:]


def _splintered(body: bytes, chance: random.Random, other: bytes) -> bytes:
    at, _ = _somewhere(body, chance)
    return body[:at] + chance.choice(SPLINTERS) * chance.choice((1, 1, 3, 200)) + body[at:]


def _flipped(body: bytes, chance: random.Random, other: bytes) -> bytes:
    changed = bytearray(body)
    for _ in range(min(len(changed), chance.choice((1, 8, 200)))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _retagged(body: bytes, chance: random.Random, other: bytes) -> bytes:
    """A tag of the document again, elsewhere; or all of one kind under another name."""
    tags = body.split(b"<")[1:400]
    tag = chance.choice(tags).partition(b">")[0] if tags else b"x"
    at, _ = _somewhere(body, chance)
    if chance.random() < 0.5:
        return body[:at] + b"<" + tag + b">" + body[at:]
    name = tag.strip(b"/ ").split()[:1] or [b"x"]
    return body.replace(
        name[0], chance.choice((b"item", b"title", b"div", b"a:b", b"", b"xhtml:div", b"content"))
    )


def _nested(body: bytes, chance: random.Random, other: bytes) -> bytes:
    at, _ = _somewhere(body, chance)
    name = chance.choice((b"div", b"outline", b"item", b"p", b"a", b"b", b"table", b"font", b"ul", b"x:y"))
    return body[:at] + (b"<" + name + b">") * chance.choice((100, 3000, 20_000)) + body[at:]


def _inflated(body: bytes, chance: random.Random, other: bytes) -> bytes:
    """A huge attribute, a tag with very many, a huge text, or text without an end."""
    at, _ = _somewhere(body, chance)
    size = chance.choice((10_000, 300_000))
    what = (
        b"<a href='" + b"x" * size + b"'>",
        b"<a " + b" ".join(b"a%d=''" % n for n in range(size // 50)) + b">",
        b"<title>" + b"&amp;lt;" * (size // 8) + b"</title>",
        b"<p " + b'"' * (size // 10),
        b"<!--" * (size // 20),
        b"&" * (size // 10),
        b" " * size,
    )
    return body[:at] + chance.choice(what) + body[at:]


def _redeclared(body: bytes, chance: random.Random, other: bytes) -> bytes:
    text = body.decode("utf-8", "replace")
    said, real = chance.choice(ENCODINGS), chance.choice(ENCODINGS[:10])
    return (f'<?xml version="1.0" encoding="{said}"?>' + text).encode(real, "replace")


def _bombed(body: bytes, chance: random.Random, other: bytes) -> bytes:
    at = body.find(b">", body.find(b"<title")) + 1
    return BOMB + body[:at] + chance.choice((b"&k;", b"&x;", b"&b;")) + body[at:]


MUTATIONS = (
    _cut, _truncated, _doubled, _spliced, _splintered, _flipped, _retagged, _nested, _inflated, _redeclared, _bombed
)  # fmt: skip
WEIGHTS = (4, 2, 4, 4, 6, 4, 4, 1, 1, 1, 1)


def mutated(documents: list[bytes], number: int, seed: int) -> bytes:
    """Document `number` of a seed."""
    chance = random.Random(seed * 1_000_003 + number)
    body, other = (chance.choice(documents)[:BIGGEST] for _ in range(2))
    for _ in range(chance.randint(1, 5)):
        body = chance.choices(MUTATIONS, WEIGHTS)[0](body, chance, other)
    return body


# --- reading ----------------------------------------------------------------------------------------------


def documents() -> list[bytes]:
    """What is mutated, in an order that stays."""
    found = list(real_feeds().values())
    found += [lzma.decompress(path.read_bytes()) for path in sorted((DATA / "pages_zh/html").glob("*/*.xz"))]
    with tarfile.open(FEEDS / "conformance.tar.xz") as tar:
        members = sorted((m for m in tar.getmembers() if m.isfile()), key=lambda m: m.name)
        found += [file.read() for member in members if (file := tar.extractfile(member))]
    return [body for body in found if body]


def tried(way: Callable[[Page], object], page: Page) -> str:
    """ "" where it was read, "refused" where it was not, else what went wrong.

    What was slow is tried again, and the quicker counts: on a busy machine CPU seconds stretch, too.
    """
    found = _tried(way, page)
    return _tried(way, page) if found.startswith("slow") else found


def _tried(way: Callable[[Page], object], page: Page) -> str:
    before, clock = peak_megabytes(), Clock()
    outcome = ""
    try:
        way(page)
    except SourceError:
        outcome = "refused"
    except Exception as e:  # noqa: BLE001 - that is what is looked for
        where = traceback.extract_tb(e.__traceback__)[-1]
        return f"{type(e).__name__} at {Path(where.filename).name}:{where.lineno}"
    seconds, grown = clock.cpu, peak_megabytes() - before
    if seconds > SLOW:
        return f"slow, {seconds:.1f} s"
    return f"large, {grown:.0f} MB" if grown > LARGE else outcome


def _read_one(number: int, page: Page, outcomes: Counter[str], findings: dict[str, list[str]]) -> None:
    for name, way in (WAYS | (RARELY if number % EXTRACTED == 0 else {})).items():
        outcome = tried(way, page)
        outcomes[f"{name}: {outcome if outcome in ('', 'refused') else 'FINDING'}".rstrip(": ")] += 1
        if outcome not in ("", "refused"):
            findings.setdefault(f"{name}: {outcome.partition(',')[0]}", []).append(f"{number} {outcome}")
            print(f"{name}, document {number}: {outcome}", file=sys.stderr, flush=True)


def main() -> int:
    wanted = parser(__doc__)
    wanted.add_argument("--number", type=int, default=20_000)
    wanted.add_argument("--seed", type=int, default=5)
    wanted.add_argument("--start", type=int, default=0, help="the first document's number")
    wanted.add_argument("--only", type=int, metavar="N", help="read document N alone, by every way")
    wanted.add_argument("--json", action="store_true", help="print JSON")
    options = wanted.parse_args()
    require(FEEDS, DATA / "pages_zh")
    whole = documents()
    if options.only is not None:
        page = Page(URL, mutated(whole, options.only, options.seed), NOW)
        for name, way in (WAYS | RARELY).items():
            clock = Clock()
            outcome = tried(way, page)
            print(f"{name:16} {clock.cpu:6.2f} s  {outcome or 'read'}", flush=True)
        return 0
    outcomes: Counter[str] = Counter()
    findings: dict[str, list[str]] = {}
    done = 0
    try:
        for number in range(options.start, options.start + options.number):
            _read_one(number, Page(URL, mutated(whole, number, options.seed), NOW), outcomes, findings)
            done += 1
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
    told = {"documents": done, "seed": options.seed, "start": options.start, "outcomes": dict(outcomes)}
    print(json.dumps(told | {"findings": findings}, indent=None if options.json else 1))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
