"""Two or three whole sentences of a text that say what it is about.

Extractive: sentences are scored by their position and by how central their words are to the text, and given
in their original order. The lead of a news text is a baseline that is hard to beat, hence the weight of
position (Nenkova, "Automatic text summarization of newswire", AAAI 2005); centrality is the mean weight of a
sentence's words by their probability in the text, and words already said count less in the next choice, as
in SumBasic (Nenkova and Vanderwende, "The impact of frequency on summarization", MSR-TR-2005-101).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from curate.text.sentences import sentences
from curate.text.words import segment

MOST = 3  # sentences
CONSIDERED = 40  # sentences from the beginning that are looked at; what comes later is rarely the point
_POSITION = 1.0  # what the first sentence gains over the last, against centrality in 0..1
_QUESTION = 0.5  # a question seldom says what happened
_LEANING = 0.6  # what a sentence is worth without the one it leans on
_LEAST = {"zh": 10, "en": 30}  # characters of a sentence that says something alone
_SAME = 0.7  # share of words that makes a sentence a repetition of the title or of another

_SKIPPED = re.compile(
    r"责任编辑|责编|^\s*(?:编辑|校对|审核|监制|排版|来源|作者|记者|撰文|摄影|图源|配图|题图|封面图?)\s*[:：|丨/]"
    r"|(?:本文|文章|稿件|内容|图片|资料|信息)(?:转载|来源|来自|原标题|首发|仅代表|系)|原标题|^\s*转载|转载(?:请|自|须|需)|版权(?:所有|归)|侵权"
    r"|^\s*[(（【]?[^。]{0,12}(?:记者|通讯员)[^。]{0,20}(?:报道|摄影?|文|图)?[)）】]?[。]?\s*$"
    r"|点击(?:上方|下方|蓝字|阅读|关注|查看|这里|图片)|阅读原文|扫(?:描|码)|长按|关注(?:我们|公众号|本号)|公众号|加(?:微信|群)"
    r"|分享到|点赞|在看|网友评论|不代表|不构成|投资建议|图[/／]|[(（](?:图|摄)|视觉中国|^\s*(?:▲|△|↑|图为|图[:：])|摄\s*[)）]?$"
    r"|浏览器.{0,6}(?:无法|不支持)|新闻线索|广告"
    r"|\bcookies?\b|newsletter|subscribe|sign up|log in|all rights reserved|©|\bcopyright\b|advertisement"
    r"|click here|read more|follow us|privacy policy|terms of (?:use|service)|getty images|\bphoto(?:graph)? by\b"
    r"|\(photo|\bvia (?:ap|reuters|getty)\b|^\s*(?:by|photo|image|credit|source|related|updated|published)\b\s*:?\s"
    r"|appeared first on|originally published|continue reading|share (?:this|on)|affiliate|javascript",
    re.IGNORECASE,
)
# 新华社北京11月21日电（记者 …）, 本报讯（记者…）, LONDON (Reuters) -: said before the first sentence
_DATELINE = re.compile(
    r"^\s*(?:[^，。！？\s]{2,14}?(?:\d{1,2}月)?\d{1,2}日(?:电|讯)|本报讯|[^，。\s]{2,12}讯(?=\s*[(（]))\s*(?:[(（][^()（）]{0,60}[)）])?\s*[:：]?\s*"
    r"|^\s*(?:[(（【]?(?:记者|通讯员)[^()（）【】，。]{0,30}[)）】])\s*"
    r"|^[A-Z][A-Za-z .,]{2,40}\((?:AP|Reuters|AFP|Xinhua|Bloomberg)\)\s*[-–—]+\s*"
)
# What leans on the sentence before it, and reads badly without.
_LEANS = re.compile(
    r"^(?:但|而|因此|所以|于是|此外|另外|同时|不过|其中|对此|为此|然而|并且|可以看到|这|那|他|她|它|其|据此)"
    r"|^(?:but|and|so|however|he|she|it|they|this|that|these|those|his|her|their|its|then|also|meanwhile)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[，、；：—,;:]+\s*|\s[-–—]\s")
_MARK_LESS = re.compile(r"[\W_]+")
_ENDED = re.compile(r"[。！？!?.…][”’」』）)\"'\]]*$")
_ELLIPSIS = "……"


def summarise(text: str, *, title: str, limit: int, language: str) -> str:
    """At most MOST whole sentences of the text in their order, or "" where it has none.

    `limit` is in Chinese characters; English ("en") may have twice as many letters. Sentences that repeat
    the title, and bylines, credits, invitations and notices are passed over. Only where no single sentence
    fits, the best is cut at the end of a clause, with an ellipsis.
    """
    allowed = limit if language == "zh" else limit * 2
    joiner = "" if language == "zh" else " "
    candidates = _candidates(text, title, language)
    if not candidates or allowed < 1:
        return ""
    bags = [frozenset(found) for found in segment(candidates)]
    scores = [
        score * (_QUESTION if sentence.rstrip("”’」』\"'")[-1:] in ("？", "?") else 1.0)
        for sentence, score in zip(candidates, _scores(bags), strict=True)
    ]
    chosen = _choose(candidates, bags, scores, allowed, len(joiner))
    if not chosen:
        return _cut(candidates[max(range(len(candidates)), key=scores.__getitem__)], allowed)
    return joiner.join(candidates[number] for number in sorted(chosen))


def _candidates(text: str, title: str, language: str) -> list[str]:
    every = [_DATELINE.sub("", sentence, count=1) for sentence in sentences(text)]
    useful = [s for s in every if not _SKIPPED.search(s) and not _repeats(s, title)]
    least = _LEAST.get(language, _LEAST["en"])
    prose = [s for s in useful if len(s) >= least and _ENDED.search(s)]
    # Without any full stop, what is long enough will have to do; else whatever is there.
    return (prose or [s for s in useful if len(s) >= least] or [s for s in useful if s])[:CONSIDERED]


def _repeats(sentence: str, title: str) -> bool:
    said, wanted = _MARK_LESS.sub("", sentence).lower(), _MARK_LESS.sub("", title).lower()
    if not said or not wanted:
        return not said
    if said == wanted or (said in wanted) or (wanted in said and len(wanted) > _SAME * len(said)):
        return True
    pairs, of_title = _pairs(said), _pairs(wanted)
    return bool(pairs) and len(pairs & of_title) > _SAME * max(len(pairs), len(of_title))


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _scores(bags: Sequence[frozenset[str]]) -> list[float]:
    """Position plus centrality of each sentence."""
    counts = Counter(word for bag in bags for word in bag if len(word) > 1)
    top = max(counts.values(), default=1)
    scores = []
    for position, bag in enumerate(bags):
        content = [counts[word] / top for word in bag if word in counts]
        centrality = sum(content) / len(content) if content else 0.0
        scores.append(_POSITION / (1 + position) + centrality)
    return scores


def _choose(
    candidates: Sequence[str],
    bags: Sequence[frozenset[str]],
    scores: Sequence[float],
    allowed: int,
    joint: int,
) -> set[int]:
    """Numbers of the sentences taken: the best that fits, then the best that still fits and says more."""
    chosen: set[int] = set()
    said: set[str] = set()
    room = allowed
    usual = sorted(scores)[len(scores) // 2]  # a further sentence is not taken merely because it fits

    def worth(number: int) -> float:
        leans = number - 1 not in chosen and _LEANS.match(candidates[number])
        return scores[number] * _new(bags[number], said) * (_LEANING if leans else 1.0)

    for _ in range(MOST):
        fitting = [
            number
            for number, sentence in enumerate(candidates)
            if number not in chosen and len(sentence) + (joint if chosen else 0) <= room
        ]
        fresh = [n for n in fitting if len(bags[n] & said) <= _SAME * len(bags[n])]
        if chosen:
            fresh = [n for n in fresh if scores[n] >= usual]
        if not fresh:
            break
        best = max(fresh, key=lambda number: (worth(number), -number))
        room -= len(candidates[best]) + (joint if chosen else 0)
        chosen.add(best)
        said |= bags[best]
    return chosen


def _new(bag: frozenset[str], said: set[str]) -> float:
    return 1.0 - len(bag & said) / len(bag) if bag else 0.5


def _cut(sentence: str, allowed: int) -> str:
    """The sentence up to the last clause that fits, with an ellipsis; in the middle of a clause if it must."""
    room = allowed - len(_ELLIPSIS)
    if room < 1:
        return sentence[:allowed]
    ends = [match.start() for match in _CLAUSE_END.finditer(sentence, 0, room + 1) if match.start() <= room]
    if ends and ends[-1] >= room // 3:
        return sentence[: ends[-1]] + _ELLIPSIS
    space = sentence.rfind(" ", 0, room + 1)
    return sentence[: space if space > room // 2 else room].rstrip() + _ELLIPSIS
