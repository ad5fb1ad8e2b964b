"""Sentences that induce: rewards and threats for passing on, and access or rewards for following.

Neither is found by a phrase. Each rule joins what such a sentence is made of: what is asked (share, collect likes, bring
people; follow), the condition (后, 才能, 满, 截图, 凭) and what is promised, withheld or threatened. One of them alone is
news; together they are an inducement, unless the sentence reports or warns of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from curate.text.searchable import Searchable, fold_searchable

Induced = Literal["share", "follow"]


class Inducement(NamedTuple):
    """What is induced, and the words by which, as the text has them."""

    kind: Induced
    text: str


_NEAR = r"[^\n]{0,36}?"  # between the parts of one invitation
_CLAUSE = r"[^\n，。！？；,!?;]{0,16}?"
_WHO = r"(?:朋友圈|(?:好|亲|老|密|男|女)?[朋亲战好网]友|闺蜜|兄弟|姐妹|姊妹|哥们|老公|老婆|爸妈|父母|通讯录|家人|家族|亲戚|同事|同学|邻居|身边(?:的)?人|(?:微信|家族|家人|班级|业主|同事|同学|工作|好友|各|你的?|\d+|[一二两三四五六七八九十几多]个?)群|群[里聊]|\d+\s?(?:个|位|名)?(?:人|好友|朋友)|[一二两三四五六七八九十几]\s?(?:个|位|名)(?:人|好友|朋友))"
_THIS = r"(?:本|此|这|该|今天的?|下面的?|上面的?)?(?:本文|此文|文章|篇|条|推文|推送|海报|链接|图片?|视频|活动|内容|消息|微信|页面)"
_DID = r"(?![了着]|过(?![\d百千万一二三四五六七八九十])|[^\n，。]{0,4}(?:量|率|数|次数|者|功能|按钮|行为|会(?:上|后|结束|现场|议|嘉宾|将|的|[，。\s]|$)))"
_SHARE = (
    rf"(?:(?:转发|分享|转给|转到|转至|转进|发到|发至|发进|发给|发送给|推荐给|转送|丢进|甩到|扩散到){_DID}(?:[^\n，。！？]{{0,10}}?(?:{_WHO}|{_THIS})|[到至给并+和]|本|此|这)"
    rf"|(?:转发|转评|转赞评|转评赞|一键三连|三连|扩散){_DID}"
    rf"|把{_CLAUSE}(?:转|发|分享|扩散|丢|甩|贴|传|推|晒)(?:发|给|到|至|进|出去)?{_DID}"
    r"|(?:集|攒|凑|积|收集|收|求|集齐|攒够|凑齐|拿到)(?:满|够|齐|到)?[^\n，。]{0,4}?[\d一二三四五六七八九十百]+\s?(?:个|枚)?(?:人)?(?:点?赞|在看|爱心|小红心|小心心|好评|助力)"
    r"|集赞|攒赞|凑赞|呼朋唤友|群发(?=给|到|[，,\d])|转出去|转起来|每?(?:拉|带|邀请?|喊|叫)(?:来|到|进)?[一二两三\d]+\s?(?:个|位|名)?(?:人|新人|好友|朋友)|[点留](?:个|一?个|下|亮|满)*(?:赞|在看|小红心|爱心)(?!之交|数|量|率|最多)|帮[^\n，。]{0,6}(?:助力|砍一刀|砍价|投票|点赞)"
    rf"|(?:邀请|邀|拉|叫上|喊上|带上|介绍|安利)[^\n，。]{{0,6}}?(?:{_WHO}|新人|新用户)(?![们]?(?:参加|出席)了)"
    rf"|@\s?(?:你的?|\d+|[一二两三四五几]).{{0,4}}?(?:好友|朋友|人))"
)
_GIFT = r"(?:红包|现金|奖金|礼[品物包盒券金]?|大礼|好礼|小?惊喜|奖[品励]?|[优代提]?[惠金货]?券|会员|月卡|年卡|积分|流量|话费|资料包?|课程?|网课|电子书|好书|书籍?|新书|[一二两三四五六七八九十百半\d]+\s?(?:本|份|套|包|提|盒|张|瓶|斤|桶|袋|顿|块钱?|元|件|双|台|部|杯|只|支|枚|箱|罐|串|碗|个月)|福利|名额|机会|门票|电影票|赠品|周边|(?:手|平)板|手机|耳机|水杯|帆布袋|样品|小样|口罩|大米|鸡蛋|油|模板|干货|秘籍|清单|全集|题库|试卷|答案|合集|源码|壁纸|表情包|代金|免单|打折|[一二三四五六七八九\d]折)"
_GAIN = (
    rf"(?:领取|免费领|领走|(?<![本带引率])领{_CLAUSE}{_GIFT}|(?:兑换|兑|换)(?:取|走|得)?{_CLAUSE}{_GIFT}|(?:获得|获取|获赠|得到|拿到|收到|赢取|赢得|赢走|抽取|抽走|赠送?|(?<![运输护传欢接])送(?:出|上|给|你|您)?|奖励?|返还?|得|享受?|拿走?|抽){_CLAUSE}{_GIFT}"
    rf"|抽奖|抽[\d一二三四五六七八九十]+\s?(?:个|位|名|人)|中奖|有奖|有礼|有惊喜|返[现利]|免单|解锁|免费(?!的|版|软件|开源|政策|午餐)[^\s，。！？]|(?:红包|现金|奖金|话费|券|礼品?)(?:提现|到账|到手|奉上|相送|等你)|(?:充|冲|打|发)[^\n，。]{{0,3}}(?:话费|红包|现金)|(?:找|跟|问)(?:我|小编|客服|店员|老师)[^\n，。]{{0,2}}(?:拿|领|要|换)|(?:立减|减免?|返|便宜|优惠|抵)\s?[\d一二两三四五六七八九十百]+|请(?:你|大家)?(?:吃|喝)|赢好礼|参与抽|包邮送|送(?:福利|会员|资料|红包|书|课|一)|(?:发|给|请)(?:你|您|大家|各位){_CLAUSE}{_GIFT}|换\s?[一二两三\d]\s?[杯份个本张套瓶盒件支]|[0零〇]元(?:拿|领|购|买|带走|抱走|喝|吃)|白拿|白送|薅)"
)
_CONDITION = r"(?:之?后|即可|就能|就可|就会|就送|就有|就给|便可|便能|方可|方能|才能?|才可|可以?(?:免费|领|获|得|抽|参|换|兑|享|解)|满|够|达到?|截(?:个|张)?[图屏]|凭|再|达标|过[百千万]|前\s*[\d一二三四五六七八九十百]+\s*[名位个]|有机会|每[^\n，。]{0,5}[个位人]|的(?:朋友|读者|人|小伙伴|同学|粉丝|家长|用户)[^\n，。]{0,4}[都均可有送]|[，,！!、+]|\s)"
_ACCESS = r"(?:查看|可见|看到|看完|看全|阅读(?!量|数|率)|完整版?|全文|全部内容|后半|下半|剩下|剩余|答案|结果|显示|弹出|第[二三四2-9]部分|后面|更多内容|领|下载|抽|参与|发你|发给你|告诉你|解锁|获取|获得|继续[看读浏]|观看|红包|福利|资料|进群|入群|隐藏|密码|提取码|网盘|暗号|礼)"
_ONLY = r"(?:只需要?|只要|需要?|请|前提是?|条件是|仅需|动动手指)"
_US = r"(?:(?:一下|下|我们?|俺们?|咱们?|本号|本公众号|本账号|公众号|公号|微信号|服务号|订阅号|账号|官微|官方微信|上方|下方|文末|小编|[“「《【][^”」》】\n]{1,16}[”」》】]|[^\s，。！？的]{1,8}号|并?(?:点击|长按|扫码|设为?星标|星标|置顶|加星标|转发|点赞)|二维码|名片)[，,、]?){0,3}"
_REPLY = r"(?:回复|发送|后台发|私信|留言|输入|回个?|扣)[^\n，。！？]{0,4}(?:[“「『【\"'《]|关键[词字]|暗号|口令|\d|[a-z])"

# Words that report of such things, or warn of them, or forbid them.
_REPORT = re.compile(
    r"诱导|骗局|被骗|诈骗|骗子|骗取|套路|警惕|谨防|当心|小心|提醒|谣言|辟谣|涉嫌|违规|违法|处罚|被罚|罚款|整治|整改|严禁|禁止|不得|不要|请勿|别再|切勿|拒绝|反对|曝光|起诉|被封|封号|"
    r"公告|新规|规范|监管|警方|民警|法院|判决|投诉|质疑|吐槽|调查|治理|约谈|标注|测试|上线|推出|新增|功能|灰度|\b(?:scams?|fraud|banned|sued|fined|ftc|police|warns?|fake)\b"
)
_OTHERS = re.compile(
    r"(?:网友|男子|女子|用户|明星|博主|媒体|官方|他们?|她们?|它们?|对方|记者|警方|公司|团队|专家|作者|多人|有人|者|被|受|引|引发|引起|持续|值得|密切|高度|广泛|备受|得到|获|舆论|社会|舆情|市场|长期|一直|更|多|都|也|支持|继续|应|应当|正在|再度|再次|来|予以|会|曾|已|已经)$"
)


class _Rule(NamedTuple):
    kind: Induced
    form: str  # a regular expression


RULES: tuple[_Rule, ...] = (
    _Rule("share", rf"{_SHARE}{_NEAR}{_CONDITION}{_NEAR}{_GAIN}"),
    _Rule("share", rf"(?:转发|分享(?!会)|扩散|转给|发到|发给|集满|集够|集齐|邀请)[^\n。！？]{{0,20}}?(?:后|才能?|方可|方能|就能|即可)[^\n。！？了]{{0,12}}?{_ACCESS}"),
    _Rule("share", rf"(?:{_GAIN}|{_GIFT})[^\n]{{0,24}}?{_ONLY}[^\n。！？]{{0,12}}?{_SHARE}"),
    _Rule("share", r"(?:[不没未勿]|别不|不敢|谁不|舍不得)(?:肯)?(?:转发?|分享|扩散)(?:的|者|就|，|,)?(?:都|才|还|你)?(?:[^\n。！]{0,4}(?:不是|就是|就会|将会|枉|没良心|良心|必|倒|后悔|死|穷|霉|病|算什么|不配|对不起|愧|亏心|报应|遭|不孝|冷血|白[活看养]|有罪))"),
    _Rule("share", r"(?:是|有良心|爱国|爱家|孝顺|有爱心|善良|懂感恩|真心|做(?:父母|家长|子女))[^\n，。！？]{0,10}?(?:人|友|家长|父母|儿女|子女|爷们|军人|网友|的)[^\n。！？]{0,3}(?:都|就|必须|一定|请|快|赶紧)[^\n。！？]{0,4}?(?:转|扩散|分享出去)"),
    _Rule("share", r"(?:转发?|分享|扩散)(?:出去|此文|本文|一次|一下|给\S{1,6})?[^\n。！？]{0,6}?(?:积福|积德|有福|好运|转运|保(?:平安|佑)|[祝带]来(?:好|财)|一生平安|全家平安|财运|功德|发财|福报)"),
    _Rule("share", r"(?:必|速|求|跪求|马上|赶紧|赶快|火速|疯狂|全民|人人)(?:转发?|扩散)(?!型|账|机|变|让|移|院|化|行|正|学|身|为|到|入|过|向)(?=$|[\s！!。，,~～：:]|起来|出去|给|吧|啊)|(?:转疯|转爆)了?|(?:扩散|转发|转)(?:出去|起来)(?:吧|！|!|，让)|让(?:更多|所有|身边)[^\n，。]{0,3}人(?:都)?(?:看到|知道)[^\n。]{0,6}(?:转|扩散)"),
    _Rule("follow", rf"(?:关注|订阅|加粉|星标){_US}(?:，|,)?(?:并\S{{0,8}}?)?(?:之?后(?!续|来|果|面|遗|备|市|期)|才能?|即可|就(?=能|可|会|发|给|送|有)|方可|方能|再){_NEAR}(?:{_ACCESS}|{_GAIN}|{_REPLY})"),
    _Rule("follow", rf"(?:请先|需先|要先|必须先|先|需要?|必须|只需|只要|仅需)(?:点击|长按|扫码|微信)?[^\n，。！？]{{0,6}}?(?:关注|订阅){_US}[^\n。！？]{{0,10}}?(?:才|再|方可|后|，|即可|就)[^\n。！？]{{0,14}}?(?:{_ACCESS}|{_GAIN}|{_REPLY})"),
    _Rule("follow", rf"(?:扫码|长按|点击|微信)?关注{_US}(?:，|,)?(?:就|即|私信|后台|到店|找小编|联系客服)?(?:送|领|立[得减享送领返]|抽(?!查|检)|有礼|有奖|得(?!到|以|知|很|太|当|多|少)|获赠|免费领|享|立减|立享)"),
    _Rule("follow", rf"关注{_US}[，,]?[^\n。！？]{{0,6}}?{_REPLY}[^\n。！？]{{0,24}}?(?:{_ACCESS}|{_GAIN}|得|取|拿)"),
    _Rule("follow", rf"(?:{_GAIN}|{_GIFT}|想要[^\n，。]{{0,10}}|完整版|全文|答案)[^\n。]{{0,16}}?(?:只需要?|只要|仅需|请先|需先|要先|必须先|先)[^\n。！？]{{0,8}}?关注(?=我|一下|下方|上方|本|公|[“「《]|$|，|！|即可|就)"),
    _Rule("follow", r"(?:未|没有?|不)关注(?:的|者|用户)?[^\n。！？]{0,8}?(?:看不[到了全]|不能看|无法(?:查看|观看|阅读|领取)|不可见|不予|领不到|不发)"),
    _Rule("share", r"\b(?:share|repost|retweet|forward|tag|invite|refer|like)\b(?= (?:this|our|it|us|the (?:post|link|article|video)|with|your|on|to|and|\d|two|three|five|a friend|friends))[^\n.!?]{0,60}?\b(?:to (?:win|unlock|claim|enter|get|receive|earn|reveal)|and (?:win|get|receive|we'?ll send)|for (?:a chance|a free|your chance)|will (?:get|receive|win)|before you can)\b[^\n.!?]{0,40}?(?:\b(?:prize|gift|free|giveaway|draw|discount|coupon|voucher|e-?book|cash|reward|full|rest|answers?|hidden|premium|raffle|iphone|credits?|copy)\b|\$\d)"),
    _Rule("share", r"\b(?:don'?t|doesn'?t|not) (?:share|repost|forward|pass (?:this|it) on)\b[^\n.!?]{0,40}?\b(?:bad luck|regret|curse|heartless|don'?t care|not a (?:true|real))\b|\b(?:forward|share|send|repost|pass)\b[^\n.!?]{0,40}?\bor\b[^\n.!?]{0,30}?\b(?:bad luck|unlucky|die|curse[ds]?|regret|misfortune)\b|\bshare (?:this )?(?:if|or) you(?:'re| are| love| care)\b"),
    _Rule("follow", r"\b(?:follow|subscribe to)\b (?:us|me|our|this (?:account|page|channel)|@\w+)[^\n.!?]{0,40}?\b(?:to (?:unlock|read the|see the|get|receive|claim|win|download|reveal)|and (?:get|win|receive)|before you can|in order to)\b[^\n.!?]{0,40}?\b(?:prize|gift|free|giveaway|discount|coupon|voucher|e-?book|cash|reward|full|rest|answers?|hidden|password|link|copy)\b"),
)  # fmt: skip


def is_told_of_others(line: str, place: int) -> bool:
    """Whether somebody else does what is named at this place of a folded line: 网友转发, 他关注, 备受关注."""
    return bool(_OTHERS.search(line[max(0, place - 4) : place]))


def is_reported(sentence: str) -> bool:
    """Whether a folded sentence reports of inducements, warns of them, or forbids them."""
    return bool(_REPORT.search(sentence))


_GLANCE = re.compile(
    "转|分享|扩散|发|呼朋|安利|介绍|丢|贴|传|推|赞|在看|邀|拉|叫上|喊上|带上|助力|砍|@|甩|丢进|推荐给|关注|订阅|加粉|星标|红心|爱心|三连|share|repost|retweet|forward|tag|invite|refer|like|follow|subscribe|pass"
)
_AROUND = 6  # characters beside what was found, so that its words can be read
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")


def find_inducements(text: str) -> Iterator[Inducement]:
    """Every line's inducement to share and to follow, each kind once a line, in the text's own words."""
    found = fold_searchable(text)
    if not _GLANCE.search(found.text):
        return
    start = 0
    for line in found.text.split("\n"):
        yield from _of_line(found, start, line)
        start += len(line) + 1


def _of_line(found: Searchable, start: int, line: str) -> Iterator[Inducement]:
    line = _ADDRESS.sub(lambda match: " " * len(match[0]), line)
    said: set[str] = set()
    for kind, form in RULES:
        match = None if kind in said else _first_induced(_compile_form(form), line)
        if match:
            said.add(kind)
            yield Inducement(kind, found.quote(start + match.start(), start + match.end(), _AROUND)[:60])


@cache  # a tenth of a second for all of them, which few commands need
def _compile_form(form: str) -> re.Pattern[str]:
    return re.compile(form)


def _first_induced(form: re.Pattern[str], line: str) -> re.Match[str] | None:
    for match in form.finditer(line):
        begin = max(line.rfind(mark, 0, match.start()) for mark in "。！？!?；;") + 1
        ends = [at for mark in "。！？!?；;" if (at := line.find(mark, match.end())) >= 0]
        sentence = line[begin : min(ends, default=len(line))]
        if not is_reported(sentence) and not is_told_of_others(line, match.start()):
            return match
    return None
