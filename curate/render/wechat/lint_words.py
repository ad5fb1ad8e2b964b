"""Words that the platform punishes: rewards and threats for sharing, following for access, contact data.

Each pattern joins what such a sentence is made of: what is asked (share, follow), the condition (后, 才能, 满, 截图) and
what is promised or threatened. One of them alone is news; together they are an inducement. All are hints: what they find
is shown before the push, and the editor decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from curate.render.wechat.lint_context import Breach
from curate.render.wechat.plain_text import plain
from curate.render.wechat.tree import Element

_NEAR = r"[^\n]{0,30}?"  # between the parts of one invitation
_ADDRESS = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)

_TO = r"(?:朋友圈|好友|微信群|[各多]个群|\d+个群|群里|家人群)"
_SHARE = (
    rf"(?:(?:转发|轉發|分享|转给|转到|发到|發到|发至|发送给)[^\n，。！？]{{0,8}}(?:{_TO}|本文|此文|本篇|这篇|文章|海报|链接|推文|本条|我们)"
    rf"|(?:转发|轉發|分享)(?:到|至|给|后|並|并|本|此|[，,]|即)|集(?:满)?\s*\d*\s*个?赞|[点點](?:个)?(?:赞|讚|在看)|邀请[^\n，。]{{0,6}}(?:好友|人|位)|拉[^\n，。]{{0,4}}(?:人|好友)进群)"
)
_REWARD = (
    r"(?:红包|紅包|领取|領取|领(?:\S{0,4})(?:礼|奖|券|资料|福利|一份)|抽奖|抽獎|中奖|奖品|獎品|礼品|礼物|礼包|优惠券|代金券|现金|返现|"
    r"免费(?:送|领|获|得|赠)|赠送|送(?:你|出|一|\d|书|礼|会员)|福利|资料包|解锁|获得|获取|得\S{0,4}(?:一份|一套|名额))"
)
_CONDITION = r"(?:后|後|即可|才能|才可|方可|就能|就可|就送|可以?(?:领|获|得|抽|参)|满\s*\d|滿\s*\d|达到?\s*\d|截图|截圖|凭|前\s*\d+\s*名|有机会|参与|，|,|！|!)"
_ACCESS = r"(?:查看|看到|看完|阅读|閱讀|完整|全文|答案|结果|領取|领取|领|下载|下載|抽|参与|參與|解锁|获取|获得|继续|回复|回覆|观看|红包|福利|资料|进群)"
_WHOM = r"(?:本号|本號|我们|我們|本公众号|公众号|公眾號|账号|帐号|官微|上方|下方|一下|小编|我|[“「《][^”」》\n]{1,16}[”」》]|[^\s，。！？]{1,8}号)?"


class _Pattern(NamedTuple):
    rule: str
    form: re.Pattern[str]


def _pattern(rule: str, form: str) -> _Pattern:
    return _Pattern(rule, re.compile(form, re.IGNORECASE))


PATTERNS: tuple[_Pattern, ...] = (
    _pattern("words-share", rf"{_SHARE}{_NEAR}{_CONDITION}{_NEAR}{_REWARD}"),
    _pattern("words-share", rf"{_REWARD}[^\n]{{0,20}}?(?:只需|只要|需要?|请|前提是?)[^\n。！？]{{0,10}}?{_SHARE}"),
    _pattern("words-share", r"(?:不|没)(?:转发?|分享)[^\n。！]{0,6}(?:不是|就是|就会|枉|没良心|必)|[不没]转(?:发)?(?:者|的)?死"),
    _pattern("words-share", r"(?:必转|速转|求转发|求扩散|马上转|赶紧转|转疯了|转疯|扩散出去|转发(?:此文)?(?:积福|好运|保平安|有好运))"),
    _pattern("words-follow", rf"(?:关注|關注|订阅|訂閱){_WHOM}(?:，|,)?(?:并\S{{0,8}}?)?(?:之?[后後](?![续續来])|才能?|即可|就能|就可|方可|再){_NEAR}{_ACCESS}"),
    _pattern("words-follow", rf"(?:请先|請先|需先|要先|必须先|先|需要?|必须)(?:点击|長按|长按|扫码)?(?:关注|關注){_WHOM}[^\n。！？]{{0,10}}?(?:才|再|方可|后|後|，)[^\n。！？]{{0,12}}?{_ACCESS}"),
    _pattern("words-follow", rf"(?:关注|關注){_WHOM}(?:，|,)?(?:就|即)?(?:送|领|領|抽|有礼|有獎|得|获赠|免费领)"),
    _pattern("words-contact", r"(?<![\d.,/=-])1[3-9]\d(?:[\s-]?\d{4}){2}(?![\d]|[.,]\d|\s*[元人次块万亿美])"),
    _pattern("words-contact", r"(?:电话|電話|热线|熱線|手机|致电)\S{0,3}?[:：]?\s*(?:\(?0\d{2,3}\)?[\s-]?)?[2-9]\d{6,7}(?!\d)|(?<!\d)[48]00[\s-]?\d{3}[\s-]?\d{4}(?!\d)"),
    _pattern("words-contact", r"(?:微信[号號]|加(?:我|小编|个)?微信|加微|薇信|威信|\bvx|\bv信|微信\s*(?=[:：]))\s*(?:号|號|id)?\s*[:：是为]?\s*[a-z][a-z0-9_-]{5,19}(?![\w.])"),
    _pattern("words-contact", r"(?:\bqq|扣扣|[Qq]群|企鹅号?)\s*(?:群|号|號)*\s*[:：是]?\s*[1-9]\d{4,10}(?!\d)"),
)  # fmt: skip


def find_punished(text: str) -> Iterator[tuple[str, str]]:
    """The rule and the words of every place in plain text that the platform may punish, a rule once a line."""
    for line in _ADDRESS.sub(" ", text).split("\n"):
        told: set[str] = set()
        for rule, form in PATTERNS:
            found = form.search(line)
            if found and rule not in told:
                told.add(rule)
                yield rule, " ".join(line[max(0, found.start() - 6) : found.end() + 12].split())[:60]


def words(html: str, root: Element) -> Iterator[Breach]:
    """The same of a fragment."""
    for rule, what in dict.fromkeys(find_punished(plain(html))):
        yield Breach(rule, None, what, 1)
