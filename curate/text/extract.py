"""The main text of a page, by whichever of two extractors read this page better, and what belongs to it.

Three readings compete: readability's, and trafilatura's in its balanced and its precise mode; what the page
itself states as its text (JSON-LD articleBody) is a fourth. None is best everywhere: trafilatura takes in
what surrounds short Chinese articles and cuts others in half, readability takes in related stories. They
fail in different ways, so what two of them agree on is nearly always the article. A reading gains by its
lines that another one also has and that look like prose, and loses by its lines that stand alone or look
like navigation; the reading with the highest sum is taken. What prose looks like (length, closing
punctuation, not a link) follows Kohlschütter, Fankhauser and Nejdl, "Boilerplate detection using shallow
text features", WSDM 2010.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import html

from curate.errors import NoticeError, UnreadableError
from curate.model import Article
from curate.text import dom, images, metadata
from curate.text.clean import plain
from curate.text.encoding import decode
from curate.text.gates import Sighting, notice_on
from curate.text.language import language
from curate.text.lines import letters_of, lines_of, without_title

_LEAST = 20  # letters or characters that a main text has, so that a menu is none
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


def extract(
    html: bytes | str, url: str = "", content_type: str = "", *, asked: str = "", known: str = ""
) -> Article:
    """Title, main text, author, time and images of an article's page.

    `url` is the page's address, by which relative addresses become absolute; `content_type` is the header as
    sent and helps with bytes only. `asked` is the address before redirects, `known` the title that the article is
    known by. Raises NoticeError where the page is a notice, UnreadableError where there is no main text.
    """
    page = dom.prepare(html if isinstance(html, str) else decode(html, content_type))
    tree = dom.parse(page)
    about = dom.linked_data((script.get("type"), script.text) for script in tree.iter("script"))
    meta = dom.metas(tree.iter("meta"))
    title = metadata.title(tree, meta, about)
    by, found = _best(_readings(dom.with_paragraphs(page, tree), about), _link_texts(tree))
    lines = without_title(found, title)
    text = "\n".join(lines)
    notice = notice_on(Sighting(tree, title, text, url, asked, known))
    if notice:
        raise NoticeError(notice.reason, notice.hint, is_gone=notice.is_gone)
    if len(letters_of(text)) < _LEAST:
        raise UnreadableError(
            "没有找到正文（no main text was found）", "网页可能是列表、登录页，或由脚本画出"
        )
    spoken = language(text)
    return Article(
        title=title,
        text=text,
        author=metadata.author(tree, meta, about, lines),
        published=metadata.published(tree, meta, about, lines, spoken),
        images=images.find(tree, meta, about, url, {letters_of(line) for line in lines}),
        by=by,
    )


def _readings(page: str, about: list[dict[str, Any]]) -> dict[str, list[str]]:
    from curate.text import extractors  # a third of a second, which a night of known sites need not spend

    stated = max(
        (v for thing in about if isinstance(v := thing.get("articleBody"), str)), key=len, default=""
    )
    readings = {
        "stated": plain(stated),
        "readability": extractors.by_readability(page),
        "precise": extractors.by_trafilatura(page, precise=True),
        "balanced": extractors.by_trafilatura(page, precise=False),
    }
    return {name: lines_of(text) for name, text in readings.items() if len(letters_of(text)) >= _LEAST}


def _link_texts(tree: html.HtmlElement) -> set[str]:
    return {letters_of(dom.text_of(link)) for link in tree.iter("a")}


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
