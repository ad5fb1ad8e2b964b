"""What makes two tellings one event, and what forbids it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from curate.domain.model import Entry
from curate.stories.document_frequency import DocumentFrequency, idf, rarity
from curate.stories.merge import merge
from curate.stories.quantities import days_of, without_dates
from curate.stories.same_event import facts_of, features, probability, strip_label
from curate.stories.series import find_held_titles, find_same_titles, find_series
from curate.text.entry_text import fold_text

NOW = datetime(2026, 11, 30, 6, tzinfo=UTC)


def entry(source: str, title: str, text: str = "", hours: float = 1.0) -> Entry:
    return Entry(source, f"{source} {title}", "", title, NOW - timedelta(hours=hours), content=text)


def count(*entries: Entry) -> int:
    return len(merge(entries)[0])


@pytest.mark.parametrize(
    ("title", "stripped"),
    [
        ("【早读】旧桥封闭检修", "旧桥封闭检修"),
        ("观察 | 旧桥封闭检修", "旧桥封闭检修"),
        ("旧桥封闭检修｜城事早报", "旧桥封闭检修"),
        ("【非必要不出行，多地发布通知】旧桥封闭", "【非必要不出行，多地发布通知】旧桥封闭"),
        ("观察 | 桥", "观察 桥"),
        (
            "旧桥封闭检修，通勤怎么办 | 两位老师傅说旧桥的过去",
            "旧桥封闭检修，通勤怎么办 两位老师傅说旧桥的过去",
        ),
    ],
)
def test_a_columns_name_is_cut_off_a_title(title: str, stripped: str) -> None:
    assert strip_label(title) == stripped


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("早报（6月15日）", {(6, 15)}),
        ("早报 2026.6.5 周五", {(6, 5)}),
        ("复盘 0616", {(6, 16)}),
        ("实盘：20260611", {(6, 11)}),
        ("2026年工作要点", set()),
        ("跌超4%", set()),
    ],
)
def test_the_days_that_a_title_names(title: str, days: set[tuple[int, int]]) -> None:
    assert days_of(title) == days
    assert not days or not days_of(without_dates(title))


def series(one: str, other: str) -> bool:
    return bool(find_series([fold_text(one), fold_text(other)], np.array([0]), np.array([1]))[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("早盘资讯（6月15日）", "早盘资讯（6月16日）"),
        ("【红色账本】第7集：铜元有字", "【红色账本】第8集：分得田地"),
        ("写给女儿的第十二封信：雪", "写给女儿的第十三封信：雨后的路"),
        ("Notes on rivers, part 2", "Notes on rivers, part 3"),
    ],
)
def test_parts_of_a_series_are_not_one_event(one: str, other: str) -> None:
    assert series(one, other)
    assert count(entry("a", one), entry("b", other)) == 2


def test_two_tellings_of_one_event_are_no_series() -> None:
    assert not series("城北旧桥今夜封闭检修", "旧桥封闭，城北绕行指南")


def test_one_title_is_one_event_however_common_its_words_are() -> None:
    one, other = "【百年天天读】6月9日", "百年天天读 · 6月9日"
    assert find_same_titles([fold_text(one), fold_text(other), "早报"], range(3)) == [(0, 1)]
    assert count(entry("a", one), entry("b", other)) == 1


def test_places_that_differ_keep_two_warnings_apart() -> None:
    assert facts_of("四川发布暴雨蓝色预警，3人转移").places == {"四川"}
    one, other = "临沂发布暴雨蓝色预警 转移群众", "四川发布暴雨蓝色预警 转移群众"
    assert count(entry("a", one), entry("b", other)) == 2
    assert count(entry("a", one), entry("b", one.replace("转移群众", "转移沿河群众"))) == 1


def test_what_is_shared_raises_the_probability_and_what_differs_lowers_it() -> None:
    def sure(meaning: float | None, one: str, other: str, days: float) -> float:
        column = np.array([np.nan if meaning is None else meaning])
        facts = [(facts_of(one), facts_of(other))]
        return float(
            probability(features(np.array([0.3]), np.array([1.0]), column, facts, np.array([days])))[0]
        )

    plain = sure(0.6, "旧桥封闭", "旧桥检修", 0.5)
    assert sure(0.9, "旧桥封闭", "旧桥检修", 0.5) > plain > sure(0.6, "旧桥封闭", "旧桥检修", 2.5)
    assert sure(0.6, "旧桥封闭40天", "旧桥检修40天", 0.5) > plain > sure(0.6, "上海旧桥", "成都旧桥", 0.5)
    assert 0 < sure(None, "旧桥封闭", "旧桥检修", 0.5) < 1


def test_a_clause_that_a_source_puts_under_everything_ties_nothing() -> None:
    closing = "具体安排见正文，居民可提前留意路牌与公告，由街道办统一发布第{}号说明。"
    titles = [
        "城北旧桥今夜封闭检修",
        "新地铁站出口下周开放",
        "社区食堂推出早餐时段",
        "图书馆延长夜间开放时间",
    ]
    entries = [
        entry(source, title, title + "，" + closing.format(i), hours=i)
        for source in ("a", "b")
        for i, title in enumerate(titles)
    ]
    assert count(*entries) == len(titles)


def test_a_word_is_as_common_as_where_it_is_most_common() -> None:
    read = DocumentFrequency.of_titles(["渡轮停航"] * 5 + ["别的事情"] * 995)
    names = ["渡轮", "中国", "从没见过的词"]
    weights = idf(names, np.array([1, 1, 1]), 100, 9.0, read)
    assert weights[0] < weights[2]
    assert rarity(weights)[1] < 0.2 < rarity(weights)[0] < rarity(weights)[2] <= 1
    few = DocumentFrequency.of_titles(["渡轮停航"] * 30)
    assert idf(["渡轮"], np.array([1]), 100, 9.0, few)[0] == pytest.approx(weights[2])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("潮汐面板正式发布，旧机型也能装。", "Halyard 已更新，全面支持 Tidepanel！"),
        ("旧机型也能装的面板发布了", "帆索 2 换了新图标"),
    ],
)
def test_an_address_that_two_short_notes_share_ties_nothing(first: str, second: str) -> None:
    link = "harborboard.example/r/homelab/comments/x7k2q9/quayside_megathread"
    assert count(entry("a", first, f"{first}\n{link}"), entry("b", second, f"{second}\n{link}")) == 2
    assert count(entry("a", first, f"{first}\n{link}"), entry("b", first, first)) == 1


def test_a_listing_that_has_a_title_whole_tells_the_same() -> None:
    title = "究竟有几座“哑桥”多年没人巡检？"
    text = (
        "北坪县的三个乡把木廊修了又修，账上却查不到养护的人。水利站的老站长翻出旧档案，登记的还是二十年前的名字。"
        "县里答应入冬之前普查一遍，先给三处过水的路面装上水位尺，再定由谁管、钱从哪里出。"
    )
    listed = f"本地要闻人物专题图集视频直播访谈评论：{title}海川晚报新闻客户端首页推荐频道-7小时前"
    told = entry("a", title, text * 2)
    assert count(told, entry("b", listed)) == count(told, entry("b", listed, listed)) == 1
    assert count(told, entry("a", listed)) == 2


def test_which_titles_stand_whole_in_others() -> None:
    titles = [
        "渡口老街二十三家老店要搬走",
        "快讯：渡口老街二十三家老店要搬走",
        "渡口老街",
        "Ferries stop",
        "Ferries stop in Bay",
    ]
    titles = [fold_text(title) for title in titles]
    assert find_held_titles(titles, [1]) == [(0, 1)]
    assert find_held_titles(titles, [2, 3]) == []
