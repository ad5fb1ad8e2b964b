"""Whatever an editor does in a browser and whenever the desk is killed: the issue is machine and events, and the page shows it."""

from __future__ import annotations

import os
import random
import signal
import threading
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from curate.app.account import load_config
from curate.desk.apply import apply_events
from curate.desk.events import kind_of
from curate.sources.identity import fingerprint
from curate.storage import Archive
from curate.storage.desk import Edited
from tests.browser.desk_editor import DeskEditor
from tests.browser.desk_tab import READ, lay_out_pictures, shown_of
from tests.desk_process import DeskStarter

CASES, KINDS = 20, 9  # times that it is killed; kinds of decisions that must be among what was done
MOST = 8  # acts before the clock is set, so that a busy machine sees as much as a quiet one
LONGEST = 0.5  # seconds from then until the desk is killed


def read(home: Path) -> Edited:
    with Archive("sqlite:///output/archive.db", home, fingerprint) as archive:
        edited = archive.desk.read(7)
    assert edited
    return edited


def open_desk(page: Page, address: str, edited: Edited) -> None:
    """The page, which shows the issue as the archive has it."""
    page.goto(address)
    expect(page.locator("#bar")).to_have_attribute("data-revision", str(edited.revision))
    assert page.evaluate(READ) == shown_of(edited.issue)
    if page.locator("#tour").is_visible():
        page.locator("[data-end]").click()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_twenty_desks_are_killed_under_an_editors_hand_and_the_page_goes_on(
    browser: Browser, issue_home: Path
) -> None:
    lay_out_pictures(issue_home)
    edited = read(issue_home)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    with DeskStarter() as desks:
        for case in range(CASES):
            dice = random.Random(case)
            pid, address = desks.start(issue_home)
            open_desk(page, address, edited)
            hand = DeskEditor(page, dice)
            for _ in range(dice.randrange(MOST)):
                hand.act()
            clock = threading.Timer(dice.uniform(0, LONGEST), os.kill, (pid, signal.SIGKILL))
            clock.start()
            while clock.is_alive():
                hand.act()
            desks.wait()
            before, edited = edited.events, read(issue_home)
            assert edited.revision >= hand.seen, "what was shown as saved is there"
            assert edited.events[: len(before)] == before, "what was there stays as it was"
            topics = load_config(issue_home, {}).topics
            replayed = apply_events(edited.machine, edited.events, topics)
            assert edited.issue.sections == replayed.sections
        pid, address = desks.start(issue_home)
        open_desk(page, address, edited)
        os.kill(pid, signal.SIGKILL)
        desks.wait()
    context.close()
    done = {kind_of(event) for event in edited.events}
    assert len(done) >= KINDS, f"the hand did little: {sorted(done)}"
