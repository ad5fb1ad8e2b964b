"""The numbers that readers send (回复编号查看): issue n is `n`, its item k is `n` and two digits.

Issue 312, item 5: `31205`. Nothing is stored: both parts are in the archive for good and are never given twice, so
a number stays what it was after a re-render, a prune or a restore. From issue 101 on a number may name two things,
an issue and an item of a much earlier one (`101` is issue 101, and item 1 of issue 1): whoever looks up answers both.
"""

from __future__ import annotations

MOST_ITEMS = 99  # two digits: schema.py lets no issue and no collection have more


def code(issue: int, item: int) -> str:
    """The number of an item. An issue of before that limit may have an item 100: its number is like no other,
    because no issue has an item 0."""
    return f"{issue}{item:02d}"


def meanings(number: str) -> tuple[int, tuple[int, int] | None]:
    """The issue that a number names, and the issue and item that it names; None where it can name no item.

    ValueError where it is no number of ours: other characters, or a zero in front.
    """
    if not (number.isascii() and number.isdecimal()) or number.startswith("0"):
        raise ValueError(number)
    issue, item = int(number[:-2] or 0), int(number[-2:])
    return int(number), (issue, item) if issue and item else None
