"""Names of authors as they can be printed: people and desks, no addresses and no accounts of a system."""

from __future__ import annotations

import re

from curate.text.clean import one_line

_LONGEST = 200
_NAME_IN_BRACKETS = re.compile(r"[^\s@()]+@[^\s@()]+\s*\((.+)\)")
_ADDRESS_IN_BRACKETS = re.compile(r"(.+?)\s*[(<](?:[^\s@()<>]+@[^\s@()<>]+|hidden)[)>]")
_ADDRESS = re.compile(r"(?:mailto:)?[^\s@(),;<>]+@[^\s@(),;<>]+|https?://\S+|www\.\S+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[,;、，；|]\s*")
_LETTER = re.compile(r"\w")
# What systems call whoever writes before anybody has a name; no reader knows who that is.
_ACCOUNTS = frozenset(
    {
        "admin", "admins", "administrator", "administrators", "root", "webmaster", "postmaster", "user", "guest", "test",
        "wordpress", "wp-admin", "siteadmin", "sysadmin", "super user", "superuser", "superadmin", "noreply", "no-reply",
        "nobody", "anonymous", "unknown", "undefined", "null", "none", "nil", "nan", "n/a", "author", "default", "info",
        "管理员", "网站管理员", "系统管理员", "超级管理员", "站长", "佚名", "匿名", "匿名用户", "未知", "无", "作者", "游客",
        "管理員", "網站管理員", "系統管理員", "超級管理員", "站長", "無", "管理者", "匿名希望", "관리자", "админ",
        "администратор",
    }
)  # fmt: skip


def author_name(author: str) -> str:
    """The names in an author's field, "" where it holds none.

    RSS asks for `someone@example.org (A Name)`; others write it the other way round, hide the address, or send an
    address or the account `admin` alone.
    """
    line = one_line(author[: 2 * _LONGEST])
    match = None
    if "@" in line or "hidden" in line:
        match = _NAME_IN_BRACKETS.fullmatch(line) or _ADDRESS_IN_BRACKETS.fullmatch(line)
    said = (match[1] if match else line).strip()
    parts = _BETWEEN.split(said)
    is_plain = not any(mark in said for mark in "@/.")  # a glance, for the expression takes its time
    names = ((part if is_plain else _ADDRESS.sub("", part)).strip(' ()<>"') for part in parts)
    kept = [name for name in names if _LETTER.search(name) and name.casefold() not in _ACCOUNTS]
    whole = len(kept) == len(parts) and (is_plain or not _ADDRESS.search(said))
    return (said if whole else ", ".join(dict.fromkeys(kept)))[:_LONGEST]
