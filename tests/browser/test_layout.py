"""Nothing that a feed sends breaks the layout, and all text can be read by day and by night."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page

from curate.config.schema import Look
from curate.domain.model import Digest, Item, Section
from curate.render import themes
from curate.render.channels.email import email
from curate.render.channels.wechat import wechat
from curate.render.wechat.dark_mode import darken_html
from tests.browser.editors import HERE
from tests.render_samples import HOSTILE, TEMPLATES, chinese, digest_of

WIDTHS = (320, 390, 677)
CONTRAST = (HERE / "contrast.js").read_text("utf-8")
POST = (
    "<!doctype html><meta charset=utf-8><style>body{{margin:0;padding:0 16px;font-size:17px;line-height:1.6;"
    "letter-spacing:.034em;text-align:justify;background:{ground};color:{text}}}p{{margin:0}}</style>{html}"
)


def hostile() -> Digest:
    """An item for everything that hostile feeds send, in every text of it."""
    template = chinese().lead
    texts = [
        *HOSTILE,
        "题" * 400,
        "مرحبا بالعالم " * 40,
        "👩‍👩‍👧‍👦🇨🇳" * 60,
        "x" * 10_000,
        "https://a.example/" + "y" * 900,
    ]
    items = tuple(_item(template, n, text) for n, text in enumerate(texts, 1))
    return digest_of((Section("ai", "W" * 300, "🤖", items[:12]), Section("b", "字" * 300, "", items[12:])))


def _item(template: Item, number: int, text: str) -> Item:
    url = f"https://a.example/{'z' * 700}/{number}"
    return replace(
        template, number=number, title=text, summary=text[:400], source=text[:90], author=text, url=url
    )


@pytest.mark.parametrize("theme", themes(TEMPLATES))
@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_runs_off_the_screen(page: Page, tmp_path: Path, width: int, theme: str) -> None:
    files = wechat(hostile(), TEMPLATES, Look(theme=theme, opening="W" * 900, closing="字" * 900))
    html = files["wechat.fragment.html"].decode()
    (tmp_path / "wechat.html").write_bytes(files["wechat.html"])
    (tmp_path / "post.html").write_text(
        POST.format(ground="#fff", text="#1a1a1a", html=html), encoding="utf-8"
    )
    page.set_viewport_size({"width": width, "height": 800})
    for name in ("post.html", "wechat.html"):
        page.goto((tmp_path / name).as_uri())
        frames = page.evaluate(
            """() => [document, ...[...document.querySelectorAll("iframe")].map((f) => f.contentDocument)]
                 .map((d) => d.documentElement).map((e) => [e.scrollWidth, e.clientWidth])"""
        )
        assert all(needed <= there for needed, there in frames), (name, frames)


@pytest.mark.parametrize(
    ("mode", "paper", "text"), [("light", "#ffffff", "#333"), ("dark", "#191919", "#a3a3a3")]
)
def test_all_text_can_be_read(
    page: Page, issue: Path, tmp_path: Path, mode: str, paper: str, text: str
) -> None:
    html = (issue / "wechat.fragment.html").read_text("utf-8")
    shown = darken_html(html) if mode == "dark" else html
    (tmp_path / "post.html").write_text(POST.format(ground=paper, text=text, html=shown), encoding="utf-8")
    page.goto((tmp_path / "post.html").as_uri())
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    worst = page.evaluate(f"(paper) => ({CONTRAST})(document.body, paper)", paper)
    assert worst["texts"] > 100
    assert worst["contrast"] >= 4.5, worst


def test_the_copy_page_itself_can_be_read(page: Page, issue: Path) -> None:
    page.goto((issue / "wechat.html").as_uri())
    worst = page.evaluate(f"({CONTRAST})(document.querySelector('.work'), 'rgb(255, 255, 255)')")
    assert worst["contrast"] >= 4.5, worst


@pytest.mark.parametrize("theme", themes(TEMPLATES))
@pytest.mark.parametrize("width", WIDTHS)
def test_an_unbroken_title_stays_in_its_card(page: Page, tmp_path: Path, width: int, theme: str) -> None:
    digest = hostile()
    files = wechat(digest, TEMPLATES, Look(theme=theme)) | email(digest, TEMPLATES, Look(theme=theme))
    post = POST.format(ground="#fff", text="#1a1a1a", html=files["wechat.fragment.html"].decode())
    page.set_viewport_size({"width": width, "height": 800})
    for name, html in (("post.html", post), ("email.html", files["email.html"].decode())):
        (tmp_path / name).write_text(html, encoding="utf-8")
        page.goto((tmp_path / name).as_uri())
        out = page.evaluate(
            """() => [...document.body.querySelectorAll("p, section, td, div, table")]
                 .filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0)
                 .filter((e) => getComputedStyle(e).overflowX === "visible")
                 .map((e) => [e.tagName, e.className, e.clientWidth, e.scrollWidth, e.textContent.slice(0, 40)])"""
        )
        assert not out, (name, out[:3])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
