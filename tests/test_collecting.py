"""Collections: the best of a span of days, one story once, under the numbers they were published by."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Literal

import pytest

from curate.config.schema import Collection
from curate.domain.model import Digest, Item, Reason
from curate.pipeline.collections import best, collection, due, pictures, span
from curate.render import CHANNELS, render
from tests.render_samples import PACKAGES, TEMPLATES, texts_in
from tests.site_samples import CONFIG, issue, site_files

NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


def scored(digest: Digest, points: float) -> Digest:
    """The issue with scores: later items of it weigh less."""

    def item(one: Item) -> Item:
        return replace(
            one, why=(Reason("freshness", points - one.number / 100, "新"),), url=f"{one.url}?{digest.number}"
        )

    sections = tuple(replace(s, items=tuple(map(item, s.items))) for s in digest.sections)
    return replace(digest, sections=sections, lead=item(digest.lead))


ISSUES = [(scored(issue(number), number % 7), f"{issue(number).date}-1") for number in range(300, 312)]


def test_the_best_come_first_and_each_story_once() -> None:
    asked = span(CONFIG, None, FIRST, LAST, items=99)
    found = best(ISSUES, asked)
    scores = [sum(reason.points for reason in f.item.why) for f in found]
    assert scores == sorted(scores, reverse=True)
    sixth = [f for f in found if f.item.number == 6]
    assert len(sixth) == 1, "one story, told on every day"
    assert sixth[0].digest.number % 7 == 6, "its best telling"
    assert len(best(ISSUES, asked._replace(items=5))) == 5
    assert [f.item.url for f in best(ISSUES, asked._replace(items=5))] == [f.item.url for f in found[:5]]


def test_the_same_address_twice_is_one_story() -> None:
    (one, folder), (other, _) = ISSUES[1], ISSUES[3]
    twice = replace(other.sections[0].items[0], url=one.sections[0].items[0].url, continues=None)
    other = replace(other, sections=(replace(other.sections[0], items=(twice,)),), lead=twice)
    one = replace(one, sections=(replace(one.sections[0], items=one.sections[0].items[:1]),))
    assert len(best([(one, folder), (other, folder)], span(CONFIG, None, FIRST, LAST))) == 1


def test_a_topic_alone() -> None:
    found = best(ISSUES, span(CONFIG, "money", FIRST, LAST))
    assert found
    assert {f.item.topic for f in found} == {"money"}


def test_items_keep_the_numbers_they_were_published_by() -> None:
    asked = span(CONFIG, None, FIRST, LAST)
    found = best(ISSUES, asked)
    digest = collection(found, asked, CONFIG, NOW)
    codes = {item.code for section in digest.sections for item in section.items}
    assert codes == {f"{f.digest.number}{f.item.number:02d}" for f in found}
    assert digest.number == 0
    assert digest.name == "精选 · 2026 年 11 月"
    assert [i.number for s in digest.sections for i in s.items] == list(range(1, len(found) + 1))
    assert digest.lead.code == f"{found[0].digest.number}{found[0].item.number:02d}"
    order = [topic.id for topic in CONFIG.topics]
    assert [order.index(s.id) for s in digest.sections] == sorted(order.index(s.id) for s in digest.sections)


@pytest.mark.parametrize("channel", sorted(set(CHANNELS) - {"cards"}))  # which are pictures
def test_every_channel_shows_its_name_and_those_numbers(channel: str) -> None:
    asked = span(CONFIG, "money", FIRST, LAST, items=4)
    found = best(ISSUES, asked)
    digest = collection(found, asked, CONFIG.model_copy(update={"replies": True}), NOW)
    files, failures = render(digest, [channel], TEMPLATES)
    assert failures == ()
    assert files
    for name, body in texts_in(files).items():
        text = body.decode()
        assert "第 0 期" not in text, name
        if channel in PACKAGES:  # where the codes mean nothing
            continue
        assert "2026 年 11 月" in text, name
        for item in (item for section in digest.sections for item in section.items):
            assert item.code in text, (name, item.code)


def test_two_collections_are_two_entries_of_a_feed() -> None:
    texts = []
    for topic in ("money", "science"):
        asked = span(CONFIG, topic, FIRST, LAST)
        digest = collection(best(ISSUES, asked), asked, CONFIG, NOW)
        texts.append(render(digest, ["feed"], TEMPLATES)[0]["feed.atom"].decode())
    ids = [text.split("<entry>")[1].split("</id>")[0] for text in texts]
    assert ids[0] != ids[1]


def test_pictures_come_along_under_the_items_numbers() -> None:
    asked = span(CONFIG, None, FIRST, LAST, items=99)
    found = best(ISSUES, asked)
    named = pictures(found)
    digest = collection(found, asked, CONFIG, NOW)
    files = {item.image.file for s in digest.sections for item in s.items if item.image and item.image.file}
    assert files == named.keys()
    assert len(named) > 3
    for file, (folder, original) in named.items():
        number = file.removeprefix("images/").removesuffix(".jpg")[:3]
        assert (folder, original) == (f"{issue(int(number)).date}-1", "images/01.jpg")


def test_a_collection_is_a_page_of_the_site() -> None:
    asked = span(CONFIG, "money", FIRST, LAST)
    digest = collection(best(ISSUES, asked), asked, CONFIG, NOW)
    made, _ = site_files([d for d, _ in ISSUES], reviews={asked.slug: digest})
    page = made[f"collection/{asked.slug}.html"].decode()
    for item in (item for section in digest.sections for item in section.items):
        assert f'href="../story/{item.code[:-2]}/{item.code}.html"' in page
    assert f'href="collection/{asked.slug}.html"' in made["collections.html"].decode()


@pytest.mark.parametrize(
    ("every", "now", "slug", "days"),
    [
        ("week", "2026-11-23T08:00+08:00", "一周-2026-w47", ("2026-11-16", "2026-11-22")),
        ("week", "2026-11-29T23:00+08:00", "一周-2026-w47", ("2026-11-16", "2026-11-22")),
        ("week", "2027-01-04T06:00+08:00", "一周-2026-w53", ("2026-12-28", "2027-01-03")),
        ("month", "2026-12-01T06:00+08:00", "一周-2026-11", ("2026-11-01", "2026-11-30")),
        ("month", "2026-03-31T23:59+08:00", "一周-2026-02", ("2026-02-01", "2026-02-28")),
        (
            "month",
            "2026-11-30T17:00+00:00",
            "一周-2026-11",
            ("2026-11-01", "2026-11-30"),
        ),  # December in Shanghai
    ],
)
def test_a_scheduled_one_is_of_the_week_or_month_that_is_over(
    every: Literal["week", "month"], now: str, slug: str, days: tuple[str, str]
) -> None:
    config = CONFIG.model_copy(update={"collections": (Collection(name="一周", every=every),)})
    (found,) = due(config, datetime.fromisoformat(now), ())
    assert found.slug == slug
    assert (found.first.isoformat(), found.last.isoformat()) == days
    assert due(config, datetime.fromisoformat(now), (slug,)) == []


@pytest.mark.parametrize(
    ("every", "last_issue", "slugs"),
    [
        ("week", None, ["一周-2026-w51"]),
        ("week", "2026-12-21T06:00+08:00", ["一周-2026-w51"]),
        ("week", "2026-12-20T23:00+08:00", ["一周-2026-w51"]),
        ("week", "2026-12-03T06:00+08:00", ["一周-2026-w49", "一周-2026-w50", "一周-2026-w51"]),
        ("month", "2026-09-30T06:00+08:00", ["一周-2026-09", "一周-2026-10", "一周-2026-11"]),
        ("month", "2027-01-30T06:00+08:00", ["一周-2026-11"]),
    ],
)
def test_a_week_after_which_no_run_came_is_still_looked_back_on(
    every: Literal["week", "month"], last_issue: str | None, slugs: list[str]
) -> None:
    config = CONFIG.model_copy(update={"collections": (Collection(name="一周", every=every),)})
    now = datetime.fromisoformat("2026-12-24T06:00+08:00")
    last = datetime.fromisoformat(last_issue) if last_issue else None
    assert [found.slug for found in due(config, now, (), last)] == slugs
    assert [found.slug for found in due(config, now, slugs[:1], last)] == slugs[1:]


def test_spans_are_named_by_their_days() -> None:
    name = next(topic.name for topic in CONFIG.topics if topic.id == "money")
    assert span(CONFIG, "money", FIRST, LAST).name == f"{name} · 2026 年 11 月"
    assert (
        span(CONFIG, None, date(2026, 11, 2), date(2026, 11, 8)).name
        == "精选 · 2026 年 11 月 2 日至 11 月 8 日"
    )
    assert span(CONFIG, None, FIRST, LAST, "我的回顾").name == "我的回顾"
    assert span(CONFIG, None, FIRST, LAST).slug == "all-2026-11-01-2026-11-30"
