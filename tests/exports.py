"""Exports as the back office makes them, in every shape and format; made here, so that no binary file is kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import openpyxl
import xlwt

Rows = Sequence[Sequence[Any]]

DAILY: Rows = (
    ("日期", "渠道", "阅读次数", "阅读人数", "分享次数", "分享人数", "阅读原文次数", "阅读原文人数", "收藏次数", "收藏人数", "群发篇数"),
    ("2026-11-20", "全部", "1,234", 900, 60, 41, 3, 2, 12, 10, 1),
    ("2026-11-20", "公众号消息", 800, 700, 30, 25, "-", "-", 8, 7, 1),
    ("2026-11-20", "朋友圈", 434, 300, 30, 20, "-", "-", 4, 3, 1),
    ("2026-11-21", "全部", "1.2万", 9000, 600, 410, 30, 20, 120, 100, 1),
    ("合计", "", 13234, 9900, 660, 451, 33, 22, 132, 110, 2),
)  # fmt: skip
NOTIFIED: Rows = (
    ("内容标题", "发表时间", "总阅读人数", "总阅读次数", "总分享人数", "总分享次数", "阅读后关注人数", "送达人数", "公众号消息阅读次数",
     "送达阅读率", "首次分享次数", "分享产生阅读次数", "首次分享率", "每次分享带来阅读次数", "阅读完成率", "内容url"),
    ("地铁末班车延长一小时｜早读第3期", 20261120, 900, 1234, 41, 60, 5, 10000, 800, "8%", 30, 200, "3%", "6.67", "55%", "https://mp.weixin.qq.com/s/a"),
    ("一周书单：五本冷门的小说", "20261121", 300, 400, "--", "--", 1, 10000, 280, "3%", 2, 20, "1%", "10", "70%", "https://mp.weixin.qq.com/s/b"),
)  # fmt: skip
SOURCES: Rows = (
    ("传播渠道", "日期", "发表日期", "内容标题", "阅读次数", "阅读次数占比"),
    ("公众号消息", date(2026, 11, 20), date(2026, 11, 20), "地铁末班车延长一小时", 800, "65%"),
    ("聊天会话", date(2026, 11, 20), date(2026, 11, 20), "地铁末班车延长一小时", 434, "35%"),
    ("公众号消息", date(2026, 11, 21), date(2026, 11, 20), "地铁末班车延长一小时", 90, "100%"),
)
DETAIL: Rows = (
    ("地铁末班车延长一小时",),
    ("数据概况",),
    ("阅读(次)", 1324), ("平均停留时长(秒)", 61), ("完读率", "55%"), ("阅读后关注（人）", 5), ("分享(次)", 66), ("在看(次)", 9), ("评论（条）", 3),
    (),
    ("阅读转化",),
    ("送达人数", 10000), ("公众号消息阅读次数", 890), ("首次分享次数", 30), ("总分享次数", 66), ("分享产生的阅读次数", 200),
    (),
    ("数据趋势明细",),
    ("日期", "传播渠道", "阅读人数", "阅读次数", "分享人数", "分享次数"),
    ("2026-11-20", "全部", 900, 1234, 41, 60),
    ("2026-11-20", "朋友圈", 300, 434, 20, 30),
    ("2026-11-21", "全部", 80, 90, 5, 6),
    (),
    ("性别分布",),
    ("性别", "人数", "占比"),
    ("男", 500, "50%"), ("女", 500, "50%"),
)  # fmt: skip
FOLLOWERS: Rows = (
    ("用户增长明细",),
    ("时间", "新关注人数", "取消关注人数", "净增关注人数", "累积关注人数"),
    ("2026-11-20", 12, 15, -3, 10005),
    ("2026-11-21", "１0", 4, 6, 10011),
)
OLD_POSTS: Rows = (
    ("文章标题", "时间", "送达人数", "图文页阅读人数", "图文页阅读次数", "原文页阅读人数", "原文页阅读次数", "分享转发人数", "分享转发次数", "微信收藏人数"),
    ("旧文一篇", "2016年9月1日 20:30", 5000, 700, 900, 3, 4, 21, 25, 6),
    ("旧文两篇", "2016/9/2 08:05", 5000, 500, 600, 3, 4, 9, 10, 2),
)  # fmt: skip
OLD_DAILY: Rows = (
    (
        "时间",
        "图文页阅读",
        "",
        "从公众号会话打开",
        "",
        "从好友转发打开",
        "",
        "从朋友圈打开",
        "",
        "分享转发",
        "",
        "微信收藏人数",
    ),
    ("", "人数", "次数", "人数", "次数", "人数", "次数", "人数", "次数", "人数", "次数", ""),
    ("2016-09-01", 700, 900, 500, 600, 100, 150, 100, 150, 21, 25, 6),
    ("2016-09-02", 500, 600, 400, 450, 50, 75, 50, 75, 9, 10, 2),
)
INTERACTION: Rows = (
    (
        "文章标题",
        "发布日期",
        "阅读（人）",
        "阅读（次）",
        "分享（人）",
        "分享（次）",
        "点赞（人）",
        "在看（人）",
        "收藏（人）",
        "评论（条）",
    ),
    ("地铁末班车延长一小时", datetime(2026, 11, 20, 7, 30), 900, 1234, 41, 60, 12, 9, 10, 3),  # noqa: DTZ001 - a cell
)


def xlsx(*sheets: Rows) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for i, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Sheet{i}")
        for row in rows:
            sheet.append(tuple(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(*sheets: Rows) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    dates = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for i, rows in enumerate(sheets, 1):
        sheet = book.add_sheet(f"Sheet{i}")
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write(y, x, cell, dates)
                else:
                    sheet.write(y, x, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text(rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


FORMATS: dict[str, tuple[str, Callable[[Rows], bytes]]] = {
    "xlsx": (".xlsx", xlsx),
    "xls": (".xls", xls),
    "csv in UTF-8": (".csv", text),
    "csv in UTF-8 with a mark": (".csv", lambda rows: text(rows, "utf-8-sig")),
    "csv in GB18030": (".csv", lambda rows: text(rows, "gb18030")),
    "text in UTF-16, by tabs": (".xls", lambda rows: text(rows, "utf-16", "\t")),
}
