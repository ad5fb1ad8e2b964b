"""The feed channel: the issue as an Atom entry (RFC 4287) and as an item of a JSON Feed (version 1.1).

Each file is a whole feed that holds this one issue. The issue's id is a UUID of account and number, so that it
stays the same however often it is rendered.
"""

from __future__ import annotations

import json
import re
import uuid
from typing import Any
from xml.etree import ElementTree

from curate.config.schema import Look
from curate.domain.model import Digest
from curate.render.channels.wechat import post_fields
from curate.render.context import bound_digest, source_url, view
from curate.render.templating import Templates, fill

CONTENT = "feed/content.html.j2"
ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, Char


def feed(digest: Digest, templates: Templates, look: Look) -> dict[str, bytes]:
    """`feed.atom` and `feed.json`. ChannelError where the template is wrong."""
    digest = bound_digest(digest)
    content = _NOT_XML.sub("", fill(templates, CONTENT, view(digest, look)))
    fields = {name: _NOT_XML.sub("", value) for name, value in post_fields(digest, look).items()}
    return {
        "feed.atom": _atom(digest, look, fields, content),
        "feed.json": _json(digest, look, fields, content),
    }


def _urn(*parts: object) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, ":".join(map(str, ("curate", *parts)))).urn


def _is_own(look: Look) -> bool:
    """Whether the issue has an address of its own; the lead's is only related to it."""
    return look.source_url != "lead"


def _atom(digest: Digest, look: Look, fields: dict[str, str], content: str) -> bytes:
    account, made = _NOT_XML.sub("", digest.account), digest.made.isoformat()
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": _language(digest)})
    entry = ElementTree.Element("entry")

    def add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
        made = ElementTree.SubElement(parent, tag, attributes)
        made.text = text
        return made

    add(root, "id", _urn(digest.account))
    add(root, "title", account)
    if digest.positioning:
        add(root, "subtitle", _NOT_XML.sub("", digest.positioning))
    add(root, "updated", made)
    add(add(root, "author"), "name", account)
    root.append(entry)
    add(entry, "id", _urn(digest.account, digest.name or digest.number))
    add(entry, "title", fields["title"])
    add(entry, "updated", made)
    add(entry, "published", made)
    if url := source_url(digest, look):
        add(entry, "link", rel="alternate" if _is_own(look) else "related", href=_NOT_XML.sub("", url))
    for section in digest.sections:
        add(entry, "category", term=_NOT_XML.sub("", section.id), label=_NOT_XML.sub("", section.name))
    add(entry, "summary", fields["digest"])
    add(entry, "content", content, type="html")
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _json(digest: Digest, look: Look, fields: dict[str, str], content: str) -> bytes:
    item: dict[str, Any] = {
        "id": _urn(digest.account, digest.name or digest.number),
        "title": fields["title"],
        "summary": fields["digest"],
        "content_html": content,
        "date_published": digest.made.isoformat(),
        "language": _language(digest),
        "tags": [section.name for section in digest.sections],
    }
    if url := source_url(digest, look):
        item["url" if _is_own(look) else "external_url"] = url
    made = {
        "version": JSON_FEED,
        "title": digest.account,
        "description": digest.positioning,
        "language": _language(digest),
        "authors": [{"name": digest.account}],
        "items": [item],
    }
    return (json.dumps({k: v for k, v in made.items() if v}, ensure_ascii=False, indent=1) + "\n").encode()


def _language(digest: Digest) -> str:
    return "en" if digest.language == "en" else "zh-CN"
