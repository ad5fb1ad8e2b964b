"""What characters a document's bytes stand for, even where it declares the wrong encoding.

    byte order mark -> bare UTF-16 and UTF-32 -> strict UTF-8 -> what is declared, or a better guess

Strict UTF-8 comes before the declaration, since text in another encoding is almost never valid UTF-8 by
chance, while pages that say GBK or ISO-8859-1 and send UTF-8 are common. Names follow the labels of the
WHATWG Encoding Standard (section 4.2): gb2312 and gbk mean gb18030, latin-1 means windows-1252.
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections import Counter

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SUPERSET = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "hz": "hz",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_ALIAS = {
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-sjis": "cp932",
    "unicode": "utf-16",
    "utf8mb4": "utf-8",
}
_NOT_OF_DOCUMENTS = {
    "charmap",
    "idna",
    "punycode",
    "raw-unicode-escape",
    "undefined",
    "unicode-escape",
    "utf-7",
}
_SEVEN_BIT = {"hz", "iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_kr"}
_LATIN = {"cp1252", "cp1250", "cp1254", "iso8859-2", "iso8859-15", "mac-roman"}
_GUESSES = ("gb18030", "big5hkscs", "cp1252")

_GZIP = b"\x1f\x8b"
_UNPACKED = 16 * 1024 * 1024  # bytes; what is beyond is left
_TIMES_PACKED = 3

_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta\s[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_HEAD = 8192  # bytes in which a declaration is looked for; the standard's 1,024 miss real pages
_SAMPLE = 4000  # characters beyond ASCII that a guess is judged by
_TRUST = 0.2  # what being declared is worth, against plausibility in 0..1

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_LONG_RUN = re.compile(r"[^\x00-\x7f]{4,}")


def decode(body: bytes, content_type: str = "") -> str:
    """The text of a document, without its byte order mark; `content_type` is the header as sent.

    Never raises: bytes that mean nothing become U+FFFD. A declaration inside the text is left as it is. What is
    packed by gzip, as `feed.xml.gz` is and what a cache has lost the header of, is unpacked first.
    """
    body = unpacked(body)
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    bare = _bare_wide(body)
    if bare:
        return body.decode(bare, "replace")
    declared = _declared(body, content_type)
    seven_bit = next((name for name in declared if name in _SEVEN_BIT), "")
    if seven_bit and body.isascii():
        return body.decode(seven_bit, "replace")
    try:
        # final=False: a document cut off inside its last character is still UTF-8
        return codecs.getincrementaldecoder("utf-8")().decode(body, final=False)
    except UnicodeDecodeError:
        return _most_plausible(body, declared)


def unpacked(body: bytes) -> bytes:
    """The document in a gzip, or in a gzip in a gzip; as it is where it is none, and what there is where it is broken."""
    for _ in range(_TIMES_PACKED):
        if not body.startswith(_GZIP):
            break
        try:
            body = zlib.decompressobj(wbits=31).decompress(body, _UNPACKED)
        except zlib.error:
            break
    return body


def _bare_wide(body: bytes) -> str:
    """UTF-16 and UTF-32 without a mark show as NULs around the markup's ASCII: one of two bytes, three of four."""
    head = body[:_HEAD]
    first, last = head[::4].count(0), head[3::4].count(0)
    if min(head[1::4].count(0), head[2::4].count(0)) * 5 > len(head) and max(first, last) * 5 > len(head):
        return "utf-32-be" if first > last else "utf-32-le"
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 5 < len(head) // 2 or len(head) < 4 or min(even, odd) * 4 > max(even, odd):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _declared(body: bytes, content_type: str) -> list[str]:
    """Encodings that header, meta element and XML declaration name, as Python knows them, in this order."""
    head = body[:_HEAD]
    labels = [match[1] for match in [_HEADER.search(content_type)] if match]
    inside = (_META.search(head), _XML.search(head))
    labels += [match[1].decode("ascii", "replace") for match in inside if match]
    names: list[str] = []
    for label in labels:
        name = _canonical(label)
        wide = name.startswith(("utf-16", "utf-32"))  # would have shown by its NULs
        if name and name not in names and not wide:
            names.append(name)
    return names


def _canonical(label: str) -> str:
    try:
        codec = codecs.lookup(_ALIAS.get(label.lower(), label))
        b" ".decode(codec.name)  # refuses codecs that are not of text, such as hex
    except (LookupError, ValueError):
        return ""
    if codec.name in _NOT_OF_DOCUMENTS:
        return ""
    return _SUPERSET.get(codec.name, codec.name)


def _most_plausible(body: bytes, declared: list[str]) -> str:
    best, best_score = "", -1.0
    for name in dict.fromkeys([*declared, "utf-8", *_GUESSES]):
        if best_score >= 1.0 and name not in declared:
            break  # no guess can be more
        text = body.decode(name, "replace")
        score = _plausibility(text, name) + (_TRUST if name in declared else 0.0)
        if score > best_score:
            best, best_score = text, score
    return best


def _plausibility(text: str, name: str) -> float:
    """0..1: how much of what is not ASCII looks like real text in this encoding."""
    sample = _BEYOND_ASCII.findall(text)[:_SAMPLE]
    if not sample:
        return 1.0
    broken: int = sum(c == "\ufffd" or "\x80" <= c <= "\x9f" or "\ue000" <= c <= "\uf8ff" for c in sample)
    whole = 1.0 - broken / len(sample)
    if name in _LATIN:  # accents stand alone among ASCII letters
        runs: int = sum(map(len, _LONG_RUN.findall(text[: _SAMPLE * 10])))
        return max(0.0, whole - runs / len(sample))
    if name in ("gb18030", "big5hkscs"):
        is_usual = _usual_gb if name == "gb18030" else _usual_big5
        usual = sum(count for char, count in Counter(sample).items() if is_usual(char)) / len(sample)
        return whole * (0.5 + 0.5 * usual)
    # Broken UTF-8 that is still mostly valid can be nothing else; a few stray bytes are forgiven.
    return whole if name != "utf-8" or whole > 0.5 else 0.0


def _usual_gb(char: str) -> bool:
    """The 3,755 characters of GB 2312's first level and its punctuation: over 99 % of running text."""
    code = char.encode("gb2312", "ignore")
    return len(code) == 2 and (code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7)


def _usual_big5(char: str) -> bool:
    """The 5,401 frequently used characters of Big5 and its punctuation."""
    code = char.encode("big5", "ignore")
    return len(code) == 2 and 0xA1 <= code[0] <= 0xC6
