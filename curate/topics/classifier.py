"""Which topic a document belongs to, from the topics' words, an archive without labels, and what the editor has
labeled so far.

    matching   TopicMatcher: a few weights that know no topic
    vectors    logistic regression on vectors, taught by the archive's documents that the others are surest of:
               self-training
    grams      naive Bayes on grams of characters, taught by what is believed of every document: expectation
               maximization (Nigam et al. 2000)
    source     what else the source writes about, by the same beliefs
    sizes      how much of the archive each topic has, by the same beliefs
    labels     logistic regression on vectors and a support vector machine on grams, taught by the editor's labels,
               each counting for as much as cross-validation says

Their log-probabilities are added with a weight each (a
logarithmic opinion pool, Genest and Zidek 1986), and divided by a temperature that makes confidence the share of right
answers (Guo et al. 2017).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np

from curate.config.schema import OTHER, Topic
from curate.text.encoder import Encode
from curate.topics.linear_classifier import (
    UNSEEN,
    Labels,
    Matrix,
    Reads,
    Student,
    ask,
    pack,
    teach,
    teach_in_parts,
    unpack,
)
from curate.topics.matching import TopicMatcher
from curate.topics.naive_bayes import GramBayes
from curate.topics.softmax import log_softmax
from curate.topics.vectorize import Documents, scale_grams

UNLABELED = ""
# Who learns from labels. Each has a share beside what is believed without labels, whose share comes first.
TAUGHT: Mapping[str, Reads] = MappingProxyType({"labels-grams": "grams", "labels-vectors": "vectors"})
ALONE = np.array([1.0, 0.0, 0.0])
# What each opinion counts for; chosen with SURE on six sets of titles, see docs/engineering/judgement.md.
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"matching": 0.6, "vectors": 0.4, "grams": 0.3, "source": 0.5, "sizes": 0.5}
)
# The few opinions about a young archive agree less than they are right: the temperature is so much where nothing was
# read, and 1 from so many documents on. Chosen on archives of 60 to 450 titles of accounts.
YOUNG, SETTLED = 0.75, 1_200
# A label names one topic where two would often do, so what its likelihood asks for is too doubtful.
LABELED_TEMPERATURE = 0.8
ENOUGH = 100  # with fewer documents there is nothing to teach by
MATCHING_ALONE = 1.3  # what matching counts for where there is nothing else
GROWN = 800  # documents of an archive whose students count in full
MANY = 2_000  # documents from which on grams take over from vectors
SURE = (0.5, 0.7)  # the share of the archive, the surest first, that each round of self-training learns from
SMALLEST = 0.01  # share of the archive that a topic of nothing still has
PRIOR = 3  # so many documents of everyone's count beside those of one source
FAR, NEAR = 0.35, 8.0  # likeness from which a label speaks for a document, and log-odds where the two are one
BATCH = 1_000  # documents compared at once with all labels
FOLDS = 5
FEWEST = 10  # labels with which cross-validation begins to say something
DOUBT = 10.0  # how strongly cross-validation must speak before labels count


class SourceProfile:
    """The average of what is believed of a source's other documents, drawn towards that of all."""

    def fit(self, X: Documents, belief: Matrix) -> SourceProfile:
        """`belief`: probabilities, a row a document."""
        self.all_ = belief.mean(axis=0)
        self.sum_: dict[str, Matrix] = defaultdict(lambda: np.zeros_like(self.all_))
        self.own_: dict[str, dict[str, Matrix]] = defaultdict(dict)
        for source, text, row in zip(X.sources, X.texts, belief, strict=True):
            if source and text not in self.own_[source]:
                self.sum_[source] = self.sum_[source] + row
                self.own_[source][text] = row
        return self

    def predict_log_proba(self, X: Documents) -> Matrix:
        """Even where nothing of the source is known."""
        found = np.zeros((len(X), len(self.all_)))
        for i, (source, text) in enumerate(zip(X.sources, X.texts, strict=True)):
            own = self.own_.get(source, {})
            count = len(own) - (text in own)
            if count:
                total = self.sum_[source] - own.get(text, 0.0)
                found[i] = np.log((total + PRIOR * self.all_) / (count + PRIOR))
        return found


class NearLabels:
    """What is much like a document with a label is of its topic: one label is enough to be heeded where it applies."""

    def fit(self, X: Documents, y: Labels) -> NearLabels:
        """Remember the documents."""
        self.classes_ = np.unique(y)
        self.scale_ = scale_grams(X.grams, fewest=1)
        self.rows_, self.owner_ = X, np.searchsorted(self.classes_, y)
        return self

    def predict_log_proba(self, X: Documents) -> Matrix:
        """Log-odds for each class by its nearest document; 0 where that is far."""
        starts = range(0, len(X), BATCH)
        batches = [self._judge(X.take(range(i, min(i + BATCH, len(X))))) for i in starts]
        return np.concatenate([np.zeros((0, len(self.classes_))), *batches])

    def _judge(self, X: Documents) -> Matrix:
        grams = self.scale_.weigh(X.grams) @ self.scale_.weigh(self.rows_.grams).T
        # where there are vectors, half of the likeness is theirs: both have length 1
        alike = grams.toarray()
        if X.vectors.shape[1]:
            alike = (alike + X.vectors @ self.rows_.vectors.T) / 2
        nearest = [alike[:, self.owner_ == i].max(axis=1) for i in range(len(self.classes_))]
        odds: Matrix = NEAR * np.maximum(np.array(nearest).T - FAR, 0.0) / (1 - FAR)
        return odds


class TopicClassifier:
    """Topics' ids and "other", which is an answer like any. `encode` is None where there is no encoder: then only
    words count."""

    def __init__(self, topics: Sequence[Topic], encode: Encode | None = None) -> None:
        self.topics = topics
        self.encode = encode

    def fit(
        self, X: Documents, y: Sequence[str] | None = None, taught: bytes | None = None
    ) -> TopicClassifier:
        """Learn from documents, of which some may have a label (a topic's id, or "other") and others UNLABELED.

        `taught` is what an earlier fit learnt (`keep`), from documents like these and the same labels: then all that is
        learnt anew is what takes little time, where the topics lie in these documents and what each source writes about.
        """
        self.classes_ = np.array(sorted([*(topic.id for topic in self.topics), OTHER]))
        self.count_ = len(X)
        if not self.topics:
            return self
        self.matcher_ = TopicMatcher(self.topics, self.encode).fit(X)
        self.matched_ = dict(zip(_names(X), self._match(X), strict=True))
        self.students_: dict[str, tuple[Student, ...]] = {}
        self.cheap_: dict[str, GramBayes | SourceProfile] = {}
        self.sizes_ = np.zeros(len(self.classes_))
        self.near_: NearLabels | None = None
        self.shares_ = ALONE
        labels = np.array([UNLABELED] * len(X) if y is None else y, dtype=str)
        known = np.flatnonzero(np.isin(labels, self.classes_))
        if taught is not None:
            self.students_, self.shares_ = unpack(taught)
        if len(X) >= ENOUGH:
            said = np.where(labels[known, None] == self.classes_, 0.0, UNSEEN)
            for share in (*(SURE if taught is None else (0.0,)), 0.0):
                belief = self._pool(X)
                belief[known] = said  # labels are believed as they are
                self._teach(X, np.exp(belief), share)
        if len(known):
            self.near_ = NearLabels().fit(X.take(known), labels[known])
        if taught is None and len(np.unique(labels[known])) > 1:
            self._learn(X.take(known), labels[known])
        return self

    def keep(self) -> bytes:
        """What was learnt and is worth keeping, for `fit`."""
        return pack(self.students_, self.shares_)

    def _teach(self, X: Documents, belief: Matrix, share: float) -> None:
        """One round of learning what the archive's documents are believed to be about: vectors learn from the surest
        `share`, or nothing; what costs little learns from all."""
        rows = np.argsort(-belief.max(axis=1), kind="stable")[: int(share * len(X))]
        guesses = self.classes_[belief[rows].argmax(axis=1)]
        if X.vectors.shape[1] and len(np.unique(guesses)) > 1:
            self.students_["vectors"] = teach_in_parts("vectors", X.take(rows), guesses)
        self.cheap_ = {"grams": GramBayes().fit(X, belief), "source": SourceProfile().fit(X, belief)}
        self.sizes_ = np.log(belief.mean(axis=0) + SMALLEST)

    def _pool(self, X: Documents) -> Matrix:
        """What is believed without labels."""
        belief = self._weight("matching") * self._match(X) + self._weight("sizes") * self.sizes_
        for name in sorted(self.students_.keys() - TAUGHT.keys()):
            belief = belief + self._weight(name) * ask(self.students_[name], X, self.classes_)
        for name, opinion in self.cheap_.items():
            belief = belief + self._weight(name) * opinion.predict_log_proba(X)
        return log_softmax(belief)

    def _weight(self, name: str) -> float:
        """Students of a small archive know little yet, and the topics' words count for as much more."""
        grown = min(1.0, self.count_ / GROWN)
        if name == "matching":
            return WEIGHTS[name] * grown + MATCHING_ALONE * (1 - grown)
        # most grams are rare: the more was read, the more of them say something, and vectors need the less
        many = math.sqrt(max(1.0, self.count_ / MANY))
        return WEIGHTS[name] * grown * {"grams": many, "vectors": 1 / many}.get(name, 1.0)

    def _match(self, X: Documents) -> Matrix:
        """What matching says, which takes a while: of a document that was learnt from it is known."""
        known = getattr(self, "matched_", {})
        found = [known.get(name) for name in _names(X)]
        if new := [i for i, row in enumerate(found) if row is None]:
            order = np.argsort(self.matcher_.classes_)
            said = np.maximum(self.matcher_.predict_log_proba(X.take(new)), UNSEEN)[:, order]
            for i, row in zip(new, said, strict=True):
                found[i] = row
        return np.array(found, dtype=np.float64).reshape(len(X), len(self.classes_))

    def _learn(self, X: Documents, y: Labels) -> None:
        """Learn from labels, and by cross-validation how much they count beside what was believed without them."""
        from scipy.optimize import minimize
        from sklearn.model_selection import KFold

        readers = {name: reads for name, reads in TAUGHT.items() if reads == "grams" or X.vectors.shape[1]}
        self.students_ |= {name: (teach(reads, X, y),) for name, reads in readers.items()}
        if len(y) < FEWEST:
            return
        said = np.zeros((len(ALONE), len(y), len(self.classes_)))
        said[0] = self._pool(X)
        for seen, unseen in KFold(FOLDS, shuffle=True, random_state=0).split(y):
            if len(np.unique(y[seen])) < 2:
                continue
            for i, reads in enumerate(readers.values(), 1):
                student = teach(reads, X.take(seen), y[seen])
                said[i, unseen] = student.log_proba(X.take(unseen), self.classes_)
        right = np.arange(len(y)), np.searchsorted(self.classes_, y)

        def loss(shares: Matrix) -> float:
            likely = log_softmax(np.tensordot(shares, said, axes=1))[right]
            return float(DOUBT * np.square(shares - ALONE).sum() - likely.sum())

        self.shares_ = np.maximum(minimize(loss, ALONE).x, 0.0)

    def predict_log_proba(self, X: Documents) -> Matrix:
        """A row a document, a column a class of `classes_`."""
        belief = self._pool(X)
        belief = self.shares_[0] * belief
        for name, share in zip(TAUGHT, self.shares_[1:], strict=True):
            if name in self.students_:
                belief = belief + share * ask(self.students_[name], X, self.classes_)
        temperature = YOUNG + (1 - YOUNG) * min(1.0, self.count_ / SETTLED)
        if self.near_ is not None:
            temperature *= LABELED_TEMPERATURE
            belief[:, np.searchsorted(self.classes_, self.near_.classes_)] += self.near_.predict_log_proba(X)
        return log_softmax(belief / temperature)

    def predict_proba(self, X: Documents) -> Matrix:
        """Calibrated probabilities; rows sum to 1."""
        shares: Matrix = np.exp(self.predict_log_proba(X))
        return shares

    def predict(self, X: Documents) -> Labels:
        """The likeliest class of each document."""
        likeliest: Labels = self.classes_[self.predict_log_proba(X).argmax(axis=1)]
        return likeliest


def _names(X: Documents) -> list[tuple[str, str]]:
    return list(zip(X.sources, X.texts, strict=True))
