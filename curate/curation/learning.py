"""Learning topics from almost nothing: their names and keywords, an archive without labels, and what labels the
editor has given so far.

    keywords, and a first classifier of the labels where every topic has some (latent.py, linear.py)
             -> naive Bayes with EM over the archive (guessing.py), where labels started it once more with aspects of
                topics (latent.py) -> its sure answers as labels
             -> a linear classifier on those and on the editor's labels (linear.py), and the naive Bayes beside it
             -> calibrated probabilities

Trained anew from text each night, in seconds, always to the same result; nothing is pickled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from curate.curation import features, latent, linear
from curate.curation.features import Vocabulary
from curate.curation.guessing import Guesses, guesses, started, surest, weak_labels
from curate.curation.lexicon import usual_words
from curate.curation.shares import log_softmax, softmax
from curate.settings import OTHER, Topic

Matrix = NDArray[np.float64]

# The constants below were chosen on the labels of THUCNews train_partial, and are reported on dev.

# The share of each topic's pseudo-labels, the surest first, that the classifier learns from.
SURE = 0.95
# With fewer texts than this there is no co-occurrence to learn from: only those that have keywords teach.
ARCHIVE = 100
# What counts against a topic before a text is read: log-odds of "none of them" for each tenfold of the archive above
# ARCHIVE_OF_NONE, at most MOST_NONE; of 1.1, 2, 3 and 5. In a small archive topics are still vague, and the average is as
# good an explanation as any.
NONE = 2.0
ARCHIVE_OF_NONE = 6_000
MOST_NONE = 0.5
# From so many labels a topic on, the labels alone teach better than keywords do.
ENOUGH = 500
# With so many labels in every topic these make the start, and keywords are a witness beside them; few rounds then
# settle it, and more lose what the labels said. What a label counts for against one unlabelled text there.
STARTING, STARTED_ROUNDS, STARTED_WEIGHT = 5, 4, 5.0
# Rounds more in which a topic has several aspects (latent.py).
ASPECT_ROUNDS = 2
# The classifier of that start: how strongly it fits, and the mass of latent dimensions beside that of grams.
START, LATENT, START_SHARPNESS = linear.Fit(1.0, 0.0, 0.0), 1.0, 3.0
# What the naive Bayes' log-odds add to decision values of the classifier that learned from it, as their errors differ:
# BAYES up to so large an archive, above it as much less as the root of the size is larger, for that classifier is the
# surer the more it learned. Best were .12 with 1,500 and 5,000 titles, .09 with 16,000, .06 with 40,000, .04 with 80,000.
BAYES, ARCHIVE_OF_BAYES = 0.12, 9_000
# What a keyword, or a label of the editor, counts for against one guessed label at most; and what all labels of a
# topic count for together: with ten a topic each counts 50, with a hundred 5 (50 then lost 10 points). Where labels
# make the start a keyword counts for no more than one of them.
WEIGHT = 50.0
LABELS_WEIGHT = 500.0
# What a usual word of a topic (lexicon.py) counts for; of 0, .3, 1, 3 and 10 with archives of 300 to 10,000 titles.
USUAL_WEIGHT = 1.0
# In an archive larger than this, labels in every topic say better what usual words say.
MUCH = 20_000
# Decision values of a linear support vector machine on unit vectors lie around -1..1; this many times that
# makes probabilities of them whose average is the share of right answers: from few labels alone, and from guesses
# with naive Bayes beside them (measured with no labels, 10 and 100 a topic, in archives of 1,500 to 80,000 titles).
SHARPNESS, GUESSED_SHARPNESS = 3.5, 2.5
# With at least so many labels the sharpness is fitted instead (temperature scaling, Guo et al. 2017), on a
# tenth that a classifier on the others, at most CALIBRATED of them, has not seen.
CALIBRATE = 200
CALIBRATED = 30_000


@dataclass(frozen=True, slots=True)
class Sorter:
    """A trained model: linear weights over character grams. Frozen, plain arrays, never stored."""

    topics: tuple[str, ...]  # Topic.id, in the order of the columns; "other" comes last where it was learned
    vocabulary: Vocabulary
    weights: NDArray[np.float32]  # grams x topics
    bias: NDArray[np.float32]
    sharpness: float
    knows_other: bool = False  # the editor has labelled something "other"

    def probabilities(self, texts: Sequence[str], *, closed: bool = False) -> Matrix:
        """One row a text, one column a topic; rows sum to 1. Whole batches are much cheaper than single texts.

        `closed` leaves "other" out: every text belongs to some topic. What is written in unknown characters is
        unknown: the answer is drawn towards an even one by their share.
        """
        decision = features.vectors(self.vocabulary, texts) @ self.weights + self.bias
        if closed and self.topics[-1:] == (OTHER,):
            decision = decision[:, :-1]
        shares = softmax(self.sharpness * decision.astype(np.float64))
        known = features.familiar(self.vocabulary, texts)[:, None]
        drawn: Matrix = known * shares + (1 - known) / max(shares.shape[1], 1)
        return drawn


def train(
    topics: Sequence[Topic], unlabelled: Sequence[str], labelled: Sequence[tuple[str, str]] = ()
) -> Sorter:
    """A sorter for the topics, from their keywords, texts without labels, and (text, topic id) labels.

    A label "other" says that a text belongs to none of them.
    """
    place = {topic.id: i for i, topic in enumerate(topics)} | {OTHER: len(topics)}
    known = [(text, place[topic]) for text, topic in labelled if topic in place]
    given = len(known)
    begun = _can_start([i for _, i in known], len(topics))
    enough = given >= ENOUGH * len(topics)
    pool = [] if enough else sorted(set(unlabelled))
    are_known = enough or (begun and len(pool) > MUCH)
    usual: list[tuple[str, ...]] = [()] * len(topics) if are_known else usual_words(topics)
    known += [(word, i) for i, topic in enumerate(topics) for word in (topic.name, *topic.keywords)]
    own = len(known)
    # not those in Latin letters: few rows of the lexicon have many, and would take every foreign text
    known += [(word, i) for i, words in enumerate(usual) for word in words if not word.isascii()]
    labels = np.array([i for _, i in known], dtype=np.int64)
    texts = [text for text, _ in known]
    vocabulary, matrix = features.fitted(texts + pool)
    count = len(topics) + int(len(pool) >= ARCHIVE or len(topics) in labels)
    if not pool:
        fit, sharpness = _fitted(matrix, labels, count)
        weights, bias = linear.trained(matrix, labels, np.ones(len(texts)), count, fit)
        return Sorter(tuple(place)[:count], vocabulary, weights, bias, sharpness, len(topics) in labels)
    keyword = np.arange(len(texts)) >= given
    weak = weak_labels(pool, topics, usual)
    one = min(WEIGHT, LABELS_WEIGHT * len(topics) / max(given, 1))
    weight = np.where(keyword & (not begun), WEIGHT, one)
    weight[own:] = USUAL_WEIGHT
    found, kept = _guessed(matrix, labels, weight, weak, keyword, begun)
    rows = np.concatenate([np.arange(len(texts)), len(texts) + kept])
    weights, bias = linear.regressed(
        matrix[rows],
        np.concatenate([labels, found.odds.argmax(axis=1)[kept]]),
        np.concatenate([weight, np.ones(len(kept))]),
        count,
    )
    columns = found.weights.shape[1]
    share = BAYES * min(1.0, float(np.sqrt(ARCHIVE_OF_BAYES / len(pool))))
    weights[:, :columns] += share * found.weights
    bias[:columns] += share * found.bias
    return Sorter(tuple(place)[:count], vocabulary, weights, bias, GUESSED_SHARPNESS, len(topics) in labels)


def _can_start(labels: Sequence[int], count: int) -> bool:
    """Whether each of so many topics has labels enough to start from."""
    each = np.bincount(labels, minlength=count)[:count]
    return bool(each.min(initial=STARTING) >= STARTING)


def _guessed(
    matrix: sp.csr_array,
    labels: NDArray[np.int64],
    weight: Matrix,
    weak: Matrix,
    keyword: NDArray[np.bool_],
    begun: bool,
) -> tuple[Guesses, NDArray[np.int64]]:
    """What every unlabelled row is about (the column after the last topic is none), and which rows to learn from."""
    count = weak.shape[1]
    given = np.eye(count + 1)[labels, :count] * weight[:, None]
    if len(weak) < ARCHIVE:
        found = guesses(matrix, given, weak, None)
        return found, np.flatnonzero(weak.max(axis=1, initial=0) > 0)
    none = min(NONE * float(np.log10(len(weak) / ARCHIVE_OF_NONE)), MOST_NONE)
    if begun:
        ours = np.flatnonzero(~keyword & (labels < count))
        dense = LATENT * latent.dense(matrix)
        both = sp.csr_array(sp.hstack([matrix[ours], sp.csr_array(dense[ours])]))
        weights, bias = linear.trained(both, labels[ours], np.ones(len(ours)), count, START)
        grams, rest = matrix.shape[1], slice(len(labels), None)
        said = matrix[rest] @ weights[:grams] + dense[rest] @ weights[grams:] + bias
        decision = START_SHARPNESS * said.astype(np.float64)
        given = np.eye(count + 1)[labels, :count] * np.where(keyword, 0.0, STARTED_WEIGHT)[:, None]
        found = guesses(matrix, given, started(decision, weak), none, STARTED_ROUNDS)
        beliefs, owner = latent.aspects(dense, np.concatenate([given, found.shares(count)]))
        found = guesses(matrix, beliefs[: len(labels)], beliefs[len(labels) :], none, ASPECT_ROUNDS, owner)
    else:
        found = guesses(matrix, given, weak, none)
    return found, surest(found.odds, SURE)


def _fitted(matrix: sp.csr_array, labels: NDArray[np.int64], count: int) -> tuple[linear.Fit, float]:
    """The fit that is right about most held-out labels, and the sharpness under which these are likeliest."""
    if len(labels) < CALIBRATE or count < 2:
        return linear.FITS[-1], SHARPNESS
    from scipy.optimize import minimize_scalar  # a quarter of a second to load, and only labels need it

    order = np.random.default_rng(0).permutation(len(labels))[: CALIBRATED + CALIBRATED // 10]
    held, seen = order[: len(order) // 10], order[len(order) // 10 :]
    found = []
    for fit in linear.FITS:
        weights, bias = linear.trained(matrix[seen], labels[seen], np.ones(len(seen)), count, fit)
        decision = (matrix[held] @ weights + bias).astype(np.float64)
        best = minimize_scalar(_unlikely, bounds=(0.1, 20.0), args=(decision, labels[held]), method="bounded")
        right = int(np.count_nonzero(decision.argmax(axis=1) == labels[held]))
        found.append((-right, float(best.fun), fit, float(best.x)))
    *_, fit, sharpness = min(found, key=lambda row: row[:2])
    return fit, sharpness


def _unlikely(sharpness: float, decision: Matrix, labels: NDArray[np.int64]) -> float:
    """Mean negative log-likelihood of the labels."""
    return -float(log_softmax(sharpness * decision)[np.arange(len(labels)), labels].mean())
