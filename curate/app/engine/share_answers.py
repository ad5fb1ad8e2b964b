"""One answer for all who ask alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from curate.fetch import Answer, Request
from curate.pipeline.ports import Fetch


def share_answers(fetch: Fetch) -> Fetch:
    """Ask what several sources ask alike (the same document, read in another way) but once."""

    def ask(requests: Iterable[Request]) -> Iterator[Answer]:
        waiting: defaultdict[Request, list[Request]] = defaultdict(list)
        for request in requests:
            waiting[replace(request, subject="")].append(request)
        firsts = {same[0]: same for same in waiting.values()}
        for answer in fetch(list(firsts)):
            for request in firsts.get(answer.request, [answer.request]):
                yield replace(answer, request=request)

    return ask
