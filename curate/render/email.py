"""The e-mail channel: tables and inlined styles, which all mail programs show, and a plain part."""

from __future__ import annotations

from typing import Any

from curate.model import Digest
from curate.render.look import own_palette
from curate.render.styles import inlined
from curate.render.templating import Templates, fill
from curate.render.text import tidied
from curate.render.view import bounded, view
from curate.render.wechat import post_fields
from curate.settings import Look

HTML, STYLE, PLAIN = "email/email.html.j2", "email/style.css", "email/email.txt.j2"


def email(digest: Digest, templates: Templates, look: Look) -> dict[str, bytes]:
    """`email.html` and its plain part `email.txt`, for a sending system; it puts the address to unsubscribe in.

    The subject is the title of the page. ChannelError where a template is wrong.
    """
    digest = bounded(digest)
    fields = post_fields(digest, look)
    values: dict[str, Any] = {
        **view(digest, look),
        "subject": fields["title"],
        "preview": fields["digest"],
        "unsubscribe": look.unsubscribe,
    }
    styles = own_palette(templates, look).rule()
    html = inlined(
        fill(templates, HTML, values), templates, STYLE, styles, whole=True, language=digest.language
    )
    return {"email.html": html.encode(), "email.txt": tidied(fill(templates, PLAIN, values)).encode()}
