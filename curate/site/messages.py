"""What the site says, in Chinese and English."""

from __future__ import annotations

from collections.abc import Callable

WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "today": "今日", "issues": "往期", "topics": "栏目", "sources": "来源", "search": "搜索", "all": "全部",
        "skip": "跳到正文", "main_nav": "主导航", "issue": "第 {n} 期", "number": "编号 {n}",
        "number_hint": "在公众号里回复 {n} 也能看到", "lead": "头条", "best": "最值得读", "original": "阅读原文", "read_at": "在 {source} 阅读",
        "no_link": "编辑部原创，没有外部链接", "details": "详情", "newer": "后一期", "older": "前一期", "next": "下一条",
        "previous": "上一条", "tellings": "各家报道", "tellings_n": "{n} 家也有报道", "thread": "来龙去脉", "here": "本条",
        "thread_hint": "这件事我们报道过 {n} 次", "items": "{n} 条", "issues_n": "{n} 期", "month": "{y} 年 {m} 月",
        "year": "{y} 年", "months": "按月查看", "newest": "最新", "more_months": "更早的内容按月查看", "latest": "最近一次 {day}",
        "led": "采用 {n} 条", "echoed": "同题报道 {n} 条", "site": "网站", "share": "各栏目",
        "source_newest": "最近采用", "source_empty": "还没有单独采用过它的内容，只在同题报道里提到过。",
        "collections": "合集", "collections_hint": "按栏目和时间选出的回顾", "no_collections": "还没有合集。",
        "picked": "从 {issues} 期、{items} 条里选出", "picked_none": "合集", "search_hint": "搜标题、摘要、来源和编号，简体繁体、中文英文都可以",
        "search_label": "搜索全部内容", "search_go": "搜索", "search_js": "搜索需要打开 JavaScript；也可以按月、按栏目查看。",
        "search_none": "没有找到。换个词，或少写几个字试试。", "search_short": "请至少输入一个汉字或两个字母。",
        "search_found": "找到 {n} 条", "search_some": "先看最新的 {n} 条", "search_more": "再看更早的",
        "search_words": "没有连在一起的“{q}”，下面是分别含有这些词的：", "search_failed": "读不到搜索数据，请检查网络后再试。",
        "search_busy": "正在搜索……", "offline": "现在没有网络", "offline_hint": "看过的页面和最新一期可以离线阅读。",
        "missing": "没有这一页", "missing_hint": "它也许换了地方。可以回到今日，或者搜一下。", "home": "回到今日",
        "feeds": "订阅", "feed_all": "全部内容", "closing": "内容为聚合摘要，版权归原作者及来源所有，如有不妥请联系我们处理。",
        "topic_feed": "订阅本栏目", "replies": "回复数字查看", "installed": "可以添加到主屏幕，离线也能看",
        "description_issue": "{account}第 {n} 期，{date}：{titles}", "and_more": "等 {n} 家",
        "empty": "还没有出过任何一期。", "in_topic": "栏目", "from_issue": "出自", "contents": "目录",
    },
    "en": {
        "today": "Today", "issues": "Issues", "topics": "Topics", "sources": "Sources", "search": "Search", "all": "All",
        "skip": "Skip to content", "main_nav": "Main", "issue": "No. {n}", "number": "Number {n}",
        "number_hint": "Reply {n} to the account to see this", "lead": "Top story", "best": "Best of all", "original": "Read the original",
        "read_at": "Read at {source}", "no_link": "By the editors, without an address of its own", "details": "Details",
        "newer": "Next issue", "older": "Previous issue", "next": "Next", "previous": "Previous", "tellings": "Told by",
        "tellings_n": "{n} others tell it", "tellings_n_one": "1 other tells it", "thread": "How it went on",
        "here": "this one", "thread_hint": "Told {n} times", "items": "{n} items", "items_one": "1 item",
        "issues_n": "{n} issues", "issues_n_one": "1 issue", "month": "{y}-{m:02d}", "year": "{y}", "months": "By month",
        "newest": "Newest", "more_months": "Earlier, by month", "latest": "last on {day}", "led": "{n} items",
        "led_one": "1 item", "echoed": "told the same {n} times", "echoed_one": "told the same once", "site": "Site",
        "share": "Topics", "source_newest": "Newest items",
        "source_empty": "Nothing of it was published on its own; it told the same as others.",
        "collections": "Collections", "collections_hint": "The best of a topic or a span of time",
        "no_collections": "No collections yet.", "picked": "Chosen from {items} items of {issues} issues",
        "picked_none": "Collection", "search_hint": "Titles, summaries, sources and numbers, in Chinese and English",
        "search_label": "Search everything", "search_go": "Search",
        "search_js": "Search needs JavaScript; months and topics can be browsed without it.",
        "search_none": "Nothing found. Try another word, or fewer.",
        "search_short": "At least two letters, or one Chinese character.", "search_found": "{n} found",
        "search_some": "The newest {n}", "search_more": "Show earlier ones",
        "search_words": "“{q}” is nowhere in one piece; these have its words:",
        "search_failed": "The index could not be read; check the network and try again.", "search_busy": "Searching…",
        "offline": "You are offline", "offline_hint": "Pages you have read, and the latest issue, are still there.",
        "missing": "There is no such page", "missing_hint": "It may have moved. Go back to today, or search.",
        "home": "Back to today", "feeds": "Feeds", "feed_all": "Everything",
        "closing": "An aggregation of brief summaries. All rights remain with the authors and sources; write to us if "
        "anything should be changed.",
        "topic_feed": "Feed of this topic", "replies": "Reply with a number", "installed": "Add it to your home screen to "
        "read offline", "description_issue": "{account} No. {n}, {date}: {titles}", "and_more": "and others, {n} in all",
        "empty": "No issue was made yet.", "in_topic": "Topic", "from_issue": "From", "contents": "Contents",
    },
}  # fmt: skip


def speaker(language: str) -> Callable[..., str]:
    """A function `t(key, **values)`; an unknown key is a KeyError. One of a thing has its own words in English."""
    words = WORDS.get(language, WORDS["zh"])

    def say(key: str, **values: object) -> str:
        one = f"{key}_one" if values.get("n") == 1 else ""
        return words.get(one, words[key]).format(**values)

    return say
