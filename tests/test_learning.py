"""What the night learns about topics is learnt again only when something changed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from curate.config.cross_checks import KnownNames
from curate.config.load import parse
from curate.config.schema import Config
from curate.domain.model import Entry
from curate.pipeline import train_classifier
from curate.sources import READERS
from curate.sources.identity import fingerprint
from curate.storage import Archive
from curate.text.encoder import find_encoder, remember
from curate.topics.classifier import TAUGHT, TopicClassifier
from curate.topics.linear_classifier import pack, teach, unpack
from curate.topics.vectorize import count_grams, read_documents, scale_grams
from tests.nouns import NOW, entry, page
from tests.test_labels import FEEDS, TOPICS, made_up

encoder = find_encoder()
ENCODE = remember(encoder.encode) if encoder else None
ENTRIES = [entry(n, title=title, content="") for n, (title, _) in enumerate(made_up(150))]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    found = Archive("sqlite:///a.db", tmp_path, fingerprint)
    found.add("a", "https://a.example/feed", page(), ENTRIES[:120], NOW)
    return found


@pytest.fixture
def taught(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each classifier was given what an earlier one learnt."""
    found: list[bool] = []
    fit = TopicClassifier.fit

    def spied(self: TopicClassifier, read: object, y: object = None, taught: bytes | None = None) -> object:
        found.append(taught is not None)
        return fit(self, read, y, taught)  # type: ignore[arg-type]

    monkeypatch.setattr(TopicClassifier, "fit", spied)
    return found


def account(text: str = FEEDS) -> Config:
    return parse(text, "feeds.yaml", {}, KnownNames(READERS, (), (), ()))


def learn(archive: Archive, config: Config, days: float = 0, entries: list[Entry] | None = None) -> None:
    read = [*train_classifier.read_before(archive, config), *(entries or [])]
    train_classifier.train_classifier(
        config, archive.labels(), archive.sorters, read, ENCODE, NOW + timedelta(days=days)
    )


def test_what_was_learnt_is_kept_until_labels_or_topics_change(archive: Archive, taught: list[bool]) -> None:
    config = account()
    learn(archive, config)
    learn(archive, config, 1)
    archive.label(ENTRIES[0], "存款利率", "city", NOW)
    learn(archive, config, 1)
    learn(archive, config, 1)
    learn(archive, account(FEEDS.replace("央行, 基金", "央行, 理财")), 1)
    assert taught == [False, True, False, True, False]


def test_it_is_learnt_again_after_a_week_and_when_the_archive_has_grown(
    archive: Archive, taught: list[bool]
) -> None:
    config = account()
    learn(archive, config)
    learn(archive, config, 6, ENTRIES[120:])
    learn(archive, config, 8)
    learn(archive, config, 7)  # by a clock that is behind
    more = [entry(n, title=title, content="") for n, (title, _) in enumerate(made_up(80, seed=2), 500)]
    learn(archive, config, 8, more)
    assert taught == [False, True, False, False, False]


def test_what_is_kept_answers_as_what_was_just_learnt() -> None:
    titles = [title for title, _ in made_up(200)]
    labels = [*([""] * 150), *(topic for _, topic in made_up(200)[150:])]
    read, asked = (
        read_documents(titles, (), ENCODE),
        read_documents(["存款与利率", "站台", "跑分"], (), ENCODE),
    )
    first = TopicClassifier(TOPICS, ENCODE).fit(read, labels)
    again = TopicClassifier(TOPICS, ENCODE).fit(read, labels, first.keep())
    assert set(first.students_) == {"vectors", *TAUGHT}
    # what costs little is learnt anew, from beliefs that are a little other
    assert np.allclose(first.predict_proba(asked), again.predict_proba(asked), atol=0.05)
    students, shares = unpack(pack(first.students_, first.shares_))
    assert np.array_equal(shares, first.shares_)
    assert [student.classes.tolist() for student in students["vectors"]] == [["city", "money", "tech"]] * 3


def test_grams_are_counted_within_words_and_weighed_by_how_rare_they_are() -> None:
    counts = count_grams(["ab", "AB ab", "", "c d"])
    # " a", "a", " ab", "ab", "ab ", "b", "b "; of the last "c", "d", and each with the spaces around it
    assert np.diff(counts.indptr).tolist() == [7, 7, 1, 8]
    assert counts[[1]].data.tolist() == [2.0] * 7
    scale = scale_grams(counts)
    rows = scale.weigh(counts)
    assert len(scale.columns) == 7
    assert np.allclose(rows.power(2).sum(axis=1), [1, 1, 0, 0])
    assert count_grams([]).shape[0] == 0


def test_few_grams_share_a_column() -> None:
    letters = [chr(0x4E00 + n) for n in range(15_000)]
    grams = 4 * len(letters)  # each alone, with the space before it, behind it, and with both
    assert len(np.unique(count_grams(letters).indices)) > 0.97 * grams


def test_grams_of_labels_tell_apart_what_vectors_do_not() -> None:
    chance = np.random.default_rng(0)
    words = {"east": "港桥", "west": "茶窑"}
    drawn = [
        (name, "".join(chance.choice([*word, *"的一是在"], 6)))
        for name, word in words.items()
        for _ in range(60)
    ]
    read = read_documents([text for _, text in drawn])
    y = np.array([name for name, _ in drawn])
    seen = np.arange(len(y)) % 3 != 0
    student = teach("grams", read.take(np.flatnonzero(seen)), y[seen])
    said = student.log_proba(read.take(np.flatnonzero(~seen)), student.classes)
    has_word = np.array([any(c in "港桥茶窑" for c in text) for _, text in drawn])[~seen]
    assert (student.classes[said.argmax(axis=1)] == y[~seen])[has_word].mean() > 0.95
