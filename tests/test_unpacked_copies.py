"""Unpacked copies of packed files: made once, whole, and never in the way."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from curate.app.upkeep.unpacked_copies import unpack
from curate.text.model_files import find_model_file, keep_unpacked


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "curate"


def pack(path: Path, numbers: bytes) -> str:
    path.parent.mkdir(exist_ok=True)
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        file.writestr("numbers.npy", numbers)
    return str(path)


def test_a_copy_has_the_same_members_stored_as_they_are(tmp_path: Path, cache: Path) -> None:
    with ZipFile(unpack(pack(tmp_path / "weights.npz", b"1" * 1000))) as copy:
        assert copy.read("numbers.npy") == b"1" * 1000
        assert Path(str(copy.filename)).stat().st_size > 1000
        assert Path(str(copy.filename)).parent == cache


def test_a_copy_is_made_once_and_again_where_it_is_broken(tmp_path: Path, cache: Path) -> None:
    packed = pack(tmp_path / "weights.npz", b"1" * 1000)
    copy = Path(unpack(packed))
    made = copy.stat().st_ino
    assert Path(unpack(packed)).stat().st_ino == made
    whole = copy.read_bytes()
    copy.write_bytes(whole[:500])
    assert Path(unpack(packed)).read_bytes() == whole


def test_the_copy_of_another_version_takes_the_place_of_the_older_one(tmp_path: Path, cache: Path) -> None:
    unpack(pack(tmp_path / "old" / "weights.npz", b"1"))
    other = Path(unpack(pack(tmp_path / "new" / "words.npz", b"2")))
    newer = Path(unpack(pack(tmp_path / "new" / "weights.npz", b"3")))
    assert set(cache.iterdir()) == {other, newer}


def test_where_no_copy_can_be_kept_the_packed_file_is_read(tmp_path: Path, cache: Path) -> None:
    packed = pack(tmp_path / "weights.npz", b"1")
    cache.parent.write_bytes(b"")  # a file where the folder would be
    assert unpack(packed) == packed
    torn = tmp_path / "torn.npz"
    torn.write_bytes(b"no zip file")
    assert unpack(str(torn)) == str(torn)


def test_a_model_is_read_from_the_copy_while_somebody_keeps_one() -> None:
    with keep_unpacked(lambda packed: f"{packed} unpacked"):
        assert find_model_file("curate", "a.npz").endswith("/curate/a.npz unpacked")
    assert find_model_file("curate", "a.npz").endswith("/curate/a.npz")
