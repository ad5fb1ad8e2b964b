"""The documents as a site: both languages build without a warning, ask no other host, and are searched in Chinese."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[1]
LOADED = {"link": "href", "script": "src", "img": "src", "iframe": "src"}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site. Skipped where `make docs` has installed nothing, unless CURATE_DOCS=required."""
    if os.environ.get("CURATE_DOCS") != "required":
        pytest.importorskip("material")
    folder = tmp_path_factory.mktemp("docs")
    for name, place in (("mkdocs.yml", folder), ("mkdocs.en.yml", folder / "en")):
        command = [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--strict",
            "--quiet",
            "-f",
            name,
            "-d",
            str(place),
        ]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return folder


class Addresses(HTMLParser):
    """What a page loads, and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if (address := values.get(LOADED.get(tag, ""))) and values.get("rel") not in ("next", "prev"):
            self.loaded.append(address)
        if tag == "a" and (address := values.get("href")):
            self.links.append(address)


def read_addresses(page: Path) -> Addresses:
    found = Addresses()
    found.feed(page.read_text("utf-8"))
    return found


def test_every_page_is_there_in_both_languages_and_the_switch_leads_from_one_to_the_other(site: Path) -> None:
    chinese = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    english = {name.removeprefix("en/") for name in chinese if name.startswith("en/")}
    assert {name for name in chinese if not name.startswith("en/")} == english
    assert {f"{path.stem}.html" for path in (ROOT / "docs/zh").glob("*.md")} <= english
    for name in english - {"404.html"}:
        for page, other in ((site / name, site / "en" / name), (site / "en" / name, site / name)):
            switch = re.search(r'href="([^"]+)" hreflang="(zh|en)"', page.read_text("utf-8"))
            links = re.findall(r'href="([^"]+)" hreflang="(?:zh|en)"', page.read_text("utf-8"))
            assert switch
            assert other.resolve() in {(page.parent / link).resolve() for link in links}


def test_a_page_loads_nothing_of_another_host_and_what_it_names_is_there(site: Path) -> None:
    pages = [page for page in site.rglob("*.html") if page.name != "404.html"]  # which may be shown anywhere
    assert pages
    for page in pages:
        found = read_addresses(page)
        assert not [address for address in found.loaded if re.match(r"(https?:)?//", address)], page
        near = [a for a in (*found.loaded, *found.links) if not re.match(r"[a-z]+:|//|#|$", a)]
        for address in near:
            assert (page.parent / unquote(re.split("[?#]", address)[0])).exists(), f"{page}: {address}"


@pytest.mark.parametrize("word", ["微信", "去重", "公众号", "草稿箱", "编辑台"])
def test_chinese_words_are_words_of_the_search(site: Path, word: str) -> None:
    index = json.loads((site / "search/search_index.json").read_text("utf-8"))
    assert any(word in re.split("\u200b+", part["text"] + "\u200b" + part["title"]) for part in index["docs"])


def test_chinese_lines_are_joined_without_a_blank(site: Path) -> None:
    text = re.sub(r"<pre.*?</pre>", "", (site / "desk.html").read_text("utf-8"), flags=re.S)
    assert not re.search(r"[\u4e00-\u9fff，。、]\n[\u4e00-\u9fff]", text)
