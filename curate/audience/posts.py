"""What was published, with what readers did: an issue's post, or one of its topics', beside its counts. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from curate.audience.match_posts import WHOLE, Matching, match
from curate.audience.model import ACCOUNT, EVERYWHERE, HOUR_UNKNOWN, Figure, Record
from curate.domain.model import Digest, Item

UNITS = ("users", "times")  # 人数 and 次数
BY_DAY = "account"  # PublishedPost.how of an issue whose day's figures of the whole account stand for it


@dataclass(frozen=True, slots=True)
class PublishedPost:
    """A post of ours, what was in it, and what readers did; counts are over all channels and since publication."""

    number: int
    topic: str  # Section.id, or WHOLE
    title: str
    day: date
    hour: int
    items: tuple[Item, ...]
    lead: Item
    line: str  # the sharing line of its issue, "" without
    counts: Mapping[str, float]  # by measure
    how: str  # Match.how, or BY_DAY


@dataclass(frozen=True, slots=True)
class Readership:
    """Everything that is known, put together."""

    published: tuple[PublishedPost, ...]  # oldest first
    followers: Mapping[date, Mapping[str, float]]  # day -> new, cancelled, net, followers
    account: Mapping[date, Mapping[str, float]]  # day -> the whole account's counts
    matching: Matching
    digests: tuple[Digest, ...]


def readership(record: Record, digests: Sequence[Digest]) -> Readership:
    """Match posts to issues and gather their counts. An issue without a post of its own is given the account's figures of
    its day, where nothing else was published on it: they hold what older posts were still read, and `how` says so."""
    matching = match(record.posts, digests)
    issues = {digest.number: digest for digest in digests}
    by_post: dict[str, list[Figure]] = defaultdict(list)
    by_day: dict[date, list[Figure]] = defaultdict(list)
    for figure in record.figures:
        if figure.post == ACCOUNT:
            by_day[figure.day].append(figure)
        else:
            by_post[figure.post].append(figure)
    days = {day: totals(figures) for day, figures in by_day.items()}
    found = []
    for key, place in matching.matches.items():
        digest, post = issues[place.number], record.posts[key]
        items = _items(digest, place.topic)
        if items:
            found.append(
                PublishedPost(
                    place.number,
                    place.topic,
                    post.title,
                    post.published,
                    post.hour,
                    items,
                    digest.lead if place.topic == WHOLE else items[0],
                    digest.sharing,
                    totals(by_post[key]),
                    place.how,
                )
            )
    told = {one.number for one in found if one.counts}
    others = {record.posts[key].published for key in matching.unmatched}
    for digest in digests:
        counts = {} if digest.date in others else days.get(digest.date, {})
        if digest.number not in told and any(name.startswith("read_") for name in counts):
            items = _items(digest, WHOLE)
            title = digest.lead.title
            found.append(
                PublishedPost(digest.number, WHOLE, title, digest.date, HOUR_UNKNOWN, items, digest.lead, digest.sharing, counts, BY_DAY)
            )  # fmt: skip
    found.sort(key=lambda one: (one.day, one.number, one.topic))
    followers = {day: _only(counts, ("new", "cancelled", "net", "followers")) for day, counts in days.items()}
    return Readership(tuple(found), {d: c for d, c in followers.items() if c}, days, matching, tuple(digests))


def totals(figures: Iterable[Figure]) -> dict[str, float]:
    """Measure -> count over all channels: the total where one is known, else the sum of days.

    Times add up over channels where no figure for all of them is given; people do not, since one person may come
    by several.
    """
    days: dict[tuple[str, str], float] = defaultdict(float)
    whole: dict[tuple[str, str], float] = defaultdict(float)
    for figure in figures:
        key = (figure.measure, figure.channel)
        if figure.span == "total":
            whole[key] = max(whole[key], figure.value)
        else:
            days[key] += figure.value
    by_channel = {key: max(whole.get(key, 0.0), days.get(key, 0.0)) for key in {*whole, *days}}
    found = {measure: value for (measure, channel), value in by_channel.items() if channel == EVERYWHERE}
    for measure in {measure for measure, _ in by_channel} - set(found):
        if measure.endswith("_times"):
            found[measure] = sum(value for (name, _), value in by_channel.items() if name == measure)
    return found


def passed_on(counts: Mapping[str, float], unit: str) -> tuple[float, float] | None:
    """(shared, read) in people or in times; None where either is unknown or nobody read. Never more shared than read."""
    shared, read = counts.get(f"share_{unit}"), counts.get(f"read_{unit}")
    if shared is None or not read:
        return None
    return min(shared, read), read


def _items(digest: Digest, topic: str) -> tuple[Item, ...]:
    return tuple(
        item for section in digest.sections if topic in (WHOLE, section.id) for item in section.items
    )


def _only(counts: Mapping[str, float], names: Sequence[str]) -> dict[str, float]:
    return {name: counts[name] for name in names if name in counts}
