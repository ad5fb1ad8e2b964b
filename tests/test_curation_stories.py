"""Stories: what is one piece or one event is put together, what only looks alike is not, and it is said why."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.adverts import detect
from curate.domain.model import Entry, EntryKey, Story
from curate.i18n.catalogue import say
from curate.stories import boilerplate, near_duplicates, pairwise_similarity
from curate.stories import event_vectors as events
from curate.stories import minhash as sketching
from curate.stories.clustering import average_link
from curate.stories.merge import merge
from curate.stories.minhash import sketches
from curate.stories.near_duplicates import address, near_copies
from curate.stories.quantities import values
from curate.text.entry_text import EntryText
from tests.examples import examples
from tests.tellings import TELLINGS

A = TypeVar("A")
B = TypeVar("B")
NOW = datetime(2026, 11, 22, tzinfo=UTC)

BRIDGE = (
    "临江市跨江大桥昨天上午正式通车。大桥全长四千二百米，双向六车道，设计时速八十公里，连接老城区与滨江新区。"
    "市交通局负责人说，通车之后，两岸之间的车程将从四十分钟缩短到十分钟。首日有三万多辆车从桥上驶过，"
    "不少市民带着孩子步行上桥拍照留念。大桥历时五年建成，桥塔高一百八十米，夜间会亮起暖黄色的灯光。"
)
SOUP = (
    "秋冬喝汤讲究火候。先把山药去皮切段，泡在清水里防止变黑；排骨冷水下锅焯一遍，撇去浮沫再换砂锅。"
    "水要一次加够，大火烧开后转小火慢炖一个半小时，出锅前十分钟放枸杞和盐。体质偏热的人可以少放姜。"
)


def entry(
    source: str,
    name: object,
    title: str,
    text: str = "",
    *,
    hours: float = 5,
    url: str = "",
    original: bool = False,
    content: str = "",
) -> Entry:
    return Entry(
        source,
        str(name),
        url or f"https://{source}.example/{name}",
        title,
        NOW - timedelta(hours=hours),
        summary=text,
        content=content,
        original=original,
    )


METRO = [
    entry("a", 1, "海川市地铁五号线今日开通 全长32公里", "海川市地铁五号线11月21日开通运营，设24座车站。"),
    entry(
        "b",
        1,
        "海川地铁五号线开通首日迎客20万",
        "昨日海川市地铁五号线开通，24座车站首日客流突破20万。",
        hours=3,
    ),
    entry(
        "c",
        1,
        "坐上五号线去上班：海川市民体验新地铁",
        "海川地铁五号线开通，记者随早班车体验24座车站。",
        hours=8,
    ),
]
OTHERS = [
    entry("a", 2, "海川市公布明年中小学校历", "海川市教育局今天公布校历，寒假共四周。"),
    entry("d", 1, "央行下调存款准备金率0.25个百分点", "央行今日宣布下调准备金率，释放资金约5000亿元。"),
    entry(
        "e",
        1,
        "Quake of magnitude 6.1 hits Aldoria, 12 injured",
        "A magnitude 6.1 quake struck Aldoria on Friday.",
    ),
    entry(
        "f",
        1,
        "Magnitude 6.1 earthquake strikes coast of Aldoria",
        "At least 12 were injured in Aldoria on Friday.",
    ),
    entry(
        "g",
        1,
        "Parliament of Aldoria passes the budget",
        "Lawmakers approved next year's budget after a long debate.",
    ),
]


def tellings(stories: list[Story]) -> set[frozenset[tuple[str, str]]]:
    return {frozenset([s.lead.key, *(e.entry.key for e in s.echoes)]) for s in stories}


def test_the_same_event_in_other_words_is_one_story_in_both_languages() -> None:
    stories, verdicts = merge(METRO + OTHERS)
    assert tellings(stories) == {
        frozenset({("a", "1"), ("b", "1"), ("c", "1")}),
        frozenset({("e", "1"), ("f", "1")}),
        frozenset({("a", "2")}),
        frozenset({("d", "1")}),
        frozenset({("g", "1")}),
    }
    merged = next(v for v in verdicts if v.entry.source == "f" or v.entry.source == "e")
    assert not merged.picked
    assert "aldoria" in say(merged.message, "zh")


def test_every_merge_says_by_what_method_how_sure_and_why() -> None:
    stories, _ = merge(METRO)
    assert len(stories) == 1
    for echo in stories[0].echoes:
        assert echo.method == "event"
        assert 0 < echo.similarity <= 1
        assert "“五号线”" in say(echo.why, "zh")
    assert say(stories[0].echoes[0].why, "en").startswith("the same event: both mention")


def test_a_copy_with_a_changed_title_and_a_cut_end_is_found() -> None:
    fuller = entry("a", 1, "临江跨江大桥通车", content=f"<p>{BRIDGE}</p>")
    copied = entry("b", 1, "刚刚，它通了！", content=f"<div>来源：网络<br>{BRIDGE[:120]}</div>", hours=9)
    stories, _ = merge([copied, fuller, entry("c", 1, "山药排骨汤怎么炖", content=SOUP)])
    assert len(stories) == 2
    story = next(s for s in stories if s.echoes)
    assert story.lead.key == ("a", "1")
    assert story.echoes[0].method == "copy"
    assert "相同" in say(story.echoes[0].why, "zh")


def test_texts_that_only_share_a_footer_are_no_copies() -> None:
    footer = "本文版权归作者所有，转载请注明出处。"
    pieces = [entry("a", 1, "大桥", content=BRIDGE + footer), entry("b", 1, "汤", content=SOUP + footer)]
    assert _copies(pieces) == {}


def _copies(pieces: Sequence[Entry]) -> dict[tuple[int, int], float]:
    read = [EntryText(piece) for piece in pieces]
    texts = [text.whole for text in read]
    return near_copies(read, texts, sketches(texts))


def _made(count: int) -> list[tuple[Entry, str]]:
    """Pieces of six paragraphs of made words, and to each a copy: (entry, name of the original). A third of the
    copies lacks two paragraphs and has two others in their place; every sixth paragraph is one that all may quote."""
    draw = random.Random(4)
    letters = [chr(code) for code in range(0x4E00, 0x5E00)]
    quoted = ["".join(draw.choices(letters, k=120)) for _ in range(20)]

    def paragraph() -> str:
        return draw.choice(quoted) if draw.random() < 1 / 6 else "".join(draw.choices(letters, k=120))

    made = []
    for n in range(count):
        title, body = "".join(draw.choices(letters, k=14)), [paragraph() for _ in range(6)]
        edited = body if n % 3 else [*body[:4], paragraph(), paragraph()]
        made.append((entry(f"a{n}", n, title, content="".join(f"<p>{part}</p>" for part in body)), str(n)))
        copy = "".join(f"<p>{part}</p>" for part in ["原文另有出处。", *edited])
        made.append((entry(f"b{n}", n, f"【转】{title}", content=copy), str(n)))
    return made


def test_copies_among_texts_that_quote_one_another() -> None:
    made = _made(300)
    pieces = [piece for piece, _ in made]
    found = _copies(pieces)
    right = [made[i][1] == made[j][1] for i, j in found]
    assert sum(right) >= 0.985 * 300
    assert sum(right) >= 0.995 * len(found)


def test_a_copy_with_less_code_among_its_chinese_is_found() -> None:
    code = "func application(_ app: UIApplication, open url: URL) -> Bool { return handle(url) }"
    whole = entry("a", 1, "深链接怎么接入", content=f"<p>{BRIDGE}</p><pre>{code}{code[:60]}</pre>")
    cut = entry("b", 1, "深链接怎么接入（转载）", content=f"<p>{BRIDGE}</p><pre>{code[:60]}</pre>")
    assert _copies([whole, cut])


def test_nearly_one_title_is_evidence_between_sources_and_not_within_one() -> None:
    first, second = f"{BRIDGE}{SOUP[:60]}", f"{BRIDGE[:60]}{SOUP}"
    title = "一周生活指南"
    between = [entry("a", 1, title, first), entry("b", 1, f"【转】{title}", second)]
    within = [entry("a", 1, title, first), entry("a", 2, title, second)]
    series = [entry("a", 1, f"{title}1", first), entry("b", 1, f"{title}2", second)]
    assert _copies(between)
    assert not _copies(within)
    assert not _copies(series)


SLOGAN = "每天清晨为你讲述这座城市的新鲜事，关注我们，与三百万读者一起看见生活、看见远方，也看见身边那些被人忽略的普通人和他们的故事。欢迎留言与转发！"
UNLIKE = (
    "老城区的面包房换了新炉子", "渡口的船工教孩子认星星", "山路上的邮差退休了", "一座剧场怎样过雨季",
    "果园里装上了风铃", "社区公园开放夜跑", "灯塔换成了太阳能", "书店把橱窗让给画展", "央行下调存款准备金率",
    "高铁票价今起浮动",
)  # fmt: skip


def test_one_slogan_under_ten_titles_is_no_evidence() -> None:
    for count in (2, 10):
        feed = [entry("a", n, title, SLOGAN) for n, title in enumerate(UNLIKE[:count])]
        assert len(merge(feed)[0]) == count
        other = entry("b", 1, "海川市公布明年中小学校历", SLOGAN)
        assert len(merge([*feed, other])[0]) == count + 1


def test_a_long_note_under_every_piece_is_no_evidence() -> None:
    note = f"<p>{BRIDGE}{SOUP}</p><p>{SLOGAN}</p>"
    feed = [entry("a", n, t, content=f"<p>{t}，请听本期节目。</p>{note}") for n, t in enumerate(UNLIKE)]
    assert len(merge(feed)[0]) == len(UNLIKE)


def test_copies_are_found_beside_a_slogan_and_where_one_source_sends_a_piece_again() -> None:
    body = f"<p>{BRIDGE}</p>"
    feed = [entry("a", n, title, SLOGAN) for n, title in enumerate(UNLIKE)]
    piece = entry("a", 99, "临江跨江大桥通车", SLOGAN, content=body)
    again = entry("a", 98, "更新：临江跨江大桥通车", SLOGAN, content=body)
    stolen = entry("b", 1, "刚刚，它通了！", content=f"{body}<p>{SLOGAN}</p>", hours=9)
    stories, _ = merge([*feed, piece, again, stolen])
    assert len(stories) == len(UNLIKE) + 1
    assert {echo.method for story in stories for echo in story.echoes} == {"copy"}
    twice = [entry("a", n, t, content=f"<p>{BRIDGE * 3}</p>") for n, t in enumerate(UNLIKE[:2])]
    assert len(merge(twice)[0]) == 1


def test_one_address_is_one_piece_unless_a_source_uses_it_for_everything() -> None:
    same = "https://www.x.example/news/1/"
    stories, _ = merge(
        [entry("a", 1, "大桥通车", url=same), entry("b", 9, "它通了", url="http://x.example/news/1#top")]
    )
    assert [m.method for s in stories for m in s.echoes] == ["address"]
    feed = [entry("a", i, title, url=same) for i, title in enumerate(("大桥通车", "山药排骨汤", "校历公布"))]
    assert len(merge(feed)[0]) == 3


def test_addresses_are_compared_without_what_changes_nothing() -> None:
    assert address("http://www.x.example/a/") == address("https://x.example/a#part")
    assert address("https://x.example/a?id=1") != address("https://x.example/a?id=2")
    assert address("https://x.example/#!/a") != address("https://x.example/#!/b")
    assert address("https://x.example/") == address("") == ""


def test_far_apart_in_time_is_another_event() -> None:
    late = [replace(e, published=NOW - timedelta(days=9)) for e in METRO[1:]]
    assert len(merge([METRO[0], *late], window=timedelta(hours=72))[0]) == 2


def test_parts_of_a_series_and_follow_ups_of_one_source_stay_apart() -> None:
    parts = [
        entry("a", 1, "年度好书推荐（上）", "编辑部推荐的年度好书书单，按主题排列。"),
        entry("b", 2, "年度好书推荐（下）", "编辑部推荐的年度好书书单，按主题排列。"),
    ]
    assert len(merge(parts)[0]) == 2
    series = [
        entry("a", i, f"Inside the editor, part {i}", "A look at the editor's memory.") for i in (1, 2, 3)
    ]
    assert len(merge(series)[0]) == 3


def test_a_short_heading_alone_merges_nothing() -> None:
    assert len(merge([entry("a", 1, "早报"), entry("b", 1, "早报")])[0]) == 2


def test_what_was_told_is_not_told_again_and_says_so() -> None:
    stories, verdicts = merge([*METRO[1:], OTHERS[1]], told=[METRO[0]])
    assert [s.lead.title for s in stories] == [OTHERS[1].title]
    assert {v.entry.key for v in verdicts} == {("b", "1"), ("c", "1")}
    assert all(
        "往期讲过" in say(v.message, "zh") and METRO[0].title in say(v.message, "zh") for v in verdicts
    )
    stories, verdicts = merge([METRO[0]], told=[METRO[0]])
    assert stories == []
    assert say(verdicts[0].message, "zh") == "往期已发布"


def test_the_editors_own_pieces_lead_and_are_never_merged_away() -> None:
    own = entry("me", 1, "我看海川地铁五号线开通", "五号线24座车站开通，我坐了全程。", original=True, hours=1)
    other = entry(
        "me", 2, "再看海川地铁五号线开通", "五号线24座车站开通，我又坐了全程。", original=True, hours=1
    )
    stories, _ = merge([*METRO, own, other])
    assert {s.lead.key for s in stories} >= {("me", "1"), ("me", "2")}
    stories, _ = merge([own], told=METRO)
    assert [s.lead.key for s in stories] == [("me", "1")]


def test_what_the_editor_keeps_apart_stays_apart() -> None:
    apart = frozenset({frozenset({EntryKey("a", "1"), EntryKey("b", "1")})})
    for group in tellings(merge(METRO, never=apart)[0]):
        assert not {("a", "1"), ("b", "1")} <= group
    same = "https://x.example/news/1"
    twice = [entry("a", 1, "大桥通车了", url=same), entry("b", 1, "大桥通车了", url=same)]
    assert len(merge(twice, never=apart)[0]) == 2


def test_the_fuller_telling_leads_and_an_advert_does_not() -> None:
    short = entry("a", 1, "临江跨江大桥昨日通车", BRIDGE[:60], hours=1)
    full = entry("b", 1, "临江跨江大桥昨日通车 两岸车程十分钟", content=BRIDGE * 2, hours=5)
    stories, _ = merge([short, full])
    assert stories[0].lead.key == ("b", "1")
    sells = replace(full, content=full.content + "扫码进群领优惠券，限时抢购，仅需99元包邮，立即下单")
    stories, _ = merge([short, sells])
    assert stories[0].lead.key == ("a", "1")


def test_average_link_does_not_chain() -> None:
    chain = {(i, i + 1): 0.9 for i in range(5)}
    groups = average_link(6, chain, 0.5)
    assert max(len(g) for g in groups) == 2
    assert average_link(3, {(0, 1): 0.9, (0, 2): 0.8, (1, 2): 0.7}, 0.5) == [[0, 1, 2]]
    assert average_link(2, {(0, 1): 0.9}, 0.5, barred=[(0, 1)]) == [[0], [1]]
    assert average_link(2, {}, 0.5, seeds=[[0, 1]]) == [[0, 1]]


WORDS = ["临江", "大桥", "通车", "海川", "地铁", "开通", "央行", "降准", "地震", "6.1级", "学校", "校历"]


@examples(60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcd"), st.lists(st.sampled_from(WORDS), min_size=2, max_size=6), st.booleans()
        ),
        min_size=1,
        max_size=14,
    ),
    st.integers(0, 4),
    st.integers(0, 10**6),
)
def test_nothing_vanishes_and_the_order_of_entries_changes_nothing(
    drawn: list[tuple[str, list[str], bool]], old: int, seed: int
) -> None:
    entries = [
        entry(source, i, "".join(words), hours=i % 5, original=own and i % 3 == 0)
        for i, (source, words, own) in enumerate(drawn)
    ]
    told, fresh = entries[:old], entries[old:]
    stories, verdicts = merge(fresh, told)
    shuffled = list(fresh)
    random.Random(seed).shuffle(shuffled)
    assert merge(shuffled, told[::-1]) == (stories, verdicts)
    leads, others = {s.lead.key for s in stories}, {v.entry.key for v in verdicts}
    assert leads | others == {e.key for e in fresh}
    assert not leads & others
    assert {e.key for e in fresh if e.original} <= leads
    assert not (leads | others) & {e.key for e in told}


def _written() -> list[Entry]:
    return [entry(f"s{i}", i, told.title, told.text, hours=1 + i % 20) for i, told in enumerate(TELLINGS)]


def test_stories_are_the_same_however_the_work_is_shared_out(monkeypatch: pytest.MonkeyPatch) -> None:
    written = [
        *_written(),
        entry("copied", 1, "山药排骨汤", content=SOUP),
        entry("first", 1, "炖汤", content=SOUP),
    ]
    together = merge(written)
    sizes: list[int] = []

    def backwards(function: Callable[[A], B], items: Iterable[A], /) -> Iterator[B]:
        given = list(items)
        sizes.append(len(given))
        return iter([function(item) for item in reversed(given)][::-1])

    for module in (detect, near_duplicates, events, boilerplate, sketching):
        monkeypatch.setattr(module, "BATCH", 3)
    monkeypatch.setattr(pairwise_similarity, "ROWS", 5)
    assert merge(written, spread=backwards) == together
    assert sum(size > 5 for size in sizes) >= 3


def test_written_tellings_find_one_another_and_nobody_else() -> None:
    stories, _ = merge(_written())
    events = {f"s{i}": told.event or f"alone {i}" for i, told in enumerate(TELLINGS)}
    groups = [[events[name] for name, _ in group] for group in tellings(stories)]
    assert all(len(set(group)) == 1 for group in groups), groups
    together = sum(len(list(combinations(group, 2))) for group in groups)
    possible = sum(n * (n - 1) // 2 for n in Counter(e for e in events.values() if "alone" not in e).values())
    assert together >= 0.6 * possible, (together, possible)


def test_an_event_is_one_story_across_languages_by_its_names_and_numbers() -> None:
    stories, _ = merge(_written())
    english = {f"s{i}" for i, told in enumerate(TELLINGS) if told.title.isascii()}
    mixed = [g for g in tellings(stories) if {s for s, _ in g} & english and {s for s, _ in g} - english]
    assert mixed


def test_quantities_are_one_in_every_spelling() -> None:
    assert values("三百四十万辆") == values("340万辆") == values("3.4 million bikes") == ["=3400000"]
    assert values("两千七百米") == values("2,700 metres") == values("Two thousand seven hundred metres")
    assert values("十二点三亿") == ["=1230000000"]
    assert values("2026年11月21日9:30，二〇二六年十一月二十一日，3 点，1,2,3") == []
    assert values("192.168.1.1 and gpt-4.5") == []


def test_what_speaks_of_one_affair_is_known_where_it_is_not_one_event() -> None:
    plan = "渡口老街改造方案昨天公布，沿街店铺要搬到临河路，租金三年不变，居民可以在月底前提意见。"
    told = [
        entry("a", 1, "渡口老街改造方案公布：二十三家老店怎么办", plan),
        entry("b", 2, "要搬走的渡口老街老店", "陈师傅的钟表铺开得最久，来看他的老主顾一天比一天多。"),
        entry("c", 3, "秋冬煲汤的三个要点", SOUP),
    ]
    stories = {story.lead.source: story for story in merge(told)[0]}
    assert len(stories) == 3
    assert stories["a"].akin == {("b", "2")}
    assert stories["b"].akin == {("a", "1")}
    assert not stories["c"].akin
    bulletin = replace(told[1], title="渡口老街老店要搬走；山海路小学扩建")
    assert not any(story.akin for story in merge([told[0], bulletin, told[2]])[0])


def test_a_piece_is_printed_under_its_own_title_without_a_listings_note() -> None:
    url = "https://p.example/bridge"
    listing = entry("a", 1, "跨江大桥上午通车 (海川晚报 本地)", BRIDGE, url=url, hours=9)
    own = entry("b", 2, "跨江大桥上午通车", BRIDGE, url=url)
    assert merge([listing, own])[0][0].lead == own
    fuller = replace(listing, summary=BRIDGE * 4)
    assert merge([fuller, own])[0][0].lead == fuller
