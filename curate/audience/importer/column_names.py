"""TABLE of the back office's column names, as they were and are; a new name is one line here.

Origins: [数] 数据分析 → 内容分析 → 流量分析, by day and channel (since 2021); [通] 已通知内容, by post; [详] the workbook of
one post (数据概况, 阅读转化, 数据趋势明细); [图] 图文分析 until 2020, one-row and two-row headers; [粉] 用户分析 → 用户增长;
[接] the official interfaces' Chinese names for the same. Collected from published exports and from tools that read them.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches

from curate.text.scripts import simplify_text

# measure -> (Chinese, English). 人数 (people) and 次数 (times) are never mixed: they differ up to eightfold.
MEASURES: dict[str, tuple[str, str]] = {
    "read_users": ("阅读人数", "readers"),
    "read_times": ("阅读次数", "reads"),
    "share_users": ("分享人数", "people who shared"),
    "share_times": ("分享次数", "shares"),
    "favourite_users": ("收藏人数", "people who saved it"),
    "favourite_times": ("收藏次数", "saves"),
    "original_users": ("阅读原文人数", "people who opened the original"),
    "original_times": ("阅读原文次数", "times the original was opened"),
    "like_users": ("点赞人数", "likes"),
    "wow_users": ("在看人数", "“wow”s"),
    "comments": ("留言条数", "comments"),
    "delivered": ("送达人数", "delivered to"),
    "followed": ("阅读后关注人数", "followed after reading"),
    "pushes": ("群发篇数", "posts pushed"),
    "new": ("新增关注", "new followers"),
    "cancelled": ("取消关注", "followers lost"),
    "net": ("净增关注", "net new followers"),
    "followers": ("累计关注", "followers"),
}
# What else a column can be.
KEYS: dict[str, tuple[str, str]] = {
    "date": ("日期", "day"),
    "published": ("发表日期", "published"),
    "title": ("标题", "title"),
    "channel": ("渠道", "channel"),
    "clock": ("钟点", "time of day"),
    "hour": ("小时", "hour"),
}
FOLLOWERS = ("new", "cancelled", "net", "followers")

# channel -> every name it has had
CHANNELS: dict[str, tuple[str, ...]] = {
    "": ("全部", "全部渠道", "总计", "合计", "汇总"),
    "message": ("公众号消息", "公众号会话", "会话", "订阅号消息"),
    "chat": ("聊天会话", "好友转发", "好友", "群聊"),
    "moments": ("朋友圈",),
    "recommended": ("推荐", "看一看", "看一看推荐", "看一看精选"),
    "search": ("搜一搜",),
    "home": ("公众号主页", "历史消息", "历史消息页", "公众号主页历史消息"),
    "other": ("其他", "其它"),
}
CHANNEL_WORDS: dict[str, tuple[str, str]] = {
    "": ("全部", "all"),
    "message": ("公众号消息", "account messages"),
    "chat": ("聊天会话", "chats"),
    "moments": ("朋友圈", "Moments"),
    "recommended": ("推荐", "recommended"),
    "search": ("搜一搜", "search"),
    "home": ("公众号主页", "account page"),
    "other": ("其他", "other"),
}

# normalized header -> field, or field@channel. Units in brackets are taken off before: 阅读(次) is 阅读次数.
_HEADERS: dict[str, str] = {
    # keys
    "日期": "date", "时间": "date", "统计日期": "date", "数据日期": "date", "统计时间": "date",
    "发表时间": "published", "发表日期": "published", "发布时间": "published", "发布日期": "published",  # [通]
    "群发时间": "published", "群发日期": "published", "推送时间": "published", "推送日期": "published",  # [图]
    "小时": "hour", "时段": "hour", "时间段": "hour",
    "文章名称": "title", "内容名称": "title", "图文名称": "title", "文章": "title", "篇名": "title", "消息标题": "title",
    "内容标题": "title", "文章标题": "title", "图文标题": "title", "标题": "title", "图文消息标题": "title",
    "渠道": "channel", "传播渠道": "channel", "流量来源": "channel", "来源渠道": "channel", "阅读来源": "channel",
    # reads
    "阅读人数": "read_users", "总阅读人数": "read_users", "图文页阅读人数": "read_users", "图文阅读人数": "read_users",
    "图文总阅读人数": "read_users", "中间页阅读人数": "read_users",
    "阅读次数": "read_times", "总阅读次数": "read_times", "图文页阅读次数": "read_times", "图文阅读次数": "read_times",
    "图文总阅读次数": "read_times", "中间页阅读次数": "read_times", "阅读量": "read_times", "阅读": "read_times", "阅读数": "read_times", "总阅读": "read_times",
    # shares; [图] and [接] say 分享转发
    "分享人数": "share_users", "总分享人数": "share_users", "分享转发人数": "share_users", "转发人数": "share_users",
    "分享次数": "share_times", "总分享次数": "share_times", "分享转发次数": "share_times", "转发次数": "share_times",
    "转发": "share_times", "分享": "share_times", "转发数": "share_times", "分享数": "share_times", "转发量": "share_times", "分享量": "share_times",
    # favourites
    "收藏人数": "favourite_users", "微信收藏人数": "favourite_users",
    "收藏次数": "favourite_times", "微信收藏次数": "favourite_times", "收藏": "favourite_times", "收藏数": "favourite_times",
    # the original behind the post
    "阅读原文人数": "original_users", "原文页阅读人数": "original_users", "跳转阅读原文人数": "original_users",
    "跳转原文人数": "original_users",
    "阅读原文次数": "original_times", "原文页阅读次数": "original_times", "跳转阅读原文次数": "original_times",
    "跳转原文次数": "original_times",
    # the rest of a post
    "点赞人数": "like_users", "点赞次数": "like_users", "拇指赞人数": "like_users", "点赞": "like_users", "点赞数": "like_users", "赞": "like_users",
    "在看人数": "wow_users", "在看次数": "wow_users", "爱心赞人数": "wow_users", "在看": "wow_users", "在看数": "wow_users",
    "评论条数": "comments", "留言条数": "comments", "留言数": "comments", "评论数": "comments", "留言": "comments", "评论": "comments",
    "送达人数": "delivered", "阅读后关注人数": "followed", "新增关注人数阅读后": "followed",
    "群发篇数": "pushes", "群发篇": "pushes", "发表篇数": "pushes", "发布篇数": "pushes",
    # [通] and [详]: by channel in a column of its own; [图]: two-row headers, 从…打开 over 人数 and 次数
    "公众号消息阅读人数": "read_users@message", "公众号消息阅读次数": "read_times@message",
    "公众号会话阅读人数": "read_users@message", "公众号会话阅读次数": "read_times@message",
    "从公众号会话打开人数": "read_users@message", "从公众号会话打开次数": "read_times@message",
    "从好友转发打开人数": "read_users@chat", "从好友转发打开次数": "read_times@chat",
    "好友转发阅读人数": "read_users@chat", "好友转发阅读次数": "read_times@chat",
    "从朋友圈打开人数": "read_users@moments", "从朋友圈打开次数": "read_times@moments",
    "朋友圈阅读人数": "read_users@moments", "朋友圈阅读次数": "read_times@moments",
    "历史消息页阅读人数": "read_users@home", "历史消息页阅读次数": "read_times@home",
    "从历史消息页打开人数": "read_users@home", "从历史消息页打开次数": "read_times@home",
    "搜一搜阅读人数": "read_users@search", "搜一搜阅读次数": "read_times@search",
    "其他阅读人数": "read_users@other", "其他阅读次数": "read_times@other",
    # [粉]
    "新增人数": "new", "新关注人数": "new", "新增关注人数": "new", "新增用户数": "new", "新增关注": "new", "新增用户": "new", "新关注": "new", "新增": "new",
    "取消关注人数": "cancelled", "取消人数": "cancelled", "取关人数": "cancelled", "取消关注": "cancelled",
    "取消用户": "cancelled", "取消用户数": "cancelled", "取关": "cancelled", "取关用户": "cancelled", "取消关注用户": "cancelled",
    "净增人数": "net", "净增关注人数": "net", "净增用户数": "net", "净增关注": "net", "净增用户": "net", "净增": "net",
    "累积人数": "followers", "累计人数": "followers", "累积关注人数": "followers", "累计关注人数": "followers",
    "累计用户数": "followers", "关注者总数": "followers", "累计用户": "followers", "累积用户": "followers", "总用户数": "followers", "总用户": "followers",
}  # fmt: skip
# Known, and of no use here: shares and averages can be had from the counts, and who reads is nobody's business.
_UNUSED = frozenset({
    "阅读次数占比", "阅读人数占比", "占比", "送达阅读率", "首次分享次数", "首次分享人数",
    "分享产生阅读次数", "分享产生的阅读次数", "分享产生阅读人数", "首次分享率", "每次分享带来阅读次数",
    "首次分享带来阅读次数", "阅读完成率", "完读率", "内容url", "文章链接", "链接", "url",
    "平均停留时长", "平均阅读时长", "互动率", "赞赏", "赞赏金额", "曝光次数", "关注人数", "作者",
    "序号", "编号", "账号名称", "图文转化率", "原文转化率", "发表类型", "内容类型", "文章类型",
    "性别", "年龄", "地域", "省份直辖市", "人数", "次数", "听全文人数", "听全文次数", "推荐语",
    "赞赏人数", "赞赏次数", "打赏人数", "星期", "周几",
})  # fmt: skip
_UNITS = {
    "次": "次数",
    "人": "人数",
    "条": "条数",
    "篇": "篇数",
    "分": "",
    "秒": "",
    "s": "",
    "元": "",
    "%": "",
}
# What the first cell of a row says that counts nothing of its own, without marks: 合计, 合计（3天）, 本页小计：.
_SUMS = re.compile(
    r"(?:本页|全部|本月|本周|当月)?(?:合计|总计|汇总|小计|共计|总和|平均|平均值|均值|日均|日均值|最大值|最小值|环比|同比)"
    r"(?:\d+[天日篇条行])?"
)
_LIKENESS = 0.75  # from which a header that is not in the table may mean one that is


def normalize_header(header: object) -> str:
    """A header without what differs between exports: width, spaces, units in brackets, marks at its ends."""
    text = simplify_text(unicodedata.normalize("NFKC", str(header)).strip().lower())
    text = re.sub(r"[\s*:_\-·/、\"']+", "", text)
    if match := re.fullmatch(r"(.+?)\(([^()]*)\)", text):
        unit = _UNITS.get(match[2])
        text = (
            match[1]
            if unit is None or match[1].endswith(("人数", "次数", "条数", "篇数"))
            else match[1] + unit
        )
    return text


def field_of(header: object) -> tuple[str, bool] | None:
    """The field that a header names and whether that is sure; ("", True) for a column of no use, None for a strange one."""
    text = normalize_header(header).replace("粉丝", "用户")
    if not text:
        return "", True
    if text in _HEADERS:
        return _HEADERS[text], True
    if text in _UNUSED:
        return "", True
    close = get_close_matches(text, _HEADERS, n=1, cutoff=_LIKENESS)
    if not close or (close[0][-2:] != text[-2:] and {close[0][-2:], text[-2:]} >= {"人数", "次数"}):
        return None
    return _HEADERS[close[0]], False


def channel_of(value: object) -> str | None:
    """The channel that a cell names; None for a strange one."""
    text = re.sub(r"\s+", "", simplify_text(unicodedata.normalize("NFKC", str(value))))
    return next((channel for channel, names in CHANNELS.items() if text in names), None)


def is_sum(cell: object) -> bool:
    """Whether a row's first cell says that the row sums up others."""
    text = re.sub(r"[^\w]+", "", unicodedata.normalize("NFKC", str(cell)))
    return bool(_SUMS.fullmatch(text))


def label(field: str, language: str = "zh") -> str:
    """A field in words, with its channel where it has one."""
    measure, _, channel = field.partition("@")
    place = 1 if language == "en" else 0
    words = (MEASURES | KEYS)[measure][place]
    if not channel:
        return words
    return f"{words} · {CHANNEL_WORDS[channel][place]}"
