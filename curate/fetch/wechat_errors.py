"""What the platform's interfaces refuse. TABLE `COMMON`: errcode -> what `i18n` says of it, and what a program can do.

Origin: the platform's list of global return codes. A room that uses some interfaces adds their own codes to the table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from curate.domain.errors import FetchError
from curate.domain.message import Value, message

# refresh: ask with a new token, once. busy: ask again soon where asking twice does no harm. wait: ask again soon.
# missing: there are no data yet; go on. retired: this interface is not to be had. gone: what was named is no longer there.
# stop: nothing more can be had in this run.
ACTIONS = ("refresh", "busy", "wait", "missing", "retired", "gone", "stop")
_ADDRESS = re.compile(r"invalid ip ([0-9a-fA-F.:]+)|(\d{1,3}(?:\.\d{1,3}){3})")


class RefusedCode(NamedTuple):
    """`wechat.<key>` and `wechat.<key>.hint` are in the catalogues; `action` is one of ACTIONS."""

    key: str
    action: str = "stop"


class OfficialError(FetchError):
    """The platform said no. `code` is its errcode, `action` what a program can do: see ACTIONS."""

    def __init__(self, code: int, row: RefusedCode, **values: Value) -> None:
        super().__init__(
            message=message(f"wechat.{row.key}", code=code, **values),
            advice=message(f"wechat.{row.key}.hint", code=code, **values),
        )
        self.code = code
        self.action = row.action


class UnansweredError(FetchError):
    """A request that may have been carried out, and whose answer did not come."""


COMMON: dict[int, RefusedCode] = {
    -1: RefusedCode("busy", "busy"),
    40001: RefusedCode("token", "refresh"),
    40013: RefusedCode("appid"),
    40014: RefusedCode("token", "refresh"),
    40066: RefusedCode("interface", "retired"),
    40125: RefusedCode("secret"),
    40164: RefusedCode("whitelist"),
    40243: RefusedCode("frozen"),
    41001: RefusedCode("token", "refresh"),
    42001: RefusedCode("expired", "refresh"),
    42007: RefusedCode("password", "refresh"),
    45009: RefusedCode("quota"),
    45011: RefusedCode("often", "wait"),
    47001: RefusedCode("format"),
    48001: RefusedCode("right"),
    48004: RefusedCode("banned"),
    50002: RefusedCode("limited"),
    89501: RefusedCode("confirm"),
    89503: RefusedCode("confirm"),
    89506: RefusedCode("refused day"),
    89507: RefusedCode("refused hour"),
}
UNKNOWN = RefusedCode("unknown")


def make_refusal(
    code: int, told: str, env: str = "CURATE_WECHAT", table: Mapping[int, RefusedCode] = COMMON
) -> OfficialError:
    """An errcode as an error. Of the platform's own message only an address of ours is taken, never the rest of it.

    `env`: what the names of the account's variables begin with.
    """
    found = _ADDRESS.search(told)
    ip = (found[1] or found[2]) if found else "?"
    return OfficialError(code, table.get(code, UNKNOWN), ip=ip, env=env)


def make_unexpected(name: str) -> OfficialError:
    """An answer that is none of those that are documented."""
    return OfficialError(0, RefusedCode("unexpected"), name=name)
