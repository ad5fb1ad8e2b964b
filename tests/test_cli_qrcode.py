"""`look.qrcode`: a picture of the editor's, or an address, on the poster."""

from __future__ import annotations

import base64
import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from curate.app.qrcode import with_qrcode
from curate.config.load import parse
from curate.config.schema import Config, Look
from curate.domain.errors import ConfigError
from curate.images.scan_codes import holds_scan_code
from curate.render import CHANNELS
from curate.render.channels.poster import poster
from tests.render_samples import TEMPLATES, chinese
from tests.test_config import GOOD, KNOWN

EVERY = KNOWN._replace(channels=tuple(CHANNELS))
ADDRESS = "https://weixin.example/r/abc"


def config(code: str, channels: str = "[poster]") -> Config:
    return parse(
        f"{GOOD}look: {{qrcode: {json.dumps(code)}}}\nchannels: {channels}\n", "feeds.yaml", {}, EVERY
    )


def shown(look: Look) -> Image.Image:
    return Image.open(BytesIO(base64.b64decode(look.qrcode.removeprefix("data:image/png;base64,"))))


def test_an_address_becomes_a_code_on_the_poster(tmp_path: Path) -> None:
    look = with_qrcode(config(ADDRESS), tmp_path).look
    assert holds_scan_code(shown(look).convert("RGB"))
    page = poster(chinese(), TEMPLATES, look)["poster.html"].decode()
    assert look.qrcode in page
    assert "img-src blob: data:" in page
    bare = poster(chinese(), TEMPLATES, Look())["poster.html"].decode()
    assert re.search(r"img-src blob:\"", bare)


def test_a_picture_beside_feeds_yaml_is_made_small(tmp_path: Path) -> None:
    Image.new("RGB", (1280, 1280), "white").save(tmp_path / "code.jpg")
    assert shown(with_qrcode(config("code.jpg"), tmp_path).look).size == (430, 430)


@pytest.mark.parametrize("name", ["nowhere.png", "feeds.yaml", "https://a.example/" + "x" * 470])
def test_what_cannot_be_a_code_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "feeds.yaml").write_text("x", encoding="utf-8")
    if name.startswith("https"):
        assert with_qrcode(config(name), tmp_path).look.qrcode.startswith("data:"), (
            "five hundred characters still fit"
        )
        return
    with pytest.raises(ConfigError) as caught:
        with_qrcode(config(name), tmp_path)
    assert "look.qrcode" in caught.value.problems[0]


def test_without_a_poster_nothing_is_read(tmp_path: Path) -> None:
    assert with_qrcode(config("nowhere.png", "[wechat]"), tmp_path).look.qrcode == "nowhere.png"
