"""Titles that tell no piece of news by themselves, and what becomes of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from curate.config.schema import Account, Source
from curate.domain.model import Entry, Story
from curate.ranking.signals import NEVER_LEADS, Context, score
from curate.stories.bulletins import find_bulletins, tells_several
from curate.stories.merge import merge

NOW = datetime(2026, 11, 30, tzinfo=UTC)


def entry(title: str, source: str = "a", text: str = "", *, original: bool = False) -> Entry:
    published = NOW - timedelta(hours=5)
    return Entry(source, title, "", title, published, content=text, original=original)


@pytest.mark.parametrize(
    ("title", "several"),
    [
        ("海川地铁五号线开通；临江大桥封闭检修｜城事晨报", True),
        ("晨间 | 云帆收购飞梭快递 / 知音模型全部开源 / 栖霞岛渡轮停航半天", True),
        ("飞梭快递涨价/鹿鸣路图书馆通宵开放/《山河旧事》定档春节", True),
        ("海川地铁五号线今早开通，首日客流三十万", False),
        ("温湿度/气压传感器怎么接", False),
        ("紧凑型怎么选：远山H6/长河CS75/海鸥Pro", False),
        ("所有 rootless / roothide 用户都要更新吗", False),
        ("Rates rise again; markets fall in early trading", False),
        ("去海川；回海川", False),
        ("渡轮为何停航 昨天清晨风浪太大，三条航线都没有开；" + "码头上的人等到中午，" * 8, False),
    ],
)
def test_headlines_side_by_side_are_several_pieces(title: str, several: bool) -> None:
    assert tells_several(title) is several


def test_a_title_that_a_source_repeats_but_for_its_number_is_a_columns() -> None:
    read = [
        *[("a", f"海川晚报 · 11{day}") for day in (26, 27)],
        *[("a", f"旧物志 {n}") for n in (41, 42)],
        *[("a", f"小锚 2.0.{n} 更新") for n in (4, 7, 8)],
        *[("b", f"小锚 2.0.{n} 更新") for n in (1, 2)],
        ("a", "海川地铁五号线开通"),
        ("a", "海川地铁五号线开通！"),
    ]
    titles = ("海川晚报 · 1130", "旧物志 43", "小锚 2.0.9 更新", "海川地铁五号线开通", "第 3 座跨江大桥合龙")
    found = find_bulletins([*map(entry, titles), entry("小锚 2.0.2 更新", "b"), entry("旧物志 9", "c")], read)
    assert {name for _, name in found} == {"海川晚报 · 1130", "旧物志 43", "小锚 2.0.9 更新"}
    assert set(found.values()) == {"column"}


def test_a_bulletin_gives_way_and_never_leads_unless_the_editor_wrote_it() -> None:
    told = "海川地铁五号线开通；临江大桥封闭检修｜城事晨报"

    def why(lead: Entry) -> dict[str, float]:
        context = Context(
            NOW,
            Account(name="早读"),
            {"a": Source(name="甲报", id="a", url="https://a.example")},
            timedelta(hours=48),
            {},
            bulletins=find_bulletins([lead], ()),
        )
        return {reason.signal: reason.points for reason in score(Story(lead), context)[1]}

    assert why(entry(told))["bulletin"] < 0
    assert NEVER_LEADS in why(entry(told))
    assert "bulletin" not in why(entry(told, original=True))
    assert NEVER_LEADS not in why(entry("海川地铁五号线开通"))


def test_a_bulletin_leads_no_story_that_a_piece_of_its_own_tells() -> None:
    text = "海川地铁五号线今早开通，全长三十二公里，首日客流三十万，末班车延到零点。"
    short = entry("海川地铁五号线今早开通", "a", text)
    bulletin = entry("海川地铁五号线今早开通；鹿鸣路图书馆通宵开放 | 城事晨报", "b", text * 3)
    (story,), _ = merge([short, bulletin])
    assert story.lead == short
