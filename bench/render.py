"""How large a post is and what it costs: python bench/render.py [rounds]"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from curate.model import Digest
from curate.render import CHANNELS, render
from curate.render.lint import lint
from curate.render.normalise import normalise
from curate.render.templating import fill
from curate.render.view import items, view
from curate.render.wechat import POST, STYLE, fragment, inlined
from tests.render_samples import TEMPLATES, chinese


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """CPU time of one round, the median after one round to warm up."""
    work()
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        taken.append((time.process_time() - start) * 1000)
    return sorted(taken)[rounds // 2]


def of_length(digest: Digest, many: int) -> Digest:
    """The digest with `many` items, repeated where it has fewer."""
    sections = list(digest.sections)
    number = len(items(digest))
    while number < many:
        at = number % len(sections)
        again = [replace(item, number=number + 1) for item in sections[at].items[: many - number]][:1]
        sections[at] = replace(sections[at], items=(*sections[at].items, *again))
        number += 1
    return replace(digest, sections=tuple(sections))


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    for many in (20, 30):
        digest = of_length(chinese(), many)
        html = fragment(digest, TEMPLATES)
        raw = fill(TEMPLATES, POST, {**view(digest), "pictures": False})
        styled = inlined(raw, TEMPLATES[STYLE])
        print(f"{len(items(digest))} items: {len(html):,} characters of HTML, {len(lint(html))} findings")
        print(
            f"  all channels    {milliseconds(lambda d=digest: render(d, list(CHANNELS), TEMPLATES), rounds):6.1f} ms CPU"
        )
        for name in CHANNELS:
            print(
                f"  {name:<15} {milliseconds(lambda d=digest, n=name: render(d, [n], TEMPLATES), rounds):6.1f}"
            )
        print(f"    inline styles {milliseconds(lambda r=raw: inlined(r, TEMPLATES[STYLE]), rounds):6.1f}")
        print(f"    normalise     {milliseconds(lambda s=styled: normalise(s), rounds):6.1f}")
        print(f"    lint          {milliseconds(lambda h=html: lint(h), rounds):6.1f}")


if __name__ == "__main__":
    main()
