"""The night, on one page.

    feeds.yaml -> sources -> pages -> entries -> (new) -> stories -> topics -> ranked -> short-list
               -> article pages of the short-list only -> articles -> digest -> posts

Everything that touches the world comes in through `Doors`, and each step takes those that it uses; `now` is the night's
only time. Judging is pure: what it hangs on is read before (`memory.py`). The night returns an Issue and writes none of
it: the caller puts it in place, and only then has the archive remember it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from curate.adverts.detect import judge_adverts, with_marks
from curate.audience.closing_lines import next_line
from curate.config.schema import OTHER, Config
from curate.desk.offers import Offer
from curate.domain.mapping import Map
from curate.domain.model import UNREAD, Digest, Entry, EntryKey, Failure, Issue, Outcome, Pick, Story, Verdict
from curate.i18n.catalogue import say_failures
from curate.pipeline.assemble import choose_lead, compile_digest, shortlist
from curate.pipeline.collect_offers import offers_of
from curate.pipeline.editor_choices import name_levels
from curate.pipeline.illustrate import cover, illustrate
from curate.pipeline.memory import Memory, reader_evidence, recall
from curate.pipeline.ports import Doors, Watch
from curate.pipeline.reading.ingest import documents_door, ingest
from curate.pipeline.reading.source_outcome import with_notices
from curate.pipeline.recency import Lookback, recent
from curate.pipeline.title_entries import title_entries
from curate.pipeline.train_classifier import train_classifier
from curate.ranking.block import part_blocked
from curate.ranking.positioning import measure_closeness
from curate.ranking.reader_languages import find_foreign, languages_of, led_in_language
from curate.ranking.signals import Context, score, signals
from curate.render import render
from curate.render.channels.email import size_notes
from curate.render.theme import cover_ground
from curate.sources.notices import without_notices
from curate.sources.unlisted import find_unlisted, with_unlisted
from curate.stories.bulletins import find_bulletins
from curate.stories.document_frequency import DocumentFrequency
from curate.stories.merge import merge
from curate.text.entry_text import NO_TEXTS, EntryTexts, read_entries
from curate.topics.assign import assign_topics

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from curate.audience.evidence import Evidence
    from curate.domain.model import Reason
    from curate.ranking.editor_preferences import Preferences
    from curate.storage import Archive
    from curate.text.encoder import Encode
    from curate.topics.assign import Guess


@dataclass(frozen=True, slots=True)
class Night:
    """What a night came to. Without an issue, `outcomes` and `verdicts` say why."""

    issue: Issue | None
    outcomes: tuple[Outcome, ...]
    verdicts: tuple[Verdict, ...] = ()
    failures: tuple[Failure, ...] = ()
    refused: tuple[Failure, ...] = ()  # channels that refused their own output
    offers: tuple[Offer, ...] = ()  # what it had, with the issue's own

    @property
    def unread(self) -> bool:
        """Whether not one source could be read."""
        return all(outcome.status in UNREAD for outcome in self.outcomes)


def night(config: Config, doors: Doors, watch: Watch, now: datetime) -> Night:
    """Read, judge, edit and render one issue. Deterministic for the same documents, archive and `now`."""
    archive, fetch = doors.archive, doors.fetch
    language = config.account.language
    read, fresh = documents_door(doors), config.network.fresh
    outcomes = ingest(config, read, doors.folder, archive, watch, now, fresh, before=doors.outcomes)
    names = [source.id for source in config.sources if source.enabled]
    since = now - config.digest.lookback
    if Night(None, outcomes).unread or not archive.news(since, names, now):
        return Night(None, outcomes)
    parked, config = take_parked(archive, config, now)
    lookback = Lookback(since, config.account.zone, frozenset(entry.key for entry in parked))
    found, sources = [*archive.candidates(since, names, now), *parked], config.sources_by_id
    texts = read_entries(found)
    entries, hollow = without_notices(found, texts)
    entries, blocked = part_blocked(entries, config.block)
    entries, unusable = title_entries(entries, sources, fetch, archive.complete, watch)
    entries, older = recent(entries, archive.first_read, lookback)
    readers = reader_evidence(archive, config, now)
    memory, texts = recall(archive, config, now), read_entries(entries, texts)
    picks, judged = judge(entries, config, memory, watch, now, readers, texts, doors.map)
    chosen, articles, composed, lost, notices = shortlist(
        picks, config, fetch, archive, watch, lookback, memory.encode, texts
    )
    verdicts = (*composed, *judged, *unusable, *older, *blocked)
    outcomes = with_notices(outcomes, (*hollow, *notices), config)
    if not chosen:
        return Night(None, outcomes, verdicts, say_failures(lost, language))
    lead, shown = choose_lead(chosen), config.digest
    pictures = illustrate(chosen, lead, articles, shown.images, sources, fetch, watch, shown.must_read)
    with watch.stage("posts", len(config.channels)) as counter:
        number = archive.next_number()
        edition = doors.edition(now.astimezone(config.account.zone).date())
        line = next_line(config.look.sharing, readers, number)
        digest = compile_digest(
            chosen, articles, config, number, edition, now, pictures.images, line, archive.sites()
        )
        digest, covers = cover(digest, pictures, cover_ground(doors.templates, config.look))
        files, refused = _render_posts(digest, config, doors)
        counter.advance(len(config.channels) - len(refused))
        notes = size_notes(digest, files, doors.templates, config.look)
    issue = Issue(digest, {**pictures.files, **covers, **files}) if files else None
    offers = offers_of(picks, {pick.key for pick in chosen}, verdicts, config)
    failures = say_failures((*lost, *pictures.failures, *notes), language)
    return Night(issue, outcomes, verdicts, failures, refused, offers)


def take_parked(archive: Archive, config: Config, now: datetime) -> tuple[list[Entry], Config]:
    """What the editor parked, and the settings with the sources of pasted pages and of sources that went, if it has such."""
    off = {source.id for source in config.sources if not source.enabled}
    parked = archive.list_parked(off, now)
    names = archive.desk.name_parked(find_unlisted(parked, config))
    return parked, with_unlisted(config, parked, names)


def _render_posts(
    digest: Digest, config: Config, doors: Doors
) -> tuple[dict[str, bytes], tuple[Failure, ...]]:
    links, checked = doors.links(digest), doors.check(digest)
    return render(digest, config.channels, doors.templates, config.look, links=links, checked=checked)


def judge(
    entries: Sequence[Entry],
    config: Config,
    memory: Memory,
    watch: Watch,
    now: datetime,
    readers: Evidence | None = None,
    texts: EntryTexts = NO_TEXTS,
    spread: Map = map,
) -> tuple[list[Pick], list[Verdict]]:
    """Entries as stories with topic and score, best first; and what became of those that lead no story.

    Those that no issue takes for their language are merged by their words and ranked, but what they mean, sell and
    belong to is not asked.
    """
    tonight = read_candidates(entries, config, memory, texts)
    with watch.stage("stories") as counter:
        stories, merged = merge_stories(tonight, memory, spread)
        counter.advance(len(stories))
    leads = [story.lead for story in stories if story.lead.key not in tonight.foreign]
    with watch.stage("topics") as counter:
        guesses = guess_topics(leads, tonight, config, memory, now)
        counter.advance(len(guesses))
    with watch.stage("rank") as counter:
        judged = judge_adverts(leads, memory.encode, tonight.readable, tonight.texts)
        adverts = with_marks(judged, memory.advert_marks)
        picks = rank(
            stories,
            guesses,
            adverts,
            config,
            now,
            memory.encode,
            readers,
            memory.titles,
            memory.editor,
            tonight.texts,
        )
        counter.advance(len(picks))
    return picks, merged


class Candidates(NamedTuple):
    """Tonight's entries as judging reads them."""

    entries: Sequence[Entry]
    texts: EntryTexts  # theirs, and those of what is remembered
    foreign: frozenset[EntryKey]  # of those that no issue takes for their language
    readable: Sequence[Entry]  # what is remembered and tonight's, but for what no issue takes


def read_candidates(
    entries: Sequence[Entry], config: Config, memory: Memory, texts: EntryTexts = NO_TEXTS
) -> Candidates:
    """Read the entries beside what is remembered; `texts` are those that are made already."""
    allowed = languages_of(config.digest.languages, config.account.language)
    texts = read_entries((*memory.read, *memory.told, *entries), texts)
    every = (*memory.read, *entries)
    foreign = find_foreign(every, allowed, texts)
    readable = [entry for entry in every if entry.key not in foreign]
    return Candidates(entries, texts, foreign & {entry.key for entry in entries}, readable)


def merge_stories(
    tonight: Candidates, memory: Memory, spread: Map = map
) -> tuple[list[Story], list[Verdict]]:
    """Tonight's entries and those told of late as stories; and what became of those that lead none."""
    stories, merged = merge(
        tonight.entries,
        memory.told,
        places=memory.places,
        never=memory.apart,
        together=memory.together,
        spread=spread,
        read=DocumentFrequency.of_titles([title for _, title in memory.titles]),
        encode=memory.encode,
        wordwise=tonight.foreign,
        texts=tonight.texts,
    )
    return led_in_language(stories, merged, tonight.foreign)


def guess_topics(
    leads: Sequence[Entry], tonight: Candidates, config: Config, memory: Memory, now: datetime
) -> dict[EntryKey, Guess]:
    """What each lead is about, by a classifier that was made of what the account reads."""
    texts, labels = tonight.texts, {label.key: label.topic for label in memory.labels}
    classifier = train_classifier(
        config, memory.labels, memory.sorters, tonight.readable, memory.encode, now, texts
    )
    found = assign_topics(leads, config.sources_by_id, classifier, labels, texts)
    return dict(zip([lead.key for lead in leads], found, strict=True))


def rank(
    stories: Sequence[Story],
    guesses: Mapping[EntryKey, Guess],
    adverts: Mapping[EntryKey, Reason],
    config: Config,
    now: datetime,
    encode: Encode | None,
    readers: Evidence | None,
    read: Sequence[tuple[str, str]] = (),
    editor: Preferences | None = None,
    texts: EntryTexts = NO_TEXTS,
) -> list[Pick]:
    """Stories with their topics and scores, the best first. `guesses` and `adverts` say what leads are about, and how
    likely they are adverts; `read` are source and title of all read of late."""
    account, names, leads = config.account, name_levels(config), [story.lead for story in stories]
    judged = [lead for lead in leads if lead.key in guesses]
    context = Context(
        now,
        account,
        config.sources_by_id,
        config.digest.lookback,
        config.digest.weights,
        {name: guess.topic for name, guess in guesses.items()},
        adverts,
        measure_closeness(judged, account, encode, texts),
        find_bulletins(leads, read),
        readers,
        editor,
        names,
        texts,
    )
    table = signals()
    picks = [
        Pick(
            story,
            *_place_guess(guesses.get(story.lead.key)),
            *score(story, context, table),
            advert=adverts.get(story.lead.key),
        )
        for story in stories
    ]
    return sorted(picks, key=lambda p: (-p.score, *p.story.lead.key))


def _place_guess(guess: Guess | None) -> tuple[str, float]:
    """A topic, and how sure that is."""
    return (guess.topic, guess.confidence) if guess else (OTHER, 0.0)
