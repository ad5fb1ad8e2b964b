"""One browser, one issue of the demo and one server of editors for all tests here.

Without Chromium or the editors they are skipped with a word; with CURATE_BROWSER=required, as CI sets it, they fail.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from curate.cli import run
from curate.demo import account, nights, serve
from tests.browser.editors import context_of, missing, opened, served

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if word := missing():
        if os.environ.get("CURATE_BROWSER") == "required":
            pytest.fail(word)
        pytest.skip(word)
    with opened() as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that may use the clipboard and reaches no network."""
    context = context_of(browser, permissions=CLIPBOARD)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def editors(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the editors' pages."""
    with served(tmp_path_factory.mktemp("editors")) as address:
        yield address


@pytest.fixture(scope="session")
def issue(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an issue that the demo's sources made, with every picture there is."""
    home = tmp_path_factory.mktemp("home")
    with serve(NOW, night=2) as web:
        for name, text in account(web.proxy, NOW).items():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_text(text.replace("digest:\n", "digest:\n  images: all\n"), encoding="utf-8")
        assert run(["run", "-C", str(home), "--now", nights(NOW)[1].isoformat()]) == 0
    return next((home / "output/issues").glob("*/wechat.html")).parent
