"""Every action of the desk by mouse and by keyboard, said when it is done, and kept over a reload: TABLE `ACTIONS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, expect

from curate.domain.model import EntryKey, Item, Page
from tests.browser.desk_tab import READ, Tab, drag, lay_out_pictures, open_tab, shown_of
from tests.desk_account import entry_of
from tests.desk_samples import choose
from tests.nouns import NOW
from tests.test_crop import photo
from tests.test_paste_link import LINK, PAGE, Web


@dataclass
class Hand:
    """Somebody who has a mouse alone, or a keyboard alone."""

    tab: Tab
    has_mouse: bool

    def use(self, selector: str) -> None:
        """Press a button, open what opens, choose what can be chosen."""
        found = self.tab.page.locator(selector).first
        if self.has_mouse:
            found.click()
        else:
            found.focus()
            self.tab.page.keyboard.press("Space" if found.get_attribute("type") == "radio" else "Enter")

    def on(self, number: int, button: str, key: str) -> None:
        """An action of an item of the issue: its button, or its key."""
        if self.has_mouse:
            self.tab.page.locator(f"{self.tab.card(number)} {button}").click()
        else:
            self.tab.press(number, key)

    def on_offer(self, button: str, key: str) -> None:
        offer = self.tab.page.locator('#candidates-pane [data-entry="e11"]')
        if self.has_mouse:
            offer.hover()
            offer.locator(button).click()
        else:
            offer.focus()
            self.tab.page.keyboard.press(key)

    def open(self, number: int) -> None:
        """The sheet with all that can be done with an item."""
        self.on(number, "[data-edit]", "e")
        expect(self.tab.page.locator("#edit-form [name=title]")).to_be_focused()

    def panel(self, name: str, key: str) -> None:
        if self.has_mouse:
            self.tab.page.locator(f"#open-{name}").click()
        else:
            self.tab.press(1, key)
        expect(self.tab.page.locator("#sheet")).to_have_attribute("open", "")

    def write(self, selector: str, text: str) -> None:
        field = self.tab.page.locator(selector).first
        field.click(click_count=3) if self.has_mouse else field.focus()
        self.tab.page.keyboard.press("Control+a")
        self.tab.page.keyboard.type(text)

    def choose(self, selector: str, value: str) -> None:
        """A value of a list that opens; headless browsers draw it outside of the page, where no mouse of ours gets to."""
        field = self.tab.page.locator(selector)
        if self.has_mouse:
            field.select_option(value)
            return
        field.focus()
        self.tab.page.keyboard.press("Home")
        for _ in range(20):
            if field.input_value() == value:
                return
            self.tab.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no {value} in {selector}")

    def give_file(self, selector: str) -> None:
        with self.tab.page.expect_file_chooser() as asked:
            self.use(selector)
        own = {"name": "own.jpg", "mimeType": "image/jpeg", "buffer": photo()}
        asked.value.set_files(own)  # type: ignore[arg-type]


class Action(NamedTuple):
    """What is done, what the desk says then, and what is so after a reload."""

    do: Callable[[Hand], None]
    said: str
    kept: Callable[[Tab], bool]


def item(tab: Tab, number: int) -> Item:
    every = (item for section in tab.client.desk.read().issue.sections for item in section.items)
    return next(item for item in every if item.entry == f"e{number}")


def settings_of(tab: Tab) -> str:
    return (tab.client.desk.account.folder / "feeds.yaml").read_text("utf-8")


def reorder(hand: Hand) -> None:
    if hand.has_mouse:
        drag(hand.tab.page, hand.tab.card(3), hand.tab.card(2))
    else:
        hand.tab.press(3, "Alt+ArrowUp")
        hand.tab.revision(1)
        hand.tab.press(3, "Alt+ArrowUp")


def move_between_topics(hand: Hand) -> None:
    if hand.has_mouse:
        drag(hand.tab.page, hand.tab.card(4), hand.tab.card(1))
    else:
        hand.tab.press(4, "Alt+ArrowUp")


def move_to(hand: Hand) -> None:
    if hand.has_mouse:
        hand.open(2)
    else:
        hand.tab.press(2, "m")
        expect(hand.tab.page.locator("#move-to")).to_be_focused()
    hand.choose("#move-to", "city")
    hand.use("[data-form=move] button")


def write_note(hand: Hand) -> None:
    hand.on(2, "[data-note]", "n")
    hand.tab.page.keyboard.type("值得细读")
    hand.tab.page.keyboard.press("Enter")


def edit(name: str, text: str) -> Callable[[Hand], None]:
    def do(hand: Hand) -> None:
        hand.open(2)
        hand.write(f"#edit-form [name={name}]", text)
        hand.use("#edit-form .main")

    return do


def choose_title(hand: Hand) -> None:
    hand.open(2)
    hand.use("#edit-form [data-headline]")
    hand.use("#edit-form .main")


def write_words(name: str) -> Callable[[Hand], None]:
    def do(hand: Hand) -> None:
        hand.use("#own-words > summary")
        hand.write(f"#own-words [name={name}]", "冬至快乐")
        hand.use("#own-words .main")

    return do


def choose_headline(hand: Hand) -> None:
    hand.use("#own-words > summary")
    hand.use("#own-words [data-headline]")
    hand.use("#own-words .main")


def in_sheet(number: int, *buttons: str) -> Callable[[Hand], None]:
    def do(hand: Hand) -> None:
        for button in buttons:
            hand.open(number)
            hand.use(button)
            expect(hand.tab.page.locator("#sheet")).not_to_have_attribute("open", "")

    return do


def bring_back_picture(hand: Hand) -> None:
    in_sheet(1, "[data-choice=none]")(hand)
    hand.tab.revision(1)
    in_sheet(1, "[data-choice=machine]")(hand)


def give_picture(form: str) -> Callable[[Hand], None]:
    def do(hand: Hand) -> None:
        hand.open(1)
        hand.give_file(f"[data-form={form}] [name=upload]")
        hand.use(f"[data-form={form}] button")

    return do


def crop(hand: Hand) -> None:
    hand.open(1)
    hand.use(".crop summary")
    hand.use('.crop [value="1:1"]')
    hand.use(".crop .main")


def split(hand: Hand) -> None:
    in_sheet(2, "[data-do=split]")(hand)


def choose_and_press(number: int, form: str, value: str) -> Callable[[Hand], None]:
    def do(hand: Hand) -> None:
        hand.open(number)
        hand.choose(f"[data-form={form}] select", value)
        hand.use(f"[data-form={form}] button")

    return do


def merge(hand: Hand) -> None:
    hand.open(3)
    others = hand.tab.page.locator("[data-form=merge] select option")
    hand.choose("[data-form=merge] select", others.first.inner_text())
    hand.use("[data-form=merge] button")


def block_word(hand: Hand) -> None:
    hand.open(1)
    hand.write("[data-form=block] [name=value]", "第 4 条")
    hand.use("[data-form=block] button")


def paste(hand: Hand) -> None:
    if hand.has_mouse:
        hand.tab.page.locator("#paste").fill(LINK)
        hand.use("[data-form=paste] button")
    else:
        hand.tab.page.evaluate(f"navigator.clipboard.writeText('{LINK}')")
        hand.tab.press(1, "Control+v")


def undo(hand: Hand) -> None:
    hand.on(2, "[data-do=drop]", "d")
    hand.tab.revision(1)
    hand.use("#bar [data-do=undo]") if hand.has_mouse else hand.tab.press(3, "u")


def redo(hand: Hand) -> None:
    undo(hand)
    hand.tab.revision(2)
    hand.use("#bar [data-do=redo]") if hand.has_mouse else hand.tab.press(3, "r")


def restore(hand: Hand) -> None:
    for number, revision in ((2, 1), (3, 2)):
        hand.on(number, "[data-do=drop]", "d")
        hand.tab.revision(revision)
    hand.panel("versions", "v")
    hand.use('[data-do=restore][data-version="1"]')


def accept_finding(hand: Hand) -> None:
    hand.tab.client.do("words", sharing="转发后可见答案")
    hand.tab.page.reload()
    hand.panel("check", "g")
    hand.write(".found form [name=reason]:visible", "法务看过")
    hand.use(".found form button:visible")


def take_finding_back(hand: Hand) -> None:
    accept_finding(hand)
    hand.tab.revision(2)
    hand.panel("check", "g")
    hand.use("#sheet [data-do=overrule]")


def approve(hand: Hand) -> None:
    hand.panel("review", "o")
    hand.write("[data-form=approve] [name=name]", "王编")
    hand.use("[data-form=approve] button")


def forget(hand: Hand) -> None:
    choose(hand.tab.client.desk.account.archive)
    hand.panel("work", "w")
    hand.use('[data-do=forget][data-value="money"]')


def remember(hand: Hand) -> None:
    forget(hand)
    expect(hand.tab.page.locator("#said")).to_contain_text("收回了")
    hand.panel("work", "w")
    hand.use('[data-do=remember][data-value="money"]')


def unblock(hand: Hand) -> None:
    hand.tab.client.do("block", kind="word", value="第 9 条")
    hand.tab.page.reload()
    hand.panel("work", "w")
    hand.use("#sheet [data-do=unblock]")


def choose_look(hand: Hand) -> None:
    hand.choose("#look select", "newspaper")
    if not hand.has_mouse:
        hand.tab.page.keyboard.press("Tab")


def advert_marks(tab: Tab) -> dict[EntryKey, bool]:
    return dict(tab.client.desk.account.archive.advert_marks())


ACTIONS: dict[str, Action] = {
    "take": Action(
        lambda hand: hand.on_offer("[data-do=take]", "t"), "收进了", lambda tab: "e11" in tab.order()
    ),
    "drop": Action(
        lambda hand: hand.on(3, "[data-do=drop]", "d"), "去掉了", lambda tab: "e3" not in tab.order()
    ),
    "park": Action(
        lambda hand: hand.on(4, "[data-do=park]", "p"),
        "搁下了",
        lambda tab: [entry.id for entry in tab.client.desk.account.archive.desk.shelf()] == ["e4"],
    ),
    "never this source": Action(
        lambda hand: hand.on_offer("[data-do=block]", "x"),
        "不再要“来源11s”",
        lambda tab: "enabled: false" in settings_of(tab),
    ),
    "reorder": Action(reorder, "第 1 条", lambda tab: tab.order()[0] == "e3"),
    "move between topics": Action(move_between_topics, "现在是AI", lambda tab: item(tab, 4).topic == "ai"),
    "move to": Action(move_to, "现在是CITY", lambda tab: item(tab, 2).topic == "city"),
    "lead": Action(
        lambda hand: hand.on(5, "[data-do=lead]", "l"),
        "头条换成",
        lambda tab: tab.client.desk.read().issue.lead.entry == "e5",
    ),
    "headline": Action(choose_headline, "改好了", lambda tab: bool(tab.client.desk.read().issue.headline)),
    "own headline": Action(
        write_words("headline"), "改好了", lambda tab: tab.client.desk.read().issue.headline == "冬至快乐"
    ),
    "opening": Action(
        write_words("opening"), "改好了", lambda tab: tab.client.desk.read().issue.opening == "冬至快乐"
    ),
    "closing": Action(
        write_words("closing"), "改好了", lambda tab: tab.client.desk.read().issue.closing == "冬至快乐"
    ),
    "sharing": Action(
        write_words("sharing"), "改好了", lambda tab: tab.client.desk.read().issue.sharing == "冬至快乐"
    ),
    "title": Action(edit("title", "改过的标题"), "改好了", lambda tab: item(tab, 2).title == "改过的标题"),
    "summary": Action(
        edit("summary", "改过的摘要。"), "改好了", lambda tab: item(tab, 2).summary == "改过的摘要。"
    ),
    "title of those offered": Action(choose_title, "改好了", lambda tab: item(tab, 2).title != "第 2 条消息"),
    "note": Action(write_note, "改好了", lambda tab: item(tab, 2).note == "值得细读"),
    "no picture": Action(
        in_sheet(1, "[data-choice=none]"), "图片换好了", lambda tab: item(tab, 1).image is None
    ),
    "the machine's picture": Action(
        bring_back_picture, "图片换好了", lambda tab: "images/01" in str(item(tab, 1).image)
    ),
    "own picture": Action(give_picture("image"), "图片换好了", lambda tab: "own-" in str(item(tab, 1).image)),
    "crop": Action(crop, "裁好了", lambda tab: "own-" in str(item(tab, 1).image)),
    "cover": Action(
        in_sheet(1, "[data-do=cover]"),
        "封面换好了",
        lambda tab: len(tab.client.desk.read().issue.covers) == 2,
    ),
    "own cover": Action(
        give_picture("cover"), "封面换好了", lambda tab: len(tab.client.desk.read().issue.covers) == 2
    ),
    "split": Action(split, "拆开了", lambda tab: EntryKey("x2", "1") not in item(tab, 2).echo_keys),
    "merge": Action(merge, "合并了", lambda tab: "e3" not in tab.order()),
    "advert": Action(
        in_sheet(3, "[data-do=advert]"), "记作推广", lambda tab: advert_marks(tab)[EntryKey("s3", "e3")]
    ),
    "not an advert": Action(
        in_sheet(3, "[data-do=no-advert]"),
        "不是推广",
        lambda tab: not advert_marks(tab)[EntryKey("s3", "e3")],
    ),
    "wrong topic": Action(
        choose_and_press(6, "topic", "city"),
        "以后照此分栏目",
        lambda tab: [label.topic for label in tab.client.desk.account.archive.labels()] == ["city"],
    ),
    "block a source": Action(
        in_sheet(5, "#sheet [data-do=block][data-kind=source]"), "不再要", lambda tab: "e5" not in tab.order()
    ),
    "block an author": Action(
        in_sheet(6, "#sheet [data-do=block][data-kind=author]"),
        "不再要",
        lambda tab: 'authors: ["记者"]' in settings_of(tab),
    ),
    "block a word": Action(block_word, "不再要", lambda tab: 'words: ["第 4 条"]' in settings_of(tab)),
    "paste a link": Action(paste, "收进了", lambda tab: LINK in [i.url for s in _sections(tab) for i in s]),
    "undo": Action(undo, "撤销了", lambda tab: "e2" in tab.order()),
    "redo": Action(redo, "重做了", lambda tab: "e2" not in tab.order()),
    "restore": Action(
        restore, "回到了", lambda tab: ("e2" in tab.order(), "e3" in tab.order()) == (False, True)
    ),
    "accept a finding": Action(
        accept_finding, "放行了", lambda tab: "法务看过" in tab.client.get("/panel/check").text
    ),
    "take the acceptance back": Action(
        take_finding_back, "收回放行", lambda tab: "法务看过" not in tab.client.get("/panel/check").text
    ),
    "approve": Action(
        approve, "王编看过", lambda tab: "王编" in tab.page.locator("#bar .state").inner_text()
    ),
    "forget": Action(
        forget, "收回了", lambda tab: len(tab.client.desk.account.archive.choices.list_forgotten()) == 1
    ),
    "remember": Action(
        remember, "重新算数", lambda tab: not tab.client.desk.account.archive.choices.list_forgotten()
    ),
    "unblock": Action(unblock, "又可以收了", lambda tab: "第 9 条" not in settings_of(tab)),
    "theme": Action(
        choose_look, "", lambda tab: tab.page.locator("#bar").get_attribute("data-look") == "newspaper"
    ),
}


def _sections(tab: Tab) -> list[tuple[Item, ...]]:
    return [section.items for section in tab.client.desk.read().issue.sections]


@pytest.fixture
def home(issue_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """With pictures, an author to block, and a page to paste."""
    lay_out_pictures(issue_home)
    monkeypatch.setattr("curate.app.doors.fetch", Web({LINK: PAGE}))
    return issue_home


@pytest.mark.parametrize("has_mouse", [True, False], ids=["mouse", "keys"])
@pytest.mark.parametrize("name", ACTIONS)
def test_every_action_is_done_said_and_kept(browser: Browser, home: Path, name: str, has_mouse: bool) -> None:
    action = ACTIONS[name]
    with open_tab(browser, home) as tab:
        other = entry_of(1, source="x2", id="1", url="https://x2.example/1")
        tab.client.desk.account.archive.add(
            "x2", "https://x2.example/feed", Page("", b"x2", NOW), [other], NOW
        )
        action.do(Hand(tab, has_mouse))
        expect(tab.page.locator("#said")).to_contain_text(action.said)
        expect(tab.page.locator("#said.bad")).to_have_count(0)
        if not action.said:
            expect(tab.page.locator("#bar")).not_to_have_attribute("data-look", "modern")
        tab.page.reload()
        assert action.kept(tab)
        assert tab.page.evaluate(READ) == shown_of(tab.client.desk.read().issue)
