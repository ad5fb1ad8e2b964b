"""What the platform sends: XML or JSON, as is chosen in its console. Pure. Hostile until it is read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

MOST_BODY = 64 * 1024  # bytes of a message; the longest text that a reader can send is far shorter


@dataclass(frozen=True, slots=True)
class Inbound:
    """A message or an event. Who sent it does not show when it is printed."""

    account: str = field(repr=False)  # ToUserName
    reader: str = field(repr=False)  # FromUserName
    created: str
    kind: str  # MsgType: text, image, voice, event …
    text: str = field(repr=False)
    event: str = ""  # subscribe, unsubscribe, CLICK, SCAN …
    event_key: str = ""
    message_id: str = ""

    @property
    def delivery(self) -> str:
        """What a delivery is known again by: the message's number; an event has none."""
        return self.message_id or "\0".join((self.reader, self.created, self.event, self.event_key))


def read_fields(body: bytes) -> Mapping[str, str] | None:
    """The fields of a body, XML or JSON; None where it is neither, or is no object of plain fields."""
    return _read_json(body) if body.lstrip()[:1] == b"{" else _read_xml(body)


def read_inbound(fields: Mapping[str, str]) -> Inbound | None:
    """The message; None where it does not say who it is from and to, and of what kind it is."""
    account, reader, kind = (fields.get(name, "") for name in ("ToUserName", "FromUserName", "MsgType"))
    if not (account and reader and kind):
        return None
    return Inbound(
        account,
        reader,
        fields.get("CreateTime", ""),
        kind.casefold(),
        fields.get("Content", "")
        or fields.get("Recognition", ""),  # of speech, where the platform writes it down
        fields.get("Event", "").casefold(),
        fields.get("EventKey", ""),
        fields.get("MsgId", ""),
    )


def _read_xml(body: bytes) -> Mapping[str, str] | None:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None or root.tag != "xml" or root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        return None
    return {child.tag: child.text or "" for child in root if isinstance(child.tag, str) and not len(child)}


def _read_json(body: bytes) -> Mapping[str, str] | None:
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict):
        return None
    return {name: str(value) for name, value in fields.items() if isinstance(value, (str, int))}
