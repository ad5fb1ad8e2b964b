"""What names the teller, the place, the day or a tag goes from the head of a paragraph; all else stays."""

import pytest

from curate.text.summary.datelines import without_lead

ZH = "上周六，城东旧货市场的最后一批摊主搬进了新馆。"
TRADITIONAL = "上週六，城東舊貨市場的最後一批攤主搬進了新館。"
EN = "The last stalls of the old market moved on Saturday."


@pytest.mark.parametrize(
    "lead",
    [
        "财联社11月20日电，",
        "新华社北京11月20日电（记者林小满、周周）",
        "中新网上海11月20日电 (记者 林小满)",
        "据新华社电，",
        "站长之家（ChinaZ.com） 11月20日消息:",
        "投资界（ID：pedaily）11月20日消息，",
        "C114讯 11月20日消息（林小满）",
        "上海2026年11月20日 /美通社/ -- ",
        "本报讯（记者 林小满）",
        "IT之家 11 月 20 日消息，",
        "快科技11月20日消息，",
        "11月20日消息，",
        "北京时间11月20日早间消息，",
        "36氪获悉，",
        "界面新闻独家获悉，",
        "记者从市商务局获悉，",
        "据悉，",
        "据城东日报报道，",
        "据外媒11月20日报道，",
        "格隆汇11月20日丨",
        "新浪科技讯 北京时间11月20日上午消息，",
        "【环球时报综合报道】",
        "【财新网】（记者 林小满）",
        "【导读】",
        "［快讯］",
        "(城东社北京20日电)",
        "（文/观察者网 林小满）",
        "（城东台）",
        "#旧货市场# #城东# ",
        "#旧货市场 #城东 ",
        "导读：",
        "编者按：",
        "城东周刊按：",
        "内容提要：",
        "总结:",
        "（图源：城东日报）",
        "（图片来源：视频截图）",
        "【城东网】#市场# ",
        "城东市商务局消息，",
        "城东区警方官微最新消息：",
    ],
)
def test_a_chinese_lead_goes(lead: str) -> None:
    assert without_lead(lead + ZH) == ZH


@pytest.mark.parametrize(
    "lead",
    [
        "（中央社記者林小滿台北20日電）",
        "【記者林小滿台北報導】",
        "〔記者林小滿／台北報導〕",
        "本報訊（記者林小滿）",
        "據了解，",
        "聯合新聞網11月20日報導，",
        "（圖／城東日報提供）",
    ],
)
def test_a_traditional_lead_goes(lead: str) -> None:
    assert without_lead(lead + TRADITIONAL) == TRADITIONAL


@pytest.mark.parametrize(
    "lead",
    [
        "LONDON (Reuters) - ",
        "LONDON, Nov 20 (Reuters) - ",
        "BEIJING, Nov. 20 (Xinhua) -- ",
        "Nov 20 (Reuters) - ",
        "BERLIN, Nov. 20, 2026 /PRNewswire/ -- ",
        "SAN FRANCISCO--(BUSINESS WIRE)--",
        "WASHINGTON (AP) — ",
        "SAN FRANCISCO — ",
        "Geneva, 20 November 2026 – ",
        "(Bloomberg) -- ",
        "NEW DELHI: ",
        "[Premium Times] ",
        "TL;DR: ",
        "TL;DR ",
        "Abstract: ",
        "(Photo by Jane Doe) ",
    ],
)
def test_an_english_lead_goes(lead: str) -> None:
    assert without_lead(lead + EN) == EN


@pytest.mark.parametrize(
    "text",
    [
        "公司今天发布消息称，新馆下月开放。",
        "这是一个好消息，新馆下月开放。",
        "腾讯，阿里和百度都参加了这次投标。",
        "11月20日，城东旧货市场搬进了新馆。",
        "记者走进新馆，看到三百二十个摊位已经摆满。",
        "《城东日报》报道的那家店，昨天关了门。",
        "他在电话里说，新馆下月开放。",
        "新馆（藏书一百二十万册）下月开放。",
        "市商务局消息灵通，当天就知道了。",
        "国家电网电力调度中心昨天搬进了新楼。",
        "城东旧货市场的摊主说：新馆离车站太远。",
        "NASA plans to launch the probe in March.",
        "Apple said on Monday (November 20) that it would open a shop.",
        "Well-known authors - and some others - signed the letter.",
    ],
)
def test_a_sentence_that_begins_at_once_stays(text: str) -> None:
    assert without_lead(text) == text


def test_a_credit_in_brackets_leaves_the_sentence_around_it() -> None:
    assert (
        without_lead("新馆昨天开放（图片来源：城东日报），首日来了三千人。")
        == "新馆昨天开放，首日来了三千人。"
    )
    assert without_lead("新馆（见图2）昨天开放。") == "新馆昨天开放。"
