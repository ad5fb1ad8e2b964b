"""Which entry is which: within a document, and from night to night.

    its guid, else its link, else a hash of what it says

A guid or link that several entries of one document share tells none of them from the others; there it is
joined with a hash of the entry's words. Entries that share it *and* say the same are one, sent twice.

From night to night an address may change under the same entry: links that are good for some hours, http that became
https, a session in the path. `fingerprint` finds the entries that may be meant, `is_same` says which is.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

from curate.domain.model import OPENING, Entry
from curate.sources.urls import bare
from curate.text.clean import cut_opening, one_line

_TOLD = 20  # characters from which a text tells one entry from another
_COMPARED = 100  # characters of texts that are compared: what counts readers stands further down
_AT_ONCE, _DAY = timedelta(minutes=1), timedelta(hours=24)
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
    guids = _find_telling((c.guid, (c.link, c.title or c.content)) for c in claims)
    links = _find_telling((c.link, (c.title, c.content)) for c in claims)
    titles = _find_telling(((c.link, c.title), c.content) for c in claims if c.title and c.link)
    return [_identity(claim, guids, links, titles) for claim in claims]


def fingerprint(entry: Entry) -> str:
    """Twenty-four hex digits of source and title, or address where there is no title: what entries that may be one share."""
    return fingerprint_of(entry.source, entry.title, entry.url)


def fingerprint_of(source: str, title: str, url: str) -> str:
    """The same of an entry that is not at hand as a whole."""
    return _digest(source, one_line(title).casefold() or bare(url))


def is_same(new: Entry, old: Entry, *, recurring: bool = False, volatile: bool = False) -> bool:
    """Whether an entry whose id is not known is one that was known under another; both have one fingerprint.

    `recurring`: the source has had this title more than once, as columns do; `volatile`: no id of the document was known
    before, though its titles were, so its addresses are new at every fetch. One address or one text is enough. The time
    of publication is, where the texts do not say otherwise; so is the day, for a title that does not recur.
    """
    if new.url and bare(new.url) == bare(old.url):
        return True
    texts = _fold_opening(new), _fold_opening(old)
    if all(len(text) >= _TOLD for text in texts):
        if texts[0][:_COMPARED] == texts[1][:_COMPARED]:
            return True
        return not recurring and _apart(new, old) <= _AT_ONCE
    if not (new.dated and old.dated):
        return volatile
    return _apart(new, old) <= (_AT_ONCE if recurring else _DAY)


def _fold_opening(entry: Entry) -> str:
    text = cut_opening(entry.content) if entry.summary in ("", OPENING) else entry.summary
    return "".join(text.split()).casefold()


def _apart(one: Entry, other: Entry) -> timedelta:
    return abs(one.published - other.published) if one.dated and other.dated else _DAY + _DAY


def _find_telling(pairs: Iterable[tuple[Hashable, Hashable]]) -> frozenset[Hashable]:
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
