"""How well each document matches each topic, before anybody has labeled one: a softmax over topics, and "other", of
a few weights that know no topic.

    topic: name, keywords, usual words ----+
                                           +-> similarities, words in common -> times the weights -> probabilities
    document: title, vector, source -------+

Because no weight belongs to a topic, those that were fitted on some sets of topics (bench/matching.py) hold for any.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from curate.config.schema import OTHER, Topic
from curate.text.encoder import Encode, Vectors
from curate.topics.lexicon import usual_words
from curate.topics.softmax import log_softmax
from curate.topics.vectorize import Documents
from curate.topics.word_hits import count_hits

Matrix = NDArray[np.float64]

NEIGHBORS = 10  # texts of the archive that are read along with a short one
SEARCHED = 20_000  # texts of the archive that neighbors are looked for among, spread over all of it
MOST_HITS = 2  # more words of a topic say no more
USUAL_WORDS = 60  # so many usual words of a topic say where it lies
NEAREST = 3  # keywords that a source's name is compared with
COMMON = 0.9  # quantile of the archive's similarities to a topic
SAME = 0.999  # texts as alike as this are one text
FEW = 20  # so many documents of no direction count with the archive's, whose average says little while it is young
BATCH = 1_000  # rows compared at once

# What each similarity counts for, and what speaks for "other": see the functions that make them.
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "description": 4.93,
        "nearest_keyword": 4.67,
        "neighbours": 10.14,
        "source_description": 5.77,
        "source_keywords": 1.95,
        "source_profile": 4.67,
        "common": 1.50,
        "keyword_hits": 1.27,
        "usual_hits": 1.57,
    }
)
OTHER_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "always": 1.15,
        "nearest_topic": 2.67,
        "keyword": -0.76,
        "usual_word": -0.77,
        "nearest_keyword": 0.78,
    }
)
# Without an encoder only words in common are left.
WORD_WEIGHTS: Mapping[str, float] = MappingProxyType({"keyword_hits": 2.0, "usual_hits": 1.5})
OTHER_WORD_WEIGHTS: Mapping[str, float] = MappingProxyType({"always": 0.5})


def unit(rows: Vectors) -> Vectors:
    """Rows of length 1; rows of zeros stay."""
    found: Vectors = rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9)
    return found


class TopicMatcher:
    """Topics matched by what is written about them. `fit` looks at an archive without labels, which says what is
    usual there; `encode` makes vectors of the topics' words, and is None where there is no encoder."""

    def __init__(self, topics: Sequence[Topic], encode: Encode | None = None) -> None:
        self.topics = topics
        self.encode = encode

    def fit(self, X: Documents, y: object = None) -> TopicMatcher:
        """Learn where the archive's average lies, what its sources write about, and where the topics lie in it."""
        self.usual_words_ = usual_words(self.topics)
        self.classes_ = np.array([*(topic.id for topic in self.topics), OTHER])
        if self.encode is None:
            return self
        width = self.encode([topic.name for topic in self.topics]).shape[1]
        rows = X.vectors if len(X) else np.zeros((0, width), np.float32)
        self.mean_ = rows.sum(axis=0) / (len(rows) + FEW)
        self.archive_ = unit(rows - self.mean_)
        self.texts_ = frozenset(zip(X.sources, X.texts, strict=True))
        self._place_topics()
        self._profile_sources(X.sources)
        near = self.archive_ @ self.centres_.T
        self.near_ = near
        self.common_ = np.quantile(near, COMMON, axis=0) if len(X) else np.zeros(len(self.topics))
        return self

    def _place_topics(self) -> None:
        """Vectors of the topics: of name and keywords as one text, of each keyword, and the center of all words."""
        assert self.encode is not None
        topics, usual_words = self.topics, [words[:USUAL_WORDS] for words in self.usual_words_]
        # where the editor has written no keywords, usual words stand for them
        keywords = [topic.keywords or usual for topic, usual in zip(topics, usual_words, strict=True)]
        described = [f"{t.name}：{'、'.join(words)}" for t, words in zip(topics, keywords, strict=True)]
        self.described_ = self.encode(described)
        self.keywords_, usual = (
            [self._center_vectors(words or (topic.name,)) for topic, words in zip(topics, lists, strict=True)]
            for lists in (keywords, usual_words)
        )
        parts = [
            self._center_vectors([topic.name for topic in self.topics]),
            self._center_vectors(described),
            *(np.array([unit(rows.mean(axis=0)) for rows in lots]) for lots in (self.keywords_, usual)),
        ]
        self.centres_ = unit(np.sum(parts, axis=0))

    def _center_vectors(self, texts: Sequence[str]) -> Vectors:
        assert self.encode is not None
        return unit(self.encode(texts) - self.mean_)

    def _profile_sources(self, sources: Sequence[str]) -> None:
        """The sum of each source's vectors in the archive, and how many there are."""
        self.count_ = Counter(source for source in sources if source)
        self.sum_: dict[str, Vectors] = defaultdict(lambda: np.zeros(self.archive_.shape[1], np.float32))
        for source, row in zip(sources, self.archive_, strict=True):
            if source:
                self.sum_[source] = self.sum_[source] + row

    def features(self, X: Documents) -> dict[str, Matrix]:
        """How alike each document (row) and each topic (column) are, in several ways."""
        titles = [text.partition("\n")[0] for text in X.texts]
        lists = [*((topic.name, *topic.keywords) for topic in self.topics), *self.usual_words_]
        own, usual = np.hsplit(np.minimum(count_hits(titles, lists), MOST_HITS), 2)
        found: dict[str, Matrix] = {"keyword_hits": own, "usual_hits": usual}
        if self.encode is None:
            return found
        rows = unit(X.vectors - self.mean_)
        found["description"] = _alike(rows, unit(self.described_ - self.mean_))
        found["nearest_keyword"] = np.array([(rows @ words.T).max(axis=1) for words in self.keywords_]).T
        found["nearest_topic"] = _alike(rows, self.centres_)
        found["neighbours"] = self._neighbors(rows)
        found["common"] = np.broadcast_to(self.common_, found["description"].shape)
        return found | self._source_features(X, rows)

    def _neighbors(self, rows: Vectors) -> Matrix:
        """How near to each topic the texts of the archive are that lie nearest to a document, without itself; where
        the archive has too few, the document stands in for them."""
        near = _alike(rows, self.centres_)
        step = len(self.archive_) // (SEARCHED + 1) + 1
        searched, topics_near = self.archive_[::step], self.near_[::step]
        count = min(NEIGHBORS, len(searched) - 1)
        if count < 1:
            return near
        for start in range(0, len(rows), BATCH):
            part = slice(start, start + BATCH)
            alike = rows[part] @ searched.T
            alike[alike > SAME] = -1.0
            nearest = np.argpartition(-alike, count, axis=1)[:, :count]
            found = topics_near[nearest].sum(axis=1)
            near[part] = (found + (NEIGHBORS - count) * near[part]) / NEIGHBORS
        return near

    def _source_features(self, X: Documents, rows: Vectors) -> dict[str, Matrix]:
        """How near each document's source is to each topic: by its name, and by what else it has written."""
        assert self.encode is not None
        named = np.array([bool(source) for source in X.sources])
        described, keywords, profile = (np.zeros((len(rows), len(self.topics))) for _ in range(3))
        if named.any():
            names = sorted(set(filter(None, X.sources)))
            number = {name: n for n, name in enumerate(names)}
            place = [number[source] for source in X.sources if source]
            vectors = self.encode(names)
            described[named] = (unit(vectors) @ unit(self.described_).T)[place]
            centered = unit(vectors - self.mean_)
            nearest = [
                np.sort(centered @ words.T, axis=1)[:, -NEAREST:].mean(axis=1) for words in self.keywords_
            ]
            keywords[named] = np.array(nearest).T[place]
        for i, (source, text) in enumerate(zip(X.sources, X.texts, strict=True)):
            if source in self.count_:
                others = self.sum_[source] - (rows[i] if (source, text) in self.texts_ else 0.0)
                profile[i] = unit(others) @ self.centres_.T
        return {"source_description": described, "source_keywords": keywords, "source_profile": profile}

    def predict_log_proba(self, X: Documents) -> Matrix:
        """A row a document, a column a topic and the last one for "other"."""
        features = self.features(X)
        weights = WEIGHTS if self.encode else WORD_WEIGHTS
        scores = np.sum([weight * features[name] for name, weight in weights.items()], axis=0)
        return log_softmax(np.column_stack([scores, self._other(features)]))

    def _other(self, features: Mapping[str, Matrix]) -> Matrix:
        """What speaks for "other": it must be likelier the nearer the nearest topic is, or it would never compete."""
        against = OTHER_WEIGHTS if self.encode else OTHER_WORD_WEIGHTS
        signs = other_features(features)
        found: Matrix = np.sum([weight * signs[name] for name, weight in against.items()], axis=0)
        return found


def other_features(features: Mapping[str, Matrix]) -> dict[str, Matrix]:
    """What "other" is judged by, a number a document."""
    found = {
        "always": np.ones(len(features["keyword_hits"])),
        "keyword": (features["keyword_hits"] > 0).any(axis=1).astype(float),
        "usual_word": (features["usual_hits"] > 0).any(axis=1).astype(float),
    }
    for name in ("nearest_topic", "nearest_keyword"):
        if name in features:
            found[name] = features[name].max(axis=1)
    return found


def _alike(rows: Vectors, others: Vectors) -> Matrix:
    """Cosines of unit rows with unit rows."""
    return (rows @ others.T).astype(np.float64)
