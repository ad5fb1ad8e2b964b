"""How rare a word is: from what the archive has read, what titles usually say, and tonight's texts.

A word is as common as it is where it is most common: among the archive's titles or those that the table of common
words was counted on. Tonight's texts count beside them, not instead of them: the words of a story that many tell
tonight are no common words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from curate.stories.common_words import LEVELS
from curate.text.tokenize import segment

# So many words does a title have; a longer text has each word the more often.
TITLE_WORDS = 9
# As many titles do the archive and the table count for, beside tonight's texts.
WEIGHT = 2000
# With fewer titles than this an archive says more about single stories than about words.
ENOUGH = 500
# No word is thought rarer: one title in about eight thousand.
RAREST = 9.0
# From this share of the texts on, e^-4, that two share a word says nothing. Chosen on two sets of pairs of titles,
# among 2, 3, 4 and 5.
COMMON = 4.0


@dataclass(frozen=True, slots=True)
class DocumentFrequency:
    """How many of so many titles have each word."""

    titles: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of_titles(cls, titles: Sequence[str]) -> DocumentFrequency:
        """Count the words of these titles."""
        return cls(len(titles), Counter(chain.from_iterable(map(set, segment(titles)))))

    def share(self, word: str) -> float:
        """The share of titles that have the word, 0 where it was never met."""
        met = self.counts.get(word, 0) / self.titles if self.titles >= ENOUGH else 0.0
        return max(met, usual_shares().get(word, 0.0))


NOTHING_READ = DocumentFrequency()


@cache
def usual_shares() -> Mapping[str, float]:
    """The share of titles that have each common word."""
    return {word: float(np.exp(-level)) for level, words in LEVELS.items() for word in words.split()}


def idf(
    names: Iterable[str],
    carriers: NDArray[np.int64],
    texts: int,
    length: float,
    read: DocumentFrequency = NOTHING_READ,
) -> NDArray[np.float64]:
    """Minus the logarithm of the share of texts that have each word, at most RAREST.

    `carriers` says how many of tonight's `texts` have each of the `names`, `length` how many words those have on
    average. Inverse document frequency (Spärck Jones 1972), where the documents are all that was ever read.
    """
    share = np.array([read.share(name) for name in names], dtype=np.float64)
    usual = -np.expm1(np.log1p(-np.minimum(share, 0.99)) * max(length / TITLE_WORDS, 1.0))
    both = (usual * WEIGHT + carriers) / (WEIGHT + texts)
    return np.minimum(-np.log(np.maximum(both, np.exp(-RAREST))), RAREST)


def rarity(idf: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much it says that two texts share a word: 0 for a common one, 1 for the rarest."""
    found: NDArray[np.float64] = np.clip((idf - COMMON) / (RAREST - COMMON), 0.0, 1.0)
    return found
