"""The site's pages: each a function of the editions that it shows, and of nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from curate.config.schema import Account
from curate.i18n.catalogue import speaker
from curate.render.messages import cut_text
from curate.render.templating import safe
from curate.site import paths
from curate.site.editions import Edition, ItemRow, Reader
from curate.site.index_cards import Card, SourceTotal, Spot, TopicCard

NEWEST = 30  # items on the first page of a topic and on a source's page
_DESCRIPTION = 150  # characters; search engines show no more
_TITLES = 3  # of an issue, in its description

Page = tuple[str, bytes]


class Review(NamedTuple):
    """A collection: its slug and its edition."""

    slug: str
    edition: Edition


@dataclass(frozen=True, slots=True)
class Site:
    """All that pages are made of."""

    account: Account
    replies: bool  # whether readers can send an item's number to the account
    url: str  # where the site stands, "" where that is not known
    fill: Callable[[str, Mapping[str, Any]], str]
    read: Reader
    cards: Mapping[int, Card]  # by number, in order
    threads: Mapping[Spot, tuple[Spot, ...]]
    topics: Mapping[str, TopicCard]
    sources: Mapping[str, SourceTotal]
    reviews: tuple[Review, ...]  # the newest first
    frames: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)  # made so far

    def row(self, spot: Spot) -> ItemRow:
        return self.read(spot.issue).rows[spot.item]

    def of_month(self, name: str) -> list[Card]:
        """The cards of a month, the newest first."""
        return [card for card in reversed(self.cards.values()) if card.month == name]  # type: ignore[call-overload]

    @property
    def newest(self) -> Card | None:
        return next(reversed(self.cards.values()), None)  # type: ignore[call-overload]


def page(
    site: Site,
    path: str,
    template: str,
    title: str,
    description: str,
    current: str = "",
    image: str = "",
    **own: Any,
) -> Page:
    """One page. `current`: which entry of the main navigation it belongs to; `image`: its picture, a path of ours."""
    feed, root = own.pop("feed", paths.ATOM), paths.root(path)
    if (root, current, feed) not in site.frames:
        site.frames[root, current, feed] = _frame(site, root, current, feed)
    values = {
        **site.frames[root, current, feed],
        "title": cut_text(title, 90),
        "description": cut_text(description, _DESCRIPTION),
        "canonical": paths.absolute(site.url, path),
        "image": paths.absolute(site.url, image) if image else "",
        **own,
    }
    return path, site.fill(f"site/{template}.html.j2", values).encode()


def _frame(site: Site, root: str, current: str, feed: str) -> dict[str, Any]:
    """What the pages of one depth share: the names that templates use, and the parts that are made once for all."""
    language = site.account.language
    values = {
        "language": language,
        "lang": "en" if language == "en" else "zh-CN",
        "t": speaker("site", language),
        "account": site.account,
        "replies": site.replies,
        "root": root,
        "to": lambda target: paths.link(root, target),
        "paths": {name: value for name, value in vars(paths).items() if isinstance(value, str)},
        "path_of": {"topic": paths.topic, "issue": paths.issue, "month": paths.month, "source": paths.source,
                    "collection": paths.collection},
        "month_name": lambda name: month_name(name, speaker("site", language)),
        "current": current,
        "feed": feed,
    }  # fmt: skip
    parts = ("head", "top", "foot")
    frame = {part: safe(site.fill("site/frame.html.j2", {**values, "part": part})) for part in parts}
    return {**values, "frame": frame}


def _words(site: Site) -> Callable[..., str]:
    return speaker("site", site.account.language)


def month_name(name: str, t: Callable[..., str]) -> str:
    year, _, month = name.partition("-")
    return t("month", y=year, m=int(month))


def of_issue(site: Site, number: int, *, home: bool = False) -> Page:
    """An issue; the newest one is the site's front as well."""
    edition, t = site.read(number), _words(site)
    numbers = list(site.cards)
    at = numbers.index(number)
    name, titles = t("issue", n=number), "；".join(row.title for row in list(edition.rows.values())[:_TITLES])
    return page(
        site, paths.HOME if home else paths.issue(number), "issue",
        site.account.name if home else f"{name} · {site.account.name}",
        t("description_issue", account=site.account.name, n=number, date=edition.day, titles=titles),
        "today" if home else "issues", edition.cover,
        edition=edition, name=name, home=home, number=number,
        older=numbers[at - 1] if at else None,
        newer=numbers[at + 1] if at + 1 < len(numbers) else None,
    )  # fmt: skip


def of_story(site: Site, spot: Spot) -> Page:
    """An item: all its tellings, and the other issues that told of it."""
    edition, row = site.read(spot.issue), site.row(spot)
    order = sorted(edition.rows)
    at = order.index(spot.item)
    topic = next((part for part in edition.parts if part.id == row.topic), None)
    return page(
        site, row.page, "story", f"{row.title} · {site.account.name}", row.summary or row.title, "",
        row.picture or edition.cover,
        edition=edition, row=row, topic=topic,
        thread=[site.row(each) for each in site.threads.get(spot, ())],
        previous=edition.rows[order[at - 1]] if at else None,
        next=edition.rows[order[at + 1]] if at + 1 < len(order) else None,
    )  # fmt: skip


def of_month(site: Site, name: str) -> Page:
    """The issues of a month."""
    editions = [site.read(card.number) for card in site.of_month(name)]
    return page(
        site, paths.month(name), "month", f"{month_name(name, _words(site))} · {site.account.name}",
        "；".join(edition.lead.title for edition in editions[:_TITLES]), "issues",
        editions=editions, month=name,
    )  # fmt: skip


def of_issues(site: Site) -> Page:
    """All months with how much they hold, and the newest issues."""
    t = _words(site)
    years = [
        (year, list(group)) for year, group in groupby(months(site.cards.values()), key=lambda m: m[0][:4])
    ]
    newest = [site.read(number) for number in list(site.cards)[:-8:-1]]
    return page(
        site, paths.ISSUES, "issues", f"{t('issues')} · {site.account.name}",
        f"{site.account.name} · {t('issues_n', n=len(site.cards))}", "issues", years=years, editions=newest,
    )  # fmt: skip


def of_topics(site: Site) -> Page:
    t = _words(site)
    names = "、".join(topic.name for topic in site.topics.values())
    return page(
        site, paths.TOPICS, "topics", f"{t('topics')} · {site.account.name}", f"{site.account.name} · {names}",
        "topics", topics=[(topic, rows_of(site, topic.id, limit=1)) for topic in site.topics.values()],
    )  # fmt: skip


def of_topic(site: Site, name: str, month: str = "") -> Page:
    """A topic's newest items; with `month`, all of that month."""
    topic = site.topics[name]
    rows = rows_of(site, name, month)
    when = month_name(month, _words(site)) if month else ""
    return page(
        site, paths.topic(name, month or "index"), "topic",
        " · ".join(part for part in (topic.name, when, site.account.name) if part),
        "；".join(row.title for row in rows[:_TITLES]), "topics",
        topic=topic, rows=rows, month=month, months=[] if month else months(site.cards.values(), name),
        feed=paths.topic_feed(name, paths.ATOM), days=by_day(rows),
    )  # fmt: skip


def rows_of(site: Site, name: str, month: str = "", limit: int = NEWEST) -> list[ItemRow]:
    """A topic's items: those of a month, or the newest."""
    rows: list[ItemRow] = []
    for card in site.of_month(month) if month else reversed(site.cards.values()):  # type: ignore[call-overload]
        if not month and len(rows) >= limit:
            break
        if any(topic.id == name for topic in card.topics):
            rows.extend(row for part in site.read(card.number).parts if part.id == name for row in part.rows)
    return rows if month else rows[:limit]


def of_sources(site: Site) -> Page:
    """All sources, the most fruitful first, each with its newest item."""
    t = _words(site)
    most = max((total.led for total in site.sources.values()), default=0) or 1
    return page(
        site, paths.SOURCES, "sources", f"{t('sources')} · {site.account.name}",
        "、".join(total.name for total in list(site.sources.values())[:20]), "sources",
        totals=[(total, [site.row(spot) for spot in total.spots[:1]]) for total in site.sources.values()],
        most=most,
    )  # fmt: skip


def of_source(site: Site, name: str) -> Page:
    """What one source brought: its newest items."""
    total, t = site.sources[name], _words(site)
    rows = [site.row(spot) for spot in total.spots]
    return page(
        site, paths.source(name), "source", f"{total.name} · {site.account.name}",
        f"{total.name} · {t('led', n=total.led)} · {t('echoed', n=total.echoed)}", "sources",
        total=total, rows=rows, days=by_day(rows),
    )  # fmt: skip


def of_collections(site: Site) -> Page:
    t = _words(site)
    return page(
        site, paths.COLLECTIONS, "collections", f"{t('collections')} · {site.account.name}", t("collections_hint"),
        "issues", reviews=site.reviews,
    )  # fmt: skip


def of_collection(site: Site, review: Review) -> Page:
    edition = review.edition
    return page(
        site, paths.collection(review.slug), "collection", f"{edition.digest.name} · {site.account.name}",
        "；".join(row.title for row in list(edition.rows.values())[:_TITLES]), "issues", edition.cover,
        edition=edition, collected=True,
    )  # fmt: skip


def plain(site: Site, path: str, template: str, word: str) -> Page:
    """A page that shows no item: search, offline, 404."""
    t = _words(site)
    current = "search" if template == "search" else ""
    hint = site.account.positioning if template == "empty" else t(f"{template}_hint")
    return page(site, path, template, f"{t(word)} · {site.account.name}", hint, current, base=site.url)


def months(cards: Iterable[Card], topic: str = "") -> list[tuple[str, int]]:
    """Months with how many items they hold (of a topic), the newest first."""
    found: dict[str, int] = {}
    for card in cards:
        many = sum(part.items for part in card.topics if part.id == topic) if topic else len(card.items)
        found[card.month] = found.get(card.month, 0) + many
    return sorted(((name, many) for name, many in found.items() if many), reverse=True)


def by_day(rows: Sequence[ItemRow]) -> list[tuple[str, list[ItemRow]]]:
    """Rows under their days, in the order they come."""
    return [(day, list(group)) for day, group in groupby(rows, key=lambda row: row.day)]
