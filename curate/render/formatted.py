"""A piece of the editor's own as a post of its own, in the account's theme: `curate format`."""

from __future__ import annotations

from typing import NamedTuple

from curate.config.schema import Account, Look
from curate.render.channels.wechat import in_theme, without_errors
from curate.render.context import MARK_SEPARATOR
from curate.render.copy_page import copy_page
from curate.render.messages import cut_text, speaker
from curate.render.piece import pictures_in, piece_pictures, with_names, with_notes
from curate.render.templating import Templates, fill, safe
from curate.render.wechat.lint import DIGEST_LIMIT, SOURCE_URL_LIMIT, TITLE_LIMIT, lint, lint_fields
from curate.text.clean import plain
from curate.text.language import reading_minutes
from curate.text.summary.choose import summarize

TEMPLATE = "wechat/piece.html.j2"


class Piece(NamedTuple):
    """What the editor wrote: `html` is clean, without the title."""

    title: str
    html: str
    summary: str = ""
    author: str = ""
    url: str = ""  # what 阅读原文 opens


class Formatted(NamedTuple):
    fragment: str  # exactly what the button copies
    page: str  # the page with the button


def format_piece(piece: Piece, account: Account, templates: Templates, look: Look) -> Formatted:
    """The piece in the account's theme. ChannelError where a template is wrong, or the editor would not keep the post."""
    language, say = account.language, speaker(account.language)
    pictures = pictures_in(piece.html)
    body = with_notes(with_names(piece.html, say))
    html = fill(templates, TEMPLATE, {"piece": safe(body), "language": language, "t": say})
    fragment = in_theme(html, templates, look, language, pictures)
    text = plain(piece.html)
    fields = {
        "title": cut_text(piece.title, TITLE_LIMIT),
        "digest": cut_text(
            piece.summary or summarize(text, title=piece.title, limit=DIGEST_LIMIT, language=language),
            DIGEST_LIMIT,
        ),
        "source_url": piece.url if len(piece.url.encode()) <= SOURCE_URL_LIMIT else "",
    }
    found = lint(fragment, language, pictures) + lint_fields(**fields, language=language)
    without_errors(found, look, language)
    minutes = say("minutes", n=max(1, reading_minutes(text)))
    head = {
        "page_title": say("page_title_named", account=account.name, name=piece.title),
        "eyebrow": account.name,
        "heading": piece.title,
        "piece_pictures": piece_pictures(piece.html),
        "facts": MARK_SEPARATOR.join(part for part in (piece.author, minutes) if part),
    }
    return Formatted(fragment, copy_page(fragment, fragment, templates, language, fields, found, head))
