"""Which topic each entry belongs to: what its text and its source say (classifier.py), what its feed calls it,
and what the editor says its source usually writes about, with a confidence that means what it says.

The evidence around the text is joined to the classifier's probabilities in log-odds, as independent witnesses are
(naive Bayes).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curate.config.schema import OTHER, Source, Topic
from curate.domain.message import Message, message
from curate.domain.model import Entry, EntryKey
from curate.text.entry_text import NO_TEXTS, EntryTexts, fold_text, text_of
from curate.topics.classifier import TopicClassifier
from curate.topics.lexicon import usual_words
from curate.topics.softmax import softmax
from curate.topics.vectorize import Documents, read_documents
from curate.topics.word_hits import find_hits

# Below this the entry goes to its source's topic, else to Other. With calibrated probabilities it is the share of
# right answers among the least sure that are still accepted: a section that is right one time in three is no section.
UNSURE = 0.30
# Log-odds that the feed's own category adds to the topic it names: fitted on 97 entries of ten feeds and six sets of
# topics, of which it was right for 69 %.
CATEGORY = 2.5
# Log-odds that the source's usual topic adds: fitted (2.3) on 137 entries whose source writes more often about it than
# not; a little less, for an editor may say it of a looser source.
USUAL = 2.0
NAMED = 3  # words that are named as reasons


@dataclass(frozen=True, slots=True)
class Guess:
    """A topic's id (or "other"), how sure that is (0..1), and why."""

    topic: str
    confidence: float
    why: Message


def entry_documents(
    entries: Sequence[Entry],
    sources: Mapping[str, Source],
    classifier: TopicClassifier,
    texts: EntryTexts = NO_TEXTS,
) -> Documents:
    """Entries as the classifier reads them."""
    names = [sources[entry.source].name if entry.source in sources else "" for entry in entries]
    return read_documents([text_of(entry, texts).gist for entry in entries], names, classifier.encode)


def assign_topics(
    entries: Sequence[Entry],
    sources: Mapping[str, Source],
    classifier: TopicClassifier,
    labels: Mapping[EntryKey, str] | None = None,
    texts: EntryTexts = NO_TEXTS,
) -> list[Guess]:
    """One guess for each entry, in order.

    What the editor labeled (`labels`: source and id of an entry -> topic) is where it was put, and an original
    whose first category is a topic goes there.
    """
    topics = classifier.topics
    if not entries or not topics:
        return [Guess(OTHER, 0.0, message("topic.other", percent=0)) for _ in entries]
    order = np.searchsorted(classifier.classes_, [*(topic.id for topic in topics), OTHER])
    odds = classifier.predict_log_proba(entry_documents(entries, sources, classifier, texts))[:, order]
    named = [_categories(entry, topics) for entry in entries]
    usual = [_usual(entry, sources) for entry in entries]
    alone = softmax(odds)
    for column, topic in enumerate(topics):
        odds[:, column] += CATEGORY * np.array([topic.id in names for names in named])
        odds[:, column] += USUAL * np.array([topic.id == name for name in usual])
    said = [(labels or {}).get(entry.key, "") for entry in entries]
    known = {topic.id for topic in topics} | {OTHER}
    judged = _Judged(topics, softmax(odds), alone, named, usual, _words_found(entries, topics))
    return [
        Guess(word, 1.0, message("topic.label"))
        if word in known
        else _own(entry, topics) or judged.guess(row)
        for row, (entry, word) in enumerate(zip(entries, said, strict=True))
    ]


def _own(entry: Entry, topics: Sequence[Topic]) -> Guess | None:
    """What an original's first category says."""
    if not entry.original or not entry.categories:
        return None
    wanted = fold_text(entry.categories[0]).strip()
    found = next((t.id for t in topics if wanted in (fold_text(t.id), fold_text(t.name))), "")
    return Guess(found, 1.0, message("topic.own")) if found else None


@dataclass(frozen=True, slots=True)
class _Judged:
    """What is known of all entries of a night, a row an entry."""

    topics: Sequence[Topic]
    shares: NDArray[np.float64]  # a column a topic, and the last for "other"
    alone: NDArray[np.float64]  # the same by the text alone
    named: Sequence[Mapping[str, str]]  # topic -> the feed's category that names it
    usual: Sequence[str]  # the source's topic
    words: Sequence[Mapping[str, Sequence[str]]]  # topic -> its words in the title

    def guess(self, row: int) -> Guess:
        shares = self.shares[row]
        best = int(shares.argmax())
        ids = [*(topic.id for topic in self.topics), OTHER]
        sure = round(float(shares[best]), 3)
        if best == len(self.topics):
            return self._other(row)
        if sure < UNSURE:
            if self.usual[row] not in ids[:-1]:
                return self._other(row)
            share = round(float(shares[ids.index(self.usual[row])]), 3)
            return self._make_guess(self.usual[row], share, "topic.source")
        if ids[best] in self.named[row]:
            return self._make_guess(ids[best], sure, "topic.category", [self.named[row][ids[best]]])
        if found := self.words[row].get(ids[best]):
            return self._make_guess(ids[best], sure, "topic.keywords", found)
        by_text = self.alone[row]
        is_lifted = ids[best] == self.usual[row] and (by_text[best] < UNSURE or by_text.argmax() != best)
        return self._make_guess(ids[best], sure, "topic.source" if is_lifted else "topic.text")

    def _other(self, row: int) -> Guess:
        return self._make_guess(OTHER, round(float(self.shares[row, -1]), 3), "topic.other", row=row)

    def _make_guess(
        self, topic: str, sure: float, name: str, words: Sequence[str] = (), row: int | None = None
    ) -> Guess:
        # what is left in Other is told with how sure the best topic was
        percent = round(100 * (sure if row is None else float(self.shares[row, :-1].max())))
        shared = tuple(words)[:NAMED]
        why = message(name, percent=percent, shared=shared) if shared else message(name, percent=percent)
        return Guess(topic, sure, why)


def _words_found(entries: Sequence[Entry], topics: Sequence[Topic]) -> list[dict[str, list[str]]]:
    """For each entry the topics' words that its title has, topic by topic: the editor's before usual ones."""
    owned: dict[str, dict[str, str]] = {}  # word as compared -> topic -> word as written
    for topic, usual in zip(topics, usual_words(topics), strict=True):
        for word in (*topic.keywords, *usual):
            owned.setdefault(fold_text(word), {}).setdefault(topic.id, word)
    found: list[dict[str, list[str]]] = []
    for words in find_hits([entry.title for entry in entries], list(owned)):
        its: dict[str, list[str]] = {}
        for word in words:
            for topic_id, written in owned[word].items():
                its.setdefault(topic_id, []).append(written)
        found.append(its)
    return found


def _usual(entry: Entry, sources: Mapping[str, Source]) -> str:
    known = sources.get(entry.source)
    return known.topic or "" if known else ""


def _categories(entry: Entry, topics: Sequence[Topic]) -> dict[str, str]:
    """Topics that the feed's own categories name, by id, name or keyword, each with the category's words."""
    found: dict[str, str] = {}
    for category in entry.categories:
        wanted = fold_text(category).strip()
        for topic in topics:
            called = {
                fold_text(topic.id),
                fold_text(topic.name),
                *(fold_text(word) for word in topic.keywords),
            }
            if wanted in called:
                found.setdefault(topic.id, category)
    return found
