"""What was said about stories outside the desk, as decisions about an issue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from curate.desk.draft import items_of, key_of, keys_of
from curate.desk.events import Key, Merge, Split
from curate.domain.model import Digest


def split_events(issue: Digest, pairs: Iterable[tuple[Key, Key]], urls: Mapping[Key, str]) -> list[Split]:
    """Splits of the items that tell both entries of a pair: the item keeps the entry that it leads with, else the first
    of the two. `urls`: the entries' addresses."""
    found: dict[Key, Split] = {}
    for one, other in pairs:
        for item in items_of(issue.sections):
            if one in keys_of(item) and other in keys_of(item):
                out = one if other == key_of(item) else other
                found.setdefault(out, Split(key_of(item), out, urls.get(out, "")))
    return list(found.values())


def merge_events(issue: Digest, pairs: Iterable[tuple[Key, Key]]) -> list[Merge]:
    """Merges of two items of the issue that tell the entries of a pair, under the one that comes first."""
    every = list(items_of(issue.sections))
    found: dict[Key, Merge] = {}
    for pair in pairs:
        telling = [item for item in every if set(pair) & set(keys_of(item))]
        if len(telling) > 1:
            found.setdefault(key_of(telling[1]), Merge(key_of(telling[0]), telling[1]))
    return list(found.values())
