"""An entry as the terminal shows it."""

from __future__ import annotations

from curate.cli.terminal.language import say_here
from curate.config.schema import Config
from curate.domain.model import Entry
from curate.text.entry_text import text_of
from curate.text.sentences import sentences

SHOWN = 90  # characters of an entry's text


def title_of(entry: Entry) -> str:
    """Something to call an entry by: its title, else its first sentence, else its address."""
    return entry.title.strip() or _first_sentence(entry) or entry.url


def describe_entry(entry: Entry, config: Config) -> str:
    """Give source and title, the first sentence, the address: a line each, none of them twice."""
    source = next((s.name for s in config.sources if s.id == entry.source), entry.source)
    title, sentence = title_of(entry), _first_sentence(entry)
    more = [line for line in (sentence, entry.url) if line and line != title]
    return "\n  ".join((say_here("told.entry", source=source, title=title), *more))


def _first_sentence(entry: Entry) -> str:
    found = next(iter(sentences(text_of(entry).read_opening(4 * SHOWN))), "")
    return found if len(found) <= SHOWN else found[: SHOWN - 1] + "…"
