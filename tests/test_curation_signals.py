"""Rank, adverts and hype: the score is the sum of its reasons, and each reason says what it saw."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.adverts.clickbait import hype
from curate.adverts.detect import ADVERT, advert, judge_adverts
from curate.adverts.rules import RULES
from curate.config.schema import Account, Source
from curate.domain.message import message
from curate.domain.model import Entry, MergedEntry, Reason, Story
from curate.i18n.catalogue import say
from curate.ranking.signals import NEVER_LEADS, SIGNALS, Context, score, signals

NOW = datetime(2026, 11, 22, tzinfo=UTC)
CONTEXT = Context(
    now=NOW,
    account=Account(name="海川通勤", positioning="给城市通勤者的每日交通资讯", audience=("地铁", "AI")),
    sources={
        "a": Source(name="海川日报", id="a", url="https://a.example"),
        "heavy": Source(name="权威", id="heavy", url="https://h.example", weight=2),
        "zero": Source(name="转载站", id="zero", url="https://z.example", weight=0),
    },
    lookback=timedelta(hours=48),
    weights={},
)


def entry(
    title: str, source: str = "a", *, hours: float = 5, text: str = "", original: bool = False
) -> Entry:
    when = NOW - timedelta(hours=hours)
    return Entry(source, title, "https://a.example/1", title, when, summary=text, original=original)


def points(title_or_entry: str | Entry, signal: str, context: Context = CONTEXT) -> float:
    e = entry(title_or_entry) if isinstance(title_or_entry, str) else title_or_entry
    judged = replace(context, adverts=judge_adverts([e]))
    return SIGNALS[signal](Story(e), judged).points


def test_fresher_is_better_and_the_future_is_now() -> None:
    ages = [points(entry("x", hours=h), "freshness") for h in (-3, 0, 5, 16, 48)]
    assert ages[0] == ages[1] == 1.0
    assert ages == sorted(ages, reverse=True)
    assert ages[3] == pytest.approx(0.5)
    assert points(replace(entry("x", hours=0), dated=False), "freshness") == 0.5


def test_a_source_of_double_weight_brings_double_points_and_of_none_never_leads() -> None:
    assert points(entry("x", "heavy"), "source") == 2 * points(entry("x", "a"), "source")
    total, why = score(Story(entry("x", "zero")), CONTEXT)
    assert any(r.signal == NEVER_LEADS and "转载站" in say(r.message, "zh") for r in why)
    assert total == pytest.approx(math.fsum(r.points for r in why))


def test_independent_sources_count_more_than_copies_and_one_source_counts_once() -> None:
    lead = entry("x")

    def told(*by: tuple[str, str]) -> float:
        echoes = tuple(
            MergedEntry(entry("y", source), method, 0.8, message("merge.event.plain"))
            for source, method in by
        )
        return SIGNALS["tellings"](Story(lead, echoes), CONTEXT).points

    assert told() == 0
    assert told(("b", "event")) > told(("b", "copy")) > 0
    assert told(("b", "event"), ("c", "event")) > told(("b", "event")) == told(("b", "event"), ("b", "event"))
    assert told(("a", "event")) == 0


def test_the_audiences_words_count_as_whole_words_and_more_in_the_title() -> None:
    assert (
        points("海川地铁五号线开通", "audience")
        > points(entry("五号线开通", text="海川地铁"), "audience")
        > 0
    )
    assert points("He said it again", "audience") == 0
    assert points("Can AI write laws", "audience") > 0
    assert "“地铁”" in say(SIGNALS["audience"](Story(entry("海川地铁五号线开通")), CONTEXT).message, "zh")


def test_more_text_is_more_substance_up_to_a_limit() -> None:
    lengths = [points(entry("x", text="字" * n), "substance") for n in (0, 60, 300, 1500, 9000)]
    assert lengths[0] == lengths[1] == 0
    assert 0 < lengths[2] < lengths[3] == lengths[4]


@pytest.mark.parametrize(
    "title",
    [
        "震惊！！看完这个秘密他沉默了…",
        "不看后悔！这10个技巧千万别错过",
        "You won't believe what happened next",
        "17 Things You Should Know",
    ],
)
def test_titles_that_shout_or_tease_lose_points(title: str) -> None:
    assert hype(title)[0] >= 0.4
    assert points(title, "hype") < 0
    assert "“" in say(SIGNALS["hype"](Story(entry(title)), CONTEXT).message, "zh")


@pytest.mark.parametrize(
    "title", ["海川市发布明年中小学校历", "央行下调存款准备金率0.25个百分点", "Parliament passes the budget"]
)
def test_plain_titles_lose_none(title: str) -> None:
    assert points(title, "hype") == 0


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("【福利】限时抢购，保温杯仅需39元", "点击下单，前100名送优惠券"),
        ("零基础写作训练营免费报名，名额有限", "扫码进群领取资料"),
        ("三只黑马股内幕消息，免费诊股", "加微信领取"),
        ("分享图片", ""),
        ("About", "I write about mathematics and code."),
        ("Hello World!", "Welcome to my new blog."),
        ("2026-05-29", "当天的几条消息。"),
        ("【活动预告】周六沙龙邀您参加", ""),
        ("到店送手机壳？新人礼包等你来拿", ""),
        ("50% off: the best deals today", "Use code SAVE50, limited-time offer, shop now"),
        ("Register now: free webinar on passive income", "Sponsored by Acme, early-bird tickets"),
    ],
)
def test_adverts_are_found_and_the_evidence_is_named(title: str, text: str) -> None:
    found = advert(entry(title, text=text))
    assert found is not None
    assert found.points >= ADVERT
    assert "“" in say(found.message, "zh")
    assert points(entry(title, text=text), "advert") < -1


def test_a_mere_doubt_costs_nothing_where_another_source_tells_it_in_its_own_words() -> None:
    lead = entry("新款折叠车发布：一把扳手，五分钟换好链条")

    def cost(likely: float, *by: tuple[str, str]) -> float:
        judged = replace(CONTEXT, adverts={lead.key: Reason("advert", likely, "读起来像推广")})
        echoes = tuple(
            MergedEntry(entry("y", source), method, 0.8, message("merge.event.plain"))
            for source, method in by
        )
        return SIGNALS["advert"](Story(lead, echoes), judged).points

    assert cost(0.3) < 0
    assert cost(0.3, ("b", "event")) == 0
    assert cost(0.3, ("a", "event")) == cost(0.3, ("b", "copy")) == cost(0.3), "adverts are reprinted as well"
    assert cost(0.9, ("b", "event")) == cost(0.9) < cost(0.3)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("关于我们怎样选题的说明", "每晚从四十个来源里挑二十条。"),
        ("About the new line", "It opens on 2026-05-29."),
        ("海川市地铁五号线今日开通", "全长32公里，设24座车站，首日客流20万。"),
        ("警方提醒：扫码进群领红包是骗局", "多人被骗，警方已立案。"),
        ("央行下调存款准备金率", "释放长期资金约5000亿元。"),
        ("高考报名今天开始", "考生可在官网查看流程。"),
        ("新手机年内推出，海川将建直播基地", ""),
        ("海川市今年招生计划公布", "比去年多两成。"),
        ("两只股票今日上市", "首日涨两成。"),
        ("Regulator fines shop over fake coupons", "The court ruled on Friday."),
        ("Quake of magnitude 6.1 hits Aldoria", "At least 12 people were injured."),
    ],
)
def test_news_is_no_advert_even_about_sales_and_fraud(title: str, text: str) -> None:
    found = advert(entry(title, text=text))
    assert found is None or found.points < ADVERT


@pytest.mark.parametrize(
    "text",
    [
        "Use code SAVE10 at checkout",
        "Now 50% off",
        "Today's deals",
        "On sale now",
        "Lowest price ever",
        "Order today",
        "Enroll now",
        "Sign up today",
        "Only 5 seats left",
        "Early-bird tickets",
        "Don't miss out",
        "A paid partnership",
        "Brought to you by Acme",
        "[AD] Acme",
        "An affiliate link",
        "Win a free phone",
        "Stocks to buy now",
        "Hot stocks to buy",
        "Make money from home",
    ],
)
def test_what_sells_in_english_is_noticed_in_title_and_text(text: str) -> None:
    assert advert(entry(text, text=""))
    assert advert(entry("Acme", text=text))


def test_the_editors_own_piece_is_no_advert_and_gains_points() -> None:
    own = entry("限时抢购，扫码进群领优惠券", original=True)
    assert advert(own) is None
    assert points(own, "original") > 0


def test_words_are_english_where_the_account_is() -> None:
    _, why = score(Story(entry("50% off: best deals, shop now")), CONTEXT)
    words = [say(reason.message, "en") for reason in why]
    assert all(each.isascii() or "“" in each for each in words)


def test_every_rule_of_the_table_has_a_weight_that_cannot_decide_alone_or_says_so() -> None:
    assert all(0 < abs(rule.weight) < 1 for rule in RULES)
    alone = {rule.name for rule in RULES if rule.weight > ADVERT and not rule.title_only}
    assert alone == {"labelled as promotion"}, "anywhere in a text; a title may say it outright"


def test_weights_scale_reasons_and_a_weight_of_nothing_silences() -> None:
    story = Story(entry("海川地铁五号线开通", text="字" * 500))
    total, why = score(story, CONTEXT)
    doubled, _ = score(story, replace(CONTEXT, weights=dict.fromkeys(SIGNALS, 2.0)))
    assert doubled == pytest.approx(2 * total, abs=0.01)
    _, silent = score(story, replace(CONTEXT, weights={"freshness": 0.0}))
    assert {r.signal for r in why} - {r.signal for r in silent} == {"freshness"}


def test_the_table_can_be_extended_but_not_overruled() -> None:
    assert list(signals())[: len(SIGNALS)] == list(SIGNALS)
    assert all(signals()[name] is SIGNALS[name] for name in SIGNALS)


@settings(deadline=None)  # the first call loads the dictionary
@given(
    st.text(max_size=60),
    st.text(max_size=300),
    st.floats(-10, 200),
    st.sampled_from(["a", "heavy", "zero", "unknown"]),
    st.sampled_from(["zh", "en"]),
)
def test_the_score_is_the_sum_of_its_reasons(
    title: str, text: str, hours: float, source: str, lang: str
) -> None:
    story = Story(entry(title, source, hours=hours, text=text))
    total, why = score(story, CONTEXT)
    assert total == pytest.approx(math.fsum(r.points for r in why), abs=1e-9)
    assert all(say(r.message, lang) for r in why)


def test_the_words_that_every_positioning_has_bring_nothing_near() -> None:
    context = replace(
        CONTEXT, account=Account(name="x", positioning="给关心航天的人，每天十分钟，读完昨天值得知道的事")
    )
    assert SIGNALS["audience"](Story(entry("昨天发生了什么，你知道吗，每天十分钟")), context).points == 0
    assert say(SIGNALS["audience"](Story(entry("航天新闻")), context).message, "zh") == "符合账号定位：“航天”"
