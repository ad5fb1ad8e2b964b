"""The editor's own folder: every Markdown file below it, and nothing from elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from curate.domain.errors import FetchError
from curate.domain.model import Page
from curate.fetch.folder import read_folder
from curate.fetch.limits import BODY_LIMIT
from curate.i18n.catalogue import say

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


def test_markdown_is_read_in_order_with_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "深").mkdir()
    (tmp_path / "b.md").write_bytes("二".encode("gb18030"))
    (tmp_path / "a.md").write_text("one", "utf-8")
    (tmp_path / "深" / "c d.md").write_text("three", "utf-8")
    (tmp_path / "notes.txt").write_text("no", "utf-8")
    (tmp_path / "folder.md").mkdir()
    pages = read_folder(tmp_path, NOW)
    assert [page.body for page in pages] == [b"one", "二".encode("gb18030"), b"three"]
    assert pages[0] == Page((tmp_path / "a.md").resolve().as_uri(), b"one", NOW, "text/markdown")
    assert pages[2].url.endswith("/%E6%B7%B1/c%20d.md")


def test_what_is_hidden_or_leads_outside_is_left_out(tmp_path: Path) -> None:
    folder, outside = tmp_path / "originals", tmp_path / "outside"
    (folder / ".git").mkdir(parents=True)
    outside.mkdir()
    (outside / "secret.md").write_text("secret", "utf-8")
    (folder / ".draft.md").write_text("hidden", "utf-8")
    (folder / ".git" / "x.md").write_text("hidden", "utf-8")
    (folder / "real.md").write_text("real", "utf-8")
    (folder / "inside.md").symlink_to(folder / "real.md")
    (folder / "leak.md").symlink_to(outside / "secret.md")
    (folder / "dangling.md").symlink_to(outside / "none.md")
    (folder / "leaks").symlink_to(outside)
    assert [page.body for page in read_folder(folder, NOW)] == [b"real", b"real"]


def test_a_folder_below_a_hidden_one_or_behind_a_link_is_the_editors_choice(tmp_path: Path) -> None:
    real = tmp_path / ".notes"
    real.mkdir()
    (real / "a.md").write_text("a", "utf-8")
    (tmp_path / "link").symlink_to(real)
    assert len(read_folder(real, NOW)) == len(read_folder(tmp_path / "link", NOW)) == 1


def test_a_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FetchError) as error:
        read_folder(tmp_path / "none", NOW)
    assert str(tmp_path / "none") in say(error.value.message, "en")
    assert "feeds.yaml" in say(error.value.advice, "en")


def test_a_file_that_is_no_article_is_refused(tmp_path: Path) -> None:
    (tmp_path / "huge.md").write_bytes(bytes(BODY_LIMIT + 1))
    with pytest.raises(FetchError, match="too large"):
        read_folder(tmp_path, NOW)
