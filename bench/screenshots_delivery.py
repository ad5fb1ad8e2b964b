"""The pictures of docs/*/delivery.md, from the demo's second issue: python bench/screenshots_delivery.py

What `curate draft --dry-run` and `curate check` say, the desk's panel of the draft box, and the extension's page over the stub
of the platform's editor. Needs Chromium and the editors of tests/browser.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from html import escape
from io import StringIO
from pathlib import Path
from shutil import copytree, rmtree
from unittest.mock import patch

import harness  # noqa: F401 - puts the checkout on the path
from playwright.sync_api import Browser
from screenshots import demo, keep

from curate.cli.main import run
from curate.storage.account import find_extension
from tests.browser.editors import context_of, missing, opened
from tests.browser.mp_editor import ADDRESS, opened_with_extension
from tests.browser.mp_editor import served_platform as served_editor
from tests.browser.test_extension import extension_id
from tests.desk_client import opened as opened_desk
from tests.desk_process import listening
from tests.draft_platform import APPID, SECRET

WIDTH = 900  # CSS pixels
LINES = 26  # of what a command says, as many as a reader takes in
TERMINAL = """<!doctype html><meta charset="utf-8"><style>body {{ margin: 0; padding: 20px 24px; background: #1d1f21; color: #e6e6e6;
font: 15px/1.6 "Noto Sans Mono CJK SC", monospace; }} pre {{ margin: 0; font: inherit; white-space: pre-wrap; }}
b {{ color: #7fd1a5; font-weight: normal; }}</style><pre><b>$ {command}</b>
{said}</pre>"""
FILL = """(html) => navigator.clipboard.write(
  [new ClipboardItem({ "text/html": new Blob([html], { type: "text/html" }) })])"""


def show_commands(browser: Browser, home: Path) -> None:
    page = context_of(browser, viewport={"width": WIDTH, "height": 300}).new_page()
    for name, words in (("delivery-dry-run", ("draft", "--dry-run")), ("delivery-check", ("check",))):
        said = StringIO()
        with redirect_stdout(said), redirect_stderr(said):
            run([*words, "-C", str(home)])
        lines = said.getvalue().replace(str(home), "").strip().splitlines()
        shown = lines if len(lines) <= LINES else [*lines[:LINES], "……"]
        page.set_content(TERMINAL.format(command=f"curate {' '.join(words)}", said=escape("\n".join(shown))))
        keep(f"{name}.png", page.screenshot(full_page=True))


def show_panel(browser: Browser, home: Path) -> None:
    with opened_desk(home, 2) as client, listening(client) as address:
        page = context_of(browser, viewport={"width": 1100, "height": 760}).new_page()
        page.goto(address)
        page.locator("[data-end]").click()  # the tour
        page.locator("#open-draft").click()
        page.locator("form[data-form=draft]").wait_for()
        page.wait_for_timeout(600)
        keep("delivery-desk.png", page.screenshot())


def show_extension(browser: Browser, issue: Path, work: Path) -> None:
    chinese = work / "extension"  # whatever languages the browser has
    copytree(find_extension(), chinese)
    rmtree(chinese / "_locales/en")
    with (
        patch("tests.browser.mp_editor.find_extension", return_value=chinese),
        served_editor(work) as port,
        opened_with_extension(browser, port, work / "profile") as context,
    ):
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(ADDRESS)
        page.wait_for_function("window.isReady")
        page.evaluate(FILL, (issue / "wechat.fragment.html").read_text("utf-8"))
        popup = context.new_page()
        popup.set_viewport_size({"width": 360, "height": 220})
        popup.goto(f"chrome-extension://{extension_id(context)}/popup.html")
        popup.wait_for_selector("body[data-ready]")
        popup.click("#put")
        popup.wait_for_selector("body[data-result]")
        keep("delivery-extension.png", popup.screenshot(full_page=True))


def main() -> None:
    if word := missing():
        sys.exit(f"skipped: {word}")
    os.environ |= {"CURATE_WECHAT_APPID": APPID, "CURATE_WECHAT_SECRET": SECRET}  # the panel asks for both
    with tempfile.TemporaryDirectory() as folder, opened() as browser:
        issue = demo(Path(folder))
        home = Path(folder) / "output/demo"
        show_commands(browser, home)
        show_panel(browser, home)
        show_extension(browser, issue, Path(folder))


if __name__ == "__main__":
    main()
