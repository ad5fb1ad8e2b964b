"""What the extractors never need to see is taken out of a page's tree, and what they would lose is put plainly.

Scripts, navigation and forms' parts cost both extractors half of their time. Code and small tables have too little
prose for them and would be dropped: their lines become paragraphs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree, html

from curate.extraction import dom
from curate.text.lines import letters_of

_DROPPED = (
    "script", "style", "noscript", "template", "svg", "canvas", "iframe", "object", "embed", "link", "map", "nav", "footer",
    "button", "select", "textarea", "input", "label",
)  # fmt: skip
# Attributes that neither extractor asks for, and both write out again and again.
_UNASKED = (
    "href", "src", "srcset", "data-src", "data-srcset", "title", "target", "onclick", "width", "height", "sizes", "style",
)  # fmt: skip
_BLOCKS = (
    "section", "div", "p", "table", "ul", "ol", "blockquote", "article", "h1", "h2", "h3", "pre", "figure",
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_COPY = re.compile(r"(?:复制|複製)(?:代码|程式碼|成功)?|copy(?: code)?|copied!?", re.IGNORECASE)
_LINE_NUMBERS = "code-snippet__line-index"
_SHORT_CELL = 60  # characters of a cell that holds a value and no text
_MOST_ROWS = (
    200  # of a table; and tables and pieces of code of a page, each of which costs a walk over its parent
)
_MOST_LINES = 2000  # of code; as so many paragraphs it would be most of the page's elements
_DATE = re.compile(r"[\d\s:：./年月日时分-]+")
# The way to the page, and its byline with a date: both stand above a text.
_ABOVE = re.compile(
    r"^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}.{0,20}(?:来源|作者|编辑)|^字号|[>›»]\s*\S.*[>›»]|(?:当前|您所在的|所在)位置\s*[:：]"
)
_LONGEST_CHROME = 80  # letters; a longer line is prose, whatever links are in it
_LONGEST_LABEL, _LABELS = 8, 2  # letters; lines at the end, from which they are no signature
_REST = 0.15  # of a line's letters, which may stand beside its links: the name of a column
_NOTICES = 3  # lines
# Whose words a text's are, or what follows from it: what a site says under all of its articles.
_DISCLAIMER = re.compile(
    r"不?代表\S{0,12}(?:观点|立场|看法)|(?:仅供|仅作)\S{0,4}参考|不构成\S{0,8}(?:建议|依据)|(?:风险|责任)\S{0,2}自[担负]"
    r"|(?:未经|如需)\S{0,8}(?:授权|许可|转载)|转载\S{0,4}(?:注明|联系)|版权\S{0,6}所有|侵权\S{0,8}(?:删|联系)"
)
_OF_THE_TEXT = re.compile(
    r"本[文站网号刊报页]|此文|该文|文章|文中|原文|声明|免责|转载请|(?:禁止|谢绝)转载|版权所有|所载|上述内容"
)
_TOLD = re.compile(
    r"(?:表示|称|说|认为|指出|强调)[，,：:“]|[”」]"
)  # somebody's words, which the article tells
_MENU = 4  # links of a menu, or of a list of other articles
_BESIDE = 0.1  # of its characters, which may stand beside its links
_LONGEST_LINK = 60  # characters of its links on the average; more are an article's own sentences
_PROSE = ("p", "blockquote", "pre", "section")
_LEAST_PROSE = 60  # characters outside links
_NO_LISTS = ("body", "p", "table", "tbody", "tr", "td")  # a paragraph or a table may be the article's
_SHORTEST_LINK = 3  # letters of a link's text that is taken out of a line


@dataclass(slots=True)
class _Held:
    """What an element holds."""

    size: int = 0  # characters
    linked: int = 0  # of them, in links
    links: int = 0
    has_prose: bool = False  # in a child

    def add(self, other: _Held, tail: int) -> None:
        self.size += other.size + tail
        self.linked += other.linked
        self.links += other.links
        self.has_prose |= tail >= _LEAST_PROSE

    def is_list(self) -> bool:
        """Whether it is links alone, and short ones."""
        is_linked = self.linked >= (1 - _BESIDE) * self.size
        return self.links >= _MENU and is_linked and self.linked <= _LONGEST_LINK * self.links


def reduce_tree(tree: html.HtmlElement) -> html.HtmlElement:
    """A copy of a page's tree for the extractors."""
    tree = deepcopy(tree)
    etree.strip_elements(tree, *_DROPPED, with_tail=False)
    for element in list(tree.iter()):
        style = element.get("style")
        is_hidden = element.get("hidden") is not None or (style and _HIDDEN.search(style))
        if is_hidden and element.getparent() is not None:
            element.drop_tree()
    for section in [e for e in tree.iter("section") if next(e.iterdescendants(*_BLOCKS), None) is None]:
        section.tag = (
            "p"  # the editors of official accounts write it for every block, and both extractors pass it over
        )
    for element in list(tree.iter("pre"))[:_MOST_ROWS]:
        if len(lines := _code_lines(element)) <= _MOST_LINES:
            _replace(_outermost(element), lines)
    for items in tree.xpath("//ol[@start or @reversed or li/@value]"):
        _write_numbers(items)
    for table in list(tree.iter("table"))[:_MOST_ROWS]:
        if rows := _rows(table):
            _replace(table, rows)
    _drop_link_lists(tree)
    etree.strip_attributes(tree, *_UNASKED)
    return tree


def _drop_link_lists(tree: html.HtmlElement) -> None:
    """Take out menus, and lists of other articles: half of a page's elements, and never a text.

    Both extractors look at every element again and again, and would leave these out in the end. A list among paragraphs
    stays: it may be the article's own.
    """
    held: defaultdict[html.HtmlElement, _Held] = defaultdict(_Held)
    for element in reversed(list(tree.iter())):  # what is inside comes first
        mine = held[element]
        mine.size += len((element.text or "").strip())
        if element.tag == "a":
            mine.linked, mine.links = mine.size, 1
        if (parent := element.getparent()) is not None:
            held[parent].add(mine, len((element.tail or "").strip()))
            held[parent].has_prose |= element.tag in _PROSE and mine.size - mine.linked >= _LEAST_PROSE
    waiting = [tree]
    while waiting:
        parent = waiting.pop()
        for element in parent:
            mine = held[element]
            if mine.is_list() and element.tag not in _NO_LISTS and not held[parent].has_prose:
                element.drop_tree()
            elif mine.links >= _MENU:
                waiting.append(element)


def _write_numbers(items: html.HtmlElement) -> None:
    """Put an item's number before its text, where its list says with which number it begins: a text has no markers."""
    if items.get("type", "1") != "1":
        return
    entries = items.findall("li")
    step = -1 if items.get("reversed") is not None else 1
    number = _whole_number(items.get("start"), len(entries) if step < 0 else 1)
    for item in entries:
        number = _whole_number(item.get("value"), number)
        first = next((e for e in item.iter(*_BLOCKS) if (e.text or "").strip()), None)
        holder = item if first is None or (item.text or "").strip() else first
        holder.text = f"{number}. {(holder.text or '').lstrip()}"
        number += step


def _whole_number(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,6}", text.strip()) else otherwise


def _code_lines(pre: html.HtmlElement) -> list[str]:
    inside = pre.findall("code")
    texts = [code.text_content() for code in inside] if len(inside) > 1 else pre.text_content().split("\n")
    return [line.rstrip() for line in texts if line.strip() and not _COPY.fullmatch(line.strip())]


def _outermost(pre: html.HtmlElement) -> html.HtmlElement:
    """The element that has the code and nothing else but its line numbers and buttons."""
    parent = pre.getparent()
    while parent is not None and parent.tag in ("section", "div", "figure") and _has_only(parent, pre):
        pre, parent = parent, parent.getparent()
    return pre


def _has_only(parent: html.HtmlElement, child: html.HtmlElement) -> bool:
    others = [
        other for other in parent if other is not child and _LINE_NUMBERS not in (other.get("class") or "")
    ]
    texts = [parent.text or "", child.tail or "", *(dom.text_of(other, 100) for other in others)]
    return all(not text.strip() or _COPY.fullmatch(text.strip()) for text in texts)


def _rows(table: html.HtmlElement) -> list[str]:
    """The rows of a table of values, cells side by side; [] where the table is there for the layout."""
    rows = [row.findall("td") + row.findall("th") for row in table.iter("tr")]
    if not 2 <= len(rows) <= _MOST_ROWS or table.find(".//table") is not None:
        return []
    texts = [[dom.text_of(cell, 2 * _SHORT_CELL) for cell in row] for row in rows]
    has_columns = sum(len(row) > 1 for row in texts) >= max(2, len(texts) - 1)
    if not has_columns or any(len(cell) > _SHORT_CELL for row in texts for cell in row):
        return []
    return [line for row in texts if (line := " ".join(filter(None, row)))]


def _replace(element: html.HtmlElement, lines: Sequence[str]) -> None:
    """Paragraphs instead of an element."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    paragraphs = []
    for line in lines:
        paragraph = html.Element("p")
        paragraph.text = line
        paragraphs.append(paragraph)
    element.drop_tree()
    for offset, paragraph in enumerate(paragraphs):
        parent.insert(at + offset, paragraph)


def without_chrome(lines: Sequence[str], links: set[str]) -> list[str]:
    """The lines without what stands around the text: at its head and foot links alone, bare dates, the way to the page."""
    texts = sorted((link for link in links if len(link) >= _SHORTEST_LINK), key=len, reverse=True)
    first, last = 0, len(lines)
    while first < last and (_is_chrome(lines[first], links, texts) or _ABOVE.search(lines[first])):
        first += 1
    while last > first and _is_chrome(lines[last - 1], links, texts):
        last -= 1
    labels = last
    while labels > first and _is_label(lines[labels - 1]):
        labels -= 1
    last = labels if last - labels >= _LABELS else last
    return list(lines[first:last] or lines)


def without_byline(lines: Sequence[str]) -> list[str]:
    """The lines without a byline and the like on top, which the title hid from `without_chrome`."""
    first = 0
    while first < len(lines) and (_DATE.fullmatch(lines[first]) or _ABOVE.search(lines[first])):
        first += 1
    return list(lines[first:] or lines)


def without_notices(lines: Sequence[str]) -> list[str]:
    """The lines without the site's notices at their foot, of rights and risks, and the labels over them."""
    last = len(lines)
    while last > len(lines) - _NOTICES and last > 1 and _is_notice(lines[last - 1]):
        last -= 1
        if last > 1 and _is_label(lines[last - 1]):
            last -= 1
    return list(lines[:last])


def _is_notice(line: str) -> bool:
    return bool(_DISCLAIMER.search(line) and _OF_THE_TEXT.search(line) and not _TOLD.search(line))


def _is_label(line: str) -> bool:
    """Whether it is a button's or a counter's: 评论（0）, 我要跟帖."""
    return len(letters_of(line)) <= _LONGEST_LABEL and line[-1:] not in "。！？!?.…”』」"


def _is_chrome(line: str, links: set[str], texts: Sequence[str]) -> bool:
    letters = letters_of(line)
    if letters in links or _DATE.fullmatch(line):
        return True
    if len(letters) > _LONGEST_CHROME:
        return False
    whole = len(letters)
    for text in texts:
        if text in letters:
            letters = letters.replace(text, "")
        if len(letters) <= max(2, _REST * whole):
            return True
    return False
