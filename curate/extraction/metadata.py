"""Title and author of an article's page: stated by the page, else found where readers see them. Its date: `page_dates.py`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lxml import html

from curate.extraction.document import BYLINE_LENGTH, PageTree
from curate.extraction.dom import text_of
from curate.text.clean import one_line
from curate.text.lines import letters_of
from curate.text.tokenize import HAN

_SITE = re.compile(r"\s*[_|｜»]+\s*|\s+[-–—·:]+\s+|\s*(?:--|——)\s*|(?<=[^\x00-\x7f])-(?=[^\x00-\x7f])")


def title(page: PageTree) -> str:
    """The article's title without the site's name; "" where the page has none.

    A heading that the document's title repeats is the surest; meta titles come cut off at quotes.
    """
    tree, meta = page.tree, page.meta
    document = one_line(tree.findtext(".//title") or "")
    stated = meta.get("og:title") or meta.get("twitter:title") or _text(page.about, "headline")
    headings = [text_of(element) for element in page.marks.headings]
    repeated = [text for text in headings if len(_letters(text)) >= 4 and _is_in(text, document, stated)]
    if repeated:
        best = repeated[0]
        # a site may put its own name in the heading, which the document's title has as well, behind the article's
        others = [text for e in tree.iter("h2") if (text := text_of(e)) and _leads(text, document)]
        return max(others, key=len) if others and not _leads(best, document) and not stated else best
    return one_line(stated) or _without_site(document, meta.get("og:site_name", "")) or _first_heading(tree)


def _is_in(text: str, *others: str) -> bool:
    return any(_letters(text) in _letters(other) for other in others)


def _leads(heading: str, document: str) -> bool:
    """Whether a document's title begins with this heading, and goes on with the names of the site."""
    parts = [part for part in _SITE.split(document) if part.strip()]
    return len(parts) > 1 and _letters(parts[0]) == _letters(heading)


def _without_site(document: str, site: str) -> str:
    parts = [part for part in _SITE.split(document) if part.strip()]
    if site:
        parts = [part for part in parts if _letters(part) != _letters(site)] or parts
    return max(parts, key=len, default="").strip()


def _first_heading(tree: html.HtmlElement) -> str:
    return next((text for heading in tree.iter("h1", "h2") if (text := text_of(heading))), "")


# --- author -----------------------------------------------------------------------------------------------

_AUTHOR_METAS = (
    "author", "article:author", "og:article:author", "parsely-author", "sailthru.author", "byl", "dc.creator",
    "dcterms.creator", "twitter:creator",
)  # fmt: skip
_NAME = rf"[{HAN}A-Za-z·•]{{2,20}}"
_NAMES = rf"(?P<name>{_NAME}(?:[ 、，,]{{1,2}}(?:{_NAME}))?)"
# In the order of what they say about who wrote it. An editor in charge (责任编辑) is not an author.
_CHINESE = (
    re.compile(rf"(?:本文)?(?:作者|撰文|撰稿)\s*[:：|｜丨/]\s*{_NAMES}"),
    re.compile(rf"(?:^|[（(【\s])文\s*[/／|｜丨]\s*{_NAMES}"),
    re.compile(
        rf"记者\s*[:：|｜丨/]?\s*(?!表示|报道|获悉|了解|从|在|发现|注意|采访|问|会|站|看到|梳理|观察|查询|走访|随|来到)(?P<name>[{HAN}]{{2,3}}(?:[ 、][{HAN}]{{2,3}}){{0,3}})(?=\s|$|[）)】，。])"
    ),
    re.compile(rf"(?:稿件|文章|信息|新闻)?来源\s*[:：|｜]\s*(?P<name>[{HAN}A-Za-z0-9·《》]{{2,24}})"),
)
_AUTHOR_WORDS = ("作者", "撰文", "撰稿", "记者", "来源")
_BY = re.compile(r"文(?:<[^<>]{0,200}>|\s)*[/／|｜丨]")
_BYLINE_WORD = re.compile("作者|撰[文稿]|文|记者|来源")  # a glance, for most lines have none of them
_LABELS = re.compile(r"\s*(?:来源|编辑|责任编辑|责编|时间|发布|日期|作者|字号|记者|点击|浏览|阅读|摄影).*$")
_ENGLISH = re.compile(r"^(?:written\s+)?by:?\s+", re.IGNORECASE)
_NOBODY = re.compile(
    r"^(?:admin|administrator|editor|staff|undefined|null|none|name|unknown|转载.*|@.*)$", re.I
)
# What is made of these words alone names nobody: 转载请注明, 网络综合, 厂商供稿, 本报记者.
_NOBODYS_WORDS = re.compile(
    "(?:匿名|佚名|未知|不详|原创|转载|商讯|快讯|综合|网络|互联网|网站|网友|用户|本站|本网|本报|本刊|本号|整理者?|汇总|官方|厂商|企业|商家|供稿"
    "|投稿|来稿|稿件|稿|广告|推广|赞助|软文|小编|编者|编辑部?|责任|责编|记者|通讯员|作者|来源|出处|文章|内容|报道|消息|请|注明|注|未经|授权|许可|禁止|谢绝"
    "|如有|侵权|联系|删除|点击|关注|搜集|收集|管理员|转自|来自|于|自|的|[\\s、，,·])+"
)
_BEFORE_NAME = re.compile(
    r"^(?:[+＋]?\s*(?:关注|關注)\s+)?(?:(?:作者|记者|記者|撰文|撰稿|编辑|編輯|文)\s*[:：/|丨｜]\s*|(?:作者|记者|記者|撰文|撰稿)\s+)?"
)
_AFTER_NAME = re.compile(
    r"\s+(?:[+＋]?\s*(?:已?关注|關注)|IP属地|IP 属地|发布于|发表于|编辑于|私信|(?:官方|认证|企业|机构)(?:账号|帐号|号)|已?认证|优质\S{0,6}(?:创作者|作者)).*$"
    r"|\s*[（(][^（）()]{0,10}(?:撰稿人?|记者|編輯|编辑|作者|作家)[）)].*$|\s*(?:[|｜•]\s|\bpublished\b|\bupdated\b|\bposted\b|\d{4}|@).*$",
    re.IGNORECASE,
)
_LONGEST_NAME = 60
BYLINES = 10  # elements that are marked as bylines, and looked at


def author(page: PageTree, lines: Sequence[str] = ()) -> str:
    """Who wrote it, else whom the page names as its origin (来源); "" where nobody is named."""
    meta = page.meta
    if name := stated_author(meta, page.about) or first_name(_bylines(page.marks.authors), meta):
        return name
    ends = (line for line in (*lines[:3], *lines[-4:]) if len(line) <= BYLINE_LENGTH)
    seen = [line for line in (*page.small_texts, *ends) if _BYLINE_WORD.search(line)]
    for pattern in _CHINESE:
        for line in seen:
            match = pattern.search(line)
            if match and (name := _name(_LABELS.sub("", match["name"]))):
                return name
    return ""


def names_author(text: str) -> bool:
    """Whether a text, or a page's source, has a word behind which an author may be named."""
    return any(word in text for word in _AUTHOR_WORDS) or bool(_BY.search(text))


def stated_author(meta: dict[str, str], about: Sequence[dict[str, Any]]) -> str:
    """The author that the page's head or JSON-LD names, or "": it saves looking for one on the page."""
    return first_name(_stated_names(meta, about), meta)


def first_name(names: Iterable[str], meta: dict[str, str]) -> str:
    """The first that can be an author's name, and is not the site's."""
    site = _letters(meta.get("og:site_name", ""))
    cleaned = (_name(name) for name in names)
    return next((name for name in cleaned if name and _letters(name) != site), "")


def _stated_names(meta: dict[str, str], about: Sequence[dict[str, Any]]) -> Iterator[str]:
    for thing in about:
        people = thing.get("author")
        names = [
            one.get("name") if isinstance(one, dict) else one
            for one in (people if isinstance(people, list) else [people])
        ]
        yield ", ".join(name for name in names if isinstance(name, str))
    yield from (meta[key] for key in _AUTHOR_METAS if key in meta)


def _bylines(elements: Sequence[html.HtmlElement]) -> Iterator[str]:
    for element in elements[:BYLINES]:
        named = next(iter(element.xpath(".//*[@itemprop='name']")), None)  # beside badges and buttons
        yield (named.get("content") or text_of(named)) if named is not None else text_of(element)


def _name(text: str) -> str:
    text = _ENGLISH.sub("", one_line(text[:300]))
    text = _AFTER_NAME.sub("", _BEFORE_NAME.sub("", text)).strip(" ,;，；:：/|-")
    if (
        not 2 <= len(text) <= _LONGEST_NAME
        or "://" in text
        or _NOBODY.match(text)
        or _NOBODYS_WORDS.fullmatch(text)
    ):
        return ""
    return text if _letters(text) and text[-1] not in "。.!?！？" else ""


# --- shared -----------------------------------------------------------------------------------------------


def _letters(text: str) -> str:
    return letters_of(text).lower()


def _text(about: Sequence[dict[str, Any]], key: str) -> str:
    return next((one_line(value) for thing in about if isinstance(value := thing.get(key), str)), "")
