"""What sells, as a table: prices, coupons, calls to buy, tips, what is no piece at all; and what sells in a title.

Patterns are matched against folded text: full-width signs are plain there, and capitals small. A title's rules are
forms of speech that titles of several accounts share; which wares are praised, and how, is left to the meaning vector.
"""

from __future__ import annotations

from dataclasses import dataclass

STRONG = 0.65  # a title with one such hint is an advert
CERTAIN = 0.9  # such a hint decides, whatever else there is


@dataclass(frozen=True, slots=True)
class AdvertRule:
    """A hint: what is looked for, how much it says (0..1) in a title, and its name, which is `hint.…` in the catalogues.
    A weight below zero speaks against an advert.

    `words`: one of them is in whatever the pattern finds, so it is looked for first, which saves time in a text; they
    are folded, as the text is. `title_only`: in a text it says nothing, and the pattern is tried at once.
    """

    pattern: str
    weight: float
    name: str
    words: tuple[str, ...] = ()
    title_only: bool = False


def _title(name: str, pattern: str) -> AdvertRule:
    return AdvertRule(pattern, STRONG, name, title_only=True)


# What one meets or studies at
MEETINGS = "(?:论坛|年会(?!计)|峰会|大会|研讨会|交流会|沙龙|讲座|培训班|研修班|讲习班|训练营|高研班)"
CAMPS = "(?:训练营|特训营|集训营|体验营|夏令营|冬令营|研修班|培训班|高研班|冲刺班)"

TEXTS: tuple[AdvertRule, ...] = (
    # Prices, coupons, sales
    AdvertRule(r"优惠券|满\d+减\d+|跨店满减|领券|券后价?|立减\d*|代金券|抵用券|抵扣券|红包封面|领红包|折扣码|优惠码", 0.55, "coupons", words=("优惠券", "满", "领券", "券后", "立减", "代金券", "抵用券", "抵扣券", "红包封面", "领红包", "折扣码", "优惠码")),
    AdvertRule(r"限时(?:特价|优惠|抢|秒杀|折扣|免费|福利|领)|秒杀(?:价|专场|活动|开启|中|节)|抢购|特惠|清仓(?![式走离,])|大促|五折|[1-9](?:\.\d)?折(?!叠|射|腾|磨|扣店)|买一[送赠]一|第二件", 0.45, "a sale", words=("限时", "抢购", "秒杀", "折", "特惠", "清仓", "大促", "买一", "第二件")),
    AdvertRule(r"(?:仅需|只要|只需|低至|到手价?|特价|原价|现价|售价仅|仅售|直降|劲省|立省)\s*[¥￥]?\s*\d+(?:\.\d+)?\s*(?:元|(?![%℃°度]))|\d+[分元]拼团|[¥￥]\s*\d+(?:\.\d+)?\s*(?:起|包邮|元)", 0.45, "a price offer", words=("仅需", "只要", "只需", "低至", "到手", "特价", "原价", "现价", "售价仅", "仅售", "直降", "劲省", "立省", "¥", "拼团")),
    AdvertRule(r"包邮|(?<!社区)团购|拼团|拼单|下单|加购|购物车|旗舰店|小店|橱窗|好物推荐|种草|(?:点击|立即|马上|戳)(?:购买|下单|抢购|领取|预[约订])", 0.5, "an invitation to buy", words=("包邮", "团购", "拼团", "拼单", "下单", "加购", "购物车", "旗舰店", "小店", "橱窗", "好物推荐", "种草", "点击", "立即", "马上", "戳")),
    AdvertRule(r"(?:双(?:11|十一|12|十二)|618|年中大促).{0,8}(?:优惠|攻略|好价|必买|清单|福利|红包|盲盒|好礼|热爱|盛典|狂欢|开抢|回血)", 0.5, "a shopping festival", words=("11", "十一", "12", "十二", "618", "年中大促")),
    # Sign-up, courses, recruiting of customers
    AdvertRule(r"(?:立即|马上|免费|火热|扫码|点击|在线|限时|即刻)报名|报名(?:通道|链接|从速|入口开启|开启|方式)|名额(?:有限|仅剩|告急)|仅限前?\d+名|招生简章", 0.5, "a call to sign up", words=("报名", "名额", "仅限", "招生简章")),
    AdvertRule(r"(?:训练营|特训营|公开课|体验课|试听|精品课|网课|课程)(?:.{0,12})(?:报名|开课|免费|限时|优惠|元|领取|开营|开售)|0元学|零基础(?:入门|学|也能)", 0.5, "a course for sale", words=("训练营", "特训营", "公开课", "体验课", "试听", "精品课", "网课", "课程", "0元学", "零基础")),
    AdvertRule(r"(?:扫码|长按|识别)(?:.{0,8})(?:二维码|小程序|添加|进群|入群|加群|领取)|加(?:我|微|V|vx)?(?:微信|微信号|vx)|进群|入群领|私信.{0,6}领|后台回复.{0,8}(?:领|获取)", 0.45, "a lure into a group", words=("扫码", "长按", "识别", "进群", "vx", "微信", "入群领", "私信", "后台回复")),
    AdvertRule(r"免费(?:领取?|送|赠送|体验|试用|试听|试吃)|(?:转发|集赞|点赞)(?:.{0,6})(?:抽奖|领取|送|有礼)|抽奖|福利(?:来了|大放送|派送|时间|社)|送福利|中奖名单|0元(?:领|购)", 0.45, "giveaways", words=("免费", "转发", "集赞", "点赞", "抽奖", "福利", "中奖名单", "0元")),
    # Stock tips, loans, lotteries
    AdvertRule(r"牛股|黑马股|翻倍股|涨停(?:王|牛股|密码|基因)|荐股|金股推荐|内幕消息|主力资金(?:已|正在)?(?:悄然)?(?:潜伏|布局)|(?:免费)?诊股|股票群|跟单|带单|稳赚|保本高收益|日赚|轻松月入|躺赚|副业", 0.55, "stock tips or easy money", words=("牛股", "黑马股", "翻倍股", "涨停", "荐股", "金股推荐", "内幕消息", "主力资金", "诊股", "股票群", "跟单", "带单", "稳赚", "保本高收益", "日赚", "轻松月入", "躺赚", "副业")),
    AdvertRule(r"(?:免抵押|极速|秒)(?:贷款|放款|到账|下款)|贷款(?:咨询|办理|热线)|刷单|彩票预测|特码", 0.6, "loans or lotteries", words=("贷款", "放款", "到账", "下款", "刷单", "彩票预测", "特码")),
    # Business promotion
    AdvertRule(r"(?:本文|以上|以下)(?:内容)?(?:为|系|是)?(?:广告|推广|软文)|(?:广告|推广|商务)合作|\[?(?:广告|推广|赞助)\]|【(?:广告|推广|赞助|商讯|福利|抽奖|团购)】|[（(](?:广告|推广)[）)]|品牌(?:推广|内容)|赞助内容", 0.7, "labelled as promotion", words=("本文", "以上", "以下", "广告", "推广", "合作", "赞助", "商讯", "福利", "抽奖", "团购", "品牌")),
    AdvertRule(r"(?:咨询|订购|加盟|招商|预约|客服|服务|售楼|购房)(?:热线|电话|专线)|招商加盟|诚招(?:代理|加盟)|火爆招商|隆重(?:开盘|登场|上市|推出)|盛大(?:开业|开盘)|恭候(?:品鉴|光临)|尊享|钜惠|豪礼", 0.5, "business promotion", words=("热线", "电话", "专线", "招商加盟", "诚招", "火爆招商", "隆重", "盛大", "恭候", "尊享", "钜惠", "豪礼")),
    # What is no piece at all
    AdvertRule(r"^\s*(?:分享图片|分享视频|分享音频|分享一篇文章|图片分享|无标题|测试|早安|晚安|午安|如题|置顶|点击查看|阅读原文)\s*[。.!！]?\s*$", CERTAIN, "a share without content", title_only=True, words=("分享", "无标题", "测试", "早安", "晚安", "午安", "如题", "置顶", "点击查看", "阅读原文")),
    AdvertRule(r"^\s*(?:hello,? world|about(?: (?:me|us|this (?:site|blog)))?|关于(?:我们?|本站|博主|作者)?|友情链接|友链|留言板|归档|首页|untitled|no title|test(?: post)?)\s*[。.!！]?\s*$", CERTAIN, "a page of the site and no piece", title_only=True, words=("hello", "about", "title", "test", "关于", "友", "留言板", "归档", "首页")),
    AdvertRule(r"^\s*(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?\s*$", CERTAIN, "a date for a title", title_only=True, words=("19", "20")),
    # English
    AdvertRule(r"\b(?:coupons?|promo codes?|discount codes?|voucher codes?|use code [a-z0-9]+)\b", 0.55, "coupons", words=("coupon", "code")),
    AdvertRule(r"\b\d{1,2}% off\b|\$\d+(?:\.\d\d)? off\b|\b(?:best|top|early|today'?s|flash|daily) deals?\b|\bdeals? (?:of the day|under \$\d+|to shop|you can)\b|\bon sale (?:for|now)\b|\b(?:flash|clearance) sale\b|\blowest price\b|\b(?:black friday|cyber monday|prime day)\b.{0,30}\bdeals?\b", 0.5, "a sale", words=(" off", "deal", "sale", "lowest price")),
    AdvertRule(r"\b(?:buy|shop|order|subscribe|enrol+|register|sign up) (?:now|today)\b|\bfree (?:trial|shipping|gift|webinar)\b|\blimited[- ]time\b|\bonly \d+ (?:left|seats|spots)\b|\bearly[- ]bird\b|\bact now\b|\bdon'?t miss out\b", 0.45, "an invitation to buy", words=("buy ", "shop ", "order ", "subscribe ", "enrol", "register ", "sign up ", "free ", "limited", "only ", "early", "act now", "miss out")),
    AdvertRule(r"\bsponsored\b(?: (?:post|content|by))?|\bpaid (?:post|partnership|promotion)\b|\badvertorial\b|\baffiliate (?:links?|commission)\b|\bpartner content\b|\bbrought to you by\b|\[ad\]", 0.6, "labelled as promotion", words=("sponsored", "paid p", "advertorial", "affiliate", "partner content", "brought to you", "[ad]")),
    AdvertRule(r"\[?AD\]", 0.7, "labelled as promotion", words=("ad]",)),
    AdvertRule(r"\b(?:giveaway|sweepstakes)\b|\bwin a (?:free )?\w+|\bhot stocks?\b.{0,20}\bbuy\b|\bstocks? to buy (?:now|today)\b|\bget rich\b|\bpassive income\b|\bmake money\b.{0,12}\b(?:fast|online|home)\b", 0.5, "giveaways or stock tips", words=("giveaway", "sweepstakes", "win a ", "stock", "get rich", "passive income", "make money")),
)  # fmt: skip

TITLES: tuple[AdvertRule, ...] = (
    _title("a call to join",
        r"报名(?:通道|入口|链接|方式|表|啦|从速|倒计时|福利|点|请|戳|进行|即将|截止|正式|(?:全面)?(?:开启|开放)|中(?!心|断|国|学|小|考)|$)|"
        r"(?:火热|火爆|正在|持续|抢先|提前|扫码|立即|免费|快|速|赶紧|参会|欢迎|请|开始|接受)(?:招募|报名|预约|预售|开抢|招生)|招募(?:令|公告|中(?!心|国)|!|全职|兼职|合伙人|志愿者|患者|体验官)|[【\[]招募|(?:志愿者|会员|学员|作者|合伙人)招募|"
        r"投票(?:通道|助力|赢|正式|开启|开始)|投[上下出]?[^,。]{0,3}一票|征集令|有奖(?!举报|励)|快来(?!临|源)|(?:学校|[班营会])报名通知"),
    _title("jobs",
        r"诚聘|急聘|高薪(?:诚)?[聘招]|急招|招人[啦了!]|虚位以待|内推(?![出进行广动])|招贤|加入我们|招聘(?:启事|公告|信息|简章|!|$)|(?:招聘|校招|社招)\s?[|丨】\]]|[【\[](?:招聘|诚聘|内推(?![出进行广动])|校招|社招)|"
        r"(?:公司|工作室|编辑部|团队|我们|我)(?:在|要|来)?招[^,。商生标]{1,8}$"),
    _title("an invitation to an event",
        r"(?:活动|演出|讲座|直播|课程|沙龙|展览|演唱会|音乐会|观影|盛会|day\s?\d)\s?(?:预告|预报|预约|邀请(?!赛)|场次|抢先看)|邀请?[您你]|诚邀|盛邀|(?<!投资)邀请函|敬请(?:莅临|光临)|"
        r"等[你您](?:来|打卡|解锁|挑战|参加|加入|参与|拿|赢|领|抢)|[与和][你您](?:相约|有约|约在|相见|见面)|欢迎来?(?:参会|参加|加入|报名|莅临)|"
        r"(?:开放日|派对|市集|宣讲会|推介会|游园会|读书会|音乐节|嘉年华)[^,。]{0,14}(?:来了|来啦|等你|等您|报名|来袭)|(?:名额|席位)[^,。]{0,4}(?:开放|仅|剩|告急|有限|等你)|沙龙\s?[|丨]|线下(?:沙龙|活动|课)|集结令|召集令|不见不散|"
        rf"嘉宾(?:名单)?(?:揭晓|公布)|直播倒计时|{MEETINGS}[^,。]{{0,8}}即将[^,。]{{0,6}}(?:开幕|召开|举[行办]|启幕|启航)"),
    _title("a notice of a meeting",
        rf"{MEETINGS}[^,。]{{0,8}}(?:第?[一二三四1-4]轮)?(?:会议|报名)?通知|"
        rf"(?:召开|举办|举行|开展|组织)[^。]*{MEETINGS}[^。]{{0,30}}通知|"
        rf"{CAMPS}(?:[^,。]{{0,10}}(?:启航|起航|上线|来袭|来啦|招生|限时|报名)|\s?[|丨:!])|(?:限时|\d元)[^,。]{{0,12}}(?:体验营|训练营|体验课|试听课|特训营)|"
        r"(?:大赛|挑战赛|征文|征集|评选)[^,。]{0,6}(?:正式)?(?:启动|开启|开始)"),
    _title("a show and its tickets",
        r"^\d{1,2}[/.]\d{1,2}\s*[|丨]|巡演[^,。]{0,6}(?:站|开票|官宣|预售)|赠票|抢票(?!软件|神器|难)|(?:演唱会|正式|即将|今[日晚])[^,。]{0,4}开票|早鸟|预约\s?[|丨]|送(?:票|书|门票)(?:啦|了|福利|!|$)"),
    _title("gifts for readers",
        r"免费(?:听课|领取?|送|拿|兑换|抢|游)(?!戏|客)|免门票|门票(?:免费|半价|[1-9五]折)|赢(?:取)?(?:百?\d*[gm]?流量|奖品|大奖|好礼|豪礼|礼品|门票|现金)|"
        r"(?:送|抽|赢|领)[^,。]{0,4}(?:现金|京东卡|话费|iphone|ipad|周边|t恤|公仔|礼盒|礼品|体验券|流量)|(?:粉丝|超级|专属|限量|新人|会员|独家|开学|节日|宠粉|限时)(?:群|名额)?福利|福利(?:第.弹|活动|名额|来袭|专场|放送|到)|"
        r"文末[^,。]{0,2}(?:福利|有礼|抽奖)|送\s?\d+\s?[本个份张套台件盒瓶名箱]|(?:大奖|好礼|红包|豪礼|现金)等[你您]|专属(?:红包|礼)|[\d.]{1,5}元[领购抢](?!得)|(?:新人|福利|超值|专属|活动)大?礼包|\d倍积分|双倍积分|"
        r"(?:全网|限量)(?:限量)?(?:免费)?送|留言[^,。]{0,4}[赢送抽]|赠书|有礼!?$|(?:礼包|兑换|邀请)码|首单立减"),
    _title("goods for sale",
        r"全场.{0,6}(?:折|满减|\d+元|起)|开抢|限时\s?[|丨]|限时\s?\d+\s?元|^[^,。]{0,4}(?:赠票|福利|抽奖|团购|优惠|预售|上新|好物|特惠)\s?[|丨】]|元包邮|[【\[](?:特惠|优惠|福利|秒杀|促销|团购|预售|上新)[】\]]|被种草|"
        r"闭眼(?:入|买)|必(?:买|入)(?:清单|好物|单品)|手慢无|[问求要]链接|(?:工厂|厂家|源头|产地)直供|冷链到|读者专享|专享价|全年最低|(?<!历)史低|不(?:到|过|足)百(?:元|块)|新品(?:上市|首发|限时|来袭|发售|上新)|"
        r"(?:促销|优惠)(?:上线|来袭|来了|活动|[!|])|原价\s?\d+[^。?]{0,8}(?:只要|现价|现在|到手|仅)|(?:清仓|断码|甩卖|特卖|秒杀)[^。?]{0,16}\d元|(?:方案|产品|品牌|招商)推介|好物(?!难)"),
    _title("stays and journeys",
        r"(?:酒店|民宿|房型|客房|机票|度假村|套房|温泉)[^?。]{0,16}(?:促销|\d折|抵扣|礼遇|特惠|低价|有房|特价|每晚|连住|预订|盲盒)|房券|[2-9二三四五六七]天[1-9一二三四五六七]晚|(?:每晚|人均)(?:最低|仅|只要)|最低每晚"),
    _title("property",
        r"首付\s?\d+万[^?]*$|总价\s?\d+万起|(?:精装|毛坯|现房|钥匙房|满五唯一)[^,。?]{0,6}[一二两三四1-4][房室居]|(?:钥匙房|急售房)|(?:盛大|荣耀|即将|火热)(?:开盘|加推|入市)|样板[间房][^,。]{0,4}开放|拎包入住|"
        r"万(?:入住|拿下)[^,。?]{0,16}[房墅室盘]"),
    _title("courses and papers",
        r"押题(?:卷(?!价)|班|!|\))|密训|(?:线下课|课程|专栏|小课堂|大师课)(?:导游|上线|开营|最后|限时|预售|优惠|开课|免费|来啦)|^[【\[]?[^,。?!:业共修党]{1,6}课\s?[】\]]?[|丨:]|免费(?:辅导|直播|公开|视频)?课|"
        r"\d天(?:学会|掌握|速成|拿下|出师)|(?:真题|资料|题库)[^,。?]{0,12}(?:领取|免费|打包|汇总|全集|集锦|人手一份)"),
    _title("ways to easy money",
        r"引流(?:\d+|平台|秘籍|课)|精准引流|变现\d|躺赚|(?:一天|每天|日)(?:利润|收益)\s?\d+|(?:一天|每天|轻松|每月)[^,。]{0,3}赚\s?\d+|赚钱攻略|招代理|一件代发|开户(?:渠道|优惠|链接|福利)|爆单"),
    _title("accounts to follow",
        r"(?:推荐|介绍|口碑|优质|宝藏|几个)[^,。]{0,8}(?:公众号|订阅号|好号)|(?:朋友|好友)的(?:公众号|号,)|(?:设为|加个?|标)星标|(?:加入|添加|邀您加入|进)[^,。]{0,8}(?:交流群|微信群|粉丝群|读者群)|(?:交流|粉丝|读者|学习)群!?$|"
        r"新读者群|加小?(?:助理|客服)"),
    # What tells of wares and offers without selling: courts and regulators, figures, tests, what is over, questions
    AdvertRule(r"警方|法院|判决|罚款|处罚|被罚|诈骗|骗局|被骗|警惕|提醒|监管|查处|通报|曝光|涉嫌|约谈|整治|下架|维权|投诉|财报|营收|股价|融资|收购|裁员|涨价|降价|大跌|销量|测评|评测|实测|横评|"
        r"圆满|落幕|闭幕|回顾|纪实|侧记|揭晓|取消|推迟|公示|通告|政策|收评|复盘|结果公布|是真的吗|靠谱吗|为什么|为何|怎么看|如何看|\b(?:fraud|scams?|sued|fine[sd]?|regulators?|court|police|bann?e?d?)\b",
        -0.5, "reporting", title_only=True),
)  # fmt: skip
RULES = (*TEXTS, *TITLES)
