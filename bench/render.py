"""How large a post is and what it costs: python bench/render.py [rounds]"""

from __future__ import annotations

import sys
from collections.abc import Callable

from harness import rounds_of

from curate.config.schema import Look
from curate.domain.model import Digest
from curate.render import CHANNELS, render, themes
from curate.render.channels.wechat import fragment
from curate.render.context import items, view
from curate.render.inline_css import inline_styles
from curate.render.templating import fill
from curate.render.theme import STYLE, post_template, theme_file
from curate.render.wechat.lint import lint
from curate.render.wechat.normalize import normalize
from tests.render_samples import TEMPLATES, chinese, of_length


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """CPU time of one round, the median after one round to warm up."""
    work()
    return rounds_of(work, rounds)[1][rounds // 2] * 1000


def sizes(digest: Digest) -> None:
    """Characters of HTML and findings of every theme."""
    for theme in themes(TEMPLATES):
        html = fragment(digest, TEMPLATES, Look(theme=theme))
        print(f"  {theme:<15} {len(html):>7,} characters of HTML, {len(lint(html))} findings")


def costs(digest: Digest, rounds: int) -> None:
    """CPU of all channels, of each, and of the steps of the largest one."""
    look = Look()
    raw = fill(TEMPLATES, post_template(TEMPLATES, look), {**view(digest, look), "pictures": False})
    sheet = theme_file(look, STYLE)
    styled, html = inline_styles(raw, TEMPLATES, sheet), fragment(digest, TEMPLATES, look)
    works: dict[str, Callable[[], object]] = {
        "all channels": lambda: render(digest, list(CHANNELS), TEMPLATES, look),
        **{f"  {name}": lambda n=name: render(digest, [n], TEMPLATES, look) for name in CHANNELS},  # type: ignore[misc]
        "inline styles": lambda: inline_styles(raw, TEMPLATES, sheet),
        "normalize": lambda: normalize(styled),
        "lint": lambda: lint(html),
    }
    for name, work in works.items():
        print(f"  {name:<15} {milliseconds(work, rounds):7.1f} ms CPU")


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    for many in (20, 30):
        digest = of_length(chinese(), many)
        print(f"{len(items(digest))} items")
        sizes(digest)
        costs(digest, rounds)


if __name__ == "__main__":
    main()
