"""What hints that a piece sells something: the rules of two tables that hold for its title or its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from operator import add
from typing import NamedTuple

from curate.curation.advert_rules import TEXTS, Rule
from curate.curation.advert_titles import TITLES
from curate.curation.reading import folded

# A word in the middle of a long article says less than one in the title, and the same sale is announced at
# the beginning and at the end: only these parts of a text are read.
HEAD = 400
TAIL = 300
BODY_SHARE = 0.6
RULES = (*TEXTS, *TITLES)
_COMPILED = tuple((rule, re.compile(rule.pattern, re.IGNORECASE)) for rule in RULES)


def _by_words(rules: Iterable[int], letters: int) -> dict[str, list[tuple[str, list[int]]]]:
    """The first letters of the rules' words -> those words, each with the numbers of its rules."""
    numbers: dict[str, list[int]] = {}
    for i in rules:
        for word in dict.fromkeys(RULES[i].words):
            numbers.setdefault(word, []).append(i)
    table: dict[str, list[tuple[str, list[int]]]] = {}
    for word, its in numbers.items():
        table.setdefault(word[:letters], []).append((word, its))
    return table


# many words may stand in a title, which has few pairs of letters; few in a text, which has many
_IN_TITLES = _by_words(range(len(RULES)), 2)
_IN_TEXTS = _by_words((i for i, rule in enumerate(RULES) if not rule.title_only), 1)
# in a text: the first letters of Latin words, and the first character of a Chinese one where the whole word stands
_LATIN = frozenset(first for first in _IN_TEXTS if first.isascii())
_CUE = re.compile(
    "|".join(
        f"{first}(?={'|'.join(word[1:] for word, _ in words)})"
        for first, words in _IN_TEXTS.items()
        if not first.isascii()
    )
)
# What tells of wares and offers without selling: courts and regulators, companies' figures, tests, what is over,
# comment on the market, questions.
_REPORTING = re.compile(
    r"警方|法院|判决|被罚|处罚|罚款|诈骗|骗局|诱骗|被骗|陷阱|猫腻|黑幕|警惕|提醒|监管|查处|通报|曝光|涉嫌|起诉|约谈|整治|整改|下架|资本|虚假宣传|维权|投诉"
    r"|财报|营收|净利|股价|市值|ipo|融资|收购|裁员|破产|涨价|谣言|销量|测评|评测|实测|横评|长测"
    r"|圆满|落幕|闭幕|胜利召开|(?:顺利|成功)(?:举|召)|回顾|纪实|侧记|取消|闭馆|暂停|推迟|延期|公示|通告|政策|收评|午评|复盘|盘前|外资|北向|后市"
    r"|斩获|荣获|结果公布|值得买吗|是真的吗|靠谱吗|为什么|为何|怎么看|如何看"
    r"|\b(?:fraud|scams?|lawsuits?|sued|fined?|regulators?|court|police|investigat\w+|bans?|banned)\b",
    re.IGNORECASE,
)


class Hints(NamedTuple):
    """The rules that hold, each with its weight where it was found, the weightiest first; and whether the title only
    reports on such things."""

    found: tuple[tuple[float, Rule], ...]
    reporting: bool


def ends_of(text: str) -> str:
    """Take what is read of a text: its beginning and its end."""
    return text if len(text) <= HEAD + TAIL else f"{text[:HEAD]}\n{text[-TAIL:]}"


@lru_cache(maxsize=8192)
def find_hints(title: str, body: str) -> Hints:
    """Find the rules that hold for a (plain) title or the ends of a text; each rule's name once."""
    title, body = folded(title), folded(body)
    found: dict[str, tuple[float, Rule]] = {}
    begun = {*title, *map(add, title, title[1:])}
    for text, share, candidates in (
        (title, 1.0, _candidates(title, begun, _IN_TITLES)),
        (body, BODY_SHARE, _candidates(body, _LATIN.union(_CUE.findall(body)), _IN_TEXTS)),
    ):
        for i in candidates:
            rule, pattern = _COMPILED[i]
            weight = rule.weight * share
            if weight > found.get(rule.en, (0.0, rule))[0] and pattern.search(text):
                found[rule.en] = (weight, rule)
    ranked = sorted(found.values(), key=lambda item: -item[0])
    return Hints(tuple(ranked), bool(found) and _REPORTING.search(title) is not None)


def _candidates(
    text: str, begun: AbstractSet[str], table: Mapping[str, list[tuple[str, list[int]]]]
) -> list[int]:
    """The rules of which a word is in the text; looked for only where it may begin, by its first letters."""
    return sorted(
        {i for first in table.keys() & begun for word, its in table[first] if word in text for i in its}
    )
