"""Accounts of a fleet share what is read, and nothing else: in every database the same as each would have alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from curate.domain.errors import ArchiveError
from curate.domain.model import EntryKey
from curate.sources.identity import fingerprint
from curate.storage import Archive, Health
from curate.storage.fleet import FleetArchive, FleetPlace, open_web
from curate.storage.fleet.completions import take_completions
from curate.storage.fleet.move import leave_web
from curate.storage.fleet.retention import empty_bodies
from tests.fleet_samples import archives, fleet_place, open_account
from tests.nouns import NOW, digest, entry, item, page

SINCE = NOW - timedelta(days=3)
HOUR = timedelta(hours=1)


@pytest.fixture
def place(database: str, tmp_path: Path) -> Iterator[FleetPlace]:
    with fleet_place(database, tmp_path) as found:
        yield found


@pytest.fixture
def two(place: FleetPlace) -> Iterator[list[FleetArchive]]:
    """An account that calls the shared source a and has a private one, and one that calls it b."""
    accounts = {"one": {"a": "shared", "own": "secret"}, "two": {"b": "shared"}}
    with archives(place, accounts) as opened:
        yield opened


def titles(archive: Archive, *sources: str) -> list[str]:
    return [each.title for each in archive.candidates(SINCE, sources, NOW)]


def test_what_one_account_reads_the_other_has_under_its_own_name(two: list[FleetArchive]) -> None:
    one, other = two
    assert one.add("a", "https://a.example/feed", page(), [entry(1), entry(2)], NOW) == 2
    assert other.add("b", "https://a.example/feed", page(), [entry(1, source="b")], NOW) == 0
    assert [each.key for each in other.candidates(SINCE, ["b"], NOW)] == [("b", "id-2"), ("b", "id-1")]
    assert list(other.documents(NOW)) == [("b", "https://a.example/feed")]
    assert other.news(SINCE, ["b"], NOW) == 2


def test_no_account_sees_a_source_that_it_does_not_have(two: list[FleetArchive]) -> None:
    one, other = two
    secret = entry(1, source="own", title="密信", url="https://secret.example/?key=1")
    one.add("own", secret.url, page(), [secret], NOW)
    one.note([Health("own", secret.url, reason="密信"), Health("", "", reason="断网")])
    assert titles(one, "own") == ["密信"]
    assert one.health().keys() == {("own", secret.url), ("", "")}
    assert (other.candidates(SINCE, ["own", "secret", "b"], NOW), other.newest(9), other.headlines(9)) == (
        [],
        [],
        [],
    )
    assert (other.find(secret.url), other.at(secret.url), other.documents(NOW), other.health()) == (
        [],
        [],
        {},
        {},
    )
    assert other.entry_of(EntryKey("own", "id-1")) is None
    assert list(other.contents(SINCE, NOW)) == []
    assert (other.first_seen(), other.days(NOW), other.weekly(NOW, 4), other.sites()) == ({}, {}, {}, {})


def test_what_is_published_and_said_is_each_account_s_own(two: list[FleetArchive]) -> None:
    one, other = two
    one.add("a", "u", page(), [entry(1), entry(2)], NOW)
    told = digest(items=(item(1, echo_keys=()),))
    one.record(told, "first")
    one.label(entry(2), "text", "ai", NOW)
    one.keep_apart(EntryKey("a", "id-1"), EntryKey("a", "id-2"), NOW)
    one.mark_advert(entry(2), "text", True, NOW)
    assert titles(one, "a") == [entry(2).title]
    assert titles(other, "b") == [entry(2).title, entry(1).title]
    assert [each.title for each in one.list_told(SINCE)] == [entry(1).title]
    assert one.places(SINCE).keys() == {("a", "id-1")}
    assert one.apart() == {frozenset({("a", "id-1"), ("a", "id-2")})}
    assert one.newest(9, unlabeled=True) == [each for each in one.newest(9) if each.id == "id-1"]
    assert (other.list_told(SINCE), other.apart(), other.labels(), other.advert_marks()) == (
        [],
        frozenset(),
        [],
        {},
    )


def test_what_came_in_one_second_stands_as_it_would_for_the_account_alone(
    place: FleetPlace, tmp_path: Path
) -> None:
    every = [entry(n, source=s, published=NOW - HOUR) for n in range(30) for s in ("a", "b")]
    sources = {"a": "shared-1", "b": "shared-2"}
    with (
        archives(place, {"one": sources}) as (one,),
        Archive("sqlite:///alone.db", tmp_path, fingerprint) as alone,
    ):
        for archive in (one, alone):
            for source in sources:
                archive.add(source, source, page(), [each for each in every if each.source == source], NOW)
        assert one.candidates(SINCE, list(sources), NOW) == alone.candidates(SINCE, list(sources), NOW)
        assert one.newest(17) == alone.newest(17)
        assert one.headlines(23) == alone.headlines(23)


def test_what_a_page_says_is_seen_by_all_from_the_next_reading_on(two: list[FleetArchive]) -> None:
    one, other = two
    one.add("a", "u", page(), [entry(1, title="")], NOW)
    one.complete(entry(1, title="页面上的标题"))
    assert titles(one, "a") == titles(other, "b") == [""]
    assert take_completions(one._web.engine) == 1
    assert titles(one, "a") == titles(other, "b") == ["页面上的标题"]
    assert take_completions(one._web.engine) == 0


def test_an_archive_that_was_alone_enters_with_all_that_it_had_and_leaves_again(
    place: FleetPlace, tmp_path: Path
) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    entries = [entry(n) for n in range(1, 5)]
    with Archive("sqlite:///archive.db", folder, fingerprint) as alone:
        alone.add("a", "u", page(etag="e"), entries, NOW)
        alone.record(digest(items=(item(1, echo_keys=()),)), "first")
        alone.label(entry(2), "text", "ai", NOW)
        alone.keep_together(EntryKey("a", "id-3"), EntryKey("a", "id-2"), NOW)
        before = facts(alone)
    with open_web(place, fingerprint) as web:
        with open_account(place, web, "one", {"a": "shared"}) as one:
            assert facts(one) == before
            assert one.add("a", "u", page(), [entry(1), entry(9)], NOW) == 1
        with (
            open_account(place, web, "one", {"a": "shared"}) as one,
            open_account(place, web, "two", {"b": "shared"}) as other,
        ):
            assert titles(other, "b") == [each.title for each in reversed([*entries, entry(9)])]
            after = facts(one)
            plain = Archive(place.address_of_account("one", "sqlite:///archive.db"), folder, fingerprint)
            leaving = plain if place.is_file else Archive("sqlite:///archive.db", folder, fingerprint)
            with plain, leaving:
                leave_web(plain.engine, web.engine, leaving.engine)
                assert facts(leaving) == after
            assert len(titles(other, "b")) == 5
    copies = [path.name for path in folder.iterdir() if path.suffix == ".bak"]
    assert copies == (["archive.db.alone.bak"] if place.is_file else [])


def facts(archive: Archive) -> tuple[object, ...]:
    return (
        archive.newest(99),
        archive.list_told(SINCE),
        archive.places(SINCE),
        archive.labels(),
        archive.together(),
        archive.documents(NOW),
        archive.issue(1),
    )


def test_a_source_with_another_address_does_not_bring_again_what_was_told(place: FleetPlace) -> None:
    with open_web(place, fingerprint) as web:
        with open_account(place, web, "one", {"a": "old"}) as one:
            one.add("a", "u", page(), [entry(1), entry(2)], NOW)
            one.record(digest(items=(item(1, echo_keys=()),)), "first")
            one.label(entry(2), "text", "ai", NOW)
        with open_account(place, web, "one", {"a": "new"}) as one:
            one.add("a", "v", page(), [entry(1), entry(2), entry(3)], NOW)
            assert titles(one, "a") == [entry(3).title, entry(2).title]
            assert [each.title for each in one.list_told(SINCE)] == [entry(1).title]
            assert [each.key for each in one.labels()] == [("a", "id-2")]


def test_a_pasted_page_is_its_account_s_alone(two: list[FleetArchive]) -> None:
    one, other = two
    pasted = entry(1, source="pasted.example", url="https://pasted.example/1")
    one.add("pasted.example", pasted.url, page(), [pasted], NOW)
    assert one.find(pasted.url) == [pasted]
    assert one.entry_of(pasted.key) == pasted
    assert other.find(pasted.url) == []


def test_one_account_prunes_nothing_of_the_others(two: list[FleetArchive]) -> None:
    with pytest.raises(ArchiveError):
        two[0].prune(NOW)


def test_vectors_and_robots_are_everyone_s(two: list[FleetArchive]) -> None:
    one, other = two
    one.vectors.keep("encoder", {"text": b"12"}, NOW)
    assert other.vectors.find("encoder", ["text", "more"]) == {"text": b"12"}


def test_each_account_is_held_by_itself(two: list[FleetArchive]) -> None:
    one, other = two
    with one.hold(), other.hold(), pytest.raises(ArchiveError), one.hold():
        pass


def test_an_older_telling_of_a_title_stays_known(two: list[FleetArchive]) -> None:
    one, other = two
    first = entry(1)
    one.add("a", "u", page(), [first], NOW)
    later = replace(first, source="b", title="改过的标题")
    other.add("b", "u", page(), [later], NOW + HOUR)
    assert [each.title for each in one.candidates(SINCE, ["a"], NOW + HOUR)] == ["改过的标题"]


def test_an_account_finds_its_newest_among_the_many_of_others(place: FleetPlace) -> None:
    """By spans of days, the last of which is all that it has."""
    every = [entry(n, published=NOW - timedelta(days=n * n)) for n in range(1, 25)]
    with archives(place, {"one": {"a": "w1"}, "two": {"b": "w2"}}) as (one, other):
        one.add("a", "u", page(), every, NOW)
        other.add("b", "u", page(), [replace(each, source="b") for each in every[:3]], NOW)
        for limit in (1, 3, 7, 24, 99):
            assert [each.id for each in one.newest(limit)] == [each.id for each in every[:limit]]
        assert len(other.headlines(9)) == 3


def test_texts_go_little_by_little_and_their_entries_stay(
    two: list[FleetArchive], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("curate.storage.fleet.retention.STEP", 3)
    one, _ = two
    one.add("a", "u", page(), [entry(n, published=NOW - timedelta(days=n)) for n in range(10)], NOW)
    one.vectors.keep("encoder", {"text": b"12"}, NOW - timedelta(days=9))
    steps = list(empty_bodies(one._web.engine, NOW - timedelta(days=4)))
    assert steps == [3, 2]
    assert len(one.newest(99)) == 5
    assert one.vectors.find("encoder", ["text"]) == {}
    assert one.add("a", "u", page(), [entry(9)], NOW) == 0
