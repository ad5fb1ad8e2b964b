from __future__ import annotations

from datetime import UTC, datetime

from curate.model import Entry
from curate.sources.identity import Claim, fingerprint, identify

NIGHT = datetime(2026, 11, 22, tzinfo=UTC)


def test_guid_first_then_link_then_words() -> None:
    ids = identify(
        [
            Claim("g1", "https://a.example/1", "One", ""),
            Claim("", "https://a.example/2", "Two", ""),
            Claim("", "", "Three", "text"),
        ]
    )
    assert ids[:2] == ["g1", "https://a.example/2"]
    assert ids[2].startswith("hash:")


def test_one_guid_for_all_gives_way_to_the_links() -> None:
    claims = [Claim("same", f"https://a.example/{n}", f"Title {n}", "") for n in range(3)]
    assert identify(claims) == [f"https://a.example/{n}" for n in range(3)]


def test_one_link_for_all_gives_way_to_the_titles_and_same_titles_to_the_texts() -> None:
    link = "https://a.example/"
    by_title = identify([Claim("", link, "A", "x"), Claim("", link, "B", "x")])
    assert len(set(by_title)) == 2
    by_text = identify([Claim("", link, "A", "x"), Claim("", link, "A", "y")])
    assert len(set(by_text)) == 2


def test_the_same_entry_sent_twice_is_one() -> None:
    twice = Claim("g", "https://a.example/1", "One", "text")
    assert len(set(identify([twice, twice]))) == 1
    assert len(set(identify([twice, twice._replace(content="text, corrected")]))) == 1


def test_an_identity_does_not_hang_on_what_else_is_in_the_document() -> None:
    claim = Claim("", "https://a.example/", "A", "x")
    other = Claim("", "https://a.example/", "B", "x")
    another = Claim("", "https://a.example/", "C", "x")
    assert identify([claim, other])[0] == identify([another, claim])[1]


def test_a_very_long_guid_is_shortened_to_a_hash() -> None:
    (one,), (two,) = identify([Claim("x" * 4000, "", "A", "")]), identify([Claim("x" * 4001, "", "A", "")])
    assert len(one) < 50
    assert one != two


def test_the_fingerprint_knows_an_entry_whose_guid_is_new_every_night() -> None:
    entry = Entry("s", "random-1", "https://a.example/1", "A  Title", NIGHT)
    again = Entry("s", "random-2", "https://a.example/1", "a title", NIGHT)
    assert fingerprint(entry) == fingerprint(again)
    assert fingerprint(entry) != fingerprint(Entry("t", "random-1", "https://a.example/1", "A Title", NIGHT))
    assert len(fingerprint(entry)) == 24
