"""What `curate issue show` prints: the issue as it is now, what could be taken, what came later, and the log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import click

from curate.app.account import open_archive
from curate.app.edit_issue import read_issue
from curate.cli.terminal.account import read_config
from curate.cli.terminal.console import complain
from curate.cli.terminal.language import say_here
from curate.desk.events import Event, Logged, kind_of
from curate.desk.offers import Offer
from curate.desk.visits import DeskVisit, find_approval
from curate.domain.message import message
from curate.domain.model import Digest, Entry, Item
from curate.domain.serialization import to_json
from curate.render.context import items
from curate.render.cuts import FileSize, measure_files
from curate.render.headlines import headline_of, say_headlines
from curate.storage.account import templates
from curate.storage.desk import Edited


class Parts(NamedTuple):
    """What is asked for beside the issue itself."""

    offers: bool
    arrivals: bool
    shelf: bool
    log: bool
    limit: int
    channels: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """An issue, and what was asked for beside it."""

    edited: Edited
    offers: tuple[Offer, ...] = ()
    arrivals: tuple[Entry, ...] = ()
    shelf: tuple[Entry, ...] = ()
    visits: tuple[DeskVisit, ...] = ()
    sizes: tuple[FileSize, ...] = ()
    parts: Parts = field(default=Parts(False, False, False, False, 30))


def read_parts(folder: Path, number: int | None, parts: Parts) -> Listing:
    """Read an issue from the archive, which is not held: looking waits for nobody."""
    config = read_config(folder)
    with open_archive(config, folder) as archive:
        edited = read_issue(archive, number)
        held = {item.key for item in items(edited.issue)}
        number = edited.machine.number
        offers = [each for each in archive.desk.offers(number) if each.item.key not in held]
        arrivals = archive.desk.arrivals(edited.machine.made, [s.id for s in config.sources if s.enabled])
        shelf = archive.desk.shelf()
        visits = archive.desk.visits(number)
    sizes: tuple[FileSize, ...] = ()
    if parts.channels:
        sizes, _ = measure_files(edited.issue, config.channels, templates(folder), config.look)
    return Listing(edited, tuple(offers), tuple(arrivals), tuple(shelf), visits, sizes, parts)


def print_issue(listing: Listing, *, as_json: bool) -> None:
    """Print a listing: to people section by section, to programs as JSON with all there is."""
    if as_json:
        click.echo(issue_json(listing.edited, listing))
        return
    issue, parts = listing.edited.issue, listing.parts
    complain(say_here("issue.head", number=issue.number, day=str(issue.date), n=listing.edited.revision))
    for section in issue.sections:
        click.echo(f"[{section.id}] {section.name}")
        for item in section.items:
            click.echo(_line(item, is_lead=item.number == issue.lead.number))
            if item.note:
                click.echo("        " + say_here("issue.note", text=item.note))
    for part, text in _words(issue):
        click.echo(say_here("issue.words", part=part, text=text))
    for head, lines, asked in (
        ("offers", (_format_offer(each) for each in listing.offers), parts.offers),
        ("arrivals", (_entry(each) for each in listing.arrivals), parts.arrivals),
        ("shelf", (_entry(each) for each in listing.shelf), parts.shelf),
        ("channels", (_format_size(each) for each in listing.sizes), parts.channels),
        ("log", (_format_logged(each) for each in listing.edited.log), parts.log),
    ):
        if asked:
            _print_part(say_here(f"issue.part.{head}"), list(lines), parts.limit)
    if approval := find_approval(listing.visits):
        when = f"{approval.at:%m-%d %H:%M}"
        complain(say_here("issue.approval", name=approval.name, when=when, revision=approval.revision))
    counts = {name: len(getattr(listing, name)) for name in ("offers", "arrivals", "shelf")}
    complain(say_here("issue.counts", **counts))


def issue_json(edited: Edited, listing: Listing | None = None) -> str:
    """The issue as JSON; with a listing, all that there is beside it."""
    found: dict[str, Any] = {
        "number": edited.machine.number,
        "revision": edited.revision,
        "issue": _plain(edited.issue),
        "log": [
            {"revision": e.revision, "at": e.at.isoformat(), "origin": e.origin, **_event(e.event)}
            for e in edited.log
        ],
    }
    if listing:
        found |= {
            "offers": [_plain(each) for each in listing.offers],
            "arrivals": [_short(each) for each in listing.arrivals],
            "shelf": [_short(each) for each in listing.shelf],
            "sizes": [
                {**each._asdict(), "cuts": [cut._asdict() for cut in each.cuts]} for each in listing.sizes
            ],
            "visits": [_plain(each) for each in listing.visits],
        }
    return json.dumps(found, ensure_ascii=False)


def _event(event: Event) -> dict[str, Any]:
    return {"kind": kind_of(event), "event": _plain(event)}


def _plain(noun: Any) -> Any:
    return json.loads(to_json(noun))


def _short(entry: Entry) -> dict[str, str]:
    return {
        "source": entry.source,
        "id": entry.id,
        "title": entry.title,
        "url": entry.url,
        "published": entry.published.isoformat(),
    }


def _words(issue: Digest) -> Iterator[tuple[str, str]]:
    """What is said of the issue as a whole, by what it is called."""
    headline = headline_of(issue)
    yield say_here("issue.headline"), headline
    yield from (
        (say_here("issue.headline also"), words) for words in say_headlines(issue) if words != headline
    )
    said = (("opening", issue.opening), ("closing", issue.closing), ("sharing", issue.sharing))
    yield from ((say_here(f"issue.{part}"), text) for part, text in said if text)


def _line(item: Item, *, is_lead: bool) -> str:
    return f"{'★' if is_lead else ' '}{item.number:>3}  {item.title}  {item.source}"


def _format_offer(offer: Offer) -> str:
    return f"{offer.place:>4}  {offer.score:5.2f}  [{offer.item.topic}] {offer.item.title}  {offer.item.source}  {_aside(offer.words)}"


def _entry(entry: Entry) -> str:
    return f"  {entry.published:%m-%d %H:%M}  {entry.title}  {entry.source}  {entry.url}".rstrip()


def _format_logged(each: Logged) -> str:
    return f"{each.revision:>4}  {each.at:%m-%d %H:%M}  {'  '.join(_format_event(each.event))}  {_aside(each.origin)}"


def _format_event(event: Event) -> Iterator[str]:
    """What an event says: its kind, then its values; an item by its title."""
    for name, value in _event(event).items():
        if name == "kind":
            yield value
            continue
        for part in value.values():
            if isinstance(part, dict):
                yield str(part.get("title") or part.get("file") or "")
            elif isinstance(part, list):
                yield "/".join(each for each in part if isinstance(each, str))
            elif part is not None:
                yield str(part)


def _format_size(size: FileSize) -> str:
    limit = f" / {size.limit}" if size.limit else ""
    room = {"characters": (limit, ""), "bytes": ("", limit)}.get(size.unit, ("", ""))
    cuts = tuple(message(f"issue.cut.{cut.part}", n=cut.number) for cut in size.cuts)
    counts = {"characters": f"{size.characters}{room[0]}", "bytes": f"{size.bytes}{room[1]}"}
    return say_here("issue.size", name=size.name, cuts=cuts or message("issue.whole"), **counts)


def _aside(text: str) -> str:
    return say_here("issue.aside", text=text).strip()


def _print_part(head: str, lines: list[str], limit: int) -> None:
    click.echo(f"— {head}")
    for line in lines[:limit]:
        click.echo(line)
    if len(lines) > limit:
        click.echo(say_here("issue.more", n=len(lines) - limit))
