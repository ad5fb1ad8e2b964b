"""The pictures in docs/images, from the demo's second issue: python bench/screenshots.py

Every theme at phone width by day and by night, the copy page as the editor sees it, and the site on a phone and on a
desk. Needs Chromium, and Noto Color Emoji to look as on a reader's machine.
"""

from __future__ import annotations

import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Literal

from harness import ROOT
from PIL import Image
from playwright.sync_api import Browser, ViewportSize

from curate.cli.main import run
from curate.config.schema import Look
from curate.domain.item_codes import code
from curate.domain.model import Digest
from curate.domain.serialization import from_json
from curate.render import themes
from curate.render.channels.wechat import wechat
from curate.storage.account import templates
from tests.browser.editors import context_of, missing, opened
from tests.desk_client import opened as opened_desk
from tests.desk_process import listening

FOLDER = ROOT / "docs/images"
NOW = "2026-11-22T06:00+08:00"
FIRST = "2026-11-21-1"  # the folder of the first issue
PHONE, PART = 390, 1240  # CSS pixels: the width, and how much of a post is shown
SCALE = 1.5  # pixels of a phone's pictures to a CSS pixel: they are shown at half their width
COLORS = 256  # of a picture: small files, letters stay smooth, and neither emoji nor skies fade
SITE = {  # name of the picture -> page, scheme, width and height
    "site-phone-light": ("index.html", "light", 390, 844),
    "site-phone-dark": ("topic/city/index.html", "dark", 390, 844),
    "site-story-phone-light": ("story/1/{most}.html", "light", 390, 844),
    "site-search-phone-dark": ("search.html?q=手机", "dark", 390, 844),
    "site-desktop-light": ("index.html", "light", 1280, 860),
    "site-desktop-dark": ("topics.html", "dark", 1280, 860),
}


def demo(home: Path) -> Path:
    """The folder of the demo's second issue."""
    if run(["demo", "-C", str(home), "--now", NOW]):
        sys.exit("the demo failed")
    return max((home / "output/demo/output/issues").glob("*/issue.json")).parent


def keep(name: str, shot: bytes) -> None:
    whole = Image.open(BytesIO(shot)).convert("RGB")
    few = whole.quantize(COLORS, method=Image.Quantize.MEDIANCUT, kmeans=3, dither=Image.Dither.NONE)
    few.save(FOLDER / name, optimize=True)


def show(browser: Browser, issue: Path) -> None:
    digest, files = from_json(Digest, (issue / "issue.json").read_bytes()), templates()
    page_file = issue / "_shot.html"
    wide = context_of(browser, viewport={"width": 1280, "height": 1180}).new_page()
    phone = context_of(
        browser, viewport={"width": PHONE, "height": PART}, device_scale_factor=SCALE
    ).new_page()
    for theme in themes(files):
        page_file.write_bytes(wechat(digest, files, Look(theme=theme))["wechat.html"])
        wide.goto(page_file.as_uri())
        for mode in ("light", "dark"):  # the copy page's own preview, alone on a screen
            preview = wide.locator(f"#screen-{mode}").get_attribute("srcdoc")
            phone.goto(issue.as_uri() + "/")
            phone.set_content(preview or "")
            phone.wait_for_load_state("networkidle")
            keep(f"theme-{theme}-{mode}.png", phone.screenshot())
    wide.goto((issue / "wechat.html").as_uri())
    keep("issue.png", wide.screenshot())


def show_site(browser: Browser, issue: Path) -> None:
    digest = from_json(Digest, (issue.with_name(FIRST) / "issue.json").read_bytes())
    told = max((item for section in digest.sections for item in section.items), key=lambda i: len(i.also))
    for name, (path, scheme, width, height) in SITE.items():
        page = context_of(
            browser,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            device_scale_factor=SCALE if width == PHONE else 1,
        ).new_page()
        page.goto((issue.parents[1] / "site").as_uri() + "/" + path.format(most=code(1, told.number)))
        page.wait_for_load_state("networkidle")
        if path.startswith("search"):
            page.locator("#results .card").first.wait_for()
        keep(f"{name}.png", page.screenshot())


def show_desk(browser: Browser, home: Path) -> None:
    """The desk by day, at night and on a phone."""
    shots = (("desk-light", 1440, 900), ("desk-dark", 1440, 900), ("desk-phone", PHONE, 844))
    with opened_desk(home, 2) as client, listening(client) as address:
        for name, width, height in shots:
            scheme: Literal["light", "dark"] = "dark" if name.endswith("dark") else "light"
            size: ViewportSize = {"width": width, "height": height}
            context = browser.new_context(viewport=size, color_scheme=scheme)
            page = context.new_page()
            page.goto(address)
            page.locator("[data-end]").click()
            if scheme == "dark":
                page.locator("#night").click()
            page.wait_for_timeout(800)
            keep(f"{name}.png", page.screenshot())
            context.close()


def main() -> None:
    if word := missing():
        sys.exit(f"skipped: {word}")
    with tempfile.TemporaryDirectory() as home, opened() as browser:
        issue = demo(Path(home))
        show(browser, issue)
        show_site(browser, issue)
        show_desk(browser, Path(home) / "output/demo")


if __name__ == "__main__":
    main()
