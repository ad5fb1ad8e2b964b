"""The main text of a page, by whichever of two extractors read it better.

Three readings compete: readability's, and trafilatura's in its balanced and its precise mode; what the page
itself states as its text (JSON-LD articleBody) is a fourth. None is best everywhere: trafilatura takes in
what surrounds short Chinese articles and cuts others in half, readability takes in related stories. They
fail in different ways, so what two of them agree on is nearly always the article. A reading gains by its
lines that another one also has and that look like prose, and loses by its lines that stand alone or look
like navigation; the reading with the highest sum is taken. What prose looks like (length, closing
punctuation, not a link) follows Kohlschütter, Fankhauser and Nejdl, "Boilerplate detection using shallow
text features", WSDM 2010.

Where the whole of what was chosen lies inside readability's text and the rest of that is prose, the others have cut the
article short, and readability's is taken. Not every page needs every reading: on a Chinese page readability's alone will do
where it has a good part of the page's prose, and the precise mode is asked only where the other two disagree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from lxml import html

from curate.extraction import dom
from curate.extraction.document import PageTree
from curate.extraction.reduction import reduce_tree, without_chrome
from curate.text.clean import plain
from curate.text.language import language
from curate.text.lines import letters_of, lines_of

_LEAST = 20  # letters or characters that a reading has
# Chosen on every other site of the pages that bench/extraction.py reads; any of 36 weightings around these
# (1 to .3, 1 to .2, 1 to 0) gives F1 .949 to .976 on Chinese and .962 to .964 on other pages.
_ALONE = 1.0  # what a character in a line that no other reading has costs
_NAVIGATION = 1.0  # what a character in an agreed line that is no prose costs
_KINDRED = {"precise", "balanced"}  # one extractor in two modes, whose agreement says
_KIN = 0.5  # half of what the agreement of two extractors says
# The shortest line that is prose without, and with, closing punctuation, in letters.
_PROSE = {"zh": (30, 8), "en": (80, 25)}
_CLOSING = tuple("。！？.!?…：:；;")

_QUOTES_AT_END = re.compile(r"[\s”’\"'）)」』】\]]+$")
_SURE = 0.95  # the same of the text that a page states, from which no second extractor is asked
_AGREED = 0.9  # of two readings' letters, from which no third is asked
_INSIDE = (
    0.9  # of the chosen text's letters that lie in readability's, from which that may be the whole of it
)
_MORE_PROSE = 0.9  # of what readability has beyond the chosen text
_WORTH = 0.2  # of the chosen text, from which that is worth having
_ENOUGH_PROSE = 0.3  # of a Chinese page's prose, from which readability's reading of it needs no other
_BLOCKS = ("p", "div", "section", "article", "li", "blockquote", "td", "h1", "h2", "h3", "h4", "pre")
_LEADS = 3  # lines before the text that may belong to it
_LABEL = re.compile(
    r"^\s*[【\[]?(?:内容)?(?:摘要|提要|导语|导读|核心提示|abstract|summary)[】\]]?\s*[:：|｜]?\s*",
    re.IGNORECASE,
)
_NEAR = 60  # blocks behind the title among which that is looked for
_ABSTRACT = re.compile(r"(?:^|[\s_-])(?:abstract|summary|zhaiyao|daodu|digest)(?:$|[\s_-])", re.IGNORECASE)
_LONGEST_LEAD = 600  # letters


class _Reading(NamedTuple):
    """A text by one extractor: its lines, the letters of each, and those of all in one."""

    lines: list[str]
    letters: list[str]
    joined: str


def main_text(document: PageTree) -> tuple[str, list[str]]:
    """The name of the reading that was chosen and its lines; ("", []) where there is none."""
    from curate.extraction import (
        extractors,  # a third of a second, which a night of known sites need not spend
    )

    links = {_letters_in(link) for link in document.tree.iter("a")}
    page = reduce_tree(document.tree)
    stated = max(
        (v for thing in document.about if isinstance(v := thing.get("articleBody"), str)), key=len, default=""
    )
    readings = _long_enough(stated=plain(stated), readability=extractors.by_readability(page))
    first = readings.get("readability", _Reading([], [], ""))
    text_language = language("\n".join(first.lines))
    if (
        text_language == "zh"
        and "stated" not in readings
        and _has_enough_prose(first, page, links, text_language)
    ):
        return "readability", without_chrome(first.lines, links)
    if "stated" not in readings or _agreement(first, readings["stated"]) < _SURE:
        readings |= _long_enough(balanced=extractors.by_trafilatura(page, precise=False))
        if "balanced" not in readings or _agreement(first, readings["balanced"]) < _AGREED:
            readings |= _long_enough(precise=extractors.by_trafilatura(page, precise=True))
    by = _fuller(_best(readings, links), readings, links)
    return by, without_chrome(readings[by].lines, links) if by else []


def _long_enough(**texts: str) -> dict[str, _Reading]:
    readings = {name: _make_reading(text) for name, text in texts.items() if text}
    return {name: reading for name, reading in readings.items() if len(reading.joined) >= _LEAST}


def _make_reading(text: str) -> _Reading:
    lines = lines_of(text)
    letters = [letters_of(line) for line in lines]
    return _Reading(lines, letters, "".join(letters))


def _has_enough_prose(reading: _Reading, page: html.HtmlElement, links: set[str], text_language: str) -> bool:
    """Whether a reading has so much prose that the page's article can hardly be elsewhere."""
    found = _prose_letters(reading.lines, reading.letters, links, text_language)
    if not found:
        return False
    shortest = min(_PROSE[text_language])
    texts = [text for text in _blocks(page) if len(text) > shortest]
    return found >= _ENOUGH_PROSE * _prose_letters(texts, map(letters_of, texts), links, text_language)


def _prose_letters(lines: Iterable[str], letters: Iterable[str], links: set[str], text_language: str) -> int:
    """The number of letters in those lines that are prose."""
    pairs = zip(lines, letters, strict=True)
    return sum(len(each) for line, each in pairs if _is_prose(line, each, links, text_language))


def _letters_in(element: html.HtmlElement) -> str:
    try:
        return letters_of(element.text_content() if len(element) else element.text or "")
    except UnicodeDecodeError:  # libxml2 may let a broken byte through
        return ""


def _blocks(tree: html.HtmlElement) -> list[str]:
    """The texts of the smallest blocks, in the page's order."""
    blocks = list(tree.iter(*_BLOCKS))
    holders = {next(element.iterancestors(*_BLOCKS), None) for element in blocks}
    return [dom.text_of(element) for element in blocks if element not in holders]


def _agreement(one: _Reading, other: _Reading) -> float:
    """The lesser share of one's letters that stand in lines which the other has too."""
    pairs = ((one, other), (other, one))
    return min(
        sum(len(each) for each in mine.letters if each in theirs.joined) / max(1, len(mine.joined))
        for mine, theirs in pairs
    )


def _fuller(by: str, readings: dict[str, _Reading], links: set[str]) -> str:
    """The name of readability's text where it has all of the chosen one, and more prose; else the chosen name."""
    whole = readings.get("readability")
    if not whole or not by or by == "readability":
        return by
    chosen = readings[by]
    text_language = language("\n".join(chosen.lines))
    inside = sum(len(each) for each in chosen.letters if each in whole.joined)
    if inside < _INSIDE * len(chosen.joined):
        return by
    more = {
        line: each for line, each in zip(whole.lines, whole.letters, strict=True) if each not in chosen.joined
    }
    prose = _prose_letters(more, more.values(), links, text_language)
    is_whole = prose >= _MORE_PROSE * sum(map(len, more.values())) and prose >= _WORTH * len(chosen.joined)
    return "readability" if is_whole else by


def with_lead(tree: html.HtmlElement, title: str, lines: list[str]) -> list[str]:
    """The text with what stands between the title and it, and is called its abstract or is its first paragraph in a link."""
    wanted = letters_of(title)
    heading = next(
        (e for e in tree.iter("h1", "h2") if wanted and letters_of(dom.text_of(e)) == wanted), None
    )
    if heading is None or not lines:
        return lines
    text, first, text_language = letters_of("".join(lines)), letters_of(lines[0]), language("\n".join(lines))
    found: list[tuple[html.HtmlElement, str]] = []
    for element in islice(_iter_following(heading), _NEAR):
        line = dom.text_of(element)
        letters = letters_of(line)
        if letters and (letters in text or first in letters):
            kept = [
                said for box, said in found if box.getparent() is element.getparent() or _is_abstract(box)
            ]
            return [*(_LABEL.sub("", said) for said in kept[-_LEADS:]), *lines]
        if len(letters) <= _LONGEST_LEAD and _is_prose(line, letters, set(), text_language) and _ends(line):
            found.append((element, line))
    return lines


def _iter_following(heading: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The smallest blocks behind an element."""
    is_behind = False
    for element in heading.getroottree().iter(*_BLOCKS):
        if is_behind and next(element.iterdescendants(*_BLOCKS), None) is None:
            yield element
        is_behind = is_behind or element is heading


def _is_abstract(element: html.HtmlElement) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    label = _LABEL.match(dom.text_of(element))
    return bool(_ABSTRACT.search(names)) or bool(label and label[0].strip())


def _best(readings: dict[str, _Reading], links: set[str]) -> str:
    """The name of the reading with most agreed prose and least else; the earlier of equals, "" of none."""
    if len(readings) < 2:
        return next(iter(readings), "")
    text_language = language(max((reading.joined for reading in readings.values()), key=len))

    def score(name: str) -> float:
        total = 0.0
        for line, letters in zip(readings[name].lines, readings[name].letters, strict=True):
            agreeing = {
                other for other, reading in readings.items() if other != name and letters in reading.joined
            }
            if not agreeing:
                total -= _ALONE * len(letters)
            elif _is_prose(line, letters, links, text_language):
                total += len(letters) * (_KIN if agreeing | {name} <= _KINDRED else 1.0)
            else:
                total -= _NAVIGATION * len(letters)
        return total

    return max(readings, key=score)


def _is_prose(line: str, letters: str, links: set[str], text_language: str) -> bool:
    if letters in links:
        return False
    bare, closed = _PROSE[text_language]
    if len(letters) >= bare:
        return True
    return len(letters) > closed and _QUOTES_AT_END.sub("", line).endswith(_CLOSING)


def _ends(line: str) -> bool:
    return _QUOTES_AT_END.sub("", line).endswith(("。", "！", "？", ".", "!", "?", "…"))
