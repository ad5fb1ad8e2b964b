"""Adverts: how likely a piece sells something, recruits, enrols or gives away, and the evidence in words.

Rules (`hints.py`) are evidence that an editor can read; a logistic regression over them and the text's meaning
(`model.py`) says how much they are worth together, and beside what else the source writes. Without an encoder
the rules' own weights decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from curate.adverts.hints import Hints, ends_of, find_hints
from curate.adverts.model import advert_probability
from curate.domain.mapping import Map
from curate.domain.message import message
from curate.domain.model import Entry, EntryKey, Reason
from curate.text.encoder import Encode
from curate.text.entry_text import NO_TEXTS, EntryText, EntryTexts, plain, text_of

# From here on a piece is treated as an advert.
ADVERT = 0.60
# Less than this is not worth telling the editor.
MENTION = 0.20
# Pieces that are judged in one call, and travel together to where they are.
BATCH = 200


def judge_adverts(
    entries: Sequence[Entry],
    encode: Encode | None = None,
    read: Iterable[Entry] = (),
    texts: EntryTexts = NO_TEXTS,
) -> dict[EntryKey, Reason]:
    """Say of each entry that may be an advert how likely it is (points, 0..1) and by what evidence.

    The editor's own pieces are never taken for adverts. `read` are other entries of which those of the same sources
    tell by their titles how often these sell something; without an encoder they tell nothing.
    """
    asked = [entry for entry in entries if not entry.original]
    sources, known = {entry.source for entry in asked} if encode else set(), {entry.key for entry in asked}
    others = {e.key: e for e in read if e.source in sources and not e.original and e.key not in known}
    every = [*asked, *others.values()]
    ends = [ends_of(text_of(entry, texts).whole) for entry in asked] + [""] * len(others)
    hints = [find_hints(plain(entry.title), text) for entry, text in zip(every, ends, strict=True)]
    vectors = encode([text_of(entry, texts).gist for entry in every]) if encode and every else None
    likely = advert_probability(hints, vectors, [entry.source for entry in every]).tolist()
    return {
        entry.key: _reason(found, probability)
        for entry, found, probability in zip(asked, hints, likely, strict=False)
        if probability >= MENTION
    }


def with_marks(judged: Mapping[EntryKey, Reason], marks: Mapping[EntryKey, bool]) -> dict[EntryKey, Reason]:
    """What was judged, but for the entries of which the editor has said whether they are adverts."""
    said = Reason("advert", 1.0, message=message("advert.editor"))
    left = {name: reason for name, reason in judged.items() if name not in marks}
    return left | {name: said for name, is_advert in marks.items() if is_advert}


def advert(entry: Entry, encode: Encode | None = None) -> Reason | None:
    """How likely one entry is an advert; None where it hardly is."""
    return judge_adverts([entry], encode).get(entry.key)


def sellers(
    pool: Sequence[EntryText],
    spread: Map = map,
    encode: Encode | None = None,
    exempt: Iterable[int] = (),
) -> Callable[[Iterable[int]], Iterator[int]]:
    """Says by their numbers which entries are treated as adverts: never the editor's own, nor those `exempt`. It
    takes time, so each is looked at when it is first asked for; an executor begins with it then, and is waited for when
    the answer is looked at."""
    known = {i: False for i, text in enumerate(pool) if text.entry.original} | dict.fromkeys(exempt, False)

    def among(asked: Iterable[int]) -> Iterator[int]:
        every = set(asked)
        new = sorted(every - known.keys())
        parts = [new[k : k + BATCH] for k in range(0, len(new), BATCH)]
        pieces = [[(pool[i].entry.title, ends_of(pool[i].whole)) for i in part] for part in parts]
        hints = chain.from_iterable(spread(_hints, pieces))

        def those() -> Iterator[int]:
            vectors = encode([pool[i].gist for i in new]) if encode and new else None
            likely = advert_probability(list(hints), vectors) >= ADVERT
            known.update(zip(new, likely.tolist(), strict=True))
            yield from (i for i in every if known[i])

        return those()

    return among


def _hints(pieces: Sequence[tuple[str, str]]) -> list[Hints]:
    return [find_hints(plain(title), text) for title, text in pieces]


def _reason(hints: Hints, probability: float) -> Reason:
    names = tuple(message(f"hint.{rule.name}") for weight, rule in hints[:3] if weight > 0)
    percent = round(100 * probability)
    if names:
        why = message("advert", percent=percent, shared=names)
    else:
        why = message("advert.meaning", percent=percent)
    return Reason("advert", round(probability, 3), message=why)
