"""What the form of a lead tells of whether it can stand alone under a title: numbers that mean the same on any topic."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping

from curate.text.sentences import sentences
from curate.text.summary.cohesion import leans, recalls
from curate.text.tokenize import HAN

_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile(r"[A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_MARKS = re.compile(r"[^\w\s]")
_FIRST_PERSON = re.compile(
    r"\b(?:I|we|my|our|me|us|mine|I'm|I've|I’m|I’ve|We|My|Our)\b|我|咱|笔者|本人|小编|博主"
)
_SECOND_PERSON = re.compile(r"\b[Yy]ou(?:r|rs|rself)?\b|[你您]|大家|各位|小伙伴|读者")
_THIRD_PERSON = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|its|their)\b|[他她它]|其(?![实他它中次])", re.IGNORECASE
)
_POINTING = re.compile(
    r"\b(?:this|that|these|those|here|such)\b|[这此该]|那[个些种样]|上述|以下|如下|下面|上面", re.IGNORECASE
)
_ARTICLE = re.compile(
    r"\b(?:post|article|blog|episode|series|newsletter|video|podcast|book|chapter|tutorial|guide|section|week|today|issue)\b"
    r"|本文|文章|本篇|这篇|本期|系列|教程|笔记|博客|一文|章|节目",
    re.IGNORECASE,
)
_EXCLAIMED = re.compile(r"[!！~～]")
_ASKED = re.compile(r"[?？]")
_DASHED = re.compile(r"\s[-–—|•·]\s|——")
_BRACKETS = re.compile(r"[(（\[【「『《]")
_QUOTED = re.compile(r"[“”\"「」]")
_COLON = re.compile(r"[:：;；]")
_CUT = re.compile(r"(?:…+|\.{3})$")
_LISTED = re.compile(r"[、,，]")
_CONJUNCTION = re.compile(
    r"^[“\"'‘]?(?:and|but|so|or|yet|then|also|now|well|when|while|if|as|after|before|since|because|although|though|once)\b"
    r"|^(?:当|在|如果|虽然|由于|因为|随着|为了|对于|关于|通过|根据|按照|经过)",
    re.IGNORECASE,
)
_FUNCTION_WORD = re.compile(
    r"\b(?:a|an|the|of|to|in|on|at|by|for|with|from|is|are|was|were|be|been|has|have|had|will|would|can|could|that|which"
    r"|who|and|or|but|as|it)\b|[的了在是和与为于被将从对及]",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:was|were|had|did|said|[a-z]{3,}ed)\b|了|曾|已")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w-]+")
_IMPERATIVE = re.compile(
    r"^(?:use|make|check|click|open|add|set|create|see|run|go|try|take|get|find|learn|read|watch|join|come|meet|note|remember|keep"
    r"|install|download|select|enter|follow|visit|look|do|don[’']t|let|put|start|choose|write|build)\b"
    r"|^(?:请|先|打开|点击|使用|输入|选择|下载|安装|进入|修改|添加|创建|运行|设置|把|将)",
    re.IGNORECASE,
)


def _share(pattern: re.Pattern[str]) -> Callable[[str], float]:
    """Matches per ten words (or twenty characters of Chinese)."""
    return lambda text: 10 * len(pattern.findall(text)) / max(5.0, _size(text))


def _at_start(pattern: re.Pattern[str]) -> Callable[[str], float]:
    return lambda text: float(bool(pattern.search(text[:14])))


def _size(text: str) -> float:
    return len(_WORD.findall(_HAN.sub(" ", text))) + len(_HAN.findall(text)) / 2


def _language(text: str) -> str:
    return "zh" if len(_HAN.findall(text)) > 0.2 * len(text) else "en"


def _latin_in_chinese(text: str) -> float:
    return len(_LATIN.findall(text)) / len(text) if _language(text) == "zh" else 0.0


def _measure_capitals(text: str) -> float:
    """The share of words that begin with a capital, in English: of a heading nearly all."""
    found = _WORD.findall(text)
    return (
        sum(word[:1].isupper() for word in found) / len(found) if found and _language(text) == "en" else 0.0
    )


def _head(text: str) -> str:
    found = sentences(text)
    return found[0] if found else text


# A name and a measure each; the weights are by these names.
FORM: Mapping[str, Callable[[str], float]] = {
    "is Chinese": lambda text: float(_language(text) == "zh"),
    "length": lambda text: math.log(max(4.0, _size(text))),
    "is short": lambda text: max(0.0, 2.5 - math.log(max(4.0, _size(text)))),
    "length of the first sentence": lambda text: math.log(max(4.0, _size(_head(text)))),
    "sentences": lambda text: float(len(sentences(text))),
    "begins with a connective": lambda text: float(leans(text)),
    "goes on with a connective": lambda text: float(any(map(leans, sentences(text)[1:]))),
    "recalls another piece": lambda text: float(any(map(recalls, sentences(text)))),
    "begins with a clause": lambda text: float(bool(_CONJUNCTION.search(text))),
    "begins with the first person": _at_start(_FIRST_PERSON),
    "begins with the second person": _at_start(_SECOND_PERSON),
    "begins with a third person": _at_start(_THIRD_PERSON),
    "bids": lambda text: float(bool(_IMPERATIVE.search(text))),
    "first person": _share(_FIRST_PERSON),
    "second person": _share(_SECOND_PERSON),
    "third person": _share(_THIRD_PERSON),
    "points": _share(_POINTING),
    "of texts": _share(_ARTICLE),
    "exclaims": _share(_EXCLAIMED),
    "asks": _share(_ASKED),
    "asks at first": lambda text: float(bool(_ASKED.search(_head(text)[-3:]))),
    "dashes": _share(_DASHED),
    "brackets": _share(_BRACKETS),
    "quotes": _share(_QUOTED),
    "begins with a quotation": lambda text: float(bool(_QUOTED.match(text))),
    "colons": _share(_COLON),
    "commas": _share(_LISTED),
    "marks": lambda text: len(_MARKS.findall(text)) / max(1, len(text)),
    "digits": lambda text: sum(map(str.isdigit, text)) / max(1, len(text)),
    "is cut": lambda text: float(bool(_CUT.search(text))),
    "Latin letters in Chinese": _latin_in_chinese,
    "capitals": _measure_capitals,
    "names": _share(_NAME),
    "past": _share(_PAST),
    "function words": _share(_FUNCTION_WORD),
}
