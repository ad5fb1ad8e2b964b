"""What a word is to judgement: empty, a name, or one among others; and what script a title is in."""

from __future__ import annotations

import re

_HAN_PAIR = re.compile(r"[\u3400-\u9fff]{2,}")
# The English list of the Glasgow Information Retrieval Group, as scikit-learn has it, which takes a second to load.
_ENGLISH = (
    "a about above across after afterwards again against all almost alone along already also although always am "
    "among amongst amoungst amount an and another any anyhow anyone anything anyway anywhere are around as at "
    "back be became because become becomes becoming been before beforehand behind being below beside besides "
    "between beyond bill both bottom but by call can cannot cant co con could couldnt cry de describe detail do "
    "done down due during each eg eight either eleven else elsewhere empty enough etc even ever every everyone "
    "everything everywhere except few fifteen fifty fill find fire first five for former formerly forty found "
    "four from front full further get give go had has hasnt have he hence her here hereafter hereby herein "
    "hereupon hers herself him himself his how however hundred i ie if in inc indeed interest into is it its "
    "itself keep last latter latterly least less ltd made many may me meanwhile might mill mine more moreover "
    "most mostly move much must my myself name namely neither never nevertheless next nine no nobody none noone "
    "nor not nothing now nowhere of off often on once one only onto or other others otherwise our ours ourselves "
    "out over own part per perhaps please put rather re same see seem seemed seeming seems serious several she "
    "should show side since sincere six sixty so some somehow someone something sometime sometimes somewhere "
    "still such system take ten than that the their them themselves then thence there thereafter thereby "
    "therefore therein thereupon these they thick thin third this those though three through throughout thru thus "
    "to together too top toward towards twelve twenty two un under until up upon us very via was we well were "
    "what whatever when whence whenever where whereafter whereas whereby wherein whereupon wherever whether which "
    "while whither who whoever whole whom whose why will with within without would yet you your yours yourself "
    "yourselves"
)
_FUNCTION_WORDS = (
    "的 了 和 是 在 与 及 或 也 都 就 而 被 把 将 为 对 从 到 向 于 以 上 下 中 不 有 这 那 你 我 他 她 它 们 我们 你们 他们 "
    "她们 一个 一种 一些 这个 那个 这些 那些 什么 怎么 如何 为什么 以及 但是 因为 所以 如果 可以 可能 已经 还是 没有 进行 表示 "
    "记者 报道 消息 日前 近日 今天 今日 昨日 昨天 目前 其中 相关 据悉 此次 成为 通过 关于 年 月 日 时 分 点 个 名 次 人 等 后 前 "
    "said says mr mrs ms according also one two new"
)
_STOP = frozenset(_ENGLISH.split()) | frozenset(_FUNCTION_WORDS.split())


def is_stop(word: str) -> bool:
    """Whether a word says nothing about what a text is about."""
    return word in _STOP or not any(c.isalnum() for c in word)


def is_name(word: str, capital: bool) -> bool:
    """Whether a word looks like a name or a number: written with a capital, with a digit, or three Chinese
    characters or more."""
    if word[0].isascii():
        return capital or (len(word) > 1 and any(c.isdigit() for c in word))
    return len(word) > 2


def is_han(title: str) -> bool:
    """Whether a title is Chinese: two tellings of different scripts share names and quantities at most."""
    return _HAN_PAIR.search(title) is not None
