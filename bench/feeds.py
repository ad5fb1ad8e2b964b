"""What the feed reader makes of real documents and of conformance cases, and how fast.

    python bench/feeds.py [--json] [--data DIR] [--examples]

DIR holds real/*.xz and conformance.tar.xz; by default ../shared/data/feeds beside the checkout.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from functools import partial
from pathlib import Path
from typing import Any

from feeds_conformance import FIELDS, NOW, SOURCE, conformance
from harness import FEEDS, Clock, parser, require
from public import real_feeds

from curate.domain.errors import UnreadableError
from curate.domain.model import Entry, Page
from curate.sources import read
from curate.sources.feed import fast, reference
from curate.sources.feed import read as feed
from curate.sources.feed.checks import bones_of, doubt
from curate.sources.item import ParsedFeed, entries, zone_of
from curate.text.clean import one_line
from curate.text.encoding import decode

COMPARED = ("id", "url", "title", "published", "summary", "content", "author", "categories", "images")

# Which parser was right where they differ and the doubt is the key; judged by reading every difference.
JUDGED = {
    "refused": "reference",
    "rdf": "reference: the fast one drops content:encoded, and RSS 0.90's items",
    "dropped": "reference",
    "date": "reference: it keeps what was written, so a missing zone can be the document's",
    "base": "reference: only it resolves addresses against xml:base",
    "markup": "reference: the fast one stops at the first element inside a title or description",
    "unread": "reference: it reads xhtml:body, base64 and atom:content",
    "prefixed": "reference: the fast one takes an extension's description for the item's",
    "undated": "reference: the fast one does not know created",
    "silent": "reference",
    "clash": "reference: the fast one takes media:title for title where it comes first",
    "entities": "reference",
    "malformed": "reference: the fast one loses the rest of a text at a bare & or an unknown entity",
    "": "fast for texts (the reference takes captions of media for the text) and ids; the reference finds more"
    " thumbnails and keywords, and one author",
}


def main() -> int:
    wanted = parser(__doc__)
    wanted.add_argument("--json", action="store_true", help="print JSON")
    wanted.add_argument("--data", type=Path, default=FEEDS)
    wanted.add_argument("--examples", action="store_true", help="name the documents that differ")
    options = wanted.parse_args()
    require(options.data)
    pages = {
        name: Page("https://example.org/feed", body, NOW) for name, body in real_feeds(options.data).items()
    }
    found: dict[str, Any] = {
        "real": _real(pages),
        "conformance": conformance(options.data / "conformance.tar.xz"),
    }
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _print(found, options.examples)
    return 0


def _real(pages: dict[str, Page]) -> dict[str, Any]:
    deciders: Counter[str] = Counter()
    count = refused = dated = untitled = 0
    clock = Clock()
    for page in pages.values():
        try:
            reading = read(page, SOURCE)
        except UnreadableError:
            refused += 1
            continue
        deciders[reading.parser] += 1
        count += len(reading.entries)
        dated += sum(entry.dated for entry in reading.entries)
        untitled += sum(not entry.title for entry in reading.entries)
    seconds = clock.cpu
    return {
        "documents": len(pages),
        "refused": refused,
        "entries": count,
        "dated": dated,
        "untitled": untitled,
        "decided": dict(deciders),
        "milliseconds_per_entry": round(1000 * seconds / max(1, count), 4),
        "seconds": round(seconds, 2),
        **_disagreements(pages),
    }


def _disagreements(pages: dict[str, Page]) -> dict[str, Any]:
    by_reason: defaultdict[str, list[str]] = defaultdict(list)
    fields: defaultdict[str, Counter[str]] = defaultdict(Counter)
    doubts: Counter[str] = Counter()
    spent = {"fast": 0.0, "reference": 0.0}
    for name, page in pages.items():
        text = decode(page.body, page.content_type)
        if text.lstrip("\ufeff \r\n\t").startswith("{"):
            continue
        text = feed.clean_xml(text)
        data = text.encode()
        bones = bones_of(data)
        quick, spent["fast"] = _timed(partial(fast.parse, bones=bones), data, spent["fast"])
        slow, spent["reference"] = _timed(reference.parse, data, spent["reference"])
        reason = doubt(data, bones, quick) if quick else "refused"
        doubts[reason] += 1
        differing = _differing(quick, slow, page)
        if differing:
            by_reason[reason].append(name)
            fields[reason].update(differing)
    return {
        "doubts": dict(doubts),
        "disagree": sum(map(len, by_reason.values())),
        "disagree_by_doubt": {
            reason: {
                "documents": len(names),
                "right": JUDGED.get(reason, "?"),
                "fields": dict(fields[reason]),
                "names": names,
            }
            for reason, names in by_reason.items()
        },
        "parser_seconds": {name: round(seconds, 2) for name, seconds in spent.items()},
    }


def _timed(parse: Any, data: bytes, before: float) -> tuple[ParsedFeed | None, float]:
    clock = Clock()
    try:
        found = parse(data)
    except UnreadableError:
        found = None
    return found, before + clock.cpu


def _differing(quick: ParsedFeed | None, slow: ParsedFeed | None, page: Page) -> list[str]:
    """Names of the fields in which the two answers lead to different entries."""
    if quick is None or slow is None:
        return ["refused"]
    zone = zone_of(quick.language, [item.title for item in quick.items])
    ours, theirs = (entries(d.items, page, SOURCE, zone, d.site) for d in (quick, slow))
    if len(ours) != len(theirs):
        return ["number of entries"]
    return [
        name
        for name in COMPARED
        if any(_value(a, name) != _value(b, name) for a, b in zip(ours, theirs, strict=True))
    ]


def _value(entry: Entry, name: str) -> Any:
    """The reference writes attributes anew, in another order; texts are compared by their words."""
    value = getattr(entry, name)
    return "".join(one_line(value).split()) if name in ("summary", "content") else value


def _print(found: dict[str, Any], examples: bool) -> None:
    real, cases = found["real"], found["conformance"]
    print(
        f"real: {real['documents']} documents, {real['entries']} entries, {real['refused']} refused, 0 crashes"
    )
    print(f"  {real['milliseconds_per_entry']} ms of CPU per entry, all in; decided by {real['decided']}")
    print(f"  parsers alone: {real['parser_seconds']} s; doubts: {real['doubts']}")
    print(f"  fast and reference disagree on {real['disagree']} documents:")
    for reason, row in sorted(real["disagree_by_doubt"].items(), key=lambda r: -r[1]["documents"]):
        print(
            f"    {reason or '(no doubt)':12} {row['documents']:3}  {row['fields']}\n{'':17} right: {row['right']}"
        )
        if examples:
            print("".join(f"{'':17} {name}\n" for name in row["names"]), end="")
    print(
        f"conformance: {cases['documents']} documents, {cases['unreadable']} refused, 0 crashes; {cases['share']:.1%} met"
    )
    for field in FIELDS:
        print(f"    {field:9} {cases['met'][field]:5} of {cases['asked'][field]:5}")
    for group, row in list(cases["mismatches"].items())[:20]:
        print(f"    {row['cases']:4}  {group}" + (f"  {row['examples']}" if examples else ""))


if __name__ == "__main__":
    sys.exit(main())
