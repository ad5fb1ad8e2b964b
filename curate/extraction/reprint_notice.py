"""What a page says of passing its text on: by its markup (licenses), and by sentences that join act, condition and ban.

    license of Creative Commons in a link or the head      "license"
    未经授权，不得转载 / may not be reproduced …               "forbidden"
    转载请联系 / for permission, contact …                    "permission"
    转载请注明出处 / may be republished with credit            "credit"

A notice stands in few words of the page itself. What an article tells about reprints, a share button and a title in a
list of links are none. Only the surroundings of the words are looked at, so that a large page costs no more than a small.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from curate.domain.reprint_notice import ReprintNotice
from curate.text.clean import plain
from curate.text.scripts import simplify_text

_HALF = re.compile("[\ud800-\udfff]")
_AROUND = 400  # characters of markup on either side of a word
_MOST = 40  # places that are looked at
_SCRIPT_LENGTH = 20_000  # characters before a word in which a script that holds it begins
_BLOCK_LENGTH = 90  # characters of a paragraph, from which it is prose
_LONGEST = 260  # characters of a sentence that is a notice
_QUOTED = 120  # of them that are kept

_LICENSE = re.compile(
    r"creativecommons\.org/(?:licenses/(by(?:-nc)?(?:-nd|-sa)?)|publicdomain/(?:zero|mark))/?(\d\.\d)?",
    re.IGNORECASE,
)
_NAMED = re.compile(  # in words; what follows says the conditions
    r"(?:creative commons|知识共享|創用 ?cc)[^。]{0,160}?(?:licen[cs]e|许可|授權)|\bcc[ -]by(?:-[a-z]{2}){0,2}\b|(?:licensed|许可|协议|采用|按照|遵循)[^<>。]{0,20}?\bcc[ -]by\b",
    re.IGNORECASE,
)
_LICENSED = ("creativecommons", "creative commons", "cc by", "cc-by", "知识共享", "創用")  # a glance
_REL = re.compile(r"rel\s*=\s*[\"'][^\"']*\blicense\b", re.IGNORECASE)
_OWN_LICENSE = re.compile(
    r"(?:本|此|该|除)[^。]{0,30}?(?:文章|博客|站|作品|内容|博文|页面|网志)[^。]{0,60}?(?:许可|授权|协议|進行|创作共用|CC)|(?:文章|内容|作品|博客)[^。]{0,10}?(?:采用|遵循|使用|基于|按)[^。]{0,40}?(?:许可|协议|CC)"
    r"|\b(?:this|the|all|our|site|except|unless)\b[^.]{0,60}?\b(?:work|content|contents|article|articles|site|blog|post|posts|text|material|page)\b[^.]{0,80}?\b(?:licen[cs]ed?|available|released|published)\b|\b(?:content|contents|text|posts?|articles?|material)\b[^.]{0,40}?\blicensed\b",
    re.IGNORECASE,
)
_CONDITIONS = (
    ("NC", re.compile(r"non-?commercial|非商业|非商業|[- ]nc\b", re.I)),
    ("ND", re.compile(r"no-?deriv|禁止演绎|禁止改作|[- ]nd\b", re.I)),
    ("SA", re.compile(r"share ?-?alike|相同方式|[- ]sa\b", re.I)),
)
# One of them is in every notice.
_WORDS = (
    "转载", "轉載", "转贴", "转帖", "摘编", "摘編", "转发请", "镜像", "翻印", "reprint", "republish", "reproduc", "redistribut", "re-distribut",
    "rewritten", "syndicat", "written permission", "prior permission", "without permission", "express permission",
    "written consent",
)  # fmt: skip
# All in one pass (Aho and Corasick 1975): a search for each took a third of a learnt page's time.
_SOUGHT = AhoCorasick((*_WORDS, *_LICENSED))
_SPLIT = re.compile(r"[。！？!?\n；]|\.\s+(?=[A-Z©])")
_BLOCK = re.compile(
    r"</?(?:p|div|section|li|ul|ol|td|tr|table|h\d|br|footer|header|article|blockquote|aside|nav|dd|dt)\b[^<>]*>",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"<(/?)(script|style|title|head|textarea|template)\b", re.IGNORECASE)

_ACT = r"(?:转载|转贴|转帖|摘编|摘录|引用|复制|使用|镜像|翻印|传播|转发|采用|刊登|抓取|抄袭|盗用)"
_LEAVE = r"(?:授权|许可|同意|允许|准许|书面|批准|协议)"
_BAN = r"(?:不得|禁止|严禁|谢绝|拒绝|请勿|勿|不可|不准|不许|不允许|概不|追究|保留[^，。]{0,6}权|侵权|必究|违者|违反|后果|法律责任)"
_ASK = r"(?:联系|联络|洽谈|咨询|告知|获得|取得|征得|申请|获取|得到|经|经过|需|须|应|来信|来函|留言|后台|私信|微信|邮件|发送|@|知会|打招呼|开白|白名单)"
_CREDIT = r"(?:注明|标明|标注|保留|附上|附|写明|说明|署名|声明|带上|加上|指明|以链接)"
_CREDITED = r"(?:出处|来源|来自|作者|原文|链接|地址|网址|署名|出自|转自|本站|本网|本文|文章)"
_OF_PAGE = re.compile(
    r"本[文站网刊报号]|本(?:篇|博客|公众号|作品|网站|平台|栏目|节目)|此文|版权(?:归|所有|声明|属)|原创(?:文章|内容|作品|首发|资讯)|声明[:：]|©|\b(?:this (?:article|site|website|material|content|post|work|document|story|page|publication|blog)|visit our|contact our|our (?:content|articles|site|permission|written)|all rights reserved|copyright ©|express written|prior written|written permission)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:trademarks?|logos?|service marks?)\b|(?:本文|文章|内容|此文|图片|稿件|来源|信息|资料|部分)?[^，。]{0,6}(?:转载自|转自|转载于|来源于|摘自|由[^，。]{1,12}转载)|(?:表示|认为|指出|称|说|强调|规定|判决|法院|记者|据悉|报道)[，,：:“]|被(?:多家|各大|广泛|大量)?[^，。]{0,4}转载|转载[将会]|转载量|转载数|已获[^，。]{0,8}授权|经[^，。不]{1,16}授权(?:转载|发布|刊发)|授权转载[，,。]?$|(?:^|[|｜·])\s*转载\s*$",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(?:欢迎|可以?|可自由|自由|允许|随意|任意)(?:[^，。不未]{0,8})(?:转载|分享|引用)|无需[^，。]{0,6}(?:授权|许可|同意)"
)

_ZH_FORBIDDEN = (
    re.compile(
        rf"(?:未经|未获|未得|未征得|非经|没有?经|不经|未|没有|无)[^。]{{0,40}}?{_LEAVE}[^。]{{0,30}}?(?:{_BAN}[^。]{{0,20}}?{_ACT}|{_ACT}[^。]{{0,20}}?{_BAN})"
    ),
    re.compile(rf"(?:禁止|严禁|谢绝|拒绝|请勿|不得|不准|不许|不允许|概不|勿)[^，。]{{0,14}}?{_ACT}"),
    re.compile(
        rf"{_ACT}[^，。]{{0,4}}(?:必究|违者)|(?:未经|未获)[^。]{{0,20}}?{_LEAVE}[^。]{{0,6}}{_ACT}[^。]{{0,24}}?(?:侵权|追究|责任|必究)"
    ),
)
_ZH_ASK = (
    re.compile(
        rf"(?:转载|摘编|转贴|转帖|使用|引用)[^。]{{0,16}}?(?:请|需|须|务必|敬请|应|必须|烦请|前|事宜|合作|授权|开白)[^。]{{0,20}}?(?:{_LEAVE}|联系|联络|洽|咨询|私信|来信|来函|留言|后台|邮件|开白|白名单|告知|打招呼)"
    ),
    re.compile(
        rf"(?:如需|若需|如要|若要|欲|想要?)[^。]{{0,10}}?(?:转载|摘编|使用|引用)[^。]{{0,20}}?(?:{_ASK})"
    ),
    re.compile(
        rf"(?:联系|取得|获得|征得|获取)[^。]{{0,20}}?{_LEAVE}[^。]{{0,10}}?(?:方可|才可|才能|后可?|再)[^。]{{0,6}}?(?:转载|摘编|使用)"
    ),
    re.compile(r"(?:转载|商业|商用)[^。]{0,6}(?:授权|合作|申请)[^。]{0,8}(?:[:：@]|邮箱|微信|电话|联系)"),
)
_ZH_CREDIT = (
    re.compile(
        rf"(?:转载|引用|摘编|转贴|转帖|转发|使用|分享)[^。]{{0,24}}?{_CREDIT}[^。]{{0,20}}?{_CREDITED}"
    ),
    re.compile(rf"{_CREDIT}[^。]{{0,12}}?{_CREDITED}[^。]{{0,16}}?(?:转载|引用|摘编)"),
)
_EN_ACT = r"(?:re-?print(?:ed|ing)?|re-?publish(?:ed|ing)?|reproduc(?:ed?|ing|tion)|re-?distribut(?:ed?|ing|ion)|rewritten|copied|copying|syndicat\w+|broadcast|transmitted|duplicat\w+|used?)"
_EN_FORBIDDEN = (
    re.compile(r"\b(?:may|can|must)\s+only\s+be\s+\w+[^.]{0,40}?\bpermission\b", re.I),
    re.compile(
        rf"\b(?:may|must|can|shall|should)(?:\s?not|n'?t)\b(?:\s+\w+){{0,3}}?\s+(?:be\s+)?[^.]{{0,40}}?\b{_EN_ACT}\b",
        re.I,
    ),
    re.compile(
        rf"\b{_EN_ACT}\b[^.]{{0,120}}?\b(?:without\b[^.]{{0,60}}?\b(?:permission|consent|authori[sz]ation|approval|licen[cs]e)|(?:is|are)\s+(?:strictly\s+|expressly\s+)?(?:prohibited|forbidden|not\s+(?:permitted|allowed)))\b",
        re.I,
    ),
    re.compile(
        rf"\b(?:do not|don'?t|no|never|not to be|prohibited to|unauthori[sz]ed)\s+(?:part[^.]{{0,40}}?\b)?{_EN_ACT}\b",
        re.I,
    ),
    re.compile(
        rf"\bwithout\b[^.]{{0,60}}?\b(?:permission|consent|authori[sz]ation)\b[^.]{{0,60}}?\b{_EN_ACT}\b",
        re.I,
    ),
)
_EN_ASK = (
    re.compile(
        r"\b(?:permissions?|rights|licen[cs]ing|authori[sz]ation)\b[^.]{0,30}?\b(?:to|for|of)\b[^.]{0,20}?\b(?:re-?print\w*|re-?publish\w*|reproduc\w+|redistribut\w+|quote)\b",
        re.I,
    ),
    re.compile(
        r"\b(?:to|for|about|request(?:ing)?|order)\s+(?:\w+\s+){0,2}?(?:re-?print\w*|re-?publish\w*|reproduc\w+|syndicat\w+)\b[^.]{0,60}?\b(?:contact|e-?mail|write|ask|permissions?|visit|please|click|see)\b",
        re.I,
    ),
    re.compile(
        r"\b(?:contact|e-?mail|write to|ask)\b[^.]{0,60}?\b(?:to|for|about|before)\s+(?:\w+\s+){0,2}?(?:re-?print\w*|re-?publish\w*|reproduc\w+|syndicat\w+)\b",
        re.I,
    ),
)
_EN_CREDIT = (
    re.compile(
        rf"\b{_EN_ACT}\b[^.]{{0,80}}?\b(?:with|provided|as long as|if|must|please|include)\b[^.]{{0,50}}?\b(?:credit|attribution|link(?:ed)? back|link to|source|original|byline|cite)\b",
        re.I,
    ),
)
_TABLE = (
    ("forbidden", (*_ZH_FORBIDDEN, *_EN_FORBIDDEN)),
    ("permission", (*_ZH_ASK, *_EN_ASK)),
    ("credit", (*_ZH_CREDIT, *_EN_CREDIT)),
)  # fmt: skip
_RANK = {"forbidden": 0, "permission": 1, "license": 2, "credit": 3}


def find_reprint_notice(page: str) -> ReprintNotice | None:
    """The strictest notice of a page, as markup; None where it has none. A license outweighs nothing but a credit: a site
    may bind one piece more than the rest."""
    matches = _SOUGHT.find_matches_as_indexes(_small(page), overlapping=True)
    is_licensed = any(n >= len(_WORDS) for n, _, _ in matches)
    places = sorted(start for n, start, _ in matches if n < len(_WORDS))
    found = [*(_find_licenses(page) if is_licensed else ()), *_find_sentences(page, places[:_MOST])]
    return min(found, key=lambda notice: _RANK[notice.kind], default=None)


def _find_licenses(page: str) -> Iterator[ReprintNotice]:
    """The license that the page gives itself: marked as such, or said of its own text. A picture's is none."""
    for match in islice(chain(_LICENSE.finditer(page), _NAMED.finditer(page)), _MOST):
        around = page[max(0, match.start() - _AROUND) : match.end() + _AROUND]
        if _REL.search(around) or _OWN_LICENSE.search(plain(around)):
            yield ReprintNotice("license", _name_license(match, around))
            return


def _name_license(match: re.Match[str], around: str) -> str:
    if match.re is _LICENSE:
        return f"CC {match[1].upper()} {match[2] or ''}".strip() if match[1] else "CC0"
    return "-".join(("CC BY", *(name for name, form in _CONDITIONS if form.search(plain(around)))))


def _find_sentences(page: str, places: Iterable[int]) -> Iterator[ReprintNotice]:
    """The notices among the sentences that hold these places."""
    seen: set[str] = set()
    for place in places:
        said = _read_at(page, place)
        if said and said.sentence not in seen:
            seen.add(said.sentence)
            if kind := judge_sentence(said.sentence, is_prose=said.around > _BLOCK_LENGTH):
                yield ReprintNotice(kind, said.sentence[:_QUOTED])


def _small(page: str) -> str:
    """The page in small letters, each in its place; half a character of UTF-16, which cannot be encoded, is none."""
    small = _HALF.sub("\ufffd", page.lower())
    if len(small) == len(page):
        return small
    return _small(page.replace("\u0130", "I"))  # the one that becomes two


def judge_sentence(sentence: str, *, is_prose: bool = False) -> str:
    """The kind of notice that a sentence is; "" where it is none. `is_prose`: it stands in a long paragraph, where it is
    one only if it speaks of the page itself."""
    folded = " ".join(simplify_text(sentence).split())
    if len(folded) > _LONGEST or _TOLD.search(folded) or (is_prose and not _OF_PAGE.search(folded)):
        return ""
    kinds = (kind for kind, forms in _TABLE if any(form.search(folded) for form in forms))
    kind = next(kinds, "")
    return "credit" if kind and _OPEN.search(folded) else kind


class _Said(NamedTuple):
    sentence: str
    around: int  # characters of the paragraph that it stands in, as far as that was looked at


def _read_at(page: str, place: int) -> _Said | None:
    """The sentence of readers' text that holds this place; None where it is markup, a script, or the page's head."""
    if page.rfind("<", 0, place) > page.rfind(">", 0, place):
        return None
    *_, opened = None, *_SCRIPT.finditer(page, max(0, place - _SCRIPT_LENGTH), place)
    if opened and not opened[1]:
        return None
    left, right = page[max(0, place - _AROUND) : place], page[place : place + _AROUND]
    cut = max((match.end() for match in _BLOCK.finditer(left)), default=0)
    left = left[cut or (left.find(">") + 1 if "<" not in left[: left.find(">")] else 0) :]
    end = _BLOCK.search(right)
    right = right[: end.start()] if end else right.rpartition("<")[0] or right
    before, after = plain(left) + " " * left[-1:].isspace(), plain(right)
    begins = max((match.end() for match in _SPLIT.finditer(before)), default=0)
    stop = _SPLIT.search(after)
    sentence = before[begins:] + after[: stop.start() if stop else len(after)]
    return _Said(" ".join(sentence.split()), len(before) + len(after))
