"""The browser extension puts what was copied into the platform's editor, and says what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from curate.config.schema import Look
from curate.domain.model import Digest
from curate.domain.serialization import from_json
from curate.render import render, themes
from tests.browser.mp_editor import ADDRESS, opened_with_extension, served_platform
from tests.render_samples import TEMPLATES, chinese, english

COPY = """(html) => {
  const item = new ClipboardItem({ "text/html": new Blob([html], { type: "text/html" }) });
  return navigator.clipboard.write([item]);
}"""
POST = '<section><p style="color:#0a7d4f"><span leaf="">第一段，讲一件事。</span></p><p><img src="https://p.example/1.jpg"></p><p><span leaf="">第二段 &amp; 别的。</span></p></section>'


@pytest.fixture(scope="module")
def browsing(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    with (
        served_platform(tmp_path_factory.mktemp("platform")) as port,
        opened_with_extension(browser, port, tmp_path_factory.mktemp("profile")) as context,
    ):
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield context


@pytest.fixture
def mp(browsing: BrowserContext) -> Iterator[Page]:
    page = browsing.new_page()
    page.goto(ADDRESS)
    page.wait_for_function("window.isReady")
    yield page
    page.close()


def press(browsing: BrowserContext, mp: Page, html: str) -> tuple[Page, list[str]]:
    """Copy, and press the icon: the extension's page as it opens, and what it asked the network for."""
    mp.bring_to_front()
    mp.evaluate(COPY, html)
    identifier = extension_id(browsing)
    popup = browsing.new_page()
    asked: list[str] = []
    popup.on("console", lambda told: pytest.fail(told.text))
    popup.on("request", lambda request: asked.append(request.url))
    popup.goto(f"chrome-extension://{identifier}/popup.html")
    popup.wait_for_selector("body[data-ready]")
    return popup, [url for url in asked if not url.startswith(f"chrome-extension://{identifier}/")]


def extension_id(browsing: BrowserContext) -> str:
    page = browsing.new_page()
    page.goto("chrome://extensions")
    found = page.evaluate(
        "chrome.developerPrivate.getExtensionsInfo().then((all) => all.map((one) => one.id))"
    )
    page.close()
    return str(found[0])


def test_a_post_goes_in_whole_and_is_checked(browsing: BrowserContext, mp: Page) -> None:
    popup, asked = press(browsing, mp, POST)
    assert popup.is_visible("#put")
    assert not popup.is_visible("#overwrite")
    popup.click("#put")
    popup.wait_for_selector("body[data-result=same]")
    assert "放好了" in popup.inner_text("#result") or "Done" in popup.inner_text("#result")
    assert mp.evaluate("content().querySelectorAll('img[src]').length") == 1
    assert "第二段 & 别的。" in mp.evaluate("content().textContent")
    assert mp.evaluate("content().querySelector('p').style.color") == "rgb(10, 125, 79)"
    assert asked == []
    popup.close()


def test_a_filled_editor_is_left_alone_until_told(browsing: BrowserContext, mp: Page) -> None:
    mp.evaluate("setDocument(Object.assign(document.createElement('div'), { innerHTML: '<p>写了一半</p>' }))")
    popup, _ = press(browsing, mp, POST)
    assert not popup.is_visible("#put")
    assert popup.is_visible("#overwrite")
    assert mp.evaluate("content().textContent") == "写了一半"
    mp.evaluate(
        "setDocument(Object.assign(document.createElement('div'), { innerHTML: '<p>又写了几句</p>' }))"
    )
    popup.click("#overwrite")
    popup.wait_for_function("document.querySelector('#editor').textContent.length > 0")
    popup.wait_for_timeout(200)
    assert mp.evaluate("content().textContent") == "又写了几句", "what was written meanwhile is not lost"
    popup.close()
    popup, _ = press(browsing, mp, POST)
    popup.click("#overwrite")
    popup.wait_for_selector("body[data-result=same]")
    assert "第一段" in mp.evaluate("content().textContent")
    popup.close()


def test_a_picture_that_the_editor_drops_is_told(browsing: BrowserContext, mp: Page) -> None:
    mp.evaluate("state.drop = 1")
    popup, _ = press(browsing, mp, POST)
    popup.click("#put")
    popup.wait_for_selector("body[data-result=lost]")
    assert "1" in popup.inner_text("#result")
    popup.close()


@pytest.mark.parametrize(
    "trouble", ["state.isReady = false", "state.refuse = true", "delete window.__MP_Editor_JSAPI__"]
)
def test_an_editor_that_does_not_take_it_is_told_and_nothing_changes(
    browsing: BrowserContext, mp: Page, trouble: str
) -> None:
    mp.evaluate(trouble)
    popup, _ = press(browsing, mp, POST)
    if popup.is_visible("#put"):
        popup.click("#put")
        popup.wait_for_timeout(300)
    assert popup.inner_text("#editor")
    assert not popup.inner_text("#result")
    assert mp.evaluate("content().textContent") == ""
    popup.close()


@pytest.mark.parametrize("theme", themes(TEMPLATES))
def test_three_issues_in_every_theme_go_in_whole(
    browsing: BrowserContext, mp: Page, issue: Path, theme: str
) -> None:
    demo = from_json(Digest, (issue / "issue.json").read_bytes())
    for digest in (chinese(), english(), demo):
        files, refused = render(digest, ("wechat",), TEMPLATES, Look(theme=theme))
        assert refused == ()
        mp.reload()
        mp.wait_for_function("window.isReady")
        popup, asked = press(browsing, mp, files["wechat.fragment.html"].decode())
        popup.click("#put")
        popup.wait_for_selector("body[data-result]")
        assert popup.get_attribute("body", "data-result") == "same", popup.inner_text("body")
        assert asked == []
        popup.close()
