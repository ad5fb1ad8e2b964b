"""The Markdown channel: one file that Zhihu, Juejin and other editors take."""

from __future__ import annotations

import re

from curate.config.schema import Look
from curate.domain.model import Digest
from curate.render.context import bound_digest, view
from curate.render.templating import MarkdownText, Templates, fill, markdown_text
from curate.render.wechat.allowed import safe_address

POST = "markdown/post.md.j2"
_BLANK_LINES = re.compile(r"\n{3,}")
_UNSAFE_IN_LINK = {ord(c): f"%{ord(c):02X}" for c in " <>()[]\\`\"'*_~|"}


def markdown(digest: Digest, templates: Templates, look: Look) -> dict[str, bytes]:
    """`issue.md`. ChannelError where the template is wrong."""
    text = fill(templates, POST, {**view(bound_digest(digest), look), "link": link})
    return {"issue.md": tidy_markdown(text).encode()}


def tidy_markdown(text: str) -> str:
    """No blanks at the ends of lines, no two empty lines in a row."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return _BLANK_LINES.sub("\n\n", lines).strip() + "\n"


def link(text: str, url: str) -> MarkdownText:
    """A link; only the escaped text where the address is not http or https."""
    shown = markdown_text(text)
    target = safe_address(url).translate(_UNSAFE_IN_LINK)
    return MarkdownText(f"[{shown}]({''.join(target.split())})") if target else shown
