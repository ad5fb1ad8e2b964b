"""Actions about pictures: another one, none, a part of it, and the covers."""

from __future__ import annotations

from collections.abc import Callable

from curate.app.issue.choose_picture import Chosen, cut_covers, file_of, use_file, use_machines, use_part
from curate.desk.events import ChooseImage
from curate.desk_server.action_types import ActionRequest, ActionResult, UnusableError
from curate.domain.errors import UnreadableError
from curate.i18n.catalogue import failure_of
from curate.images.crop import Crop


def choose_image(request: ActionRequest) -> ActionResult:
    """No picture, the machine's, or one of the editor's own."""
    item, wanted = request.item, request.form.get("choice", "")
    if wanted == "none":
        chosen = Chosen(ChooseImage(request.key, None), {})
    elif wanted == "machine":
        chosen = use_machines(request.key, request.edited)
    else:
        chosen = _choose(request, lambda: use_file(request.key, request.upload, request.edited))
    return ActionResult([chosen.event], chosen.files, said="said_image", about=item.title)


def crop_image(request: ActionRequest) -> ActionResult:
    """A part of the item's picture."""
    item, form = request.item, request.form
    numbers = [_percent(form.get(name, ""), usual) for name, usual in (("x", 50), ("y", 50), ("size", 100))]
    crop = Crop(form.get("ratio", ""), *numbers)
    chosen = _choose(request, lambda: use_part(item, crop, request.edited, request.desk.account))
    return ActionResult([chosen.event], chosen.files, said="said_crop", about=item.title)


def choose_cover(request: ActionRequest) -> ActionResult:
    """Covers cut from the editor's own picture, or from that of an item."""
    desk, edited = request.desk, request.edited
    chosen = _choose(
        request, lambda: cut_covers(request.upload or file_of(request.item, edited, desk.account), edited)
    )
    return ActionResult([chosen.event], chosen.files, said="said_cover")


def _choose(request: ActionRequest, make: Callable[[], Chosen]) -> Chosen:
    try:
        return make()
    except UnreadableError as e:
        told = failure_of("", e, request.desk.account.config.account.language)
        raise UnusableError("no_picture_bad", told.reason) from e


def _percent(text: str, usual: float) -> float:
    return float(text) if text.isascii() and text.isdecimal() and len(text) <= 3 else usual
