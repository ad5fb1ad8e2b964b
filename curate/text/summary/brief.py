"""One sentence of a text, for an issue in brief: whole where one is short enough, else up to the end of a clause.

What a cut leaves must be true and stand alone: not the half of a contrast (不是…，而是…), nor a condition without what
follows from it (如果…，就…).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from curate.text.summary.choose import SentenceRun
from curate.text.summary.lead_form import FORM
from curate.text.summary.prose import uncut

BRIEF = 60  # characters of a summary in brief
_SAYS_ENOUGH = {"zh": 14, "en": 40}  # a shorter sentence comes after those that say more
_HAN = re.compile("[一-鿿]")
_CLAUSE_MARK = re.compile(r"\s*(?:[（(][^）)]{1,40}[）)])?\s*[，；。—,;–-]")
# What takes back, turns round or completes what stands before it.
_CONTRAST = re.compile(
    r"[\s，；—,;–-]*(?:但|而(?![且今])|却|可是|可(?![能以见])|不过|然而|只是|并非|并不|反而|反倒|结果|则|就|才|便|那么?|也就|都"
    r"|(?:but|yet|however|though|although|unless|except|while|whereas|only|then|not|nor)\b)",
    re.IGNORECASE,
)
# A clause that says nothing without the next one.
_DEPENDENT = re.compile(
    r"[“「\"']?(?:但|而|并|且|不过|同时|此外)?(?:如果|假如|若|要是|一旦|只要|只有|除非|即使|即便|哪怕|无论|不管|虽然|虽|尽管|固然|由于|因为|既然|当|随着|为了?|对于|关于|根据|按照"
    r"|不仅|不但|不只|与其|除了|自从|自|在[^，]{0,24}(?:[中时后前下里上间内外来]|方面|层面|领域|基础|背景|过程)$|据|从[^，]{0,24}(?:来看|看|到)"
    r"|(?:if|when|while|although|though|because|since|as|after|before|unless|given|despite|with|in|on|at|for|by|from|according)\b)",
    re.IGNORECASE,
)
# What announces the clause that was cut off.
_UNSAID = re.compile(
    r"(?:告诉[^，]{0,6}|显示|表示|认为|指出|[^号名简人职对自官俗统]称|发现|[^小学传听再]说|知道|透露|表明|意味着|宣布|强调|坦言|写道|问|提到|介绍|提醒|预计|建议|比如|例如|包括|如)$"
    r"|\b(?:sa(?:ys?|id)|that|shows?|found|believes?|announced|including|such as|like)$",
    re.IGNORECASE,
)
# What says only how many points follow: 原因有二。
_COUNTS = re.compile(
    r"(?:有|分为|包括)(?:以下|如下|下面)?[两二三四五六七八九十几多]+[点个种条项大]?[一-鿿]{0,4}[。.]$"
)
_PAIRS = ("（）", "()", "《》", "“”", "「」", "【】", "[]")


def single_sentences(leads: Sequence[SentenceRun], text: str) -> list[SentenceRun]:
    """The first sentence of each lead of `text`, which come best first: whole ones before those that were cut, which
    only count where the cut leaves something that stands."""
    single = [
        lead._replace(text=lead.shorter[-1] if lead.shorter else lead.text, shorter=()) for lead in leads
    ]
    whole = [lead for lead in single if uncut(lead.text) == lead.text]
    cut = [lead for lead in single if uncut(lead.text) != lead.text and _stands(uncut(lead.text), text)]
    weak = [lead for lead in whole if _is_weak(lead)]
    return [lead for lead in whole if lead not in weak] + cut + weak


def _is_weak(lead: SentenceRun) -> bool:
    """Whether a whole sentence says little, only counts what follows, or points to what stood before it."""
    least = _SAYS_ENOUGH["zh" if _HAN.search(lead.text) else "en"]
    points = FORM["points"](lead.text) + FORM["third person"](lead.text)
    return len(lead.text) < least or bool(_COUNTS.search(lead.text)) or (lead.place > 1 and points > 0)


def _stands(kept: str, text: str) -> bool:
    """Whether what a cut left of a sentence of `text` ends with a clause, and says by itself what the whole says."""
    at = text.find(kept)
    rest = text[at + len(kept) : at + len(kept) + 40]
    if at < 0 or not _CLAUSE_MARK.match(rest) or _CONTRAST.match(rest):
        return False
    last = re.split(r"[，,；;]", kept)[-1].strip()
    in_pairs = all(kept.count(pair[0]) == kept.count(pair[1]) for pair in _PAIRS)
    return in_pairs and not _DEPENDENT.match(last) and not _UNSAID.search(last)
