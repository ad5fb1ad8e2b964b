"""An issue in brief: one whole sentence an item; must-reads on top, in every channel."""

from __future__ import annotations

from dataclasses import replace

import pytest

from curate.config.schema import DigestSettings, Look
from curate.desk import events
from curate.desk.apply import apply_events
from curate.domain.model import Article, Digest, Pick, Story
from curate.pipeline.assemble import number_picks
from curate.pipeline.summarize import with_summaries
from curate.render import CHANNELS, render, themes
from curate.render.channels.poster import top
from curate.render.channels.wechat import fragment
from curate.render.context import items, view
from curate.render.wechat.lint import lint
from curate.site.editions import edition
from curate.text.summary.brief import BRIEF
from tests.desk_samples import TOPICS, machine
from tests.nouns import entry
from tests.render_samples import TEMPLATES, chinese, texts_in
from tests.test_render_channels import payload_of

IN_BRIEF = DigestSettings(style="brief")
LONG = "这一年里市里先后投入了两亿三千万元，用来翻修十一座老桥，其中四座在汛期之前通车，另外七座要等到明年夏天，工期比原先公布的长了五个月零三周。"


def sentence_of(text: str, title: str = "老桥翻修") -> str:
    one = entry(title=title, content=text)
    found = with_summaries({one.key: Article(title, text)}, [Pick(Story(one), "x", 1.0, 1.0, ())], IN_BRIEF)
    return found[one.key].summary


def test_one_whole_sentence_is_chosen_where_one_is_short_enough() -> None:
    text = "市里今年翻修十一座老桥，四座已经通车。工程款由市财政和两家企业分担，明年夏天全部完工。"
    assert sentence_of(text) == "市里今年翻修十一座老桥，四座已经通车。"


def test_a_whole_sentence_comes_before_the_beginning_of_a_longer_one() -> None:
    assert (
        sentence_of(LONG + "工程由市交通局主持，完工后十一座桥都能通行救护车。")
        == "工程由市交通局主持，完工后十一座桥都能通行救护车。"
    )


def test_a_sentence_too_long_ends_at_a_clause() -> None:
    made = sentence_of(LONG)
    assert made.endswith("……")
    assert len(made) <= BRIEF
    bare = made.removesuffix("……")
    assert LONG.startswith(bare)
    assert LONG[len(bare)] in "，；"


@pytest.mark.parametrize(
    "text",
    [
        "市交通局说这次翻修并不是为了让更多的小汽车从老城里面穿过去把街道堵得更满，而是为了让救护车和公共汽车在汛期里也能按时到达河对岸的医院和学校。",  # the half of a contrast
        "虽然市里今年投入的翻修经费比去年整整多了一倍还要再多出三千四百二十万元，老桥的通车时间仍要推迟到明年夏天汛期结束之后才能由市里另行公布给两岸的居民。",  # what is conceded
        "市交通局昨天下午在河西区的施工现场面对十几家媒体的记者和附近的居民表示，翻修之后的十一座老桥都能通行救护车和公共汽车而且不再限制重量和速度。",  # who says it, not what
        "市里今年要翻修的十一座老桥连同两岸三公里长的引道和人行道一起交给了两家企业负责施工并要求他们在明年汛期之前全部完工通车以免再次影响学生上学。",  # no clause ends
    ],
)  # fmt: skip
def test_what_would_not_stand_cut_leaves_the_title_alone(text: str) -> None:
    assert len(text) > BRIEF
    assert sentence_of(text) == ""


def test_a_sentence_that_points_to_another_gives_way() -> None:
    text = LONG + "这些桥里最老的一座已经九十岁了。"
    assert not sentence_of(text).startswith("这些")


def test_a_sentence_that_only_counts_gives_way() -> None:
    counted = "老桥翻修的工期比原先公布的要长五个月，原因有二。"
    told = "汛期里河水太急，工人下不了水，材料也晚到了三周。"
    assert sentence_of(counted + told) == told


def short(must_read: int = 3) -> Digest:
    """The sample in brief, with so many must-reads."""
    return replace(chinese(), style="brief", must_read=must_read, lead=items(chinese())[0])


@pytest.mark.parametrize("theme", themes(TEMPLATES))
def test_must_reads_stand_on_top_and_only_there(theme: str) -> None:
    html = fragment(short(), TEMPLATES, Look(theme=theme))
    assert "今日必读" in html
    places = [html.index(item.title[:8]) for item in items(short())]
    assert places[0] < places[1] < places[2] < min(places[3:])
    assert all(html.count(item.title[:8]) == 1 for item in items(short()))
    assert [one for one in lint(html) if one.level == "error"] == []


def test_without_the_setting_the_lead_alone_stands_on_top() -> None:
    names = view(replace(short(), must_read=0), Look())
    assert (names["must_reads"], names["lead_label"]) == ((), "头条")
    assert names["sections_led"][0].name == "头条"


@pytest.mark.parametrize("channel", sorted(set(CHANNELS) - {"wechat", "poster", "cards"}))
def test_every_channel_tells_must_reads_first_and_each_once(channel: str) -> None:
    files, failures = render(short(), [channel], TEMPLATES)
    assert failures == ()
    for name, body in texts_in(files).items():
        text = body.decode()
        places = [text.rindex(item.title[:8].replace("*", r"\*")) for item in items(short())]
        assert places[0] < places[1] < places[2] < min(places[3:]), name


def test_text_and_poster_have_the_sentence_in_brief_alone() -> None:
    said = items(chinese())[4].summary[:20]
    for style, there in (("brief", True), ("full", False)):
        files, _ = render(replace(short(), style=style), ["text", "poster"], TEMPLATES)
        assert (said in files["issue.txt"].decode()) == there
        drawn = payload_of(files["poster.html"].decode())["items"]
        assert isinstance(drawn, list)
        assert bool(drawn[0]["text"]) == there


def test_the_poster_and_the_site_name_the_must_reads() -> None:
    assert [item.number for item in top(short())][:3] == [1, 2, 3]
    assert [row.spot.item for row in edition(short(), "1", Look()).must_reads] == [2, 3]


def test_must_reads_have_a_card_of_their_own() -> None:
    counts = [len(render(short(must_read), ["cards"], TEMPLATES)[0]) for must_read in (3, 0)]
    assert counts[0] == counts[1] + 1


def test_must_reads_are_the_first_numbers() -> None:
    picks = [
        Pick(Story(entry(id=f"e{n}", title=f"第 {n} 条")), topic, 1.0, score, ())
        for n, (topic, score) in enumerate([("a", 1.0), ("a", 4.0), ("b", 2.0), ("b", 3.0)])
    ]
    numbered = [(n, pick.score) for n, pick in number_picks(picks, 3)]
    assert numbered == [(1, 4.0), (2, 3.0), (3, 2.0), (4, 1.0)]
    assert [pick.score for _, pick in number_picks(picks)] == [4.0, 1.0, 2.0, 3.0]


def test_what_the_editor_drops_of_the_must_reads_makes_room_for_the_next_best() -> None:
    made = replace(machine(), must_read=3)
    lead, second, third = (item.key for item in items(made)[:3])
    issue = apply_events(made, [events.Drop(second)], TOPICS)
    above = [item.key for item in items(issue)[: issue.must_read]]
    assert above[:2] == [lead, third]
    assert len(above) == issue.must_read == 3
    led = apply_events(made, [events.Lead(third)], TOPICS)
    assert [item.key for item in items(led)[:3]] == [third, lead, second]
