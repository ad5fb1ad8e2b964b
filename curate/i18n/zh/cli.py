"""What the terminal says when a command is over."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "cli.strange": "output/issues/{name}/ 里是第 {number} 期，但第 {number} 期的文件夹是 {own}/；没有用它。",
    "cli.strange_copy": "不需要这份副本就删掉，或移到 output/issues/ 外面。",
    "cli.strange_name": "把它改回 {own} 这个名字。",
    "cli.figures": "读到 {read}/{n} 个来源，{fresh} 条新内容。",
    "cli.figures_and_report": "{figures}运行报告：{page}",
    "cli.missing": "缺 {channels} 稿；改好之后运行 curate run --again {number} 补上。",
    "cli.issue": "第 {number} 期，{n} 条：",
    "cli.all_refused": "所有渠道的稿件都没有通过检查，没有出刊；内容都还在，改好之后再运行。",
    "cli.all_unread": "一个来源也没有读到，没有出刊。",
    "cli.none_picked": "有新内容，但没有一条入选，没有出刊；原因见运行报告。",
    "cli.nothing_new": "没有新内容，没有出刊。",
    "cli.empty": "读到了，但里面一条也没有",
    "cli.names": "{names}",
    "cli.names_of_many": "{names} 等 {n} 个来源",
    "cli.column_source": "来源",
    "cli.column_read": "上次读到",
    "cli.column_took": "用时",
    "cli.column_weekly": "每周新内容",
    "cli.column_trouble": "问题",
    "cli.never": "从未",
    "cli.disabled": "在 feeds.yaml 里停用",
    "cli.minutes_ago": "{n} 分钟前",
    "cli.hours_ago": "{n} 小时前",
    "cli.days_ago": "{n} 天前",
    "cli.stopped": "已中止。什么都没有丢，重新运行即可。",
    "cli.bug": "这是程序的错误，不是你的。请把上面的内容发给我们；什么都没有丢。",
}  # fmt: skip
