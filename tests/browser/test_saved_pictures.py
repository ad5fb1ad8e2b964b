"""Pictures that a page draws and saves, from its folder: the drawn covers and the poster."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image as Pillow
from playwright.sync_api import Page

from curate.config.schema import Look
from curate.domain.model import Image
from curate.render.channels.poster import poster
from curate.render.channels.wechat import wechat
from tests.render_samples import TEMPLATES, chinese

DRAWN = (Image("", 900, 383, file="cover.svg"), Image("", 500, 500, file="cover-square.svg"))


def saved(page: Page, button: str) -> tuple[str, Pillow.Image]:
    """The name and the picture that a click on the button downloads."""
    with page.expect_download() as download:
        page.click(button)
    path = download.value.path()
    return download.value.suggested_filename, Pillow.open(BytesIO(Path(path).read_bytes()))


@pytest.mark.parametrize(("file", "size"), [("cover.png", (1800, 766)), ("cover-square.png", (1000, 1000))])
def test_a_drawn_cover_is_saved_with_its_chinese_title(
    page: Page, tmp_path: Path, file: str, size: tuple[int, int]
) -> None:
    digest = chinese()
    for title, name in (("一", "one"), (digest.lead.title, "two")):
        told = replace(digest, lead=replace(digest.lead, title=title), covers=DRAWN)
        page_file = tmp_path / f"{name}.html"
        page_file.write_bytes(wechat(told, TEMPLATES, Look(color="#0f4c81"))["wechat.html"])
        page.goto(page_file.as_uri())
        suggested, picture = saved(page, f'[data-save="{file}"]')
        assert (suggested, picture.size, picture.format) == (file, size, "PNG")
        assert picture.convert("RGB").getpixel((2, 2)) == (0x0F, 0x4C, 0x81), "the account's color"
        picture.save(tmp_path / f"{name}.png")
    one, two = (Pillow.open(tmp_path / f"{name}.png").convert("L") for name in ("one", "two"))
    white = [sum(picture.histogram()[250:]) for picture in (one, two)]
    assert white[1] > white[0] * 1.2, "the title's letters are on it"


def test_the_poster_is_saved_as_it_is_drawn(page: Page, tmp_path: Path) -> None:
    (tmp_path / "poster.html").write_bytes(poster(chinese(), TEMPLATES, Look())["poster.html"])
    page.goto((tmp_path / "poster.html").as_uri())
    drawn = page.locator("canvas").evaluate("(c) => [c.width, c.height]")
    name, picture = saved(page, "#save")
    assert name == "poster-312.png"
    assert list(picture.size) == drawn
    assert picture.width == 1080
    assert len(picture.convert("RGB").resize((60, 90)).getcolors(5400) or ()) > 30, "there is something on it"
