"""How text is set where only inline styles are kept: its width, titles of three lines, dates in one piece.

Last lines of a character or two stay: to hold them together would take an element around the last words of every title,
which breaks the text in two for whoever edits or searches it.
"""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup, escape

from curate.render.messages import cut_text

# Widths in em. Three lines of a phone 360 pixels wide, in the theme with the least room, less the item's number.
ITEM_TITLE, LEAD_TITLE = 44.0, 37.0
_NARROW = 0.58  # of a letter or digit in bold
_BYLINE = 20.0  # what is shorter never breaks
_LONGEST_TAIL = 9.0  # of a date
_ENOUGH = 0.6  # of the room: a title is cut at the end of a clause that is no shorter
_CLAUSE_END = re.compile(r"[，；：。！？—｜|]+|[,;:!?]\s|\s[-–—|]\s|\s*(?=[（(【\[])")


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
