"""A tab of the desk in a real browser, and what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from curate.domain.model import Digest
from tests.desk_client import DeskClient, opened
from tests.desk_process import listening
from tests.test_crop import photo

CLIPBOARD = ["clipboard-read", "clipboard-write"]
READ = """() => [...document.querySelectorAll("#issue-pane .items")].map((list) => [list.dataset.topic,
  [...list.querySelectorAll(".card")].map((card) => [card.dataset.entry, card.querySelector(".title").lastChild.textContent,
    card.querySelector(".note-form input").defaultValue, card.classList.contains("leads")])])"""
# Every report of the content security policy, of the page and of the post's frame.
COUNT_REPORTS = """window.reports = [];
document.addEventListener("securitypolicyviolation",
  (event) => window.top.reports.push(`${event.violatedDirective} ${event.blockedURI}`));"""


@dataclass
class Tab:
    """A page of the desk, and what stands behind it."""

    page: Page
    client: DeskClient
    address: str

    def order(self) -> list[str]:
        return [item.entry for section in self.client.desk.read().issue.sections for item in section.items]

    def card(self, number: int) -> str:
        return f'#issue-pane [data-entry="e{number}"].card'

    def revision(self, number: int) -> None:
        expect(self.page.locator("#bar")).to_have_attribute("data-revision", str(number))

    def press(self, number: int, key: str) -> None:
        """Press a key on an item."""
        self.page.locator(self.card(number)).focus()
        self.page.keyboard.press(key)


@contextmanager
def open_tab(browser: Browser, home: Path, **options: Any) -> Iterator[Tab]:
    """A page of the desk of issue 7; no report of the policy and no error of ours comes of what is done there."""
    with opened(home) as client, listening(client) as address:
        context = browser.new_context(
            viewport={"width": 1280, "height": 860}, permissions=CLIPBOARD, **options
        )
        context.set_default_timeout(15_000)
        context.add_init_script(COUNT_REPORTS)
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address)
        page.locator("[data-end]").click()
        yield Tab(page, client, address)
        reports = page.evaluate("window.reports")
        context.close()
        assert reports == [], "reports of the policy"
        complaints = [each for each in said if "Failed to load resource" not in each]
        assert complaints == [], "no report of the policy, no error of ours"


def drag(page: Page, what: str, onto: str) -> None:
    grip = page.locator(f"{what} .grip").bounding_box()
    target = page.locator(onto).bounding_box()
    assert grip is not None
    assert target is not None
    page.mouse.move(grip["x"] + 6, grip["y"] + 8)
    page.mouse.down()
    page.mouse.move(grip["x"] + 10, grip["y"] + 20, steps=4)
    page.mouse.move(target["x"] + 40, target["y"] + 8, steps=12)
    page.wait_for_timeout(200)
    page.mouse.up()


def lay_out_pictures(home: Path) -> None:
    """The pictures that the issue names, which each rendering looks for."""
    folder = home / "output/issues/2026-11-23-1/images"
    folder.mkdir()
    for number in (1, 2, 3, 4, 5, 6):
        (folder / f"{number:02d}.jpg").write_bytes(photo())


def shown_of(issue: Digest) -> list[object]:
    """What the page shows of an issue: topics with entries, titles, notes, and which leads."""
    lead = issue.lead.key
    return [
        [section.id, [[item.entry, item.title, item.note, item.key == lead] for item in section.items]]
        for section in issue.sections
    ]
