"""What sources send in place of articles: notices as the text of an entry, a service's own troubles as an entry.

An entry whose text is a verification or a login keeps its title, and its page is asked later. An entry that is no article
at all, such as "Bridge returned error 404!", is a failure of its source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal
from urllib.parse import urlsplit

from curate.domain.errors import NoticeError, UnreadableError
from curate.domain.message import message
from curate.domain.model import OPENING, Entry, Failure, Page
from curate.sources.base import Reading
from curate.text.clean import plain
from curate.text.entry_text import NO_TEXTS, EntryText, EntryTexts, text_of
from curate.text.notices import NEVER_TITLES, Notice, is_short, kind_of, notice_in

_LONGEST_CONTENT = 6000  # characters of markup that a notice comes in
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<body[\s>]", re.IGNORECASE)
_HEAD = 2048  # bytes in which that is looked for

# --- notices as an entry's text -------------------------------------------------------------------------------


def without_notices(
    entries: Sequence[Entry], texts: EntryTexts = NO_TEXTS
) -> tuple[list[Entry], list[Failure]]:
    """The entries without texts and titles that are notices; and what those said, by the source's id.

    `texts` are the entries' rough ones, as far as they are made: the exact ones take their time, and only notices
    need them.
    """
    kept: list[Entry] = []
    told: list[Failure] = []
    for entry in entries:
        text = text_of(entry, texts)
        in_content = _notice_in_text(text, "content")
        seen = in_content or _notice_in_text(text, "summary")
        named = notice_in(entry.title) if not entry.original else None
        if named and named.kind in NEVER_TITLES:
            entry, seen = replace(entry, title=""), seen or named
        if seen:
            told.append(Failure(entry.source, message=seen.message, advice=seen.advice))
            entry = replace(entry, content="" if in_content else entry.content, summary="")
        kept.append(entry)
    return kept, told


def _notice_in_text(text: EntryText, part: Literal["content", "summary"]) -> Notice | None:
    entry, markup = text.entry, getattr(text.entry, part)
    if not markup or markup == OPENING or entry.original or len(markup) > _LONGEST_CONTENT:
        return None
    rough = getattr(text, part)
    return notice_in(plain(markup), entry.title) if is_short(rough) and kind_of(rough, entry.title) else None


# --- a page where a document was due --------------------------------------------------------------------------


_ADVICE = {
    "login": "read.public.hint",
    "paywall": "read.public.hint",
    "busy": "read.later.hint",
    "region": "read.proxy.hint",
}


def refusal_of(page: Page, address: str) -> NoticeError | None:
    """What stands at `address` in place of a document, where that is a notice."""
    if not _HTML.search(page.body[:_HEAD]):
        return None
    from curate.extraction.gates import notice_of_page  # with the readers of pages; most answers are feeds

    seen = notice_of_page(page, address)
    if seen is None:
        return None
    advice = message(_ADVICE.get(seen.kind, "read.check.hint"))
    return NoticeError(message=seen.message, advice=advice, is_gone=seen.is_gone)


def refusal(page: Page, address: str, error: UnreadableError) -> UnreadableError:
    """The error in better words, where what came is a web page: a notice, or another page than it used to be."""
    if seen := refusal_of(page, address):
        return seen
    has_moved = bool(address) and urlsplit(page.url)[1:3] != urlsplit(address)[1:3]
    if not has_moved or not _HTML.search(page.body[:_HEAD]):
        return error
    return UnreadableError.of("read.moved", "read.moved.hint", url=page.url)


# --- a service's own troubles as an entry ---------------------------------------------------------------------

# What speaks of the feed itself, and what befell it.
_OF_THE_FEED = (
    r"\b(?:(?:rss|atom|web|news)?[ -]?feeds?|rss(?:[ -]?(?:hub|bridge))?|bridge|route|scraper|crawler|subscription|generator)\b"
    r"|订阅源?|信息源|路由|抓取|采集|源站|本源|该源|此源|rsshub|爬虫"
)
_TROUBLE = (
    r"\b(?:errors?|exception|fail(?:ed|ure|s|ing)?|not found|moved|expired?|disabled|deprecated|discontinued|no longer|suspended"
    r"|unavailable|invalid|broken|shut(?:ting)? down|retired|deleted|removed|timed? ?out|limit|upgrade|inactive|blocked|empty)\b"
    r"|出错|错误|失败|异常|失效|过期|停用|停止|停更|迁移|搬家|变更|更换|已改|不再|下线|关闭|禁用|超时|限制|为空|不可用|续费|升级"
)
_FEED, _FATE = re.compile(_OF_THE_FEED, re.IGNORECASE), re.compile(_TROUBLE, re.IGNORECASE)
# Machines' own words: no editor writes these over an article.
_MACHINE = re.compile(
    r"\b\w+(?:Exception|Error)\b:|\bstack ?trace\b|\bresulted in [45]\d\d\b|\bstatus ?code[: ]+[45]\d\d\b|\bHTTP(?:/\d\S*)? [45]\d\d\b"
    r"|\bat \S+ \(?\S+:\d+:\d+\)?|\berror message\b|\breturned error\b|错误(?:信息|代码|码)\s*[:：]|route[: ]+/\w+",
    re.IGNORECASE,
)
_TO_SUBSCRIBERS = re.compile(
    r"\b(?:update|change|re-?subscribe|switch|renew|upgrade|check|contact|remove|please)\b.{0,60}\b(?:feed|subscription|reader|url|address|plan|bookmark|administrator|support)\b"
    r"|(?:请|可|需).{0,20}(?:更新|更换|修改|重新|改为|换成|续费|升级|联系|检查).{0,20}(?:订阅|地址|链接|源|套餐|管理员|路由)",
    re.IGNORECASE | re.DOTALL,
)
_MAKERS = re.compile(r"\b(?:rss-?bridge|rsshub|rss\.app|fetchrss|politepol|feed43|feedburner|kill the newsletter|morss|html2rss|changedetection|wewe-?rss|we-?mp-?rss|wechat2rss|feedly|inoreader)\b", re.IGNORECASE)  # fmt: skip
_ENOUGH = 3  # points from which an entry is the service's own
_SHORT_TITLE, _SHORT_TEXT = 120, 1500  # characters


def without_service_messages(reading: Reading, source_url: str) -> Reading:
    """The reading without entries that tell of the feed's own troubles, which are told as `trouble` instead.

    Raises UnreadableError where nothing else is left: then the source is failing.
    """
    suspects = [e for e in reading.entries if _FATE.search(e.title[:_SHORT_TITLE])]
    messages = [e for e in suspects if _is_service_message(e, reading, source_url)]
    if not messages:
        return reading
    said = message("read.own trouble", title=messages[0].title[:_SHORT_TITLE])
    if len(messages) == len(reading.entries) and not reading.follow:
        raise UnreadableError(message=said, advice=message("read.own trouble.hint"))
    gone = {entry.id for entry in messages}
    return replace(reading, entries=tuple(e for e in reading.entries if e.id not in gone), trouble=said)


def _is_service_message(entry: Entry, reading: Reading, source_url: str) -> bool:
    """Whether structure and words together say so: words alone may be an article about feeds."""
    title = entry.title
    if len(title) > _SHORT_TITLE:
        return False
    points = _leads_to_the_service(entry, reading, source_url) + (len(reading.entries) == 1)
    text = plain((entry.content or ("" if entry.summary == OPENING else entry.summary))[:_SHORT_TEXT])
    points += bool(_FEED.search(title))
    points += 2 * bool(_MACHINE.search(f"{title}\n{text}"))
    if points + 2 < _ENOUGH:  # what is left gives no more, and takes its time
        return False
    points += bool(_TO_SUBSCRIBERS.search(f"{title}\n{text}"))
    points += bool(_MAKERS.search(f"{entry.author} {title} {text}"))
    return points >= _ENOUGH


def _leads_to_the_service(entry: Entry, reading: Reading, source_url: str) -> bool:
    """Whether its link is none, the feed's own, or the site's front door: an article has an address."""
    if not entry.url:
        return True
    parts, own = urlsplit(entry.url), urlsplit(source_url)
    if entry.url.rstrip("/") in (source_url.rstrip("/"), reading.site.rstrip("/")):
        return True
    return parts.path in ("", "/") or (parts.netloc == own.netloc and parts.path == own.path)
