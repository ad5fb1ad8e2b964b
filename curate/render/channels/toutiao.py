"""The toutiao channel: an article for 头条号, pasted as HTML.

Its editor takes links away (caol64/wenyan 46) and has one level of headings; a title has 5 to 30 characters, a cover 16:9 and at
least 660 × 370 pixels. It has no tags.
"""

from __future__ import annotations

from curate.config.schema import Look
from curate.domain.model import Digest
from curate.render.channels.copy_package import (
    Destination,
    landscape_cover,
    package_page,
    package_view,
    prepare_digest,
)
from curate.render.messages import count_utf16
from curate.render.templating import Templates, fill, safe

TOUTIAO = Destination("toutiao", longest_title=30, measure=count_utf16, shortest_title=5)


def toutiao(digest: Digest, templates: Templates, look: Look) -> dict[str, bytes]:
    """`toutiao/index.html`, `article.html` and `cover.jpg`. ChannelError where a template is wrong."""
    digest = prepare_digest(digest)
    names = package_view(digest, look)
    html = fill(templates, f"{TOUTIAO.name}/article.html.j2", names)
    files = {
        "index.html": package_page(TOUTIAO, names, safe(html), templates, look, ["cover.jpg"]),
        "article.html": html.encode(),
        "cover.jpg": landscape_cover(digest, templates, look),
    }
    return {f"{TOUTIAO.name}/{name}": data for name, data in files.items()}
