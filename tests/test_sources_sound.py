"""Whether a document needs mending, told by looks at its bytes: none that does may be missed, and few that do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.sources.feed.well_formed import sound

HEAD, TAIL = "<rss><channel><item><title>", "</title></item></channel></rss>"


def is_sound(title: str) -> bool:
    return sound((HEAD + title + TAIL).encode(), "") is not None


@given(st.characters(min_codepoint=0x80, exclude_categories=["Cs"]), st.sampled_from(("latin-1", "cp1252")))
def test_what_was_encoded_twice_is_mended(character: str, wrong: str) -> None:
    sent = character.encode()
    try:
        misread = sent.decode(wrong)
    except UnicodeDecodeError:  # five bytes stand for nothing in Windows-1252
        misread = sent.decode("latin-1")
    assert not is_sound(f"甲{misread}乙")


@pytest.mark.parametrize(
    "title", ["příští řádka, káva, háček, žáš", "“é” – à l’été", "Ãl", "甲乙丙", "&#123;&#127;&#8220;"]
)
def test_accents_beside_each_other_are_no_mistake(title: str) -> None:
    assert is_sound(title)


@pytest.mark.parametrize("title", ["&#128;", "&#147;so&#148;", "&#159;", "&#x93;", "\x85", "\x92"])
def test_the_numbers_of_windows_1252_are_mended(title: str) -> None:
    assert not is_sound(title)
