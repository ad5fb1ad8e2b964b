"""The zhihu channel: an article for 知乎, pasted as HTML or imported as Markdown.

Its editor keeps two levels of headings, strong text, quotations, rules and links, and takes a title of 100 characters and three
topics (marvel084/zhihu-render, drmingdrmer/md2zhihu; the numbers are those that its page shows).
"""

from __future__ import annotations

import re

from curate.config.schema import Look
from curate.domain.model import Digest, Item
from curate.render.channels.copy_package import (
    Destination,
    landscape_cover,
    package_page,
    package_view,
    prepare_digest,
)
from curate.render.channels.markdown import link, tidy_markdown
from curate.render.messages import count_utf16
from curate.render.templating import MarkdownText, Templates, fill, safe

ZHIHU = Destination("zhihu", longest_title=100, measure=count_utf16, most_tags=3)
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


def zhihu(digest: Digest, templates: Templates, look: Look) -> dict[str, bytes]:
    """`zhihu/index.html`, `article.md` and `cover.jpg`. ChannelError where a template is wrong."""
    digest = prepare_digest(digest)
    names = package_view(digest, look)
    whole = names["body_markdown"]

    def flat_markdown(item: Item) -> MarkdownText:
        return MarkdownText(_HEADING.sub(r"**\1**", whole(item)))

    values = {**names, "link": link, "flat_markdown": flat_markdown}
    article = tidy_markdown(fill(templates, f"{ZHIHU.name}/article.md.j2", values))
    html = fill(templates, f"{ZHIHU.name}/article.html.j2", names)
    page = package_page(ZHIHU, names, safe(html), templates, look, ["cover.jpg"])
    files = {
        "index.html": page,
        "article.md": article.encode(),
        "cover.jpg": landscape_cover(digest, templates, look),
    }
    return {f"{ZHIHU.name}/{name}": data for name, data in files.items()}
