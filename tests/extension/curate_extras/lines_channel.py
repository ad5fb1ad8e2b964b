"""A channel: the issue's items as JSON, one a line."""

from __future__ import annotations

import json

from curate.config.schema import Look
from curate.domain.model import Digest
from curate.render.templating import Templates


def lines_channel(digest: Digest, templates: Templates, look: Look) -> dict[str, bytes]:
    rows = [
        {"topic": section.name, "title": item.title, "url": item.url}
        for section in digest.sections
        for item in section.items
    ]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return {"items.jsonl": text.encode()}
