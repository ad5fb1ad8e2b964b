"""Dates as people write them in East Asia, put into the one form that the grammar in `parse.py` reads.

`二〇二六年十一月三十日`, `令和8年`, `民國115年`, `2026년 11월 30일`, `30分鐘前` and `昨晚` become `2026年11月30日`,
`2026年`, `2026年`, `2026年 11月 30日`, `30分钟前` and `昨天晚上`. All else is left as it is.
"""

from __future__ import annotations

import re
import unicodedata

# Traditional Chinese and Japanese to simplified, as far as dates have them; Korean's units are the same words.
_ONE_FORM = str.maketrans(
    "時點鐘間週個後號剛兩禮內農曆陰舊暦旧幾數", "时点钟间周个后号刚两礼内农历阴旧历旧几数"
)
_WORDS = (
    ("一昨日", "前天"), ("昨日", "昨天"), ("今日", "今天"), ("昨晚", "昨天晚上"), ("昨夜", "昨天晚上"), ("今早", "今天早上"),
    ("今晨", "今天早上"), ("今晚", "今天晚上"), ("午前", "上午"), ("午後", "下午"), ("오전", "上午"), ("오후", "下午"),
    ("民國", "民国"), ("元年", "1年"),
)  # fmt: skip
_KOREAN = re.compile(r"(?<=\d)\s?(년|월|일|시(?!간)|분|초)(?!\s?전)")
_KOREAN_UNITS = {"년": "年", "월": "月", "일": "日", "시": "时", "분": "分", "초": "秒"}
_NUMERAL = re.compile(
    r"(?<!周)(?<!期)(?<!拜)[〇零一二三四五六七八九十廿卅]+"
    r"(?=[年月日号点分秒天周]|时(?!间)|小时|个|\s+[年月日](?:\s|\d|\Z|[〇零一二三四五六七八九十])|星期[前以之])"
)
_DIGITS = {char: n for n, char in enumerate("〇一二三四五六七八九")} | {"零": 0}
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民国": 1911}
_ERA = re.compile(rf"({'|'.join(_ERAS)})\s*(\d{{1,3}})\s*年")
# The lunar calendar stands beside the common one, or alone, and then says nothing to us.
_LUNAR = re.compile(
    r"[(（]?(?:农历|阴历|旧历)[^\s,，)）]*[)）]?|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年[^\s,，)）]*"
)


def fold_date(text: str) -> str:
    """The text on one line, in one width and one form of Chinese, its numerals as digits."""
    text = unicodedata.normalize("NFKC", text)
    if text.isascii():
        return " ".join(text.split())
    text = "".join(
        char for char in text if unicodedata.category(char) != "Cf"
    )  # marks of direction and joiners
    for word, common in _WORDS:
        text = text.replace(word, common)
    text = _LUNAR.sub(" ", text.translate(_ONE_FORM))
    text = _KOREAN.sub(lambda match: _KOREAN_UNITS[match[1]], text)
    text = _NUMERAL.sub(lambda match: _number(match[0]), text)
    text = _ERA.sub(lambda match: f"{_ERAS[match[1]] + int(match[2])}年", text)
    return " ".join(text.split())


def _number(numeral: str) -> str:
    """`二〇二六` digit by digit; `三十一`, `廿二` by tens."""
    numeral = numeral.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return "".join(str(_DIGITS[char]) for char in numeral)
    return str(10 * _DIGITS.get(tens[-1:], 1) + _DIGITS.get(ones[:1], 0))
