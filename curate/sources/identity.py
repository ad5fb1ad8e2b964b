"""Which entry is which: within a document, and from night to night.

    its guid, else its link, else a hash of what it says

A guid or link that several entries of one document share tells none of them from the others; there it is
joined with a hash of the entry's words. Entries that share it *and* say the same are one, sent twice.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from curate.model import Entry
from curate.text.clean import one_line

_LONGEST = 500  # characters of an id; longer ones are hashed


class Claim(NamedTuple):
    """What an entry can be known by: its own id, its link (whole, with the fragment), and its words."""

    guid: str
    link: str
    title: str
    content: str


def identify(claims: Sequence[Claim]) -> list[str]:
    """An id for each claim, in order; equal ids mean the same entry.

    A guid is trusted where all entries that carry it have one link and one title (a text corrected under the
    same guid stays the same entry); a link where all that carry it say the same; then a title beside its link.
    """
    for names in ([claim.guid for claim in claims], [claim.link for claim in claims]):
        if all(names) and len(set(names)) == len(names):
            return [_short(name) for name in names]  # each has one of its own, as in most documents
        if any(names):
            break
    guids = _telling((c.guid, (c.link, c.title or c.content)) for c in claims)
    links = _telling((c.link, (c.title, c.content)) for c in claims)
    titles = _telling(((c.link, c.title), c.content) for c in claims if c.title and c.link)
    return [_identity(claim, guids, links, titles) for claim in claims]


def fingerprint(entry: Entry) -> str:
    """Twenty-four hex digits of source, link and title: the same for an entry whose guid is new every night."""
    return _digest(entry.source, entry.url, one_line(entry.title).casefold())


def _telling(pairs: Iterable[tuple[Hashable, Hashable]]) -> frozenset[Hashable]:
    """The values that say one thing each."""
    said: defaultdict[Hashable, set[Hashable]] = defaultdict(set)
    for value, words in pairs:
        said[value].add(words)
    return frozenset(value for value, words in said.items() if value and len(words) == 1)


def _identity(
    claim: Claim, guids: frozenset[Hashable], links: frozenset[Hashable], titles: frozenset[Hashable]
) -> str:
    if claim.guid in guids:
        return _short(claim.guid)
    if claim.link in links:
        return _short(claim.link)
    if (claim.link, claim.title) in titles:
        return f"hash:{_digest(claim.link, claim.title)}"
    return f"hash:{_digest(claim.link, claim.title, claim.content)}"


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST else f"hash:{_digest(value)}"


def _digest(*parts: str) -> str:
    joined = "\x1f".join(parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:24]
