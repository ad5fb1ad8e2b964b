"""What an account remembers, read once before a night judges: judging asks the archive nothing more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from curate.audience.model import WINDOW
from curate.config.schema import Config
from curate.domain.model import Entry, EntryKey, IssuePlace
from curate.pipeline.editor_choices import editor_preferences
from curate.pipeline.embedding import account_encoder
from curate.pipeline.train_classifier import LEARNT
from curate.ranking.editor_preferences import Preferences
from curate.text.encoder import Encode

if TYPE_CHECKING:
    from curate.audience.evidence import Evidence
    from curate.storage import Archive, Label
    from curate.storage.classifiers import Sorters

TOLD = timedelta(days=7)  # for how long a story that was told stays told
TITLES = 4_000  # titles that tell which words are common, and what a source repeats


@dataclass(frozen=True, slots=True)
class Memory:
    """What earlier nights and the editor have left."""

    titles: Sequence[tuple[str, str]]  # source and title of what was read of late
    read: Sequence[Entry]  # the newest of it, published or not
    told: Sequence[Entry]  # of earlier issues
    places: Mapping[EntryKey, IssuePlace]  # where they stood
    apart: AbstractSet[frozenset[EntryKey]]  # what the editor split
    together: AbstractSet[frozenset[EntryKey]]  # what the editor merged
    labels: Sequence[Label]  # which topic the editor said
    advert_marks: Mapping[EntryKey, bool]  # what the editor said sells
    editor: Preferences  # what the editor kept and dropped
    encode: Encode | None  # makes vectors of texts, each once; None in an installation without an encoder
    sorters: Sorters  # what classifiers of topics learnt, and where to keep it


def recall(archive: Archive, config: Config, now: datetime) -> Memory:
    """Read all of it."""
    since = now - TOLD - config.digest.lookback
    return Memory(
        titles=archive.headlines(TITLES),
        read=archive.newest(LEARNT),
        told=archive.list_told(since),
        places=archive.places(since),
        apart=archive.apart(),
        together=archive.together(),
        labels=archive.labels(),
        advert_marks=archive.advert_marks(),
        editor=editor_preferences(archive, config),
        encode=account_encoder(archive.vectors, now),
        sorters=archive.sorters,
    )


def reader_evidence(archive: Archive, config: Config, now: datetime) -> Evidence | None:
    """What readers did with earlier issues, and asked for; None, at the cost of two looks, where nothing is known."""
    today = now.astimezone(config.account.zone).date()
    record, requests = archive.readership(), archive.requests(today - WINDOW)
    if not record.figures and not requests:
        return None
    from curate.audience.evidence import learn  # SciPy's optimizers take half a second to load
    from curate.audience.posts import readership
    from curate.audience.requests import total_by_number

    found = readership(record, archive.list_issued(today - WINDOW))
    return learn(found, today, total_by_number(requests))
