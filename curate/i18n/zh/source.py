"""What is said of a source after a night, and what to do about it (`….hint`)."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "source.moved": "地址已永久改为 {moved}，以后就读那里",
    "source.moved.hint": "请把 feeds.yaml 里的网址也改过来",
    "source.gone": "已停止读取：{reason}",
    "source.gone.hint": "请换一个地址，或从 feeds.yaml 删去；确信还在，用 curate fetch --all 再问一次",
    "source.empty": "以前有内容，{empty} 起一条也没有",
    "source.empty.hint": "在浏览器里看看这个地址：可能改版、停更，或 RSSHub 的路由失效；换了地址的，用 curate sources add 重新寻找",
    "source.silent": "{last} 以后没有新内容（平时{usual}）",
    "source.silent.hint": "看看网站是否停更或换了订阅地址；不再更新的，可在 feeds.yaml 里写 enabled: false",
    "source.alike offline": "{count} 个来源都{kind}，像是没有联网",
    "source.alike offline.hint": "请检查本机网络；要经代理才能上网的，在 feeds.yaml 里写 network.proxy",
    "source.alike": "{count} 个来源的问题都一样：{kind}",
    "source.waiting": "连续 {failures} 次没有读到，{due} 以后再去读；上次：{reason}",
    "source.notices": "文章取不到正文：{reason}",
    "source.several": "{parts:clauses} 等 {n} 处",
    "source.unreached": "连不上",
    "source.daily": "每天都有",
    "source.every": "每 {n} 天有",
}  # fmt: skip
