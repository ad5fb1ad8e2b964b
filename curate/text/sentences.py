"""Where sentences end, in Chinese, in English, and in text that mixes them.

A sentence keeps its closing quotes and brackets (`。”`). Full stops inside numbers, addresses, abbreviations
and initials end nothing; nor does an ellipsis, unless a new sentence plainly follows. A short quotation is
not broken in the middle, so that a sentence taken out of its text has both its quotation marks.
"""

from __future__ import annotations

import re

from curate.text.tokenize import HAN

_CLOSERS = "”’」』】）》〉\"')\\]"
_CANDIDATE = re.compile(
    rf"[a-z][a-z0-9+.-]{{1,20}}://[^\s{HAN}，。！？；“”（）]+|[。！？!?．.…۔؟।]+[{_CLOSERS}]*", re.IGNORECASE
)
_QUOTATION = re.compile(
    r"“[^“”]{1,80}”|「[^「」]{1,80}」|『[^『』]{1,80}』|（[^（）]{1,80}）|《[^《》]{1,80}》"
)

_HAN = re.compile(rf"[{HAN}]")
_BEFORE = re.compile(r"[^\s(\[“\"‘']*$")  # the word that a full stop stands behind
_NEXT = re.compile(r"\s*[\"'“‘(\[]*([^\W_]+)?")
_SPEAKER = re.compile(rf"[{HAN}·]{{1,10}}?(?:说|表示|称|道|问|指出|介绍|告诉)")  # “……。”馆长说
_GOES_ON = "，、；：,;:的"  # what follows a closing quote in the middle of a sentence


def _word_set(names: str) -> frozenset[str]:
    return frozenset(names.split())


_TITLES = _word_set(
    "mr mrs ms mx dr prof rev fr hon gen sen rep gov lt col sgt capt cpl cmdr adm maj st mt ft vs cf al pty fig figs eq "
    "vol pp p ed eds approx est dept univ assn e.g i.e viz"
)
_NUMBERED = _word_set("no nos art sec ch jan feb mar apr jun jul aug sep sept oct nov dec")
_MAYBE_LAST = _word_set("inc ltd co corp llc plc jr sr etc bros u.s u.k u.n e.u a.m p.m d.c ph.d b.c a.d")
_ORDINAL = re.compile(  # der 60. Jahrestag
    r"\b(?:der|die|das|dem|den|des|am|vom|zum|zur|im|beim|eine?[mnrs]?|jede[mnrs]?|seine?[mnrs]?|ihre?[mnrs]?|bis)\s+\d{1,3}$",
    re.IGNORECASE,
)
_STARTERS = _word_set(
    "the a an this that these those it its he she they we i you his her their our my in on at by for from with as "
    "but and or so if when while after before since there here what who how why where however meanwhile although "
    "not no one some many most according"
)


def sentences(text: str) -> list[str]:
    """The sentences of a plain text, in order, stripped; together they hold every character but white space.

    A line feed always ends one.
    """
    found: list[str] = []
    for line in text.splitlines():
        found.extend(_of_line(line))
    return found


def _of_line(line: str) -> list[str]:
    quotations = [match.span() for match in _QUOTATION.finditer(line)]
    found: list[str] = []
    start = passed = 0
    for match in _CANDIDATE.finditer(line):
        end = match.end()
        while passed < len(quotations) and quotations[passed][1] < end:
            passed += 1
        # The quotation that ends here counts as closed; one that began earlier and ends later does not.
        inside = (
            passed < len(quotations) and quotations[passed][0] < match.start() and end < quotations[passed][1]
        )
        if not inside and _ends(line, match):
            found.append(line[start:end])
            start = end
    found.append(line[start:])
    return [sentence for piece in found if (sentence := piece.strip())]


def _ends(line: str, match: re.Match[str]) -> bool:
    mark, end = match[0], match.end()
    following = line[end : end + 1]
    if "://" in mark:  # an address: its own dots end nothing, the one at its end may
        return mark[-1] in ".!?" and (not following or following.isspace())
    if not following:
        return True
    closed = mark[-1] in _CLOSERS.replace("\\", "")
    if following in _GOES_ON and (closed or following != "的"):
        return False
    if closed and _SPEAKER.match(line, end):
        return False
    if any(c in mark for c in "。！？۔؟।"):
        return True
    if "!" in mark or "?" in mark:
        if mark[-1] in ")]" and following.isspace():  # an aside in the middle of a sentence
            return _starts_anew(line, end)
        return following.isspace() or bool(_HAN.match(following)) or following in "“「『（《"
    if "…" in mark or ".." in mark:
        return following.isspace() and _starts_anew(line, end)
    return _stop_ends(line, match)


def _stop_ends(line: str, match: re.Match[str]) -> bool:
    """Whether a single full stop of Western form ends its sentence."""
    end = match.end()
    before = line[match.start() - 1 : match.start()]
    following = line[end : end + 1]
    if not following.isspace():
        # Chinese typed with Western stops: 他来了.我走了
        return bool(_HAN.match(before) and (_HAN.match(following) or following in "“「『（《"))
    if not _starts_anew(line, end):
        return False
    found = _BEFORE.search(line, max(0, match.start() - 30), match.start())
    word = found[0].lower() if found else ""
    upcoming = _NEXT.match(line, end)
    following_word = (upcoming[1] or "") if upcoming else ""
    if word in _TITLES or _ORDINAL.search(line, max(0, match.start() - 30), match.start()):
        return False
    if word in _NUMBERED:
        return not following_word[:1].isdigit()
    if word in _MAYBE_LAST or re.fullmatch(r"[^\W\d_]|(?:[^\W\d_]\.)+[^\W\d_]", word):
        return following_word.lower() in _STARTERS and word != "i"
    return True


def _starts_anew(line: str, end: int) -> bool:
    """Whether what follows the white space looks like the beginning of a sentence."""
    match = _NEXT.match(line, end)
    if not match or not match[1]:
        return True
    return not match[1][0].islower()
