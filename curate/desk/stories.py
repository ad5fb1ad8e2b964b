"""What was said about stories outside the desk, as decisions about an issue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from curate.desk.draft import items_of, keys_of
from curate.desk.events import Merge, Split
from curate.domain.model import Digest, EntryKey


def split_events(
    issue: Digest, pairs: Iterable[tuple[EntryKey, EntryKey]], urls: Mapping[EntryKey, str]
) -> list[Split]:
    """Splits of the items that tell both entries of a pair: the item keeps the entry that it leads with, else the first
    of the two. `urls`: the entries' addresses."""
    found: dict[EntryKey, Split] = {}
    for one, other in pairs:
        for item in items_of(issue.sections):
            if one in keys_of(item) and other in keys_of(item):
                out = one if other == item.key else other
                found.setdefault(out, Split(item.key, out, urls.get(out, "")))
    return list(found.values())


def merge_events(issue: Digest, pairs: Iterable[tuple[EntryKey, EntryKey]]) -> list[Merge]:
    """Merges of two items of the issue that tell the entries of a pair, under the one that comes first."""
    every = list(items_of(issue.sections))
    found: dict[EntryKey, Merge] = {}
    for pair in pairs:
        telling = [item for item in every if set(pair) & set(keys_of(item))]
        if len(telling) > 1:
            found.setdefault(telling[1].key, Merge(telling[0].key, telling[1]))
    return list(found.values())
