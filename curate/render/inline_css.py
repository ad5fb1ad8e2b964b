"""Style sheets written into elements, and the name by which a page allows its own script."""

from __future__ import annotations

import base64
import hashlib

import css_inline

from curate.domain.errors import ChannelError
from curate.render.messages import speaker
from curate.render.templating import Templates, require_template


def inline_styles(
    html: str,
    templates: Templates,
    sheet: str,
    last: str = "",
    *,
    first: str = "",
    whole: bool = False,
    language: str = "en",
) -> str:
    """The rules of `first`, of a style sheet, then of `last`, written into each element; variables of `:root` are put in.

    `whole`: a document rather than a fragment. ChannelError where the sheet is missing or wrong.
    """
    inliner = css_inline.CSSInliner(
        load_remote_stylesheets=False, resolve_css_variables=True, extra_css=None, keep_style_tags=False
    )
    css = "\n".join((first, require_template(templates, sheet, language), last))
    try:
        if whole:
            return inliner.inline(html.replace("</head>", f"<style>{css}</style></head>", 1))
        return inliner.inline_fragment(html, css)
    except (css_inline.InlineError, ValueError) as e:
        say = speaker(language)
        raise ChannelError(say("sheet", name=sheet, error=e), say("sheet_hint")) from e


def script_hash(script: str) -> str:
    """How a page's Content-Security-Policy names the one script that it runs."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
