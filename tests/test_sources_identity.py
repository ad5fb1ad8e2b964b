from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from curate.domain.model import Entry
from curate.sources.identity import Claim, fingerprint, identify, is_same

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


def test_the_fingerprint_is_of_source_and_title_or_address() -> None:
    one = Entry("s", "random-1", "https://a.example/1", "A  Title", NIGHT)
    again = Entry("s", "random-2", "https://a.example/2", "a title", NIGHT)
    assert fingerprint(one) == fingerprint(again)
    assert fingerprint(one) != fingerprint(Entry("t", "random-1", "https://a.example/1", "A Title", NIGHT))
    untitled = Entry("s", "1", "http://www.a.example/1/", "", NIGHT)
    assert fingerprint(untitled) == fingerprint(Entry("s", "2", "https://a.example/1", "", NIGHT))
    assert len(fingerprint(one)) == 24


def moved(**changes: object) -> tuple[Entry, Entry]:
    old = Entry(
        "s", "1", "https://a.example/s?t=1", "旧桥今夜封闭", NIGHT, content="<p>" + "工人连夜换下钢板。" * 9
    )
    return replace(old, id="2", url="https://a.example/s?t=2", **changes), old  # type: ignore[arg-type]


TEXT = "<p>" + "出口连着两所小学，电梯年底启用。" * 9
LATER = timedelta(days=3)


def test_one_address_is_one_entry_however_it_is_written() -> None:
    new, old = moved(published=NIGHT + LATER, content=TEXT)
    for url in ("http://a.example/s?t=1", "https://www.a.example/s?t=1", "https://a.example/s?t=1/"):
        assert is_same(replace(new, url=url), old)


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({}, True),
        ({"published": NIGHT + LATER}, True),  # one text
        ({"content": TEXT}, True),  # one moment
        ({"content": TEXT, "published": NIGHT + timedelta(hours=2)}, False),
        (
            {"content": "", "published": NIGHT + timedelta(hours=2)},
            True,
        ),  # one day, and nothing says otherwise
        ({"content": "", "published": NIGHT + LATER}, False),
        ({"content": "", "dated": False}, False),
    ],
)
def test_a_changed_address_is_the_same_entry_by_its_text_its_moment_or_its_day(
    changes: dict[str, object], same: bool
) -> None:
    assert is_same(*moved(**changes)) is same


def test_a_title_that_recurs_is_the_same_entry_by_its_text_or_its_moment_alone() -> None:
    assert not is_same(*moved(content="", published=NIGHT + timedelta(hours=2)), recurring=True)
    assert is_same(*moved(content="", published=NIGHT), recurring=True)


def test_an_undated_title_alone_is_known_again_where_all_addresses_change() -> None:
    assert is_same(*moved(content="", dated=False), volatile=True)
    assert not is_same(*moved(content=TEXT, dated=False), volatile=True)
