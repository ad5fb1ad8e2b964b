"""What `curate draft` and the desk's button do: look whether the interface can be used, then put the drafts into the box."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from time import monotonic

from curate.app.account import OpenAccount
from curate.app.drafts.box import DraftBox, account_key
from curate.app.drafts.send import DraftJob, DraftSender, SentDraft
from curate.app.open_wechat import list_unset, open_wechat, read_secrets
from curate.delivery.model import DraftError
from curate.delivery.refusals import DRAFT_CODES
from curate.domain.message import Message, message

Tell = Callable[[Message], None]


@contextmanager
def open_box(
    account: OpenAccount,
    environ: Mapping[str, str],
    now: datetime,
    sleep: Callable[[float], None],
) -> Iterator[DraftBox]:
    """The account's draft box. `now` is when the command began. DraftError where a secret is not in the environment."""
    network = account.config.network
    if unset := list_unset(network, environ):
        raise DraftError(
            message=message("draft.unset", names=tuple(unset)), advice=message("draft.unset.hint")
        )
    began = monotonic()
    key = account_key(read_secrets(network, environ).appid)
    with open_wechat(network, environ, DRAFT_CODES, sleep) as session:
        yield DraftBox(
            session, account.archive.drafts, key, lambda: now + timedelta(seconds=monotonic() - began)
        )


def check_box(box: DraftBox, tell: Tell) -> None:
    """Try the interface: token, whitelist, the right to the draft box. FetchError, with what to do, where it fails."""
    tell(message("draft.checked", n=box.count()))


def deliver(
    box: DraftBox, jobs: Sequence[DraftJob], tell: Tell, sleep: Callable[[float], None]
) -> list[SentDraft]:
    """Put the drafts into the box, one after the other. DraftError or FetchError at the first that cannot be."""
    check_box(box, tell)
    sender = DraftSender(box, sleep, tell)
    return [sender.send(job) for job in jobs]


def say_sent(sent: SentDraft, job: DraftJob) -> list[Message]:
    """What became of a draft: how, and what it holds."""
    return [message(f"draft.{sent.how}", issue=job.issues[0]), say_size(job)]


def say_size(job: DraftJob) -> Message:
    """How many articles or cards a draft has."""
    size = len(job.posts) if job.kind == "news" else sum(len(post.material) for post in job.posts)
    return message(f"draft.{job.kind}", n=size)
