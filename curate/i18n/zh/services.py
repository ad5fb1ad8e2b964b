"""What services are told, and what is told of them."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "services.unknown": "services 里没有“{name}”；现有：{names}",
    "services.none": "feeds.yaml 里还没有 services",
    "services.no kind": "没有 {kind} 这种服务；可用的有：{kinds}",
    "services.unset": "“{service}”要用的环境变量没有设：{names}",
    "services.no apprise": "没有装 apprise",
    "services.no apprise.hint": "pip install 'curate[apprise]'",
    "services.apprise address": "apprise 认不得这个网址",
    "services.apprise address.hint": "照 apprise 的写法，例如 gotify://主机/令牌；几个用空格隔开。企业微信、钉钉、飞书、Server 酱用各自的 kind，更可靠。",
    "services.apprise length": "太长了：{service} 一条最多 {most} 字，没有发",
    "services.apprise unanswered": "发出去了，但没有等到回应",
    "alerts.head": "【{account}】{day}",
    "alerts.issue": "第 {number} 期编好了：{items} 条，头条《{title}》。读到 {sources} 个来源，{failed} 个没有读到。",
    "alerts.status.1": "feeds.yaml 有误，这一晚没有跑。",
    "alerts.status.4": "一个来源也没有读到，这一晚没有出刊。先看网络和代理。",
    "alerts.status.5": "存档或 output/ 用不了，或所有渠道都没有排成，这一晚没有出刊。",
    "alerts.failed": "{name}：{reason}",
    "alerts.nights": "已经连续 {n} 晚。",
    "alerts.over": "{name}恢复了（之前有 {n} 晚不正常）。",
    "alerts.run": "夜间运行",
}
