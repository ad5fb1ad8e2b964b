"""The pictures in docs/images, from the demo's second issue: python bench/screenshots.py

Every theme at phone width by day and by night, and the copy page as the editor sees it. Needs Chromium.
"""

from __future__ import annotations

import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser  # noqa: E402

from curate.account import templates  # noqa: E402
from curate.cli import run  # noqa: E402
from curate.codec import from_json  # noqa: E402
from curate.model import Digest  # noqa: E402
from curate.render import themes  # noqa: E402
from curate.render.wechat import wechat  # noqa: E402
from curate.settings import Look  # noqa: E402
from tests.browser.editors import context_of, missing, opened  # noqa: E402

FOLDER = ROOT / "docs/images"
NOW = "2026-11-22T06:00+08:00"
PHONE, PART = 390, 1240  # CSS pixels: the width, and how much of a post is shown
COLOURS = 64  # of a picture: small files, and letters stay smooth


def demo(home: Path) -> Path:
    """The folder of the demo's second issue."""
    if run(["demo", "-C", str(home), "--now", NOW]):
        sys.exit("the demo failed")
    return max((home / "output/demo/output/issues").glob("*/issue.json")).parent


def keep(name: str, shot: bytes) -> None:
    Image.open(BytesIO(shot)).convert("RGB").quantize(COLOURS).save(FOLDER / name, optimize=True)


def show(browser: Browser, issue: Path) -> None:
    digest, files = from_json(Digest, (issue / "issue.json").read_bytes()), templates()
    page_file = issue / "_shot.html"
    wide = context_of(browser, viewport={"width": 1280, "height": 1180}).new_page()
    phone = context_of(browser, viewport={"width": PHONE, "height": PART}, device_scale_factor=2).new_page()
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


def main() -> None:
    if word := missing():
        sys.exit(f"skipped: {word}")
    with tempfile.TemporaryDirectory() as home, opened() as browser:
        show(browser, demo(Path(home)))


if __name__ == "__main__":
    main()
