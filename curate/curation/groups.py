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

    def join(self, a: int, b: int) -> int:
        """Put the two groups together under the smaller number."""
        a, b = min(a, b), max(a, b)
        if a == b:
            return a
        for i in self.members[b]:
            self.home[i] = a
        self.members[a] += self.members.pop(b)
        for other, total in self.links.pop(b).items():
            del self.links[other][b]
            if other != a:
                self.links[a][other] = self.links[other][a] = self.links[a].get(other, 0.0) + total
        for other in self.barred.pop(b):
            self.barred[other].discard(b)
            self.barred[other].add(a)
            self.barred[a].add(other)
        return a

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
    for i, j in barred:
        a, b = groups.home[i], groups.home[j]
        if a != b:
            groups.barred[a].add(b)
            groups.barred[b].add(a)
    for (i, j), similarity in sorted(similarities.items()):
        a, b = groups.home[i], groups.home[j]
        if a != b:
            groups.links[a][b] = groups.links[b][a] = groups.links[a].get(b, 0.0) + similarity
    heap = [(-groups.average(a, b), a, b) for a, near in groups.links.items() for b in near if a < b]
    heap = [item for item in heap if -item[0] >= threshold]
    heapq.heapify(heap)
    while heap:
        negative, a, b = heapq.heappop(heap)
        # what was queued before one of the two grew is out of date: it was queued again when that happened
        if a not in groups.links or b not in groups.links[a] or -negative != groups.average(a, b):
            continue
        if b in groups.barred[a]:
            continue
        joined = groups.join(a, b)
        for other in groups.links[joined]:
            average = groups.average(joined, other)
            if average >= threshold:
                heapq.heappush(heap, (-average, min(joined, other), max(joined, other)))
    return [sorted(members) for _, members in sorted(groups.members.items())]
