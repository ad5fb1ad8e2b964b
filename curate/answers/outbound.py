"""What the platform is answered: XML, or JSON to who asked in JSON. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from curate.answers.inbound import Inbound

MOST_BYTES = 2048  # of a text's Content
MOST_ARTICLES = 1  # in answer to what a reader sent; more are cut off
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0


@dataclass(frozen=True, slots=True)
class NewsCard:
    """A card that leads to a page."""

    title: str
    description: str
    picture: str
    url: str


@dataclass(frozen=True, slots=True)
class Outbound:
    """What a reader gets: a text, a stored picture or voice (`media`), or cards; nothing where all are empty.

    `asked` is what is counted: a number of ours, or the name of a kind; never what the reader wrote.
    """

    asked: str
    text: str = ""
    media: str = ""  # media_id of permanent material
    media_kind: str = "image"  # or "voice"
    articles: tuple[NewsCard, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text or self.media or self.articles)


def write_answer(answer: Outbound, to: Inbound, created: int, *, as_json: bool) -> bytes:
    """The answer to a message, in UTF-8; `created`: seconds since 1970."""
    fields: dict[str, object] = {
        "ToUserName": to.reader,
        "FromUserName": to.account,
        "CreateTime": created,
        **_content(answer),
    }
    return write_fields(fields, as_json=as_json)


def write_fields(fields: dict[str, object], *, as_json: bool) -> bytes:
    """Fields as a body: values are text, numbers, or fields and lists of them."""
    if as_json:
        return json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace")
    return f"<xml>{_write(fields)}</xml>".encode("utf-8", "replace")


def _content(answer: Outbound) -> dict[str, object]:
    if answer.articles:
        items = [
            {"Title": one.title, "Description": one.description, "PicUrl": one.picture, "Url": one.url}
            for one in answer.articles[:MOST_ARTICLES]
        ]
        return {"MsgType": "news", "ArticleCount": len(items), "Articles": items}
    if answer.media:
        name = answer.media_kind.capitalize()
        return {"MsgType": answer.media_kind, name: {"MediaId": answer.media}}
    return {"MsgType": "text", "Content": answer.text}


def _write(value: object) -> str:
    if isinstance(value, dict):
        return "".join(f"<{name}>{_write(one)}</{name}>" for name, one in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "".join(f"<item>{_write(one)}</item>" for one in value)
    if isinstance(value, int):
        return str(value)
    text = _ILLEGAL.sub("", str(value)).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{text}]]>"


def cut_lines(text: str, most: int = MOST_BYTES, end: str = "") -> str:
    """The whole lines of a text that fit into so many bytes, and `end` after them where some do not.

    A first line that is too long by itself is cut between characters.
    """
    if len(text.encode("utf-8", "replace")) <= most:
        return text
    room = most - len(f"\n{end}".encode()) if end else most
    kept, size = [], -1
    for line in text.split("\n"):
        size += 1 + len(line.encode("utf-8", "replace"))
        if size > room:
            break
        kept.append(line)
    if not any(kept):
        first = text.split("\n", 1)[0].encode("utf-8", "replace")[: room - 3].decode("utf-8", "ignore")
        kept = [f"{first.rstrip()}…"]
    return "\n".join([*kept, *([end] if end else [])]).strip("\n")
