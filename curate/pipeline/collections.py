"""Collections: the best of a span of days, as a digest of its own that every channel renders.

issues of those days -> items of the topic -> one of each story, the best -> by score -> digest

A collection has a name and no number; its items keep the numbers that they were published under.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from curate.config.schema import OTHER, Collection, Config
from curate.domain.message import message
from curate.domain.model import Credit, Digest, Item, Section
from curate.i18n.catalogue import Say, say, speaker
from curate.render.context import items, number_of
from curate.text.language import reading_minutes

MOST = 20  # items of a collection that says no other number


class Span(NamedTuple):
    """What a collection looks back on, and what it is called."""

    slug: str  # its folder's name and its address
    name: str
    first: date
    last: date
    topic: str | None
    items: int


class CollectedItem(NamedTuple):
    """An item, the issue that told it, and that issue's folder."""

    item: Item
    digest: Digest
    folder: str


def span(
    config: Config, topic: str | None, first: date, last: date, name: str = "", items: int = MOST
) -> Span:
    """A span as it was asked for."""
    t = speaker("collection", config.account.language)
    about = next((each.name for each in config.topics if each.id == topic), "") or t("best")
    slug = _slug(f"{topic or 'all'}-{first}-{last}")
    return Span(slug, name or f"{about} · {_say_days(first, last, t)}", first, last, topic, items)


def due(config: Config, now: datetime, made: Iterable[str], last_issue: datetime | None = None) -> list[Span]:
    """The scheduled collections whose week or month is over and that are not in `made` (their slugs), oldest first.

    `last_issue`: when the issue before tonight's was made. A week that was not over then is looked back on as well,
    however long ago that is: no run has come since that could have made its collection.
    """
    zone, t, there = config.account.zone, speaker("collection", config.account.language), set(made)
    today = now.astimezone(zone).date()
    since = last_issue.astimezone(zone).date() if last_issue else today
    found: list[Span] = []
    for setting in config.collections:
        spans = [_choose_span(setting, today, t)]
        while (before := _choose_span(setting, spans[-1].first, t)).last >= since:
            spans.append(before)
        found += [each for each in reversed(spans) if each.slug not in there]
    return found


def _choose_span(setting: Collection, today: date, t: Say) -> Span:
    """The week (Monday to Sunday) or month that is just over."""
    if setting.every == "week":
        last = today - timedelta(days=today.weekday() + 1)
        first = last - timedelta(days=6)
        mark = f"{first:%G}-W{first:%V}"
    else:
        last = today.replace(day=1) - timedelta(days=1)
        first = last.replace(day=1)
        mark = f"{first:%Y-%m}"
    name = f"{setting.name} · {_say_days(first, last, t)}"
    return Span(_slug(f"{setting.name}-{mark}"), name, first, last, setting.topic, setting.items)


def best(issues: Sequence[tuple[Digest, str]], asked: Span) -> list[CollectedItem]:
    """The items that a collection holds, the best first: by score, each story once, in its best telling."""
    every = [
        CollectedItem(item, digest, folder)
        for digest, folder in issues
        for item in items(digest)
        if asked.topic in (None, item.topic)
    ]
    story = _stories(every)
    ordered = sorted(every, key=lambda f: (-_score(f.item), -f.digest.number, f.item.number))
    chosen: dict[str, CollectedItem] = {}
    for found in ordered:
        chosen.setdefault(story[number_of(found.item, found.digest)], found)
    return list(chosen.values())[: asked.items]


def collection(found: Sequence[CollectedItem], asked: Span, config: Config, now: datetime) -> Digest:
    """The collection's digest: sections in the order of feeds.yaml, in each the best first."""
    order = {topic.id: n for n, topic in enumerate(config.topics)}
    by_topic: dict[str, list[CollectedItem]] = {}
    for each in found:
        by_topic.setdefault(each.item.topic if each.item.topic in order else OTHER, []).append(each)
    sections: list[Section] = []
    total = 0
    for topic in sorted(by_topic, key=lambda name: order.get(name, len(order))):
        group = tuple(_renumber_item(each, total + n) for n, each in enumerate(by_topic[topic], 1))
        total += len(group)
        sections.append(replace(_section(topic, config), items=group))
    lead_code = number_of(found[0].item, found[0].digest)
    lead = next(item for section in sections for item in section.items if item.code == lead_code)
    text = "\n".join(f"{each.item.title}\n{each.item.summary}" for each in found)
    return Digest(
        account=config.account.name,
        positioning=config.account.positioning,
        language=config.account.language,
        timezone=config.account.timezone,
        number=0,
        date=asked.last,
        edition=1,
        lead=lead,
        sections=tuple(sections),
        credits=_credits(found),
        minutes=max(1, reading_minutes(text)),
        made=now,
        name=asked.name,
        replies=config.replies,
    )


def pictures(found: Sequence[CollectedItem]) -> dict[str, tuple[str, str]]:
    """The pictures of a collection: its own file name -> folder and file of the issue that has it."""
    return {
        _picture(each): (each.folder, each.item.image.file)
        for each in found
        if each.item.image and each.item.image.file
    }


def _renumber_item(found: CollectedItem, number: int) -> Item:
    item = replace(found.item, number=number, code=number_of(found.item, found.digest))
    return (
        replace(item, image=replace(item.image, file=_picture(found)))
        if item.image and item.image.file
        else item
    )


def _picture(found: CollectedItem) -> str:
    assert found.item.image
    suffix = found.item.image.file.rpartition(".")[2]
    return f"images/{number_of(found.item, found.digest)}.{suffix}"


def _stories(every: Sequence[CollectedItem]) -> dict[str, str]:
    """Number of each item -> the number that stands for its story: items that continue one another, or that have
    one address, are one story."""
    chief = {number_of(f.item, f.digest): number_of(f.item, f.digest) for f in every}

    def head(number: str) -> str:
        while chief[number] != number:
            number = chief[number]
        return number

    places = {(f.digest.number, f.item.number): number_of(f.item, f.digest) for f in every}
    first: dict[str, str] = {}
    for found in every:
        here = number_of(found.item, found.digest)
        same = [places.get(found.item.continues) if found.item.continues else None]
        same.append(first.setdefault(found.item.url, here) if found.item.url else None)
        for other in filter(None, same):
            chief[head(here)] = head(other)
    return {number: head(number) for number in chief}


def _score(item: Item) -> float:
    return sum(reason.points for reason in item.why)


def _section(name: str, config: Config) -> Section:
    topic = next((topic for topic in config.topics if topic.id == name), None)
    if topic is None:
        return Section(OTHER, say(message("other"), config.account.language), "📎", ())
    return Section(topic.id, topic.name, topic.icon, ())


def _credits(found: Sequence[CollectedItem]) -> tuple[Credit, ...]:
    homes = {credit.name: credit.url for each in found for credit in each.digest.credits}
    counts: dict[str, int] = {}
    for each in found:
        counts[each.item.source] = counts.get(each.item.source, 0) + 1
    ordered = sorted(counts, key=lambda name: -counts[name])
    return tuple(Credit(name, homes.get(name, ""), counts[name]) for name in ordered)


def _say_days(first: date, last: date, t: Say) -> str:
    """A span in words; a whole month by its name."""
    if first.day == 1 and (last + timedelta(days=1)).day == 1 and f"{first:%Y%m}" == f"{last:%Y%m}":
        return t("month", year=first.year, month=first.month)
    begins = {"year": first.year, "month": first.month, "day": first.day}
    ends = {"last_year": last.year, "last_month": last.month, "last_day": last.day}
    return t("days" if last.year == first.year else "days_over_years", **begins, **ends)


def _slug(text: str) -> str:
    return re.sub(r"[^\w-]+", "-", text).strip("-_").lower() or "collection"
