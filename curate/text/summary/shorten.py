"""A sentence that does not fit, or came cut, up to the end of a clause."""

from __future__ import annotations

import re

from curate.text.summary.cohesion import opens_with_clause
from curate.text.summary.prose import uncut
from curate.text.tokenize import HAN

_HAN = re.compile(f"[{HAN}]")
_CLAUSE_END = re.compile(r"[，；—]+\s*|[,;]\s+|\s[-–—]\s")
# What goes on with the clause before it: …, released just before …, culminating in …
_APPOSED = re.compile(
    r"[，；—,;\s–-]+(?:\w+ing\b|\w{3,}ed\b|who\b|which\b|where\b|whose\b|and\b|or\b|don[ct]\b|qui\b|der\b|die\b|das\b)",
    re.IGNORECASE,
)
_OPENED = re.compile(r"[（(《「“][^）)》」”]*$")
_ENOUGH_CLAUSES = 0.6  # of the room: a sentence is cut at the end of a clause that is no shorter
_FEW_CLAUSES = 0.35  # the same where that clause has a verb of English, and nothing is printed else
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|said|says) "
)
_ELLIPSIS, _WESTERN_ELLIPSIS = "……", "…"


def shorten_sentence(sentence: str, allowed: int) -> str:
    """A sentence alone that does not fit, or came cut, or without a full stop; "" where only part of a clause would fit."""
    bare = uncut(sentence)
    if bare == sentence and len(sentence) <= allowed:
        return sentence
    came_cut = len(bare) <= allowed  # the source's own cut stands where no clause ends
    return _cut_sentence(bare, min(allowed, len(bare) + len(_ELLIPSIS) - 1), may_break=came_cut)


def _cut_sentence(sentence: str, allowed: int, *, may_break: bool) -> str:
    """The sentence up to the last clause that fits, with an ellipsis; in the middle of a clause if it may."""
    ellipsis = _ELLIPSIS if _HAN.search(sentence) else _WESTERN_ELLIPSIS
    room = allowed - len(ellipsis)
    if room < 1:
        return sentence[:allowed] if may_break else ""
    if (opened := _OPENED.search(sentence[:room])) and opened.start() >= _ENOUGH_CLAUSES * room:
        return sentence[: opened.start()].rstrip(" ，,、；;") + ellipsis
    ends = [match.start() for match in _CLAUSE_END.finditer(sentence, 0, room + 1) if match.start() <= room]
    if opens_with_clause(sentence):  # what only leads to the main clause says nothing
        ends = ends[
            1 + next((n for n, end in enumerate(ends) if not _APPOSED.match(sentence, end)), len(ends)) :
        ]
    if ends and ends[-1] >= _ENOUGH_CLAUSES * room:
        return sentence[: ends[-1]] + ellipsis
    if ends and not may_break and ends[-1] >= _FEW_CLAUSES * room and _VERB.search(sentence[: ends[-1]]):
        return sentence[: ends[-1]] + ellipsis
    if not may_break:
        return ""
    space = sentence.rfind(" ", 0, room + 1)
    return sentence[: space if space > room // 2 else room].rstrip() + ellipsis
