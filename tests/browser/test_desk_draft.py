"""The draft box on the desk: what is missing is told, the issue goes in as it is previewed, by mouse and by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.desk_tab import lay_out_pictures, open_tab
from tests.browser.editors import MODULES
from tests.browser.test_desk_actions import Hand
from tests.draft_platform import APPID, SECRET, DraftPlatform, served_platform
from tests.test_draft import change_settings, only

AXE = MODULES / "axe-core/axe.min.js"
JUDGE = """axe.run(document, {iframes: false}).then((r) => r.violations
  .filter((v) => ["serious", "critical"].includes(v.impact)).map((v) => [v.id, v.nodes.map((n) => n.html)]))"""


@pytest.mark.parametrize("has_mouse", [True, False], ids=["mouse", "keys"])
def test_the_issue_goes_into_the_draft_box(
    browser: Browser, issue_home: Path, monkeypatch: pytest.MonkeyPatch, has_mouse: bool
) -> None:
    lay_out_pictures(issue_home)
    with served_platform(DraftPlatform()) as platform:
        monkeypatch.setattr("curate.desk_server.draft_panel.time.sleep", platform.sleep)
        change_settings(issue_home, f'network: {{wechat: "{platform.url}", timeout: 5}}')
        with open_tab(browser, issue_home) as tab:
            page, hand = tab.page, Hand(tab, has_mouse)
            hand.panel("draft", "b")
            expect(page.locator("#sheet .bad")).to_contain_text("CURATE_WECHAT_APPID")
            hand.use("#sheet [data-close]")
            monkeypatch.setenv("CURATE_WECHAT_APPID", APPID)
            monkeypatch.setenv("CURATE_WECHAT_SECRET", SECRET)
            hand.panel("draft", "b")
            hand.choose("[data-form=draft] select", "news")
            hand.use("[data-form=draft] .main")
            expect(page.locator("#said")).to_contain_text("草稿建好了", timeout=30_000)
            page.reload()
            hand.panel("draft", "b")
            expect(page.locator("#sheet")).to_contain_text("草稿箱里已有：图文")
        (article,) = only(platform.accounts[APPID])
        assert "第 1 条消息" in article["content"]


@pytest.mark.parametrize("width", [1280, 820, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_form(
    browser: Browser, issue_home: Path, monkeypatch: pytest.MonkeyPatch, width: int, scheme: str
) -> None:
    monkeypatch.setenv("CURATE_WECHAT_APPID", APPID)
    monkeypatch.setenv("CURATE_WECHAT_SECRET", SECRET)
    with open_tab(browser, issue_home, bypass_csp=True) as tab:
        tab.page.set_viewport_size({"width": width, "height": 844})
        tab.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        tab.press(1, "b")
        expect(tab.page.locator("[data-form=draft] .main")).to_be_visible()
        tab.page.add_script_tag(path=str(AXE))
        assert tab.page.evaluate(JUDGE) == []
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
        sheet = tab.page.locator("#sheet")
        assert sheet.evaluate("each => each.scrollWidth <= each.clientWidth"), "nothing runs off the sheet"
