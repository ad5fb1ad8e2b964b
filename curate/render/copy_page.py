"""The page that a post is copied from: preview, copy buttons, what the checks found. It asks for nothing over the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from curate.render.inline_css import script_hash
from curate.render.messages import speaker
from curate.render.templating import Templates, fill, require_template
from curate.render.wechat.allowed import HTML_LIMIT
from curate.render.wechat.dark_mode import darken_html
from curate.render.wechat.lint import DIGEST_LIMIT, SOURCE_URL_LIMIT, TITLE_API_LIMIT, TITLE_LIMIT, Finding
from curate.render.wechat.plain_text import plain

PAGE, PAGE_STYLE = "wechat/page.html.j2", "wechat/page.css"
PAGE_SCRIPTS = ("package/clipboard.js", "wechat/page.js")

_SHOWN = 3  # places of one finding
# Rules that are about a field, or a part of the post that has a heading of its own.
_ABOUT = {
    "title": "field_title", "title-api": "field_title", "digest": "field_digest", "source_url": "field_source",
    "content_api": "size", "content_paste": "size", "img-upload": "pictures", "img-host": "pictures",
}  # fmt: skip


class Group(NamedTuple):
    """What the checks found of one kind."""

    rule: str
    about: str  # the heading that it belongs to; "" where it is about the text
    consequence: str
    places: tuple[str, ...]  # some of them
    more: str  # how many there are, where not all are named


def group_findings(found: Sequence[Finding], language: str) -> list[Group]:
    """The findings by rule, as they came: one slip shows in every item, and one line says it."""
    say = speaker(language)
    kinds: dict[tuple[str, str], list[str]] = {}
    for one in found:
        kinds.setdefault((one.rule, one.consequence), []).append(one.what)
    return [
        Group(
            rule,
            say(_ABOUT[rule]) if rule in _ABOUT else "",
            consequence,
            ()
            if rule == "img-upload"
            else tuple(dict.fromkeys(places))[:_SHOWN],  # listed under the pictures
            say("times", n=len(places)) if len(places) > _SHOWN or rule == "img-upload" else "",
        )
        for (rule, consequence), places in kinds.items()
    ]


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
    eyebrow, heading, facts; and hub, checked, is_issue, headlines, covers, uploads, piece_pictures, lettered where there are any. ChannelError where a template is wrong.
    """
    script = "\n".join(require_template(templates, name, language) for name in PAGE_SCRIPTS)
    values: dict[str, Any] = {
        "t": speaker(language),
        "language": language,
        "hub": (),
        "checked": None,
        "is_issue": False,
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
        "findings": group_findings(found, language),
    }  # fmt: skip
    return fill(templates, PAGE, values)
