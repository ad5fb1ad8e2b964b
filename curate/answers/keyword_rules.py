"""The back office's own replies, which are silent while a server is set: read once, kept in a file, answered by us. Pure.

Origin of the shape: developers.weixin.qq.com, get_current_autoreply_info.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from curate.answers.outbound import NewsCard, Outbound, cut_lines
from curate.text.entry_text import fold_text

INTERFACE = "/cgi-bin/get_current_autoreply_info"


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word that a rule answers; `whole`: the message is that word, else it contains it."""

    word: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class KeywordRule:
    """Answers to a few words. `every`: all of the answers, as far as one message holds them; else one of them."""

    name: str
    keywords: tuple[Keyword, ...]
    answers: tuple[Outbound, ...]
    every: bool = False

    def matches(self, folded: str) -> bool:
        """Whether a message, folded, has one of the words."""
        return any(
            fold_text(one.word) == folded if one.whole else fold_text(one.word) in folded
            for one in self.keywords
            if one.word.strip()
        )


@dataclass(frozen=True, slots=True)
class BackOfficeReplies:
    """What the back office has: on subscription, where nothing else answers, and by keyword; "" where nothing."""

    greeting: str = ""
    fallback: str = ""
    rules: tuple[KeywordRule, ...] = ()
    left_out: tuple[str, ...] = ()  # names of rules of which something cannot be answered from here


def read_back_office(answer: Mapping[str, Any]) -> BackOfficeReplies:
    """What the interface answered; what it has of a kind that nobody knows is left out, and told by the rule's name."""
    rules, left_out = [], []
    for raw in _list(_map(answer.get("keyword_autoreply_info")).get("list")):
        rule = _map(raw)
        name = str(rule.get("rule_name", ""))
        wanted = [_map(one) for one in _list(rule.get("reply_list_info"))]
        answers = [made for one in wanted if (made := _answer(one))]
        if len(answers) < len(wanted):
            left_out.append(name)
        words = [_map(one) for one in _list(rule.get("keyword_list_info"))]
        keywords = tuple(
            Keyword(str(one["content"]), one.get("match_mode") != "contain")
            for one in words
            if one.get("content")
        )
        if keywords and answers:
            rules.append(KeywordRule(name, keywords, tuple(answers), rule.get("reply_mode") == "reply_all"))
    return BackOfficeReplies(
        _text(answer, "add_friend_autoreply_info") if answer.get("is_add_friend_reply_open", 1) else "",
        _text(answer, "message_default_autoreply_info") if answer.get("is_autoreply_open", 1) else "",
        tuple(rules),
        tuple(left_out),
    )


def answer_by_rule(text: str, delivery: str, rules: Sequence[KeywordRule]) -> Outbound | None:
    """The answer of the first rule that the text meets, a whole word before a part; None where there is none.

    Of several answers one delivery always gets the same: by its hash.
    """
    folded = fold_text(text.strip())
    if not folded:
        return None
    for rule in rules:
        if rule.matches(folded):
            return _choose(rule, delivery)
    return None


def _choose(rule: KeywordRule, delivery: str) -> Outbound:
    texts = [one.text for one in rule.answers if one.text]
    if rule.every and len(texts) > 1:
        return Outbound("keyword", cut_lines("\n\n".join(texts)))
    place = int.from_bytes(hashlib.sha256(delivery.encode("utf-8", "replace")).digest()[:4], "big")
    return rule.answers[0] if rule.every else rule.answers[place % len(rule.answers)]


def _answer(reply: Mapping[str, Any]) -> Outbound | None:
    kind, content = reply.get("type"), str(reply.get("content", "") or "")
    if kind == "text" and content:
        return Outbound("keyword", cut_lines(content))
    if kind in ("img", "image", "voice") and content:
        return Outbound("keyword", media=content, media_kind="voice" if kind == "voice" else "image")
    if kind == "news":
        cards = [_map(one) for one in _list(_map(reply.get("news_info")).get("list"))]
        articles = tuple(
            NewsCard(
                str(one.get("title", "")),
                str(one.get("digest", "")),
                str(one.get("cover_url", "")),
                str(one["content_url"]),
            )
            for one in cards
            if one.get("content_url")
        )
        return Outbound("keyword", articles=articles) if articles else None
    return None  # video: the platform tells its address alone, which ends within hours


def _text(answer: Mapping[str, Any], name: str) -> str:
    found = _map(answer.get(name))
    return str(found.get("content", "")) if found.get("type") == "text" else ""


def _map(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()
