"""What an article's page is called, whose it is and when it came out: what a feed would say of it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from curate.domain.errors import NoticeError, UnreadableError
from curate.domain.model import Article
from curate.extraction import dom, metadata
from curate.extraction.document import document
from curate.extraction.extract import extract
from curate.text.clean import one_line
from curate.text.encoding import decode

_PAGES = ("text/html", "application/xhtml+xml", "text/plain")
_ACCOUNTS = "https://mp.weixin.qq.com/"


class PageHead(NamedTuple):
    """What a page says of itself."""

    title: str
    site: str  # as the page names it, for an official account's post the account; "" where it does not
    published: datetime | None


def read_head(body: bytes, url: str, content_type: str = "", fetched: datetime | None = None) -> PageHead:
    """Title, site and time of a page. NoticeError where it is a notice, UnreadableError where it is no page or has no
    title."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind and kind not in _PAGES:
        raise UnreadableError.of("read.other kind", "read.other kind.hint", kind=kind)
    text = decode(body, content_type)
    page = document(dom.parse(dom.prepare(text)))
    try:
        article = extract(text, url, fetched=fetched)
    except NoticeError:
        raise
    except UnreadableError:  # pictures, a video: its title is enough for an item
        article = Article(metadata.title(page), "")
    if not article.title:
        raise UnreadableError.of("read.no title", "read.no text.hint")
    site = one_line(page.meta.get("og:site_name", ""))
    return PageHead(article.title, article.author if url.startswith(_ACCOUNTS) else site, article.published)
