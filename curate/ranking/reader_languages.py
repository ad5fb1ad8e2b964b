"""Stories in a language that the account's readers are not given: `digest.languages`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from curate.domain.message import message
from curate.domain.model import Entry, EntryKey, Story, Verdict
from curate.text.entry_text import NO_TEXTS, EntryTexts, text_of
from curate.text.language import Language, language, length

CHINESE: frozenset[Language] = frozenset({"zh"})
_TELLING = 4  # words of a title alone that say which language it is in: "iPhone 17 Pro" is a name in any
_SAMPLE = 2000  # characters of a text


def languages_of(chosen: Collection[Language], account: Language) -> frozenset[Language]:
    """What an issue takes: what `digest.languages` names, else Chinese for a Chinese account and all for any other."""
    return frozenset(chosen) or frozenset({"zh"} if account == "zh" else {"zh", "en"})


def find_foreign(
    entries: Iterable[Entry], allowed: Collection[Language], texts: EntryTexts = NO_TEXTS
) -> frozenset[EntryKey]:
    """The keys of those that are in none of these languages."""
    return frozenset(entry.key for entry in entries if is_foreign(entry, allowed, texts))


def is_foreign(entry: Entry, allowed: Collection[Language], texts: EntryTexts = NO_TEXTS) -> bool:
    """Whether neither the title nor the text is in one of these languages. The editor's own pieces never are.

    Under a title in another language the text is asked at its beginning and in its middle: a note of the translator's
    over a foreign text makes it none of these languages.
    """
    if entry.original or language(entry.title) in allowed:
        return False
    text = text_of(entry, texts).whole
    if not text:
        return length(entry.title) >= _TELLING
    return any(language(text[k : k + _SAMPLE]) not in allowed for k in (0, len(text) // 2))


def led_in_language(
    stories: Sequence[Story], verdicts: Sequence[Verdict], foreign: AbstractSet[EntryKey]
) -> tuple[list[Story], list[Verdict]]:
    """The stories, led by their first telling that is not `foreign` where their lead is, and the verdicts with the two
    in each other's place."""
    made: list[Story] = []
    led: dict[EntryKey, Verdict] = {}
    for story in stories:
        own = next((m for m in story.echoes if m.entry.key not in foreign), None)
        if own is None or story.lead.key not in foreign:
            made.append(story)
            continue
        others = (replace(own, entry=story.lead), *(merge for merge in story.echoes if merge is not own))
        made.append(replace(story, lead=own.entry, echoes=others))
        told = message("merged", title=own.entry.title, why=own.why)
        led[own.entry.key] = Verdict(story.lead, False, told)
    return made, [led.get(verdict.entry.key, verdict) for verdict in verdicts]
