"""The site: whole, grown issue by issue or at once, with every link alive and nothing asked of anybody else."""

from __future__ import annotations

import json
import posixpath
import re
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

from curate.config.schema import Look, SiteSettings
from curate.domain.model import Coverage, Digest
from curate.domain.serialization import from_json, to_json
from curate.site import Catalogue, find_changes
from curate.site.editions import edition
from curate.site.index_cards import Spot, threads
from curate.site.paths import OWN
from curate.site.search_index import blocks, pieces, text_of
from curate.text.folding import fold
from curate.text.scripts import scripts
from tests.render_samples import HOSTILE, chinese
from tests.site_samples import CONFIG, PLACED, URL, Files, few, issue, site_changes, site_files

MANY = [issue(number) for number in range(98, 109)]  # over the end of a hundred, and of April (issue 106)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.ids.add(str(values["id"]))
        for name in ("href", "src", "action"):
            if name in values:
                self.found.append((tag, str(values[name])))


def _read(html: bytes) -> _Links:
    parser = _Links()
    parser.feed(html.decode())
    return parser


@pytest.fixture(scope="module")
def files() -> Files:
    return site_files(MANY, PLACED)[0]


def test_every_link_of_every_page_leads_somewhere(files: Files) -> None:
    pages = {path: _read(body) for path, body in files.items() if path.endswith(".html")}
    assert len(pages) > 150
    checked = 0
    for path, page in pages.items():
        for tag, target in page.found:
            parts = urlsplit(target)
            if tag == "base" or parts.scheme:
                assert parts.scheme in ("http", "https"), (path, target)
                continue
            where = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
            where = where if parts.path else path
            assert where in files, (path, target)
            if parts.fragment and where.endswith(".html"):
                assert unquote(parts.fragment) in pages[where].ids, (path, target)
            checked += 1
    assert checked > 3_000


def test_the_404_page_knows_its_root_where_the_site_knows_its_address(files: Files) -> None:
    assert f'<base href="{URL}">'.encode() in files["404.html"]
    assert b"<base" not in site_files(MANY[:1])[0]["404.html"]


def test_no_page_asks_for_anything_of_another_site(files: Files) -> None:
    for path, body in files.items():
        if not path.endswith(".html"):
            continue
        text = body.decode()
        assert "default-src 'none'; script-src 'self'" in text, path
        for tag, attributes in re.findall(r"<(script|link|img|iframe|form)\b([^>]*)>", text):
            address = re.search(r'(?:src|href|action)="([^"]*)"', attributes)
            rel = re.search(r'rel="([^"]*)"', attributes)
            if address and not (tag == "link" and rel and rel[1] == "canonical"):
                assert "://" not in address[1], (path, address[1])
        assert "style=" not in re.sub(r">[^<]*<", "><", text), path
    assert not re.search(
        rb"https?://(?!www\.w3\.org/)", files["app/style.css"] + files["app/app.js"] + files["app/search.js"]
    )


@pytest.mark.slow
def test_a_site_grown_issue_by_issue_is_the_one_that_is_built_at_once() -> None:
    grown, known = site_files(MANY[:1])
    for number in range(2, len(MANY) + 1):
        more, known = site_files(MANY[:number], old=known)
        grown |= more
    assert grown == site_files(MANY)[0]


def test_blocks_of_the_search_index_are_few_and_hold_each_issue_once() -> None:
    for newest in range(1_300):
        held = [n for block in blocks(newest) for n in range(block.first, block.first + block.size)]
        assert sorted(held) == list(range(len(held)))
        assert newest in held
        assert len(blocks(newest)) <= 6
        assert blocks(newest) == sorted(blocks(newest), reverse=True)


def test_blocks_join_as_issues_come_and_leave_nothing_behind() -> None:
    numbers = [62, 63, 64, 127, 128, 129]
    grown, known = site_files([few(numbers[0])])
    for many in range(2, len(numbers) + 1):
        more, gone, known = site_changes([few(n) for n in numbers[:many]], old=known)
        grown = {path: body for path, body in grown.items() if not path.startswith(tuple(gone))} | more
    assert grown == site_files([few(n) for n in numbers])[0]
    assert {path.split("/")[1] for path in grown if re.match(r"find/\d", path)} == {"0-127", "128-191"}


def test_one_more_issue_changes_what_it_touches_and_nothing_else() -> None:
    _, known = site_files(MANY[:-1])
    more, _ = site_files(MANY, old=known)
    stories = {path for path in more if path.startswith("story/")}
    last = MANY[-1]
    its_own = {f"story/108/108{item.number:02d}.html" for section in last.sections for item in section.items}
    thread = {f"story/{n}/{n}06.html" for n in range(98, 108)}
    assert stories == its_own | thread
    assert {path for path in more if path.startswith("issue/")} == {"issue/107.html", "issue/108.html"}
    assert not any(path.startswith(("find/0-63/", "issues/2026-04", "find/issue/107")) for path in more)
    assert len(more) < 270  # of which 128 are the index of its block


def test_the_same_issues_change_nothing() -> None:
    _, known = site_files(MANY)
    more, again = site_files(MANY, old=known)
    assert again == known
    assert not any(path.startswith(("story/", "issue/", "topic/", "source/", "find/1")) for path in more)


def test_an_issue_that_was_changed_or_is_gone_builds_everything() -> None:
    _, known = site_files(MANY)
    _, other = site_files([*MANY[:3], replace(MANY[3], minutes=99), *MANY[4:]], old=known)
    assert find_changes(known, other) is None
    _, fewer = site_files(MANY[1:], old=known)
    assert find_changes(known, fewer) is None
    assert find_changes(known, replace(known, stamp="another look")) is None
    assert find_changes(known, known) == (frozenset(), ())


def test_what_is_known_of_the_issues_is_written_down_and_read_again() -> None:
    _, known = site_files(MANY)
    assert from_json(Catalogue, to_json(known)) == known


def test_a_story_shows_all_its_tellings_and_its_number(files: Files) -> None:
    for digest in MANY:
        for section in digest.sections:
            for item in section.items:
                page = files[f"story/{digest.number}/{digest.number}{item.number:02d}.html"].decode()
                assert f">{digest.number}{item.number:02d}</span>" in page
                assert item.url in page
                assert all(telling.url in page for telling in item.also)


def test_a_continued_story_is_linked_both_ways() -> None:
    digests = [few(1), replace_continues(few(2), (1, 2)), replace_continues(few(4), (2, 1))]
    made, known = site_files(digests)
    group = (Spot(1, 2), Spot(2, 1), Spot(4, 1))
    assert threads(known.cards) == dict.fromkeys(group, group)
    for here in group:
        page = made[f"story/{here.issue}/{here.issue}{here.item:02d}.html"].decode()
        others = [f'href="../../story/{s.issue}/{s.issue}{s.item:02d}.html"' for s in group if s != here]
        thread = page[page.index('class="thread"') : page.index("</article>")]
        assert all(link in thread for link in others), here
        assert thread.count("aria-current") == 1


def replace_continues(digest: Digest, place: tuple[int, int]) -> Digest:
    (section,) = digest.sections
    first = replace(section.items[0], continues=place)
    return replace(digest, sections=(replace(section, items=(first, *section.items[1:])),), lead=first)


def test_a_story_that_continues_one_of_a_lost_issue_stands_alone() -> None:
    made, known = site_files([replace_continues(few(2), (1, 2))])
    assert threads(known.cards) == {}
    assert b'class="thread"' not in made["story/2/201.html"]


def test_addresses_that_must_be_whole_are_there_only_where_they_are_known(files: Files) -> None:
    page = files["issue/100.html"].decode()
    assert f'<link rel="canonical" href="{URL}issue/100.html">' in page
    assert f'<meta property="og:url" content="{URL}issue/100.html">' in page
    assert f'<link rel="canonical" href="{URL}">' in files["index.html"].decode()
    assert re.search(
        rf'property="og:image" content="{URL}picture/100/01.jpg"', files["story/100/10001.html"].decode()
    )
    bare, _ = site_files(MANY[:2])
    assert not any(path.startswith("sitemap") for path in bare)
    assert not any(
        b"canonical" in body or b"og:image" in body for path, body in bare.items() if path.endswith(".html")
    )
    assert all(b"og:title" in body for path, body in bare.items() if path.endswith(".html"))


def test_the_sitemaps_name_every_page_once(files: Files) -> None:
    found = [
        address
        for path, body in files.items()
        if path.startswith("sitemap/")
        for address in re.findall(r"<loc>([^<]*)</loc>", body.decode())
    ]
    named = {unquote(address.removeprefix(URL)) or "index.html" for address in found}
    pages = {path for path in files if path.endswith(".html")}
    hidden = {"404.html", "offline.html", "search.html"} | {
        p for p in pages if re.match(r"topic/.*/\d{4}-\d\d", p)
    }
    assert len(named) == len(found)
    assert named == pages - hidden
    months = {p for p in files if p.startswith("sitemap/")}
    assert months == {
        p.removeprefix(URL) for p in re.findall(r"<loc>([^<]*)</loc>", files["sitemap.xml"].decode())
    }
    assert f"Sitemap: {URL}sitemap.xml" in files["robots.txt"].decode()


def test_the_manifest_has_what_installing_needs(files: Files) -> None:
    manifest = json.loads(files["manifest.webmanifest"])
    assert {"name", "short_name", "start_url", "scope", "display", "icons", "theme_color"} <= manifest.keys()
    sizes = {icon["sizes"] for icon in manifest["icons"]}
    assert {"192x192", "512x512"} <= sizes
    for icon in manifest["icons"]:
        assert icon["src"] in files
        if icon["type"] == "image/png":
            assert files[icon["src"]][16:24] == b"".join(
                int(n).to_bytes(4, "big") for n in icon["sizes"].split("x")
            )


def test_the_worker_keeps_the_newest_issue_and_names_only_what_is_there(files: Files) -> None:
    script = files["sw.js"].decode()
    found = re.search(r"const KEPT = (\[.*?\]);", script)
    assert found
    kept = json.loads(found[1])
    assert all(unquote(path) in files for path in kept)
    stories = {path for path in files if path.startswith("story/108/")}
    assert stories | {"index.html", "offline.html", "issue/108.html", "app/style.css"} <= set(kept)


def test_hostile_texts_stay_text() -> None:
    digest = few(7, 3)
    (section,) = digest.sections
    items = tuple(
        replace(
            section.items[n % 3],
            number=n + 1,
            title=text,
            summary=text,
            source=text[:60],
            also=(Coverage(text, text, text),),
        )
        for n, text in enumerate(HOSTILE)
    )
    made, _ = site_files([replace(digest, sections=(replace(section, items=items),), lead=items[0])])
    for path, body in made.items():
        if path.endswith(".html"):
            text = body.decode()
            assert "<script>" not in text
            assert "javascript:" not in " ".join(target for _, target in _read(body).found), path
            assert len(re.findall(r"<script\b", text)) == (4 if path == "search.html" else 1), path


def test_a_site_without_issues_is_a_page_that_says_so() -> None:
    made, _ = site_files([])
    assert "还没有出过任何一期" in made["index.html"].decode()
    assert "search.html" in made


def test_a_site_in_english_says_nothing_in_chinese() -> None:
    config = CONFIG.model_copy(
        update={
            "account": CONFIG.account.model_copy(
                update={"language": "en", "name": "Brief", "positioning": ""}
            ),
            "site": SiteSettings(),
        }
    )
    (digest,) = [few(3)]
    (section,) = digest.sections
    item = replace(
        section.items[0],
        title="A title",
        summary="A summary.",
        source="Post",
        also=(),
        original=False,
        author="",
        continues=None,
        topic="ai",
    )
    plain = replace(
        digest,
        account="Brief",
        positioning="",
        language="en",
        lead=item,
        sections=(replace(section, name="AI", items=(item,)),),
        credits=(),
    )
    made, _ = site_files([plain], config.model_copy(update={"topics": ()}))
    for path, body in made.items():
        if path.endswith(".html"):
            assert not re.search("[\u4e00-\u9fff]", body.decode()), path


def test_all_that_the_site_sweeps_is_its_own(files: Files) -> None:
    top = {path.partition("/")[0] + "/" for path in files if "/" in path}
    assert top <= set(OWN)


def test_what_is_compared_knows_no_script_no_accent_and_no_case() -> None:
    assert fold("市場搬家以後 Café ＡＢ Ångström") == "市场搬家以后 cafe ab angstrom"
    assert fold("什麼帳號") == fold("什么帐号") == "什么账号"
    assert fold("かがみ 한국어") == "かがみ 한국어", "marks of kana and syllables of Hangul are no accents"
    traditional, simplified = scripts()
    assert len(traditional) == len(simplified) > 2500
    assert not set(traditional) & set(simplified), "folding twice changes nothing"


def test_an_item_is_found_by_its_number() -> None:
    row = next(iter(edition(chinese(), "312", Look()).rows.values()))
    assert row.number in text_of(row).split("\n")
    assert pieces(row.number) <= pieces(text_of(row))


def test_the_lead_stands_once_though_its_topic_holds_nothing_else() -> None:
    digest = few(1)
    (section,) = digest.sections
    alone = replace(section, items=(digest.lead,))
    rest = replace(section, id="rest", name="余下", items=section.items[1:])
    for shown in (digest, replace(digest, sections=(alone, rest))):
        page = site_files([shown])[0]["issue/1.html"].decode()
        assert page.count(">" + digest.lead.title + "</a>") == 1
        targets = set(re.findall('id="(t-[^"]*)"', page))
        assert targets == set(re.findall('href="#(t-[^"]*)"', page)), "each tab leads somewhere"
