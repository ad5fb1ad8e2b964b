"""A step of `assemble.py`: the sentences that are printed under each title, of the article's text or of the feed's.

What a source says under several of its entries tells of none of them, so a source's entries are read together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from curate.config.schema import DigestSettings
from curate.domain.model import Article, Entry, EntryKey, Pick
from curate.text.clean import plain, plain_prose
from curate.text.encoder import Encode
from curate.text.language import language
from curate.text.summary.brief import BRIEF, single_sentences
from curate.text.summary.choose import SentenceRun, find_leads, refrains
from curate.text.summary.lead_model import choose_leads

# Entries of a source, and characters of each, from which it is learnt what the source says everywhere.
_COMPARED = 8
_COMPARED_TEXT = 4000


def with_summaries(
    articles: Mapping[EntryKey, Article],
    picks: Sequence[Pick],
    settings: DigestSettings,
    encode: Encode | None = None,
) -> dict[EntryKey, Article]:
    """The articles by source and id of their entries, each with a summary: of its text, else of what the feed says,
    and "" where neither has prose that an editor would print. `settings.style` says how long it may be."""
    brief = settings.style == "brief"
    limit = min(settings.quote, BRIEF) if brief else settings.quote
    leads = {pick.story.lead.key: pick.story.lead for pick in picks}
    bare = {key: leads[key] for key, article in articles.items() if key in leads and not article.summary}
    said = _said_everywhere(picks, {entry.source for entry in bare.values()})
    offered = [
        _leads(articles[key], entry, limit, said.get(entry.source, frozenset()))
        for key, entry in bare.items()
    ]
    if brief:
        texts = ("\n".join((articles[key].text, entry.summary)) for key, entry in bare.items())
        offered = [single_sentences(leads, text) for leads, text in zip(offered, texts, strict=True)]
    summed = dict(articles)
    for key, summary in zip(bare, choose_leads(offered, encode), strict=True):
        summed[key] = replace(articles[key], summary=summary)
    return summed


def find_leads_of_feed(entry: Entry, text: str, limit: int, said: Collection[str]) -> list[SentenceRun]:
    """The leads of what a feed says, whose plain `text` this is: of its running text, else of its lists too.
    `said` are sentences that the source says everywhere."""
    prose = plain_prose(entry.content) or text
    leads = _leads_of(prose, text, entry, limit, said)
    return leads if leads or prose == text else _leads_of(text, text, entry, limit, said)


def _leads(article: Article, entry: Entry, limit: int, said: Collection[str]) -> list[SentenceRun]:
    if article.by == "feed" and entry.content:
        leads, texts = find_leads_of_feed(entry, article.text, limit, said), [entry.summary]
    else:
        leads, texts = [], [article.text, entry.summary]
    others = (_leads_of(text, article.text, entry, limit, said) for text in dict.fromkeys(texts) if text)
    return leads + [lead for found in others for lead in found]


def _leads_of(text: str, whole: str, entry: Entry, limit: int, said: Collection[str]) -> list[SentenceRun]:
    told = language(whole or entry.title)
    return find_leads(text, title=entry.title, limit=limit, text_language=told, refrains=said)


def _said_everywhere(picks: Iterable[Pick], names: Collection[str]) -> dict[str, frozenset[str]]:
    """By source, the sentences that stand under several of its entries of tonight."""
    pieces: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pick in picks:
        for entry in (pick.story.lead, *(merge.entry for merge in pick.story.echoes)):
            if entry.source in names and len(pieces[entry.source]) < _COMPARED:
                text = plain(entry.content[: 2 * _COMPARED_TEXT])[:_COMPARED_TEXT] or entry.summary
                pieces[entry.source].append((entry.title, text))
    return {name: refrains(found) for name, found in pieces.items() if len(found) > 1}
