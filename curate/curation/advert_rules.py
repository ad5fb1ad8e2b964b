"""What sells wherever it stands, as a table: prices, coupons, calls to buy, tips, and what is no piece at all.

Patterns are matched against folded text: full-width signs are plain there, and capitals small.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A hint: what is looked for, how much it says (0..1) in a title, and its name for the editor.

    `words`: one of them is in whatever the pattern finds, so it is looked for first, which takes a hundredth of the
    time. All are folded, as the text is. `title_only`: in a text it says nothing.
    """

    pattern: str
    weight: float
    zh: str
    en: str
    words: tuple[str, ...]
    title_only: bool = False


TEXTS: tuple[Rule, ...] = (
    # Prices, coupons, sales
    Rule(r"优惠券|满\d+减\d+|跨店满减|领券|券后价?|立减\d*|代金券|抵用券|抵扣券|红包封面|领红包|折扣码|优惠码", 0.55, "优惠券", "coupons", words=("优惠券", "满", "领券", "券后", "立减", "代金券", "抵用券", "抵扣券", "红包封面", "领红包", "折扣码", "优惠码")),
    Rule(r"限时(?:特价|优惠|抢|秒杀|折扣|免费|福利|领)|秒杀(?:价|专场|活动|开启|中|节)|抢购|特惠|清仓(?![式走离,])|大促|五折|[1-9](?:\.\d)?折(?!叠|射|腾|磨|扣店)|买一[送赠]一|第二件", 0.45, "促销", "a sale", words=("限时", "抢购", "秒杀", "折", "特惠", "清仓", "大促", "买一", "第二件")),
    Rule(r"(?:仅需|只要|只需|低至|到手价?|特价|原价|现价|售价仅|仅售|直降|劲省|立省)\s*[¥￥]?\s*\d+(?:\.\d+)?\s*(?:元|(?![%℃°度]))|\d+[分元]拼团|[¥￥]\s*\d+(?:\.\d+)?\s*(?:起|包邮|元)", 0.45, "报价", "a price offer", words=("仅需", "只要", "只需", "低至", "到手", "特价", "原价", "现价", "售价仅", "仅售", "直降", "劲省", "立省", "¥", "拼团")),
    Rule(r"包邮|(?<!社区)团购|拼团|拼单|下单|加购|购物车|旗舰店|小店|橱窗|好物推荐|种草|(?:点击|立即|马上|戳)(?:购买|下单|抢购|领取|预[约订])", 0.5, "邀人购买", "an invitation to buy", words=("包邮", "团购", "拼团", "拼单", "下单", "加购", "购物车", "旗舰店", "小店", "橱窗", "好物推荐", "种草", "点击", "立即", "马上", "戳")),
    Rule(r"(?:双(?:11|十一|12|十二)|618|年中大促).{0,8}(?:优惠|攻略|好价|必买|清单|福利|红包|盲盒|好礼|热爱|盛典|狂欢|开抢|回血)", 0.5, "购物节", "a shopping festival", words=("11", "十一", "12", "十二", "618", "年中大促")),
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
    Rule(r"(?:咨询|订购|加盟|招商|预约|客服|服务|售楼|购房)(?:热线|电话|专线)|招商加盟|诚招(?:代理|加盟)|火爆招商|隆重(?:开盘|登场|上市|推出)|盛大(?:开业|开盘)|恭候(?:品鉴|光临)|尊享|钜惠|豪礼", 0.5, "商业宣传", "business promotion", words=("热线", "电话", "专线", "招商加盟", "诚招", "火爆招商", "隆重", "盛大", "恭候", "尊享", "钜惠", "豪礼")),
    # What is no piece at all
    Rule(r"^\s*(?:分享图片|分享视频|分享音频|分享一篇文章|图片分享|无标题|测试|早安|晚安|午安|如题|置顶|点击查看|阅读原文)\s*[。.!！]?\s*$", 0.9, "没有内容的分享", "a share without content", title_only=True, words=("分享", "无标题", "测试", "早安", "晚安", "午安", "如题", "置顶", "点击查看", "阅读原文")),
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
