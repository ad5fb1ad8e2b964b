"""Hype: how loudly a title shouts or teases instead of telling. Rules with weights, joined by noisy-or.

The kinds of hint follow the literature on clickbait (Chakraborty et al. 2016, "Stop Clickbait"; Potthast et al.
2018): hyperbole, forward reference, teasing questions, orders to the reader, heaps of punctuation.
"""

from __future__ import annotations

import re

from curate.text.entry_text import fold_text

# (pattern, weight, name: `hint.…` in the catalogues)
RULES: tuple[tuple[str, float, str], ...] = (
    (r"[!！]{2,}|[?？]{2,}|[!！][?？]|[?？][!！]|(?:[!！].*){3}", 0.5, "heaps of punctuation"),
    (r"[!！]\s*$", 0.2, "an exclamation mark"),
    (r"震惊|惊呆|惊爆|炸锅|炸裂|沸腾|刷屏|吓尿|泪目|看哭|破防|疯传|疯狂|崩溃|傻眼|逆天|史诗级|爆了|彻底火了|刷爆", 0.5, "sensational words"),
    (r"不看后悔|必看|速看|快看|赶紧|千万别|千万不要|一定要|万万没想到|没想到|竟然?|居然|原来是?这|真相(?:是|来了|曝光)|太.{1,4}了", 0.35, "an agitated tone"),
    (r"(?:他|她|它|这(?:个|些|件|款|种|招|位|样|里|份)|那(?:个|些|件)).{0,12}(?:[!！?？…]|\.\.\.|$)", 0.2, "a teasing reference"),
    (r"(?:为什么|为何|怎么回事|怎么办|怎么看|咋回事|啥情况|究竟|到底|什么(?:信号|意思|原因|情况)|如何应对|会怎样).{0,8}[?？]?", 0.2, "a teasing question"),
    (r"\d+(?:个|种|条|大|招|件).{0,8}(?:秘密|真相|理由|技巧|方法|信号|坑|神器|禁忌|瞬间)", 0.35, "a numbered list"),
    (r"(?:最|史上最|全球最|全网最).{1,6}(?:的|了)|史上|全网|全球首|天花板|封神|绝了|yyds", 0.25, "hyperbole"),
    (r"…{1,}|\.{3,}|。。+", 0.2, "an ellipsis"),
    (r"转疯了|赶快转|转给|扩散|速转|收藏[!！]|转发收藏", 0.5, "a plea to share"),
    (r"\byou won'?t believe\b|\bwhat happen(?:s|ed) next\b|\bthis one (?:weird )?trick\b|\bwill (?:blow your mind|shock you|make you)\b|\bthe reason (?:why )?will\b|\bjaw[- ]dropping\b|\bmind[- ]blowing\b", 0.7, "an agitated tone"),
    (r"^\d+ (?:\w+ ){0,4}(?:things|reasons|ways|tricks|secrets|signs|facts|times|photos|tips|hacks)\b", 0.4, "a numbered list"),
    (r"\b(?:shocking|insane|unbelievable|epic|heartbreaking|hilarious|stunning|game[- ]chang\w+|destroys?|slams?)\b", 0.3, "sensational words"),
    (r"^(?:this|these|here'?s|why|how) .{0,60}\b(?:you|your)\b", 0.2, "a teasing reference"),
)  # fmt: skip

# Four or more words all in capitals, in a title that is not all capitals by house style, shout.
_SHOUTED = re.compile(r"\b[A-Z]{4,}\b")
SHOUTING = 0.25

_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), weight, name) for pattern, weight, name in RULES)


def hype(title: str) -> tuple[float, list[str]]:
    """How likely the title is hype (0..1), and the names of the hints, the weightiest first."""
    text = fold_text(title)
    found = [(weight, name) for pattern, weight, name in _COMPILED if pattern.search(text)]
    if len(_SHOUTED.findall(title)) >= 2 and not title.isupper():
        found.append((SHOUTING, "capitals"))
    doubt = 1.0
    for weight, _ in found:
        doubt *= 1 - weight
    found.sort(key=lambda item: -item[0])
    return 1 - doubt, list(dict.fromkeys(name for _, name in found))[:3]
