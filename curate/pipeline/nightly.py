"""The night, on one page.

    feeds.yaml -> sources -> pages -> entries -> (new) -> stories -> topics -> ranked -> short-list
               -> article pages of the short-list only -> articles -> digest -> posts

    ingest.py   sources .. new entries        curation/   stories .. short-list
    assemble.py     short-list .. digest          render/     digest .. posts
    illustrate.py   the pictures of what is in the issue, and its covers

Everything that touches the world comes in through `Doors`; `now` is the night's only time. The night returns
an Issue and writes none of it: the caller puts it in place, and only then has the archive remember it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from curate.adverts.detect import judge_adverts, with_marks
from curate.audience.closing_lines import next_line
from curate.config.schema import OTHER, Config
from curate.desk.offers import Offer
from curate.domain.model import UNREAD, Entry, EntryKey, Failure, Issue, Outcome, Pick, Story, Verdict
from curate.pipeline.assemble import choose_lead, compile_digest, shortlist
from curate.pipeline.collect_offers import offers_of
from curate.pipeline.editor_choices import editor_preferences, name_levels
from curate.pipeline.embedding import account_encoder
from curate.pipeline.illustrate import cover, illustrate
from curate.pipeline.ingest import ingest
from curate.pipeline.ports import Doors, Watch
from curate.pipeline.recency import recent
from curate.pipeline.source_outcome import with_notices
from curate.pipeline.title_entries import title_entries
from curate.pipeline.train_classifier import learn, read_before
from curate.ranking.block import part_blocked
from curate.ranking.positioning import measure_closeness
from curate.ranking.reader_languages import is_foreign, languages_of, led_in_language
from curate.ranking.signals import Context, score, signals
from curate.render import render
from curate.render.channels.email import size_notes
from curate.render.theme import cover_ground
from curate.sources.notices import without_notices
from curate.stories.bulletins import find_bulletins
from curate.stories.document_frequency import DocumentFrequency
from curate.stories.merge import merge
from curate.topics.assign import assign_topics

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from curate.audience.evidence import Evidence
    from curate.domain.model import Reason
    from curate.ranking.editor_preferences import Preferences
    from curate.storage import Archive
    from curate.text.encoder import Encode
    from curate.topics.assign import Guess

MEMORY = timedelta(days=7)  # for how long a story that was told stays told
READ = 4_000  # titles that tell which words are common, and what a source repeats


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
    outcomes = ingest(config, doors, watch, now, config.network.fresh)
    names = [source.id for source in config.sources if source.enabled]
    since = now - config.digest.lookback
    if Night(None, outcomes).unread or not doors.archive.news(since, names, now):
        return Night(None, outcomes)
    candidates, hollow = without_notices(doors.archive.candidates(since, names, now))
    candidates, blocked = part_blocked(candidates, config.block)
    candidates, foreign = parted_by_language(candidates, config)
    entries, unusable = title_entries([*candidates, *foreign], config, doors, watch)
    entries, older = recent(entries, doors.archive, since, config.account)
    readers = responses(doors.archive, config, now)
    picks, judged = judge(
        entries, config, doors, watch, now, readers, frozenset(entry.key for entry in foreign)
    )
    encode = account_encoder(doors.archive, now)
    chosen, articles, composed, lost, notices = shortlist(picks, config, doors, watch, since, encode)
    verdicts = (*composed, *judged, *unusable, *older, *blocked)
    outcomes = with_notices(outcomes, (*hollow, *notices), config)
    if not chosen:
        return Night(None, outcomes, verdicts, tuple(lost))
    pictures = illustrate(chosen, choose_lead(chosen), articles, config, doors, watch)
    with watch.stage("posts", len(config.channels)) as counter:
        number, edition = (
            doors.archive.next_number(),
            doors.edition(now.astimezone(config.account.zone).date()),
        )
        line = next_line(config.look.sharing, readers, number)
        digest = compile_digest(
            chosen, articles, config, number, edition, now, pictures.images, line, doors.archive.sites()
        )
        digest, covers = cover(digest, pictures, cover_ground(doors.templates, config.look))
        files, refused = render(digest, config.channels, doors.templates, config.look)
        counter.advance(len(config.channels) - len(refused))
        notes = size_notes(digest, files, doors.templates, config.look)
    issue = Issue(digest, {**pictures.files, **covers, **files}) if files else None
    offers = offers_of(picks, {pick.key for pick in chosen}, verdicts, config)
    return Night(issue, outcomes, verdicts, (*lost, *pictures.failures, *notes), refused, offers)


def judge(
    entries: list[Entry],
    config: Config,
    doors: Doors,
    watch: Watch,
    now: datetime,
    readers: Evidence | None = None,
    foreign: AbstractSet[EntryKey] = frozenset(),
) -> tuple[list[Pick], list[Verdict]]:
    """Entries as stories with topic and score, best first; and what became of those that lead no story.

    `foreign` are those that no issue takes for their language: they are merged by their words and ranked, but what they
    mean, sell and belong to is not asked.
    """
    sources = {source.id: source for source in config.sources}
    account, settings = config.account, config.digest
    with watch.stage("stories") as counter:
        encode = account_encoder(doors.archive, now)
        read = doors.archive.headlines(READ)
        stories, merged = merge_entries(entries, config, doors, now, encode, read, foreign)
        allowed = languages_of(settings.languages, account.language)
        stories, merged = led_in_language(stories, merged, allowed)
        counter.advance(len(stories))
    with watch.stage("topics") as counter:
        readable = [entry for entry in entries if entry.key not in foreign]
        known = read_before(config, doors.archive)
        classifier = learn(config, doors.archive, readable, encode, now, known)
        labels = {label.key: label.topic for label in doors.archive.labels()}
        leads = [story.lead for story in stories if story.lead.key not in foreign]
        found = assign_topics(leads, sources, classifier, labels)
        guesses = dict(zip([lead.key for lead in leads], found, strict=True))
        counter.advance(len(guesses))
    with watch.stage("rank") as counter:
        judged = judge_adverts(leads, encode, [*known, *readable])
        editor = editor_preferences(doors.archive, config)
        adverts = with_marks(judged, doors.archive.advert_marks())
        picks = rank(stories, guesses, adverts, config, now, encode, readers, read, editor)
        counter.advance(len(picks))
    return picks, merged


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
) -> list[Pick]:
    """Stories with their topics and scores, the best first. `guesses` and `adverts` say what leads are about, and how
    likely they are adverts; `read` are source and title of all read of late."""
    account, leads = config.account, [story.lead for story in stories]
    judged = [lead for lead in leads if lead.key in guesses]
    context = Context(
        now,
        account,
        {source.id: source for source in config.sources},
        config.digest.lookback,
        config.digest.weights,
        {name: guess.topic for name, guess in guesses.items()},
        adverts,
        measure_closeness(judged, account, encode),
        find_bulletins(leads, read),
        readers,
        editor,
        name_levels(config),
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


def parted_by_language(entries: Sequence[Entry], config: Config) -> tuple[list[Entry], list[Entry]]:
    """The entries that an issue may take for their language, and the others."""
    allowed = languages_of(config.digest.languages, config.account.language)
    parts: tuple[list[Entry], list[Entry]] = [], []
    for entry in entries:
        parts[is_foreign(entry, allowed)].append(entry)
    return parts


def _place_guess(guess: Guess | None) -> tuple[str, float]:
    """A topic, and how sure that is."""
    return (guess.topic, guess.confidence) if guess else (OTHER, 0.0)


def merge_entries(
    entries: list[Entry],
    config: Config,
    doors: Doors,
    now: datetime,
    encode: Encode | None,
    read: Sequence[tuple[str, str]] = (),
    foreign: AbstractSet[EntryKey] = frozenset(),
) -> tuple[list[Story], list[Verdict]]:
    """Tonight's entries and those told of late as stories; and what became of those that lead none."""
    archive = doors.archive
    since = now - MEMORY - config.digest.lookback
    return merge(
        entries,
        archive.list_told(since),
        places=archive.places(since),
        never=archive.apart(),
        together=archive.together(),
        spread=doors.map,
        read=DocumentFrequency.of_titles([title for _, title in read]),
        encode=encode,
        wordwise=foreign,
    )


def responses(archive: Archive, config: Config, now: datetime) -> Evidence | None:
    """What readers did with earlier issues; None, at the cost of one look, where nothing was imported."""
    record = archive.readership()
    if not record.figures:
        return None
    from curate.audience.evidence import WINDOW  # with SciPy's optimizers, which take half a second to load
    from curate.audience.evidence import learn as learn_readers
    from curate.audience.posts import readership

    today = now.astimezone(config.account.zone).date()
    return learn_readers(readership(record, archive.list_issued(today - WINDOW)), today)
