"""The browser extension that the package carries: what it may do, and how it is laid down. tests/browser runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from curate import __version__
from curate.cli.main import run
from curate.storage.account import find_extension


def test_it_may_do_no_more_than_it_needs() -> None:
    manifest = json.loads((find_extension() / "manifest.json").read_text("utf-8"))
    assert manifest["permissions"] == ["clipboardRead", "scripting"]
    assert manifest["host_permissions"] == ["https://mp.weixin.qq.com/*"]
    assert manifest["version"] == __version__
    assert not {"content_scripts", "background", "externally_connectable"} & manifest.keys()
    code = "".join(path.read_text("utf-8") for path in find_extension().glob("*.js"))
    for word in ("fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "innerHTML", "eval(", "localStorage"):
        assert word not in code


def test_it_says_the_same_in_both_languages() -> None:
    said = [
        json.loads((find_extension() / f"_locales/{name}/messages.json").read_text("utf-8"))
        for name in ("zh_CN", "en")
    ]
    assert said[0].keys() == said[1].keys()


def test_a_copy_replaces_an_older_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "e").mkdir()
    (tmp_path / "e/popup.js").write_text("old")
    assert run(["extension", str(tmp_path / "e")]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "e")
    for path in find_extension().rglob("*.*"):
        assert (tmp_path / "e" / path.relative_to(find_extension())).read_bytes() == path.read_bytes()
