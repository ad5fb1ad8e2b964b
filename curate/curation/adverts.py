"""Adverts and noise: how likely a piece sells something, and the evidence in words.

A table of rules, each with a weight, joined by noisy-or (Pearl 1988): independent hints add up and no single
weak one decides. Rules are evidence that an editor can read, which a trained filter's weights are not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import chain
from operator import add

from curate.curation.advert_rules import TEXTS, Rule
from curate.curation.advert_titles import TITLES
from curate.curation.reading import folded, plain, text_of
from curate.curation.words import listed, say
from curate.doors import Map
from curate.model import Entry, Reason

# From here on a piece is treated as an advert: one thing that only sellers say in a title, or hints that add up.
ADVERT = 0.60
# Less than this is not worth telling the editor.
MENTION = 0.20
# A word in the middle of a long article says less than one in the title, and the same sale is announced at
# the beginning and at the end: only these parts of a text are read.
HEAD = 400
TAIL = 300
BODY_SHARE = 0.6
# Pieces that are judged in one call, and travel together to where they are.
BATCH = 200
# News that reports on fraud, firms and what is over uses the same words; it is seldom an advert.
REPORTING_SHARE = 0.5

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


def advert(entry: Entry, language: str = "zh") -> Reason | None:
    """How likely the entry is an advert (points, 0..1) and by what evidence; None where nothing hints at it.

    The editor's own pieces are never taken for adverts.
    """
    if entry.original:
        return None
    likelihood, hints = _judge(plain(entry.title), _ends(text_of(entry)))
    if likelihood < MENTION:
        return None
    shown = listed([hint.en if language == "en" else hint.zh for hint in hints[:3]], language)
    words = say("advert", language, percent=round(100 * likelihood), shared=shown)
    return Reason("advert", round(likelihood, 3), words)


def sellers(
    pool: Sequence[Entry], texts: Sequence[str], spread: Map = map
) -> Callable[[Iterable[int]], Iterator[int]]:
    """Says by their numbers which entries are treated as adverts: never the editor's own. `texts` are their fullest
    plain texts. It takes time, so each is looked at when it is first asked for; an executor begins with it then, and is
    waited for when the answer is looked at."""
    known = {i: False for i, entry in enumerate(pool) if entry.original}

    def among(asked: Iterable[int]) -> Iterator[int]:
        every = set(asked)
        new = sorted(every - known.keys())
        parts = [new[k : k + BATCH] for k in range(0, len(new), BATCH)]
        pieces = [[(pool[i].title, _ends(texts[i])) for i in part] for part in parts]
        verdicts = chain.from_iterable(spread(_promote, pieces))

        def those() -> Iterator[int]:
            known.update(zip(new, verdicts, strict=True))
            yield from (i for i in every if known[i])

        return those()

    return among


def _promote(pieces: Sequence[tuple[str, str]]) -> list[bool]:
    return [_judge(plain(title), text)[0] >= ADVERT for title, text in pieces]


def _ends(text: str) -> str:
    """What is read of a text."""
    return text if len(text) <= HEAD + TAIL else f"{text[:HEAD]}\n{text[-TAIL:]}"


@lru_cache(maxsize=8192)
def _judge(title: str, body: str) -> tuple[float, tuple[Rule, ...]]:
    """Likelihood by noisy-or over the rules that hold, and those rules, the weightiest first."""
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
    doubt = 1.0
    for weight, _ in found.values():
        doubt *= 1 - weight
    likelihood = 1 - doubt
    if found and _REPORTING.search(title):
        likelihood *= REPORTING_SHARE
    ranked = sorted(found.values(), key=lambda item: -item[0])
    return likelihood, tuple(rule for _, rule in ranked)


def _candidates(
    text: str, begun: AbstractSet[str], table: Mapping[str, list[tuple[str, list[int]]]]
) -> list[int]:
    """The rules of which a word is in the text; looked for only where it may begin, by its first letters."""
    return sorted(
        {i for first in table.keys() & begun for word, its in table[first] if word in text for i in its}
    )
