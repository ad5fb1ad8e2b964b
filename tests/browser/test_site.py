"""The site in a real browser: tabs, search, stories, offline, dark, narrow, by keyboard alone, and for everybody."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from curate.cli.main import run
from tests.browser.editors import HERE, MODULES, context_of
from tests.browser.sites import hosted
from tests.browser.test_layout import hostile
from tests.demo_account import Published
from tests.site_samples import few, site_files

AXE = MODULES / "axe-core/axe.min.js"
KINDS = ("index.html", "issue/1.html", "story/1/102.html", "issues/index.html", "topics.html", "topic/ai/index.html", "sources.html",
         "collections.html", "collection/ai-2026-11-01-2026-11-30.html", "search.html?q=" + quote("手机"), "offline.html", "404.html")  # fmt: skip


@pytest.fixture(scope="session")
def account_folder(
    browser: Browser, two_nights: tuple[Published, Published], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The demo's account after its two nights, with a collection."""
    home = two_nights[1].copy(tmp_path_factory.mktemp("account"))
    assert (
        run(["collect", "-C", str(home), "--topic", "ai", "--from", "2026-11-01", "--to", "2026-11-30"]) == 0
    )
    return home


@pytest.fixture(scope="session")
def folder(account_folder: Path) -> Path:
    return account_folder / "output/site"


@pytest.fixture(scope="session")
def address(folder: Path) -> Iterator[str]:
    """The site on loopback, under a prefix, as project pages stand."""
    home = folder.parent / "host"
    home.mkdir(exist_ok=True)
    shutil.copytree(folder, home / "a b/daily", dirs_exist_ok=True)
    with hosted(home) as root:
        yield root + "a%20b/daily/"


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    """A page without a worker; what goes wrong in it fails the test."""
    context = browser.new_context(service_workers="block", viewport={"width": 390, "height": 844})
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.append(request.url))
    yield page
    context.close()
    assert wrong == []


def test_tabs_show_one_topic_and_all_again(reader: Page, address: str) -> None:
    reader.goto(address)
    tabs = reader.locator(".tabs a")
    assert tabs.count() > 3
    sections = reader.locator("main > .topic")
    assert sections.count() == tabs.count() - 1
    expect(tabs.first).to_have_attribute("aria-current", "true")
    tabs.nth(3).click()
    expect(sections.nth(2)).to_be_visible()
    expect(sections.nth(0)).to_be_hidden()
    expect(reader.locator(".hero")).to_be_hidden()
    expect(tabs.nth(3)).to_have_attribute("aria-current", "true")
    assert reader.locator(".tabs a[aria-current]").count() == 1
    reader.go_back()
    expect(sections.nth(0)).to_be_visible()
    tabs.nth(1).click()
    tabs.first.click()
    for n in range(sections.count()):
        expect(sections.nth(n)).to_be_visible()


def test_the_lead_stands_once_and_goes_with_its_topic(reader: Page, address: str) -> None:
    reader.goto(address)
    lead = reader.locator(".hero .title a").get_attribute("href")
    assert reader.locator(f'main .title a[href="{lead}"]').count() == 1
    led = reader.locator(".topic.led")
    name = led.locator("h2").inner_text()
    reader.locator(".tabs a", has_text=name).click()
    expect(reader.locator(".hero")).to_be_in_viewport(ratio=0.5)
    expect(led).to_be_visible()
    assert reader.locator("main > .topic:visible").count() == 1


def test_tabs_and_all_pages_work_without_a_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.locator(".tabs a").nth(3).click()
    expect(page.locator("main > .topic").nth(0)).to_be_hidden()
    expect(page.locator("main > .topic").nth(2)).to_be_visible()
    page.locator("main > .topic").nth(2).locator(".title a").first.click()
    expect(page.locator("h1")).to_be_visible()
    page.goto(address + "search.html")
    expect(page.get_by_text("搜索需要打开 JavaScript")).to_be_visible()
    context.close()


def test_search_reaches_through_all_blocks_the_newest_first(reader: Page, tmp_path: Path) -> None:
    for name, body in site_files([few(number) for number in (3, 70, 130)])[0].items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(body)
    with hosted(tmp_path) as address:
        reader.goto(address + "search.html")
        reader.locator("#q").fill(few(3).lead.title.removesuffix("（3）"))
        expect(reader.locator("#said")).to_contain_text("找到 3 条")
        assert reader.locator("#results .number").all_inner_texts() == ["13001", "7001", "301"]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("手机发布", "拾光 M2 手机发布"),
        ("四颗螺", "拾光 M2 手机发布"),
        ("手机 螺丝", "拾光 M2 手机发布"),
        ("M2", "拾光 M2 手机发布"),
        ("拾光 m2", "拾光 M2 手机发布"),
        ("光 M", "拾光 M2 手机发布"),
        ("Ｍ２", "拾光 M2 手机发布"),
        ("Harbor Signal", "拾光 M2 手机发布"),
        ("便条", "旧书里的便条"),
        ("便條", "旧书里的便条"),
        ("猫", ""),
    ],
)
def test_search_finds_substrings_in_both_languages(
    reader: Page, address: str, query: str, title: str
) -> None:
    reader.goto(address + "search.html")
    reader.locator("#q").fill(query)
    expect(reader.locator("#said")).to_contain_text("找到" if title else "没有找到", timeout=10_000)
    if title:
        expect(reader.locator("#results .title", has_text=title).first).to_be_visible()
        link = reader.locator("#results .title a", has_text=title).first
        link.click()
        expect(reader.locator("h1")).to_contain_text(title)


def test_words_that_do_not_stand_together_are_found_as_words(reader: Page, address: str) -> None:
    reader.goto(address + "search.html?q=" + quote("螺丝手机"))
    expect(reader.locator("#said")).to_contain_text("没有连在一起", timeout=10_000)
    expect(reader.locator("#results .title", has_text="拾光 M2 手机发布").first).to_be_visible()


def test_too_short_a_query_says_so_and_an_address_can_hold_one(reader: Page, address: str) -> None:
    reader.goto(address + "search.html?q=a")
    expect(reader.locator("#said")).to_contain_text("至少")
    reader.locator("#q").fill("旧手机")
    reader.keyboard.press("Enter")
    expect(reader.locator("#results .card")).to_have_count(1)
    assert "q=" + quote("旧手机") in reader.url
    assert reader.locator("#results mark").first.text_content() == "旧手机"


def test_search_works_from_the_folder_itself(reader: Page, folder: Path) -> None:
    reader.goto((folder / "search.html").as_uri())
    reader.locator("#q").fill("手机发布")
    expect(reader.locator("#results .card").first).to_be_visible(timeout=10_000)
    reader.locator("#results .title a").first.click()
    expect(reader.locator(".button")).to_be_visible()
    reader.locator(".main a").first.click()
    expect(reader.locator(".tabs")).to_be_visible()


def test_a_story_tells_who_told_it(reader: Page, address: str) -> None:
    reader.goto(address + "story/1/102.html")
    assert reader.locator(".number").first.text_content() == "102"
    told = reader.locator(".told li")
    assert told.count() == 4
    assert reader.locator(".told a").first.get_attribute("href") == reader.locator(".button").get_attribute(
        "href"
    )
    reader.locator(".turn a[rel=next]").click()
    expect(reader.locator(".number").first).to_have_text("103")


def test_a_piece_keeps_the_marks_of_its_lists(reader: Page, tmp_path: Path) -> None:
    digest = few(1)
    (section,) = digest.sections
    lead = replace(digest.lead, url="", original=True, body="<ol><li>一</li></ol><ul><li>二</li></ul>")
    shown = replace(digest, lead=lead, sections=(replace(section, items=(lead, *section.items[1:])),))
    for name, body in site_files([shown])[0].items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(body)
    reader.goto((tmp_path / "story/1/101.html").as_uri())
    for tag, mark in (("ol", "decimal"), ("ul", "disc")):
        expect(reader.locator(f".piece {tag}")).to_have_css("list-style-type", mark)


def test_the_newest_issue_and_what_was_read_can_be_read_offline(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.goto(address + "story/1/101.html")
    read = page.locator("h1").text_content()
    context.set_offline(True)
    page.reload()
    assert page.locator("h1").text_content() == read
    page.goto(address)
    expect(page.locator(".hero img")).to_be_visible()
    assert page.evaluate("document.querySelector('.hero img').naturalWidth") > 0
    page.locator(".hero .title a").click()  # never opened, but of the newest issue
    expect(page.locator(".told")).to_be_visible()
    page.goto(address + "story/1/102.html")  # neither
    expect(page.get_by_text("现在没有网络")).to_be_visible()
    page.get_by_text("回到今日").click()
    expect(page.locator(".tabs")).to_be_visible()
    context.close()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_light_and_dark_follow_the_system_and_can_be_read(
    browser: Browser, address: str, mode: Literal["light", "dark"]
) -> None:
    context = browser.new_context(service_workers="block", color_scheme=mode)
    page = context.new_page()
    contrast = (HERE / "contrast.js").read_text("utf-8")
    for kind in KINDS:
        page.goto(address + kind)
        page.wait_for_load_state("networkidle")
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (sum(map(int, ground[4:-1].split(","))) < 150) == (mode == "dark"), ground
        worst = page.evaluate(f"(paper) => ({contrast})(document.body, paper)", ground)
        assert worst["contrast"] >= 4.5, (kind, worst)
    context.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_is_wider_than_the_screen(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(service_workers="block", viewport={"width": width, "height": 700})
    page = context.new_page()
    for kind in KINDS:
        page.goto(address + kind)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, kind
    context.close()


def test_nothing_that_feeds_send_makes_a_page_wider(browser: Browser, tmp_path: Path) -> None:
    files, _ = site_files([hostile()])
    for name, body in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(body)
    context = browser.new_context(viewport={"width": 320, "height": 700})
    page = context.new_page()
    for name in (name for name in files if name.endswith(".html")):
        page.goto((tmp_path / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
    context.close()


def test_everything_can_be_reached_by_keyboard(reader: Page, address: str) -> None:
    reader.goto(address)
    reader.keyboard.press("Tab")
    expect(reader.locator(".skip")).to_be_focused()
    expect(reader.locator(".skip")).to_be_in_viewport()
    reader.keyboard.press("Enter")
    reader.keyboard.press("Tab")
    expect(reader.locator(".tabs a").first).to_be_focused()
    reader.keyboard.press("Tab")
    reader.keyboard.press("Enter")
    expect(reader.locator("main > .topic").nth(1)).to_be_hidden()
    seen = set()
    for _ in range(60):
        reader.keyboard.press("Tab")
        seen.add(
            reader.evaluate(
                "document.activeElement.className + '|' + (document.activeElement.getAttribute('href') || '')"
            )
        )
        outline = reader.evaluate(
            "(() => { const e = document.activeElement, s = getComputedStyle(e), a = getComputedStyle(e, '::after');"
            " return e === document.body || s.outlineStyle !== 'none' || a.outlineStyle !== 'none'; })()"
        )
        assert outline, "the focus can be seen"
    assert any("story/2/2" in each for each in seen)
    reader.goto(address + "search.html")
    reader.locator("#q").focus()
    reader.keyboard.type("harbor")
    expect(reader.locator("#results .card")).to_have_count(1, timeout=10_000)
    for _ in range(2):
        reader.keyboard.press("Tab")
    reader.keyboard.press("Enter")
    expect(reader.locator("h1")).to_contain_text("拾光")


def test_fingers_find_what_they_aim_at(reader: Page, address: str) -> None:
    reader.goto(address)
    small = reader.evaluate(
        """() => [...document.querySelectorAll(".main a, .tabs a, .out, .button, .turn a, .brand")]
             .map((e) => [e.textContent.trim(), e.getBoundingClientRect().height]).filter(([, height]) => height < 43.5)"""
    )
    assert small == []


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Browser, address: str, mode: Literal["light", "dark"]) -> None:
    context = browser.new_context(service_workers="block", color_scheme=mode, bypass_csp=True)
    page = context.new_page()
    for kind in KINDS:
        page.goto(address + kind)
        page.wait_for_load_state("networkidle")
        page.add_script_tag(path=str(AXE))
        found = page.evaluate(
            "axe.run().then((r) => r.violations.map((v) => [v.id, v.impact, v.nodes.map((n) => n.html).slice(0, 3)]))"
        )
        assert [each for each in found if each[1] in ("serious", "critical")] == [], kind
    context.close()


def test_every_page_is_valid_html(folder: Path, account_folder: Path, tmp_path: Path) -> None:
    rules = {"extends": ["html-validate:recommended"], "root": True, "rules": {
        "no-trailing-whitespace": "off", "void-style": "off", "doctype-style": "off", "long-title": "off",
        "require-sri": "off",  # our own files of the same folder
        "no-inline-style": "error", "text-content": "error",
    }}  # fmt: skip
    (tmp_path / "rules.json").write_text(json.dumps(rules))
    command = [str(MODULES / ".bin/html-validate"), "--config", str(tmp_path / "rules.json"), "--formatter", "text",
               *map(str, sorted(folder.rglob("*.html"))), str(account_folder / "output/replies.html")]  # fmt: skip
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"}, check=False
    )
    assert done.returncode == 0, done.stdout[:3_000] + done.stderr[:1_000]


def test_replies_can_be_copied(browser: Browser, account_folder: Path) -> None:
    context = context_of(browser, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto((account_folder / "output/replies.html").as_uri())
    page.locator("#find").fill("203")
    row = page.locator("li:visible").first
    row.locator("button.text").click()
    expect(page.locator("#said")).to_have_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == row.locator("pre").text_content()
    context.close()
