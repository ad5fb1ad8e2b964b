"""What is said of a source after a night, and what to do about it (`….hint`)."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "source.moved": "网址已永久改为 {moved}，以后就读那里",
    "source.moved.hint": "把 feeds.yaml 里的网址也改过来",
    "source.gone": "已停止读取：{reason}",
    "source.gone.hint": "换一个网址，或从 feeds.yaml 里删掉；确信还在，用 curate fetch --all 再问一次",
    "source.empty": "以前有内容，{empty} 起一条也没有",
    "source.empty.hint": "在浏览器里看看这个网址：可能改版了、停更了，或 RSSHub 的路由失效了；换了网址的，用 curate sources add 重新找",
    "source.silent": "{last} 以后没有新内容（平时{usual}）",
    "source.silent.hint": "看看网站是停更了，还是换了订阅网址；不再更新的，用 curate sources disable 停用",
    "source.alike offline": "{count} 个来源都{kind}，像是没有联网",
    "source.alike offline.hint": "检查本机的网络；要走代理才能上网的，在 feeds.yaml 里写 network.proxy",
    "source.alike": "{count} 个来源的问题都一样：{kind}",
    "source.waiting": "连续 {failures} 次没有读到，{due} 以后再去读；上次：{reason}",
    "source.notices": "文章取不到正文：{reason}",
    "source.several": "{parts:clauses} 等 {n} 处",
    "source.unreached": "连不上",
    "source.daily": "每天都有",
    "source.every": "每 {n} 天有",
}  # fmt: skip
