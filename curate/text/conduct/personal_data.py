"""What identifies or reaches somebody: telephone numbers, identity and bank cards, e-mail, accounts of chat services.

What has a check digit is checked by it: identity cards by ISO 7064 MOD 11-2 (GB 11643-1999), bank cards by Luhn's sum
(ISO/IEC 7812-1). So a long number of goods, orders or money is not taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Literal, NamedTuple

from curate.text.searchable import fold_searchable

DataKind = Literal["phone", "identity", "bank", "email", "hotline", "account"]


class PersonalData(NamedTuple):
    """One of them: its kind, the text's own words, and the same masked."""

    kind: DataKind
    text: str
    masked: str


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_MOBILE = re.compile(
    r"(?<![\d.,/=#_a-z-])(?:\+?86[\s-]?)?1[3-9]\d(?:[\s·.-]?\d{4}){2}(?![\da-z]|[.,]\d|\s*(?:元|人次|人|块|万|亿|美|股|吨|套|年|次|家|件|台|部|辆|只|支|票|份|单|册|瓶))"
)
_IDENTITY = re.compile(
    r"(?<![\da-z])[1-9]\d{5}[\s-]?(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[\s-]?\d{3}[\dx](?![\da-z])"
)
_BANK = re.compile(
    r"(?<![\d.a-z/=-])(?:62|4\d|5[1-5]|3[457]|60|95|68|69)\d{2}(?:[\s-]?\d{4}){2,3}(?:[\s-]?\d{1,4})?(?![\da-z]|[.,]\d)"
)
_EMAIL = re.compile(
    r"(?<![\w.+/@-])[a-z0-9][\w.+-]{0,63}(?:@|\s?[(\[]at[)\]]\s?)(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12}(?![\w@])",
    re.ASCII,
)
_HOTLINE = re.compile(
    r"(?:电话|热线|座机|致电|拨打|来电|联系方式)[^\d\n]{0,6}(?:\(?0\d{2,3}\)?[\s-]?)?[2-9]\d{6,7}(?!\d)|(?<![\d.-])(?:400|800)[\s-]?\d{3,4}[\s-]?\d{3,4}(?!\d)"
    r"|(?<![\d.-])\(?0(?:10|2\d|[3-9]\d{2})\)?[\s-]\d{7,8}(?![\d-])"
)
_ACCOUNT = re.compile(
    r"(?:微信(?:号|账号|id)|(?:加|添加|找|联系)(?:我|小编|客服|助理|老师|个)?(?:的)?(?:微信|v信|vx|wx|微)|薇信|威信|徽信|(?<![a-z])vx|(?<![a-z])wx|(?<![a-z])v信|[+加]\s?v(?![a-z])|wechat(?:\s?id)?\s*(?=[:(])|(?:客服|商务|合作|小编|助理|老师|咨询)微信|微信\s*(?=[:(]))\s*(?:号|id)?\s*[:是为(]?\s*[a-z][a-z0-9_-]{5,19}(?![\w.])"
    r"|(?:(?<![a-z])qq|扣扣|q群|企鹅|(?<![a-z])q(?=\s*[:：]?\s*[1-9]\d{7}))\s*(?:群|号|交流群)*\s*[:是(]?\s*[1-9]\d{4,10}(?!\d|\s*(?:万|亿|人))"
    r"|(?:telegram|电报|whatsapp|飞机群|line\s?id)\s*(?:群|号)?\s*[:是]?\s*(?:@[a-z]\w{4,31}|\+\d{8,15})"
)  # fmt: skip
_GLANCE = re.compile(
    r"\d{3}|@|[(\[]at[)\]]|[零〇一二三四五六七八九]{7}|[+加]\s?v|wechat|微信|薇信|威信|徽信|[vw]x|v信|telegram|电报|line"
)
_SPELT = re.compile("[零〇幺一二两三四五六七八九\\d]{11,}")  # a number in words, as 一三八…
_DIGITS = str.maketrans("零〇幺一二两三四五六七八九", "0011223456789")
_LINKS = re.compile(r"https?://\S+|www\.\S+")


def is_identity(number: str) -> bool:
    """Whether 18 signs are a Chinese identity card's: a day of birth that there was, and the check sign."""
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return _CHECKS[total % 11] == number[17].upper()


def is_card(number: str) -> bool:
    """Whether digits have Luhn's check digit."""
    digits = [int(one) for one in reversed(number)]
    total = sum(digits[::2]) + sum(sum(divmod(2 * one, 10)) for one in digits[1::2])
    return total % 10 == 0 and len(set(digits)) > 1


def find_personal_data(text: str) -> Iterator[PersonalData]:
    """Every one in a text, in the order of DataKind, none twice at one place."""
    found = fold_searchable(text)
    if not _GLANCE.search(found.text):
        return
    looked = _LINKS.sub(lambda match: " " * len(match[0]), found.text)
    looked = _SPELT.sub(lambda match: match[0].translate(_DIGITS), looked)
    taken: set[int] = set()
    for kind, form, is_one in _TABLE:
        for match in form.finditer(looked):
            if is_one(match[0]) and taken.isdisjoint(range(*match.span())):
                taken.update(range(*match.span()))
                said = found.quote(*match.span())
                yield PersonalData(kind, said, mask(kind, said))


def mask(kind: DataKind, text: str) -> str:
    """The text with what identifies somebody taken out; what tells of which kind it was stays."""
    if kind == "email":
        return re.sub(r"(?<=^.)[^@(\[\s]*", "***", text)
    signs = [
        place for place, sign in enumerate(text) if sign.isalnum() and (sign.isascii() or sign.isnumeric())
    ]
    hidden = set(signs[_HIDDEN[kind]])
    return "".join("*" if place in hidden else sign for place, sign in enumerate(text))


_HIDDEN: dict[DataKind, slice] = {  # of the letters and digits
    "phone": slice(-8, -4),
    "identity": slice(3, None),
    "bank": slice(4, -4),
    "hotline": slice(3, -2),
    "account": slice(2, None),
}


def _bare(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


_TABLE: tuple[tuple[DataKind, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("identity", _IDENTITY, lambda text: is_identity(_bare(text))),
    ("bank", _BANK, lambda text: 15 <= len(_bare(text)) <= 19 and is_card(_bare(text))),
    ("phone", _MOBILE, bool),
    ("email", _EMAIL, bool),
    ("hotline", _HOTLINE, bool),
    ("account", _ACCOUNT, bool),
)
