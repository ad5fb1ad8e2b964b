"""Every check of words finds what breaks its rule and leaves alone what only speaks of it. None of these sentences is
in a pattern."""

from __future__ import annotations

import pytest

from curate.checks.base import CheckFinding
from curate.checks.table import CHECKS, check_issue
from curate.checks.view import IssueView
from tests.nouns import digest, item

WORDS = "内部代号\n/加.{1,3}群聊/ => 导流\n竞品 => 法务说不能写\n"

# What stands in the account's own closing words.
FOUND: dict[str, tuple[str, ...]] = {
    "share": (
        "集齐20个赞，凭截图到店领取小礼品一份",
        "动动手指扩散出去，前50名送蓝牙耳机",
        "把文章甩到你的同事群里，凭截屏兑换电影票",
        "分享到朋友圈保留24小时，就可以换一杯奶茶",
        "想看结局？转发后可见",
        "不转发的家长，枉为父母",
        "转给十位朋友，今年财运滚滚",
        "轉發此文並截圖，抽五位讀者送書",
        "转 发 到 朋 友 圈 即 可 领 取 红 包",
        "Share this post with three friends to unlock the full answers",
    ),
    "follow": (
        "关注后发送“资料”即可获得网盘链接",
        "先点关注再看，不然找不到下半部分",
        "没有关注的朋友看不到隐藏内容",
        "新朋友关注即送30天会员",
        "想要答案，关注一下就发你",
        "完整名单已放在公众号，先关注才能看到",
        "Follow us to get the free e-book",
    ),
    "absolute": (
        "本店的蜂蜜全网最低价，欢迎下单",
        "独家合作的面膜，效果独一无二",
        "选我们，选行业最专业的团队",
        "顶级名师带队，唯一官方授权训练营",
        "我们的课程在国内同行里口碑第一",
        "Our course is the best on the market",
    ),
    "medical": (
        "祖传膏药，三天根治腰椎间盘突出引起的疼痛",
        "喝这款茶，一周保证瘦十斤",
        "糖尿病不用再吃药，两个疗程彻底治愈",
        "坚持敷它，脱发绝对告别，无效退款",
        "抗癌神药，没有任何副作用，包好",
    ),
    "investment": (
        "跟着老师操作，本金稳赚不赔",
        "这只产品保本，年化收益 12%",
        "零风险，每月轻松赚三万",
        "充值一万，三个月保证翻倍回本",
        "内幕消息，明日涨停牛股免费领取",
    ),
    "gambling": (
        "注册就送 88 元彩金，下注即可提现",
        "跟着大神买球，包赢不亏",
        "棋牌平台首充返水，秒到账",
        "世界杯投注入口，点击开户",
        "彩票计划群，导师带你稳中",
    ),
    "contact": (
        "合作请加小编微信：zaodu_2026",
        "读者 QQ 群 123456789，等你来",
        "咨询热线 400-820-8820",
        "总机电话：010-62345678",
        "有事联系 vx abcd123456",
    ),
    "personal": (
        "失主请打 13800138000",
        "中奖者身份证 11010519491231002X",
        "请汇到 6222 0202 0011 2233 446",
        "来稿寄 zhang.san@mail.example.com",
        "他的手机是１３９－１２３４－５６７８",
    ),
    "shortlink": (
        "报名：https://t.cn/A6xY7z",
        "详情见 bit.ly/3kTzQ1a",
        "戳 dwz.cn/Ab12Cd 看全部",
        "地址 https://x9.gy/Qw3eR",
        "点 url.cn/5xKq9aB",
    ),
    "words": (
        "这是内 部 代 号的一次曝光",
        "內部代號首次公開",
        "欢迎加入群聊",
        "和竞品比一比",
        "内\u200b部代号",
    ),
    "declare": (
        "本期封面由 AI 生成",
        "文中插图使用 Midjourney 绘制",
        "以上摘要由大模型整理生成",
        "题图为人工智能创作",
        "The cover was generated with DALL-E",
    ),
}
LEFT_ALONE: dict[str, tuple[str, ...]] = {
    "share": (
        "替你省下的十分钟，也替朋友省一份。",
        "觉得有用，转给一位同事。",
        "集赞换礼品，多家商户被罚",
        "微信红包将支持分享到群",
        "分享会结束后，读者领取了签名本",
        "男子转发集赞领奖链接，三千元没了",
        "邀请三位开发者参加发布会，现场送出样机",
        "How to share files with friends and keep control",
    ),
    "follow": (
        "关注我们，每天早上七点见。",
        "在公众号里回复编号（例如 31205），可以再看这一条的摘要和原文地址。",
        "央行：持续关注后果，及时发布结果",
        "受到关注后，学校回复称已成立调查组",
        "读者关注公积金新政：提取后能否继续贷款",
        "Regulators follow the money to get answers",
    ),
    "absolute": (
        "今年最大的一次降息，值得细看",
        "这是他职业生涯最好的成绩",
        "国家级自然保护区新增三处",
        "最近我们搬了新办公室",
        "最好先看第三条，最多三分钟",
        "《好东西》获最佳影片",
    ),
    "medical": (
        "新药三期临床显示治愈率达 60%",
        "他战胜癌症后重返赛场",
        "专家：警惕“一周瘦十斤”的骗局",
        "医保目录新增 91 种药，减轻病人负担",
        "减重手术后要复查",
    ),
    "investment": (
        "央行下调存款利率，银行净利息收窄",
        "警方打掉一个承诺保本高收益的团伙",
        "公司三季度利润同比增长 20%",
        "没有零风险的理财，专家这样表示",
        "他靠写作一年赚了三万",
    ),
    "gambling": (
        "警方捣毁网络赌博平台，抓获 30 人",
        "澳门赌场收入回升",
        "体彩中心公布 11 月销量",
        "他把自己的一切押在新公司上",
        "棋牌协会举行年度比赛",
    ),
    "contact": (
        "微信支付新增 5 项功能",
        "QQ 音乐月活 5.2 亿",
        "这款手机 400 克，800 元",
        "微信读书上线新版",
        "第 123456789 位读者",
    ),
    "personal": (
        "市值 13812345678 元",
        "订单 202611300000123456",
        "身份证号共 18 位",
        "见 https://site.example/13800138000.html",
        "编号 6222 0202 0011 2233 447",
    ),
    "shortlink": (
        "见 https://www.example.com/news",
        "地址 example.org/2026/11/30/a.html",
        "下载 https://apple.com/iphone",
        "代码在 github.com/lib",
        "问 and/or 是什么意思",
    ),
    "words": ("内部，代号", "对手的产品", "群里聊", "代号内部", "没有什么可查的"),
    "declare": (
        "人工智能生成内容标识办法今日施行",
        "AI 公司发布新模型，绘图更快",
        "他用 AI 做了一款游戏",
        "大模型价格战开打",
        "Generated revenue of 3 billion",
    ),
}


def find(rule: str, text: str) -> list[CheckFinding]:
    view = IssueView(digest(items=(item(1),), closing=text), words=WORDS)
    return [one for one in check_issue(view, table={rule: CHECKS[rule]}).findings if one.place == "closing"]


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in FOUND.items() for text in texts])
def test_what_breaks_a_rule_is_found(rule: str, text: str) -> None:
    assert find(rule, text)


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule, texts in LEFT_ALONE.items() for text in texts]
)
def test_what_only_speaks_of_it_is_left_alone(rule: str, text: str) -> None:
    assert not find(rule, text)


@pytest.mark.parametrize("rule", FOUND)
def test_every_rule_of_words_has_its_sentences(rule: str) -> None:
    assert len(FOUND[rule]) >= 5
    assert len(LEFT_ALONE[rule]) >= 5
