"""A letter that asks for leave: one a source, with every piece that an issue would quote."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from curate.checks.originals import needs_permission, quoted_share
from curate.checks.view import IssueView
from curate.domain.model import Item
from curate.i18n.catalogue import speaker
from curate.text.lines import letters_of


class PermissionMail(NamedTuple):
    """A letter to a source, ready to be sent."""

    source: str
    subject: str
    body: str


def list_permissions(view: IssueView) -> tuple[Item, ...]:
    """The items whose originals want to be asked, by number."""
    return tuple(item for item in view.items if needs_permission(item))


def write_mails(view: IssueView) -> tuple[PermissionMail, ...]:
    """A letter for each source of which something needs leave, in the account's language."""
    asked = sorted(list_permissions(view), key=lambda item: item.source)
    return tuple(
        _write(view, name, list(group)) for name, group in groupby(asked, key=lambda item: item.source)
    )


def say_mail(mail: PermissionMail) -> str:
    """A letter as text, its subject on top."""
    return f"{mail.subject}\n\n{mail.body}\n"


def _write(view: IssueView, source: str, items: list[Item]) -> PermissionMail:
    say, issue = speaker("check.mail", view.issue.language), view.issue
    body = (
        say("greeting", source=source),
        "",
        say("intro", account=issue.account, date=f"{issue.date:%Y-%m-%d}", number=issue.number),
        "",
        *_list_items(view, items),
        "",
        say("ask"),
        "",
        say("closing", account=issue.account),
    )
    key = "subject" if len(items) == 1 else "subject_many"
    return PermissionMail(source, say(key, title=items[0].title, n=len(items)), "\n".join(body))


def _list_items(view: IssueView, items: list[Item]) -> Iterator[str]:
    say = speaker("check.mail", view.issue.language)
    for item in items:
        share = quoted_share(item)
        yield say(
            "item",
            title=item.title,
            author=say("author", author=item.author) if item.author else "",
            url=item.url,
            count=len(letters_of(item.summary)),
            share=say("share", percent=max(1, round(100 * share))) if share else "",
            picture=say("picture") if item.image and item.image.file else "",
        )
        if item.notice:
            yield say("notice", text=item.notice.text)
