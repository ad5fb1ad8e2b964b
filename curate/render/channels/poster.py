"""The poster channel: a page that draws the top five on a canvas and saves it as a picture, from the folder."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from curate.config.schema import Look
from curate.domain.model import Digest, Item
from curate.render.color import write_color
from curate.render.context import bound_digest, items, own_words, view
from curate.render.inline_css import script_hash
from curate.render.messages import cut_text
from curate.render.templating import Templates, fill, require_template
from curate.render.theme import own_palette
from curate.render.wechat.allowed import visible

PAGE, STYLE, SCRIPT = "poster/poster.html.j2", "poster/poster.css", "poster/poster.js"
TOP = 5
_LONGEST = 90  # characters of a title; the script cuts after so many lines besides


def poster(digest: Digest, templates: Templates, look: Look) -> dict[str, bytes]:
    """`poster.html`; it asks for nothing over the network. ChannelError where a template is wrong or missing."""
    digest = bound_digest(digest)
    names = view(digest, look)
    script = require_template(templates, SCRIPT, digest.language)
    colors = own_palette(templates, look)
    drawn = {
        "file": f"poster-{digest.number or digest.date}.png",
        "account": visible(digest.account),
        "positioning": visible(digest.positioning),
        "issue": names["t"]("issue", n=digest.number),
        "date": names["date"],
        "facts": names["facts"],
        "top": names["t"]("poster_top", n=len(top(digest))),
        "more": " ".join(
            (*own_words(digest.sharing), names["t"]("poster_more", account=visible(digest.account)))
        ),
        "hint": names["reply_hint"],
        "code": look.qrcode if look.qrcode.startswith("data:image/") else "",
        "items": [
            {
                "mark": names["mark"](item),
                "title": cut_text(item.title, _LONGEST),
                "text": visible(item.summary) if digest.style == "brief" and not item.body else "",
                "source": visible(item.source),
            }
            for item in top(digest)
        ],
        "colours": {"solid": write_color(colors.solid), "accent": write_color(colors.accent)},
    }
    values: dict[str, Any] = {
        **names,
        "style": Markup(
            colors.rule() + require_template(templates, STYLE, digest.language)
        ),  # the editor's own files
        "script": Markup(script),
        "script_hash": script_hash(script),
        "payload": drawn,
    }
    return {"poster.html": fill(templates, PAGE, values).encode()}


def top(digest: Digest) -> list[Item]:
    """The lead, the other must-reads, then what ranks highest; by number where nothing is known of the rank."""

    def place(item: Item) -> tuple[bool, bool, float, int]:
        points = sum(reason.points for reason in item.why)
        return item.number != digest.lead.number, item.number > digest.must_read, -points, item.number

    return sorted(items(digest), key=place)[:TOP]
