"""The article of a page whose site is known: by the selector that was learnt, else in full.

page -> learnt selector -> text long enough? -> article
     -> in full         -> article, and a glimpse of the frame to learn from
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser, LexborNode

from curate.domain.model import Article
from curate.extraction import dom, images, metadata, page_dates
from curate.extraction.document import PageTree, is_byline
from curate.extraction.extract import extract
from curate.extraction.reduction import without_byline, without_notices
from curate.extraction.reprint_notice import find_reprint_notice
from curate.extraction.site_layout import UNREAD, glimpse, is_checked, selector_of, tree_of
from curate.text.clean import plain
from curate.text.encoding import decode
from curate.text.language import language
from curate.text.lines import lines_of, without_title
from curate.text.notices import notice_in

if TYPE_CHECKING:
    from curate.extraction.site_layout import Glimpse, Layout

_LINKED = "ld+json"
_MARKED = '[itemprop="author"], [rel="author"], #js_name, [class*="author"], [class*="byline"]'
SHORT = 100  # characters; a text found by a selector that is no longer is not believed


def read(
    body: bytes | str,
    url: str,
    content_type: str,
    layout: Layout,
    known: Article,
    asked: str = "",
    fetched: datetime | None = None,
) -> tuple[Article, Glimpse | None]:
    """The article, and a glimpse of the frame where it was read in full.

    `known` is what the feed already says: its title, author and time are kept, and not looked for again; `asked`
    is the address before redirects, `fetched` when the page came. Raises NoticeError where the page is a notice, UnreadableError where there is
    no main text.
    """
    page = body if isinstance(body, str) else decode(body, content_type)
    selector = selector_of(layout)
    if selector and not is_checked(url):
        article = extract_by_selector(dom.limit_page(page), url, selector, known, fetched)
        if article:
            return article, None
    article = extract(page, url, asked=asked, known=known.title, fetched=fetched)
    return article, glimpse(dom.limit_page(page), article.text, url)


def _read_language(tree: LexborHTMLParser) -> str:
    """The page's language, as it declares it."""
    return (tree.root.attributes.get("lang") or "").strip() if tree.root is not None else ""


def _bylines(tree: LexborHTMLParser) -> Iterator[str]:
    """The texts of the elements that are marked as bylines, as `Document.marked` finds them."""
    nodes = [node for node in tree.css(_MARKED) if is_byline(node.tag or "", node.attributes)]
    for node in nodes[: metadata.BYLINES]:
        named = node.css_first('[itemprop="name"]')
        yield (named.attributes.get("content") or named.text()) if named is not None else node.text()


def _names_author(page: str, tree: LexborHTMLParser) -> bool:
    """Whether readers see a word behind which an author is named, so that the slower tree is worth its time.

    It takes the scripts out of the tree, so it comes after all else that is looked for there.
    """
    if tree.body is None or not metadata.names_author(page):
        return False
    tree.strip_tags(list(UNREAD))
    return metadata.names_author(tree.body.text())


def element_by(page: str, selector: str) -> tuple[LexborHTMLParser, LexborNode | None, list[str]]:
    """A page's tree, the first element that the selector finds in it, and the lines of text in that."""
    tree = tree_of(page)
    element = tree.css_first(selector)
    return tree, element, lines_of(plain(element.html or "")) if element is not None else []


def extract_by_selector(
    page: str, url: str, selector: str, known: Article, fetched: datetime | None = None
) -> Article | None:
    """The article by the selector alone; None where it finds nothing, or too little to be an article."""
    tree, element, found = element_by(page, selector)
    lines = without_notices(without_byline(without_title(found, known.title)))
    if element is None or sum(map(len, lines)) < SHORT:
        return None
    if notice_in("\n".join(lines), known.title):
        return None  # read in full it will be told what it is
    meta = dom.metas(node.attributes for node in (tree.head.css("meta") if tree.head else ()))
    linked = tree.css(f'script[type*="{_LINKED}"]') if _LINKED in page else ()
    about = dom.linked_data((_LINKED, node.text()) for node in linked)
    # What the feed left out is mostly in the head; else it is looked for on the whole page, by the slower tree.
    base = tree.css_first("base[href]") if "<base" in page else None
    inside = element.html or ""
    text_language = language("\n".join(lines))
    title = known.title
    author = known.author or metadata.stated_author(meta, about)
    author = author or metadata.first_name(_bylines(tree), meta)
    published = known.published or page_dates.stated_date(meta, about, text_language, _read_language(tree))
    if not (title and published and (author or not _names_author(page, tree))):
        whole = PageTree(dom.parse(dom.prepare(page)), meta, about)
        title = title or metadata.title(whole)
        lines = without_title(lines, title)
        author = author or metadata.author(whole, lines)
        published = published or page_dates.find_published(whole, lines, text_language, fetched)
    return Article(
        title=title,
        text="\n".join(lines),
        author=author,
        published=published,
        images=images.beside(meta, about, inside, url, (base.attributes.get("href") or "") if base else ""),
        by=selector,
        notice=find_reprint_notice(page),
    )
