"""Which language a text is in, by its script, and how long it is to a reader."""

from __future__ import annotations

import math
import re
from typing import Literal

from curate.text.tokenize import HAN

Language = Literal["zh", "en"]

# Silent reading of non-fiction: 238 English words a minute (Brysbaert, "How many words do we read per minute?",
# Journal of Memory and Language 109, 2019). About 1.7 Chinese characters say what one English word says, and
# that review finds rates in other languages to follow from how much they need to say the same.
WORDS_A_MINUTE = 238
CHARACTERS_A_MINUTE = 400

_HAN = re.compile(rf"[{HAN}]")
_KANA = re.compile(r"[\u3041-\u30ff]")
_WORD = re.compile(rf"[^\W\d_{HAN}\u3041-\u30ff]+(?:['’.-][^\W\d_{HAN}]+)*")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_CHINESE_SHARE = 0.4  # a Chinese title may hold two product names for three characters of Chinese
_KANA_SHARE = 0.2  # Japanese has about half kana
_SAMPLE = 5000  # characters


def language(text: str) -> Language:
    """ "zh" where the script is mostly Chinese, else "en" (which also stands for every other language).

    Chinese characters are weighed against whole words of other scripts, since each says about as much.
    """
    sample = text[:_SAMPLE]
    if sample.isascii() or not _HAN.search(sample):
        return "en"
    han, kana = len(_HAN.findall(sample)), len(_KANA.findall(sample))
    if kana > _KANA_SHARE * (han + kana):
        return "en"
    return "zh" if han >= _CHINESE_SHARE * (han + len(_WORD.findall(sample))) else "en"


def length(text: str) -> int:
    """Chinese characters (and kana) plus words and numbers of other scripts; punctuation counts for nothing."""
    return sum(len(pattern.findall(text)) for pattern in (_HAN, _KANA, _WORD, _NUMBER))


def reading_minutes(text: str) -> int:
    """Whole minutes of silent reading, rounded up; 0 only for a text without words."""
    characters = len(_HAN.findall(text)) + len(_KANA.findall(text))
    words = len(_WORD.findall(text)) + len(_NUMBER.findall(text))
    return math.ceil(characters / CHARACTERS_A_MINUTE + words / WORDS_A_MINUTE)
