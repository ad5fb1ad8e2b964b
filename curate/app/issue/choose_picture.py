"""Another picture for an item or a cover: a file of the editor's, or a part of what is there. Decisions, with their files."""

from __future__ import annotations

from typing import NamedTuple

from curate.app.account import OpenAccount
from curate.desk.draft import items_of
from curate.desk.events import ChooseCovers, ChooseImage, Edit
from curate.domain.errors import UnreadableError
from curate.domain.model import EntryKey, Image, Item
from curate.images.cover import covers
from curate.images.crop import Crop, crop_picture
from curate.images.encode import Encoded, encode
from curate.storage.desk import Edited


class Chosen(NamedTuple):
    """What is decided, and the files that it names."""

    event: Edit
    files: dict[str, bytes]


def use_file(key: EntryKey, data: bytes, edited: Edited) -> Chosen:
    """Give an item a picture of the editor's own. UnreadableError where it is none that can be shown."""
    return _choose(key, encode(data), edited)


def use_part(item: Item, crop: Crop, edited: Edited, account: OpenAccount) -> Chosen:
    """Give an item a part of its picture. UnreadableError where it has none, or the part cannot be shown."""
    return _choose(item.key, crop_picture(file_of(item, edited, account), crop), edited)


def use_machines(key: EntryKey, edited: Edited) -> Chosen:
    """Give an item the picture that the night chose, or none where it chose none."""
    made = next((item for item in items_of(edited.machine.sections) if item.key == key), None)
    return Chosen(ChooseImage(key, made.image if made else None), {})


def cut_covers(data: bytes, edited: Edited) -> Chosen:
    """Cut the issue's covers from a picture. UnreadableError where it is none, or too small."""
    made = covers(data)
    if not made:
        raise UnreadableError("这张图太小，做不了封面（too small for a cover）")
    mark = edited.revision + 1
    named = {one.file.replace(".", f"-{mark}.", 1): one for one in made}
    images = tuple(Image("", one.width, one.height, file=f, size=len(one.data)) for f, one in named.items())
    return Chosen(ChooseCovers(images), {name: one.data for name, one in named.items()})


def file_of(item: Item, edited: Edited, account: OpenAccount) -> bytes:
    """The file of an item's picture. UnreadableError where it has none."""
    name = item.image.file if item.image else ""
    found = account.output.files(edited.folder, [name] if name else [])
    if name not in found:
        raise UnreadableError("这一条没有图片（no picture here）")
    return found[name]


def _choose(key: EntryKey, kept: Encoded, edited: Edited) -> Chosen:
    name = f"images/own-{edited.revision + 1}.{kept.suffix}"
    size, is_generated = len(kept.data), kept.is_generated
    image = Image(
        "", kept.width, kept.height, file=name, size=size, kind=kept.kind, is_generated=is_generated
    )
    return Chosen(ChooseImage(key, image), {name: kept.data})
