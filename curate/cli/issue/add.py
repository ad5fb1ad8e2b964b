"""Finding what `curate issue add` is asked for, and reading it: an offer of the night, anything in the archive, or any page
of the web."""

from __future__ import annotations

from dataclasses import replace

from curate.app.doors import open_doors
from curate.app.edit_issue import OpenIssue
from curate.app.issue.paste_link import find_link, take_link
from curate.app.issue.take_item import Taken, judge_alone, read_item, with_source
from curate.cli.terminal.console import Console
from curate.cli.terminal.language import usage_error
from curate.desk.offers import find_offer
from curate.domain.errors import SourceError
from curate.domain.model import Entry, Item
from curate.i18n.catalogue import failure_of
from curate.render.context import items


def take(opened: OpenIssue, what: str, topic: str, place: int | None) -> Taken:
    """Read what is to be added; `topic`: "" for the machine's judgement. UsageError where there is no such entry or page,
    or the issue has it."""
    console = Console(quiet=True)
    if find_link(what):
        try:
            return take_link(what, opened.edited, opened.account, console, opened.now, topic, place)
        except SourceError as e:
            told = failure_of("", e, opened.account.config.account.language)
            raise usage_error("issue.not added", why=f"{told.reason} {told.hint}".strip()) from e
    entry, offered = _find(opened, what)
    config = with_source(opened.account.config, entry, opened.account.archive)
    doors = open_doors(opened.account, opened.now)
    offered = offered or judge_alone(entry, config, opened.account.archive, console, opened.now)
    if topic:
        offered = replace(offered, topic=topic)
    return read_item(entry, offered, opened.number, place, config, doors, console)


def _find(opened: OpenIssue, what: str) -> tuple[Entry, Item | None]:
    """The entry that is meant, and the item as the night offered it."""
    offers = opened.account.archive.desk.offers(opened.number)
    if what.isascii() and what.isdecimal() and len(what) <= len(str(len(offers))):
        offer = next((each for each in offers if each.place == int(what)), None)
        if offer is None:
            raise usage_error("issue.no candidate", n=what, number=opened.number)
        what = opened.account.archive.code_of(offer.item.key)
    found = opened.account.archive.find(what)
    if not found:
        raise usage_error("issue.not archived", name=what)
    entry = found[0]
    if entry.key in {item.key for item in items(opened.edited.issue)}:
        raise usage_error("issue.has it", number=opened.number, title=entry.title)
    offer = find_offer(offers, entry.key)
    return entry, offer.item if offer else None
