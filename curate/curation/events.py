"""The same event in other words: how alike two tellings are, from the words that are rare tonight.

Cosine of TF-IDF over words, with character pairs of Chinese titles beside them (a name that is segmented in two
ways still meets itself), grouped by average link: the plain method that topic detection and tracking found hard
to beat (Allan et al. 1998; Yang, Pierce and Carbonell 1998). Names and numbers tell two earthquakes apart better
than the words that all earthquakes share, so they count more (Makkonen, Ahonen-Myka and Salmenkivi 2004).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from curate.curation.reading import folded
from curate.text.words import segment

# What is said first tells the event; the rest of a long piece is background that other events share.
OPENING = 600
# A title is the event in one line: its words count as if said twice more.
TITLE = 2
# Names and numbers; chosen on ECB+ topics 1-25 among 1, 1.25, 1.5 and 2.
NAMED = 1.5
# A night of ten entries is a sample of a larger one: so many entries that have none of its words are thought
# beside it, or every word of a small night would count as a common one.
BACKGROUND = 1000
# A pair of characters is half of a word.
PIECE = 0.5
# A feature that more than this many entries share proposes no pair (its weight still counts in the cosine).
# It keeps the number of pairs linear in the number of entries.
CROWD = 200
# Two tellings at this cosine, in Chinese and in other languages, tell one event. Chosen by reading what was
# merged among 7,700 entries of real feeds: below, the same person or place on another day comes in. Precision
# first: a wrong merge hides a piece, a missed one shows it twice.
EVENT_HAN = 0.20
EVENT_LATIN = 0.30
# One rare word in common is chance, or a series.
SHARED = 2

_HAN_RUN = re.compile(r"[\u3400-\u9fff]{2,}")
_CAPITAL = re.compile(r"\b[A-Z][\w-]+")
_FUNCTION_WORDS = (
    "的 了 和 是 在 与 及 或 也 都 就 而 被 把 将 为 对 从 到 向 于 以 上 下 中 不 有 这 那 你 我 他 她 它 们 我们 你们 他们 "
    "她们 一个 一种 一些 这个 那个 这些 那些 什么 怎么 如何 为什么 以及 但是 因为 所以 如果 可以 可能 已经 还是 没有 进行 表示 "
    "记者 报道 消息 日前 近日 今天 今日 昨日 昨天 目前 其中 相关 据悉 此次 成为 通过 关于 年 月 日 时 分 点 个 名 次 人 等 后 前 "
    "said says mr mrs ms according also one two new"
)
_STOP = frozenset(ENGLISH_STOP_WORDS) | frozenset(_FUNCTION_WORDS.split())


def features(
    title: str, body: str, title_words: Sequence[str], body_words: Sequence[str]
) -> dict[str, float]:
    """Weighted counts of one telling, before the rarity of each word is known."""
    counts: dict[str, float] = {}
    for words, weight in ((title_words, 1.0 + TITLE), (body_words, 1.0)):
        for word in words:
            if not is_stop(word):
                counts[word] = counts.get(word, 0.0) + weight
    capitals = {word.lower() for word in _CAPITAL.findall(f"{title} {body}")}
    counts = {word: count * (NAMED if is_name(word, capitals) else 1.0) for word, count in counts.items()}
    for run in _HAN_RUN.findall(folded(title)):
        for start in range(len(run) - 1):
            piece = "#" + run[start : start + 2]
            counts[piece] = counts.get(piece, 0.0) + PIECE * (1.0 + TITLE)
    return counts


def is_stop(word: str) -> bool:
    """Whether a word says nothing about what a text is about."""
    return word in _STOP or not any(c.isalnum() for c in word)


def is_name(word: str, capitals: AbstractSet[str]) -> bool:
    """Whether a word looks like a name or a number: written with a capital, with a digit, or three Chinese
    characters or more."""
    if word[0].isascii():
        return word in capitals or (len(word) > 1 and any(c.isdigit() for c in word))
    return len(word) > 2


def vectors(texts: Sequence[tuple[str, str]]) -> tuple[sp.csr_array, list[str]]:
    """Unit TF-IDF vectors of (title, body) and the names of their columns.

    Sublinear term frequency and smoothed inverse document frequency (Salton and Buckley 1988), over the batch
    itself: what is rare tonight is what tells tonight's events apart.
    """
    titles = segment([title for title, _ in texts])
    bodies = segment([body[:OPENING] for _, body in texts])
    counted = [features(t, b, tw, bw) for (t, b), tw, bw in zip(texts, titles, bodies, strict=True)]
    names = sorted({word for counts in counted for word in counts})
    column = {word: i for i, word in enumerate(names)}
    pointers = np.cumsum([0, *(len(counts) for counts in counted)])
    indices = np.array([column[word] for counts in counted for word in counts], dtype=np.int32)
    values = np.array([value for counts in counted for value in counts.values()], dtype=np.float64)
    matrix = sp.csr_array((1 + np.log1p(values), indices, pointers), shape=(len(texts), len(names)))
    carriers = np.bincount(indices, minlength=len(names))
    rarity = np.log((1 + len(texts) + BACKGROUND) / (1 + carriers)) + 1
    matrix = matrix @ sp.dia_array((rarity[None, :], [0]), shape=(len(names), len(names)))
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scale = 1 / np.where(length > 0, length, 1.0)
    unit = sp.csr_array(sp.dia_array((scale[None, :], [0]), shape=(len(texts), len(texts))) @ matrix)
    return unit, names


def alike(
    matrix: sp.csr_array, times: Sequence[datetime], window: timedelta, threshold: float
) -> dict[tuple[int, int], float]:
    """Pairs at least `threshold` alike (cosine) that were published within `window` of one another and share
    SHARED features or more."""
    carriers = np.bincount(matrix.indices, minlength=matrix.shape[1])
    rare = matrix[:, np.flatnonzero((carriers > 1) & (carriers <= CROWD))]
    proposed = sp.coo_array(sp.triu(rare @ rare.T, k=1))
    stamps = np.array([time.timestamp() for time in times])
    near = np.abs(stamps[proposed.row] - stamps[proposed.col]) <= window.total_seconds()
    # what the crowd adds to a cosine is small: half of the threshold from rare words is asked first
    near &= proposed.data >= threshold / 2
    rows, columns = proposed.row[near], proposed.col[near]
    if not len(rows):
        return {}
    products = sp.csr_array(matrix[rows].multiply(matrix[columns]))
    cosines, shared = products.sum(axis=1), np.diff(products.indptr)
    return {
        (int(i), int(j)): float(min(value, 1.0))
        for i, j, value, count in zip(rows, columns, cosines, shared, strict=True)
        if value >= threshold and count >= SHARED
    }


def threshold_of(title: str) -> float:
    """How alike a telling must be to one with this title: by its script, since segmented Chinese words and
    the character pairs beside them agree less often than words of other languages do."""
    return EVENT_HAN if _HAN_RUN.search(title) else EVENT_LATIN


def shared_words(matrix: sp.csr_array, names: Sequence[str], i: int, j: int, most: int = 3) -> list[str]:
    """The words that made two tellings alike, the weightiest first."""
    product = sp.coo_array(matrix[[i]].multiply(matrix[[j]]))
    ranked = sorted(zip((-product.data).tolist(), product.coords[1].tolist(), strict=True))
    words = [names[column] for _, column in ranked]
    return [word for word in words if not word.startswith("#") and len(word) > 1][:most]
