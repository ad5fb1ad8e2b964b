"""The e-mail channel: tables and inlined styles, which all mail programs show, and a plain part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from curate.config.schema import Look
from curate.domain.model import Digest, Failure, Item
from curate.render.channels.text import tidy_text
from curate.render.channels.wechat import PIECE_STYLE, post_fields
from curate.render.context import bound_digest, view, with_items
from curate.render.inline_css import inline_styles
from curate.render.messages import cut_text, speaker
from curate.render.templating import Templates, fill
from curate.render.theme import own_palette

HTML, STYLE, PLAIN = "email/email.html.j2", "email/style.css", "email/email.txt.j2"


LIMIT = 102_000  # bytes; Gmail shows no more of a mail, and hides the rest with the address to unsubscribe behind a link
SHORTENINGS: tuple[
    Callable[[Item], Item], ...
] = (  # what an item goes without, until the mail is short enough
    lambda item: item,
    lambda item: replace(item, also=()),
    lambda item: replace(item, also=(), body="", summary=cut_text(item.summary, 60)),
    lambda item: replace(item, also=(), body="", summary=""),
)


def email(digest: Digest, templates: Templates, look: Look) -> dict[str, bytes]:
    """`email.html` and its plain part `email.txt`, for a sending system; it puts the address to unsubscribe in.

    The subject is the title of the page. A mail over LIMIT is made shorter. ChannelError where a template is wrong.
    """
    digest = bound_digest(digest)
    html = ""
    for shorten in SHORTENINGS:
        html = _html(with_items(digest, shorten), templates, look)
        if len(html.encode()) <= LIMIT:
            break
    values = _values(digest, look)
    return {"email.html": html.encode(), "email.txt": tidy_text(fill(templates, PLAIN, values)).encode()}


def size_notes(digest: Digest, files: Mapping[str, bytes], templates: Templates, look: Look) -> list[Failure]:
    """What to tell of a mail that was too long: how long it would have been, and is."""
    if "email.html" not in files:
        return []
    whole, sent = len(_html(bound_digest(digest), templates, look).encode()), len(files["email.html"])
    if whole <= LIMIT:
        return []
    say = speaker(digest.language)
    words = say("email_long", whole=whole // 1000, sent=sent // 1000, limit=LIMIT // 1000)
    return [Failure("email.html", words, say("email_long_hint"))]


def _html(digest: Digest, templates: Templates, look: Look) -> str:
    html = fill(templates, HTML, _values(digest, look))
    styles = own_palette(templates, look).rule()
    piece = templates.get(PIECE_STYLE, "")
    return inline_styles(html, templates, STYLE, styles, first=piece, whole=True, language=digest.language)


def _values(digest: Digest, look: Look) -> dict[str, Any]:
    fields = post_fields(digest, look)
    return {
        **view(digest, look),
        "subject": fields["title"],
        "preview": fields["digest"],
        "unsubscribe": look.unsubscribe,
    }
