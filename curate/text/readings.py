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
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from lxml import html

from curate.text import dom
from curate.text.clean import plain
from curate.text.language import language
from curate.text.lines import letters_of, lines_of
from curate.text.reduction import reduced, without_chrome

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


def main_text(tree: html.HtmlElement, about: list[dict[str, Any]]) -> tuple[str, list[str]]:
    """The name of the reading that was chosen and its lines; ("", []) where there is none.

    `tree` is the page's and stays as it is, `about` its JSON-LD.
    """
    from curate.text import extractors  # a third of a second, which a night of known sites need not spend

    links = {_letters_in(link) for link in tree.iter("a")}
    page = reduced(tree)
    stated = max(
        (v for thing in about if isinstance(v := thing.get("articleBody"), str)), key=len, default=""
    )
    readings = _long_enough(stated=plain(stated), readability=extractors.by_readability(page))
    prose = readings.get("readability", [])
    spoken = language("\n".join(prose))
    if spoken == "zh" and "stated" not in readings and _has_enough_prose(prose, page, links, spoken):
        return "readability", without_chrome(prose, links)
    readings |= _long_enough(balanced=extractors.by_trafilatura(page, precise=False))
    if _agreement(prose, readings.get("balanced", [])) < _AGREED:
        readings |= _long_enough(precise=extractors.by_trafilatura(page, precise=True))
    by, lines = _fuller(*_best(readings, links), readings, links)
    return by, without_chrome(lines, links)


def _long_enough(**readings: str) -> dict[str, list[str]]:
    return {name: lines_of(text) for name, text in readings.items() if len(letters_of(text)) >= _LEAST}


def _has_enough_prose(lines: Sequence[str], page: html.HtmlElement, links: set[str], spoken: str) -> bool:
    """Whether a reading has so much prose that the page's article can hardly be elsewhere."""
    found = sum(len(each) for line in lines if _is_prose(line, each := letters_of(line), links, spoken))
    if not found:
        return False
    every = ((text, letters_of(text)) for text in _blocks(page))
    return found >= _ENOUGH_PROSE * sum(
        len(each) for text, each in every if _is_prose(text, each, links, spoken)
    )


def _letters_in(element: html.HtmlElement) -> str:
    try:
        return letters_of("".join(element.itertext()))
    except UnicodeDecodeError:  # libxml2 may let a broken byte through
        return ""


def _blocks(tree: html.HtmlElement) -> list[str]:
    """The texts of the smallest blocks, in the page's order."""
    leaves = (e for e in tree.iter(*_BLOCKS) if next(e.iterdescendants(*_BLOCKS), None) is None)
    return [dom.text_of(element) for element in leaves]


def _agreement(one: Sequence[str], other: Sequence[str]) -> float:
    """The lesser share of one's letters that stand in lines which the other has too."""
    shares = []
    for lines, text in ((one, letters_of("".join(other))), (other, letters_of("".join(one)))):
        letters = [letters_of(line) for line in lines]
        shares.append(sum(len(each) for each in letters if each in text) / max(1, sum(map(len, letters))))
    return min(shares)


def _fuller(
    by: str, lines: list[str], readings: dict[str, list[str]], links: set[str]
) -> tuple[str, list[str]]:
    """Readability's text where it has all that was chosen, and more prose."""
    whole = readings.get("readability")
    if not whole or not lines or by == "readability":
        return by, lines
    spoken = language("\n".join(lines))
    text, chosen = letters_of("".join(whole)), letters_of("".join(lines))
    inside = sum(len(each) for line in lines if (each := letters_of(line)) in text)
    more = {line: letters for line in whole if (letters := letters_of(line)) not in chosen}
    prose = sum(len(letters) for line, letters in more.items() if _is_prose(line, letters, links, spoken))
    is_whole = inside >= _INSIDE * len(chosen) and prose >= _MORE_PROSE * sum(map(len, more.values()))
    return ("readability", whole) if is_whole and prose >= _WORTH * len(chosen) else (by, lines)


def with_lead(tree: html.HtmlElement, title: str, lines: list[str]) -> list[str]:
    """The text with what stands between the title and it, and is called its abstract or is its first paragraph in a link."""
    wanted = letters_of(title)
    heading = next(
        (e for e in tree.iter("h1", "h2") if wanted and letters_of(dom.text_of(e)) == wanted), None
    )
    if heading is None or not lines:
        return lines
    text, first, spoken = letters_of("".join(lines)), letters_of(lines[0]), language("\n".join(lines))
    found: list[tuple[html.HtmlElement, str]] = []
    for element in islice(_following(heading), _NEAR):
        line = dom.text_of(element)
        letters = letters_of(line)
        if letters and (letters in text or first in letters):
            kept = [
                said for box, said in found if box.getparent() is element.getparent() or _is_abstract(box)
            ]
            return [*(_LABEL.sub("", said) for said in kept[-_LEADS:]), *lines]
        if len(letters) <= _LONGEST_LEAD and _is_prose(line, letters, set(), spoken) and _ends(line):
            found.append((element, line))
    return lines


def _following(heading: html.HtmlElement) -> Iterator[html.HtmlElement]:
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


def _best(readings: dict[str, list[str]], links: set[str]) -> tuple[str, list[str]]:
    """The reading with most agreed prose and least else, by its name; the earlier of equals, ("", []) of none."""
    if len(readings) < 2:
        return next(iter(readings.items()), ("", []))
    joined = {name: letters_of("".join(lines)) for name, lines in readings.items()}
    spoken = language(max(joined.values(), key=lambda letters: len(letters)))

    def score(name: str) -> float:
        total = 0.0
        for line in readings[name]:
            letters = letters_of(line)
            agreeing = {
                other_name for other_name, other in joined.items() if other_name != name and letters in other
            }
            if not agreeing:
                total -= _ALONE * len(letters)
            elif _is_prose(line, letters, links, spoken):
                total += len(letters) * (_KIN if agreeing | {name} <= _KINDRED else 1.0)
            else:
                total -= _NAVIGATION * len(letters)
        return total

    best = max(readings, key=score)
    return best, readings[best]


def _is_prose(line: str, letters: str, links: set[str], spoken: str) -> bool:
    if letters in links:
        return False
    bare, closed = _PROSE[spoken]
    if len(letters) >= bare:
        return True
    return len(letters) > closed and _QUOTES_AT_END.sub("", line).endswith(_CLOSING)


def _ends(line: str) -> bool:
    return _QUOTES_AT_END.sub("", line).endswith(("。", "！", "？", ".", "!", "?", "…"))
