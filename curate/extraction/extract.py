"""An article's page: its main text, and what belongs to it."""

from __future__ import annotations

import re
from datetime import datetime

from curate.domain.errors import NoticeError, UnreadableError
from curate.domain.model import Article
from curate.extraction import dom, images, metadata, page_dates
from curate.extraction.choose_reading import main_text, with_lead
from curate.extraction.document import document
from curate.extraction.gates import Sighting, notice_on
from curate.extraction.reduction import without_byline, without_notices
from curate.extraction.reprint_notice import find_reprint_notice
from curate.text.encoding import decode
from curate.text.language import language
from curate.text.lines import letters_of, lines_of, without_title
from curate.text.notices import takes_up

_LEAST = 20  # letters or characters that a main text has, so that a menu is none
_ESCAPED = re.compile(
    r"\\x([0-9a-fA-F]{2})"
)  # as official accounts write line feeds and quotes in a description
_ACCOUNTS = "https://mp.weixin.qq.com/"


def extract(
    html: bytes | str,
    url: str = "",
    content_type: str = "",
    *,
    asked: str = "",
    known: str = "",
    fetched: datetime | None = None,
) -> Article:
    """Title, main text, author, time and images of an article's page.

    `url` is the page's address, by which relative addresses become absolute; `content_type` is the header as
    sent and helps with bytes only. `asked` is the address before redirects, `known` the title that the article is
    known by, `fetched` when the page came, by which a date such as 昨天 is understood. Raises NoticeError where the page is a notice, UnreadableError where there is no main text.
    """
    markup = dom.limit_page(html if isinstance(html, str) else decode(html, content_type))
    page = document(dom.parse(dom.prepare(markup)))
    title = metadata.title(page)
    by, found = main_text(page)
    lines = without_byline(without_title(found, title))
    if len(letters_of("".join(lines))) < _LEAST and (told := _description(page.meta, title, url, known)):
        by, lines = "described", told
    lines = without_notices(with_lead(page.tree, title, lines))
    text = "\n".join(lines)
    notice = notice_on(Sighting(page.tree, title, text, url, asked, known))
    if notice:
        raise NoticeError(message=notice.message, advice=notice.advice, is_gone=notice.is_gone)
    if len(letters_of(text)) < _LEAST:
        raise UnreadableError.of("read.no text", "read.no text.hint")
    text_language = language(text)
    return Article(
        title=title,
        text=text,
        author=metadata.author(page, lines),
        published=page_dates.find_published(page, lines, text_language, fetched),
        images=images.find(page, url, {letters_of(line) for line in lines}),
        by=by,
        notice=find_reprint_notice(markup),
    )


def _description(meta: dict[str, str], title: str, url: str, known: str) -> list[str]:
    """What a post of pictures or of a few plain sentences says: its page states it, and a script draws it.

    Other sites describe themselves there. So it is believed of official accounts, and of a page whose title is the
    one that the entry is known by.
    """
    if not (url.startswith(_ACCOUNTS) or (known and takes_up(title, known))):
        return []
    stated = meta.get("og:description") or meta.get("description") or ""
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), stated)
    return lines_of(text) if len(letters_of(text)) >= _LEAST else []
