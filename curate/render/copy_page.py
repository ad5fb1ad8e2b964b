"""The page that a post is copied from: preview, copy buttons, what the checks found. It asks for nothing over the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from curate.render.inline_css import script_hash
from curate.render.messages import speaker
from curate.render.templating import Templates, fill, require_template
from curate.render.wechat.allowed import HTML_LIMIT
from curate.render.wechat.dark_mode import darken_html
from curate.render.wechat.lint import DIGEST_LIMIT, SOURCE_URL_LIMIT, TITLE_API_LIMIT, TITLE_LIMIT, Finding
from curate.render.wechat.plain_text import plain

PAGE, PAGE_STYLE, PAGE_SCRIPT = "wechat/page.html.j2", "wechat/page.css", "wechat/page.js"


def copy_page(
    html: str,
    preview: str,
    templates: Templates,
    language: str,
    fields: Mapping[str, str],
    found: Sequence[Finding],
    head: Mapping[str, Any],
) -> str:
    """The page for a post `html`, shown as `preview` (which may name local pictures).

    `fields` go beside the body: title, digest, source_url. `head` are the names of the page's head: page_title,
    eyebrow, heading, facts; and headlines, covers, uploads, piece_pictures, lettered where there are any. ChannelError where a template is wrong.
    """
    script = require_template(templates, PAGE_SCRIPT, language)
    values: dict[str, Any] = {
        "t": speaker(language),
        "language": language,
        "headlines": (),
        "covers": (),
        "uploads": (),
        "piece_pictures": (),
        "lettered": {},
        **head,
        "style": Markup(require_template(templates, PAGE_STYLE, language)),  # the editor's own files
        "script": Markup(script),
        "script_hash": script_hash(script),
        "fragment": html,
        "preview": preview,
        "preview_dark": darken_html(preview),
        "kilobytes": lambda size: f"{max(1, round(size / 1000))} kB",
        "payload": {"html": html, "text": plain(html)},
        "fields": fields,
        "limits": {"title": TITLE_LIMIT, "title_api": TITLE_API_LIMIT, "digest": DIGEST_LIMIT,
                   "source_url": SOURCE_URL_LIMIT, "html": HTML_LIMIT},
        "findings": found,
    }  # fmt: skip
    return fill(templates, PAGE, values)
