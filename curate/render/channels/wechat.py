"""The WeChat channel: a fragment for the article editor, and the page it is copied from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from curate.config.schema import Look
from curate.domain.errors import ChannelError
from curate.domain.model import Digest, Failure, Item
from curate.images.svg_cover import FILES
from curate.render.check_section import CheckSection
from curate.render.context import (
    MARK_SEPARATOR,
    bound_digest,
    count_sources,
    items,
    source_url,
    view,
    with_items,
)
from curate.render.copy_page import copy_page
from curate.render.headlines import headline_of, say_headlines
from curate.render.hub import HubLink
from curate.render.inline_css import inline_styles
from curate.render.messages import say_with_name, speaker
from curate.render.piece import body_in_post, pictures_of, piece_pictures
from curate.render.templating import Templates, fill, require_template
from curate.render.theme import (
    POST,
    STYLE,
    cover_ground,
    describe_adjustment,
    post_template,
    theme_file,
    themes,
    variables,
)
from curate.render.typesetting import ITEM_TITLE, LEAD_TITLE, fit_title, hold_date
from curate.render.wechat.allowed import HTML_LIMIT, visible
from curate.render.wechat.images import addresses, draw_lettered, pasteable, uploads, with_own_files
from curate.render.wechat.lint import (
    DIGEST_LIMIT,
    SOURCE_URL_LIMIT,
    Finding,
    lint,
    lint_color,
    lint_fields,
)
from curate.render.wechat.lint_words import PUNISHED
from curate.render.wechat.normalize import normalize

CLASSIC = Look()
_TOLD = 3  # titles in the 摘要

PIECE_STYLE = "wechat/piece.css"


def wechat(
    digest: Digest,
    templates: Templates,
    look: Look = CLASSIC,
    notes: Sequence[Failure] = (),
    links: Sequence[HubLink] = (),
    checked: CheckSection | None = None,
) -> dict[str, bytes]:
    """`wechat.fragment.html`, exactly what the button copies, and `wechat.html`, the page with the button.

    `notes` are told on the page, with what the checks found; `links` are where it leads, `checked` what the check before the push found. ChannelError where a template is wrong or the linter finds
    an error in the fragment.
    """
    digest = bound_digest(digest)
    html = fragment(digest, templates, look)
    fields = post_fields(digest, look)
    found = lint(html, digest.language, _pictures(digest))
    found += lint_fields(**fields, language=digest.language)
    if checked:  # which tells the same of the words, and how to accept it
        found = [one for one in found if one.rule not in PUNISHED]
    without_errors(found, look, digest.language)
    if shades := describe_adjustment(look):
        found = lint_color(look.color, *shades, digest.language) + found
    found += [Finding(note.subject, "warn", 0, 0, note.hint, note.reason, "") for note in notes]
    shown = with_own_files(digest, html)
    names = view(digest, look)
    head = {
        **names,
        "page_title": names["t"]("page_title", account=digest.account, n=digest.number),
        "eyebrow": MARK_SEPARATOR.join((names["t"]("issue", n=digest.number), names["date"])),
        "heading": digest.account,
        "hub": links,
        "checked": checked,
        "is_issue": not digest.name,
        "headlines": [words for words in say_headlines(digest) if words != fields["title"]],
        "covers": digest.covers,
        "uploads": uploads(digest, html),
        "piece_pictures": [
            one for item in items(digest) if item.body for one in piece_pictures(body_in_post(item))
        ],
        "lettered": drawn_covers(digest, templates, look),
    }
    page = copy_page(html, shown, templates, digest.language, fields, found, head)
    return {"wechat.html": page.encode(), "wechat.fragment.html": html.encode()}


def _group_findings(found: list[Finding], language: str) -> list[str]:
    """A line for each rule and what breaks it, at its first place; one slip in a theme shows in every item."""
    counts = Counter((one.rule, one.what) for one in found)
    first = {(one.rule, one.what): one for one in reversed(found)}
    say = speaker(language)
    return [f"{first[same]}{say('times', n=n) if n > 1 else ''}" for same, n in counts.items()]


def fragment(digest: Digest, templates: Templates, look: Look = CLASSIC) -> str:
    """The post as one line of safe HTML, with those pictures that survive a paste (`images.py`).

    Where it would be longer than the API takes, it goes without the text wrappers: the editor puts them in anyway.

    ChannelError where the theme is not there.
    """
    if look.theme not in (known := themes(templates)):
        name = theme_file(look, POST)
        say = speaker(digest.language)
        raise ChannelError(say("no_theme", name=name), say("known_themes", names=", ".join(known)))
    names = view(with_short_titles(pasteable(digest)), look)
    by = names["by"]
    values = {**names, "by": lambda item: hold_date(by(item), MARK_SEPARATOR), "pictures": True}
    html = fill(templates, post_template(templates, look), values)
    return in_theme(html, templates, look, digest.language, _pictures(digest))


def with_short_titles(digest: Digest) -> Digest:
    """The digest with titles that take three lines of a phone at most; the site has them whole."""
    lead = digest.lead.number

    def shorten(item: Item) -> Item:
        return replace(item, title=fit_title(item.title, LEAD_TITLE if item.number == lead else ITEM_TITLE))

    return with_items(digest, shorten)


def in_theme(html: str, templates: Templates, look: Look, language: str, uploads: frozenset[str]) -> str:
    """HTML with the classes of the account's theme, as the fragment that the editor keeps."""
    styled = inline_styles(
        html,
        templates,
        theme_file(look, STYLE),
        variables(look),
        first=require_template(templates, PIECE_STYLE, language),
        language=language,
    )
    html = normalize(styled, uploads=uploads)
    return html if len(html) < HTML_LIMIT else normalize(styled, uploads=uploads, leaves=False)


def without_errors(found: Sequence[Finding], look: Look, language: str) -> None:
    """ChannelError where the linter found an error: the editor would not keep the post."""
    if errors := [one for one in found if one.level == "error"]:
        say = speaker(language)
        raise ChannelError(
            "\n".join((say("refused"), *_group_findings(errors, language))),
            say("refused_hint", folder=theme_file(look, "")),
        )


def _pictures(digest: Digest) -> frozenset[str]:
    return addresses(digest) | pictures_of(items(digest))


def post_fields(digest: Digest, look: Look = CLASSIC) -> dict[str, str]:
    """Title, digest (摘要) and address of 阅读原文, each within the back office's limit."""
    say = say_with_name(speaker(digest.language), digest)
    lead = visible(digest.lead.title)
    every = items(digest)
    rest = [visible(item.title) for item in every if item.number != digest.lead.number] or [lead]
    numbers = {"items": say("items", n=len(every)), "sources": say("sources", n=count_sources(digest))}
    more = say("digest_more")
    room = DIGEST_LIMIT - len(say("post_digest", titles="", end=more, **numbers))
    told = _that_fit(rest, room, len(mark := "; " if digest.language == "en" else "；"))
    end = "" if not told else more if len(told) < len(rest) else say("digest_end")
    link = source_url(digest, look)
    return {
        "title": headline_of(digest),
        "digest": say("post_digest", titles=_list_titles(told, mark), end=end, **numbers),
        "source_url": link if len(link.encode()) <= SOURCE_URL_LIMIT else "",
    }


def _list_titles(titles: Sequence[str], mark: str) -> str:
    """Titles side by side; what ends in a question or exclamation mark needs no other."""
    space = " " * mark.endswith(" ")
    ends = [space if title.endswith(("？", "！", "?", "!")) else mark for title in titles]
    return "".join(title + end for title, end in zip(titles, [*ends[:-1], ""], strict=False))


def _that_fit(titles: Sequence[str], room: int, between: int) -> list[str]:
    """The first three titles that fit whole into `room` characters: a title cut in two says nothing. What ends one
    is left out, since more follows."""
    fit: list[str] = []
    for title in titles:
        bare = " ".join(title.split()).rstrip(" .…。")
        if bare and len(bare) + between * bool(fit) <= room and len(fit) < _TOLD:
            fit.append(bare)
            room -= len(bare) + between * (len(fit) > 1)
    return fit


def drawn_covers(digest: Digest, templates: Templates, look: Look) -> dict[str, str]:
    """The SVG of those covers that were drawn; nothing where they are cut from the lead's picture."""
    files = {cover.file for cover in digest.covers}
    return draw_lettered(digest, cover_ground(templates, look)) if files.issuperset(FILES) else {}
