"""Issues as they are now -> what is to be in their drafts, with the bytes of every picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from curate.app.account import OpenAccount
from curate.app.check.check_issue import check_edited
from curate.app.drafts.send import DraftJob, refuse_strays
from curate.app.edit_issue import read_issue
from curate.app.render_issue import pictures_of
from curate.config.delivery_schema import DraftSettings
from curate.config.schema import Config
from curate.delivery.cards import make_cards
from curate.delivery.model import DraftError, DraftKind, DraftPicture, DraftPost
from curate.delivery.posts import DraftSources, list_foreign, list_local, list_lost, make_posts
from curate.domain.errors import FetchError, UnreadableError
from curate.domain.message import Message, all_of, message
from curate.domain.model import Digest, Failure, Page
from curate.fetch import Answer, Request
from curate.fetch.folder import read_picture
from curate.images.encode import encode_chosen, is_animation
from curate.storage.desk import Edited

SHOWN = 5  # objections that are named; `curate check` has all
Fetch = Callable[[Iterable[Request]], Iterator[Answer]]
KINDS: dict[str, tuple[DraftKind, ...]] = {
    "news": ("news",),
    "newspic": ("newspic",),
    "both": ("news", "newspic"),
}


def prepare_drafts(
    account: OpenAccount,
    issues: Sequence[Edited],
    settings: DraftSettings,
    fetch: Fetch,
    *,
    replaces_edits: bool = False,
) -> list[DraftJob]:
    """What is to be in the drafts of these issues: one draft with the articles of all of them, one with the cards of each.

    DraftError where a picture cannot be had; ChannelError where the editor would not keep a post.
    """
    made: dict[tuple[DraftKind, tuple[int, ...]], list[DraftPost]] = {}
    every = tuple(edited.machine.number for edited in issues)
    for edited in issues:
        kinds = KINDS[settings.kind]
        sources = _find_sources(account, edited, fetch, kinds)
        for kind in kinds:
            numbers = every if kind == "news" else (edited.machine.number,)
            made.setdefault((kind, numbers), []).extend(MAKERS[kind](edited.issue, sources, settings))
    refuse_strays([post for posts in made.values() for post in posts])
    return [
        DraftJob(numbers, kind, tuple(posts), settings, replaces_edits)
        for (kind, numbers), posts in made.items()
    ]


MAKERS: dict[DraftKind, Callable[[Digest, DraftSources, DraftSettings], tuple[DraftPost, ...]]] = {
    "news": make_posts,
    "newspic": make_cards,
}


def refuse_objections(account: OpenAccount, issues: Iterable[Edited]) -> list[Message]:
    """Check issues before they go out: how much they may be reminded of. DraftError where something has to be changed or
    accepted first."""
    reminders = []
    for edited in issues:
        checked, number = check_edited(account, edited), edited.machine.number
        grave = [one for one in checked.judgment.findings if one.level == "error"]
        if grave:
            named = all_of(one.message for one in grave[:SHOWN])
            raise DraftError(
                message=message("draft.objections", issue=number, n=len(grave), found=named),
                advice=message("draft.objections.hint", issue=number),
            )
        if others := len(checked.judgment.findings):
            reminders.append(message("draft.reminders", issue=number, n=others))
    return reminders


def keep_cards(account: OpenAccount, jobs: Sequence[DraftJob]) -> None:
    """Put the cards that are sent into their issues' folders, for whoever wants them by hand."""
    for job in jobs:
        for post in job.posts if job.kind == "newspic" else ():
            edited = read_issue(account.archive, post.issue)
            account.output.add_files(
                edited.folder, {picture.name.replace("-", "/"): picture.data for picture in post.material}
            )


def _find_sources(
    account: OpenAccount, edited: Edited, fetch: Fetch, kinds: Iterable[DraftKind]
) -> DraftSources:
    files = account.output.files(edited.folder, pictures_of(edited))
    templates, look = account.templates, account.config.look
    if "news" not in kinds:
        return DraftSources(files, {}, templates, look)
    if lost := list_lost(edited.issue, files):
        raise DraftError(
            message=message("draft.lost picture", items=tuple(lost)),
            advice=message("draft.lost picture.hint"),
        )
    fetched, local = (
        fetch_foreign(edited.issue, fetch),
        read_local(account.folder, account.config, edited.issue),
    )
    return DraftSources(files, fetched, templates, look, local)


def fetch_foreign(digest: Digest, fetch: Fetch) -> dict[str, DraftPicture]:
    """The pictures of the editor's own pieces, encoded as all others are. DraftError names each that cannot be had."""
    owners = dict(list_foreign(digest))
    found: dict[str, DraftPicture] = {}
    failed: list[Message] = []
    for answer in fetch([Request(url, url, robots=False) for url in owners]) if owners else ():
        url = answer.request.url
        made = _read_answer(answer, owners[url])
        if isinstance(made, DraftPicture):
            found[url] = made
        else:
            failed.append(message("draft.fetch failed", about=owners[url], why=made))
    if failed:
        raise DraftError(message=all_of(failed), advice=message("draft.fetch failed.hint"))
    return found


def read_local(home: Path, config: Config, digest: Digest) -> dict[tuple[int, str], DraftPicture]:
    """The pictures of pieces that lie beside them in the account's folder, by item and name. DraftError names each that is
    there and no picture; one that is not there is left to the editor's hand."""
    folders = {source.id: source.folder for source in config.sources if source.folder}
    found: dict[tuple[int, str], DraftPicture] = {}
    failed: list[Message] = []
    for item, name, about in list_local(digest):
        try:
            folder = folders.get(item.source_id)
            data = read_picture(home / folder, name) if folder else None
        except FetchError as e:
            made: DraftPicture | Message | str = e.message or e.reason
        else:
            if data is None:
                continue
            made = _encode(data, about)
        if isinstance(made, DraftPicture):
            found[item.number, name] = made
        else:
            failed.append(message("draft.fetch failed", about=about, why=made))
    if failed:
        raise DraftError(message=all_of(failed), advice=message("draft.fetch failed.hint"))
    return found


def _read_answer(answer: Answer, about: Message) -> DraftPicture | Message | str:
    """The picture as a file of ours, or why there is none."""
    if isinstance(answer.result, Failure):
        return answer.result.reason
    return _encode(answer.result.body, about) if isinstance(answer.result, Page) else "304"


def _encode(data: bytes, about: Message) -> DraftPicture | Message | str:
    """The same of its bytes. A GIF that moves stays as it is: encoded anew it would stand still."""
    if is_animation(data):
        return DraftPicture("picture.gif", data, about)
    try:
        made = encode_chosen(data)
    except UnreadableError as e:
        return e.message or e.reason
    return DraftPicture(f"picture.{made.suffix}", made.data, about)
