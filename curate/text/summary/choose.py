"""The sentences of a text that say what it is about, side by side as they stand in it; or nothing.

Extractive, and a summary is one run of neighbors: sentences out of different places read as if one followed from
the other. The lead of a text is a baseline that is hard to beat, hence the weight of position (Nenkova, "Automatic
text summarization of newswire", AAAI 2005); centrality is the mean weight of a sentence's words by their
probability in the text, as in SumBasic (Nenkova and Vanderwende, "The impact of frequency on summarization",
MSR-TR-2005-101). What a run may hold is prose (prose.py); credits, notices and empty talk are none (boilerplate.py),
and what names the teller is cut from its head (datelines.py).

text -> without marks -> paragraphs without leads -> sentences -> prose? -> the best run of neighbors
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from curate.text.lines import letter_pairs, letters_of
from curate.text.notices import notice_in
from curate.text.sentences import sentences
from curate.text.summary.asides import is_aside
from curate.text.summary.boilerplate import announces, is_notice, says_little
from curate.text.summary.cohesion import (
    answers,
    counts_off,
    lacks_antecedent,
    leans,
    names_its_subject,
    promises,
    recalls,
)
from curate.text.summary.datelines import without_lead
from curate.text.summary.paragraphs import is_left_out, paragraphs_of
from curate.text.summary.prose import is_calendar, is_list, is_prose, is_whole, tidy
from curate.text.summary.shorten import shorten_sentence
from curate.text.tokenize import HAN, segment

MOST = 3  # sentences
CONSIDERED = 40  # sentences from the beginning that are looked at; what comes later is rarely the point
LEAST = {"zh": 10, "en": 30}  # characters of a summary
WITHIN = {"zh": 28, "en": 70}  # of a summary that is not from the beginning: less says nothing of the whole
_BEGINNING = 6  # places
_UNENDED = 2  # the same for what has no full stop: later it is a step of a list
ALONE = {"zh": 10, "en": 28}  # of its longest sentence
_LONGEST = 20_000  # characters of a text that are looked at
_LATE = 0.12  # what a run loses for each sentence that could have begun one before it
_DISTANT, _FARTHEST = 0.015, 20  # what a run loses for each place before it, and how many count
_INSIDE = 0.3  # what a run loses that begins in the middle of a paragraph
_CENTRAL = 0.3  # what centrality counts against position
_FILLED = 0.5  # what a run gains that fills ENOUGH of the room
_ENOUGH = 0.4
_LEANING = 0.35  # what a run loses that leans on the title, or on another piece of its author's
_LITTLE = 0.3  # what a run loses that begins with empty words, or with what somebody says who is not named
_ASKING = 0.25  # what a run loses that begins with a question
_CUT_OFF = 0.4  # what a run loses whose only sentence is cut
_SAME = 0.7  # share of pairs of letters that makes a sentence a repetition of the title or of another
_AKIN = 0.35  # share of pairs under which two sentences are not compared letter by letter
_REWORDED = 0.78  # share of letters, in one order, that makes a sentence another wording of the title
_QUOTED = 0.45  # the share of a sentence that a long title makes up, word for word: “X was published on Y”
_LONG_TITLE = 16  # letters
_HELD = 0.8  # the share of its pairs that a title holds which says the same and more

_QUOTATION = re.compile(r"[“「\"][^“”「」\"]+[”」\"]\.?$")
_QUESTION = re.compile(r"[？?][”’」』\"')）]*$")
_HAN = re.compile(f"[{HAN}]")
_WESTERN = re.compile(r"[!-~]$|[A-Za-z.!?][”’]$")


class Sentence(NamedTuple):
    """Prose out of a text."""

    text: str
    place: int  # two in places n and n + 1 are neighbors
    first: bool  # of its paragraph
    little: bool  # it says nothing alone
    titled: bool  # the title was said before it, and nothing else


class SentenceRun(NamedTuple):
    """A run of neighbors that may be printed."""

    text: str
    place: int  # of its first sentence in the text, from 1
    first: bool  # whether that begins a paragraph
    size: int  # characters of the whole text
    score: float
    shorter: tuple[str, ...] = ()  # the same without its last sentence, without its last two


def summarize(
    text: str, *, title: str, limit: int, language: str, refrains: Collection[str] = frozenset()
) -> str:
    """The best of `find_leads`, or "" where a text has none."""
    leads = find_leads(text, title=title, limit=limit, text_language=language, refrains=refrains)
    return leads[0].text if leads else ""


def find_leads(
    text: str, *, title: str, limit: int, text_language: str, refrains: Collection[str] = frozenset()
) -> list[SentenceRun]:
    """What may stand under a title, the best first: at most MOST whole sentences of the text that are neighbors in it.

    `limit` is in Chinese characters; English ("en") may have twice as many letters. `refrains` are sentences that the
    source says everywhere. None where a text has no prose, and for a reply in a forum or by mail, which its title
    tells. Sentences that repeat the title, bylines, credits, invitations and notices are passed over. Where a sentence
    does not fit, it is cut at the end of a clause, with an ellipsis.
    """
    allowed = limit if text_language == "zh" else limit * 2
    if allowed < 1 or answers(title) or notice_in(text, title):
        return []
    usable = usable_sentences(text, title, text_language, refrains)[:CONSIDERED]
    least = min(LEAST[text_language], allowed)
    leads = (lead for lead in _leads(usable, allowed, text_language, len(text)) if len(lead.text) >= least)
    return sorted(leads, key=lambda lead: -lead.score)


def usable_sentences(text: str, title: str, text_language: str, refrains: Collection[str]) -> list[Sentence]:
    """The sentences that a lead may be made of; what has no full stop only where nothing else is there."""
    found = _read(text, title, text_language, refrains)
    return [s for s in found if is_whole(s.text)] or [
        s for s in found if s.place <= _UNENDED and not is_list(s.text)
    ]


def refrains(pieces: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Sentences that stand under several titles of one source, from its (title, text) pairs: they tell of none."""
    titles: dict[str, set[str]] = defaultdict(set)
    for title, text in pieces:
        for sentence in set(_cut_into_sentences(text[:_LONGEST])):
            titles[sentence].add(title)
    return frozenset(sentence for sentence, under in titles.items() if len(under) > 1)


def _cut_into_sentences(text: str) -> list[str]:
    return [s for paragraph in paragraphs_of(text) for s in sentences(without_lead(paragraph))]


def _read(text: str, title: str, text_language: str, known: Collection[str]) -> list[Sentence]:
    """The prose of a text. What is passed over for what it says leaves its neighbors neighbors; a gap does not."""
    found: list[Sentence] = []
    seen: list[str] = []
    place = 0
    titled = False
    for paragraph in paragraphs_of(text[:_LONGEST]):
        first = True
        place += is_left_out(paragraph)
        for sentence in sentences(without_lead(paragraph)):
            seen.append(sentence)
            repeats = _repeats(sentence, title)
            titled = titled or (repeats and not place)
            if repeats or sentence in known or is_notice(sentence, text_language):
                continue
            place += 1
            if (
                is_prose(sentence, text_language)
                and not announces(sentence)
                and not is_aside(sentence, title, text_language)
            ):
                little = says_little(sentence, text_language)
                found.append(Sentence(tidy(sentence), place, first, little, titled and place == 1))
            else:
                place += 1
            first = False
        if len(found) > CONSIDERED:
            break
    return [] if is_calendar(seen) else found


def _repeats(sentence: str, title: str) -> bool:
    said, wanted = letters_of(sentence).lower(), letters_of(title).lower()
    if not said or not wanted:
        return not said
    share = _SAME if len(wanted) < _LONG_TITLE or _HAN.search(said) else _QUOTED
    if said == wanted or (said in wanted) or (wanted in said and len(wanted) > share * len(said)):
        return True
    pairs = letter_pairs(said)
    if _alike(said, wanted) or len(pairs & letter_pairs(wanted)) > _HELD * len(pairs):
        return True
    return _is_reworded(said, wanted)


def _alike(one: str, other: str) -> bool:
    pairs, others = letter_pairs(one), letter_pairs(other)
    return bool(pairs) and len(pairs & others) > _SAME * max(len(pairs), len(others))


def _is_reworded(said: str, wanted: str) -> bool:
    pairs, others = letter_pairs(said), letter_pairs(wanted)
    if len(pairs & others) <= _AKIN * max(len(pairs), len(others)):
        return False
    return SequenceMatcher(None, said, wanted, autojunk=False).ratio() > _REWORDED


def _leads(found: Sequence[Sentence], allowed: int, text_language: str, size: int) -> Iterable[SentenceRun]:
    """The run that begins with each sentence that may begin one."""
    central = _centrality([sentence.text for sentence in found])
    earlier = 0
    for start, sentence in enumerate(found):
        asks = bool(_QUESTION.search(sentence.text))
        leaning = leans(sentence.text) or lacks_antecedent(sentence.text)
        answering = not sentence.first and start and _QUESTION.search(found[start - 1].text)
        stands = not leaning or (
            sentence.place == 1 and (not sentence.titled or names_its_subject(sentence.text))
        )
        if promises(sentence.text) or counts_off(sentence.text) or answering or not stands:
            continue
        run = run_of(found[start:], allowed)
        if (asks and len(run) < 2) or not any(
            len(s.text) >= ALONE[text_language] and not s.little for s in run or [sentence]
        ):
            continue
        text = join_sentences(run) if run else shorten_sentence(sentence.text, allowed)
        if sentence.place > _BEGINNING and (not sentence.first or len(text) < WITHIN[text_language]):
            continue
        length = max(1, len(run))
        score = _CENTRAL * sum(central[start : start + length]) / length - _LATE * earlier
        score += _FILLED * min(1.0, len(text) / (_ENOUGH * allowed))
        score -= _DISTANT * min(sentence.place, _FARTHEST)
        score -= (0 if sentence.first else _INSIDE) + (0 if run else _CUT_OFF)
        score -= (
            _LEANING * (leaning or recalls(sentence.text))
            + _ASKING * asks
            + _LITTLE * (sentence.little or bool(_QUOTATION.match(sentence.text)))
        )
        earlier += 1
        shorter = tuple(join_sentences(run[:end]) for end in range(len(run) - 1, 0, -1))
        yield SentenceRun(text, sentence.place, sentence.first, size, score, shorter)


def _strip_lead(sentence: Sentence) -> Sentence:
    """The first sentence of a summary without a lead of its own: 记者获悉，…"""
    bare = without_lead(sentence.text)
    return sentence._replace(text=bare) if len(bare) > len(sentence.text) // 2 else sentence


def run_of(found: Sequence[Sentence], allowed: int) -> list[Sentence]:
    """The first and its neighbors after it, as long as they fit and say more; none where it does not fit."""
    run: list[Sentence] = []
    for sentence in [_strip_lead(found[0]), *found[1:]]:
        if run and (sentence.place != run[-1].place + 1 or _QUESTION.search(sentence.text)):
            break
        if not is_whole(sentence.text) or len(run) == MOST or len(join_sentences([*run, sentence])) > allowed:
            break
        run.append(sentence)
    while len(run) > 1 and promises(run[-1].text):
        run.pop()
    fresh: list[Sentence] = []
    for sentence in run:
        if not any(_alike(letters_of(sentence.text), letters_of(s.text)) for s in fresh):
            fresh.append(sentence)
    return fresh


def join_sentences(run: Sequence[Sentence]) -> str:
    """Sentences as a text: after a mark of Western form there is a space."""
    return "".join(
        s.text + (" " if s.text.isascii() or _WESTERN.search(s.text) else "") for s in run
    ).rstrip()


def _centrality(texts: Sequence[str]) -> list[float]:
    bags = [frozenset(found) for found in segment(texts)]
    counts = Counter(word for bag in bags for word in bag if len(word) > 1)
    top = max(counts.values(), default=1)
    central = []
    for bag in bags:
        content = [counts[word] / top for word in bag if word in counts]
        central.append(sum(content) / len(content) if content else 0.0)
    return central
