"""Somebody at the desk in a browser who does this and that, by mouse and by keyboard, with what the page offers."""

from __future__ import annotations

import random
from collections.abc import Callable

from playwright.sync_api import Error, Locator, Page

PATIENCE = 1_000  # milliseconds that one waits for what was there a moment ago
ON_ITEM = ("d", "p", "l", "x", "Alt+ArrowUp", "Alt+ArrowDown", "j", "k", "u", "r")
ON_OFFER = ("t", "t", "x", "j")
CARDS = "#issue-pane .card"


class DeskEditor:
    """A hand on mouse and keyboard. `seen` is the highest revision that the page has shown."""

    def __init__(self, page: Page, dice: random.Random) -> None:
        self.page, self.dice = page, dice
        self.seen = 0
        self.look()

    def look(self) -> None:
        """Note what the page shows as saved."""
        self.seen = max(self.seen, int(self.page.locator("#bar").get_attribute("data-revision") or 0))

    def act(self) -> None:
        """One thing; what went away meanwhile, or asks nobody any more, is left."""
        try:
            self.dice.choice(WAYS)(self)
            self.look()
        except Error:
            self.page.keyboard.press("Escape")

    def pick(self, selector: str) -> Locator:
        """One of the elements that can be used now."""
        found = self.page.locator(f"{selector}:visible:enabled")
        return found.nth(self.dice.randrange(max(found.count(), 1)))

    def text(self) -> str:
        return f"改 {self.dice.randrange(10**6)}，没有 {self.dice.randrange(99)}%"

    def click(self, selector: str) -> None:
        self.pick(selector).click(timeout=PATIENCE)

    def point(self, selector: str) -> Locator:
        """Click on a card where nothing happens: it has the focus then."""
        card = self.page.locator(f"{selector}:visible")
        card = card.nth(self.dice.randrange(max(card.count(), 1)))
        card.locator(".meta").first.click(timeout=PATIENCE, position={"x": 2, "y": 2})
        return card

    def open_sheet(self) -> None:
        if self.dice.random() < 0.5:
            self.click(f"{CARDS} [data-edit]")
        else:
            self.point(CARDS)
            self.page.keyboard.press("e")
        self.page.locator("#edit-form").wait_for(timeout=PATIENCE)


def press_button(hand: DeskEditor) -> None:
    hand.click(hand.dice.choice((f"{CARDS} [data-do]", "#bar [data-do]", ".offer [data-do]")))


def press_keys(hand: DeskEditor) -> None:
    hand.point(CARDS)
    for _ in range(hand.dice.choice((1, 1, 2, 3))):  # as fast as they come: the page has not answered yet
        hand.page.keyboard.press(hand.dice.choice(ON_ITEM))


def press_on_offer(hand: DeskEditor) -> None:
    hand.click(".tabs label")
    hand.point(".offer")
    hand.page.keyboard.press(hand.dice.choice(ON_OFFER))


def write_note(hand: DeskEditor) -> None:
    hand.point(CARDS)
    hand.page.keyboard.press("n")
    hand.page.keyboard.press("Control+a")
    hand.page.keyboard.type(hand.text())
    hand.page.keyboard.press("Enter")


def edit_item(hand: DeskEditor) -> None:
    hand.open_sheet()
    for name in hand.dice.sample(("title", "summary", "note"), 2):
        hand.page.locator(f"#edit-form [name={name}]").fill(hand.text(), timeout=PATIENCE)
    hand.click("#edit-form .main")


def use_sheet(hand: DeskEditor) -> None:
    hand.open_sheet()
    form = hand.dice.choice(("move", "topic", "merge"))
    choice = hand.page.locator(f".others [data-form={form}] select")
    choice.select_option(index=hand.dice.randrange(3), timeout=PATIENCE)
    hand.click(f".others [data-form={form}] button")


def press_in_sheet(hand: DeskEditor) -> None:
    hand.open_sheet()
    hand.click(".others fieldset > [data-do]")


def write_words(hand: DeskEditor) -> None:
    if not hand.page.locator("#own-words").get_attribute("open", timeout=PATIENCE):
        hand.page.locator("#own-words > summary").click(timeout=PATIENCE)
    name = hand.dice.choice(("headline", "opening", "closing", "sharing"))
    hand.page.locator(f"#own-words [name={name}]").fill(hand.text(), timeout=PATIENCE)
    hand.click("#own-words .main")


def restore_version(hand: DeskEditor) -> None:
    hand.point(CARDS)
    hand.page.keyboard.press("v")
    hand.page.locator("#sheet .log").wait_for(timeout=PATIENCE)
    hand.click("#sheet [data-do=restore]")


def drag_item(hand: DeskEditor) -> None:
    grip = hand.pick(f"{CARDS} .grip").bounding_box(timeout=PATIENCE)
    onto = hand.pick(CARDS).bounding_box(timeout=PATIENCE)
    if grip and onto:
        hand.page.mouse.move(grip["x"] + 6, grip["y"] + 8)
        hand.page.mouse.down()
        hand.page.mouse.move(onto["x"] + 30, onto["y"] + 8, steps=6)
        hand.page.mouse.up()


WAYS: tuple[Callable[[DeskEditor], None], ...] = (
    press_button,
    press_button,
    press_keys,
    press_keys,
    press_on_offer,
    write_note,
    edit_item,
    use_sheet,
    press_in_sheet,
    write_words,
    restore_version,
    drag_item,
)
