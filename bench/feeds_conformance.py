"""The conformance cases: which values they expect, and which of them our reading gives.

Three kinds of case say what they expect: feedparser's in a Python expression in a comment, gofeed's and
fastfeedparser's in JSON beside the document. The others are only read; they must not crash.

An item that has neither title nor link nor text is no entry here. Where a case consists of such items, of an author or
a date alone, they are given a title, so that what the case asks for is measured and not passed over.

    python bench/feeds_conformance.py      the share, and the mismatches by explanation, for docs/engineering/conformance.md
"""

from __future__ import annotations

import ast
import json
import re
import tarfile
from calendar import timegm
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from harness import FEEDS, require

from curate.config.schema import Source
from curate.domain.errors import UnreadableError
from curate.domain.model import Entry, Page
from curate.sources import read
from curate.sources.item import WORLD
from curate.sources.urls import absolute, normalize
from curate.text.clean import one_line, plain
from curate.text.dates.parse import parse_date

FIELDS = ("title", "link", "id", "date", "content", "author", "category")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
HOME = "http://127.0.0.1:8097/"  # where feedparser's own tests serve its cases
SOURCE = Source(name="bench", url=HOME, limit=1000)


class Expected(NamedTuple):
    item: int
    field: str
    value: Any


def conformance(archive: Path) -> dict[str, Any]:
    """Shares of the expected values met, by field, and the mismatches in groups."""
    met: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    groups: defaultdict[str, list[str]] = defaultdict(list)
    documents = unreadable = titled = 0
    refused: list[str] = []
    files = _files(archive)
    for name, body in files.items():
        is_json_feed = b"jsonfeed.org/version" in body[:2000] and "expected" not in name
        if not name.endswith((".xml", ".rss", ".atom")) and not is_json_feed:
            continue
        documents += 1
        page = _page(name, body)
        try:
            entries: tuple[Entry, ...] | None = read(page, SOURCE).entries
        except UnreadableError:
            entries, unreadable = None, unreadable + 1
            refused.append(name)
        wanted = _expected(name, body, files)
        if entries == () and wanted:
            titled += 1
            entries = read(_page(name, _titled(body)), SOURCE).entries
        for expected in wanted:
            asked[expected.field] += 1
            wrong = _wrong(expected, entries, page)
            met[expected.field] += not wrong
            if wrong:
                groups[_explanation(name) or f"NOT EXPLAINED: {expected.field}: {wrong}"].append(name)
    return {
        "documents": documents,
        "unreadable": unreadable,
        "refused": refused,
        "titled": titled,
        "asked": {field: asked[field] for field in FIELDS},
        "met": {field: met[field] for field in FIELDS},
        "share": round(sum(met.values()) / max(1, sum(asked.values())), 4),
        "mismatches": {
            group: {"cases": len(names), "examples": list(dict.fromkeys(names))[:3]}
            for group, names in sorted(groups.items(), key=lambda row: -len(row[1]))
        },
    }


# Why a value is not met, by the case's name.
EXPLAINED = (
    (r"fastfeedparser_integration/osm", "the case holds the wrapper <content …> as that parser writes it; the text is the same"),
    (r"fastfeedparser_integration/davidbau", "the case was written with the text's encoding broken, or cut to a summary"),
    (r"wellformed/namespace/.*(?:svg|mathml|xlink)", "SVG and MathML: the case has attributes sorted and prefixes written anew; "
     "the channels drop both"),
    (r"sanitize/acceptable_element", "an empty element is written as a pair of tags"),
    (r"rss/item_(?:description_and_summary|summary_and_description)", "RSS knows no summary: beside a description it is not taken"),
    (r"atom10/entry_category_term", "a category's label is taken, which is for readers, before its term"),
    (r"date_overwriting|updated_multiple|created_multiple", "of a date that is given twice the first is taken, not the last"),
    (r"itunes_item_category|madeup_tags", "itunes:category and <tags> are not read"),
    (r"rss_channel_item_(?:author|category|guid)_naked_markup", "markup inside a name, a category or a guid is read by neither parser"),
    (r"media-rss/media_group", "media:description outside of any media:content is not read"),
    (r"feed_item_fallbacks_-_rss_channel_item_extensions", "an item of an author alone, beside others, is no entry"),
)  # fmt: skip


def _explanation(name: str) -> str:
    return next((words for pattern, words in EXPLAINED if re.search(pattern, name)), "")


def _titled(body: bytes) -> bytes:
    """The document with a title in each item; encodings of one byte for ASCII only, which all such cases have."""
    return re.sub(
        rb"(<(?:[\w.-]+:)?(?:item|entry)(?:\s[^<>]*)?(?<!/)>)", rb"\1<title>A title</title>", body, flags=re.I
    )


def _files(archive: Path) -> dict[str, bytes]:
    with tarfile.open(archive) as tar:
        members = [member for member in tar.getmembers() if member.isfile()]
        read_all = {member.name: tar.extractfile(member) for member in members}
        return {name.partition("/")[2]: file.read() for name, file in sorted(read_all.items()) if file}


def _page(name: str, body: bytes) -> Page:
    head = body[:3000].decode("latin-1")
    headers = {key.lower(): value.strip() for key, value in re.findall(r"Header:\s*([\w-]+):(.*)", head)}
    url = absolute(headers.get("content-location", ""), HOME + name) or HOME + name
    return Page(url, body, NOW, headers.get("content-type", ""))


def _expected(name: str, body: bytes, files: dict[str, bytes]) -> list[Expected]:
    if name.startswith("feedparser/"):
        return list(_from_expression(body))
    stem = name.rsplit(".", 1)[0]
    beside = files.get(stem + ".json")
    if beside is None or not name.startswith(("gofeed/", "fastfeedparser_integration/")):
        return []
    try:
        found = json.loads(beside)
    except ValueError:
        return []
    items = (found.get("items") or found.get("entries") or []) if isinstance(found, dict) else []
    return [each for n, item in enumerate(items) if isinstance(item, dict) for each in _from_json(n, item)]


# feedparser's names for what it found; the last key of a path such as ['author_detail']['name']
_PATHS = {
    "title": "title", "title_detail.value": "title", "link": "link", "id": "id", "guid": "id",
    "published_parsed": "date", "updated_parsed": "date", "created_parsed": "date", "date_parsed": "date",
    "description": "content", "summary": "content", "summary_detail.value": "content",
    "content.0.value": "content", "author": "author", "author_detail.name": "author",
    "tags.0.term": "category", "category": "category",
}  # fmt: skip


def _from_expression(body: bytes) -> Iterator[Expected]:
    """`entries[0]['title'] == 'x'` out of the Expect line, where it is so plain."""
    head = (
        body[:6000].decode("utf-8", "replace")
        if b"\0" not in body[:100]
        else body.decode("utf-16", "replace")
    )
    match = re.search(r"Expect:\s*(.+?)\s*(?:\n|-->)", head)
    try:
        tree = ast.parse(match[1].removeprefix("not bozo and ") if match else "", mode="eval")
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare) or len(node.ops) != 1 or not isinstance(node.ops[0], ast.Eq):
            continue
        path = _path(node.left)
        if path[:1] != ["entries"] or len(path) < 3 or not path[1].isdigit():
            continue
        field = _PATHS.get(".".join(path[2:]))
        try:
            value = ast.literal_eval(node.comparators[0])
        except ValueError:
            continue
        if field and value:
            yield Expected(int(path[1]), field, value)


def _path(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return [*_path(node.value), str(node.slice.value)]
    return [node.id] if isinstance(node, ast.Name) else []


def _from_json(n: int, item: dict[str, Any]) -> Iterator[Expected]:
    links = [link for link in item.get("links") or [] if isinstance(link, dict)]
    alternate = [link.get("href") for link in links if link.get("rel", "alternate") == "alternate"]
    content, guid = item.get("content"), item.get("guid")
    if isinstance(content, list):
        content = content[0].get("value") if content else None
    author = item.get("author") or next(iter(item.get("authors") or []), None)
    categories = item.get("categories") or item.get("tags") or []
    first = categories[0] if categories else None
    values = {
        "title": item.get("title"),
        "link": item.get("link") or next(filter(None, alternate), None),
        "id": item.get("id") or (guid.get("value") if isinstance(guid, dict) else guid),
        "date": item.get("publishedParsed")
        or item.get("pubDateParsed")
        or item.get("published")
        or item.get("updated"),
        "content": (content.get("value") if isinstance(content, dict) else content)
        or item.get("description")
        or item.get("summary"),
        "author": author.get("name") if isinstance(author, dict) else author,
        "category": (first.get("term") or first.get("value")) if isinstance(first, dict) else first,
    }
    yield from (Expected(n, field, value) for field, value in values.items() if value)


def _wrong(expected: Expected, entries: tuple[Entry, ...] | None, page: Page) -> str:
    """ "" where the value is met, else why not, in a few words."""
    if entries is None:
        return "the document was refused"
    if expected.item >= len(entries):
        return "the item was merged or dropped"
    entry = entries[expected.item]
    if expected.field == "date":
        return _wrong_date(expected.value, entry)
    if expected.field == "link":
        wanted = normalize(absolute(str(expected.value), page.url), fragment=True)
        if not wanted:
            return "" if not entry.url else "not http"
        return (
            "" if entry.url in (wanted, normalize(wanted)) else "none found" if not entry.url else "another"
        )
    if expected.field == "id":
        given = str(expected.value).strip()
        same_document = normalize(absolute(given, page.url)) in (entry.url, entry.id) and entry.url
        return (
            ""
            if entry.id == given or same_document
            else "made from the words"
            if entry.id.startswith("hash:")
            else "another"
        )
    wanted = one_line(str(expected.value))
    got = {
        "title": [entry.title],
        "content": [one_line(entry.summary), one_line(entry.content)],
        "author": [entry.author, ""],
        "category": list(entry.categories),
    }[expected.field]
    if wanted in got or _squeezed(wanted) in map(_squeezed, got):
        return ""
    if expected.field == "author" and entry.author and entry.author in wanted:
        return ""  # the name without its address
    return "none found" if not any(got) else "another"


def _wrong_date(value: Any, entry: Entry) -> str:
    if isinstance(value, tuple):
        wanted = datetime.fromtimestamp(timegm(value), UTC) if len(value) >= 6 else None
    else:
        wanted = parse_date(str(value), NOW, WORLD)
    if wanted is None or wanted.year < 1990:
        return ""
    if entry.published == wanted:
        return ""
    return "none found" if not entry.dated else "another"


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", plain(text))


def main() -> None:
    archive = FEEDS / "conformance.tar.xz"
    require(archive)
    found = conformance(archive)
    met, asked = (sum(found[name].values()) for name in ("met", "asked"))
    print(
        f"{found['documents']} documents, {found['unreadable']} refused, {found['titled']} read with a title added"
    )
    print(f"{met} of {asked} expected values met: {met / asked:.1%}")
    print(
        "".join(f"    {field:9} {found['met'][field]:5} of {found['asked'][field]:5}\n" for field in FIELDS),
        end="",
    )
    for group, row in found["mismatches"].items():
        print(f"    {row['cases']:4}  {group}  ({row['examples'][0]})")
    for name in found["refused"]:
        print(f"    refused: {name}")


if __name__ == "__main__":
    main()
