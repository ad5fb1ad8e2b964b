"""Numbers that readers send: what they name, and that no two things of one kind share one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from curate.app.account import OpenAccount, recover
from curate.domain.item_codes import MOST_ITEMS, code, meanings
from curate.domain.serialization import to_json
from curate.render import render
from curate.render.context import items, number_of
from curate.sources.identity import fingerprint
from curate.storage import Archive
from curate.storage.output import MANIFEST, Output
from tests.render_samples import TEMPLATES
from tests.site_samples import CONFIG, few, site_files


def test_a_number_is_the_issue_and_two_digits() -> None:
    assert code(312, 5) == "31205"
    assert code(7, MOST_ITEMS) == "799"


def test_no_two_items_of_any_issues_share_a_number() -> None:
    every = [code(issue, item) for issue in range(1, 1_200) for item in range(1, MOST_ITEMS + 1)]
    assert len(set(every)) == len(every)


@pytest.mark.parametrize("issue", [1, 9, 10, 99, 100, 312, 1100])
def test_a_number_leads_back_to_its_item(issue: int) -> None:
    for item in (1, 9, 10, MOST_ITEMS):
        assert meanings(code(issue, item))[1] == (issue, item)


def test_a_number_may_name_an_issue_and_an_item() -> None:
    assert meanings("101") == (101, (1, 1))
    assert meanings("12") == (12, None)
    assert meanings("300") == (300, None)


@pytest.mark.parametrize("text", ["", "0", "031205", "３１２０５", "31 205", "-1", "x"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        meanings(text)


LAST = 400


def told(archive: Archive) -> dict[str, str]:
    """Every number of all issues -> the title it stands by; and so it is in a post that is rendered anew."""
    found: dict[str, str] = {}
    for number in range(1, LAST + 1):
        stored = archive.issue(number)
        assert stored is not None
        own = {number_of(item, stored[0]): item.title for item in items(stored[0])}
        assert not own.keys() & found.keys()
        found |= own
        if number % 25 == 0:
            sent = replace(stored[0], replies=True)  # else a post counts its items from 1
            lines = render(sent, ["text"], TEMPLATES)[0]["issue.txt"].decode().splitlines()
            shown = {m[1]: m[2] for line in lines if (m := re.fullmatch(r"(\d+)\. (.*)", line))}
            assert shown == own
    return found


@pytest.mark.slow
def test_numbers_stay_over_400_issues_through_rendering_again_pruning_and_restoring(tmp_path: Path) -> None:
    output = Output(tmp_path / "output")
    with Archive("sqlite:///output/archive.db", tmp_path, fingerprint) as archive:
        for number in range(1, LAST + 1):
            digest = few(number, 2)
            folder = f"{digest.date}-1"
            place = output.issues / folder
            place.mkdir(parents=True)
            (place / MANIFEST).write_bytes(
                to_json(digest)
            )  # as `publish` leaves it, without waiting for the disk
            archive.record(digest, folder)
        first = told(archive)
        assert len(first) == 2 * LAST
        assert first["31202"] == few(312, 2).sections[0].items[1].title
        archive.prune(datetime(2100, 1, 1, tzinfo=UTC))
        output.prune(datetime(2100, 1, 1, tzinfo=UTC))
        assert told(archive) == first
    for file in (tmp_path / "output").glob("archive.db*"):
        file.unlink()
    with Archive("sqlite:///output/archive.db", tmp_path, fingerprint) as archive:
        recover(OpenAccount(CONFIG, tmp_path, output, archive))
        assert told(archive) == first
        assert archive.next_number() == LAST + 1
        files, _ = site_files([stored[0] for n in (1, 101, LAST) if (stored := archive.issue(n))])
        for number in (101, 102, 10101, 10102, 40001):
            issue = number // 100
            assert f">{number}</span>" in files[f"story/{issue}/{number}.html"].decode()
            assert first[str(number)] in files[f"story/{issue}/{number}.html"].decode()
