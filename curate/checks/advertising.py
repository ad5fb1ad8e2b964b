"""Claims that advertising may not make: absolute words, promises of healing and of gain, invitations to gamble.

Each rule joins what a claim is made of. A superlative is one only about goods, services or the account itself; a cure or a
gain only with a promise. A sentence that reports, warns or denies makes no claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from curate.text.searchable import fold_searchable
from curate.text.sentences import sentences

ClaimRule = Literal["absolute", "medical", "investment", "gambling"]


class AdvertClaim(NamedTuple):
    """A claim and its words."""

    rule: ClaimRule
    text: str


_ANY = r"[^\n。！？!?]*?"
# The law names some (国家级, 最高级, 最佳) and means all of their kind.
_BEST = (
    r"(?:最(?:好|佳|优|强|棒|牛|低价|便宜|划算|实惠|专业|权威|先进|高级|安全|有效|受欢迎|畅销|值得(?:信赖|拥有|购买)|完美|顶尖|顶级|齐全|全面|高端|舒适|省钱|优惠|优质|正宗|靠谱|可靠|良心|甜|香|好[吃喝用看]|美味|放心|满意|耐用|舒服|贴心|新鲜|纯正|低的?价|低[，,。！!]|大的(?:优惠|折扣)|火爆|高效|省心|让人放心|值)(?!得[^拥信购买]|不过|还是|先|别|能|的(?:办法|方法|时候|时代|时光|年代|结果|安排|朋友|自己|证明))"
    r"|(?:国家|世界|宇宙|全球|殿堂|顶|极)级(?!别|联赛|保护|赛|比赛|自然|非遗|文物|重点|实验室|博物馆|新区|开发区|经济|贫困|战略|媒体|领导|森林|公园|文件|公务)|独一无二|绝无仅有|史无前例|前无古人|无与伦比|首屈一指|天下第一|无可替代|无人能[及敌比]|傲视|独步|做到了?极致|极致的?(?:体验|享受|服务)|零(?:缺陷|差评|瑕疵|风险)"
    r"|(?:销量|口碑|排名|质量|品质|实力|服务|好评|市占率|性价比|全网|全国|全球|行业|业内|国内|亚洲|世界|同行|同类)(?:[^\n，。！？]{0,4})(?:第一|no\.?\s?1|之最|领先|首选|顶尖|遥遥领先|唯一|冠军|之王|领导者|老大|天花板|无敌)|(?:第一|王者|冠军|领导|驰名|标杆|顶流)(?:品牌|大牌|平台|名师|团队)|唯一(?:指定|授权|正宗|选择|一家|正版|官方)|全网(?:最|独家|唯一|首家|底价)|(?:史上|历史|全年|行业|业界|国内)最|百分之?百(?:有效|满意|正品|好评|通过|成功|安全|纯天然)|100\s?%\s?(?:有效|满意|正品|好评|通过|成功|安全|纯天然)|万能的?(?:药|神器|产品)|极致(?:体验|性价比|享受|品质)"
    r"|\b(?:the )?(?:best|cheapest|finest|safest|strongest|most (?:effective|advanced|trusted|reliable|affordable|powerful))\b|\b(?:no\.? ?1|number one|#1|world[- ]class|unbeatable|unrivall?ed|100% (?:safe|effective|guaranteed|satisfaction))\b)"
)
_WARES = (
    r"(?:我们|我司|我店|我家|俺家|本号|本店|本公司|本平台|本品|本课|本品牌|咱们?家?|小店|自家|旗下|独家|产品|商品|宝贝|好物|单品|品牌|课程?|训练营|服务|套餐|会员|团队|讲师|老师|名师|机构|门店|新品|面膜|精华|护肤|机型|款|楼盘|户型|酒店|民宿|线路|价格|低价|优惠|价|买(?:它|这|我|到|得|过的)|选购|限量|发售|首发|热卖|现货|本品|咱家|下单|购买|入手|抢购|团购|到手|原价|折|元|咨询|报名|预约|加盟|代理|定制|公众号|推广|"
    r"\b(?:we|our|ours|product|service|brand|course|price|deal|buy|order|shop|sale|offer|plan)\b)"
)
_CURE = r"(?:治愈|根治|治好|治疗|痊愈|康复|断根|祛除|根除|去根|消除|逆转|告别|摆脱|战胜|包治|见效|降糖|降压|降脂|减重|瘦|掉秤|长高|增高|生发|祛斑|祛痘|排毒|抗癌|防癌|消失|转阴|好转|降下来|见效|跑光|不再犯|自己就好|说再见|恢复正常|降到正常|就正常|变正常|长满|消退|疗效|有效率|治愈率|药效|止痛|恢复视力|摘(?:掉)?眼?镜|不用吃药|停药)"
_ILL = r"(?:病|癌|瘤|痛|炎|症|糖尿|高血压|血糖|血压|血脂|近视|脱发|失眠|便秘|肥胖|赘肉|斑|痘|痔|疹|癣|风湿|肝|寒腿|心脏|前列腺|颈椎|腰|斤|公斤|厘米|斑秃|白发|皱纹|结节|疤|尿酸|咳|过敏)"
_HEAL = r"(?:抗癌|防癌|降[糖压脂]|减肥|瘦身|生发|祛[斑痘]|增高|排毒|养肝|壮阳)"  # names its illness itself
_SURE = r"(?:保证|包(?!括|含|装|裹|围|容)|承诺|一定(?!程度|的|条件)|必(?!须|要|备|然)|肯定|绝对|百分之?百|100\s?%|永不(?:复发|反弹)|不(?:再)?复发|不反弹|彻底|轻松|只需|仅需|[一二三两四五六七八九十\d]+\s?(?:天|周|个?疗程|盒|次|分钟|小时|个月|贴|瓶|晚|针)(?:[^\n，。]{0,3})(?:就|即|停|见效|搞定|根治|治|瘦|掉|长|告别|摆脱|恢复|摘|消|治好|见)|(?:无|没)效(?:果)?(?:全额)?(?:退款|退钱|包退)|[一二两三四五六七八九十\d]+\s?(?:盒|贴|疗程|晚|针|剂|瓶)|福音|[零无没]{1,2}有?(?:任何)?(?:毒)?副作用|终身|专治|根本上|亲传|祖传|秘方|偏方|神药|神效|立竿见影|药到病除|有效率(?:高?达)?\s?\d)"
_GAIN = r"(?:收益|回报|利息|年化|月息|日息|利润|本金|赚|回本|翻(?:[一二两三四五六七八九十百\d]*倍|番)|[日月年]入\s?[\d一二三四五六七八九十百千万]+|净赚|盈利|分红|涨停|收入|返|获利|到账|提现)"
_CERTAIN = r"(?:保本|保息|保底|保证|稳(?:赚|赢|健?获利|拿|定(?:高|收益))|必赚|包赚|躺赚|只赚不[赔亏]|[零无]风险|没有?(?:任何)?风险|不(?:会)?亏(?!损|待)|兜底|刚[性兑]|承诺|锁定收益|百分之?百|100\s?%|绝对(?:安全|收益|赚|保本|不亏)|没有?亏损|零亏损|带盘|带单|手把手带|稳定日入|一单|有保证|全兑付|内幕|带你|跟(?:着)?(?:我|老师|单)|轻松|闭眼|稳稳)"
_BET = r"(?:下注|投注|押注|博彩|彩金|买球|赌(?:场|球|一把|盘|桌)?|百家乐|老虎机|真人荷官|棋牌|时时彩|六合彩|六合|赛车pk|彩票计划|竞彩|体彩|足彩|双色球|大乐透|真人视讯|筹码|红单|串关|开奖|彩民|盘口|水位|捕鱼|casino|slots?|betting|bets?|sportsbook|poker)"
_LURE = r"(?:注册|充值|首[充存]|送\s?\d|提现|返水|返利|秒到|上分|下分|带你|跟着|包[赢中]|稳[赢中]|必[赢中红]|每天[^\n，。]{0,4}单|随便押|首存|胜率|即赢|付费|进场|必中|提款|平台|网址|app|入口|推荐码|加群|进群|计划群|导师|大神|回血|试玩|领取|扫码|点击|开户|sign ?up|deposit|bonus|free spins|join now|promo code)"

_RULES: tuple[tuple[ClaimRule, re.Pattern[str]], ...] = tuple(
    (rule, re.compile(form))  # type: ignore[misc]
    for rule, form in (
        ("absolute", rf"{_WARES}{_ANY}{_BEST}|{_BEST}{_ANY}{_WARES}"),
        ("medical", rf"(?:{_SURE}{_ANY}(?:{_CURE}{_ANY}{_ILL}|{_ILL}{_ANY}{_CURE})|(?:{_CURE}{_ANY}{_ILL}|{_ILL}{_ANY}{_CURE}){_ANY}{_SURE}|{_ILL}{_ANY}{_SURE}{_ANY}{_CURE}|{_CURE}{_ANY}{_SURE}{_ANY}{_ILL}|{_HEAL}{_ANY}{_SURE}|{_SURE}{_ANY}{_HEAL})|药到病除|包治百病|无效(?:全额)?退款"),
        ("medical", r"\b(?:cures?|heals?|reverses?|eliminates?|melts?|lose)\b[^.!?]*\b(?:guaranteed|100%|permanently|in (?:just )?\d+ (?:days?|weeks?)|no side effects|without (?:diet|exercise|side effects))\b"),
        ("investment", rf"{_CERTAIN}{_ANY}{_GAIN}|{_GAIN}{_ANY}{_CERTAIN}|稳赚不赔|只赚不赔|包赚|稳赚|必涨|保本保息|(?:内幕|牛股|黑马股?|涨停)[^\n。！？]{{0,12}}(?:推荐|群|老师|带|领取|代码|免费)"),
        ("investment", r"\b(?:guaranteed|risk[- ]free|no[- ]risk|sure[- ]fire|certain)\b[^.!?]*\b(?:returns?|profits?|income|yield|gains?)\b|\b(?:returns?|profits?|income|yield|gains?|double your money)\b[^.!?]*\b(?:guaranteed|risk[- ]free|no risk|every (?:day|week|month))\b"),
        ("gambling", rf"{_BET}{_ANY}{_LURE}|{_LURE}{_ANY}{_BET}"),
    )
)  # fmt: skip
_REPORT = re.compile(
    r"诈骗|骗局|被骗|骗子|警惕|谨防|当心|小心|提醒|谣言|辟谣|涉嫌|违规|违法|处罚|被罚|罚款|严禁|禁止|不得|请勿|切勿|不要|别信|勿信|打击|查处|曝光|起诉|警方|法院|判决|获刑|监管|投诉|虚假|住院|出院|手术后|确诊|病例|医院|夸大|号称|声称|宣称|所谓|忽悠|传销|并非|不是(?!梦|问题|难事)|没有(?!任何|风险|副作用|之一|对手|比)|不存在|难以|能否|是否|吗|？|\?|研究|临床|试验|实验|据悉|报道称|数据显示|表示|指出|认为|预计|或将|可能|有望|\b(?:scam|fraud|warns?|fake|sued|fined|banned|no such|not|never|study|trial|researchers?|may|might|could)\b"
)


def find_claims(text: str, *, is_advert: bool = False) -> Iterator[AdvertClaim]:
    """Every sentence's claims, each rule once a sentence. In an advert a superlative needs no ware beside it."""
    for sentence in sentences(text):
        found = fold_searchable(sentence[:_LONGEST])
        if _REPORT.search(found.text):
            continue
        said: set[str] = set()
        for rule, form in _RULES:
            match = form.search(found.text)
            if match is None and rule == "absolute" and is_advert:
                match = _ALONE.search(found.text)
            if match and rule not in said:
                said.add(rule)
                yield AdvertClaim(rule, found.quote(*match.span()))


_LONGEST = 240  # characters of a sentence that are looked at: patterns take time in its square
_ALONE = re.compile(_BEST)
