"""Average-link grouping of sparse similarities: linear in the pairs, and never a chain of unlike things."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping

Pair = tuple[int, int]


class _Groups:
    """Sums of similarity between groups; a pair that was never measured counts as 0."""

    def __init__(self, count: int, seeds: Iterable[Iterable[int]]) -> None:
        self.members: dict[int, list[int]] = {i: [i] for i in range(count)}
        self.home = list(range(count))
        self.links: dict[int, dict[int, float]] = {i: {} for i in range(count)}
        self.barred: dict[int, set[int]] = {i: set() for i in range(count)}
        for seed in seeds:
            first, *others = sorted(seed)
            for other in others:
                self.join(self.home[first], self.home[other])

    def join(self, a: int, b: int) -> tuple[int, Iterable[int]]:
        """Put the two groups together under the smaller number; and the groups that were tied to the other one."""
        a, b = min(a, b), max(a, b)
        if a == b:
            return a, ()
        for i in self.members[b]:
            self.home[i] = a
        self.members[a] += self.members.pop(b)
        near, moved = self.links[a], self.links.pop(b)
        near.pop(b, None)
        moved.pop(a, None)
        for other, total in moved.items():
            theirs = self.links[other]
            del theirs[b]
            near[other] = theirs[a] = near.get(other, 0.0) + total
        for other in self.barred.pop(b):
            self.barred[other].discard(b)
            self.barred[other].add(a)
            self.barred[a].add(other)
        return a, moved

    def keep_apart(self, pairs: Iterable[Pair]) -> None:
        for i, j in pairs:
            a, b = self.home[i], self.home[j]
            if a != b:
                self.barred[a].add(b)
                self.barred[b].add(a)

    def tie(self, similarities: Mapping[Pair, float]) -> None:
        for (i, j), similarity in sorted(similarities.items()):
            a, b = self.home[i], self.home[j]
            if a != b:
                self.links[a][b] = self.links[b][a] = self.links[a].get(b, 0.0) + similarity

    def average(self, a: int, b: int) -> float:
        return self.links[a][b] / (len(self.members[a]) * len(self.members[b]))


def average_link(
    count: int,
    similarities: Mapping[Pair, float],
    threshold: float,
    *,
    seeds: Iterable[Iterable[int]] = (),
    barred: Iterable[Pair] = (),
) -> list[list[int]]:
    """Groups of 0..count-1 whose average similarity is at least `threshold`, the likest joined first.

    `seeds` are groups that stand already, `barred` pairs must never be in one group (a seed wins over a bar).
    Agglomerative average link (Sokal and Michener 1958) over the pairs given; ties go to the smaller numbers,
    so the result depends on the numbering alone.
    """
    groups = _Groups(count, seeds)
    groups.keep_apart(barred)
    groups.tie(similarities)
    heap = [(-groups.average(a, b), a, b) for a, near in groups.links.items() for b in near if a < b]
    heap = [item for item in heap if -item[0] >= threshold]
    heapq.heapify(heap)
    while heap:
        negative, a, b = heapq.heappop(heap)
        if a not in groups.links or b not in groups.links[a] or b in groups.barred[a]:
            continue
        average = groups.average(a, b)
        if average < -negative:  # one of the two has grown since
            if average >= threshold:
                heapq.heappush(heap, (-average, a, b))
            continue
        if average > -negative:  # it was queued again when that happened
            continue
        joined, tied = groups.join(a, b)
        # what had no tie to the other is less alike than before, which is found out when its turn comes
        for other in tied:
            average = groups.average(joined, other)
            if average >= threshold:
                heapq.heappush(heap, (-average, min(joined, other), max(joined, other)))
    return [sorted(members) for _, members in sorted(groups.members.items())]
