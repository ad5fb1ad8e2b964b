"""TABLE `ACTIONS`: what the page sends -> events. Each action reads a form and says what is decided, and no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from curate.desk import events
from curate.desk.draft import items_of
from curate.desk.events import Edit, Event
from curate.desk.history import history
from curate.desk.offers import find_offer
from curate.desk_server import story_actions
from curate.desk_server.asked import Ask, Decided, Form, UnusableError
from curate.domain.errors import UnreadableError
from curate.domain.model import EntryKey, Image
from curate.images.cover import covers
from curate.images.encode import Encoded, encode


def decide(name: str, ask: Ask) -> Decided:
    """What the action of this name decides. UnusableError for an unknown name, or where it makes no sense."""
    if name not in ACTIONS:
        raise UnusableError("not_here")
    return ACTIONS[name](ask)


def _take(ask: Ask) -> Decided:
    """At once with its title, so that the hand need not wait; its text and picture follow."""
    entry = ask.entry_of(ask.key)
    offer = find_offer(ask.desk.offers, ask.key)
    offered = offer.item if offer else ask.desk.judge(entry)
    if topic := ask.form.get("topic"):
        offered = replace(offered, topic=topic)
    if any(item.key == ask.key for item in items_of(ask.issue.sections)):
        return Decided()
    homes = ask.desk.credits(entry)
    return Decided(
        [events.Take(offered, _place(ask.form), homes)],
        fetched=(entry, offered),
        said="said_take",
        about=offered.title,
    )


def _drop(ask: Ask) -> Decided:
    return _aside(ask, events.Drop(ask.key), "said_drop")


def _park(ask: Ask) -> Decided:
    return _aside(ask, events.Park(ask.key), "said_park")


def _aside(ask: Ask, event: Edit, said: str) -> Decided:
    item = ask.item
    if sum(1 for _ in items_of(ask.issue.sections)) == 1:
        raise UnusableError("must_stay")
    return Decided([event], said=said, about=item.title)


def _lead(ask: Ask) -> Decided:
    return Decided([events.Lead(ask.item.key)], said="said_lead", about=ask.item.title)


def _move(ask: Ask) -> Decided:
    item, topic = ask.item, ask.form.get("topic", "")
    return Decided(
        [events.Move(ask.key, topic or item.topic, _place(ask.form))], said="said_move", about=item.title
    )


def _step(by: int) -> Callable[[Ask], Decided]:
    """One place up or down; at its section's end into the next one."""

    def step(ask: Ask) -> Decided:
        item, sections = ask.item, ask.issue.sections
        at = next(n for n, section in enumerate(sections) if item in section.items)
        place = sections[at].items.index(item) + by
        topic = sections[at].id
        if not 0 <= place < len(sections[at].items):
            at += by
            if not 0 <= at < len(sections):
                raise UnusableError("at_the_end")
            topic, place = sections[at].id, len(sections[at].items) if by < 0 else 0
        return Decided([events.Move(ask.key, topic, place)], said="said_move", about=item.title)

    return step


def _edit(ask: Ask) -> Decided:
    """The fields of the form that differ from what the item has."""
    item, form = ask.item, ask.form
    shapes: dict[str, Callable[[EntryKey, str], Edit]] = {
        "title": events.EditTitle,
        "summary": events.EditSummary,
        "note": events.EditNote,
    }
    changed = [
        shape(ask.key, form[name])
        for name, shape in shapes.items()
        if name in form and " ".join(form[name].split()) != " ".join(getattr(item, name).split())
    ]
    if any(isinstance(event, events.EditTitle) and not event.text.strip() for event in changed):
        raise UnusableError("no_title")
    return Decided(changed, said="said_edit" if changed else "", about=item.title)


def _words(ask: Ask) -> Decided:
    parts: tuple[events.Words, ...] = ("opening", "closing", "sharing")
    now = {part: getattr(ask.issue, part) for part in parts}
    changed = [
        events.EditWords(part, ask.form[part])
        for part in parts
        if part in ask.form and ask.form[part].replace("\r\n", "\n").strip() != now[part]
    ]
    return Decided(changed, said="said_words" if changed else "")


def _image(ask: Ask) -> Decided:
    """No picture, the machine's, or one of the editor's own."""
    item, wanted = ask.item, ask.form.get("choice", "")
    if wanted == "none":
        return Decided([events.ChooseImage(ask.key, None)], said="said_image", about=item.title)
    if wanted == "machine":
        made = next((i for i in items_of(ask.edited.machine.sections) if i.key == ask.key), None)
        image = made.image if made else None
        return Decided([events.ChooseImage(ask.key, image)], said="said_image", about=item.title)
    kept = _own_picture(ask.upload)
    name = f"images/own-{ask.edited.revision + 1}.{kept.suffix}"
    image = Image("", kept.width, kept.height, file=name, size=len(kept.data), kind=kept.kind)
    event = events.ChooseImage(ask.key, image)
    return Decided([event], {name: kept.data}, said="said_image", about=item.title)


def _cover(ask: Ask) -> Decided:
    """Covers cut from the editor's own picture, or from that of an item."""
    if ask.upload:
        data = _own_picture(ask.upload).data
    else:
        image = ask.item.image
        files = ask.desk.account.output.files(ask.edited.folder, [image.file] if image else [])
        data = next(iter(files.values()), b"")
    made = covers(data) if data else ()
    if not made:
        raise UnusableError("no_cover")
    mark = ask.edited.revision + 1
    named = {one.file.replace(".", f"-{mark}.", 1): one for one in made}
    images = tuple(
        Image("", one.width, one.height, file=name, size=len(one.data)) for name, one in named.items()
    )
    return Decided(
        [events.ChooseCovers(images)], {name: one.data for name, one in named.items()}, said="said_cover"
    )


def _own_picture(data: bytes) -> Encoded:
    try:
        return encode(data)
    except UnreadableError as e:
        raise UnusableError("no_picture_bad", e.reason) from e


def _undo(ask: Ask) -> Decided:
    """The last decision back, with what was fetched for it since."""
    log = list(ask.edited.events)
    made: list[Event] = []
    while history((*log, *made)).undoable:
        last = history((*log, *made)).edits[-1:]
        made.append(events.Undo())
        if not last or not isinstance(last[0], events.Complete):
            break
    return Decided(made, said="said_undo" if made else "")


def _redo(ask: Ask) -> Decided:
    log = list(ask.edited.events)
    made: list[Event] = []
    while history((*log, *made)).redoable:
        more = (*made, events.Redo())
        last = history((*log, *more)).edits[-1:]
        if made and not (last and isinstance(last[0], events.Complete)):
            break
        made = list(more)
    return Decided(made, said="said_redo" if made else "")


def _restore(ask: Ask) -> Decided:
    revision = ask.form.get("version", "")
    if not (revision.isascii() and revision.isdecimal() and int(revision) <= ask.edited.revision):
        raise UnusableError("not_here")
    return Decided([events.Restore(int(revision))], said="said_restore")


def _place(form: Form) -> int | None:
    place = form.get("place", "")
    return int(place) if place.isascii() and place.isdecimal() and len(place) < 6 else None


ACTIONS: dict[str, Callable[[Ask], Decided]] = {
    "take": _take,
    "drop": _drop,
    "park": _park,
    "lead": _lead,
    "move": _move,
    "up": _step(-1),
    "down": _step(1),
    "edit": _edit,
    "words": _words,
    "image": _image,
    "cover": _cover,
    "split": story_actions.split,
    "merge": story_actions.merge,
    "advert": story_actions.advert(True),
    "no-advert": story_actions.advert(False),
    "topic": story_actions.correct_topic,
    "block": story_actions.block,
    "undo": _undo,
    "redo": _redo,
    "restore": _restore,
}
