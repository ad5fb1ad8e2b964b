"""The panel from which the issue goes into the account's draft box, and what its button does."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from curate.app.account import OpenAccount
from curate.app.doors import fetcher
from curate.app.drafts.box import account_key
from curate.app.drafts.deliver import deliver, open_box, say_sent
from curate.app.drafts.prepare import KINDS, keep_cards, prepare_drafts, refuse_objections
from curate.app.drafts.send import DraftJob
from curate.app.open_wechat import list_unset, read_secrets
from curate.config.delivery_schema import DraftSettings
from curate.desk_server.action_types import ActionRequest, ActionResult, PanelRequest, UnusableError
from curate.domain.errors import ArchiveError, CurateError, OutputError
from curate.domain.message import Message
from curate.domain.model import Failure
from curate.i18n.catalogue import failure_of, say


def fill_draft(request: PanelRequest) -> Mapping[str, Any]:
    """What is missing, which kinds there are, and what is in the box already."""
    account, number = request.desk.account, request.desk.number
    unset = list_unset(account.config.network, os.environ)
    held = []
    if not unset:
        key = account_key(read_secrets(account.config.network, os.environ).appid)
        records = [account.archive.drafts.read(key, number, kind) for kind in KINDS["both"]]
        held = [(each.kind, each.posts, _when(each.updated)) for each in records if each.media_id]
    return {"unset": unset, "held": held, "kinds": list(KINDS), "chosen": account.config.draft.kind}


def send_draft(request: ActionRequest) -> ActionResult:
    """Put the issue into the draft box in the look that the desk shows. UnusableError, in words, where it cannot be."""
    desk, form = request.desk, request.form
    config = desk.account.config
    language = config.account.language
    look = {"look": desk.look}
    account = replace(desk.account, config=config.model_copy(update=look))
    kind = {"kind": form["kind"]} if form.get("kind") in KINDS else {}
    settings = DraftSettings.model_validate({**config.draft.model_dump(), **kind})
    told: list[Message] = []
    try:
        with desk.hold_account():
            sent = _send(request, account, settings, told)
    except (OutputError, ArchiveError):
        raise
    except CurateError as e:
        failure = failure_of("", e, language)
        raise UnusableError("draft_failed", f"{failure.reason} {failure.hint}".strip()) from e
    desk.failures = tuple(Failure("", say(each, language)) for each in told)
    return ActionResult(said="said_draft", about="；".join(say(each, language) for each in sent))


def _send(
    request: ActionRequest, account: OpenAccount, settings: DraftSettings, told: list[Message]
) -> list[Message]:
    """What became of each draft; what the editor is to know besides is put into `told`."""
    desk, form, now = request.desk, request.form, request.desk.clock()
    if not form.get("despite"):
        told += refuse_objections(account, [request.edited])
    jobs = prepare_drafts(
        account,
        [request.edited],
        settings,
        fetcher(account.config, now),
        replaces_edits=bool(form.get("overwrite")),
    )
    told += _notes_of(jobs)
    keep_cards(desk.account, jobs)
    with open_box(account, os.environ, now, time.sleep) as box:
        sent = deliver(box, jobs, lambda said: None, time.sleep)
    return [say_sent(each, job)[0] for each, job in zip(sent, jobs, strict=True)]


def _notes_of(jobs: Sequence[DraftJob]) -> list[Message]:
    return list(dict.fromkeys(note for job in jobs for post in job.posts for note in post.notes))


def _when(seconds: int) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
