"""Pasted through the real clipboard into the real editors, a post loses nothing and looks as before."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.editors import EDITORS, copied, pasted

COPY = """(html) => {
  document.addEventListener("copy", (event) => {
    event.clipboardData.setData("text/html", html);
    event.preventDefault();
  }, { once: true });
  document.execCommand("copy");
}"""


@pytest.mark.parametrize("editor", EDITORS)
def test_no_character_and_no_picture_is_lost_and_every_one_looks_as_before(
    page: Page, editors: str, issue: Path, editor: str
) -> None:
    copied(page, issue / "wechat.html")
    made = pasted(page, editors, editor, (issue / "wechat.fragment.html").read_text("utf-8"))
    assert len(made.before) > 3000
    assert made.lost == 0
    assert len(made.images[0]) >= 2
    assert made.images[0] == made.images[1], "address, data-w, data-ratio and width"
    assert made.changed == {}, made.examples


@pytest.mark.parametrize(
    ("editor", "html"),
    [
        ("prosemirror", '<p style="color:#0a7d4f;text-align:center">no guard before it</p>'),
        ("prosemirror", '<p>a</p><div style="font-weight:bold">not a tag that is kept</div>'),
        ("ueditor", '<p>an embedded picture<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></p>'),
    ],
)
def test_the_measure_sees_what_other_html_loses(page: Page, editors: str, editor: str, html: str) -> None:
    page.goto(f"{editors}/{editor}.html")
    page.evaluate(COPY, html)
    made = pasted(page, editors, editor, html)
    assert made.lost or made.images_lost or made.changed
