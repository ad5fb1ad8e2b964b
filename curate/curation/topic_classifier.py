"""Which topic a document belongs to, from the topics' words, an archive without labels, and what the editor has
labelled so far.

    matching   TopicMatcher: a few weights that know no topic
    vectors    logistic regression on vectors, taught by the archive's documents that matching (and then both) are
               surest of: self-training
    grams      naive Bayes on grams of characters, taught in the same way
    source     what else the source writes about, by the three
    labels     logistic regression on vectors and grams, taught by the editor's labels, counting for as much as
               cross-validation says

All are classifiers of scikit-learn's kind over Documents. Their log-probabilities are added with a weight each (a
logarithmic opinion pool, Genest and Zidek 1986), and divided by a temperature that makes confidence the share of right
answers (Guo et al. 2017).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from zlib import crc32

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import normalize

from curate.curation.encoder import Encode
from curate.curation.matching import TopicMatcher
from curate.curation.shares import log_softmax
from curate.curation.vectorize import Documents, both_steps, gram_step, vector_step
from curate.settings import OTHER, Topic

Matrix = NDArray[np.float64]
Labels = NDArray[np.str_]

UNLABELLED = ""
# What each opinion counts for; chosen with SURE and TEMPERATURE on six sets of titles, see docs/judgement.md.
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"matching": 0.7, "vectors": 0.4, "grams": 0.2, "source": 0.5}
)
TEMPERATURE = 0.9
# A label names one topic where two would often do, so what its likelihood asks for is too doubtful.
LABELLED_TEMPERATURE = 0.8
ENOUGH = 100  # with fewer documents there is nothing to teach by
MATCHING_ALONE = 1.1  # what matching counts for where there is nothing else
GROWN = 800  # documents of an archive whose students count in full
SURE = (0.5, 0.7)  # the share of the archive, the surest first, that each round of self-training learns from
UNSEEN = -12.0  # log-probability of a topic that nothing was seen of: unlikely, not impossible
PRIOR = 3  # so many documents of everyone's count beside those of one source
FAR, NEAR = 0.35, 8.0  # likeness from which a label speaks for a document, and log-odds where the two are one
PARTS = 3  # of the archive, each judged by what the others taught
FOLDS = 5
FEWEST = 10  # labels with which cross-validation begins to say something
DOUBT = 10.0  # how strongly cross-validation must speak before labels count


def log_proba(estimator: Any, X: Documents, classes: Labels) -> Matrix:
    """Log-probabilities with a column for each of `classes`, of which an estimator may have seen only some."""
    found = np.full((len(X), len(classes)), UNSEEN)
    places = np.searchsorted(classes, estimator.classes_)
    found[:, places] = np.maximum(estimator.predict_log_proba(X), UNSEEN)
    return found


def vector_student() -> Pipeline:
    """What learns from vectors. Their few directions take a weak penalty."""
    return Pipeline([("vectors", vector_step()), ("classify", LogisticRegression(C=3.0, max_iter=100))])


def gram_student() -> Pipeline:
    """What learns from grams: naive Bayes, for it forgives wrong labels."""
    return Pipeline([("grams", gram_step()), ("classify", MultinomialNB(alpha=0.1))])


def label_student() -> Pipeline:
    """What learns from the editor's labels, which are right."""
    return Pipeline([("features", both_steps()), ("classify", LogisticRegression(C=10.0, max_iter=200))])


class CrossFitted(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Several copies of an estimator, each of which has not seen a part of the documents and judges that part alone:
    what a document was guessed to be is no evidence for itself."""

    def __init__(self, estimator: Pipeline, parts: int = PARTS) -> None:
        self.estimator = estimator
        self.parts = parts

    def fit(self, X: Documents, y: Labels) -> CrossFitted:
        """A document's part hangs on its text alone, so that it is the same in every round and every night."""
        self.classes_ = np.unique(y)
        part = self._part(X)
        self.models_ = []
        for i in range(self.parts):
            seen = np.flatnonzero(part != i)
            seen = seen if len(np.unique(y[seen])) > 1 else np.arange(len(X))
            self.models_.append(clone(self.estimator).fit(X.take(seen), y[seen]))
        return self

    def _part(self, X: Documents) -> NDArray[np.intp]:
        return np.array(
            [crc32(text.encode(errors="replace")) % self.parts for text in X.texts], dtype=np.intp
        )

    def predict_log_proba(self, X: Documents) -> Matrix:
        """By the copy that has not seen the document's part."""
        found, part = np.zeros((len(X), len(self.classes_))), self._part(X)
        for i, model in enumerate(self.models_):
            rows = np.flatnonzero(part == i)
            if len(rows):
                found[rows] = log_proba(model, X.take(rows), self.classes_)
        return found


class SourceProfile(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """The average of what is believed of a source's other documents, drawn towards that of all."""

    def __init__(self, prior: float = PRIOR) -> None:
        self.prior = prior

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
                found[i] = np.log((total + self.prior * self.all_) / (count + self.prior))
        return found


class NearLabels(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """What is much like a document with a label is of its topic: one label is enough to be heeded where it applies."""

    def __init__(self, far: float = FAR, weight: float = NEAR) -> None:
        self.far = far
        self.weight = weight

    def fit(self, X: Documents, y: Labels) -> NearLabels:
        """Remember the documents."""
        self.classes_ = np.unique(y)
        self.features_ = (both_steps() if X.vectors.shape[1] else gram_step(1)).fit(X)
        self.rows_, self.owner_ = self._rows(X), np.searchsorted(self.classes_, y)
        return self

    def _rows(self, X: Documents) -> Any:
        """Rows of length 1."""
        return normalize(sp.csr_array(self.features_.transform(X)))

    def predict_log_proba(self, X: Documents) -> Matrix:
        """Log-odds for each class by its nearest document; 0 where that is far."""
        alike = np.asarray((self._rows(X) @ self.rows_.T).toarray())
        nearest = [alike[:, self.owner_ == i].max(axis=1) for i in range(len(self.classes_))]
        odds: Matrix = self.weight * np.maximum(np.array(nearest).T - self.far, 0.0) / (1 - self.far)
        return odds


class TopicClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Topics' ids and "other", which is an answer like any. `encode` is None where there is no encoder: then only
    words count."""

    def __init__(
        self,
        topics: Sequence[Topic],
        encode: Encode | None = None,
        *,
        weights: Mapping[str, float] = WEIGHTS,
        sure: Sequence[float] = SURE,
        temperature: float = TEMPERATURE,
        doubt: float = DOUBT,
    ) -> None:
        self.topics = topics
        self.encode = encode
        self.weights = weights
        self.sure = sure
        self.temperature = temperature
        self.doubt = doubt

    def fit(self, X: Documents, y: Sequence[str] | None = None) -> TopicClassifier:
        """Learn from documents, of which some may have a label (a topic's id, or "other") and others UNLABELLED."""
        self.classes_ = np.array(sorted([*(topic.id for topic in self.topics), OTHER]))
        self.count_ = len(X)
        if not self.topics:
            return self
        self.opinions_: dict[str, Any] = {"matching": TopicMatcher(self.topics, self.encode).fit(X)}
        self.labels_: Pipeline | None = None
        self.near_: NearLabels | None = None
        labels = np.array([UNLABELLED] * len(X) if y is None else y, dtype=str)
        known = np.flatnonzero(np.isin(labels, self.classes_))
        said = np.where(labels[known, None] == self.classes_, 0.0, UNSEEN)
        # what takes most of the time, and stays
        matched = self._opinion("matching", X) if len(X) else np.zeros((0, len(self.classes_)))
        if len(X) >= ENOUGH:
            for share in self.sure:
                belief = self._pool(X, matched)
                belief[known] = said
                self._teach(X, belief, share)
            belief = self._pool(X, matched)
            belief[known] = said
            self.opinions_["source"] = SourceProfile().fit(X, np.exp(belief))
        if len(known):
            self.near_ = NearLabels().fit(X.take(known), labels[known])
        if len(np.unique(labels[known])) > 1:
            self._learn(X.take(known), labels[known], matched[known])
        return self

    def _teach(self, X: Documents, belief: Matrix, share: float) -> None:
        """One round of self-training: students learn what the archive's surest documents are believed to be about."""
        rows = np.argsort(-belief.max(axis=1), kind="stable")[: int(share * len(X))]
        guesses = self.classes_[belief[rows].argmax(axis=1)]
        if len(np.unique(guesses)) < 2:
            return
        surest = X.take(rows)
        if X.vectors.shape[1]:
            self.opinions_["vectors"] = CrossFitted(vector_student()).fit(surest, guesses)
        self.opinions_["grams"] = CrossFitted(gram_student()).fit(surest, guesses)

    def _pool(self, X: Documents, matched: Matrix | None = None) -> Matrix:
        """What is believed without labels; `matched` is what matching says of the documents, where it is known."""
        belief = self._weight("matching") * (self._opinion("matching", X) if matched is None else matched)
        for name in sorted(self.opinions_.keys() - {"matching"}):
            belief = belief + self._weight(name) * self._opinion(name, X)
        return log_softmax(belief)

    def _weight(self, name: str) -> float:
        """Students of a small archive know little yet, and the topics' words count for as much more."""
        grown = min(1.0, self.count_ / GROWN)
        if name == "matching":
            return self.weights[name] * grown + MATCHING_ALONE * (1 - grown)
        return self.weights[name] * grown

    def _opinion(self, name: str, X: Documents) -> Matrix:
        if name == "source":
            found: Matrix = self.opinions_[name].predict_log_proba(X)
            return found
        return log_proba(self.opinions_[name], X, self.classes_)

    def _learn(self, X: Documents, y: Labels, matched: Matrix) -> None:
        """Learn from labels, and by cross-validation how much they count beside what was believed without them."""
        self.labels_ = label_student().fit(X, y)
        self.shares_ = np.array([1.0, 0.0])
        if len(y) < FEWEST:
            return
        believed, held_out = self._pool(X, matched), np.zeros((len(y), len(self.classes_)))
        for seen, unseen in KFold(FOLDS, shuffle=True, random_state=0).split(y):
            if len(np.unique(y[seen])) < 2:
                continue
            student = label_student().fit(X.take(seen), y[seen])
            held_out[unseen] = log_proba(student, X.take(unseen), self.classes_)
        right = np.arange(len(y)), np.searchsorted(self.classes_, y)

        def loss(shares: Matrix) -> float:
            likely = log_softmax(shares[0] * believed + shares[1] * held_out)[right]
            return float(self.doubt * np.square(shares - [1.0, 0.0]).sum() - likely.sum())

        self.shares_ = np.maximum(minimize(loss, self.shares_).x, 0.0)

    def predict_log_proba(self, X: Documents) -> Matrix:
        """A row a document, a column a class of `classes_`."""
        belief = self._pool(X)
        if self.labels_ is not None:
            taught = log_proba(self.labels_, X, self.classes_)
            belief = self.shares_[0] * belief + self.shares_[1] * taught
        temperature = self.temperature
        if self.near_ is not None:
            temperature *= LABELLED_TEMPERATURE
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
