"""The last part of the night: ranked picks -> short-list -> articles -> items -> digest.

Only what may be published is fetched as a page: titles, summaries and feed bodies were enough to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import NamedTuple

from curate.config.schema import OTHER, Config, Source, Topic
from curate.domain.message import message
from curate.domain.model import (
    Article,
    Coverage,
    Credit,
    Digest,
    Entry,
    EntryKey,
    Failure,
    Image,
    Item,
    Pick,
    Section,
    Verdict,
)
from curate.i18n.catalogue import say, say_reasons
from curate.pipeline.full_text import Findings, is_whole, read_pages
from curate.pipeline.ports import Fetch, PageMemory, Watch
from curate.pipeline.recency import Lookback, settle_dates
from curate.pipeline.summarize import with_summaries
from curate.ranking.reader_languages import languages_of
from curate.ranking.select import compose, lead_of, must_reads_of
from curate.render.headlines import offer_headlines
from curate.render.piece import body_in_post, cut_beginning
from curate.site.paths import absolute, story
from curate.sources.urls import site_root
from curate.text.clean import clean_html, plain
from curate.text.encoder import Encode
from curate.text.entry_text import NO_TEXTS, EntryTexts
from curate.text.language import reading_minutes
from curate.text.lines import letters_of

ROUNDS = 3  # short-lists that are tried before an issue goes out with fewer items


def choose_lead(picks: Sequence[Pick]) -> Pick:
    """The one that the issue leads with."""
    return lead_of(picks) or picks[0]


def number_picks(picks: Sequence[Pick], must_read: int = 0) -> list[tuple[int, Pick]]:
    """Each pick with its number, as they are printed: the lead is 1, then come the other must-reads; what is left
    follows in its sections' order."""
    first = must_reads_of(picks, must_read)
    above = {pick.key for pick in first}
    return list(enumerate((*first, *(pick for pick in picks if pick.key not in above)), 1))


class Shortlist(NamedTuple):
    """The picks of an issue with their articles, and what became of the others."""

    picks: list[Pick]
    articles: dict[EntryKey, Article]  # with their summaries
    verdicts: list[Verdict]
    lost: list[Failure]  # of these no text could be had; `subject` is the address
    notices: list[Failure]  # why others have but a title, or are gone; `subject` is the source's id


def shortlist(
    picks: Sequence[Pick],
    config: Config,
    fetch: Fetch,
    memory: PageMemory,
    watch: Watch,
    lookback: Lookback,
    encode: Encode | None,
    texts: EntryTexts = NO_TEXTS,
) -> Shortlist:
    """The picks of the issue; one of which no text can be had makes room for the next, and so does one whose page says
    that it is from before what the issue looks back on, and one whose text has no summary, where the next is about as good.

    Where none is left, those come back with their titles alone, but for what is gone.
    """
    articles: dict[EntryKey, Article] = {}
    failures: dict[EntryKey, Failure] = {}
    notices: list[Failure] = []
    bare: set[EntryKey] = set()  # without a summary
    older: list[Verdict] = []
    summed = partial(with_summaries, settings=config.digest, encode=encode)
    allowed = languages_of(config.digest.languages, config.account.language)
    composed = partial(compose, settings=config.digest, topics=config.topics, allowed=allowed, texts=texts)
    for _ in range(ROUNDS):
        chosen, verdicts = composed([p for p in picks if p.key not in failures], bare=bare)
        wanted = [pick.story.lead for pick in chosen if pick.key not in articles]
        if not wanted:
            break
        read, failed, told = read_pages(wanted, config.sources_by_id, fetch, memory, watch)
        articles, failures = articles | read, failures | failed
        notices += told
        picks, aged = settle_dates(picks, articles, memory.complete, lookback)
        older += aged
        articles = summed(articles, picks)
        known, bare = bare, {key for key in articles if not articles[key].summary}
        if failures.keys().isdisjoint(pick.key for pick in chosen) and bare <= known and not aged:
            break  # nobody makes room
    found = Findings(articles, failures, notices)
    short = _settle(chosen, verdicts, picks, found, config.digest.items, composed, summed)
    return short._replace(verdicts=short.verdicts + older)


def _settle(
    chosen: Sequence[Pick],
    verdicts: Sequence[Verdict],
    picks: Sequence[Pick],
    found: Findings,
    items: int,
    compose_again: Callable[[Sequence[Pick]], tuple[list[Pick], list[Verdict]]],
    summed: Callable[[Mapping[EntryKey, Article], Sequence[Pick]], dict[EntryKey, Article]],
) -> Shortlist:
    """What of the last short-list stands, filled up to so many `items` with titles alone, and what became of the rest."""
    articles, failures, notices = found
    settled = {pick.key: pick for pick in picks}
    chosen = [settled[pick.key] for pick in chosen if pick.key in articles and pick.key in settled]
    verdicts = [verdict for verdict in verdicts if verdict.entry.key in settled]
    titles = _titles(picks, failures) if len(chosen) < items else {}
    if titles:
        chosen, verdicts = compose_again([pick for pick in picks if pick.key in articles | titles])
    notices = notices + [replace(failures[key], subject=key.source) for key in titles]
    dropped = [
        (pick, failures[pick.key]) for pick in picks if pick.key in failures and pick.key not in titles
    ]
    lost = [_make_lost_verdict(pick, failure) for pick, failure in dropped]
    others = [failure for _, failure in dropped if not failure.is_gone]
    return Shortlist(chosen, summed(titles, picks) | articles, [*verdicts, *lost], others, notices)


def _titles(picks: Sequence[Pick], failures: Mapping[EntryKey, Failure]) -> dict[EntryKey, Article]:
    """Articles that are no more than their titles, of what failed and is still there."""
    lost = [pick for pick in picks if pick.key in failures and not failures[pick.key].is_gone]
    return {pick.key: Article(pick.story.lead.title, "", by="title") for pick in lost}


def compile_digest(
    picks: Sequence[Pick],
    articles: Mapping[EntryKey, Article],
    config: Config,
    number: int,
    edition: int,
    now: datetime,
    images: Mapping[EntryKey, Image] | None = None,
    sharing: str = "",
    sites: Mapping[str, str] | None = None,
) -> Digest:
    """The issue's content: items numbered through, in sections, with every source named.

    `images` are those kept; `sites` are the sources' own sites, as their documents name them.
    """
    sources = config.sources_by_id
    numbered = number_picks(picks, config.digest.must_read)
    made = {p.key: item_of(n, p, articles[p.key], config, sources) for n, p in numbered}
    shown = {**{key: item.image for key, item in made.items()}, **(images or {})}
    items = {key: replace(cut_piece(item, number, config), image=shown[key]) for key, item in made.items()}
    topics = {topic.id: topic for topic in config.topics}
    sections = tuple(
        _section(topic, topics, config, tuple(items[p.key] for p in group))
        for topic, group in groupby(picks, key=lambda p: p.topic)
    )
    account = config.account
    digest = Digest(
        account=account.name,
        positioning=account.positioning,
        language=account.language,
        timezone=account.timezone,
        number=number,
        date=now.astimezone(account.zone).date(),
        edition=edition,
        lead=items[choose_lead(picks).key],
        sections=sections,
        credits=credits_of(picks, sources, sites or {}),
        minutes=max(1, reading_minutes("\n".join(map(_read_in_post, items.values())))),
        made=now,
        sharing=sharing,
        replies=config.replies,
        style=config.digest.style,
        must_read=len(must_reads_of(picks, config.digest.must_read)) if config.digest.must_read > 1 else 0,
    )
    return replace(digest, headlines=offer_headlines(digest))


def item_of(number: int, pick: Pick, article: Article, config: Config, sources: Mapping[str, Source]) -> Item:
    """Make an item of a pick, with what its article says."""
    entry = pick.story.lead
    body = clean_html(entry.content) if entry.original and not entry.url else ""
    return Item(
        number=number,
        title=entry.title,
        url=article.url or entry.url,
        summary=article.summary,
        source=sources[entry.source].name,
        published=entry.published,
        topic=pick.topic,
        author=entry.author or article.author,
        image=next(iter(entry.images or article.images), None),
        also=tuple(Coverage(sources[e.source].name, e.title, e.url) for e in _other_sources(pick)),
        original=entry.original,
        entry=entry.id,
        source_id=entry.source,
        echo_keys=tuple(merge.entry.key for merge in pick.story.echoes),
        why=say_reasons(pick.why, config.account.language),
        continues=pick.story.continues,
        body=body,
        notice=article.notice,
        length=_measure_original(entry, article),
    )


def _measure_original(entry: Entry, article: Article) -> int:
    """Letters of an original's text; 0 where only a part of it was read."""
    is_part = article.by in ("title", "described") or (article.by == "feed" and not is_whole(article.text))
    return 0 if entry.original or is_part else len(letters_of(article.text))


def _read_in_post(item: Item) -> str:
    return f"{item.title}\n{plain(body_in_post(item)) or item.summary}"


def cut_piece(item: Item, issue: int, config: Config) -> Item:
    """Give an item what a post prints of it, where the account's limit and its site allow to print less than all."""
    limit, site = config.digest.original, config.site
    if not (item.body and limit and site.enabled and site.url):
        return item
    part = cut_beginning(item.body, limit)
    return replace(item, part=part, page=absolute(str(site.url), story(issue, item.number))) if part else item


def _other_sources(pick: Pick) -> list[Entry]:
    """One telling for each other source, and for each page: who passes the lead's own page on tells nothing else."""
    lead = pick.story.lead
    sources, pages = {lead.source}, {lead.url}
    found = []
    for merge in pick.story.echoes:
        entry = merge.entry
        if entry.source not in sources and (not entry.url or entry.url not in pages):
            found.append(entry)
            sources.add(entry.source)
            pages.add(entry.url)
    return found


def _section(name: str, topics: Mapping[str, Topic], config: Config, items: tuple[Item, ...]) -> Section:
    if name == OTHER or name not in topics:
        return Section(OTHER, say(message("other"), config.account.language), "📎", items)
    return Section(name, topics[name].name, topics[name].icon, items)


def credits_of(
    picks: Sequence[Pick], sources: Mapping[str, Source], sites: Mapping[str, str]
) -> tuple[Credit, ...]:
    """Name sources by how many items lead with theirs, then as they come; those that told the same are named too."""
    counts: dict[str, int] = {}
    urls: dict[str, list[str]] = {}
    for pick in picks:
        for entry in (pick.story.lead, *_other_sources(pick)):
            counts[entry.source] = counts.get(entry.source, 0) + (entry is pick.story.lead)
            urls.setdefault(entry.source, []).append(entry.url)
    ordered = sorted(counts, key=lambda name: -counts[name])
    return tuple(
        Credit(sources[name].name, _home(sources[name], sites.get(name, ""), urls[name]), counts[name])
        for name in ordered
    )


def _home(source: Source, site: str, urls: Sequence[str]) -> str:
    """The source's site: the editor's word, the document's, the host of all its items, the host that it is read from.

    A host of one item would be anybody's where a source points to others.
    """
    roots = {site_root(url) for url in urls if url}
    return source.site or site or (roots.pop() if len(roots) == 1 else site_root(source.url or ""))


def _make_lost_verdict(pick: Pick, failure: Failure) -> Verdict:
    why = message("drop.textless", why=failure.message or failure.reason)
    return Verdict(pick.story.lead, False, why, pick.score, pick.topic, pick.why)
