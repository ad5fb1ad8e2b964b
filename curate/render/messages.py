"""What posts and the copy page say, in Chinese and English, and how they write dates, times and names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from curate.domain.model import Digest, Item
from curate.render.wechat.allowed import visible

_NAMED = 3  # other tellers named before "and more"

WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "issue": "第 {n} 期", "issue_named": "{name}", "post_title_named": "{name}｜{account}", "lead_named": "最值得读", "lead_above_named": "见上方", "original_hint_named": "点击“阅读原文”可打开第一条的原文。", "poster_top_named": "{n} 条",
        "page_title_named": "{account}《{name}》：复制到公众号", "poster_title_named": "{account}《{name}》：海报",
        "items": "共 {n} 条", "sources": "来自 {n} 个来源", "minutes": "约 {n} 分钟",
        "count": "{n} 条", "lead": "头条", "lead_above": "详见上方头条", "note": "编者手记", "editor_note": "编者按：{text}", "whole_at": "全文见：", "email_long": "邮件有 {whole} kB，超过 {limit} kB，Gmail 会把后面的（连同退订地址）折叠起来；已精简到 {sent} kB", "email_long_hint": "少收几条（digest.items），或让原创只印开头（digest.original）", "continues": "续第 {issue} 期第 {item} 条",
        "also": "{names} 也有报道", "also_many": "{names} 等 {n} 家也有报道", "also_links": "另见：",
        "sources_head": "来源与原文", "same_story": "同题报道", "read": "阅读全文",
        "closing": "本期为聚合摘要，内容与版权归原作者及来源所有，如有不妥请联系我们处理。",
        "original_hint": "点击“阅读原文”可打开本期头条的原文。", "reply_hint": "在公众号里回复编号（例如 {n}），可以再看这一条的摘要和原文地址。",
        "unsubscribe": "不想再收到？退订", "unsubscribe_plain": "退订：", "poster_title": "{account} 第 {n} 期：海报",
        "poster_save": "保存为图片（PNG）", "poster_code": "加上二维码", "poster_top": "今日 {n} 条",
        "poster_note": "发到朋友圈或群里。图片在本机生成，不上传。", "poster_more": "更多内容见公众号“{account}”",
        "figure_items": "条内容", "figure_sources": "个来源", "figure_minutes": "分钟读完",
        "more_hint": "点击“阅读原文”查看更多。",
        "post_title": "{lead}｜{account}第{n}期", "post_digest": "{titles}{end}{items}，{sources}。", "digest_more": "……", "digest_end": "。",
        "page_title": "{account} 第 {n} 期：复制到公众号", "copy_body": "复制正文", "copied": "已复制",
        "copy_failed": "没能复制，请选中后按 Ctrl+C", "copy": "复制", "step": "在公众号后台的正文里粘贴即可",
        "field_title": "标题", "field_digest": "摘要", "field_source": "阅读原文",
        "field_title_note": "后台上限 64 字（接口文档为 32 字）", "field_digest_note": "后台上限 120 字",
        "field_source_note": "上限 1024 字节", "size": "正文大小", "size_note": "接口上限 20,000 个字符（含标签）；粘贴不受此限",
        "warnings": "检查结果", "no_warnings": "全部规则通过，没有需要留意的地方。", "preview": "预览",
        "light": "浅色", "dark": "深色", "characters": "{n} 字符", "bytes": "字节", "chars": "字", "line": "第 {n} 行",
        "covers": "封面", "covers_note": "在后台“封面和摘要”里上传：宽的用于列表，方的用于分享和次条",
        "cover_save": "存为图片", "saved": "已保存", "covers_drawn": "本期头条没有可用的图片，封面是画的；标题里有字体没有的字，下面这两张是完整的，存下来就能上传",
        "pictures": "图片", "pictures_note": "文件都在本期的文件夹里；点缩略图可以打开",
        "picture_pasted": "随正文一起粘贴，由编辑器转存；没有转存成功时，换成这个文件",
        "picture_called": "［图：{name}］",
        "piece_picture_pasted": "稿件里的图，随正文一起粘贴，由编辑器转存；这里没有下载过，粘贴后看一眼",
        "piece_picture_by_hand": "稿件里的图只在本机，粘贴带不过去：正文里留了它的名字，请在那里插入",
        "picture_by_hand": "原图的格式平台不收，正文里没有；需要时把这个文件上传到该条目里",
        "dark_note": "深色按平台公开的转换算法模拟",
        "refused": "公众号编辑器会改坏这篇正文，没有输出（the WeChat editor would not keep this post）：",
        "refused_hint": "请修改 templates/{folder} 里的主题；curate lint 会逐条解释规则",
        "times": "（相同的共 {n} 处）", "no_theme": "没有这个主题：缺少 templates/{name}", "known_themes": "可用的主题：{names}",
        "slip": "{place}: 模板有误（{error}）", "slip_hint": "请修改 {place}，或删除该文件以使用程序自带的模板",
        "missing": "缺少 templates/{name}", "missing_hint": "请恢复该文件，或删除 templates/{folder} 以使用程序自带的模板",
        "sheet": "templates/{name}: 样式表有误（{error}）", "sheet_hint": "请修改该样式表",
    },
    "en": {
        "issue": "No. {n}", "issue_named": "{name}", "post_title_named": "{name} | {account}", "lead_named": "Best of all", "lead_above_named": "See above", "original_hint_named": "“Read more” opens the original of the first one.", "poster_top_named": "Top {n}",
        "page_title_named": "{account}, {name}: copy to WeChat", "poster_title_named": "{account}, {name}: poster",
        "items": "{n} items", "sources": "from {n} sources", "items_one": "1 item", "sources_one": "from 1 source", "minutes": "about {n} min",
        "count": "{n}", "lead": "Top story", "lead_above": "See the top story above", "note": "Editor's note", "editor_note": "Editor's note: {text}", "whole_at": "The whole of it: ", "email_long": "the mail has {whole} kB; above {limit} kB Gmail hides the rest, and the address to unsubscribe with it: shortened to {sent} kB", "email_long_hint": "take fewer items (digest.items), or print less of originals (digest.original)", "continues": "continues No. {issue}, item {item}",
        "also": "Also told by {names}", "also_many": "Also told by {names} and others, {n} in all",
        "also_links": "Also told by:","sources_head": "Sources", "same_story": "told the same", "read": "Read",
        "closing": "This issue is an aggregation of brief summaries. All rights remain with the authors and sources; "
        "write to us if anything should be changed.",
        "original_hint": "“Read more” opens the original of the top story.", "reply_hint": "Reply with a number (for example {n}) to get that item again, with its address.",
        "unsubscribe": "Unsubscribe", "unsubscribe_plain": "Unsubscribe:", "poster_title": "{account} No. {n}: poster",
        "poster_save": "Save as a picture (PNG)", "poster_code": "Add a QR code", "poster_top": "Top {n}",
        "poster_note": "For groups and Moments. The picture is made on this machine; nothing is uploaded.",
        "poster_more": "More at {account}",
        "figure_items": "items", "figure_items_one": "item", "figure_sources": "sources",
        "figure_sources_one": "source", "figure_minutes": "minutes", "figure_minutes_one": "minute",
        "more_hint": "“Read more” has more for you.",
        "post_title": "{lead} | {account} No. {n}", "post_digest": "{titles}{end}{items} {sources}.", "digest_more": " … ", "digest_end": ". ",
        "page_title": "{account} No. {n}: copy to WeChat", "copy_body": "Copy the post", "copied": "Copied",
        "copy_failed": "Copying failed: select and press Ctrl+C", "copy": "Copy",
        "step": "Then paste it into the body of the article editor",
        "field_title": "Title", "field_digest": "Summary (摘要)", "field_source": "Read more (阅读原文)",
        "field_title_note": "at most 64 characters; the API's document says 32",
        "field_digest_note": "at most 120 characters", "field_source_note": "at most 1,024 bytes", "size": "Size",
        "size_note": "the API takes 20,000 characters with tags; a paste may be longer", "warnings": "Checks",
        "no_warnings": "Every rule holds; nothing to look at.", "preview": "Preview", "light": "Light",
        "dark": "Dark", "characters": "{n} characters", "bytes": "bytes", "chars": "characters", "line": "line {n}",
        "covers": "Covers", "covers_note": "Upload them under 封面和摘要: the wide one for the list, the square one for shares",
        "cover_save": "Save as a picture", "saved": "Saved", "covers_drawn": "The top story has no picture that serves, so the covers are drawn; the typeface lacks a letter of the title, and these two have it whole: save them to upload",
        "pictures": "Pictures", "pictures_note": "All files lie in the issue's folder; a thumbnail opens its file",
        "picture_pasted": "comes with the paste, and the editor stores it; where it fails, put this file in its place",
        "picture_called": "[Picture: {name}]",
        "piece_picture_pasted": "of the piece; comes with the paste, and the editor stores it; it was not looked at here, so look at it once pasted",
        "piece_picture_by_hand": "of the piece, and on this machine alone, so the paste cannot bring it: insert it where its name stands",
        "picture_by_hand": "not in the post, the platform takes no such format; upload this file into the item if you like",
        "dark_note": "dark mode follows the platform's public conversion",
        "refused": "the WeChat editor would not keep this post:",
        "refused_hint": "correct the theme in templates/{folder}; `curate lint` explains each rule",
        "times": " ({n} such places)", "no_theme": "no such theme: templates/{name} is missing",
        "known_themes": "known: {names}", "slip": "{place}: {error}",
        "slip_hint": "correct {place}, or delete the file to use the one that comes with the program",
        "missing": "templates/{name} is missing",
        "missing_hint": "restore it, or delete templates/{folder} to use the packaged one",
        "sheet": "templates/{name}: {error}", "sheet_hint": "correct the style sheet",
    },
}  # fmt: skip

_WEEKDAYS = "一二三四五六日"
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def speaker(language: str) -> Callable[..., str]:
    """A function `t(key, **values)` for templates. An unknown key is a KeyError; an unknown language speaks zh."""
    words = WORDS.get(language, WORDS["zh"])

    def say(key: str, **values: object) -> str:
        one = f"{key}_one" if values.get("n") == 1 else ""
        return words.get(one, words[key]).format(**values)

    return say


def say_with_name(say: Callable[..., str], digest: Digest) -> Callable[..., str]:
    """The same function, which says a collection's name where an issue has its number (`…_named`)."""

    def say_named(key: str, **values: object) -> str:
        own = f"{key}_named"
        return say(own, **values, name=visible(digest.name)) if own in WORDS["zh"] else say(key, **values)

    return say_named if digest.name else say


_MONTHS_APART = 10  # 11月21日 read in September is last year's, but no reader would think so


def long_date(day: date, language: str) -> str:
    if language == "en":
        return f"{_DAYS[day.weekday()]}, {day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日 星期{_WEEKDAYS[day.weekday()]}"


def clock(item: Item, digest: Digest) -> str:
    """When the item appeared, in the account's time zone; with its day unless that is the issue's, and with
    its year instead of the hour where a day alone would be taken for one of this year."""
    moment = item.published.astimezone(ZoneInfo(digest.timezone))
    hour = f"{moment:%H:%M}"
    if moment.date() == digest.date:
        return hour
    if (digest.date - moment.date()).days > _MONTHS_APART * 30:
        month = f"{_MONTHS[moment.month - 1][:3]} {moment.year}"
        return (
            f"{moment.day} {month}"
            if digest.language == "en"
            else f"{moment:%Y}年{moment.month}月{moment.day}日"
        )
    if digest.language == "en":
        return f"{moment.day} {_MONTHS[moment.month - 1][:3]}, {hour}"
    return f"{moment.month}月{moment.day}日 {hour}"


def others(item: Item, language: str) -> str:
    """The other sources that told it, each once; "" where there are none."""
    names = list(dict.fromkeys(t.source for t in item.also if t.source and t.source != item.source))
    if not names:
        return ""
    joined = (", " if language == "en" else "、").join(names[:_NAMED])
    return speaker(language)("also" if len(names) <= _NAMED else "also_many", names=joined, n=len(names))


def cut_text(text: str, limit: int) -> str:
    """At most `limit` characters; what is cut ends with an ellipsis."""
    text = " ".join(visible(text).split())
    return text if len(text) <= limit else visible(text[: _seam(text, limit - 1)]).rstrip() + "…"


def _seam(text: str, at: int) -> int:
    """The last place up to `at` that parts no emoji: none before what joins, colors or completes one."""
    while at > 0 and (
        text[at - 1] == "\u200d" or text[at] in "\u200d\ufe0f\u20e3" or "🏻" <= text[at] <= "🏿"
    ):
        at -= 1
    return at
