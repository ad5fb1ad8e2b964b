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
from curate.desk.events import Event, Logged, kind_of
from curate.desk.offers import Offer
from curate.desk.visits import DeskVisit, find_approval
from curate.domain.model import Digest, Entry, Item
from curate.domain.serialization import to_json
from curate.render.context import items
from curate.render.cuts import FileSize, measure_files
from curate.render.headlines import headline_of, say_headlines
from curate.storage.account import templates
from curate.storage.desk import Edited

_PARTS = {"title": "标题", "summary": "摘要", "note": "按语"}


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
    complain(f"第 {issue.number} 期 · {issue.date} · 改过 {listing.edited.revision} 步")
    for section in issue.sections:
        click.echo(f"[{section.id}] {section.name}")
        for item in section.items:
            click.echo(_line(item, is_lead=item.number == issue.lead.number))
            if item.note:
                click.echo(f"        按语：{item.note}")
    for part, text in _words(issue):
        click.echo(f"{part}：{text}")
    for head, lines, asked in (
        ("没有入选的候选", (_format_offer(each) for each in listing.offers), parts.offers),
        ("这一期做好之后到的", (_entry(each) for each in listing.arrivals), parts.arrivals),
        ("搁下的", (_entry(each) for each in listing.shelf), parts.shelf),
        ("各渠道", (_format_size(each) for each in listing.sizes), parts.channels),
        ("改过什么", (_format_logged(each) for each in listing.edited.log), parts.log),
    ):
        if asked:
            _print_part(head, list(lines), parts.limit)
    if approval := find_approval(listing.visits):
        complain(
            f"{approval.name} {approval.at:%m-%d %H:%M} 看过第 {approval.revision} 步之后的样子，可以发。"
        )
    complain(
        f"候选 {len(listing.offers)} 条（--offers），后来到的 {len(listing.arrivals)} 条（--arrivals），"
        f"搁下的 {len(listing.shelf)} 条（--shelf）。"
    )


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
    yield "推送标题", headline
    yield from (("  也可以用", words) for words in say_headlines(issue) if words != headline)
    said = (("开场白", issue.opening), ("结束语", issue.closing), ("转发语", issue.sharing))
    yield from ((part, text) for part, text in said if text)


def _line(item: Item, *, is_lead: bool) -> str:
    return f"{'★' if is_lead else ' '}{item.number:>3}  {item.title}  {item.source}"


def _format_offer(offer: Offer) -> str:
    return f"{offer.place:>4}  {offer.score:5.2f}  [{offer.item.topic}] {offer.item.title}  {offer.item.source}  （{offer.words}）"


def _entry(entry: Entry) -> str:
    return f"  {entry.published:%m-%d %H:%M}  {entry.title}  {entry.source}  {entry.url}".rstrip()


def _format_logged(each: Logged) -> str:
    return f"{each.revision:>4}  {each.at:%m-%d %H:%M}  {'  '.join(_format_event(each.event))}  （{each.origin}）"


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
    said = "、".join(f"第 {cut.number} 条的{_PARTS[cut.part]}" for cut in size.cuts) or "都印全了"
    return f"  {size.name}  {size.characters}{room[0]} 字符  {size.bytes}{room[1]} 字节  没有印全的：{said}"


def _print_part(head: str, lines: list[str], limit: int) -> None:
    click.echo(f"— {head}")
    for line in lines[:limit]:
        click.echo(line)
    if len(lines) > limit:
        click.echo(f"  ……另有 {len(lines) - limit} 条")
