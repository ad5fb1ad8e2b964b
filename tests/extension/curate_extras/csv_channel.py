"""A channel: the issue's items as a table."""

from __future__ import annotations

import csv
import io

from curate.config.schema import Look
from curate.domain.model import Digest
from curate.render.templating import Templates


def csv_channel(digest: Digest, templates: Templates, look: Look) -> dict[str, bytes]:
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    for section in digest.sections:
        writer.writerows((section.name, item.title, item.url) for item in section.items)
    return {"items.csv": table.getvalue().encode("utf-8-sig")}
