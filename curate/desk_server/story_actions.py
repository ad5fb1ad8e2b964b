"""Actions that later nights learn from: what is one story, what is an advert, what belongs to which topic."""

from __future__ import annotations

from collections.abc import Callable

from curate.app.issue import block_settings
from curate.config.schema import OTHER
from curate.desk import events
from curate.desk.draft import items_of
from curate.desk_server.action_types import ActionRequest, ActionResult, UnusableError
from curate.domain.errors import ConfigError, CurateError
from curate.i18n.catalogue import failure_of
from curate.text.entry_text import text_for_sorting


def split(request: ActionRequest) -> ActionResult:
    """Take another telling out of an item, now and on later nights. UnusableError where the item has no such."""
    item, other = request.item, request.other
    if other not in item.echo_keys:
        raise UnusableError("not_here")
    archive, now = request.desk.account.archive, request.desk.clock()
    event = events.Split(request.key, other, request.form.get("url", ""))
    return ActionResult(
        [event], then=lambda: archive.keep_apart(request.key, other, now), said="said_split", about=item.title
    )


def merge(request: ActionRequest) -> ActionResult:
    """Put an item under another one, now and on later nights. UnusableError where they are not two."""
    item = request.item
    into = request.item_of(request.other)
    if into == item:
        raise UnusableError("not_here")
    archive, now = request.desk.account.archive, request.desk.clock()
    return ActionResult(
        [events.Merge(into.key, item)],
        then=lambda: archive.keep_together(into.key, request.key, now),
        said="said_merge",
        about=item.title,
    )


def advert(is_advert: bool) -> Callable[[ActionRequest], ActionResult]:
    """Say whether an entry is an advert; one that is leaves the issue. UnusableError where it is the last item."""

    def mark(request: ActionRequest) -> ActionResult:
        entry = request.entry_of(request.key)
        archive, now = request.desk.account.archive, request.desk.clock()
        held = any(item.key == request.key for item in items_of(request.issue.sections))
        if held and is_advert and sum(1 for _ in items_of(request.issue.sections)) == 1:
            raise UnusableError("must_stay")
        return ActionResult(
            [events.MarkAdvert(request.key, is_advert)],
            then=lambda: archive.mark_advert(entry, text_for_sorting(entry), is_advert, now),
            said="said_advert" if is_advert else "said_no_advert",
            about=entry.title,
        )

    return mark


def correct_topic(request: ActionRequest) -> ActionResult:
    """Another topic, which later nights learn from. UnusableError for one that is not of today."""
    item, topic = request.item, request.form.get("topic", "")
    if topic not in {OTHER, *(each.id for each in request.desk.account.config.topics)}:
        raise UnusableError("not_here")
    if topic == item.topic:
        return ActionResult()
    archive, now = request.desk.account.archive, request.desk.clock()
    found = archive.entry_of(request.key)

    def label() -> None:
        if found:
            archive.label(found, text_for_sorting(found), topic, now)

    return ActionResult([events.Move(request.key, topic)], then=label, said="said_topic", about=item.title)


def block(request: ActionRequest) -> ActionResult:
    """Never take a source, an author or a word in a title again: it goes into feeds.yaml, and out of the issue.
    UnusableError without a value, where nothing would be left, or where feeds.yaml cannot be read."""
    kind, value = request.form.get("kind", ""), request.form.get("value", "").strip()
    kinds: dict[str, events.Blocked] = {"source": "source", "author": "author", "word": "word"}
    if kind not in kinds or not value:
        raise UnusableError("no_word")
    try:
        event = block_settings.block(kinds[kind], value, request.desk.account.folder)
    except ConfigError as e:
        raise UnusableError("no_settings", _say(request, e)) from e
    names = {source.id: source.name for source in request.desk.account.config.sources}
    about = names.get(value, value) if kind == "source" else value
    return ActionResult([event], said="said_block" if event.is_lasting else "said_block_here", about=about)


def _say(request: ActionRequest, error: CurateError) -> str:
    return failure_of("", error, request.desk.account.config.account.language).reason


def unblock(request: ActionRequest) -> ActionResult:
    """Take something that is blocked out of feeds.yaml; the issue stays as it is. UnusableError where that cannot be
    changed."""
    kind, value = request.form.get("kind", ""), request.form.get("value", "")
    kinds: dict[str, events.Blocked] = {"source": "source", "author": "author", "word": "word"}
    if kind not in kinds:
        raise UnusableError("no_word")
    try:
        block_settings.put_blocks([], [events.Block(kinds[kind], value)], request.desk.account.folder)
    except ConfigError as e:
        raise UnusableError("no_settings", _say(request, e)) from e
    request.desk.read_settings()
    return ActionResult(said="said_unblock", about=value)
