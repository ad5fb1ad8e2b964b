"""The editor's own pieces: Markdown files with front matter.

    ---
    title: 标题
    date: 2026-11-21 08:30
    topic: tech
    author: 编辑部
    ---
    Text in CommonMark.

Front matter is YAML, read with `yaml.safe_load`; this is the one place outside `config.py` that does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml
from markdown_it import MarkdownIt

from curate.errors import UnreadableError
from curate.model import Entry, Image, Page
from curate.settings import Network, Source
from curate.sources.address import absolute, normalise
from curate.sources.dates import parse_date, settle
from curate.sources.kinds import Reading
from curate.sources.raw import CHINA, WORLD, zone_of
from curate.text.clean import one_line
from curate.text.encoding import decode

_LARGEST = 4_000_000  # characters
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n?^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)


def addresses(source: Source, network: Network) -> tuple[str, ...]:
    return ()  # its pages are files


def read(page: Page, source: Source) -> Reading:
    """The one entry of a Markdown file; none where it is a draft.

    UnreadableError where the front matter is not a mapping in YAML, or nothing is written in the file.
    """
    text = decode(page.body, page.content_type).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > _LARGEST:
        raise UnreadableError(f"the file is too large: {len(text):,} characters")
    front, body = _parted(text)
    if _is_true(front.get("draft")):
        return Reading((), parser="markdown")
    name = unquote(urlsplit(page.url).path.rsplit("/", 1)[-1])
    title, body = _title(front, body, name)
    if not body.strip() and not front.get("url"):
        raise UnreadableError(f"nothing is written in {name}", "write some text under the front matter")
    return Reading((_entry(front, title, body, name, page, source),), parser="markdown")


def _entry(front: Mapping[str, Any], title: str, body: str, name: str, page: Page, source: Source) -> Entry:
    fetched = page.fetched.astimezone(UTC)
    zone = zone_of("", [title, body[:2000]])
    moment = parse_date(_value(front.get("date")), fetched, CHINA if zone is CHINA else WORLD)
    published, dated = settle(moment, fetched)
    image = absolute(_value(front.get("image") or front.get("cover")))
    topic = _value(front.get("topic"))
    tags = front.get("tags") or front.get("categories") or []
    tags = tags if isinstance(tags, list) else str(tags).split(",")
    return Entry(
        source=source.id or source.name,
        id=_value(front.get("id")) or f"file:{name}",
        url=normalise(_value(front.get("url"))),
        title=title,
        published=published,
        dated=dated,
        summary=one_line(_value(front.get("summary") or front.get("description"))),
        content=_html(body),
        author=one_line(_value(front.get("author"))),
        images=(Image(image),) if image else (),
        categories=tuple(dict.fromkeys(filter(None, [topic, *(_value(tag).strip() for tag in tags)]))),
        original=True,
    )


def _parted(text: str) -> tuple[Mapping[str, Any], str]:
    """The front matter's values, and what comes after it."""
    match = _FRONT.match(text)
    if not match:
        return {}, text
    try:
        values = yaml.safe_load(match[1])
    except (yaml.YAMLError, ValueError, RecursionError) as e:
        mark = getattr(e, "problem_mark", None)
        where = f" in line {mark.line + 2}" if mark else ""
        raise UnreadableError(
            f"the front matter is not YAML{where}", "put values with a colon or a # in them into quotes"
        ) from e
    if values is None:
        return {}, text[match.end() :]
    if not isinstance(values, dict):
        raise UnreadableError("the front matter is not a list of `key: value`")
    return {str(key).lower(): value for key, value in values.items()}, text[match.end() :]


def _title(front: Mapping[str, Any], body: str, name: str) -> tuple[str, str]:
    """The title, and the text without the heading that it may have been."""
    title = one_line(_value(front.get("title")))
    heading = _HEADING.search(body)
    if heading and (not title or one_line(heading[1]) == title) and not body[: heading.start()].strip():
        return one_line(heading[1]), body[heading.end() :].lstrip("\n")
    if heading and not title:
        return one_line(heading[1]), body
    return title or one_line(name.rsplit(".", 1)[0].replace("-", " ").replace("_", " ")), body


def _html(body: str) -> str:
    """CommonMark with tables; HTML in it is shown as text, not obeyed."""
    try:
        return str(MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).render(body))
    except RecursionError as e:
        raise UnreadableError("the text is nested too deeply") from e


def _is_true(value: object) -> bool:
    return value is True or str(value).strip().lower() in ("true", "yes", "是")


def _value(value: object) -> str:
    """A value as it would have been written; YAML makes dates of some."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return "" if value is None or isinstance(value, (list, dict)) else str(value).strip()
