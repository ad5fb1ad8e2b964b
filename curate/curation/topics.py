"""Which topic each entry belongs to: what its text says, what its feed calls it, and what its source usually
writes about, weighed together, with a confidence that means what it says.

The text's probabilities come from a Sorter (learning.py); the evidence around the text is joined to them in
log-odds, as independent witnesses are (naive Bayes).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from curate.curation.learning import Sorter, train
from curate.curation.lexicon import Telling, telling_words, told
from curate.curation.reading import contains, folded, key, opening
from curate.curation.words import listed, say
from curate.model import Entry
from curate.settings import OTHER, Source, Topic

__all__ = ["UNSURE", "Guess", "Sorter", "sort_topics", "text_for_sorting", "train"]

# Below this the entry goes where its title's keyword says, else to its source's topic, else to Other. With calibrated probabilities it is the share
# of right answers among the least sure that are still accepted.
UNSURE = 0.50
# Where the editor has put something into Other, what is Other by this share is not caught by a word.
SURELY_OTHER = 0.70
# Log-odds that the feed's own category adds to the topic it names: a site's own editors are right about nine
# times in ten, but their sections are drawn differently from ours.
CATEGORY = 2.0
# Log-odds that the source's usual topic adds: it is usual, not certain.
USUAL = 1.0
# A title is short: the beginning of the summary is read with it, as much as says what it is about.
OPENING = 120


class _Witnesses(NamedTuple):
    """What speaks for an entry's topic: the text that is judged, the sorter's share of each topic (the last may be that of
    none), the topics that its feed's categories name, its source's usual topic, and telling words of its title."""

    text: str
    shares: NDArray[np.float64]
    named: Mapping[str, str]
    usual: str
    said: Sequence[Telling]


@dataclass(frozen=True, slots=True)
class Guess:
    """A topic's id (or "other"), how sure that is (0..1), and why."""

    topic: str
    confidence: float
    words: str


def sort_topics(
    entries: Sequence[Entry],
    topics: Sequence[Topic],
    sources: Mapping[str, Source],
    sorter: Sorter,
    language: str = "zh",
    labels: Mapping[tuple[str, str], str] | None = None,
) -> list[Guess]:
    """One guess for each entry, in order.

    What the editor labelled (`labels`: source and id of an entry -> topic) is where it was put, and an original
    whose first category is a topic goes there.
    """
    if not entries or not topics:
        return [Guess(OTHER, 0.0, say("topic.other", language, percent=0)) for _ in entries]
    texts = [text_for_sorting(entry) for entry in entries]
    odds = np.log(np.maximum(sorter.probabilities(texts), 1e-6))
    categories = [_categories(entry, topics) for entry in entries]
    place = {topic.id: i for i, topic in enumerate(topics)}
    said = {key: topic for key, topic in (labels or {}).items() if topic in place or topic == OTHER}
    usual = [_usual(entry, sources) for entry in entries]
    for row, named in enumerate(categories):
        for topic_id in named:
            odds[row, place[topic_id]] += CATEGORY
        if usual[row] in place:
            odds[row, place[usual[row]]] += USUAL
    shares = np.exp(odds - odds.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    telling = telling_words(topics)
    witnesses = (
        _Witnesses(text, share, named, its, [told(entry.title, words) for words in telling])
        for entry, text, share, named, its in zip(entries, texts, shares, categories, usual, strict=True)
    )
    return [
        Guess(said[key(entry)], 1.0, say("topic.label", language))
        if key(entry) in said
        else _guess(entry, heard, topics, language, knows_other=sorter.knows_other)
        for entry, heard in zip(entries, witnesses, strict=True)
    ]


def text_for_sorting(entry: Entry) -> str:
    """What a topic is judged by: the title and the beginning of what follows."""
    return f"{entry.title}\n{opening(entry, OPENING)}".strip()


def _guess(
    entry: Entry, heard: _Witnesses, topics: Sequence[Topic], language: str, *, knows_other: bool
) -> Guess:
    if entry.original and entry.categories and (own := _topic_called(entry.categories[0], topics)):
        return Guess(own, 1.0, say("topic.own", language))
    shares = heard.shares[: len(topics)]  # without none's, which takes its share and is no answer
    best = topics[int(np.argmax(shares))]
    confidence = round(float(shares.max()), 3)
    percent = round(100 * confidence)
    if confidence < UNSURE:
        keyed, words = _keyed(heard.said)
        if keyed and not (knows_other and heard.shares[len(topics) :].sum() >= SURELY_OTHER):
            return Guess(keyed, confidence, say("topic.keyed", language, shared=listed(words[:3], language)))
        if heard.usual in {topic.id for topic in topics}:
            return Guess(heard.usual, confidence, say("topic.source", language, percent=percent))
        return Guess(OTHER, confidence, say("topic.other", language, percent=percent))
    if best.id in heard.named:
        shared = listed([heard.named[best.id]], language)
        return Guess(best.id, confidence, say("topic.category", language, percent=percent, shared=shared))
    found = [word for word in best.keywords if contains(folded(heard.text), word)]
    found = found or [word for words in heard.said for word, ids in words.items() if best.id in ids]
    if found:
        shared = listed(found[:3], language)
        return Guess(best.id, confidence, say("topic.keywords", language, percent=percent, shared=shared))
    return Guess(best.id, confidence, say("topic.text", language, percent=percent))


def _usual(entry: Entry, sources: Mapping[str, Source]) -> str:
    known = sources.get(entry.source)
    return known.topic or "" if known else ""


def _keyed(said: Sequence[Telling]) -> tuple[str, list[str]]:
    """The only topic that the title's words name, and these words: the editor's keywords, or where it has none usual
    words; "" where they name none or several.

    What an unsure sorter falls back on first: four in five titles with such a word belong to the topic (THUCNews,
    ten keywords a class), while a young archive makes the sorter call too much "none of these".
    """
    words: Telling = next(filter(None, said), {})
    topics = {topic for named in words.values() for topic in named}
    return topics.pop() if len(topics) == 1 else "", list(words)


def _topic_called(name: str, topics: Sequence[Topic]) -> str:
    """The id of the topic that has this id or name, "" where none has."""
    wanted = folded(name).strip()
    return next((t.id for t in topics if wanted in (folded(t.id), folded(t.name))), "")


def _categories(entry: Entry, topics: Sequence[Topic]) -> dict[str, str]:
    """Topics that the feed's own categories name, by id, name or keyword, each with the category's words."""
    found: dict[str, str] = {}
    for category in entry.categories:
        wanted = folded(category).strip()
        for topic in topics:
            called = {folded(topic.id), folded(topic.name), *(folded(word) for word in topic.keywords)}
            if wanted in called:
                found.setdefault(topic.id, category)
    return found
