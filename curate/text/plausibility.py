"""How much a text looks like what people write, once its bytes were read in some encoding."""

from __future__ import annotations

import re
from collections import Counter

_LATIN = {"cp1252", "cp1250", "cp1254", "iso8859-2", "iso8859-15", "mac-roman"}
_CYRILLIC = {"cp1251", "koi8-r", "koi8-u", "iso8859-5", "mac-cyrillic", "cp866"}
_JAPANESE = {"cp932": "shift_jis", "euc_jp": "euc_jp"}
_SAMPLE = 4000  # characters beyond ASCII that a guess is judged by
_LEAST = 12  # characters that tell one script from another; with fewer, Chinese is the likelier
_KANA_SHARE = 0.2  # of Japanese, at least

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_LONG_RUN = re.compile(r"[^\x00-\x7f]{4,}")
_PUNCTUATION = re.compile(r"[\xa0\xa7\xab\xbb\xb7\u2010-\u203a\u2116\u20ac\u3000-\u303f\uff01-\uff5e]")
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
# Words of Cyrillic letters alone, written as words are: no capital after a small letter, no Latin letter beside one.
_CYRILLIC_WORD = re.compile(
    r"(?<![A-Za-z\u0400-\u04ff])(?:[\u0400-\u042f]?[\u0430-\u045f\u0491]+|[\u0400-\u042f]{1,12})(?![A-Za-z\u0400-\u04ff])"
)


def plausibility(text: str, name: str, declared: bool = False) -> float:
    """0..1: how much of what is not ASCII looks like real text; `name` is the encoding, as Python knows it."""
    sample = _BEYOND_ASCII.findall(text)[:_SAMPLE]
    if not sample:
        return 1.0
    broken: int = sum(c == "\ufffd" or "\x80" <= c <= "\x9f" or "\ue000" <= c <= "\uf8ff" for c in sample)
    whole = 1.0 - broken / len(sample)
    if name in _LATIN:  # accents stand alone among ASCII letters
        runs: int = sum(map(len, _LONG_RUN.findall(text[: _SAMPLE * 10])))
        return max(0.0, whole - runs / len(sample))
    if name in ("gb18030", "big5hkscs"):
        return whole * (0.5 + 0.5 * _share_of_usual(sample, "gb2312" if name == "gb18030" else "big5"))
    if name in _CYRILLIC or name in _JAPANESE or name == "cp949":
        enough = 1.0 if declared else min(1.0, 0.5 + 0.5 * len(sample) / _LEAST)
        return whole * enough * _of_script(text, sample, name)
    # Broken UTF-8 that is still mostly valid can be nothing else; a few stray bytes are forgiven.
    return whole if name != "utf-8" or whole > 0.5 else 0.0


def _of_script(text: str, sample: list[str], name: str) -> float:
    """0..1: the share of what is not ASCII that is the script which the encoding is for, written as it is written."""
    marks = sum(map(bool, map(_PUNCTUATION.match, sample)))
    letters = len(sample) - marks
    if not letters:
        return 0.5
    if name in _CYRILLIC:
        words: list[str] = _CYRILLIC_WORD.findall(text[: _SAMPLE * 10])
        sound = sum(len(word) if word[-1].islower() else len(word) / 2 for word in words)
        return min(1.0, sound / letters)
    if name == "cp949":
        return sum(map(bool, map(_HANGUL.match, sample))) / letters
    kana = sum(map(bool, map(_KANA.match, sample))) / letters
    return min(1.0, kana / _KANA_SHARE) * (0.5 + 0.5 * _share_of_usual(sample, _JAPANESE[name]))


def _share_of_usual(sample: list[str], standard: str) -> float:
    is_usual = {"gb2312": _usual_gb, "big5": _usual_big5}.get(standard, _usual_jis)
    return sum(count for char, count in Counter(sample).items() if is_usual(char)) / len(sample)


def _usual_gb(char: str) -> bool:
    """The 3,755 characters of GB 2312's first level and its punctuation: over 99 % of running text."""
    code = char.encode("gb2312", "ignore")
    return len(code) == 2 and (code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7)


def _usual_big5(char: str) -> bool:
    """The 5,401 frequently used characters of Big5 and its punctuation."""
    code = char.encode("big5", "ignore")
    return len(code) == 2 and 0xA1 <= code[0] <= 0xC6


def _usual_jis(char: str) -> bool:
    """The 2,965 characters of JIS X 0208's first level, its kana and punctuation."""
    code = char.encode("euc_jp", "ignore")
    return len(code) == 2 and (code[0] <= 0xA5 or 0xB0 <= code[0] <= 0xCF)
