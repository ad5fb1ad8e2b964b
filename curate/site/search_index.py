"""The search index: static files that a page without a server, even one opened from the folder, can ask.

Substrings, not words, are what readers type in Chinese: so every text is cut into overlapping pieces, two
characters long in Chinese and Japanese, three in what is written with letters, and at a run's end the shorter tails
as well. A query's pieces name the items that may have it; the item's text, which is loaded to be shown anyway,
decides. That the words of a query need not stand together is the page's part (templates/site/search.js).

    find/index.js               which blocks of issues there are
    find/scripts.js             traditional characters, and the simplified ones that they are compared as
    find/<first>-<last>/<s>.js  shard s of a block: pieces -> items, newest first
    find/issue/<n>.js           the texts of an issue's items

Blocks are as large as the binary digits of the number of issues: of 1,101 issues 1,024, then 64, then the 13 newest,
which alone are indexed anew every night; when they are 64 they join their like, as in a log-structured merge tree
(Bentley and Saxe 1980). So a question asks few files however long the archive is, and an issue costs as little as on the
first day, but for the day on which blocks join. The files are scripts, not JSON, because a browser lets a page of the
folder load scripts and nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from curate.site import paths
from curate.site.editions import ItemRow
from curate.site.pages import Page, Site
from curate.text.folding import fold
from curate.text.scripts import scripts
from curate.text.tokenize import HAN

UNIT = 64  # issues of the smallest block
SHARDS = 2  # files for each issue of a block: a few kilobytes each, of which a query needs one to three
WIDE, NARROW = 2, 3  # length of a piece
_WIDE = rf"{HAN}\u3040-\u30ff\uac00-\ud7a3"  # written without spaces, or by the syllable
_RUN = re.compile(rf"(?P<wide>[{_WIDE}]+)|[^\W_{_WIDE}]+")
_IS_WIDE = re.compile(f"[{_WIDE}]")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class IndexBlock(NamedTuple):
    """Issues that are indexed together: from `first` on, as many numbers as `size` says."""

    first: int
    size: int

    @property
    def folder(self) -> str:
        return f"find/{self.first}-{self.first + self.size - 1}/"


def blocks(newest: int) -> list[IndexBlock]:
    """The blocks of the issues up to a number, the newest first: one that is still filling, then the binary digits."""
    end = newest // UNIT * UNIT
    found = [IndexBlock(end, UNIT)]
    while end:
        size = end & -end
        end -= size
        found.append(IndexBlock(end, size))
    return found


def block_of(number: int) -> IndexBlock:
    """The block that holds an issue, where it is the newest."""
    return next(block for block in blocks(number) if block.first <= number)


def pieces(text: str) -> set[str]:
    """The pieces of a folded text."""
    found: set[str] = set()
    for match in _RUN.finditer(text):
        run, size = match[0], WIDE if match["wide"] else NARROW
        found.update(run[at : at + size] for at in range(len(run)))
    return found


def shard(piece: str, many: int) -> int:
    """Which of so many files has a piece: that of its first character, or of its first two letters, so that a
    shorter query finds all its longer pieces in one file."""
    return _bucket(piece[:1] if len(piece) < NARROW and _IS_WIDE.match(piece) else piece[:2]) % many


@lru_cache(100_000)
def _bucket(head: str) -> int:
    """FNV-1a."""
    value = 0x811C9DC5
    for character in head:
        value = ((value ^ ord(character)) * 0x01000193) & 0xFFFFFFFF
    return value


def texts(site: Site, numbers: Iterable[int]) -> Iterator[Page]:
    """The texts of these issues."""
    for number in numbers:
        rows = site.read(number).rows.values()
        yield paths.found_issue(number), _script("texts", number, [_make_row(row) for row in rows])


def index(site: Site, fresh: Collection[int]) -> Iterator[Page]:
    """Where a search begins, and the shards of all blocks that are new or have a fresh issue."""
    held = _group_blocks(site.cards)
    known = _group_blocks(number for number in site.cards if number not in fresh)
    yield "find/scripts.js", _script("scripts", *scripts())
    yield "find/index.js", _script("start", {"blocks": list(held), "shards": SHARDS})
    for block, numbers in held.items():
        if known.get(block) != numbers:
            yield from _shards(site, block, numbers)


def outgrown(site: Site, fresh: Collection[int]) -> list[str]:
    """The folders of blocks that were there before these issues, and have since joined larger ones."""
    known = _group_blocks(number for number in site.cards if number not in fresh)
    return sorted(block.folder for block in known.keys() - _group_blocks(site.cards).keys())


def _group_blocks(numbers: Iterable[int]) -> dict[IndexBlock, list[int]]:
    """The blocks that hold any of these issues, the newest first, with what they hold."""
    every = sorted(numbers)
    found = (
        (b, [n for n in every if b.first <= n < b.first + b.size]) for b in blocks(max(every, default=0))
    )
    return {block: held for block, held in found if held}


def text_of(row: ItemRow) -> str:
    """All of an item that can be found, folded; lines keep a match from reaching over two of its parts."""
    told = [part for telling in row.tellings for part in (telling.source, telling.title)]
    return fold("\n".join((row.number, row.title, row.summary, row.note, row.source, *told)))


def _make_row(row: ItemRow) -> list[object]:
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


def _shards(site: Site, block: IndexBlock, numbers: Sequence[int]) -> Iterator[Page]:
    """Items are counted down from the end of the block: the newest is the smallest, and lists are short."""
    places: dict[str, list[int]] = {}
    for number in reversed(numbers):
        for row in sorted(site.read(number).rows.values(), key=lambda row: row.spot.item):
            place = (block.first + block.size - 1 - number) * 100 + row.spot.item
            for piece in pieces(text_of(row)):
                places.setdefault(piece, []).append(place)
    many = SHARDS * block.size
    shards: list[list[str]] = [[] for _ in range(many)]
    for piece in sorted(places):
        shards[shard(piece, many)].append(f"{piece}:{_pack_steps(places[piece])}")
    for n, lines in enumerate(shards):
        yield f"{block.folder}{n}.js", _script("shard", f"{block.first}/{n}", " ".join(lines))


def _pack_steps(places: Sequence[int]) -> str:
    """Ascending places as steps from one to the next, in base 36."""
    return ",".join([_base36(place - before) for before, place in pairwise((0, *places))])


@lru_cache(100_000)
def _base36(value: int) -> str:
    digits = ""
    while value:
        value, digit = divmod(value, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"


def _script(name: str, *values: object) -> bytes:
    told = ",".join(json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)
    return f"finder.{name}({told});\n".encode()
