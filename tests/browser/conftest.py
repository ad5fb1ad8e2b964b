"""One browser, one issue of the demo and one server of editors for all tests here.

Without Chromium or the editors they are skipped with a word; with CURATE_BROWSER=required, as CI sets it, they fail.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk_tab import CLIPBOARD, Tab, open_tab
from tests.browser.editors import context_of, missing, opened, served
from tests.demo_account import Published

expect.set_options(timeout=15_000)  # a busy machine loads for a while what is loaded when it is asked for


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.slow)


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
def issue(browser: Browser, published: Published) -> Path:
    """The folder of an issue that the demo's sources made, with every picture there is."""
    return published.post.parent


@pytest.fixture
def tab(browser: Browser, issue_home: Path) -> Iterator[Tab]:
    """The desk of an issue in a page of its own."""
    with open_tab(browser, issue_home) as found:
        yield found
