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

from curate.text.plausibility import plausibility

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
# In this order where two are as plausible; Korean before Chinese, since its letters are usual characters there.
_GUESSES = ("euc_jp", "cp949", "gb18030", "big5hkscs", "cp932", "cp1251", "koi8-r", "cp1252")

_HALVES = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
_GZIP = b"\x1f\x8b"
_UNPACKED = 16 * 1024 * 1024  # bytes; what is beyond is left
_TIMES_PACKED = 3

_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta\s[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_HEAD = 8192  # bytes in which a declaration is looked for; the standard's 1,024 miss real pages
_TRUST = 0.2  # what being declared is worth, against plausibility in 0..1


def decode(body: bytes, content_type: str = "") -> str:
    """The text of a document, without its byte order mark; `content_type` is the header as sent.

    Never raises: bytes that mean nothing become U+FFFD. A declaration inside the text is left as it is. What is
    packed by gzip, as `feed.xml.gz` is and what a cache has lost the header of, is unpacked first.
    """
    body = unpack_gzip(body)
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    bare = _bare_wide(body)
    if bare:
        return body.decode(bare, "replace")
    declared = _list_declared(body, content_type)
    seven_bit = next((name for name in declared if name in _SEVEN_BIT), "")
    if seven_bit and body.isascii():
        return body.decode(seven_bit, "replace")
    if _HALVES.search(body) and (whole := _of_halves(body)):
        return whole
    try:
        # final=False: a document cut off inside its last character is still UTF-8
        return codecs.getincrementaldecoder("utf-8")().decode(body, final=False)
    except UnicodeDecodeError:
        return _most_plausible(body, declared)


def unpack_gzip(body: bytes) -> bytes:
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


def _list_declared(body: bytes, content_type: str) -> list[str]:
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


def _of_halves(body: bytes) -> str:
    """The text of UTF-8 that has emoji in their two halves of UTF-16, as Java and old databases write it; "" if it is not."""
    try:
        text = body.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return ""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _most_plausible(body: bytes, declared: list[str]) -> str:
    best, best_score = "", -1.0
    for name in dict.fromkeys([*declared, "utf-8", *_GUESSES]):
        if best_score >= 1.0 and name not in declared:
            break  # no guess can be more
        text = body.decode(name, "replace")
        score = plausibility(text, name, name in declared) + (_TRUST if name in declared else 0.0)
        if score > best_score:
            best, best_score = text, score
    return best
