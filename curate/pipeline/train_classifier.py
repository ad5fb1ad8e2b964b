"""Tonight's classifier of topics: from the topics' words, what the archive holds, and what the editor has labeled.

What takes long is learnt anew only when something changed, and kept in the archive.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from curate import __version__
from curate.config.schema import Config
from curate.domain.model import Entry
from curate.ranking.reader_languages import is_foreign, languages_of
from curate.storage.classifiers import Sorter, Sorters
from curate.text.encoder import Encode, find_encoder
from curate.text.entry_text import NO_TEXTS, EntryTexts, text_of
from curate.topics.classifier import TAUGHT, UNLABELED, TopicClassifier
from curate.topics.vectorize import COLUMN_BITS, read_documents

if TYPE_CHECKING:
    from curate.storage import Archive, Label

LEARNT = 2_000  # entries of the archive that topics are learnt from, the newest
# What the account reads changes slowly, and students judge what they have not seen as well; after a week the news has
# other words. A young archive grows fast, and more to learn from is worth more than the time.
STALE = timedelta(days=7)
GROWN = 1.5


def read_before(archive: Archive, config: Config) -> list[Entry]:
    """The archive's newest entries, but for those in languages that no issue takes."""
    allowed = languages_of(config.digest.languages, config.account.language)
    return [entry for entry in archive.newest(LEARNT) if not is_foreign(entry, allowed)]


def train_classifier(
    config: Config,
    labels: Sequence[Label],
    sorters: Sorters,
    entries: Sequence[Entry],
    encode: Encode | None,
    now: datetime,
    texts: EntryTexts = NO_TEXTS,
) -> TopicClassifier:
    """A classifier made of these entries, the later of two with one key, and of what the editor labeled; what it learnt
    is kept among the `sorters`. `texts` are the entries', as far as they are made."""
    names = {name: source.name for name, source in config.sources_by_id.items()}
    whole = {entry.key: entry for entry in entries}
    for label in labels:
        whole.pop(label.key, None)
    read = read_documents(
        [*(text_of(entry, texts).gist for entry in whole.values()), *(label.text for label in labels)],
        [names.get(name, "") for name in (*(e.source for e in whole.values()), *(e.source for e in labels))],
        encode,
    )
    digest = _digest(config, labels, encode)
    before = sorters.find(digest)
    taught = before.learnt if before and _is_fresh(before, len(read), now) else None
    answers = [*([UNLABELED] * len(whole)), *(label.topic for label in labels)]
    classifier = TopicClassifier(config.topics, encode).fit(read, answers, taught)
    if taught is None and config.topics:
        sorters.keep(digest, Sorter(now, len(read), classifier.keep()))
    return classifier


def _digest(config: Config, labels: Sequence[Label], encode: Encode | None) -> str:
    """Of all that a sorter hangs on, but for what the archive holds."""
    encoder = find_encoder() if encode else None
    said = [
        __version__,
        encoder.id if encoder else "",
        [
            COLUMN_BITS,
            *TAUGHT,
        ],  # a student of other columns, or beside others, is no student of this classifier
        [topic.model_dump(mode="json") for topic in config.topics],
        [(label.source, label.id, label.text, label.topic) for label in labels],
    ]
    return hashlib.sha1(json.dumps(said).encode(), usedforsecurity=False).hexdigest()


def _is_fresh(sorter: Sorter, documents: int, now: datetime) -> bool:
    """Whether a sorter was learnt of late, by no clock that was ahead, from not much less than there is now."""
    return timedelta() <= now - sorter.made < STALE and documents < GROWN * sorter.documents
