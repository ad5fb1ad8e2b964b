"""An account's own lines that ask readers to share or to follow and offer, withhold or threaten something beside it.

Looser than `inducement.py`, for what an account says itself: there are few such lines, and in them an offer beside the ask
is hardly ever news. So two signs are enough, without the condition that joins them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from curate.text.conduct.inducement import Induced, Inducement, is_reported, is_told_of_others
from curate.text.searchable import fold_searchable

_GROUP = r"(?:朋友圈|群|好友|朋友|同事|同学|亲友|家人|闺蜜|兄弟|姐妹|下一个人|通讯录)"
_SHARE = re.compile(
    rf"(?:转|发|晒|分享|丢|扔|甩|贴|推|传)(?:发|送|图|文)?(?:给|到|进|至|去|上|个|下)[^\n，。！？]{{0,8}}?{_GROUP}|发(?:个|条)?朋友圈"
    r"|(?:动手|动动手指|马上|赶紧|快|速|来|凡是|只要|点击|一人|大家|请|求)(?:去|点|来)?(?:转发?|分享|扩散)(?!了|过|型|载|账|让)|(?:转发|分享)(?:截图|海报|链接|本文|此文|这篇|给|到|后|并|即|[，,!！])|转(?:走|出去|起来)"
    r"|(?:集|攒|凑|求|点|亮|助)[^\n，。！？]{0,6}?(?:赞|在看|心心|红心|爱心)|[@]\s?[^\n，。]{0,4}?(?:好友|朋友|闺蜜)|(?:叫|拉|喊|邀|带|约)(?:上|来|请)?[^\n，。]{0,4}?(?:好友|朋友|人进群|新人)|助力|[\d一二三四五六七八九十百]+\s?个(?:小?心|赞|转发|点赞|分享)"
)
_UNSHARED = re.compile(
    r"(?<!能)[不没](?:肯)?(?:转(?!载|型|账|变|化|让|弯|身|移|会|业|正|学|机|动)|传给|分享给|扩散)"
)
_FOLLOW = re.compile(
    r"(?<!受)(?<!引)(?<!备)(?:点|加|新|先|来|要|请|只有|扫码|长按|左上角|右上角|击)?[^\n，。！？]{0,3}?关注(?!度|点|列表|量|数|率|焦点|股|他|她|它|的是)|成为(?:我们的?)?粉丝|加(?:我们|本)?(?:的)?公众号"
    r"|\b(?:hit|tap|press|click) (?:follow|subscribe)\b"
)
_SOMEBODY = re.compile(r"男子|女子|网[友民]|市民|老人|大[妈爷]|学生|员工|记者|警方|民警|明星|博主|[他她]们?")
# What is offered: what changes hands, and what becomes of it.
_OFFER = re.compile(
    r"(?<!带)(?<!引)(?<!率)(?<!占)(?<!纲)领(?!导|域|先|军|衔|袖|跑|队|土|悟)|兑(?!现承诺)|(?<!运)(?<!输)(?<!传)(?<!护)送(?!别|达|走|审|检)|赠|抽(?!象|查|检|调|空|出时间|烟)|奖(?!项|牌|杯)|(?<!舆)赢|归你|返|退(?!出|步|休|化|役)|免(?!得|疫|于|除|税)|减(?!肥|少|速|弱|轻)|[\d一二两三四五六七八九十百半]+\s?(?:元|块|折)(?!公里)|券|礼(?!貌|仪|拜)|红包|福利|资料|解锁|财神|好运|发财|翻番|提现"
    r"|拿到|有奖|会员|彩蛋|周边|名额|打卡|\b(?:free|gift|prize|win|giveaway|coupon|discount|reward|unlock|bonus|hidden)\b"
)
_HELD_BACK = re.compile(
    r"谜底|答案|原文件|名单|完整|全文|隐藏|下[集篇半]|后半|密码|提取码|看得到|看不|才(?:能|看|可|给|告诉|显示)|告诉你|获取|链接|源码|暗号|\b(?:rest|hidden|answers?|chapter|password)\b"
)


_LONGEST = 400  # characters of a line that are looked at


def find_invitations(text: str) -> Iterator[Inducement]:
    """Every line's invitation to share and to follow that comes with an offer, each kind once a line."""
    found = fold_searchable(text)
    start = 0
    for line in found.text.split("\n"):
        for kind, is_one in _KINDS:
            if is_one(line[:_LONGEST]) and not is_reported(line):
                yield Inducement(kind, found.quote(start, start + len(line))[:60])
        start += len(line) + 1


def _is_sharing(line: str) -> bool:
    return bool(_UNSHARED.search(line) or (_OFFER.search(line) and _is_asked(_SHARE, line)))


def _is_following(line: str) -> bool:
    return bool(_OFFER.search(line) or _HELD_BACK.search(line)) and _is_asked(_FOLLOW, line)


def _is_asked(form: re.Pattern[str], line: str) -> bool:
    match = form.search(line)  # who does the first thing does them all
    if match is None or _SOMEBODY.search(line[: match.start()]):
        return False
    return not is_told_of_others(line, _verb_of(match))


def _verb_of(match: re.Match[str]) -> int:
    """Where the verb begins that asks: what stands before 关注 in a match may be anybody's."""
    return max(match.start(), match.string.find("关注", *match.span()))


_KINDS: tuple[tuple[Induced, Callable[[str], bool]], ...] = (
    ("share", _is_sharing),
    ("follow", _is_following),
)
