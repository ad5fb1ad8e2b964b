"""What the copy packages share: what a place takes, and the page that its parts are copied from.

A destination is a place where a post is pasted by hand, since it has no interface for one. A copy package holds all that is
pasted and uploaded there, within what it takes: `<destination>/index.html`, the text, the pictures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from curate.config.schema import OTHER, Look
from curate.domain.model import Digest
from curate.images.drawn_cover import draw_landscape
from curate.render.context import bound_digest, own_words, view
from curate.render.headlines import say_headlines
from curate.render.inline_css import script_hash
from curate.render.messages import Measure, cut_to
from curate.render.templating import Templates, fill, require_template, safe
from curate.render.theme import cover_ground, own_palette
from curate.render.wechat.allowed import visible
from curate.render.wechat.images import cover_texts
from curate.render.wechat.tree import Element, parse, serialize

PAGE, STYLE, SCRIPTS = "page.html.j2", "package/page.css", ("package/clipboard.js", "package/page.js")
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LONGEST_TAG = 20  # characters


class Destination(NamedTuple):
    """What is taken there. `name` is that of its channel, of its folder in the issue and of its templates."""

    name: str
    longest_title: int  # characters, as `measure` counts them
    measure: Measure
    most_tags: int = 0
    shortest_title: int = 1


def prepare_digest(digest: Digest) -> Digest:
    """The digest as it is told elsewhere: numbered from 1, since elsewhere nobody can send a number to the account."""
    return replace(bound_digest(digest), replies=False)


def package_view(digest: Digest, look: Look) -> dict[str, Any]:
    """The names of `view`, the editor's words for this issue alone, since the account's own are for readers on WeChat, and
    a piece of the editor's own without headings."""
    words = {"own_opening": own_words(digest.opening), "own_closing": own_words(digest.closing)}
    names = view(digest, look)
    return {**names, **words, "flat_body": lambda item: safe(flatten_headings(names["body"](item)))}


def choose_title(digest: Digest, destination: Destination, names: Mapping[str, Any]) -> str:
    """The first title that is taken whole there: the editor's, those that are offered, the lead's, one that counts; else
    the beginning of the lead's."""
    count: str = names["t"](
        "cards_title", account=visible(digest.account), day=digest.date.isoformat(), n=names["total"]
    )
    lead = visible(digest.lead.title)
    for title in (visible(digest.headline), *say_headlines(digest), lead, count):
        if destination.shortest_title <= destination.measure(title) <= destination.longest_title:
            return title
    return cut_to(lead or visible(digest.account), destination.longest_title, destination.measure)


def list_tags(digest: Digest, most: int) -> list[str]:
    """At most so many names of the issue's topics as tags: letters and digits alone, since anything else ends a tag."""
    named = (visible(s.name) for s in digest.sections if s.items and s.id != OTHER)
    bare = ("".join(c for c in name if c.isalnum())[:LONGEST_TAG] for name in named)
    return [f"#{tag}" for tag in dict.fromkeys(bare) if tag][:most]


def landscape_cover(digest: Digest, templates: Templates, look: Look) -> bytes:
    """A drawn cover of 16:9 as JPEG."""
    texts = cover_texts(digest)
    return draw_landscape(texts.account, texts.title, digest.number, texts.day, cover_ground(templates, look))


def package_page(
    destination: Destination,
    names: Mapping[str, Any],
    text: str,
    templates: Templates,
    look: Look,
    pictures: Sequence[str],
    **more: Any,
) -> bytes:
    """The page of a package: title, tags, text and pictures, each with its button. ChannelError where a template is wrong.

    `pictures`: names of files beside the page. `more`: what the destination's own template needs besides.
    """
    digest: Digest = names["digest"]
    language = digest.language
    script = "\n".join(require_template(templates, name, language) for name in SCRIPTS)
    title = choose_title(digest, destination, names)
    values = {
        **names,
        "destination": destination,
        "title": title,
        "title_length": destination.measure(title),
        "tags": list_tags(digest, destination.most_tags),
        "text": text,
        "pictures": pictures,
        "style": safe(own_palette(templates, look).rule() + require_template(templates, STYLE, language)),
        "script": safe(script),
        "script_hash": script_hash(script),
        **more,
    }
    return fill(templates, f"{destination.name}/{PAGE}", values).encode()


def flatten_headings(html: str) -> str:
    """HTML whose headings are strong lines: a piece's own would stand among those of the issue, or not be shown."""
    root = parse(html)
    for element in root.walk():
        if element.tag in HEADINGS:
            element.children = [Element("strong", {}, element.children)]
            element.tag, element.attributes = "p", {}
    return serialize(root)
