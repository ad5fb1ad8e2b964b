"""What prose is: whole sentences that can stand in print, and none of code, formulas, lists, headings and marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from curate.text.tokenize import HAN

_LEAST_LETTERS = 5
_LEAST_HAN = 4
_LEAST_WORDS = 3  # of a sentence of words
# Without a full stop: what is a label, or asks; and how long a sentence is at least.
_UNENDED = re.compile(
    r"[:：]|[吗呢么没][\s~]*$|^(?:为何|为什么|如何|怎[么样]|谁|什么|哪)|^(?:[Ww]hat|[Hh]ow|[Ww]hy|[Ww]ho|[Ww]hen|[Ww]here|[Ww]hich|[Cc]an|[Dd]oes|[Dd]o|[Ii]s|[Aa]re)\b"
)
_LEAST_PART = 8  # characters between the blanks of a sentence in Chinese that has no comma
_LEAST_WORDS_UNENDED, _LEAST_HAN_UNENDED = 8, 13
_UNSPACED = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff\u0e00-\u0eff]")
_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SYMBOLS = re.compile(r"[^\w\s，。！？、；：“”‘’（）《》「」『』【】,.!?;:'\"()—–…·%％\-]")
_SYMBOLS_SHARE = 0.06
_DIGITS_SHARE = 0.4
_ENDED = re.compile(r"(?:[。！？!?.۔؟।]|[.…]{2,}|…)[”’」』）)\"'\]]*$")
_CUT = re.compile(r"\s*(?:\[(?:…|\.{3}|&hellip;)\]|…+|\.{3,}|\[…)\s*$")

_CODE = re.compile(
    r"[{}]|<\s?[a-z@]|;\s*$|/\*|\*/|=>|::|==|!=|<=|>=|&&|\|\||(?<!C)\+\+|</|/>|\$[A-Za-z_{(]|\w\([\w, *&\"'.]*\)\s*[;{]"
    r"|(?<=[\w\])])\s=\s(?=[\w\[(\"'])|\w\s*=\s*[“\"]\s?[\w#/.-]|[&＆]#?\w{2,8};|#include|^[$>%] "
    r"|^(?:import|def|public|private|return|class|const|let|var|function) \w+[ .(=;:]*[\w(]*\s*[(=;:]"
    r"|\b(?:sudo|npm|pip|git|apt|yum|brew|docker|curl|wget|mkdir|echo|chmod|ssh) (?:install|clone|run|add|get|update|-)"
)
# One of them may stand in prose.
_CODE_WORD = re.compile(r"//|->|\w\(\)|(?<!\w)--?[a-z][\w-]+|\w+_\w+|\w+\.\w+\(")
_FORMULA = re.compile(r"\$[^$\n]*[\\^_=][^$\n]*\$|\\[a-zA-Z]+|\\[\[\]()]|[a-z]\^[\d{a-z]|[∑∫∏√≤≥≈∀∃∈⊂→∞∂]")
_ADDRESS = re.compile(
    r"[a-z][a-z0-9+.-]{1,20}://|\bwww\.|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}/\S|@\w+\.\w{2,}", re.IGNORECASE
)
# A sentence with a gap, where a formula or a picture stood: 设 ，其中 的次数是 。
_HOLE = re.compile(
    r"（\s*）|(?<!\w)\(\s*\)|[“「『]\s*[”」』]|\ufffc|(?:[，。；：、]|其中|[为是设于即有])\s+的|，\s*，|\(\s*,"
)
_GAP = re.compile(rf"[{HAN}]\s+[，。、；：]")  # one is a link's, two are holes
_BEFORE_MARK = re.compile(r"(?<=[\w)）\]”’])[ \u3000]+(?=[，。、；：！？》）」]|[,.;:!?](?:\s|$))")
_UNIT = r"(?!\s*[\d万亿千百十%％倍元米公吨个点秒分岁寸英美度升毫版代折件号时小平])"
_HEADING = re.compile(
    rf"^(?:\d+(?:\.\d+)+{_UNIT}[^\d\s,]?|第[一二三四五六七八九十百\d]+[章节步篇]|[一二三四五六七八九十]+[、.．]|[（(]?\d{{1,2}}[)）、]|\d{{1,2}}[.．](?!\d)|[①-⑳]|[QA]\d*[:：.]|[IVX]+\.\s)"
    rf"|(?<![\d.])\d\.\d{{1,2}}{_UNIT}[.、]?\s*[{HAN}].*(?<![\d.])\d\.\d{{1,2}}{_UNIT}[.、]?\s*[{HAN}]|[一二三四五六七八九十]、.*[一二三四五六七八九十]、"
    rf"|[:：]\s*[-–—•*]\s|(?:^|\s)\d{{1,2}}[.、．)]\s*[^\d\s].*\s\d{{1,2}}[.、．)]\s*[^\d\s]"
)
_STARTS_BADLY = re.compile(
    r"^[^\w“‘„«「『《\"'(（\[<¿¡$€£¥&+~～]|^[)\]}】）》」』”’，。、；：！？,;:!?.…&+=/~–—-]"
)
_PAIRED = (
    ("「", "」"),
    ("『", "』"),
    ("《", "》"),
    ("（", "）"),
    ("(", ")"),
    ("[", "]"),
    ("【", "】"),
    ("«", "»"),
)
_STAMMER = re.compile(r"(?<!。)。。(?!。)|[，；][，；。]|\w,,")  # what a machine leaves where it lost a word
_MENTION = re.compile(r"(?<![A-Za-z0-9.])@\w")
_PHOTO = re.compile(r"\[(?:图片?|表情|视频|音频|动画|链接|image|img|video)\]", re.IGNORECASE)
_LABEL_AT_START = re.compile(r"^\[[a-z][a-z -]{2,20}\]\s")  # a machine's label on a line: [recommended] …

# A picture's caption, without a verb: An example of a simple chart. A label with a row of names: Genres: …
_CAPTION = re.compile(
    r"^(?:an? |the |one )?(?:[\w-]+ )?(?:examples?|photo(?:graph)?|picture|image|view|screenshot|diagram|map|sketch|illustration|drawing|portrait|render(?:ing)?|snapshot|chart|graph|plot) (?:of|from|showing) [^.!?;:]{1,90}\.?$",
    re.IGNORECASE,
)
# A caption by its number: Figure 2 displays …, 图3：…
_FIGURE = re.compile(
    r"^(?:(?:fig(?:ure|\.)?|table|chart|exhibit|abb(?:ildung|\.)) ?\d+|[图表]\s?\d+(?!\d))(?![A-Za-z])",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|may|might|must|should|[\w]+(?:'|’)(?:s|re|ve|ll|d)|shows?|helps?|makes?|made|gives?|gave|lets?|tells?|told|(?-i:[a-z]{3,}ed)) ",
    re.IGNORECASE,
)
# Who wrote a paper: Doe, J., Roe, M.A. and Poe, E. (2025), …
_CITED = re.compile(
    r"(?:[A-Z][\w'’-]+, (?:[A-Z]\.[ -]?)+,? ?(?:and |& )?){2,}|^[A-Z][\w'’-]+,? [^.]{0,40}\bet al\.?,? [“\"(]"
)
_ROW = re.compile(
    r"^(?:[\w'’-]{1,20} ){0,3}[\w'’-]{1,20}[:：]"
    r"(?:(?:[^,，、.。:：;；]{1,24},){3,}|(?:[^,，、.。:：;；]{1,16}、){3,})[^,，、:：;；]{1,30}[.。]?$"
)
_LABELED = re.compile(r"^[A-Z][\w'’ -]{1,24}: [^.,:]{1,45}\.?$")  # Hover: the simple shop for names.
# Nothing but names: Handy, Keys, Purse, Coat.
_NAMES = re.compile(
    r"^(?:[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}, ){2,}(?:and |und |et |y )?[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}\.?$"
)
# The name of a work, and nothing of it: “The Move of the Market: A History”.
_WORK = re.compile(
    r"^[“\"](?:(?:[A-Z(][\w'’.)-]*|of|the|and|an?|in|on|at|for|to|from|with|by)[,:;]?[ ”\"]){4,}\.?$"
)
_CONTACT = re.compile(
    r"\b\d{3}[-.]\d{3}[-.]\d{4}\b|\(\d{3}\) ?\d{3}-\d{4}|\b\d{1,2}(?::\d\d)? ?[ap]\.m\.|[\w.]@[\w-]+\.\w"
    r"|\b\d{2,5} (?:[A-Z][\w'’]+ ){1,3}(?:Road|Rd|Street|St|Avenue|Ave|Blvd|Boulevard|Lane|Ln|Drive|Dr|Pike|Pkwy|Court|Ct)\b"
)
_CONTACTS, _CONTACT_SHARE = 4, 0.25  # of the sentences of a calendar

_HOURS = re.compile(r"\d\s?[-–]\s?\d{1,2}(?::\d\d)?\s?[ap]\.?m\b")  # of a calendar, without a verb

# Marks of Markdown, of BBCode and of blog engines, and what they leave.
_MARKS = (
    (re.compile(r"(?m)The post [^\n]{1,300} appeared first on [^\n]*$"), ""),
    (re.compile(r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)", re.DOTALL), "\n"),
    (re.compile(r"\A---\n.*?\n---\n", re.DOTALL), ""),
    (re.compile(r"!\[[^\]\n]*\]\([^)\s]*(?:\s+\"[^\"\n]*\")?\)"), ""),
    (re.compile(r"\[([^\]\n]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"\n]*\")?\)"), r"\1"),
    (re.compile(r"\[([^\]\n]+)\]\[[^\]\n]*\]"), r"\1"),
    (re.compile(r"\[\[(?:[^\]|\n]*\|)?([^\]\n]+)\]\]"), r"\1"),
    (re.compile(r"(\*\*\*|\*\*|___|__)(?=\S)([^\n]*?\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"~~(?=\S)([^~\n]*\S)~~"), r"\1"),
    (re.compile(r"`+([^`\n]+)`+"), r"\1"),
    (re.compile(r"\[/?[a-z]+(?:_[a-z0-9]+)+(?:\s[^\[\]]*)?\]|\[[a-z][\w-]*\s+[\w-]+=[\"'”“″][^\[\]]*\]"), ""),
    (re.compile(r"\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->", re.DOTALL), ""),
    (
        re.compile(
            r"\[(/?)(?:b|i|u|s|url|img|quote|code|color|size|caption|gallery|embed|youtube|audio|video)\b[^\]\n]*\]",
            re.IGNORECASE,
        ),
        "",
    ),
    (re.compile(r"\[\^?\d{1,3}\]|(?<=[a-z”\"’)][.!?])\d{1,2}(?=\s|$)|[¹²³⁴-⁹]+(?=[\s.,。，]|$)"), ""),
    (re.compile(r"(?m)^\s{0,3}(?:#{1,6}\s+[^\n]*|\|[^\n]*|[-=*_]{3,}\s*)$"), ""),
    (re.compile(r"(?m)^\s*(?:>\s?)+|^\s*[-*+•▪●■◆►▶→»]+\s*(?=[^\W\d_])"), ""),
)


def strip_markdown(text: str) -> str:
    """A text whose source wrote Markdown or its like, without the marks; headings, tables and code go with theirs."""
    for pattern, replacement in _MARKS:
        text = pattern.sub(replacement, text)
    return text


def tidy(sentence: str) -> str:
    """A sentence without the blanks that a link left before its marks."""
    return _BEFORE_MARK.sub("", sentence)


def is_whole(sentence: str) -> bool:
    """Whether a sentence ends as sentences do, and was not cut."""
    return bool(_ENDED.search(sentence)) and not _CUT.search(sentence)


def is_cut(text: str) -> bool:
    """Whether a text ends with the mark that it was cut."""
    return bool(_CUT.search(text))


def uncut(sentence: str) -> str:
    """A sentence without the mark that it was cut."""
    return _CUT.sub("", sentence)


def is_prose(sentence: str, text_language: str) -> bool:
    """Whether a piece of text reads as a sentence: words enough, in pairs of quotation marks, and no code, formula,
    list, heading, address or gap."""
    letters = sum(map(str.isalpha, sentence))
    if letters < _LEAST_LETTERS or _too_few_words(sentence, text_language):
        return False
    if sum(map(str.isdigit, sentence)) > _DIGITS_SHARE * len(sentence):
        return False
    if len(_SYMBOLS.findall(sentence)) > max(2, _SYMBOLS_SHARE * len(sentence)):
        return False
    if len(_GAP.findall(sentence)) > 1 or any(
        pattern.search(sentence)
        for pattern in (
            _ADDRESS,
            _FORMULA,
            _HOLE,
            _HEADING,
            _STARTS_BADLY,
            _PHOTO,
            _LABEL_AT_START,
            _MENTION,
            _ROW,
            _NAMES,
            _WORK,
            _CITED,
            _FIGURE,
        )
    ):
        return False
    if any(pattern.search(sentence) for pattern in (_CAPTION, _HOURS, _LABELED)) and not _VERB.search(
        sentence
    ):
        return False
    if _STAMMER.search(sentence) or _CODE.search(sentence) or len(_CODE_WORD.findall(sentence)) > 1:
        return False
    if text_language == "en" and sentence.lstrip("\"'“‘(")[:1].islower() and not _UNSPACED.search(sentence):
        return False
    if sum(map(sentence.count, "“”„")) % 2 or sentence.count('"') % 2:
        return False
    return all(sentence.count(opened) == sentence.count(closed) for opened, closed in _PAIRED)


def is_calendar(found: Sequence[str]) -> bool:
    """Whether the sentences of a text are mostly hours, places and telephone numbers, of one event after another."""
    contacts = sum(bool(_CONTACT.search(sentence)) for sentence in found)
    return contacts >= _CONTACTS and contacts >= _CONTACT_SHARE * len(found)


def is_list(sentence: str) -> bool:
    """Whether what has no full stop is a row of names, a label with its value, a heading or a question."""
    if _UNENDED.search(sentence) or (_HAN.search(sentence) and len(sentence) < _LEAST_HAN_UNENDED):
        return True
    if not _UNSPACED.search(sentence) and len(_WORD.findall(sentence)) < _LEAST_WORDS_UNENDED:
        return True
    if (
        len(found := sentence.split()) > 2
        and _UNSPACED.search(sentence)
        and not re.search("[，,。]", sentence)
    ):
        return sum(map(len, found)) < _LEAST_PART * len(found)
    parts = [part for part in re.split(r"[\s,，、/|｜·;；]+", sentence) if part]
    return (
        len(parts) >= 4 and sum(map(len, parts)) / len(parts) < 5 and not re.search(r"[。！？!?.]$", sentence)
    )


def _too_few_words(sentence: str, text_language: str) -> bool:
    if text_language == "zh":
        return len(_HAN.findall(sentence)) < _LEAST_HAN
    if _UNSPACED.search(sentence):
        return False
    return len(_WORD.findall(sentence)) < _LEAST_WORDS
