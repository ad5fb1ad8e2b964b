"""A check of the post: no more than two exclamation marks side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curate.render.wechat.lint import Check
from curate.render.wechat.lint_context import Breach
from curate.render.wechat.rules import LintRule
from curate.render.wechat.tree import Element

SHOUTS = re.compile("[!！]{3,}")


def find(html: str, root: Element) -> Iterator[Breach]:
    if shout := SHOUTS.search(root.text):
        yield Breach("shouting", None, shout[0])


CHECK = Check(
    LintRule(
        "shouting", "warn", "感叹号连用，显得吵", "several exclamation marks in a row are loud", "our style"
    ),
    find,
)
