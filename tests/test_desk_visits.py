"""An issue is opened, copied and approved: noted with the time, counted in minutes, and shared as one file that cannot act."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from curate.cli.main import run
from curate.desk.visits import DeskVisit, find_approval, minutes_to_copy
from curate.desk_server.share import carry_pictures
from tests.desk_account import LATER
from tests.desk_client import ORIGIN, DeskClient, opened

START = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def tab(issue_home: Path) -> Iterator[DeskClient]:
    with opened(issue_home) as found:
        yield found


def at(minute: float, kind: str = "decide") -> tuple[datetime, str]:
    return START + timedelta(minutes=minute), kind


@pytest.mark.parametrize(
    ("moments", "minutes"),
    [
        ([at(0, "open"), at(2), at(5, "copy")], 5),
        ([at(5, "copy"), at(2), at(0, "open")], 5),
        ([at(0, "open"), at(4)], None),
        ([], None),
        ([at(0, "open"), at(3), at(600, "open"), at(602, "copy")], 5),
        ([at(0, "open"), at(4, "copy"), at(6), at(7, "copy"), at(500, "open"), at(510, "copy")], 7),
        ([at(0, "copy")], 0),
    ],
)
def test_minutes_are_those_of_the_sittings_until_the_copy(
    moments: list[tuple[datetime, str]], minutes: float | None
) -> None:
    assert minutes_to_copy(moments) == minutes


def test_opening_and_copying_are_noted_and_begin_nothing(tab: DeskClient) -> None:
    tab.get("/")
    assert tab.ask("POST", "/copied", headers={"Origin": ORIGIN}).status_code == 204
    archive = tab.desk.account.archive
    assert [visit.kind for visit in archive.desk.visits(7)] == ["copy", "open"]
    assert archive.choices.moments(["desk"]).keys() == {7}
    assert tab.desk.read().revision == 0


def test_an_approval_has_name_time_and_what_was_seen(tab: DeskClient) -> None:
    tab.do("drop", 3)
    assert "王编看过，可以发" in tab.do("approve", name=" 王编 ", words="第 2 条很好").text
    assert "看过，可以发" in tab.get("/").text
    tab.do("drop", 4)
    assert "看过，之后又改了 1 步" in tab.get("/board").text
    panel = tab.get("/panel/review").text
    assert "第 2 条很好" in panel
    assert tab.do("approve", name=" ").status_code == 422
    approval = find_approval(tab.desk.account.archive.desk.visits(7))
    assert approval is not None
    assert (approval.name, approval.revision) == ("王编", 1)


def test_the_terminal_approves_and_tells(issue_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["issue", "approve", "-C", str(issue_home), "--now", LATER, "7"]
    assert run([*words, "--by", "李编", "--words", "好"]) == 0
    assert "李编看过第 0 步之后的样子" in capsys.readouterr().err
    assert run([*words, "--by", " "]) == 2
    assert run(["issue", "show", "7", "-C", str(issue_home)]) == 0
    assert "李编 11-23" in capsys.readouterr().err
    assert run(["issue", "show", "7", "--json", "-C", str(issue_home)]) == 0
    visits = json.loads(capsys.readouterr().out)["visits"]
    assert [(each["kind"], each["name"]) for each in visits] == [("approve", "李编")]


def test_the_shared_page_needs_nothing_and_can_do_nothing(
    issue_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["desk", "7", "--share", "-C", str(issue_home)]) == 0
    path = Path(capsys.readouterr().out.strip())
    page = path.read_text("utf-8")
    assert path == issue_home / "output/share-7.html"
    assert "第 3 条消息" in page
    assert "default-src 'none'" in page
    assert re.search(r"<script|<form|<iframe|<link |\son\w+=|javascript:", page) is None
    assert all(each.startswith("data:") for each in re.findall(r'\ssrc="([^"]+)"', page))
    assert re.search(r'<a href="https://[^"]+" rel="noopener noreferrer">', page)


def test_the_desk_gives_the_same_page(tab: DeskClient) -> None:
    answer = tab.get("/share")
    assert 'filename="share-7.html"' in answer.headers["Content-Disposition"]
    assert "第 3 条消息" in answer.text


def test_pictures_are_carried_in_the_page_and_lost_ones_lead_nowhere() -> None:
    html = '<img src="images/01.jpg"><img alt="" src="https://x.example/a.png">'
    assert carry_pictures(html, {"images/01.jpg": b"abc"}) == (
        '<img src="data:image/jpeg;base64,YWJj"><img alt="" src="">'
    )


def test_visits_are_kept_in_order_and_once(tab: DeskClient) -> None:
    store = tab.desk.account.archive.desk
    late, early = DeskVisit("copy", START + timedelta(minutes=1), 2), DeskVisit("open", START, 0)
    for each in (late, early, late):
        store.note_visit(7, each)
    assert store.visits(7) == (early, late)


def test_the_report_tells_the_minutes(
    tab: DeskClient, issue_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tab.desk.account.archive.desk
    for minute, kind in ((0, "open"), (6, "copy")):
        store.note_visit(7, DeskVisit(kind, START + timedelta(minutes=minute), 0))  # type: ignore[arg-type]
    assert run(["report", "-C", str(issue_home), "--now", LATER]) == 0
    assert "一般是 6 分钟（1 期的中位数" in capsys.readouterr().err
    assert "1 期" in (issue_home / "output/report.html").read_text("utf-8")
