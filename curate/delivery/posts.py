"""Digests -> the posts of a push: one an issue or one a topic, with every picture that the platform must have first.

A picture stands in the text as the place of its bytes' digest, so that nothing is sent twice and nothing that the text
shows can be forgotten: `list_strays` finds what is none of the platform's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from curate.config.delivery_schema import DraftSettings
from curate.config.schema import Look
from curate.delivery.model import MOST_POSTS, DraftPicture, DraftPost
from curate.delivery.requests import is_platform, name_pictures, place_of
from curate.domain.message import Message, message
from curate.domain.model import Digest, Item, Section
from curate.images.cover import covers
from curate.images.drawn_cover import draw_covers
from curate.render.channels.wechat import fragment, post_fields, without_errors
from curate.render.context import bound_digest, items, source_url, with_items
from curate.render.piece import PiecePicture, body_in_post, piece_pictures
from curate.render.templating import Templates
from curate.render.theme import cover_ground
from curate.render.wechat.allowed import visible
from curate.render.wechat.images import cover_texts
from curate.render.wechat.lint import TITLE_API_LIMIT, lint


class DraftSources(NamedTuple):
    """What posts are made with: the files of the issue's folder, pictures of pieces by their addresses, the look, and
    pictures of pieces that lie on this machine, by the item's number and what the piece calls them."""

    files: Mapping[str, bytes]
    fetched: Mapping[str, DraftPicture]
    templates: Templates
    look: Look
    local: Mapping[tuple[int, str], DraftPicture] = {}


def make_posts(digest: Digest, sources: DraftSources, settings: DraftSettings) -> tuple[DraftPost, ...]:
    """The posts of an issue in their order. ChannelError where a template is wrong or the editor would not keep a post."""
    digest = bound_digest(digest)
    if settings.posts == "issue":
        return (_make_post(digest, sources, post_fields(digest, sources.look)),)
    return tuple(
        _make_post(part, sources, _fields_of_part(part, sources.look, n))
        for n, part in enumerate(split(digest))
    )


def split(digest: Digest) -> list[Digest]:
    """One digest a topic, that of the lead first; at most MOST_POSTS, the last with all that is left."""
    filled = [section for section in digest.sections if section.items]
    first = [section for section in filled if _holds(section, digest.lead)]
    ordered = [*first, *(section for section in filled if section not in first)] or filled
    groups = [[section] for section in ordered[: MOST_POSTS - 1]]
    if rest := ordered[MOST_POSTS - 1 :]:
        groups.append(rest)
    return [_part_of(digest, sections, n) for n, sections in enumerate(groups)]


def list_lost(digest: Digest, files: Mapping[str, bytes]) -> list[Message]:
    """The items whose picture the issue has, and the folder has not."""
    return [
        _about(item)
        for item in items(digest)
        if item.image and item.image.file and item.image.file not in files
    ]


def list_foreign(digest: Digest) -> Iterator[tuple[str, Message]]:
    """Address and owner of the pictures in the editor's own pieces: they are fetched, to be put on the platform."""
    for item, picture in _of_pieces(digest):
        if picture.address and not is_platform(picture.address):
            yield picture.address, _about(item)


def list_local(digest: Digest) -> Iterator[tuple[Item, str, Message]]:
    """Item, name and owner of the pictures in the editor's own pieces that lie on this machine alone."""
    for item, picture in _of_pieces(digest):
        if not picture.address:
            yield item, picture.source, _about(item)


def _of_pieces(digest: Digest) -> Iterator[tuple[Item, PiecePicture]]:
    for item in items(digest):
        for picture in piece_pictures(body_in_post(item)) if item.body else ():
            yield item, picture


def _holds(section: Section, lead: Item) -> bool:
    return any(item.number == lead.number for item in section.items)


def _part_of(digest: Digest, sections: list[Section], place: int) -> Digest:
    told = [item for section in sections for item in section.items]
    lead = digest.lead if any(_holds(section, digest.lead) for section in sections) else told[0]
    names = {item.source for item in told}
    return replace(
        digest,
        lead=lead,
        sections=tuple(sections),
        credits=tuple(
            replace(credit, items=sum(item.source == credit.name for item in told))
            for credit in digest.credits
            if credit.name in names
        ),
        minutes=max(1, round(digest.minutes * len(told) / max(1, len(items(digest))))),
        covers=digest.covers if lead is digest.lead else (),
        opening=digest.opening if place == 0 else "",
    )


def _fields_of_part(part: Digest, look: Look, place: int) -> dict[str, str]:
    """The first post of a push is called as the issue is; the others by their topic and what leads in it."""
    fields = post_fields(part, look)
    lead = visible(part.lead.title)
    named = f"{visible(part.sections[0].name)}｜{lead}"
    if place:
        fields["title"] = named if len(named) <= TITLE_API_LIMIT else fields["title"]
    return fields


def _make_post(digest: Digest, sources: DraftSources, fields: Mapping[str, str]) -> DraftPost:
    owned = {p.digest: p for item in items(digest) for p in _picture_of(item, sources.files)}
    placed = with_items(digest, lambda item: _put_place(_put_local(item, sources.local), sources.files))
    html = fragment(placed, sources.templates, sources.look)
    places = {address: place_of(picture.digest) for address, picture in sources.fetched.items()}
    html = name_pictures(html, places)
    known = {place_of(name): picture for name, picture in owned.items()}
    pieces = (*sources.fetched.values(), *sources.local.values())
    known |= {place_of(picture.digest): picture for picture in pieces}
    shown = [picture for place, picture in known.items() if place in html]
    without_errors(lint(html, digest.language, frozenset(known)), sources.look, digest.language)
    return DraftPost(
        issue=digest.number,
        kind="news",
        title=fields["title"],
        digest=fields["digest"],
        source_url=fields["source_url"],
        content=html,
        pictures=tuple(shown),
        material=(_cover(digest, sources),),
        notes=tuple(_list_notes(digest, fields, sources)),
    )


def _list_notes(digest: Digest, fields: Mapping[str, str], sources: DraftSources) -> Iterator[Message]:
    for item, picture in _of_pieces(digest):
        if not picture.address and (item.number, picture.source) not in sources.local:
            yield message("draft.picture by hand", about=_about(item), name=picture.name)
    if source_url(digest, sources.look) and not fields["source_url"]:
        yield message("draft.address left out")


def _picture_of(item: Item, files: Mapping[str, bytes]) -> Iterator[DraftPicture]:
    if item.image and item.image.file in files:
        yield DraftPicture(item.image.file.rpartition("/")[2], files[item.image.file], _about(item))


def _put_place(item: Item, files: Mapping[str, bytes]) -> Item:
    for picture in _picture_of(item, files):
        image = item.image and replace(item.image, url=place_of(picture.digest), kind="jpeg")
        return replace(item, image=image)
    return item


def _put_local(item: Item, local: Mapping[tuple[int, str], DraftPicture]) -> Item:
    """The item whose piece has places for the pictures that this machine has of it."""
    places = {name: place_of(each.digest) for (number, name), each in local.items() if number == item.number}
    if not places:
        return item
    return replace(
        item, body=name_pictures(item.body, places), part=item.part and name_pictures(item.part, places)
    )


def _cover(digest: Digest, sources: DraftSources) -> DraftPicture:
    """The issue's cover as its folder has it; for a topic one cut from its lead's picture; else one that is drawn."""
    about = message("draft.cover", issue=digest.number, title=digest.lead.title[:30])
    wide = next((each.file for each in digest.covers if each.file.endswith((".jpg", ".png"))), "")
    if wide in sources.files:
        return DraftPicture(wide, sources.files[wide], about)
    image = digest.lead.image
    data = sources.files.get(image.file) if image else None
    made = covers(data) if data else ()
    texts = cover_texts(digest)
    ground = cover_ground(sources.templates, sources.look)
    made = made or draw_covers(texts.account, texts.title, digest.number, texts.day, ground)
    return DraftPicture(made[0].file, made[0].data, about)


def _about(item: Item) -> Message:
    return message("draft.item", number=item.number, title=item.title[:30])
