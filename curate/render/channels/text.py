"""The text channel: numbered titles and bare addresses, for groups and Moments, which know no links."""

from __future__ import annotations

import re

from curate.config.schema import Look
from curate.domain.model import Digest
from curate.render.context import bound_digest, view
from curate.render.templating import Templates, fill

TEXT = "text/issue.txt.j2"
_BLANK_LINES = re.compile(r"\n{3,}")


def text(digest: Digest, templates: Templates, look: Look) -> dict[str, bytes]:
    """`issue.txt`. ChannelError where the template is wrong."""
    return {"issue.txt": tidy_text(fill(templates, TEXT, view(bound_digest(digest), look))).encode()}


def tidy_text(text: str) -> str:
    """No blanks at the ends of lines, no two empty lines in a row."""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", lines).strip() + "\n"
