"""The page to copy keyword replies from, into the back office, rule by rule."""

from __future__ import annotations

from collections.abc import Sequence

from curate.config.schema import Account, Look
from curate.render.inline_css import script_hash
from curate.render.templating import Templates, fill, require_template, safe
from curate.render.theme import own_palette
from curate.replies.rules import KEYWORDS, RULES, TEXT, WHOLE, ReplyRule

PAGE, STYLE, SCRIPT = "replies/replies.html.j2", "replies/replies.css", "replies/replies.js"


def replies_page(rules: Sequence[ReplyRule], account: Account, templates: Templates, look: Look) -> bytes:
    """`replies.html`; it asks for nothing over the network. ChannelError where a template is wrong or missing."""
    script = require_template(templates, SCRIPT, account.language)
    values = {
        "language": account.language,
        "account": account,
        "rules": rules,
        "limits": {"rules": RULES, "keywords": KEYWORDS, "text": TEXT, "match": WHOLE},
        "style": safe(
            own_palette(templates, look).rule() + require_template(templates, STYLE, account.language)
        ),
        "script": safe(script),
        "script_hash": script_hash(script),
    }
    return fill(templates, PAGE, values).encode()
