"""The desk in a real browser: by mouse, by keyboard and by finger, kept over a reload, and copied byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from curate.desk.draft import items_of
from curate.domain.model import Image
from tests.browser.desk_tab import Tab, drag
from tests.browser.editors import MODULES
from tests.desk_client import opened
from tests.desk_process import listening
from tests.desk_samples import choose
from tests.test_crop import photo
from tests.test_paste_link import PAGE, Web

AXE = MODULES / "axe-core/axe.min.js"


def test_everyday_steps_by_keyboard_are_kept_over_a_reload(tab: Tab) -> None:
    tab.press(2, "Alt+ArrowDown")
    tab.revision(1)
    expect(tab.page.locator("#said")).to_contain_text("第 2 条")
    expect(tab.page.locator(tab.card(2))).to_be_focused()
    tab.page.keyboard.press("l")
    tab.revision(2)
    tab.press(3, "d")
    tab.revision(3)
    tab.press(4, "p")
    tab.revision(4)
    tab.press(5, "n")
    tab.page.keyboard.type("值得细读")
    tab.page.keyboard.press("Enter")
    tab.revision(5)
    tab.page.keyboard.press("u")
    tab.revision(6)
    tab.page.keyboard.press("r")
    tab.revision(7)
    tab.page.keyboard.press("s")
    tab.page.keyboard.press("t")
    tab.revision(8)
    tab.page.reload()
    assert tab.order() == ["e1", "e2", "e5", "e6", "e11"]
    shown = tab.page.locator("#issue-pane .card").evaluate_all("all => all.map((each) => each.dataset.entry)")
    assert shown == tab.order()
    expect(tab.page.locator(tab.card(2))).to_contain_text("头条")
    expect(tab.page.frame_locator("#post").locator("body")).to_contain_text("值得细读")


def test_everyday_steps_by_mouse(tab: Tab) -> None:
    page = tab.page
    page.locator(f"{tab.card(3)} [data-do=lead]").click()
    tab.revision(1)
    page.locator(f"{tab.card(2)} [data-do=drop]").click()
    tab.revision(2)
    page.locator(f"{tab.card(4)} [data-do=park]").click()
    tab.revision(3)
    page.locator(".offer [data-do=take]").first.click()
    expect(page.locator(tab.card(11))).to_have_count(1)
    expect(page.locator("#bar")).to_have_attribute("data-fetching", "", timeout=15_000)
    page.locator("[data-do=undo]").click()
    expect(page.locator(tab.card(11))).to_have_count(0)
    assert tab.order() == ["e1", "e3", "e5", "e6"]
    page.locator("#open-versions").click()
    page.locator('[data-do=restore][data-version="0"]').click()
    expect(page.locator(tab.card(2))).to_have_count(1)
    assert tab.order() == ["e2", "e1", "e3", "e4", "e5", "e6"]


def test_dragging_reorders_and_moves_between_topics_and_takes_in(tab: Tab) -> None:
    drag(tab.page, tab.card(3), tab.card(2))
    tab.revision(1)
    assert tab.order()[0] == "e3"
    drag(tab.page, tab.card(4), tab.card(1))
    tab.revision(2)
    assert [item.entry for item in tab.client.desk.read().issue.sections[1].items] == ["e5", "e6"]
    drag(tab.page, '#candidates-pane [data-entry="e11"]', tab.card(3))
    expect(tab.page.locator("#said")).to_contain_text("收进了")
    assert "e11" in tab.order()[:5]


def test_editing_shows_doubts_and_is_seen_in_the_post_at_once(tab: Tab) -> None:
    page = tab.page
    tab.press(1, "e")
    title = page.locator("#edit-form [name=title]")
    expect(title).to_be_focused()
    title.fill("第 9 条没有消息")
    expect(page.locator("#doubts")).to_contain_text("没有")
    page.locator("#edit-form .main").click()
    tab.revision(1)
    expect(page.frame_locator("#post").locator("body")).to_contain_text("第 9 条没有消息")
    page.locator("#own-words summary").click()
    page.locator("[name=opening]").fill("早上好，今天冬至")
    page.locator("[data-form=words] .main").click()
    tab.revision(2)
    expect(page.frame_locator("#post").locator("body")).to_contain_text("今天冬至")
    page.locator("#look select").select_option("newspaper")
    expect(page.locator("#bar")).to_have_attribute("data-look", "newspaper")
    page.locator("#night").click()
    expect(page.locator("#phone")).to_have_class("phone dark")


def test_the_clipboard_has_the_linted_fragment_in_both_types(tab: Tab) -> None:
    tab.press(2, "d")
    tab.revision(1)
    tab.page.locator("#copy").click()
    expect(tab.page.locator("#said")).to_contain_text("已复制")
    wanted = tab.page.evaluate("async () => (await fetch('/copy')).json()")
    html, text = tab.page.evaluate(
        """async () => {
             const [item] = await navigator.clipboard.read();
             return Promise.all(["text/html", "text/plain"].map(async (type) => (await item.getType(type)).text()));
           }"""
    )
    assert text.replace("\r\n", "\n") == wanted["text"]
    assert "第 2 条消息" not in html
    assert "第 3 条消息" in html


def test_a_link_is_pasted_by_mouse_by_keys_and_from_the_clipboard(
    tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    links = {f"https://paper.example/{n}": PAGE.replace("河边", f"河边第 {n} 次") for n in (1, 2, 3)}
    monkeypatch.setattr("curate.app.doors.fetch", Web(links))
    page = tab.page
    page.locator("#paste").fill("https://paper.example/1")
    page.locator("[data-form=paste] button").click()
    tab.revision(1)
    expect(page.locator("#said")).to_contain_text("收进了“河边第 1 次")
    expect(page.locator("#paste")).to_have_value("")
    page.locator("#open-keys").focus()
    page.keyboard.press("a")
    page.keyboard.type("https://paper.example/2")
    page.keyboard.press("Enter")
    tab.revision(2)
    page.evaluate("navigator.clipboard.writeText('看看 https://paper.example/3')")
    page.locator(tab.card(1)).focus()
    page.keyboard.press("Control+v")
    tab.revision(3)
    expect(page.locator("#issue-pane")).to_contain_text("河边第 3 次")
    page.locator("#paste").fill("https://paper.example/nothing")
    page.keyboard.press("Enter")
    expect(page.locator("#said.bad")).to_contain_text("404")
    page.reload()
    expect(page.locator("#issue-pane")).to_contain_text("河边第 2 次")


def test_a_source_and_a_word_are_blocked_by_keys_and_by_mouse(tab: Tab, issue_home: Path) -> None:
    page, settings = tab.page, issue_home / "feeds.yaml"
    before = settings.read_text("utf-8")
    page.locator('#candidates-pane [data-entry="e11"]').focus()
    page.keyboard.press("x")
    expect(page.locator("#said")).to_contain_text("不再要“来源11s”")
    expect(page.locator('#candidates-pane [data-entry="e11"]')).to_have_count(0)
    page.keyboard.press("u")
    expect(page.locator('#candidates-pane [data-entry="e11"]')).to_have_count(1)
    page.locator('#candidates-pane [data-entry="e11"]').hover()
    page.locator('#candidates-pane [data-entry="e11"] [data-do=block]').click()
    expect(page.locator('#candidates-pane [data-entry="e11"]')).to_have_count(0)
    page.locator(f"{tab.card(4)} [data-edit]").click()
    page.locator("[data-form=block] [name=value]").fill("第 4 条")
    page.keyboard.press("Enter")
    expect(page.locator(tab.card(4))).to_have_count(0)
    assert 'words: ["第 4 条"]' in settings.read_text("utf-8")
    tab.press(1, "u")
    expect(page.locator(tab.card(4))).to_have_count(1)
    page.keyboard.press("u")
    expect(page.locator('#candidates-pane [data-entry="e11"]')).to_have_count(1)
    assert settings.read_text("utf-8") == before


def test_a_colleagues_approval_is_noted_by_keys_and_by_mouse(tab: Tab) -> None:
    page = tab.page
    tab.press(1, "o")
    with page.expect_download() as saved:
        page.locator("#share").click()
    assert "第 1 条消息" in Path(saved.value.path()).read_text("utf-8")
    page.locator("[data-form=approve] [name=name]").fill("王编")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("王编看过，可以发")
    tab.press(3, "d")
    expect(page.locator("#bar .state")).to_contain_text("看过，之后又改了 1 步")
    page.locator("#open-review").click()
    expect(page.locator(".sheet .log")).to_contain_text("王编")
    page.locator("[data-close]").click()
    page.locator("#copy").click()
    expect(page.locator("#said")).to_contain_text("已复制")
    kinds = [visit.kind for visit in tab.client.desk.account.archive.desk.visits(7)]
    assert sorted(kinds) == ["approve", "copy", "open"]


def test_what_was_learnt_is_shown_and_taken_back_by_keys_and_by_mouse(tab: Tab) -> None:
    page = tab.page
    choose(tab.client.desk.account.archive)
    tab.press(3, "d")
    tab.revision(1)
    page.keyboard.press("w")
    expect(page.locator(".sheet svg.plot").first).to_be_visible()
    expect(page.locator(".sheet")).to_contain_text("你留下了 5 条")
    page.locator('[data-do=forget][data-value="money"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("收回了")
    page.locator("#open-work").click()
    expect(page.locator(".sheet")).to_contain_text("收回过：MONEY")
    page.locator('[data-do=remember][data-value="money"]').click()
    expect(page.locator("#said")).to_contain_text("重新算数了")


def test_a_picture_is_replaced_and_cropped_by_keys_and_by_pointer(tab: Tab) -> None:
    page = tab.page

    def image_of_first() -> Image:
        found = next(i for i in items_of(tab.client.desk.read().issue.sections) if i.entry == "e1").image
        assert found
        return found

    tab.press(1, "e")
    expect(page.locator("#sheet")).to_have_attribute("open", "")
    own = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    page.locator("[data-form=image] [name=upload]").set_input_files(own)  # type: ignore[arg-type]
    page.locator("[data-form=image] button").click()
    tab.revision(1)
    assert (image_of_first().width, image_of_first().height) == (1080, 720)
    tab.press(1, "e")
    expect(page.locator("#sheet")).to_have_attribute("open", "")
    page.locator(".crop summary").focus()
    page.keyboard.press("Enter")
    page.locator('.crop [value="1:1"]').focus()
    page.keyboard.press("Space")
    page.locator(".crop [name=x]").focus()
    page.keyboard.press("Home")
    page.locator(".crop .main").focus()
    page.keyboard.press("Enter")
    tab.revision(2)
    assert image_of_first().width == image_of_first().height
    page.keyboard.press("u")
    tab.revision(3)
    tab.press(1, "e")
    expect(page.locator("#sheet")).to_have_attribute("open", "")
    page.locator(".crop summary").click()
    page.locator(".crop [name=size]").fill("50")
    page.locator(".stage").scroll_into_view_if_needed()
    stage = page.locator(".stage").bounding_box()
    assert stage
    page.mouse.move(stage["x"] + stage["width"] / 2, stage["y"] + stage["height"] / 2)
    page.mouse.down()
    page.mouse.move(stage["x"] + 4, stage["y"] + stage["height"] - 4, steps=5)
    page.mouse.up()
    values = [page.locator(f".crop [name={name}]").input_value() for name in ("x", "y")]
    assert values == ["0", "100"]
    frame = page.locator(".frame").bounding_box()
    assert frame
    assert abs(frame["x"] - stage["x"]) < 2
    assert abs(frame["y"] + frame["height"] - stage["y"] - stage["height"]) < 2
    page.locator(".crop .main").click()
    tab.revision(4)
    assert round(image_of_first().width / image_of_first().height, 2) == 1.78


def test_headlines_are_chosen_for_an_item_and_for_the_post(tab: Tab) -> None:
    page = tab.page
    page.locator("#own-words summary").focus()
    page.keyboard.press("Enter")
    offered = page.locator("#own-words [data-headline]")
    wanted = offered.nth(1).inner_text()
    offered.nth(1).click()
    page.locator("[data-form=words] .main").click()
    tab.revision(1)
    expect(page.frame_locator("#post").locator("h1").first).to_have_text(wanted)
    tab.press(2, "e")
    expect(page.locator("#sheet")).to_have_attribute("open", "")
    page.locator("#edit-form [data-headline]").first.focus()
    title = page.locator("#edit-form [data-headline]").first.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("#edit-form [name=title]")).to_have_value(title)
    page.locator("#edit-form .main").click()
    tab.revision(2)
    expect(page.locator(tab.card(2))).to_contain_text(title)


def test_what_each_channel_cuts_is_told_when_the_checks_are_opened(tab: Tab) -> None:
    page = tab.page
    page.locator("#checks summary").click()
    expect(page.locator(".sizes")).to_contain_text("email.html")
    tab.press(3, "d")
    tab.revision(1)
    expect(page.locator(".sizes")).to_contain_text("都印全了")


def test_two_tabs_never_overwrite_each_other(tab: Tab) -> None:
    other = tab.page.context.new_page()
    other.goto(tab.address)
    expect(other.locator("#bar")).to_have_attribute("data-revision", "0")
    tab.press(2, "d")
    tab.revision(1)
    other.locator(f"{tab.card(3)} [data-do=drop]").click()
    expect(other.locator("#said")).to_contain_text("刚刚在别处改过")
    expect(other.locator(tab.card(2))).to_have_count(0)
    assert "e3" in tab.order()


def test_filters_and_tabs_narrow_the_candidates(tab: Tab) -> None:
    page = tab.page
    page.keyboard.press("/")
    page.keyboard.type("没有这个词")
    expect(page.locator("#list .empty")).to_be_visible()
    page.locator("#filter-words").fill("11")
    expect(page.locator(".offer")).to_have_count(1)
    page.locator("#filter-words").fill("")
    page.locator(".tabs label", has_text="后来到的").click()
    expect(page.locator(".offer")).to_contain_text("第 12 条消息")


@pytest.mark.parametrize("width", [1280, 820, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_and_nothing_runs_off_the_screen(
    browser: Browser, issue_home: Path, width: int, scheme: str
) -> None:
    with opened(issue_home) as client, listening(client) as address:
        client.do("words", sharing="转发后可见答案", opening="全网最低价，疗效最好，百分之百治愈")
        context = browser.new_context(
            viewport={"width": width, "height": 844},
            color_scheme="dark" if scheme == "dark" else "light",
            bypass_csp=True,
        )
        page = context.new_page()
        page.goto(address)
        page.add_script_tag(path=str(AXE))
        judge = """axe.run(document, {iframes: false}).then((r) => r.violations
            .filter((v) => ["serious", "critical"].includes(v.impact)).map((v) => [v.id, v.nodes.map((n) => n.html)]))"""
        assert page.evaluate(judge) == [], "the tour"
        page.locator("[data-end]").click()
        for pane in ("issue", "candidates", "preview"):
            if (button := page.locator(f"#panes [data-pane={pane}]")).is_visible():
                button.click()
            assert page.evaluate(judge) == [], pane
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        if (button := page.locator("#panes [data-pane=issue]")).is_visible():
            button.click()
        page.locator("#issue-pane .card [data-edit]").first.click()
        expect(page.locator("#edit-form")).to_be_visible()
        assert page.evaluate(judge) == [], "the sheet"
        page.keyboard.press("Escape")
        for key in "gbvow":
            page.keyboard.press(key)
            expect(page.locator("#sheet")).to_be_visible()
            page.locator("#sheet details:not([open]) > summary").evaluate_all(
                "all => all.forEach((each) => each.click())"
            )
            assert page.evaluate(judge) == [], key
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.keyboard.press("Escape")
        context.close()


def test_on_a_phone_take_drop_and_lead_are_large_enough(browser: Browser, issue_home: Path) -> None:
    with opened(issue_home) as client, listening(client) as address:
        context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
        page = context.new_page()
        page.goto(address)
        page.locator("[data-end]").tap()
        page.locator('#issue-pane [data-entry="e3"] [data-do=lead]').tap()
        expect(page.locator("#bar")).to_have_attribute("data-revision", "1")
        page.locator('#issue-pane [data-entry="e2"] [data-do=drop]').tap()
        expect(page.locator("#bar")).to_have_attribute("data-revision", "2")
        page.locator("#panes [data-pane=candidates]").tap()
        page.locator(".offer [data-do=take]").first.tap()
        expect(page.locator("#bar")).to_have_attribute("data-revision", "3")
        heights = page.locator("[data-do]:visible").evaluate_all(
            "all => all.map((each) => each.getBoundingClientRect().height)"
        )
        assert min(heights) >= 36
        context.close()
