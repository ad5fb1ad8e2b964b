"""A check of an issue: a bracket or quotation mark that is opened in a title is closed in it."""

from __future__ import annotations

from collections.abc import Iterator

from curate.checks.base import CheckFinding, IssueCheck, in_passage
from curate.checks.view import IssueView
from curate.domain.message import text

PAIRS = (("“", "”"), ("「", "」"), ("《", "》"), ("（", "）"), ("【", "】"))


def find(view: IssueView) -> Iterator[CheckFinding]:
    for passage in view.passages:
        if passage.place == "title":
            for first, last in PAIRS:
                if passage.text.count(first) != passage.text.count(last):
                    yield in_passage("brackets", "warn", passage, first + last, text("括号没有成对"))


CHECK = IssueCheck(text("括号成对"), text("本号的规矩：标题里的括号和引号要成对"), find, "warn")
