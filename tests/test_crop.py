"""A part of a picture: always within it, of its shape; chosen on the desk and from the terminal, and undone."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Picture

from curate.app.render_issue import render_issue
from curate.cli.main import run
from curate.desk.draft import items_of
from curate.domain.errors import UnreadableError
from curate.domain.model import Item
from curate.images.crop import RATIOS, Crop, box_of, crop_picture
from tests.desk_account import LATER
from tests.desk_client import DeskClient, opened

CROPS = st.builds(
    Crop, st.sampled_from(list(RATIOS)), st.floats(-50, 200), st.floats(-50, 200), st.floats(-50, 200)
)


def photo(width: int = 1200, height: int = 800) -> bytes:
    """Noise, with a red left half."""
    made = Picture.effect_noise((width, height), 90).convert("RGB")
    made.paste((220, 20, 20), (0, 0, width // 2, height // 3))
    out = BytesIO()
    made.save(out, "JPEG", quality=90)
    return out.getvalue()


@given(st.integers(20, 5000), st.integers(20, 5000), CROPS)
def test_a_part_lies_within_its_picture_and_has_its_shape(width: int, height: int, crop: Crop) -> None:
    left, top, right, bottom = box_of(width, height, crop)
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    across, down = RATIOS[crop.ratio]
    assert abs((right - left) * down - (bottom - top) * across) <= across + down


@pytest.mark.parametrize(
    ("ratio", "size"), [("16:9", (1080, 608)), ("4:3", (1066, 800)), ("1:1", (800, 800))]
)
def test_the_part_is_encoded_as_a_picture_of_ours(ratio: str, size: tuple[int, int]) -> None:
    made = crop_picture(photo(), Crop(ratio))
    found = Picture.open(BytesIO(made.data))
    assert found.size == (made.width, made.height)
    assert abs(made.width - size[0]) <= 2
    assert abs(made.height - size[1]) <= 2


def test_the_place_chooses_what_is_seen() -> None:
    def red(x: float, y: float) -> bool:
        image = (
            Picture.open(BytesIO(crop_picture(photo(), Crop("1:1", x, y, 40)).data))
            .convert("RGB")
            .resize((1, 1))
        )
        r, g, _ = image.getpixel((0, 0))  # type: ignore[misc]
        return bool(r > g + 60)

    assert red(0, 0)
    assert not red(100, 0)
    assert not red(0, 100)


def test_what_cannot_be_cropped_is_told() -> None:
    for data, crop in (
        (photo(), Crop("3:1")),
        (b"no picture", Crop("1:1")),
        (photo(320, 200), Crop("1:1", size=30)),
    ):
        with pytest.raises(UnreadableError):
            crop_picture(data, crop)


def item_of(tab: DeskClient, number: int) -> Item:
    return next(i for i in items_of(tab.desk.read().issue.sections) if i.entry == f"e{number}")


def test_the_desk_crops_and_undoes(issue_home: Path) -> None:
    with opened(issue_home) as tab:
        tab.do("image", 1, files={"upload": ("a.jpg", photo(), "image/jpeg")})
        whole = item_of(tab, 1).image
        assert tab.do("crop", 1, ratio="1:1", x="0", y="100", size="80").status_code == 200
        part = item_of(tab, 1).image
        assert part is not None
        assert part.width == part.height
        assert tab.get(f"/{part.file}").status_code == 200
        tab.do("undo")
        assert item_of(tab, 1).image == whole
        assert tab.do("crop", 1, ratio="9:1").status_code == 422
        tab.do("image", 2, choice="none")
        assert "没有图片" in tab.do("crop", 2, ratio="1:1").text


def test_the_terminal_chooses_pictures(issue_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def call(*words: str) -> int:
        return run(["issue", "image", "-C", str(issue_home), "--now", LATER, "7", "1", *words])

    own = issue_home / "own.jpg"
    own.write_bytes(photo())
    assert call("--file", str(own)) == 0
    assert call("--crop", "4:3", "--at", "0", "100", "--size", "60") == 0
    with opened(issue_home) as tab:
        image = item_of(tab, 1).image
        assert image is not None
        assert round(image.width / image.height, 2) == 1.33
    assert call("--none") == 0
    capsys.readouterr()
    assert call("--crop", "1:1") == 2
    assert "没有图片" in capsys.readouterr().err
    assert call("--machine") == 0
    assert call() == 2
    assert call("--none", "--machine") == 2


def test_a_picture_that_comes_while_the_folder_is_replaced_stays(
    issue_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(issue_home) as tab:

        def render_and_choose(*given: Any) -> Any:
            monkeypatch.undo()
            made = render_issue(*given)
            tab.do("image", 1, files={"upload": ("a.jpg", photo(), "image/jpeg")})
            return made

        monkeypatch.setattr("curate.app.edit_issue.render_issue", render_and_choose)
        tab.desk.publish()
        image = item_of(tab, 1).image
        assert image is not None
        assert tab.get(f"/{image.file}").status_code == 200
    assert (issue_home / "output/issues/2026-11-23-1" / image.file).is_file()
