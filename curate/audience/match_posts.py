"""Which issue, or which topic of it, a published post was. By the issue's number or by title; fuzzily, as editors
retitle. Never by its day alone: an account publishes other pieces as well. Pure; what finds no place is told.

An issue goes out as one post, or as one post a topic (up to eight in a push): then each post is given to one section.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import numpy as np
from scipy.optimize import linear_sum_assignment

from curate.audience.model import Post, letters
from curate.domain.model import Digest, Section
from curate.text.lines import letter_pairs

WHOLE = ""  # Match.topic of a post that is a whole issue
LATEST = timedelta(days=2)  # an issue is pushed on its day, or up to so much later
# From which titles are one: the share of the shorter's character pairs that the other has. Editors shorten and add the
# account's name; unrelated titles of one account share under a third.
ALIKE = 0.6
NAMED = 0.9  # a section's name in the title
SHORTEST = 4  # character pairs that a title needs to be recognized within another

How = Literal["number", "title", "topic"]
_NUMBER = re.compile(r"第\s*(\d{1,6})\s*期|\bNo\.?\s*(\d{1,6})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Match:
    """A post's place: an issue, and a section of it where it is one topic's post."""

    number: int
    topic: str  # Section.id, or WHOLE
    how: How
    likeness: float  # 0..1


@dataclass(frozen=True, slots=True)
class Matching:
    matches: Mapping[str, Match]  # by post_key
    unmatched: tuple[str, ...]  # keys of posts without a place, oldest first


def match(posts: Mapping[str, Post], digests: Iterable[Digest]) -> Matching:
    """Each post's place among the issues; a section, and a whole issue, is given to one post at most."""
    by_day = defaultdict(list)
    for digest in digests:
        by_day[digest.date].append(digest)
    wanted: dict[int, list[str]] = defaultdict(list)
    issues: dict[int, Digest] = {}
    for key, post in posts.items():
        near = [
            d for lag in range(LATEST.days + 1) for d in by_day.get(post.published - timedelta(days=lag), ())
        ]
        if near:
            best = max(near, key=lambda d: (_closeness(post, d), d.date, d.number))
            issues[best.number] = best
            wanted[best.number].append(key)
    found: dict[str, Match] = {}
    for number, keys in wanted.items():
        digest = issues[number]
        found |= _match_issue({key: posts[key] for key in keys}, digest)
    lost = sorted((k for k in posts if k not in found), key=lambda k: (posts[k].published, posts[k].title))
    return Matching(found, tuple(lost))


def _closeness(post: Post, digest: Digest) -> float:
    return max(_whole(post, digest), *(_section(post, section) for section in digest.sections), 0.0)


def _match_issue(posts: Mapping[str, Post], digest: Digest) -> dict[str, Match]:
    """The posts of one issue: one a topic where two or more find sections of their own, else the one that is the whole."""
    keys = list(posts)
    numbered = [key for key in keys if _bears_number(posts[key], digest)]
    if len(numbered) != 1:
        by_topic = _by_topic(posts, digest.sections)
        if len(by_topic) > 1:
            return {
                key: Match(digest.number, topic, "topic", likeness)
                for key, (topic, likeness) in by_topic.items()
            }
    best = max(keys, key=lambda key: _whole(posts[key], digest))
    likeness = _whole(posts[best], digest)
    if likeness < ALIKE:
        return {}
    how: How = "number" if best in numbered else "title"
    return {best: Match(digest.number, WHOLE, how, likeness)}


def _by_topic(posts: Mapping[str, Post], sections: Sequence[Section]) -> dict[str, tuple[str, float]]:
    """The assignment of posts to sections that is best as a whole (Kuhn 1955)."""
    if not sections:
        return {}
    keys = list(posts)
    table = np.array([[_section(posts[key], section) for section in sections] for key in keys])
    rows, columns = linear_sum_assignment(-table)
    return {
        keys[row]: (sections[column].id, float(table[row, column]))
        for row, column in zip(rows, columns, strict=True)
        if table[row, column] >= ALIKE
    }


def _bears_number(post: Post, digest: Digest) -> bool:
    found = _NUMBER.search(post.title)
    return found is not None and int(found[1] or found[2]) == digest.number


def _whole(post: Post, digest: Digest) -> float:
    return 1.0 if _bears_number(post, digest) else likeness(post.title, digest.lead.title)


def _section(post: Post, section: Section) -> float:
    name = letters(section.name)
    named = NAMED if len(name) > 1 and name in letters(post.title) else 0.0
    return max(named, *(likeness(post.title, item.title) for item in section.items), 0.0)


def likeness(one: str, other: str) -> float:
    """How much of the shorter title's character pairs the other has; their Jaccard similarity where it is very short."""
    first, second = _pairs(one), _pairs(other)
    shared, shorter = len(first & second), min(len(first), len(second))
    if shorter < SHORTEST:
        return shared / max(len(first | second), 1)
    return shared / shorter


def _pairs(title: str) -> frozenset[str]:
    return letter_pairs(letters(title))
