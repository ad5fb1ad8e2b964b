"""The site's feeds, held to RFC 4287 and RFC 3339, and to JSON Feed 1.1."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest

from tests.site_samples import CONFIG, PLACED, URL, Files, issue, site_files

A = "{http://www.w3.org/2005/Atom}"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")  # RFC 3339
DIGESTS = [issue(number) for number in range(310, 316)]
# RFC 4287, 4.1.1 and 4.1.2: what a feed and an entry must have once, and may have at most once.
ONCE = {"feed": ("id", "title", "updated"), "entry": ("id", "title", "updated")}
AT_MOST_ONCE = {
    "feed": ("subtitle", "generator", "icon", "logo", "rights"),
    "entry": ("content", "published", "summary", "source"),
}


@pytest.fixture(scope="module", params=[PLACED, CONFIG], ids=["placed", "anywhere"])
def files(request: pytest.FixtureRequest) -> Files:
    return site_files(DIGESTS, request.param)[0]


def atoms(files: Files) -> dict[str, ElementTree.Element]:
    return {path: ElementTree.fromstring(body) for path, body in files.items() if path.endswith(".atom")}


def test_there_is_a_feed_of_everything_and_one_of_each_topic(files: Files) -> None:
    topics = {section.id for digest in DIGESTS for section in digest.sections}
    names = {"feed"} | {f"topic/{name}/feed" for name in topics}
    assert {path.removesuffix(".atom") for path in files if path.endswith(".atom")} == names
    assert {f"{name}.json" for name in names} <= files.keys()


def test_feeds_and_entries_have_what_they_must_have_once(files: Files) -> None:
    for path, root in atoms(files).items():
        assert root.tag == f"{A}feed"
        for kind, elements in (("feed", [root]), ("entry", root.findall(f"{A}entry"))):
            assert elements, path
            for element in elements:
                counts = {child.tag.removeprefix(A): 0 for child in element}
                for child in element:
                    counts[child.tag.removeprefix(A)] += 1
                assert all(counts.get(name) == 1 for name in ONCE[kind]), (path, counts)
                assert all(counts.get(name, 0) <= 1 for name in AT_MOST_ONCE[kind]), (path, counts)


def test_every_entry_has_an_author_and_a_place(files: Files) -> None:
    for path, root in atoms(files).items():
        for entry in root.findall(f"{A}entry"):
            assert (entry.findtext(f"{A}author/{A}name") or "").strip()
            alternates = [link for link in entry.findall(f"{A}link") if link.get("rel") == "alternate"]
            assert len({(link.get("type"), link.get("hreflang")) for link in alternates}) == len(
                alternates
            ), path
            assert alternates or entry.find(f"{A}content") is not None
            assert all(
                urlsplit(link.get("href", "")).scheme in ("http", "https")
                for link in entry.findall(f"{A}link")
            )


def test_a_program_that_sorts_by_time_keeps_the_order(files: Files) -> None:
    for path, root in atoms(files).items():
        times = [entry.findtext(f"{A}updated") or "" for entry in root.findall(f"{A}entry")]
        assert times == sorted(set(times), reverse=True), path
        told = json.loads(files[path.replace(".atom", ".json")])["items"]
        assert [item["date_published"] for item in told] == times


def test_ids_are_addresses_never_shared_and_never_changed(files: Files) -> None:
    for path, root in atoms(files).items():
        ids = [element.text or "" for element in root.iter(f"{A}id")]
        assert len(set(ids)) == len(ids), path
        assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", each) for each in ids)
    whole = {e.findtext(f"{A}id") for e in atoms(files)["feed.atom"].findall(f"{A}entry")}
    later = site_files([*DIGESTS, issue(316)], PLACED)[0]
    known = {
        e.findtext(f"{A}id"): e.findtext(f"{A}title") for e in atoms(later)["feed.atom"].findall(f"{A}entry")
    }
    assert whole & known.keys()


def test_times_are_of_rfc_3339_and_the_feed_is_as_new_as_its_newest(files: Files) -> None:
    for root in atoms(files).values():
        times = [e.text or "" for name in ("updated", "published") for e in root.iter(f"{A}{name}")]
        assert all(TIME.fullmatch(time) for time in times)
        assert root.findtext(f"{A}updated") == max(
            e.findtext(f"{A}updated") or "" for e in root.findall(f"{A}entry")
        )


def test_a_site_that_knows_its_address_names_itself() -> None:
    files = site_files(DIGESTS, PLACED)[0]
    for path, root in atoms(files).items():
        links = {link.get("rel"): link.get("href") for link in root.findall(f"{A}link")}
        assert links["self"] == URL + path
        assert links["alternate"] == (
            URL if path == "feed.atom" else URL + path.replace("feed.atom", "index.html")
        )
        for entry in root.findall(f"{A}entry"):
            places = {link.get("rel"): link.get("href", "") for link in entry.findall(f"{A}link")}
            assert places["alternate"].removeprefix(URL) in files
            assert not places["related"].startswith(URL)


def test_a_reader_understands_them(files: Files) -> None:
    for path, body in files.items():
        if path.endswith(".atom"):
            read = feedparser.parse(body)
            assert not read.bozo, (path, read.get("bozo_exception"))
            assert read.version == "atom10"
            assert 0 < len(read.entries) <= 50


def test_json_feeds_have_what_version_1_1_asks_for(files: Files) -> None:
    placed = "sitemap.xml" in files
    for path in (path for path in files if path.endswith("feed.json")):
        feed = json.loads(files[path])
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["title"]
        assert feed["authors"][0]["name"]
        assert ("feed_url" in feed) == placed == ("home_page_url" in feed)
        ids = [item["id"] for item in feed["items"]]
        assert ids
        assert len(set(ids)) == len(ids)
        for item in feed["items"]:
            assert isinstance(item["id"], str)
            assert item["content_text"]
            assert TIME.fullmatch(item["date_published"])
            assert all(urlsplit(item[name]).scheme for name in ("url", "external_url") if name in item)
            assert ("url" in item) == placed
        assert not {"url", "author"} & feed.keys(), "of version 1.0"


def test_atom_and_json_tell_the_same(files: Files) -> None:
    for path, root in atoms(files).items():
        other = json.loads(files[path.replace(".atom", ".json")])
        assert [e.findtext(f"{A}id") for e in root.findall(f"{A}entry")] == [
            item["id"] for item in other["items"]
        ]


def test_what_xml_cannot_hold_is_left_out() -> None:
    digest = DIGESTS[0]
    first = replace(
        digest.sections[0],
        items=tuple(replace(i, title="a\x0bb\uffffc", summary="\x01") for i in digest.sections[0].items),
    )
    files = site_files([replace(digest, sections=(first, *digest.sections[1:]), account="x\x08")], PLACED)[0]
    assert all(
        not feedparser.parse(body).bozo for path, body in files.items() if path.endswith((".atom", ".xml"))
    )
