"""TABLE `ACTIONS`: what the page sends -> events. Each action reads a form and says what is decided, and no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from curate.app.check.check_issue import check_edited, overrule
from curate.desk import events
from curate.desk.draft import items_of
from curate.desk.events import Edit, Event
from curate.desk.history import history
from curate.desk.offers import find_offer
from curate.desk.visits import MOST_NAME, MOST_WORDS, DeskVisit
from curate.desk_server import picture_actions, story_actions, work_panel
from curate.desk_server.action_types import ActionRequest, ActionResult, Form, UnusableError
from curate.desk_server.draft_panel import send_draft
from curate.domain.errors import NotFoundError, SourceError
from curate.domain.model import EntryKey
from curate.i18n.catalogue import failure_of


def _overrule(request: ActionRequest) -> ActionResult:
    """Accept what a check found, with the reason; without one, take that back."""
    checked = check_edited(request.desk.account, request.edited)
    reason, by = request.form.get("reason", ""), request.form.get("by", "").strip()[:MOST_NAME]
    try:
        event = overrule(checked, request.form.get("value", ""), reason, by)
    except NotFoundError as e:
        raise UnusableError("not_here") from e
    return ActionResult(
        [event], said="said_overrule" if event.text else "said_overrule_back", about=event.found
    )


def decide(name: str, request: ActionRequest) -> ActionResult:
    """What the action of this name decides. UnusableError for an unknown name, or where it makes no sense."""
    if name not in ACTIONS:
        raise UnusableError("not_here")
    return ACTIONS[name](request)


def _take(request: ActionRequest) -> ActionResult:
    """At once with its title, so that the hand need not wait; its text and picture follow."""
    entry = request.entry_of(request.key)
    offer = find_offer(request.desk.offers, request.key)
    offered = offer.item if offer else request.desk.judge(entry)
    if topic := request.form.get("topic"):
        offered = replace(offered, topic=topic)
    if any(item.key == request.key for item in items_of(request.issue.sections)):
        return ActionResult()
    homes = request.desk.credits(entry)
    return ActionResult(
        [events.Take(offered, _place(request.form), homes)],
        fetched=(entry, offered),
        said="said_take",
        about=offered.title,
    )


def _paste(request: ActionRequest) -> ActionResult:
    """What a pasted link leads to, read in full first: nobody knows before what it is called."""
    try:
        taken = request.desk.take_link(request.form.get("url", ""), request.form.get("topic", ""))
    except SourceError as e:
        told = failure_of("", e, request.desk.account.config.account.language)
        raise UnusableError("no_link", f"{told.reason} {told.hint}".strip()) from e
    return ActionResult(
        [taken.event], taken.files, is_free=True, said="said_paste", about=taken.event.item.title
    )


def _drop(request: ActionRequest) -> ActionResult:
    return _aside(request, events.Drop(request.key), "said_drop")


def _park(request: ActionRequest) -> ActionResult:
    return _aside(request, events.Park(request.key), "said_park")


def _aside(request: ActionRequest, event: Edit, said: str) -> ActionResult:
    item = request.item
    if sum(1 for _ in items_of(request.issue.sections)) == 1:
        raise UnusableError("must_stay")
    return ActionResult([event], said=said, about=item.title)


def _lead(request: ActionRequest) -> ActionResult:
    return ActionResult([events.Lead(request.item.key)], said="said_lead", about=request.item.title)


def _move(request: ActionRequest) -> ActionResult:
    item, topic = request.item, request.form.get("topic", "")
    return ActionResult(
        [events.Move(request.key, topic or item.topic, _place(request.form))],
        said="said_move",
        about=item.title,
    )


def _step(by: int) -> Callable[[ActionRequest], ActionResult]:
    """One place up or down; at its section's end into the next one."""

    def step(request: ActionRequest) -> ActionResult:
        item, sections = request.item, request.issue.sections
        at = next(n for n, section in enumerate(sections) if item in section.items)
        place = sections[at].items.index(item) + by
        topic = sections[at].id
        if not 0 <= place < len(sections[at].items):
            at += by
            if not 0 <= at < len(sections):
                raise UnusableError("at_the_end")
            topic, place = sections[at].id, len(sections[at].items) if by < 0 else 0
        return ActionResult([events.Move(request.key, topic, place)], said="said_move", about=item.title)

    return step


def _edit(request: ActionRequest) -> ActionResult:
    """The fields of the form that differ from what the item has."""
    item, form = request.item, request.form
    shapes: dict[str, Callable[[EntryKey, str], Edit]] = {
        "title": events.EditTitle,
        "summary": events.EditSummary,
        "note": events.EditNote,
    }
    changed = [
        shape(request.key, form[name])
        for name, shape in shapes.items()
        if name in form and " ".join(form[name].split()) != " ".join(getattr(item, name).split())
    ]
    if any(isinstance(event, events.EditTitle) and not event.text.strip() for event in changed):
        raise UnusableError("no_title")
    return ActionResult(changed, said="said_edit" if changed else "", about=item.title)


def _words(request: ActionRequest) -> ActionResult:
    parts: tuple[events.Words, ...] = ("headline", "opening", "closing", "sharing")
    now = {part: getattr(request.issue, part) for part in parts}
    changed = [
        events.EditWords(part, request.form[part])
        for part in parts
        if part in request.form and request.form[part].replace("\r\n", "\n").strip() != now[part]
    ]
    return ActionResult(changed, said="said_words" if changed else "")


def _undo(request: ActionRequest) -> ActionResult:
    """The last decision back, with what was fetched for it since."""
    log = list(request.edited.events)
    made: list[Event] = []
    while history((*log, *made)).undoable:
        last = history((*log, *made)).edits[-1:]
        made.append(events.Undo())
        if not last or not isinstance(last[0], events.Complete):
            break
    return ActionResult(made, said="said_undo" if made else "")


def _redo(request: ActionRequest) -> ActionResult:
    log = list(request.edited.events)
    made: list[Event] = []
    while history((*log, *made)).redoable:
        more = (*made, events.Redo())
        last = history((*log, *more)).edits[-1:]
        if made and not (last and isinstance(last[0], events.Complete)):
            break
        made = list(more)
    return ActionResult(made, said="said_redo" if made else "")


def _restore(request: ActionRequest) -> ActionResult:
    revision = request.form.get("version", "")
    if not (revision.isascii() and revision.isdecimal() and int(revision) <= request.edited.revision):
        raise UnusableError("not_here")
    return ActionResult([events.Restore(int(revision))], said="said_restore")


def _approve(request: ActionRequest) -> ActionResult:
    """Note that a colleague found the issue good as it was seen; it changes nothing. UnusableError without a name."""
    name = " ".join(request.form.get("name", "").split())[:MOST_NAME]
    if not name:
        raise UnusableError("no_name")
    words = " ".join(request.form.get("words", "").split())[:MOST_WORDS]
    desk = request.desk
    visit = DeskVisit("approve", desk.clock(), request.edited.revision, name, words)
    return ActionResult(
        then=lambda: desk.account.archive.desk.note_visit(desk.number, visit), said="said_approve", about=name
    )


def _place(form: Form) -> int | None:
    place = form.get("place", "")
    return int(place) if place.isascii() and place.isdecimal() and len(place) < 6 else None


ACTIONS: dict[str, Callable[[ActionRequest], ActionResult]] = {
    "take": _take,
    "paste": _paste,
    "drop": _drop,
    "park": _park,
    "lead": _lead,
    "move": _move,
    "up": _step(-1),
    "down": _step(1),
    "edit": _edit,
    "words": _words,
    "image": picture_actions.choose_image,
    "crop": picture_actions.crop_image,
    "cover": picture_actions.choose_cover,
    "split": story_actions.split,
    "merge": story_actions.merge,
    "advert": story_actions.advert(True),
    "no-advert": story_actions.advert(False),
    "topic": story_actions.correct_topic,
    "block": story_actions.block,
    "unblock": story_actions.unblock,
    "forget": work_panel.forget,
    "remember": work_panel.remember,
    "approve": _approve,
    "overrule": _overrule,
    "draft": send_draft,
    "undo": _undo,
    "redo": _redo,
    "restore": _restore,
}
