"""The copy page, opened from its folder as an editor opens it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Dialog, Page, Request

from curate.render.channels.wechat import wechat
from tests.browser.editors import copied
from tests.render_samples import HOSTILE, TEMPLATES, chinese, english, one_item

CLIPBOARD = """async () => {
  const seen = new Promise((done) => document.addEventListener("paste", (event) => {
    done(Object.fromEntries([...event.clipboardData.types].map((t) => [t, event.clipboardData.getData(t)])));
    event.preventDefault();
  }, { once: true }));
  const field = document.createElement("textarea");
  document.body.append(field);
  field.focus();
  window.seen = seen;
}"""


def clipboard(page: Page) -> dict[str, str]:
    """What a real Ctrl+V brings, by type."""
    page.evaluate(CLIPBOARD)
    page.keyboard.press("Control+V")
    found: dict[str, str] = page.evaluate("window.seen")
    return found


def test_the_button_puts_both_types_on_the_clipboard_exactly_as_linted(page: Page, issue: Path) -> None:
    copied(page, issue / "wechat.html")
    payload = json.loads(page.locator("#payload").text_content() or "")
    assert clipboard(page) == {
        "text/html": (issue / "wechat.fragment.html").read_text("utf-8"),
        "text/plain": payload["text"],
    }
    assert len(payload["text"]) > 1000


def test_each_field_has_its_own_button(page: Page, tmp_path: Path) -> None:
    (tmp_path / "wechat.html").write_bytes(wechat(chinese(), TEMPLATES)["wechat.html"])
    page.goto((tmp_path / "wechat.html").as_uri())
    for key in ("title", "digest", "source"):
        shown = page.locator(f"#{key}").text_content()
        assert shown
        page.click(f'[data-copy="{key}"]')
        page.wait_for_selector(f'[data-copy="{key}"].done')
        assert clipboard(page) == {"text/plain": shown}


def test_the_preview_turns_dark_and_back(page: Page, issue: Path) -> None:
    page.goto((issue / "wechat.html").as_uri())
    for mode, other in (("dark", "light"), ("light", "dark")):
        page.click(f'[data-mode="{mode}"]')
        assert page.locator(f"#screen-{mode}").is_visible()
        assert page.locator(f"#screen-{other}").is_hidden()
        assert page.locator(f'[data-mode="{mode}"]').get_attribute("aria-pressed") == "true"
    ground = "getComputedStyle(document.querySelector('#screen-{}').contentDocument.body).backgroundColor"
    assert page.evaluate(ground.format("dark")) == "rgb(25, 25, 25)"
    assert page.evaluate(ground.format("light")) == "rgb(255, 255, 255)"


def test_nothing_is_asked_for_but_the_issues_own_files_and_nothing_goes_wrong(
    page: Page, issue: Path
) -> None:
    requests: list[Request] = []
    messages: list[ConsoleMessage] = []
    errors: list[object] = []
    page.on("request", lambda request: requests.append(request))
    page.on("console", lambda message: messages.append(message))
    page.on("pageerror", lambda error: errors.append(error))
    copied(page, issue / "wechat.html")
    page.click('[data-mode="dark"]')
    page.wait_for_load_state("networkidle")
    assert errors == []
    assert [message.text for message in messages] == []
    allowed = issue.as_uri()
    assert [r.url for r in requests if not r.url.startswith((allowed, "about:srcdoc"))] == []
    assert any("/images/" in r.url for r in requests)


def test_pictures_and_covers_are_shown_from_the_folder_by_day_and_night(page: Page, issue: Path) -> None:
    page.goto((issue / "wechat.html").as_uri())
    page.click('[data-mode="dark"]')
    page.wait_for_load_state("networkidle")
    widths = "(d) => [...d.querySelectorAll('img')].map((i) => i.complete && i.naturalWidth)"
    shown = page.evaluate(f"({widths})(document)")
    covers = len(list(issue.glob("cover*")))
    assert shown[:2] == [900, 500]
    assert len(shown) == covers + len(list((issue / "images").iterdir())) > 3
    for mode in ("light", "dark"):
        inside = page.evaluate(f"({widths})(document.querySelector('#screen-{mode}').contentDocument)")
        assert sorted(inside) == sorted(shown[covers:])
        assert all(inside)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_works_in_both_languages(page: Page, tmp_path: Path, language: str) -> None:
    digest = chinese() if language == "zh" else english()
    for name, body in wechat(digest, TEMPLATES).items():
        (tmp_path / name).write_bytes(body)
    copied(page, tmp_path / "wechat.html")
    assert page.locator("#copy-body").text_content() == {"zh": "已复制", "en": "Copied"}[language]
    assert clipboard(page)["text/html"] == (tmp_path / "wechat.fragment.html").read_text("utf-8")


def test_what_a_hostile_feed_sends_runs_nowhere(page: Page, tmp_path: Path) -> None:
    text = " ".join(word for word in HOSTILE if len(word) < 200)
    for name, body in wechat(one_item(text), TEMPLATES).items():
        (tmp_path / name).write_bytes(body)
    dialogs: list[Dialog] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog)
        dialog.dismiss()

    page.on("dialog", dismiss)
    copied(page, tmp_path / "wechat.html")
    assert dialogs == []
    assert "<script>alert(1)</script>" in clipboard(page)["text/plain"]
