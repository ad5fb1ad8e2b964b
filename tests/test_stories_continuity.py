"""Across nights: an echo of what was told stays out, a story that goes on comes back as a continuation."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from curate.config.schema import Account
from curate.domain.model import Entry, IssuePlace
from curate.i18n.catalogue import say
from curate.ranking.signals import SIGNALS, Context, score
from curate.stories.merge import merge

MADE = datetime(2026, 11, 21, 22, 0, tzinfo=UTC)


def telling(source: str, title: str, text: str, *, hours: float) -> Entry:
    """An entry published so many hours after the issue was made."""
    return Entry(
        source,
        title,
        f"https://{source}.example/{abs(hash(title))}",
        title,
        MADE + timedelta(hours=hours),
        summary=text,
    )


FIRST = telling(
    "a", "临江跨江大桥昨日通车", "临江跨江大桥通车，全长4200米，首日三万辆车驶过，两岸车程十分钟。", hours=-3
)
LATER = [
    telling(
        "b",
        "临江跨江大桥通车第二天就限行",
        "临江跨江大桥通车次日早高峰拥堵，交通局宣布货车限行，4200米走了一小时。",
        hours=5,
    ),
    telling(
        "c",
        "货车限行！临江跨江大桥早高峰堵了一小时",
        "临江跨江大桥全长4200米，通车次日拥堵，货车即日起限行。",
        hours=6,
    ),
]
PLACES = {FIRST.key: IssuePlace(12, 3, MADE)}


def test_new_tellings_by_sources_that_had_not_told_it_are_a_continuation() -> None:
    stories, verdicts = merge(LATER, [FIRST], places=PLACES)
    assert [story.continues for story in stories] == [(12, 3)]
    assert {stories[0].lead.key, *(echo.entry.key for echo in stories[0].echoes)} == {e.key for e in LATER}
    assert all("第 12 期" not in say(verdict.message, "zh") for verdict in verdicts)


def test_one_late_telling_is_an_echo_and_names_the_issue() -> None:
    stories, verdicts = merge(LATER[:1], [FIRST], places=PLACES)
    assert stories == []
    assert say(verdicts[0].message, "zh") == f"第 12 期第 3 条讲过：《{FIRST.title}》"
    assert "told in issue 12, item 3" in say(merge(LATER[:1], [FIRST], places=PLACES)[1][0].message, "en")


def test_what_was_published_before_the_issue_or_without_a_date_continues_nothing() -> None:
    early = [replace(entry, published=MADE - timedelta(hours=1)) for entry in LATER]
    undated = [replace(entry, dated=False) for entry in LATER]
    for entries in (early, undated):
        stories, verdicts = merge(entries, [FIRST], places=PLACES)
        assert stories == []
        assert len(verdicts) == 2


def test_copies_of_what_was_told_continue_nothing() -> None:
    body = "临江跨江大桥通车。" + "".join(
        f"第{n}号桥墩由{n * 7}根桩撑起，工人守了{n * 3}个夜晚。" for n in range(9)
    )
    old = replace(FIRST, content=body)
    copies = [replace(entry, summary="", content=f"转载：{body}") for entry in LATER]
    stories, verdicts = merge(copies, [old], places={old.key: IssuePlace(12, 3, MADE)})
    assert stories == []
    assert all("第 12 期第 3 条讲过" in say(verdict.message, "zh") for verdict in verdicts)


def test_the_same_entry_again_names_where_it_was_published() -> None:
    stories, verdicts = merge([FIRST], [FIRST], places=PLACES)
    assert stories == []
    assert [say(verdict.message, "zh") for verdict in verdicts] == ["第 12 期第 3 条已发布"]


def test_a_continuation_has_a_reason_of_its_own() -> None:
    story = merge(LATER, [FIRST], places=PLACES)[0][0]
    context = Context(MADE + timedelta(hours=8), Account(name="早读"), {}, timedelta(hours=48), {})
    reasons = {reason.signal: reason for reason in score(story, context)[1]}
    assert reasons["continuity"].points > 0
    assert say(reasons["continuity"].message, "zh") == "第 12 期第 3 条的后续，又有 2 个来源报道"
    assert SIGNALS["continuity"](replace(story, continues=None), context).points == 0
