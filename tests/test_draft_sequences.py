"""Drafts while faults strike: the beginning of what `bench/drafts.py` plays at length."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from curate.sources.identity import fingerprint
from curate.storage import Archive
from tests.draft_platform import BEGIN, DraftPlatform, served_platform
from tests.draft_sequences import FAULTS, play


@pytest.fixture(scope="module")
def platform() -> Iterator[DraftPlatform]:
    with served_platform(DraftPlatform()) as one:
        yield one


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive("sqlite:///drafts.db", tmp_path_factory.mktemp("drafts"), fingerprint) as one:
        yield one


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_strikes_an_issue_has_one_draft_with_all_its_pictures(
    fault: str, platform: DraftPlatform, archive: Archive
) -> None:
    play(fault, 1000, platform, archive)


def test_a_draft_of_the_editors_own_is_never_taken_for_the_lost_one(
    platform: DraftPlatform, archive: Archive
) -> None:
    """Its title, address and time are the same, and the list does not tell its cover."""
    play("full and odd list", 122, platform, archive)


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_it_holds_in_longer_series_too(fault: str, platform: DraftPlatform, archive: Archive) -> None:
    for seed in range(2000, 2020):
        play(fault, seed, platform, archive)


def test_each_account_remembers_its_own(tmp_path: Path) -> None:
    """What one account has on the platform is nothing to another."""
    with Archive("sqlite:///a.db", tmp_path, fingerprint) as archive:
        archive.drafts.keep_upload("one", "material", "d" * 64, "m-1", BEGIN)
        assert archive.drafts.uploads("one", "material", ["d" * 64]) == {"d" * 64: "m-1"}
        assert archive.drafts.uploads("two", "material", ["d" * 64]) == {}
        assert archive.drafts.uploads("one", "body", ["d" * 64]) == {}
