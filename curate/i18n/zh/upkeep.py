"""The archive's upgrades, backups and what comes back from them."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "archive.upgrade": "存档升级：第 {before} 版 → 第 {after} 版，{steps}。{kept}",
    "archive.copy": "升级前的副本：{path}",
    "archive.no copy": "数据库不是文件，没有留副本。",
    "archive.not copied": "升级存档之前要留一份副本，没有留成：{path}（{why}）",
    "archive.not copied.hint": "腾出和存档一样大的空间，确认 output/ 可写，再运行；存档没有动过。",
    "archive.step.1": "建条目、期号和发表记录",
    "archive.step.2": "记你标的栏目",
    "archive.step.3": "记你拆开的报道",
    "archive.step.4": "记各网站的版面",
    "archive.step.5": "记来源的健康和 robots.txt",
    "archive.step.6": "记读者数据",
    "archive.step.7": "正文换一种放法",
    "archive.step.8": "按标题认出换了地址的条目",
    "archive.step.9": "记来源自己的网址和空着的日子",
    "archive.step.10": "记网址里可有可无的参数",
    "archive.step.11": "记句子的向量",
    "archive.step.12": "记编辑台的每一步",
    "archive.step.13": "记你合并的报道和标过的推广",
    "archive.step.14": "记学好的分类器",
    "archive.step.15": "记从你的取舍里学到的",
    "archive.step.16": "记每期看过、复制过的时刻",
    "archive.step.17": "记读者按编号要的内容",
    "archive.step.18": "失败的原因可以用两种语言说",
    "archive.step.19": "记草稿箱里的草稿和图片",
    "archive.step.20": "记哪一期发到了哪个群",
}  # fmt: skip
