"""Adverts and noise: how likely a piece sells something, and the evidence in words.

A table of rules, each with a weight, joined by noisy-or (Pearl 1988): independent hints add up and no single
weak one decides. Rules are evidence that an editor can read, which a trained filter's weights are not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from curate.curation.reading import folded, plain, text_of
from curate.curation.words import listed, say
from curate.model import Entry, Reason

# From here on a piece is treated as an advert: two strong hints, or a strong one and two weak ones.
ADVERT = 0.60
# Less than this is not worth telling the editor.
MENTION = 0.20
# A word in the middle of a long article says less than one in the title, and the same sale is announced at
# the beginning and at the end: only these parts of a text are read.
HEAD = 400
TAIL = 300
BODY_SHARE = 0.6
# News that reports on fraud, law and regulators uses the same words; it is seldom an advert.
REPORTING_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Rule:
    """A hint: what is looked for, how much it says (0..1) in a title, and its name for the editor."""

    pattern: str
    weight: float
    zh: str
    en: str
    title_only: bool = False


RULES: tuple[Rule, ...] = (
    # Prices, coupons, sales
    Rule(r"优惠券|满\d+减\d+|跨店满减|领券|券后价?|立减\d*|代金券|红包封面|领红包|折扣码|优惠码", 0.55, "优惠券", "coupons"),
    Rule(r"限时(?:特价|优惠|抢购|秒杀|折扣|免费|福利|领)|秒杀(?:价|专场|活动|开启|中|节)|抢购|特惠|清仓(?!式)|大促|五折|[1-9](?:\.\d)?折(?!叠|射|腾|磨|扣店)|买一[送赠]一|第二件", 0.45, "促销", "a sale"),
    Rule(r"(?:仅需|只要|只需|低至|到手价?|特价|原价|现价|售价仅|直降)\s*[¥￥]?\s*\d+(?:\.\d+)?\s*元?|\d+[分元]拼团|[¥￥]\s*\d+(?:\.\d+)?\s*(?:起|包邮|元)", 0.45, "报价", "a price offer"),
    Rule(r"包邮|(?<!社区)团购|拼团|拼单|下单|加购|购物车|旗舰店|小店|橱窗|好物推荐|种草|(?:点击|立即|马上|戳)(?:购买|下单|抢购|领取|预[约订])", 0.5, "邀人购买", "an invitation to buy"),
    Rule(r"双(?:11|十一|12|十二)(?:.{0,6})(?:优惠|攻略|好价|必买|清单)|618.{0,6}(?:优惠|攻略|好价|必买|清单)", 0.45, "购物节", "a shopping festival"),
    # Sign-up, courses, recruiting of customers
    Rule(r"(?:立即|马上|免费|火热|扫码|点击|在线|限时|即刻)报名|报名(?:通道|链接|从速|入口开启|开启|方式)|名额(?:有限|仅剩|告急)|仅限前?\d+名|招生简章", 0.5, "招揽报名", "a call to sign up"),
    Rule(r"(?:训练营|特训营|公开课|体验课|试听|精品课|网课|课程)(?:.{0,12})(?:报名|开课|免费|限时|优惠|元|领取|开营|开售)|0元学|零基础(?:入门|学|也能)", 0.5, "推销课程", "a course for sale"),
    Rule(r"(?:扫码|长按|识别)(?:.{0,8})(?:二维码|小程序|添加|进群|入群|加群|领取)|加(?:我|微|V|vx)?(?:微信|微信号|vx)|进群|入群领|私信.{0,6}领|后台回复.{0,8}(?:领|获取)", 0.45, "引流加群", "a lure into a group"),
    Rule(r"免费(?:领取?|送|赠送|体验|试用|试听|试吃)|(?:转发|集赞|点赞)(?:.{0,6})(?:抽奖|领取|送|有礼)|抽奖|福利(?:来了|大放送|派送|时间|社)|送福利|中奖名单|0元(?:领|购)", 0.45, "赠品抽奖", "giveaways"),
    # Stock tips, loans, lotteries
    Rule(r"牛股|黑马股|翻倍股|涨停(?:王|牛股|密码|基因)|荐股|金股推荐|内幕消息|主力资金(?:已|正在)?(?:悄然)?(?:潜伏|布局)|(?:免费)?诊股|股票群|跟单|带单|稳赚|保本高收益|日赚|月入(?:过)?\d*万|躺赚|副业", 0.55, "荐股揽财", "stock tips or easy money"),
    Rule(r"(?:免抵押|极速|秒)(?:贷款|放款|到账|下款)|贷款(?:咨询|办理|热线)|刷单|彩票预测|特码", 0.6, "贷款彩票", "loans or lotteries"),
    # Business promotion
    Rule(r"(?:本文|以上|以下)(?:内容)?(?:为|系|是)?(?:广告|推广|软文)|(?:广告|推广|商务)合作|\[?(?:广告|推广|赞助|AD)\]|【(?:广告|推广|赞助|商讯|福利|抽奖|团购)】|[（(](?:广告|推广)[）)]|品牌(?:推广|内容)|赞助内容", 0.7, "自称推广", "labelled as promotion"),
    Rule(r"(?:咨询|订购|加盟|招商|预约|客服|服务|售楼|购房)(?:热线|电话|专线)|招商加盟|诚招(?:代理|加盟)|火爆招商|隆重(?:开盘|登场|上市|推出)|盛大(?:开业|开盘|启幕)|恭候(?:品鉴|光临)|尊享|钜惠|豪礼", 0.5, "商业宣传", "business promotion"),
    # What is no piece at all
    Rule(r"^\s*(?:分享图片|分享视频|分享音频|分享一篇文章|图片分享|无标题|测试)\s*[。.!！]?\s*$", 0.9, "没有内容的分享", "a share without content", title_only=True),
    # English
    Rule(r"\b(?:coupons?|promo codes?|discount codes?|voucher codes?|use code [a-z0-9]+)\b", 0.55, "优惠券", "coupons"),
    Rule(r"\b\d{1,2}% off\b|\$\d+(?:\.\d\d)? off\b|\b(?:best|top|early|today'?s|flash|daily) deals?\b|\bdeals? (?:of the day|under \$\d+|to shop|you can)\b|\bon sale (?:for|now)\b|\b(?:flash|clearance) sale\b|\blowest price\b|\b(?:black friday|cyber monday|prime day)\b.{0,30}\bdeals?\b", 0.5, "促销", "a sale"),
    Rule(r"\b(?:buy|shop|order|subscribe|enrol+|register|sign up) (?:now|today)\b|\bfree (?:trial|shipping|gift|webinar)\b|\blimited[- ]time\b|\bonly \d+ (?:left|seats|spots)\b|\bearly[- ]bird\b|\bact now\b|\bdon'?t miss out\b", 0.45, "邀人购买", "an invitation to buy"),
    Rule(r"\bsponsored\b(?: (?:post|content|by))?|\bpaid (?:post|partnership|promotion)\b|\badvertorial\b|\baffiliate (?:links?|commission)\b|\bpartner content\b|\bbrought to you by\b|\[ad\]", 0.6, "自称推广", "labelled as promotion"),
    Rule(r"\b(?:giveaway|sweepstakes)\b|\bwin a (?:free )?\w+|\bhot stocks?\b.{0,20}\bbuy\b|\bstocks? to buy (?:now|today)\b|\bget rich\b|\bpassive income\b|\bmake money\b.{0,12}\b(?:fast|online|home)\b", 0.5, "赠品或荐股", "giveaways or stock tips"),
)  # fmt: skip

_COMPILED = tuple((rule, re.compile(rule.pattern, re.IGNORECASE)) for rule in RULES)
_REPORTING = re.compile(
    r"警方|法院|判决|被罚|处罚|罚款|诈骗|骗局|警惕|提醒|监管|查处|通报|曝光|涉嫌|起诉|约谈|整治|整改|下架|资本|虚假宣传|维权|投诉"
    r"|\b(?:fraud|scams?|lawsuits?|sued|fined?|regulators?|court|police|investigat\w+|bans?|banned)\b",
    re.IGNORECASE,
)


def advert(entry: Entry, language: str = "zh") -> Reason | None:
    """How likely the entry is an advert (points, 0..1) and by what evidence; None where nothing hints at it.

    The editor's own pieces are never taken for adverts.
    """
    if entry.original:
        return None
    text = text_of(entry)
    body = text if len(text) <= HEAD + TAIL else f"{text[:HEAD]}\n{text[-TAIL:]}"
    likelihood, hints = _judge(plain(entry.title), body)
    if likelihood < MENTION:
        return None
    shown = listed([hint.en if language == "en" else hint.zh for hint in hints[:3]], language)
    words = say("advert", language, percent=round(100 * likelihood), shared=shown)
    return Reason("advert", round(likelihood, 3), words)


@lru_cache(maxsize=8192)
def _judge(title: str, body: str) -> tuple[float, tuple[Rule, ...]]:
    """Likelihood by noisy-or over the rules that hold, and those rules, the weightiest first."""
    title, body = folded(title), folded(body)
    found: dict[str, tuple[float, Rule]] = {}
    for rule, pattern in _COMPILED:
        weight = 0.0
        if pattern.search(title):
            weight = rule.weight
        elif not rule.title_only and pattern.search(body):
            weight = rule.weight * BODY_SHARE
        if weight > found.get(rule.en, (0.0, rule))[0]:
            found[rule.en] = (weight, rule)
    doubt = 1.0
    for weight, _ in found.values():
        doubt *= 1 - weight
    likelihood = 1 - doubt
    if _REPORTING.search(title):
        likelihood *= REPORTING_SHARE
    ranked = sorted(found.values(), key=lambda item: -item[0])
    return likelihood, tuple(rule for _, rule in ranked)
