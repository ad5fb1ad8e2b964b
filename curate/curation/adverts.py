"""Adverts and noise: how likely a piece sells something, and the evidence in words.

A table of rules, each with a weight, joined by noisy-or (Pearl 1988): independent hints add up and no single
weak one decides. Rules are evidence that an editor can read, which a trained filter's weights are not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from curate.curation.reading import folded, plain, text_of
from curate.curation.words import listed, say
from curate.doors import Map
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
# Pieces that are judged in one call, and travel together to where they are.
BATCH = 200
# News that reports on fraud, law and regulators uses the same words; it is seldom an advert.
REPORTING_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Rule:
    """A hint: what is looked for, how much it says (0..1) in a title, and its name for the editor.

    `words`: one of them is in whatever the pattern finds, so it is looked for first, which takes a hundredth of the
    time. A rule without any finds nothing in a text without Chinese. All are folded, as the text is.
    """

    pattern: str
    weight: float
    zh: str
    en: str
    title_only: bool = False
    words: tuple[str, ...] = ()


RULES: tuple[Rule, ...] = (
    # Prices, coupons, sales
    Rule(r"优惠券|满\d+减\d+|跨店满减|领券|券后价?|立减\d*|代金券|红包封面|领红包|折扣码|优惠码", 0.55, "优惠券", "coupons", words=("优惠券", "满", "领券", "券后", "立减", "代金券", "红包封面", "领红包", "折扣码", "优惠码")),
    Rule(r"限时(?:特价|优惠|抢购|秒杀|折扣|免费|福利|领)|秒杀(?:价|专场|活动|开启|中|节)|抢购|特惠|清仓(?!式)|大促|五折|[1-9](?:\.\d)?折(?!叠|射|腾|磨|扣店)|买一[送赠]一|第二件", 0.45, "促销", "a sale", words=("限时", "抢购", "秒杀", "折", "特惠", "清仓", "大促", "买一", "第二件")),
    Rule(r"(?:仅需|只要|只需|低至|到手价?|特价|原价|现价|售价仅|直降)\s*[¥￥]?\s*\d+(?:\.\d+)?\s*元?|\d+[分元]拼团|[¥￥]\s*\d+(?:\.\d+)?\s*(?:起|包邮|元)", 0.45, "报价", "a price offer", words=("仅需", "只要", "只需", "低至", "到手", "特价", "原价", "现价", "售价仅", "直降", "¥", "拼团")),
    Rule(r"包邮|(?<!社区)团购|拼团|拼单|下单|加购|购物车|旗舰店|小店|橱窗|好物推荐|种草|(?:点击|立即|马上|戳)(?:购买|下单|抢购|领取|预[约订])", 0.5, "邀人购买", "an invitation to buy", words=("包邮", "团购", "拼团", "拼单", "下单", "加购", "购物车", "旗舰店", "小店", "橱窗", "好物推荐", "种草", "点击", "立即", "马上", "戳")),
    Rule(r"双(?:11|十一|12|十二)(?:.{0,6})(?:优惠|攻略|好价|必买|清单)|618.{0,6}(?:优惠|攻略|好价|必买|清单)", 0.45, "购物节", "a shopping festival", words=("11", "十一", "12", "十二", "618")),
    # Sign-up, courses, recruiting of customers
    Rule(r"(?:立即|马上|免费|火热|扫码|点击|在线|限时|即刻)报名|报名(?:通道|链接|从速|入口开启|开启|方式)|名额(?:有限|仅剩|告急)|仅限前?\d+名|招生简章", 0.5, "招揽报名", "a call to sign up", words=("报名", "名额", "仅限", "招生简章")),
    Rule(r"(?:训练营|特训营|公开课|体验课|试听|精品课|网课|课程)(?:.{0,12})(?:报名|开课|免费|限时|优惠|元|领取|开营|开售)|0元学|零基础(?:入门|学|也能)", 0.5, "推销课程", "a course for sale", words=("训练营", "特训营", "公开课", "体验课", "试听", "精品课", "网课", "课程", "0元学", "零基础")),
    Rule(r"(?:扫码|长按|识别)(?:.{0,8})(?:二维码|小程序|添加|进群|入群|加群|领取)|加(?:我|微|V|vx)?(?:微信|微信号|vx)|进群|入群领|私信.{0,6}领|后台回复.{0,8}(?:领|获取)", 0.45, "引流加群", "a lure into a group", words=("扫码", "长按", "识别", "进群", "vx", "微信", "入群领", "私信", "后台回复")),
    Rule(r"免费(?:领取?|送|赠送|体验|试用|试听|试吃)|(?:转发|集赞|点赞)(?:.{0,6})(?:抽奖|领取|送|有礼)|抽奖|福利(?:来了|大放送|派送|时间|社)|送福利|中奖名单|0元(?:领|购)", 0.45, "赠品抽奖", "giveaways", words=("免费", "转发", "集赞", "点赞", "抽奖", "福利", "中奖名单", "0元")),
    # Stock tips, loans, lotteries
    Rule(r"牛股|黑马股|翻倍股|涨停(?:王|牛股|密码|基因)|荐股|金股推荐|内幕消息|主力资金(?:已|正在)?(?:悄然)?(?:潜伏|布局)|(?:免费)?诊股|股票群|跟单|带单|稳赚|保本高收益|日赚|月入(?:过)?\d*万|躺赚|副业", 0.55, "荐股揽财", "stock tips or easy money", words=("牛股", "黑马股", "翻倍股", "涨停", "荐股", "金股推荐", "内幕消息", "主力资金", "诊股", "股票群", "跟单", "带单", "稳赚", "保本高收益", "日赚", "月入", "躺赚", "副业")),
    Rule(r"(?:免抵押|极速|秒)(?:贷款|放款|到账|下款)|贷款(?:咨询|办理|热线)|刷单|彩票预测|特码", 0.6, "贷款彩票", "loans or lotteries", words=("贷款", "放款", "到账", "下款", "刷单", "彩票预测", "特码")),
    # Business promotion
    Rule(r"(?:本文|以上|以下)(?:内容)?(?:为|系|是)?(?:广告|推广|软文)|(?:广告|推广|商务)合作|\[?(?:广告|推广|赞助)\]|【(?:广告|推广|赞助|商讯|福利|抽奖|团购)】|[（(](?:广告|推广)[）)]|品牌(?:推广|内容)|赞助内容", 0.7, "自称推广", "labelled as promotion", words=("本文", "以上", "以下", "广告", "推广", "合作", "赞助", "商讯", "福利", "抽奖", "团购", "品牌")),
    Rule(r"(?:咨询|订购|加盟|招商|预约|客服|服务|售楼|购房)(?:热线|电话|专线)|招商加盟|诚招(?:代理|加盟)|火爆招商|隆重(?:开盘|登场|上市|推出)|盛大(?:开业|开盘|启幕)|恭候(?:品鉴|光临)|尊享|钜惠|豪礼", 0.5, "商业宣传", "business promotion", words=("热线", "电话", "专线", "招商加盟", "诚招", "火爆招商", "隆重", "盛大", "恭候", "尊享", "钜惠", "豪礼")),
    # What only an advert says in a title: one such hint is enough
    Rule(r"(?:火热|火爆|正在|持续|抢先|提前|扫码|立即|免费)(?:招募|报名|预约|预售|开抢|招生)|报名(?:通道|入口|链接|方式)?(?:开启|开放|开始|启动)|(?:快|速|赶紧)报名|报名表来|报考倒计时|征集令|[为给].{2,8}招(?:募|新|贤)|报名(?:ing|中(?!心|断|国|学|小|考)|从速|倒计时|即将截止|福利)|招募(?:令|患者|志愿者|中(?!心|国|韩|外|东)|！|!)|[【\[]\s*(?:招募|报名|招聘|诚聘|内推|招商)\s*[】\]]|发起(?:征集|甄选|招募)|期待(?:你|您)的加入|招展招商|招商(?:全面)?启动|加入我们|诚聘|招聘(?:启事|公告|信息)|招贤|内推(?!出|进|动|行)", 0.65, "招募报名", "a call to join", title_only=True),
    Rule(r"(?:活动|演出|讲座|直播|课程|沙龙|展览|演唱会|音乐会)(?:预告|预报|邀请|场次)|演出场次|(?<!投资)邀请函|诚邀|(?:父亲|母亲|儿童|端午|中秋|周年|粉丝)节?(?:特别|专属)活动|(?:研讨会|培训班|训练营|精英班|论坛|沙龙)(?:[”」》])?的?(?:通知)$|邀您|约(?:你|您)(?:一起|来)|(?:与|和)(?:你|您)(?:相约|有约|约在)|(?:峰会|论坛|年会|大会|研讨会|培训班|展会)[^，。]{0,12}(?:会议通知|邀请|报名|(?:你|您)?来不来|来啦)|召开[^，。]{0,40}(?:年会|峰会|研讨会|大会)的?通知|(?:线上|万人|在线)[^，。]{0,6}峰会|集结令|在线分享|线上分享|直播(?:间见|预约|倒计时)|欢迎(?:你|您)(?:！|!|$|来)|等(?:你|您)来|来(?:赏|玩|打卡|挑战)[！!]?$|义诊[^，。]{0,20}(?:等|预约|来了|邀)|码上”?看直播|来直播间|本周[一二三四五六日末]?来\S{2,8}，", 0.6, "活动邀请", "an invitation to an event", title_only=True),
    Rule(r"(?:粉丝|超级|专属|限量|新人|会员|考研|独家|开学|节日|宠粉)(?:群|超级|专属)*福利|福利第.弹|大?礼包|赢(?:取)?(?:百?\d*[GM]?流量|奖品|大奖|好礼|豪礼|礼品|门票|现金)|(?:万元|\d+元|千元|现金)?(?:大奖|好礼|红包|豪礼)等(?:你|您)|(?:业绩|增长|学习|专业)\S{0,4}福利|\d+元包邮|盲盒.{0,6}(?:免费|领|等你)|领盲盒|人人有份|领取.{2,12}(?:礼物|礼品|礼盒|大礼|资料|好礼|门票)|免费(?:游|看|抢|听课|领)(?!戏|客)|[送赢抽](?:Air ?Pods|iPhone|iPad|手机|京东卡|话费|流量|会员)|参与(?:互动|活动|留言).{0,4}[送赢抽]|\d?元[领购]|(?:全网|限量)(?:限量)?(?:免费)?送|(?:双倍|\d+倍)积分|回归(?:计划|礼)|门票(?:免费|半价|大放送)|免佣金?|开户(?:渠道|优惠|链接|福利)|抽(?:送|取)\d|送(?:票|书|门票|礼品)(?:啦|了|福利|！|!|$)", 0.65, "福利赠品", "gifts for readers", title_only=True),
    Rule(r"好物|被种草|种草(?:了|清单|指南)|带回家|不(?:到|过|足)百(?:元|块)?(?!年|万|人|米|天|亩)|百元(?:以内|以下)|白菜价|骨折价|闭眼(?:入|买)|必(?:买|入)(?:清单|好物|单品|款)|囤货|钱包空|剁手(?!党被)|(?:全场|低至|直降|立减|跨店).{0,6}(?:折|满减|\d+元|起)|\d元抢|抢[^，。]{2,8}(?:茶|酒|券|票|鞋|包|礼盒)[！!]|绝绝子！|定制(?:你|您)的?专属|开抢|预订可享|(?:超值|全新|限时|端午|年中|大|独家)促销|促销(?:[！!]|上线|开启|来了|ing)|(?:正式|全新|重磅)?上架[！!]?$|(?:套装|套系|系列|新书|新款|联名)[^，。]{0,10}上架|(?:三|四|五|六|两)件套|我爱\S{2,5}[！!]$|一夜\S{2,6}不\S{1,3}$|(?:仪态|瑜伽|写作|理财|摄影|普拉提|英语|沟通|演讲|护肤)课[：:丨|]|(?:每晚|每间|人均)最低|新品(?:上市|首发|尝鲜|限时)|(?:产品|礼品|服务|个性化|专属|文创)定制", 0.62, "推销商品", "goods for sale", title_only=True),
    Rule(r"再次买入|今[天日](?:买入?|低吸|加仓)(?!者|的)|加仓干|明[天日](?:抢|买|上车|低吸)|财富(?:代码|密码)[！!]|抄底[，,！!]?下一[只个支]|下一(?:只|支)(?:牛股|妖股|龙头|翻倍)|先手吃肉|越跌越买|[“「]?低吸[”」]?点?(?!引)|赚钱概率|限\d+小时删除?|下个[“「]?(?:低吸|买)|(?:重点|紧)?[看盯](?:这)?[一二两三四五几]只?股(?!份|权|市)|这(?:只|支)(?:新股|股|票|个股|潜力股|低估|龙头)|(?:周|月|年)涨幅\d{2,}%|强烈看涨|强烈推荐.{0,6}股|(?:超级)?主力排行|看好(?:的)?[一二两三几这](?:家公司|只股?票?|个?标的)|赚[番翻]了?|有个(?:大)?机会|(?:趋势|超级)?大机会[！!]|明[天日](?:必涨|关注|潜伏|涨停)|涨停(?:预测|预定|板预)|[金牛妖]股(?:推荐|池|名单|来了|出炉|曝光|预测)|翻倍(?:牛|潜力|黑马)|S?VIP专享|小密圈|知识星球", 0.65, "荐股", "stock tips", title_only=True),
    Rule(r"变现\d+|(?:利润|日入|日赚|月入|年入)(?:过)?\d+|躺赚|赚钱(?:攻略|秘籍|项目|的?副业)|精准引流|引流\d+|操盘经验|致富(?:小)?(?:窍门|秘籍|项目)|财富(?:自由|密码)(?:课|训练|来了)|无货源", 0.65, "赚钱门路", "ways to easy money", title_only=True),
    Rule(r"(?:方案|产品|品牌|招商|项目)推介|(?:最快)?\d+天(?:出|拿)(?:执照|证|牌照)|税(?:收)?返(?:还)?|代办|(?:训练营|特训营|线下课|课程|专栏)(?:导游|上线|开营|最后|限时|预售|优惠)|最后[一1]天[！!| ｜丨]|[『「【]?(?:小|大)?[红蓝白黑]盒[』」】]?.{0,4}重磅|(?:考研|考公|真题|面试)[^，。]{0,6}(?:资源|资料|真题集锦?|密训)[^，。]{0,8}(?:更新|领取|押题|\d+套)|密训|押题(?:卷|班|！|）)|[“「]?有内涵(?:的|在)?公众号|演员推介|(?:第一支|首支|支)\S{0,3}广告|(?:集|特)训营[^，。]{0,10}(?:氛围|圆满|开营|收官|太)|口碑.{0,4}(?:公众号|好号)|(?:公众|好)号(?:推荐|，你关注)|互推", 0.62, "商业推广", "business promotion", title_only=True),
    # What is no piece at all
    Rule(r"^\s*(?:分享图片|分享视频|分享音频|分享一篇文章|图片分享|无标题|测试)\s*[。.!！]?\s*$", 0.9, "没有内容的分享", "a share without content", title_only=True),
    Rule(r"^\s*(?:hello,? world|about(?: (?:me|us|this (?:site|blog)))?|关于(?:我们?|本站|博主|作者)?|友情链接|友链|留言板|归档|首页|untitled|no title|test(?: post)?)\s*[。.!！]?\s*$", 0.9, "站点的页面，不是文章", "a page of the site and no piece", title_only=True, words=("hello", "about", "title", "test", "关于", "友", "留言板", "归档", "首页")),
    Rule(r"^\s*(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?\s*$", 0.9, "标题只有日期", "a date for a title", title_only=True, words=("19", "20")),
    # English
    Rule(r"\b(?:coupons?|promo codes?|discount codes?|voucher codes?|use code [a-z0-9]+)\b", 0.55, "优惠券", "coupons", words=("coupon", "code")),
    Rule(r"\b\d{1,2}% off\b|\$\d+(?:\.\d\d)? off\b|\b(?:best|top|early|today'?s|flash|daily) deals?\b|\bdeals? (?:of the day|under \$\d+|to shop|you can)\b|\bon sale (?:for|now)\b|\b(?:flash|clearance) sale\b|\blowest price\b|\b(?:black friday|cyber monday|prime day)\b.{0,30}\bdeals?\b", 0.5, "促销", "a sale", words=(" off", "deal", "sale", "lowest price")),
    Rule(r"\b(?:buy|shop|order|subscribe|enrol+|register|sign up) (?:now|today)\b|\bfree (?:trial|shipping|gift|webinar)\b|\blimited[- ]time\b|\bonly \d+ (?:left|seats|spots)\b|\bearly[- ]bird\b|\bact now\b|\bdon'?t miss out\b", 0.45, "邀人购买", "an invitation to buy", words=("buy ", "shop ", "order ", "subscribe ", "enrol", "register ", "sign up ", "free ", "limited", "only ", "early", "act now", "miss out")),
    Rule(r"\bsponsored\b(?: (?:post|content|by))?|\bpaid (?:post|partnership|promotion)\b|\badvertorial\b|\baffiliate (?:links?|commission)\b|\bpartner content\b|\bbrought to you by\b|\[ad\]", 0.6, "自称推广", "labelled as promotion", words=("sponsored", "paid p", "advertorial", "affiliate", "partner content", "brought to you", "[ad]")),
    Rule(r"\[?AD\]", 0.7, "自称推广", "labelled as promotion", words=("ad]",)),
    Rule(r"\b(?:giveaway|sweepstakes)\b|\bwin a (?:free )?\w+|\bhot stocks?\b.{0,20}\bbuy\b|\bstocks? to buy (?:now|today)\b|\bget rich\b|\bpassive income\b|\bmake money\b.{0,12}\b(?:fast|online|home)\b", 0.5, "赠品或荐股", "giveaways or stock tips", words=("giveaway", "sweepstakes", "win a ", "stock", "get rich", "passive income", "make money")),
)  # fmt: skip

_COMPILED = tuple((rule, re.compile(rule.pattern, re.IGNORECASE)) for rule in RULES)
# the rules' words: those in Latin letters, and the Chinese ones by their first character
_LATIN = frozenset(word for rule in RULES for word in rule.words if word.isascii())
_CHINESE = {
    first: {word for rule in RULES for word in rule.words if word[0] == first}
    for first in sorted({word[0] for rule in RULES for word in rule.words if not word.isascii()})
}
# the first character of a Chinese word where the whole word stands
_CUE = re.compile(
    "|".join(f"{first}(?={'|'.join(word[1:] for word in words)})" for first, words in _CHINESE.items())
)
_HAN = re.compile("[\u3400-\u9fff]")
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
    likelihood, hints = _judge(plain(entry.title), _ends(text_of(entry)))
    if likelihood < MENTION:
        return None
    shown = listed([hint.en if language == "en" else hint.zh for hint in hints[:3]], language)
    words = say("advert", language, percent=round(100 * likelihood), shared=shown)
    return Reason("advert", round(likelihood, 3), words)


def sellers(
    pool: Sequence[Entry], texts: Sequence[str], spread: Map = map
) -> Callable[[Iterable[int]], AbstractSet[int]]:
    """Says by their numbers which entries are treated as adverts: never the editor's own. `texts` are their fullest
    plain texts. It takes time, so each is looked at when it is first asked for."""
    known = {i: False for i, entry in enumerate(pool) if entry.original}

    def among(asked: Iterable[int]) -> AbstractSet[int]:
        every = set(asked)
        new = sorted(every - known.keys())
        parts = [new[k : k + BATCH] for k in range(0, len(new), BATCH)]
        pieces = [[(pool[i].title, _ends(texts[i])) for i in part] for part in parts]
        for part, verdicts in zip(parts, spread(_promote, pieces), strict=True):
            known.update(zip(part, verdicts, strict=True))
        return {i for i in every if known[i]}

    return among


def _promote(pieces: Sequence[tuple[str, str]]) -> list[bool]:
    return [_judge(plain(title), text)[0] >= ADVERT for title, text in pieces]


def _ends(text: str) -> str:
    """What is read of a text."""
    return text if len(text) <= HEAD + TAIL else f"{text[:HEAD]}\n{text[-TAIL:]}"


@lru_cache(maxsize=8192)
def _judge(title: str, body: str) -> tuple[float, tuple[Rule, ...]]:
    """Likelihood by noisy-or over the rules that hold, and those rules, the weightiest first."""
    title, body = folded(title), folded(body)
    found: dict[str, tuple[float, Rule]] = {}
    chinese = _HAN.search(title) is not None
    heard, read = _words_in(title), _words_in(body)
    for rule, pattern in _COMPILED:
        weight = 0.0
        if _may_hold(rule, heard, chinese) and pattern.search(title):
            weight = rule.weight
        elif not rule.title_only and _may_hold(rule, read, chinese=False) and pattern.search(body):
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


def _words_in(text: str) -> set[str]:
    """The rules' words that are in a text: one glance for all that are Chinese, as they are many."""
    likely = chain(_LATIN, *(_CHINESE[first] for first in set(_CUE.findall(text))))
    return {word for word in likely if word in text}


def _may_hold(rule: Rule, words: AbstractSet[str], chinese: bool) -> bool:
    return not words.isdisjoint(rule.words) if rule.words else chinese
