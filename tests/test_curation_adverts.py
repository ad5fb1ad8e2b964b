"""Titles that sell, by class of what is sold, and titles that only tell of such things. All are made up."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from numpy.typing import NDArray

from curate.adverts.detect import ADVERT, advert, judge_adverts
from curate.adverts.hints import find_hints
from curate.adverts.model import advert_probability
from curate.adverts.rules import CERTAIN, RULES, STRONG
from curate.adverts.weights import VECTOR
from curate.domain.model import Entry, EntryKey
from curate.i18n.catalogue import say
from curate.text.encoder import find_encoder

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def likelihood(title: str, text: str = "") -> float:
    found = advert(Entry("s", title, "", title, NOW, summary=text))
    return found.points if found else 0.0


@pytest.mark.parametrize(
    "title",
    [
        # goods, by what is asked, what is praised, and both
        "这条裙子我连穿了一周，同事都来问链接",
        "厂家断码清仓，运动鞋低至59元",
        "MEIDA 美达 不粘锅 28cm 99元包邮",
        # gifts
        "留言抽三位读者送书",
        "新人首单立减，外卖红包天天领",
        # calls to join, jobs, votes
        "志愿者招募｜周末一起去看望老人",
        "诚聘：新媒体运营、剪辑师各一名",
        "给喜欢的选手投上一票吧",
        # events, shows, meetings
        "线下沙龙｜创业者如何找到第一批客户",
        "关于举办第五届行业高峰论坛的通知",
        "11/28 | 晚风乐队海川站",
        # stays, houses, cars, clinics
        "五星酒店双人下午茶，原价398，现在只要168",
        "城东新盘即将加推，首付30万起住地铁口三房",
        # lessons
        "零基础也能学会的短视频剪辑课，7天出师",
        "摄影课 | 海川的秋天怎么拍",
        # shares and easy money
        "在家就能做的兼职，一天轻松赚300",
        "招代理！一件代发，利润透明",
        # other accounts
        "朋友的公众号，值得一看",
        "给本号加个星标吧，怕你找不到我",
    ],
)
def test_titles_that_sell_are_adverts(title: str) -> None:
    assert likelihood(title) >= ADVERT


@pytest.mark.parametrize(
    "title",
    [
        "电商平台取消预售，消费者怎么看",
        "新款手机今日发布，起售价4999元",
        "多地发放消费券，带动餐饮消费回暖",
        "演唱会门票为何一票难求",
        "楼市新政出台，首付比例降至两成",
        "小龙虾价格大跌，养殖户发愁",
        "我用了三年时间，走完了长城",
        "今天买菜的时候，我听到两位大妈的对话",
        "周五大盘震荡，银行板块走强",
        "基金经理谈下半年布局方向",
        "收评：外资尾盘买入，龙头股走强",
        "教育部：规范校外培训收费",
        "直播带货一年后，他们回到了工厂",
        "社区食堂开业，老人吃饭不再难",
        "论坛在京举行，专家热议人工智能",
        "足球邀请赛开幕，八支球队参加",
        "防晒霜到底该怎么选？实验室告诉你",
        "公司宣布回购股票，三年来首次",
        "会计考试报名通知发布",
        "这三款编辑器，哪个适合你",
        "研学夏令营圆满落幕，老师带队返程",
        "药厂发布新品牌，主打平价",
    ],
)
def test_titles_that_tell_of_sales_are_none(title: str) -> None:
    assert likelihood(title) < ADVERT


def test_what_is_over_or_tested_is_told_and_not_sold() -> None:
    assert likelihood("欢迎参会！行业论坛") >= ADVERT > likelihood("欢迎参会！行业论坛回顾") > 0
    assert likelihood("限时 59 元，扫地机") >= ADVERT > likelihood("评测：限时 59 元，扫地机")


def test_what_only_a_title_says_counts_for_nothing_in_a_text() -> None:
    assert likelihood("海川的一天", "等你来打卡，不见不散") == 0
    assert STRONG >= ADVERT
    assert all(rule.title_only for rule in RULES if rule.weight == STRONG)


def test_a_tip_for_shares_is_no_advert() -> None:
    assert likelihood("主力悄悄进场，明天上车这只龙头") < ADVERT


@pytest.mark.skipif(find_encoder() is None, reason="the encoder's package is not installed")
@pytest.mark.parametrize(
    ("title", "sells"),
    [
        ("冷锅煎蛋也不粘的平底锅，三十年老厂出品，两口装只要99元", True),
        ("现摘的高山枇杷到了，五斤装包邮到家，坏一个赔两个", True),
        ("行业峰会开幕在即，报名通道本周关闭，等你来", True),
        ("枇杷上市，果农今年为何少挣三成", False),
        ("平底锅涂层有毒吗？检测机构这样说", False),
        ("行业峰会开幕，三百家企业签约", False),
    ],
)
def test_wares_that_no_rule_names_are_told_by_meaning_from_news_of_them(title: str, sells: bool) -> None:
    encoder = find_encoder()
    assert encoder is not None
    found = advert(Entry("s", title, "", title, NOW), encoder.encode)
    assert (found is not None and found.points >= ADVERT) is sells


def test_a_source_whose_other_pieces_sell_is_more_likely_to_sell() -> None:
    title = Entry("s", "a", "", "【特惠】海川的夏天", NOW)
    sells = [Entry("s", f"{i}", "", "新人首单立减，外卖红包天天领", NOW) for i in range(9)]
    tells = [Entry("s", f"{i}", "", "海川市图书馆延长开放时间", NOW) for i in range(9)]
    elsewhere = [replace(entry, source="t") for entry in sells]
    among, alone, strange, clean = (
        judge_adverts([title], encode, read).get(EntryKey("s", "a")) for read in (sells, [], elsewhere, tells)
    )
    assert among is not None
    assert alone is not None
    assert among.points > alone.points > (clean.points if clean else 0.0)
    assert strange == alone


def test_what_is_no_piece_at_all_is_left_out_whatever_its_source_writes() -> None:
    empty = Entry("s", "a", "", "分享图片", NOW)
    tells = [Entry("s", f"{i}", "", "海川市图书馆延长开放时间", NOW) for i in range(9)]
    assert judge_adverts([empty], encode, tells)[EntryKey("s", "a")].points == CERTAIN


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.zeros((len(texts), 512), dtype=np.float32)


def test_beside_meaning_the_hints_count_for_what_they_were_worth() -> None:
    sells = Entry("s", "a", "", "新人首单立减，外卖红包天天领", NOW)
    tells = Entry("s", "b", "", "海川市图书馆延长开放时间", NOW)
    own = Entry("s", "c", "", "新人首单立减，外卖红包天天领", NOW, original=True)
    found = judge_adverts([sells, tells, own], encode)
    assert set(found) == {("s", "a")}
    assert found[EntryKey("s", "a")].points >= ADVERT
    assert "“" in say(found[EntryKey("s", "a")].message, "zh")


def test_meaning_alone_may_tell_an_advert() -> None:
    weights = np.frombuffer(base64.b85decode(VECTOR), dtype="<f2").astype(np.float32)
    direction = weights / np.linalg.norm(weights)
    hints = [find_hints("海川", "")]
    toward, away = (advert_probability(hints, sign * direction[None, :])[0] for sign in (1, -1))
    assert toward > advert_probability(hints, encode(["x"]))[0] > away


def test_capitals_and_full_width_signs_are_no_matter() -> None:
    assert likelihood("投票通道开启！ｉＰａｄ等你拿") == likelihood("投票通道开启!iPad等你拿") >= ADVERT
