"""Texts that stand where an article should and are none: verification, login, deletion, an empty frame.

Sites answer with them as if nothing were wrong. Words alone say so only of a short text that has next to nothing else in
it: most of its sentences are made of the few words of all notices, join the ideas of a rule, and speak to somebody.
What takes up the entry's title is the article itself, whatever that is about.

The words are in `notice_words.py`; `gates.py` looks at whole pages.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from curate.domain.message import Message, message
from curate.text.clean import any_of
from curate.text.language import length
from curate.text.lines import letters_of
from curate.text.notice_words import REGISTER_LATIN, REGISTER_ZH, RULES
from curate.text.scripts import simplify_text

LONGEST = 260  # characters or words of a notice; real ones have some 10 to 120
_LONGEST_TEXT = 1800  # bytes of so many, in most writing
_SPOKEN = 0.75  # of a sentence's letters that stand in words of the register, from which it may be a notice
_NEUTRAL = 0.6  # the same, from which it says neither this nor that
_PROSE = 0.25  # of a text's letters, up to which a notice may have others
_WHOLLY = 0.97  # of a text's letters: nothing is in it but a notice's words
_FEW = 60  # letters of a text that is taken for a notice by that alone
_WEIGHTS = {"app": 0.3}  # how to open it, which stands beside what it is
_LABEL = 8  # letters; a button or a menu's word, which says neither this nor that
_SHARED = 0.4  # of a title's pairs of letters, from which a text takes it up
_DOUBTED = 0.5  # the same on a page that nowhere has the entry's title

# each part begins with characters, which are found fast
_SENTENCE = re.compile(
    r"[。！？!?\n；;]+|\.(?<=[a-z)]\.)(?=\s|$)|\s(?<=[\u4e00-\u9fff]\s)\s*(?=[\u4e00-\u9fff])"
)
_LETTERS = re.compile(r"[a-z\u3400-\u9fff]+")
_TITLED = 0.9  # of a title's letters in the register, from which it may be a notice's
_LONGEST_TITLE = 40  # letters
_PARTS = re.compile(r"\s*[_|｜»]+\s*|\s+[-–—·:]+\s+|(?<=[\u4e00-\u9fff])-(?=[\u4e00-\u9fff])")
_STATUS = re.compile(r"(?:error\s*)?(?:404|410)(?:\s*error)?")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[a-z]+(?:['’][a-z]+)?")
_IGNORED = re.compile(
    r"(?=[\"a-z0-9©-])"  # what the rest begins with: for speed alone
    r"(?:\"\w+\"\s*:|\bnull\b|(?:https?://|www\.)\S+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)+\b|\b(?=[a-z]*\d)[a-z0-9]{6,}\b|[©]\s*\S.*)"
)
_SIGNED = ("icp", "来源于", "作者")
_IGNORED_IN_SIGNED = re.compile(
    _IGNORED.pattern + r"|\S{0,3}icp\S{0,12}"
    r"|(?<=来源于)\s*[^\s，,。]{1,12}|(?<=作者)[:：\s]*[\u4e00-\u9fff]{2,4}(?=$|[\s，,。])"  # whose it is
)
_PERHAPS_IGNORED = re.compile(r"[\d.©]|//|icp|来源于|作者")  # a glance, for the expression takes its time
# Somebody is spoken to, or pointed at: news speaks of others.
_ADDRESSED = re.compile(
    r"您|你|请|抱歉|对不起|本站|本网|本页|本文|该|此|当前|无法|不能|不存在|才能|后可|稍后|稍候|点击|扫|打开|找不到|未找到|走丢|去|中，|按住"
    r"|\b(?:you|your|please|sorry|this|our|just a moment|denied|forbidden|not found|error|continue|required|unavailable)\b"
)
# Somebody tells of somebody: no notice does.
_NARRATED = re.compile(
    r"[他她]们?(?:说|称|告诉|认为)|表示|告诉记者|记者|报道|我们(?:联系|采访|注意)|说[：:，,]|\b(?:said|says|told|according to|reported|announced|he|she|my)\b"
)
_MENU = re.compile(r"[|｜/·•>»]")


class Notice(NamedTuple):
    """What a text is instead of an article."""

    kind: str  # a key of ADVICE

    @property
    def is_gone(self) -> bool:
        """Whether there is nothing to lead a reader to."""
        return self.kind in ("deleted", "missing")

    @property
    def message(self) -> Message:
        """What it is."""
        return message(f"notice.{self.kind}")

    @property
    def advice(self) -> Message | None:
        """What a person can do; None where that is nothing."""
        key = ADVICE[self.kind]
        return message(f"notice.{key}.hint") if key else None


# The kinds of notices, and whose advice each has.
ADVICE = {
    kind: advice
    for advice, kinds in (
        ("", "deleted player"),
        ("missing", "missing home"),
        ("elsewhere", "blocked script consent app message notice"),
        *((own, own) for own in ("parked", "migrated", "login", "paywall", "region", "busy", "reprint")),
    )
    for kind in kinds.split()
}

# What no article is called. 系统升级 and the like may be.
NEVER_TITLES = frozenset({"blocked", "deleted", "login", "missing", "script", "migrated"})


def notice(kind: str) -> Notice:
    """The notice of a kind; the kind is a key of ADVICE."""
    return Notice(kind)


def notice_in(text: str, title: str = "") -> Notice | None:
    """What a plain text is, if it is a notice and no article; `title` is the one its entry is known by."""
    if not is_short(text):
        return None
    kind = kind_of(text, title)
    if not kind or (len(text) > 2 * _FEW and not _first_ideas().search(fold_script(text))):
        return None
    return notice(kind)


def is_short(text: str) -> bool:
    """Whether a text may be short enough for a notice, at a glance."""
    return len(text.encode(errors="replace")) <= _LONGEST_TEXT


def takes_up(text: str, title: str) -> bool:
    """Whether a text has what a title is made of: then it is that title's article, whatever else has it."""
    return has_units(fold_script(text), units_of(fold_script(title)))


def kind_of_title(title: str) -> str:
    """The kind of a page that calls itself 安全验证, 404 Not Found or Just a moment."""
    for part in _PARTS.split(fold_script(title)):
        size = _letters(part)
        if 2 <= size <= _LONGEST_TITLE and _count_covered(part) >= _TITLED * size:
            found = next((kind for kind, parts in _rules() if parts[0].search(part)), "")
            if found:
                return found
        elif _STATUS.fullmatch(part.strip()):
            return "missing"
    return ""


def is_common(title: str) -> bool:
    """Whether a short title is made of the words of notices, 微信公众平台 or 公众号迁移说明: nothing is known by it."""
    text = fold_script(title)
    size = _letters(text)
    return size <= _LABEL and _count_covered(text) >= _TITLED * size


def tells_of_somebody(text: str) -> bool:
    """Whether a text says who said what, which no notice does."""
    return bool(_NARRATED.search(fold_script(text)))


@cache
def _first_ideas() -> re.Pattern[str]:
    """What the first idea of some rule is."""
    return re.compile("|".join(dict.fromkeys(parts[0] for _, parts in RULES)))


@cache
def _rules() -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    return tuple((kind, tuple(re.compile(part) for part in parts)) for kind, parts in RULES)


@cache
def _register() -> re.Pattern[str]:
    return re.compile(any_of(REGISTER_ZH))


def fold_script(text: str) -> str:
    return simplify_text(text.lower())


class _Tally(NamedTuple):
    kinds: dict[str, int]  # letters of sentences that a rule knows, by their kinds
    prose: int  # letters of what is no notice
    common: int  # letters in words of the register
    letters: int
    strange: int  # letters in other words, those of labels too


def _tally(text: str, title: str, most_prose: float, least_common: float) -> _Tally | None:
    """What a text in small letters is made of, but for the title, which is folded.

    None as soon as no other sentence can change that it has too much prose, or too few words of the register: after
    the longest sentence of most articles, which is therefore read first.
    """
    kinds: dict[str, int] = {}
    prose = common = letters = strange = 0
    units = units_of(title)
    every = _letters(text)
    for sentence in map(simplify_text, sorted(_SENTENCE.split(text), key=len, reverse=True)):
        bare = _strip_ignored(sentence)
        size = _letters(bare)
        if not size or (title and _is_title(bare, title)):
            continue
        covered = _count_covered(bare)
        strange += size - covered
        if size > _LABEL or covered == size:
            letters, common = letters + size, common + covered
        is_strange = covered < _NEUTRAL * size and size > _LABEL and not _MENU.search(bare)
        if is_strange or _NARRATED.search(sentence) or has_units(bare, units):
            prose += size
        elif covered >= _SPOKEN * size and (kind := _rule_of(sentence)):
            kinds[kind] = kinds.get(kind, 0) + size
        if prose > most_prose * every or letters - common > (1 - least_common) * every:
            return None
    return _Tally(kinds, prose, common, letters, strange)


def kind_of(text: str, title: str, *, doubted: bool = False) -> str:
    """The row of WORDS that a text belongs to, or ""; `doubted`: other evidence is against it already."""
    if len(text) > _LONGEST_TEXT and length(text) > LONGEST:
        return ""
    most_prose, least_common = (_DOUBTED, _NEUTRAL) if doubted else (_PROSE, _SPOKEN)
    found = _tally(text.lower(), fold_script(title), most_prose, least_common)
    if found is None or length(text) > LONGEST:
        return ""
    noticed = sum(found.kinds.values())
    if found.prose > most_prose * (found.prose + noticed) or found.common < least_common * found.letters:
        return ""
    is_whole = 0 < found.letters <= _FEW and found.common >= _WHOLLY * found.letters
    is_addressed = bool(_ADDRESSED.search(fold_script(text)))
    if not noticed:
        # 全文在此 is made of such words alone, and says nothing of the kind.
        return "message" if doubted and is_whole and is_addressed and not found.strange else ""
    if not is_whole and not is_addressed:
        return ""
    # Of equals the earlier rule: that a text is deleted says more than how to open it.
    ranked = dict.fromkeys(kind for kind, _ in RULES)
    weights = {kind: found.kinds.get(kind, 0) * _WEIGHTS.get(kind, 1.0) for kind in ranked}
    return max(ranked, key=lambda kind: weights[kind])


def _strip_ignored(sentence: str) -> str:
    """The sentence without addresses, numbers and names of systems, and whose it is."""
    if not _PERHAPS_IGNORED.search(sentence):
        return sentence
    is_signed = any(sign in sentence for sign in _SIGNED)
    return (_IGNORED_IN_SIGNED if is_signed else _IGNORED).sub(" ", sentence)


def _letters(text: str) -> int:
    return sum(map(len, _LETTERS.findall(text)))


def _rule_of(sentence: str) -> str:
    return next((kind for kind, parts in _rules() if all(part.search(sentence) for part in parts)), "")


def _count_covered(sentence: str) -> int:
    """Letters in words of the register."""
    han = sum(map(len, _register().findall(sentence)))
    return han + sum(
        len(w.replace("'", "").replace("’", "")) for w in _LATIN.findall(sentence) if _is_common(w)
    )


def _is_common(word: str) -> bool:
    return (
        word in REGISTER_LATIN
        or ("’" in word and word.replace("’", "'") in REGISTER_LATIN)
        or ("'" in word and word.partition("'")[0] in REGISTER_LATIN)
    )


def units_of(text: str) -> frozenset[str]:
    """What tells one title from another: pairs of Chinese characters, and Latin words that are not common ones."""
    han = _HAN_RUN.findall(text)
    pairs = (run[i : i + 2] for run in han for i in range(len(run) - 1))
    return frozenset([*pairs, *(word for word in _LATIN.findall(text) if not _is_common(word))])


def has_units(text: str, units: frozenset[str], share: float = _SHARED) -> bool:
    """Whether a text, in simplified characters, has what a title is made of."""
    return bool(units) and len(units & units_of(text)) >= share * len(units)


def _is_title(sentence: str, title: str) -> bool:
    said, wanted = letters_of(sentence), letters_of(title)
    return bool(said) and (said in wanted or (wanted in said and len(said) < 1.5 * len(wanted)))
