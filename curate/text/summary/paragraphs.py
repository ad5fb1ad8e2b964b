"""The paragraphs of a text that a lead may be taken from."""

from __future__ import annotations

from curate.text.clean import LEFT_OUT
from curate.text.lines import letters_of
from curate.text.summary.prose import is_cut, strip_markdown

_TEASERS = 3  # paragraphs at the head of a text that may be one
_SAME = 20  # letters that a teaser and the text begin with alike


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs, without marks of Markdown and without a teaser before them; LEFT_OUT stands for what the text
    lacks in that place."""
    found = strip_markdown(text).split("\n")
    teaser = _find_teaser(found)
    return found[:teaser] + found[teaser + 1 :] if teaser >= 0 else found


def _find_teaser(paragraphs: list[str]) -> int:
    """Which paragraph is the text's own beginning, run together and cut, that its source set before it; -1 if none."""
    for number, paragraph in enumerate(paragraphs[:_TEASERS]):
        beginning = letters_of(paragraph)[:_SAME]
        if is_cut(paragraph) and len(beginning) == _SAME:
            rest = letters_of("".join(paragraphs[number + 1 :]))
            return number if beginning in rest else -1
    return -1


def is_left_out(paragraph: str) -> bool:
    """Whether a paragraph only marks where a list or code stood."""
    return paragraph == LEFT_OUT
