"""The desk as an application: every action is kept, shown, undone and refused where it makes no sense."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Picture

from curate.app import site
from curate.desk.events import EVENTS
from curate.desk_server.actions import ACTIONS
from curate.desk_server.panels import KINDS
from curate.domain.model import EntryKey, Item
from curate.i18n.catalogue import CATALOGUES
from curate.site import find_changes
from tests.desk_account import entry_of
from tests.desk_client import DeskClient, opened
from tests.desk_samples import choose
from tests.nouns import NOW
from tests.nouns import page as document

SAVED = "output/issues/2026-11-23-1"


@pytest.fixture
def home(issue_home: Path) -> Path:
    return issue_home


@pytest.fixture
def tab(home: Path) -> Iterator[DeskClient]:
    with opened(home) as found:
        yield found


def order(tab: DeskClient) -> list[str]:
    """The issue's items as `topic:entry`, read from the archive."""
    return [f"{s.id}:{item.entry}" for s in tab.desk.read().issue.sections for item in s.items]


def item(tab: DeskClient, number: int) -> Item:
    items = (item for s in tab.desk.read().issue.sections for item in s.items)
    return next(item for item in items if item.entry == f"e{number}")


def picture(width: int = 1200, height: int = 800) -> bytes:
    made = BytesIO()
    Picture.effect_noise((width, height), 60).convert("RGB").save(made, "JPEG")
    return made.getvalue()


def test_the_page_shows_issue_candidates_and_what_is_asked_of_it(tab: DeskClient) -> None:
    page = tab.get("/").text
    assert all(f"第 {n} 条消息" in page for n in (1, 2, 3, 4, 5, 6))
    assert "第 11 条消息" in page, "an offer of the night"
    assert "未入选：本期已满" in page
    assert 'data-revision="0"' in page


def test_taking_in_is_shown_at_once_and_completed_later(tab: DeskClient) -> None:
    answer = tab.do("take", 11)
    assert answer.status_code == 200
    assert "city:e11" in order(tab)
    assert 'id="s-city"' in answer.text


def test_what_came_later_is_in_its_own_tab_and_can_be_taken(tab: DeskClient) -> None:
    assert "第 12 条消息" in tab.get("/list?tab=arrivals").text
    assert tab.do("take", 12, topic="money", place=0).status_code == 200
    assert order(tab)[3] == "money:e12"


def test_drop_park_and_lead(tab: DeskClient) -> None:
    assert tab.do("drop", 3).status_code == 200
    assert tab.do("park", 4).status_code == 200
    assert tab.do("lead", 5).status_code == 200
    assert order(tab) == ["ai:e2", "ai:e1", "money:e5", "money:e6"]
    assert tab.desk.read().issue.lead.entry == "e5"
    assert [entry.id for entry in tab.desk.account.archive.desk.shelf()] == ["e4"]
    assert "第 4 条消息" in tab.get("/list?tab=shelf").text


def test_order_changes_by_place_and_by_steps_over_sections(tab: DeskClient) -> None:
    tab.do("move", 6, topic="ai", place=0)
    assert order(tab)[0] == "ai:e6"
    tab.do("down", 6)
    assert order(tab)[:2] == ["ai:e2", "ai:e6"]
    tab.do("up", 4)
    assert order(tab)[:5] == ["ai:e2", "ai:e6", "ai:e1", "ai:e3", "ai:e4"], "past the section's end"
    tab.do("up", 2)
    assert tab.do("up", 2).status_code == 422


def test_what_an_action_does_not_change_is_not_sent(tab: DeskClient) -> None:
    moved = tab.do("move", 4, topic="ai", place=0).text
    assert ('id="issue-pane"' in moved, 'id="candidates-pane"' in moved) == (True, False)
    dropped = tab.do("drop", 4, topic="ai").text
    assert "第 11 条消息" in dropped, "an action's topic does not narrow the candidates"
    assert 'id="candidates-pane"' in tab.do("undo").text


def test_words_are_edited_and_only_what_changed_is_logged(tab: DeskClient) -> None:
    before = item(tab, 2)
    answer = tab.do("edit", 2, title="新标题", summary=before.summary, note="一句按语")
    assert (item(tab, 2).title, item(tab, 2).summary, item(tab, 2).note) == (
        "新标题",
        before.summary,
        "一句按语",
    )
    assert tab.revision == 2
    assert "一句按语" in answer.text
    tab.do("words", opening="早安", closing="", sharing="转给朋友")
    assert tab.desk.read().issue.opening == "早安"
    assert tab.desk.read().issue.sharing == "转给朋友"
    assert tab.do("edit", 2, title="  ").status_code == 422


def test_pictures_and_covers_are_chosen_and_served(tab: DeskClient, home: Path) -> None:
    own = {"upload": ("a.jpg", picture(), "image/jpeg")}
    assert tab.do("image", 1, files=own).status_code == 200
    image = item(tab, 1).image
    assert image is not None
    assert image.file.startswith("images/own-")
    served = tab.get(f"/{image.file}")
    assert served.headers["content-type"].startswith("image/")
    assert served.content == (home / SAVED / image.file).read_bytes()
    assert tab.do("cover", 1).status_code == 200, "cut from the item's picture"
    assert len(tab.desk.read().issue.covers) == 2
    tab.do("image", 1, choice="none")
    assert item(tab, 1).image is None
    tab.do("image", 1, choice="machine")
    assert item(tab, 1).image is not None
    assert tab.do("image", 1, files={"upload": ("a.jpg", b"GIF89a", "image/gif")}).status_code == 422
    assert tab.do("cover", files={"upload": ("a.jpg", picture(90, 60), "image/jpeg")}).status_code == 422


def test_stories_are_split_and_merged_for_later_nights_too(tab: DeskClient) -> None:
    other = entry_of(1, source="x2", id="1", url="https://x2.example/1")
    tab.desk.account.archive.add("x2", "https://x2.example/feed", document(), [other], NOW)
    assert "https://x2.example/1" in tab.get("/item?source=s2&entry=e2").text
    tab.do("split", 2, other_source="x2", other_entry="1", url="https://x2.example/1")
    assert EntryKey("x2", "1") not in item(tab, 2).echo_keys
    tab.do("merge", 3, other_source="s2", other_entry="e2")
    assert "ai:e3" not in order(tab)
    archive = tab.desk.account.archive
    assert frozenset({EntryKey("s2", "e2"), EntryKey("x2", "1")}) in archive.apart()
    assert frozenset({EntryKey("s3", "e3"), EntryKey("s2", "e2")}) in archive.together()


def test_adverts_topics_and_blocks_teach_or_clear(tab: DeskClient) -> None:
    tab.do("topic", 6, topic="city")
    assert order(tab)[-1] == "city:e6"
    assert [(label.id, label.topic) for label in tab.desk.account.archive.labels()] == [("e6", "city")]
    tab.do("advert", 3)
    assert "ai:e3" not in order(tab)
    assert tab.desk.account.archive.advert_marks()[EntryKey("s3", "e3")] is True
    tab.do("no-advert", 11)
    assert tab.desk.account.archive.advert_marks()[EntryKey("s11", "e11")] is False
    tab.do("block", kind="source", value="s4")
    tab.do("block", kind="word", value="第 5 条")
    assert not {"money:e4", "money:e5"} & set(order(tab))
    assert tab.do("block", kind="word", value=" ").status_code == 422
    assert tab.do("topic", 6, topic="gone").status_code == 422


def test_undo_redo_and_restore_without_end(tab: DeskClient) -> None:
    seen = [order(tab)]
    for number in (1, 2, 3):
        tab.do("drop", number)
        seen.append(order(tab))
    for wanted in reversed(seen[:-1]):
        tab.do("undo")
        assert order(tab) == wanted
    assert tab.do("undo").status_code == 200, "nothing left, and no harm"
    for wanted in seen[1:]:
        tab.do("redo")
        assert order(tab) == wanted
    tab.do("restore", version="0")
    assert order(tab) == seen[0]
    assert "程序做好时" in tab.get("/panel/versions").text
    assert tab.do("restore", version="999").status_code == 422


def test_undoing_a_take_goes_behind_what_was_fetched_for_it(tab: DeskClient) -> None:
    before = order(tab)
    tab.do("take", 11)
    for thread in tuple(tab.desk._fetching):
        thread.join()
    tab.do("undo")
    assert order(tab) == before
    tab.do("redo")
    assert "city:e11" in order(tab)


def test_a_tab_that_saw_less_is_told_and_changes_nothing(tab: DeskClient) -> None:
    tab.do("drop", 1)
    answer = tab.do("drop", 2, seen=0)
    assert answer.status_code == 409
    assert "刚刚在别处改过" in answer.text
    assert 'data-revision="1"' in answer.text, "the newer page comes with it"
    assert "ai:e2" in order(tab)
    assert tab.do("drop", 2, seen=7).status_code == 409
    assert tab.do("drop", 2, revision="nonsense").status_code == 409


def test_while_another_command_holds_the_account_nothing_is_decided(tab: DeskClient) -> None:
    with tab.desk.account.output.hold():
        answer = tab.do("drop", 1)
    assert answer.status_code == 503
    assert tab.desk.read().revision == 0


def test_the_last_item_stays_and_what_is_not_there_is_refused(tab: DeskClient) -> None:
    for number in (2, 3, 4, 5, 6):
        tab.do("drop", number)
    for action in ("drop", "park", "advert"):
        assert tab.do(action, 1).status_code == 422
    for action in sorted(ACTIONS.keys() - {"undo", "redo", "words", "block", "restore"}):
        assert tab.do(action, 99).status_code == 422, action
    assert tab.do("no-such-action", 1).status_code == 422
    assert order(tab) == ["ai:e1"]


def test_what_was_decided_is_in_folder_and_site_when_the_desk_is_closed(home: Path) -> None:
    with opened(home) as tab:
        tab.do("edit", 2, title="合上之前改的")
    assert "合上之前改的" in (home / SAVED / "wechat.fragment.html").read_text("utf-8")
    assert "合上之前改的" in (home / "output/site/issue/7.html").read_text("utf-8")


def test_what_is_copied_is_the_fragment_that_the_folder_has(home: Path) -> None:
    with opened(home) as tab:
        tab.do("note", 1)
        tab.do("edit", 1, note="一字不差")
        copied = tab.get("/copy").json()
    assert copied["html"] == (home / SAVED / "wechat.fragment.html").read_text("utf-8")
    assert "一字不差" in copied["text"]


def test_theme_and_color_count_for_preview_and_copy(tab: DeskClient) -> None:
    before = tab.get("/copy").json()["html"]
    headers = {"Origin": "http://127.0.0.1:8711"}
    tab.ask("POST", "/look", headers=headers, data={"theme": "newspaper", "color": "#8a1c1c"})
    after = tab.get("/copy").json()["html"]
    assert after != before
    assert tab.get("/post").text.count("<section") == after.count("<section")
    tab.ask("POST", "/look", headers=headers, data={"theme": "../etc", "color": "url(x)"})
    assert tab.desk.look.theme == "newspaper"
    assert tab.desk.look.color == ""
    assert "#191919" in tab.get("/post?dark=1").text


def test_changed_numbers_and_negations_are_marked_while_typing(tab: DeskClient) -> None:
    form = {"source": "s1", "entry": "e1", "title": item(tab, 1).title + " 涨 30%", "summary": ""}
    answer = tab.ask("POST", "/doubts", headers={"Origin": "http://127.0.0.1:8711"}, data=form)
    assert "30%" in answer.text


def test_candidates_are_narrowed_by_words_topic_and_source(tab: DeskClient) -> None:
    for query, is_there in (
        ("words=11", True),
        ("words=nothing", False),
        ("section=city", True),
        ("section=ai", False),
        ("from=s11", True),
        ("from=s1", False),
        ("tab=nonsense&shown=-3", True),
    ):
        assert ("第 11 条消息" in tab.get(f"/list?{query}").text) is is_there, query


def test_only_the_issues_own_pictures_and_our_files_are_served(tab: DeskClient) -> None:
    for path in (
        "/issue.json",
        "/wechat.html",
        "/../archive.db",
        "/images/../issue.json",
        "/static/../page.html.j2",
    ):
        assert tab.get(path).status_code == 404, path
    for path in set(re.findall(r'(?:src|href)="(/static/[^"]+)"', tab.get("/").text)):
        assert tab.get(path).status_code == 200, path


def test_every_kind_of_event_has_words() -> None:
    assert KINDS.keys() == EVENTS.keys()
    assert {f"desk.{name}" for name in KINDS.values()} <= CATALOGUES["zh"].keys()


def test_a_decision_while_the_site_is_made_leaves_it_to_the_next_time(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(home) as tab:

        def decide_and_compare(*catalogues: Any) -> Any:
            monkeypatch.undo()
            tab.do("drop", 6)
            return find_changes(*catalogues)

        monkeypatch.setattr(site, "find_changes", decide_and_compare)
        assert site.refresh_site(tab.desk.account) is None
    assert "第 6 条消息" not in (home / "output/site/issue/7.html").read_text("utf-8")


def test_a_finding_is_accepted_with_its_reason_and_taken_back(tab: DeskClient) -> None:
    tab.do("words", sharing="转发后可见答案")
    sheet = tab.get("/panel/check").text
    assert "诱导分享" in sheet
    assert "不是法律意见" in sheet
    key = re.search(r'name="value" value="(\w{8})"', sheet)[1]  # type: ignore[index]
    assert tab.do("overrule", value=key, reason="法务看过", by="王").status_code == 200
    logged = tab.desk.read().log[-1]
    assert (logged.event.by, logged.event.text) == ("王", "法务看过")  # type: ignore[union-attr]
    accepted = tab.get("/panel/check").text
    assert "已放行" in accepted
    assert f'name="value" value="{key}"' not in accepted
    tab.do("overrule", value=key)
    assert f'name="value" value="{key}"' in tab.get("/panel/check").text
    assert tab.do("overrule", value="nothing", reason="x").status_code == 422


def test_what_was_kept_and_learnt_is_shown_and_taken_back(tab: DeskClient) -> None:
    assert "还没有数据" in tab.get("/panel/work").text
    choose(tab.desk.account.archive)
    tab.do("drop", 3)
    page = tab.get("/panel/work").text
    assert "程序选的 6 条里，你留下了 5 条" in page
    assert page.count("<circle") >= 3, "a week, and rows with their intervals"
    assert 'data-do="forget" data-kind="topic" data-value="money"' in page
    assert tab.do("forget", kind="topic", value="money").status_code == 200
    page = tab.get("/panel/work").text
    assert 'data-do="forget" data-kind="topic" data-value="money"' not in page
    assert "收回过：MONEY" in page
    tab.do("remember", kind="topic", value="money")
    assert 'data-do="forget" data-kind="topic" data-value="money"' in tab.get("/panel/work").text
    assert tab.do("forget", kind="colour", value="x").status_code == 422
    assert tab.desk.read().revision == 1, "none of it changes the issue"


def test_what_is_blocked_is_shown_where_it_is_taken_back(tab: DeskClient) -> None:
    tab.do("block", kind="word", value="第 4 条")
    assert 'data-do="unblock" data-kind="word" data-value="第 4 条"' in tab.get("/panel/work").text
