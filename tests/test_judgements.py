"""What the editor said about entries decides later nights: stories that are one, and what is an advert."""

from __future__ import annotations

from datetime import timedelta

from curate.adverts.detect import ADVERT, judge_adverts, with_marks
from curate.domain.model import EntryKey
from curate.i18n.catalogue import say
from curate.stories.merge import merge
from tests.nouns import NOW, entry

BODY = "<p>" + "月桥改造工程今天开工，工期四个月，行人可走西侧便道。" * 9 + "</p>"
OTHER = "<p>" + "市图书馆把闭馆时间推迟到晚上十点，读者可以凭身份证入馆。" * 9 + "</p>"
ONE = entry(1, source="a", title="月桥改造今天开工", content=BODY)
TWO = entry(
    2, source="b", title="市图书馆延长开放到晚上十点", content=OTHER, published=NOW - timedelta(hours=2)
)
PAIR = frozenset({frozenset({EntryKey("a", "id-1"), EntryKey("b", "id-2")})})


def test_what_the_editor_merged_is_one_story_with_that_reason() -> None:
    apart, _ = merge([ONE, TWO])
    assert len(apart) == 2
    (story,), verdicts = merge([ONE, TWO], together=PAIR)
    (echo,) = story.echoes
    assert (echo.method, echo.similarity, say(echo.why, "zh")) == ("editor", 1.0, "编辑说是一件事")
    assert [verdict.entry for verdict in verdicts] == [echo.entry]


def test_a_merge_joins_what_is_merged_with_either_and_a_split_wins() -> None:
    copy = entry(3, source="c", title="市图书馆延长开放到晚上十点", content=OTHER)
    (story,), _ = merge([ONE, TWO, copy], together=PAIR)
    assert len(story.echoes) == 2
    assert len(merge([ONE, TWO], together=PAIR, never=PAIR)[0]) == 2


def test_what_an_editor_says_of_an_advert_counts_more_than_what_is_judged() -> None:
    sells = entry(
        4, title="限时特惠：满 300 减 100，点击购买领取优惠券", content="<p>扫码下单，前 100 名立减。</p>"
    )
    judged = judge_adverts([sells, ONE])
    assert judged[sells.key].points >= ADVERT
    marked = with_marks(judged, {sells.key: False, ONE.key: True})
    assert sells.key not in marked
    assert (marked[ONE.key].points, say(marked[ONE.key].message, "zh")) == (1.0, "编辑标为推广")
