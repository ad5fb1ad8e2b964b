"""TABLE of what the official interfaces refuse, in the words of someone who can do something about it.

Origin: the platform's list of global return codes, and the pages of the data interfaces.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from curate.domain.errors import FetchError


class OfficialError(FetchError):
    """The platform said no. `code` is its errcode, `action` what a program can do: see ACTIONS."""

    def __init__(self, code: int, reason: str, hint: str, action: str) -> None:
        super().__init__(reason, hint)
        self.code = code
        self.action = action


# refresh: ask for a new token, once. wait: ask again soon. missing: these days have no data (yet); go on.
# retired: this interface is not to be had; use its older kin. stop: nothing more can be had in this run.
ACTIONS = ("refresh", "wait", "missing", "retired", "stop")


class _Row(NamedTuple):
    reason: str
    hint: str
    action: str = "stop"


_CODES: dict[int, _Row] = {
    -1: _Row("微信的系统繁忙", "过几分钟再运行一次，会从断的地方接着取。", "wait"),
    40001: _Row(
        "access_token 无效，或 AppSecret 不对",
        "核对 CURATE_WECHAT_SECRET；在后台重置过 AppSecret 就要换成新的。",
        "refresh",
    ),
    40013: _Row("AppID 不对", "核对 CURATE_WECHAT_APPID：在后台“设置与开发 → 基本配置”里，以 wx 开头。"),
    40014: _Row(
        "access_token 无效", "再运行一次；仍然如此，核对两个环境变量是不是同一个公众号的。", "refresh"
    ),
    40066: _Row("没有这个接口", "平台换了接口；升级 curate，或先用 curate stats import。", "retired"),
    40125: _Row("AppSecret 不对", "核对 CURATE_WECHAT_SECRET；忘了就在后台重置一个。"),
    40164: _Row(
        "这台机器的地址 {ip} 不在 IP 白名单里",
        "在后台“设置与开发 → 基本配置 → IP 白名单”里加上 {ip}，几分钟后再运行。",
    ),
    40243: _Row("AppSecret 被冻结了", "在后台“基本配置”里解冻。"),
    42001: _Row("access_token 过期了", "再运行一次。", "refresh"),
    42007: _Row("用户改过密码，access_token 失效了", "再运行一次。", "refresh"),
    45009: _Row(
        "今天的接口次数用完了", "明天再运行，会从断的地方接着取；急用可在后台“接口权限”里清零（每月十次）。"
    ),
    45011: _Row("问得太快了", "稍等再运行一次。", "wait"),
    47001: _Row("接口说请求的格式不对", "多半是接口变了：升级 curate，或先用 curate stats import。"),
    48001: _Row(
        "这个公众号没有数据接口的权限",
        "要认证过的公众号才有；个人号请从后台下载，用 curate stats import。",
        "retired",
    ),
    48004: _Row("这个接口被平台封禁了", "登录后台看站内信。"),
    50002: _Row("账号受限，可能被封禁或注销了", "登录后台看站内信。"),
    61500: _Row("接口说日期的格式不对", "多半是接口变了：升级 curate，或先用 curate stats import。"),
    61501: _Row("接口说日期的范围不对", "这几天没有数据可取；用 --since 从晚一些的日子开始。", "missing"),
    61503: _Row("这几天的数据还没有准备好", "每天 8 点之后才有前一天的数据；下次运行会补上。", "missing"),
    89501: _Row("这台机器的地址正等管理员确认", "请公众号管理员在微信里确认后再运行。"),
    89503: _Row("这台机器的地址要管理员确认", "请公众号管理员在微信里确认后再运行。"),
    89506: _Row(
        "管理员拒绝了这台机器的地址，24 小时内不能再用", "换一台在白名单里的机器，或明天请管理员确认。"
    ),
    89507: _Row("管理员拒绝了这台机器的地址，1 小时内不能再用", "过一小时再运行，并请管理员确认。"),
}
_ADDRESS = re.compile(r"invalid ip ([0-9a-fA-F.:]+)|(\d{1,3}(?:\.\d{1,3}){3})")


def make_refusal(code: int, message: str) -> OfficialError:
    """An errcode in words. Of the platform's own message only an address of ours is taken, never the rest of it."""
    row = _CODES.get(code)
    if row is None:
        return OfficialError(
            code, f"微信的接口拒绝了：错误码 {code}", "在微信的“全局返回码”页上查这个数字。", "stop"
        )
    found = _ADDRESS.search(message)
    ip = (found[1] or found[2]) if found else "（见后台）"
    return OfficialError(code, f"{row.reason.format(ip=ip)}（{code}）", row.hint.format(ip=ip), row.action)


def make_unexpected(name: str) -> OfficialError:
    """An answer that is none of those that are documented."""
    return OfficialError(
        0, f"{name} 的回答看不懂", "接口可能变了：升级 curate，或先用 curate stats import。", "stop"
    )
