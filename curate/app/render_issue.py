"""An issue as it is now -> the files of its folder: the posts of every channel, and all pictures that it may need again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from curate.config.schema import Config
from curate.desk.events import ChooseCovers, ChooseImage, Complete, Event, Merge, Take
from curate.desk.history import history
from curate.domain.model import Failure, Image, Issue
from curate.images.svg_cover import FILES
from curate.pipeline.illustrate import Pictures, cover
from curate.render import render
from curate.render.channels.email import size_notes
from curate.render.check_section import CheckSection
from curate.render.hub import HubLink
from curate.render.theme import cover_ground
from curate.render.wechat.images import files_of, without_lost

if TYPE_CHECKING:
    from curate.storage.desk import Edited


class Rendered(NamedTuple):
    """An issue's files, and what is to be told of them. With anything in `refused` nothing is to be put in place."""

    issue: Issue
    refused: tuple[Failure, ...]
    notes: tuple[Failure, ...]


def pictures_of(edited: Edited) -> frozenset[str]:
    """Every picture that some version of the issue has: an undo must find it again."""
    logged = (image for event in edited.events for image in _images(event))
    return frozenset(
        (*files_of(edited.machine), *files_of(edited.issue), *(i.file for i in logged if i.file))
    )


def render_issue(
    edited: Edited,
    kept: Mapping[str, bytes],
    config: Config,
    templates: Mapping[str, str],
    links: Sequence[HubLink] = (),
    checked: CheckSection | None = None,
) -> Rendered:
    """Render the issue as it is now. `kept`: those of its pictures that its folder has; `links`: where its copy page leads; `checked`:
    what the check before the push found.

    Covers are made anew of what leads now, unless the editor has chosen some or has not begun.
    """
    digest = without_lost(edited.issue, kept)
    edits = history(edited.events).edits
    if edited.events and not any(isinstance(edit, ChooseCovers) for edit in edits):
        covers = {image.file for image in edited.machine.covers} | set(FILES)
        kept = {name: data for name, data in kept.items() if name not in covers}
        digest, made = cover(digest, Pictures(files=dict(kept)), cover_ground(templates, config.look))
        kept = {**kept, **made}
    files, refused = render(digest, config.channels, templates, config.look, links=links, checked=checked)
    notes = size_notes(digest, files, templates, config.look)
    return Rendered(Issue(digest, {**kept, **files}), refused, tuple(notes))


def _images(event: Event) -> Iterator[Image]:
    if isinstance(event, Take | Complete | Merge) and event.item.image:
        yield event.item.image
    elif isinstance(event, ChooseImage) and event.image:
        yield event.image
    elif isinstance(event, ChooseCovers):
        yield from event.covers
