"""The editor's own pieces: Markdown files with front matter.

    ---
    title: 标题
    date: 2026-11-21 08:30
    topic: tech
    author: 编辑部
    ---
    Text in CommonMark.

Front matter is YAML, read with `yaml.safe_load`; this is the one place outside `load.py` that does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml
from markdown_it import MarkdownIt

from curate.config.schema import Network, Source
from curate.domain.errors import UnreadableError
from curate.domain.message import message
from curate.domain.model import Entry, Image, Page
from curate.sources.base import Reading
from curate.sources.item import CHINA, WORLD, zone_of
from curate.sources.urls import absolute, normalize
from curate.text.clean import one_line
from curate.text.dates.parse import parse_date, settle
from curate.text.encoding import decode

_LARGEST = 4_000_000  # characters
_PATIENCE = 5_000  # angle brackets; the parser tries each as an address, and takes its time
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n?^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_OPENED = re.compile(r"\A---[ \t]*(?:\n|\Z)")
# A colon of Chinese typing after one of our keys: YAML sees no key in such a line.
_WIDE_COLON = re.compile(
    r"^(?:title|date|topic|author|url|summary|description|image|cover|tags|categories|draft|id)[ \t]*：",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)


def addresses(source: Source, network: Network) -> tuple[str, ...]:
    return ()  # its pages are files


def read(page: Page, source: Source) -> Reading:
    """The one entry of a Markdown file; none where it is a draft.

    UnreadableError, which names the file and the line, where the front matter is not closed or is not a mapping
    in YAML, where its date is none, or where nothing is written in the file.
    """
    name = _name(page)
    text = _text(page, name)
    front, body = _split_front_matter(text, name)
    if _is_true(front.get("draft")):
        return Reading((), parser="markdown")
    title, body = _title(front, body, name)
    if not body.strip() and not front.get("url"):
        raise _empty(name)
    entry = _entry(front, title, body, name, page, source)
    if not entry.dated and front.get("date") is not None and _moment(front, title, body, page) is None:
        raise _make_date_error(name, text)
    return Reading((entry,), topic=_value(front.get("topic")), parser="markdown")


def read_original(page: Page, source: Source) -> Entry:
    """What a Markdown file says, a draft too: for whoever asks for this file. UnreadableError as `read`."""
    name = _name(page)
    front, body = _split_front_matter(_text(page, name), name)
    title, body = _title(front, body, name)
    if not body.strip():
        raise _empty(name)
    return _entry(front, title, body, name, page, source)


def _name(page: Page) -> str:
    return unquote(urlsplit(page.url).path.rsplit("/", 1)[-1])


def _text(page: Page, name: str) -> str:
    text = decode(page.body, page.content_type).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > _LARGEST:
        raise UnreadableError.of("read.file large", name=name, n=len(text))
    return text


def _empty(name: str) -> UnreadableError:
    return UnreadableError.of("read.file empty", "read.file empty.hint", name=name)


def _moment(front: Mapping[str, Any], title: str, body: str, page: Page) -> datetime | None:
    zone = zone_of("", [title, body[:2000]])
    fetched = page.fetched.astimezone(UTC)
    return parse_date(_value(front.get("date")), fetched, CHINA if zone is CHINA else WORLD)


def _entry(front: Mapping[str, Any], title: str, body: str, name: str, page: Page, source: Source) -> Entry:
    fetched = page.fetched.astimezone(UTC)
    published, dated = settle(_moment(front, title, body, page), fetched)
    image = absolute(_value(front.get("image") or front.get("cover")))
    topic = _value(front.get("topic"))
    tags = front.get("tags") or front.get("categories") or []
    tags = tags if isinstance(tags, list) else str(tags).split(",")
    return Entry(
        source=source.id or source.name,
        id=_value(front.get("id")) or f"file:{name}",
        url=normalize(_value(front.get("url"))),
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


def _split_front_matter(text: str, name: str) -> tuple[Mapping[str, Any], str]:
    """The front matter's values, and what comes after it."""
    match = _FRONT.match(text)
    if not match:
        if _OPENED.match(text):
            raise _make_error(name, 1, "front open", "front open")
        return {}, text
    lines = match[1].split("\n")
    if wide := next((n for n, line in enumerate(lines, start=2) if _WIDE_COLON.match(line)), 0):
        raise _make_error(
            name, wide, "front form", "front"
        )  # before YAML, which stumbles over it lines later
    try:
        values = yaml.safe_load(match[1])
    except yaml.YAMLError as e:
        mark = getattr(e, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise _make_error(name, line, "front yaml", "front") from e
    except (ValueError, RecursionError) as e:  # YAML makes dates itself, and stumbles over 31 February
        raise _make_date_error(name, text) from e
    if not isinstance(values, dict | None):
        raise _make_error(name, 2, "front form", "front")
    return {str(key).lower(): value for key, value in (values or {}).items()}, text[match.end() :]


def _make_date_error(name: str, text: str) -> UnreadableError:
    """What is said of a date that none can be made of. YAML gives no line for a value it has read."""
    lines = text.split("\n")
    line = next((n for n, said in enumerate(lines, start=1) if said.lower().startswith("date")), 1)
    return _make_error(name, line, "date", "date")


def _make_error(name: str, line: int, key: str, advice: str) -> UnreadableError:
    why = message(f"read.{key}")
    return UnreadableError.of("read.at line", f"read.{advice}.hint", name=name, line=line, why=why)


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
    if body.count("<") > _PATIENCE:
        raise UnreadableError.of("read.more html")
    try:
        return str(MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).render(body))
    except RecursionError as e:
        raise UnreadableError.of("read.nested") from e


def _is_true(value: object) -> bool:
    return value is True or str(value).strip().lower() in ("true", "yes", "是")


def _value(value: object) -> str:
    """A value as it would have been written; YAML makes dates of some."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return "" if value is None or isinstance(value, (list, dict)) else str(value).strip()
