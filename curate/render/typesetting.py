"""How text is set where only inline styles are kept: its width, titles of three lines, last lines that are no runts.

A runt is a last line of a character or two. CSS has `text-wrap: pretty` against it, which the editor takes away.
"""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup, escape

from curate.render.messages import cut_text
from curate.text.tokenize import words

# Widths in em. Three lines of a phone 360 pixels wide, in the theme with the least room, less the item's number.
ITEM_TITLE, LEAD_TITLE = 44.0, 37.0
_NARROW = 0.58  # of a letter or digit in bold
_ONE_LINE = 12.0  # what is shorter never breaks
_BYLINE = 20.0  # what is shorter never breaks
_TAIL, _LONGEST_TAIL = 3.5, 9.0  # of a last line
_LOOKED_AT = 24  # characters from the end
_ENOUGH = 0.6  # of the room: a title is cut at the end of a clause that is no shorter
_CLAUSE_END = re.compile(r"[，；：。！？—｜|]+|[,;:!?]\s|\s[-–—|]\s|\s*(?=[（(【\[])")
_NO_START = "，。、；：！？）》”’」』】…—,.;:!?)]}%"  # what begins no line
_OPENING = "“‘「『《（【([{"


def measure_width(text: str) -> float:
    """How wide a text is, in em: a Chinese character or mark is one, a letter a good half."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else _NARROW for c in text)


def fit_title(title: str, room: float) -> str:
    """The title where it is at most `room` em wide; else up to the last clause that fits, or cut, with an ellipsis."""
    if measure_width(title) <= room:
        return title
    most = len(title)
    while most and measure_width(title[:most]) > room - 1:
        most -= 1
    ends = [m.start() for m in _CLAUSE_END.finditer(title, 0, most + 1) if m.start() <= most]
    if ends and measure_width(title[: ends[-1]]) >= _ENOUGH * room:
        return title[: ends[-1]].rstrip() + "…"
    space = title.rfind(" ", 0, most + 1)
    if title[most - 1 : most + 1].isascii() and measure_width(title[: max(0, space)]) >= _ENOUGH * room:
        most = space  # no word in two
    return cut_text(title, most + 1)


def no_runt(text: str) -> Markup:
    """The text as HTML, its last words held together, so that no last line is shorter than they are."""
    at = _find_tail(text) if measure_width(text) > _ONE_LINE else 0
    return _hold(text, at) if at and measure_width(text[at:]) <= _LONGEST_TAIL else escape(text)


def _find_tail(text: str) -> int:
    """Where the last words begin that are wide enough for a line; 0 where there are none such."""
    lower, at = text.lower(), len(text)
    for word in reversed(words(text[-_LOOKED_AT:])):
        at = lower.rfind(word, 0, at)
        if at <= 0:  # another form of the characters, or all of the text
            return 0
        while at and text[at - 1] in _OPENING:
            at -= 1
        if measure_width(text[at:]) >= _TAIL and text[at] not in _NO_START:
            return at
    return 0


def _hold(text: str, at: int) -> Markup:
    return escape(text[:at]) + Markup('<span class="tail">{}</span>').format(text[at:])


def hold_date(byline: str, separator: str) -> Markup:
    """A byline of more than a line, its last part, which is the time, in one piece."""
    at = byline.rfind(separator) + len(separator)
    is_long = (
        at >= len(separator)
        and measure_width(byline) > _BYLINE
        and measure_width(byline[at:]) <= _LONGEST_TAIL
    )
    return _hold(byline, at) if is_long else escape(byline)
