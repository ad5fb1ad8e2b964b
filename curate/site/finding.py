"""The search index: static files that a page without a server, even one opened from the folder, can ask.

Substrings, not words, are what readers type in Chinese: so every text is cut into overlapping pieces, two
characters long in Chinese and Japanese, three in what is written with letters, and at a run's end the shorter tails
as well. A query's pieces name the items that may have it; the item's text, which is loaded to be shown anyway,
decides. That the words of a query need not stand together is the page's part (templates/site/search.js).

    find/index.js          how many hundreds there are
    find/<h>/<s>.js        shard s of hundred h: pieces -> items, newest first
    find/issue/<n>.js      the texts of an issue's items

Issues are indexed a hundred at a time: an issue changes the shards of its own hundred and no others. The files are
scripts, not JSON, because a browser lets a page of the folder load scripts and nothing else.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from curate.site import paths
from curate.site.editions import Row
from curate.site.pages import Page, Site
from curate.text.words import HAN

HUNDRED = 100  # issues that are indexed together
SHARDS = 256  # files a hundred: a few kilobytes each, of which a query needs one to three
WIDE, NARROW = 2, 3  # length of a piece
_WIDE = rf"{HAN}\u3040-\u30ff\uac00-\ud7a3"  # written without spaces, or by the syllable
_RUN = re.compile(rf"(?P<wide>[{_WIDE}]+)|[^\W_{_WIDE}]+")
_IS_WIDE = re.compile(f"[{_WIDE}]")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def hundred(number: int) -> int:
    return number // HUNDRED


def folded(text: str) -> str:
    """The text as it is compared: compatible forms made one, in lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def pieces(text: str) -> set[str]:
    """The pieces of a folded text."""
    found: set[str] = set()
    for match in _RUN.finditer(text):
        run, size = match[0], WIDE if match["wide"] else NARROW
        found.update(run[at : at + size] for at in range(len(run)))
    return found


def shard(piece: str) -> int:
    """Which file has a piece: that of its first character, or of its first two letters, so that a shorter query
    finds all its longer pieces in one file."""
    return _bucket(piece[:1] if len(piece) < NARROW and _IS_WIDE.match(piece) else piece[:2])


@lru_cache(100_000)
def _bucket(head: str) -> int:
    """FNV-1a."""
    value = 0x811C9DC5
    for character in head:
        value = ((value ^ ord(character)) * 0x01000193) & 0xFFFFFFFF
    return value % SHARDS


def start(site: Site) -> Iterator[Page]:
    """Where a search begins: the hundreds that there are, the newest first."""
    known = sorted({hundred(number) for number in site.cards}, reverse=True)
    yield "find/index.js", _script("start", {"hundreds": known, "shards": SHARDS})


def hundred_of(site: Site, each: int, changed: Collection[int]) -> Iterator[Page]:
    """The shards of a hundred, and the texts of those of its issues that changed."""
    numbers = [number for number in site.cards if hundred(number) == each]
    for number in numbers:
        if number in changed:
            rows = site.read(number).rows.values()
            yield paths.found_issue(number), _script("texts", number, [_shown(row) for row in rows])
    yield from _shards(site, each, numbers)


def text_of(row: Row) -> str:
    """All of an item that can be found, folded; lines keep a match from reaching over two of its parts."""
    told = [part for telling in row.tellings for part in (telling.source, telling.title)]
    return folded("\n".join((row.title, row.summary, row.source, *told)))


def _shown(row: Row) -> list[object]:
    """Item, number, title, summary, source, topic, day, and what else can be found of it."""
    told = "\n".join(part for telling in row.tellings for part in (telling.source, telling.title))
    return [
        row.spot.item,
        row.number,
        row.title,
        row.summary,
        row.source,
        row.topic,
        row.date.isoformat(),
        told,
    ]


def _shards(site: Site, each: int, numbers: Sequence[int]) -> Iterator[Page]:
    """Items are counted down from the end of the hundred: the newest is the smallest, and lists are short."""
    places: dict[str, list[int]] = {}
    for number in reversed(numbers):
        for row in sorted(site.read(number).rows.values(), key=lambda row: row.spot.item):
            place = (HUNDRED - 1 - number % HUNDRED) * 100 + row.spot.item
            for piece in pieces(text_of(row)):
                places.setdefault(piece, []).append(place)
    shards: list[list[str]] = [[] for _ in range(SHARDS)]
    for piece in sorted(places):
        shards[shard(piece)].append(f"{piece}:{_packed(places[piece])}")
    for n, found in enumerate(shards):
        lines = " ".join(found)
        yield f"find/{each}/{n}.js", _script("shard", each, n, lines)


def _packed(places: Sequence[int]) -> str:
    """Ascending places as steps from one to the next, in base 36."""
    return ",".join([_STEPS[place - before] for before, place in pairwise((0, *places))])


def _base36(value: int) -> str:
    digits = ""
    while value:
        value, digit = divmod(value, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"


_STEPS = [_base36(value) for value in range(100 * HUNDRED)]


def _script(name: str, *values: object) -> bytes:
    told = ",".join(json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)
    return f"finder.{name}({told});\n".encode()
