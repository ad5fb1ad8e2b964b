"""Checks against the originals: what a title says otherwise, how much is quoted, what needs leave, what must be declared."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curate.checks.base import CheckFinding, Level, make_finding
from curate.checks.view import IssueView
from curate.desk.compare import find_doubts
from curate.domain.message import message
from curate.domain.model import Item
from curate.text.lines import letter_pairs, letters_of
from curate.text.searchable import fold_searchable

ASKING = ("forbidden", "permission")  # kinds of ReprintNotice by which leave must be asked for
_ALIKE = 0.25  # of its letters' pairs, which a title shares with its original
_MOST_QUOTED = 0.6  # of an original, from which a quotation is hardly one any more
_SHORT = 200  # letters of a text that is told whole by whoever tells it


def find_changed_titles(view: IssueView) -> Iterator[CheckFinding]:
    """Numbers and negations that a title has otherwise than its original, and titles that have little of theirs."""
    for item in view.items:
        original = view.originals.get(item.key)
        if original is None or item.original or original.title == item.title:
            continue
        advice = message("check.title.advice", title=original.title)
        doubts = find_doubts(original.title, item.title)
        for doubt in doubts:
            said = message(f"check.title.{doubt.kind}.{'gone' if doubt.gone else 'new'}", text=doubt.text)
            yield make_finding("title", "warn", "title", f"{item.title} ({doubt.text})", said, advice, item)
        if not doubts and _likeness(original.title, item.title) < _ALIKE:
            yield make_finding(
                "title", "hint", "title", item.title, message("check.title.other"), advice, item
            )


def quoted_share(item: Item) -> float | None:
    """The share of its original's letters that an item prints (0..1); None where the original's length is not known."""
    if item.original or item.length <= 0:
        return None
    return min(1.0, len(letters_of(item.summary)) / item.length)


def find_long_quotations(view: IssueView) -> Iterator[CheckFinding]:
    """Summaries that are much of their original. A text of a few lines is quoted whole by everybody: a hint alone."""
    for item in view.items:
        share = quoted_share(item)
        if share is None or share < view.quote:
            continue
        level: Level = "warn" if share >= _MOST_QUOTED and item.length >= _SHORT else "hint"
        said = message("check.quote.found", percent=round(100 * share), length=item.length)
        yield make_finding("quote", level, "summary", item.summary, said, message("check.quote.advice"), item)


def needs_permission(item: Item) -> bool:
    """Whether its original says that nobody may pass it on without leave."""
    return not item.original and item.notice is not None and item.notice.kind in ASKING


def find_notices(view: IssueView) -> Iterator[CheckFinding]:
    """Originals that forbid or bind their passing on. A short quotation with its source is no reprint; a picture is, and
    so is a quotation of much of the text."""
    for item in view.items:
        if item.original or item.notice is None or item.notice.kind == "credit":
            continue
        takes = (item.image is not None and bool(item.image.file)) or (quoted_share(item) or 0) >= view.quote
        asks = needs_permission(item)
        if not asks and not re.search("nc|nd", item.notice.text.lower()):
            continue
        said = message(f"check.reprint.{item.notice.kind}", text=item.notice.text)
        advice = message("check.reprint.advice") if asks else None
        level: Level = "warn" if asks and takes else "hint"
        yield make_finding("reprint", level, "summary", item.notice.text, said, advice, item)


_MADE = re.compile(
    r"(?:[图画文音影]|封面|来源|翻译|配音|视频|图片|插画|摘要)[^\n，。]{0,4}?[:/|]\s?(?:由)?(?:ai|aigc|人工智能|midjourney|chatgpt|stable diffusion|豆包|即梦|可灵|deepseek|sora|dall-?e)\s?(?:生成|制作|合成|绘制|创作|翻译|$)|(?:本文|本图|本篇|本视频|文章|内容|图片|图像|插图|配图|封面|视频|音频|摘要|以上|以下|文中|文字|正文|翻译|配音|头图|题图|部分)[^\n。！？]{0,16}?(?:由|为|系|经|使用|用|借助|通过)[^\n。！？]{0,12}?(?:ai|aigc|人工智能|大模型|chatgpt|gpt|midjourney|stable diffusion|sora|文心|豆包|通义|deepseek|claude|gemini|kimi|即梦|可灵)[^\n。！？]{0,8}?(?:生成|创作|绘制|制作|撰写|写成|合成|辅助|翻译|整理|总结|润色)"
    r"|(?:ai|aigc|人工智能|大模型)\s?(?:生成|合成|绘制|创作|辅助创作|配图|作图|绘图|译|摘要|总结)(?:的)?(?:(?:图片?|内容|插图|封面|摘要|视频|文字)?(?:[)）】\]，,。;；!！\s]|$))"
    r"|\b(?:image|picture|cover|summary|article|text|post|illustration|content|video|photo|translation)\b[^\n.]{0,30}\b(?:generated|created|written|made|produced|drawn|drafted)\b[^\n.]{0,12}\b(?:by|with|using)\b[^\n.]{0,16}\b(?:ai|artificial intelligence|chatgpt|gpt|midjourney|dall-?e|stable diffusion|claude|gemini|llm)\b|\bai[- ]generated (?:image|picture|cover|summary|text|content|illustration)s?\b"
)


def find_generated(view: IssueView) -> Iterator[CheckFinding]:
    """Pictures, and lines that say so of themselves, that a machine made: they must be declared."""
    yield from find_generated_pictures(view)
    for passage in view.passages:
        found = fold_searchable(passage.text)
        if match := _MADE.search(found.text):
            said, advice = message("check.declare.found"), message("check.declare.advice")
            words = found.quote(*match.span())
            yield make_finding(
                "declare",
                "warn" if passage.is_own else "hint",
                passage.place,
                words,
                said,
                advice,
                passage.item,
            )


def find_generated_pictures(view: IssueView) -> Iterator[CheckFinding]:
    """Pictures of which the original file says that a machine made them."""
    for item in view.items:
        if item.image and item.image.file and item.image.is_generated:
            said, advice = message("check.declare.picture"), message("check.declare.advice")
            yield make_finding("declare", "warn", "picture", item.image.file, said, advice, item)


def remind_of_originality(view: IssueView) -> Iterator[CheckFinding]:
    """An issue of others' pieces is never declared as 原创."""
    others = [item for item in view.items if not item.original]
    if others:
        said = message("check.original.found", n=len(others), total=len(view.items))
        yield make_finding("original", "hint", "issue", "", said)


def _likeness(one: str, other: str) -> float:
    """The share of the shorter title's pairs of letters that the longer has."""
    pairs = sorted((_pairs(one), _pairs(other)), key=len)
    return len(pairs[0] & pairs[1]) / max(1, len(pairs[0]))


def _pairs(text: str) -> frozenset[str]:
    return letter_pairs(letters_of(text.lower()))
