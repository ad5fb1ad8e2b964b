"""What single values of feeds.yaml must be. Pure: a value in, the value out, or WrongValueError in two languages."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import available_timezones

from curate.config.human_values import span_meant, zone_meant


class WrongValueError(ValueError):
    """What is wrong with a value, in English and in Chinese."""

    def __init__(self, english: str, chinese: str) -> None:
        super().__init__(english)
        self.english = english
        self.chinese = chinese


# What shows nothing where an address was copied from: controls, soft hyphens, zero-width and direction marks.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
# Schemes by which browsers and podcast programs hand a feed's address on.
_SUBSCRIBE = re.compile(r"^(?:feeds?|rss|itpc|pcast|podcast):(?://)?(?=(https?:)?)", re.IGNORECASE)
# Full-width punctuation, which no host has.
_WIDE = re.compile("[\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65“”‘’]")


def trim_address(value: Any) -> Any:
    """An address as it was pasted, without the blanks around it and what shows nothing; `feed://` is http."""
    if not isinstance(value, str):
        return value
    text = _UNSEEN.sub("", value.strip()).strip()
    return _SUBSCRIBE.sub(lambda match: "" if match[1] else "http://", text)


def lookback(value: Any) -> Any:
    """`36h` and `2d` are how editors write spans; ISO 8601 is left to pydantic.

    A bare number would be seconds, which nobody means.

    WrongValueError where the unit is missing or the span is out of bounds.
    """
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if number or (isinstance(value, str) and value.strip().replace(".", "", 1).isdecimal()):
        raise WrongValueError("write the unit, for example 48h or 2d", "应当写单位，例如 48h 或 2d")
    if isinstance(value, str) and value[-1:] in ("h", "d") and value[:-1].isdecimal():
        if not 0 < int(value[:-1]) < 100_000:
            raise WrongValueError("must be between 1h and 99999d", "要在 1h 到 99999d 之间")
        return timedelta(**{"hours" if value[-1] == "h" else "days": int(value[:-1])})
    if isinstance(value, str) and (meant := span_meant(value)):
        raise WrongValueError(f"write {meant} for '{value}'", f"“{value}”要写成 {meant}")
    return value


def age(value: Any) -> Any:
    """`30m`, `2h` and `1d`; `0m` is none at all."""
    if isinstance(value, str) and value[-1:] == "m" and value[:-1].isdecimal():
        return timedelta(minutes=int(value[:-1][:6]))
    return lookback(value)


def zone(value: str) -> str:
    """A time zone that the system knows.

    WrongValueError where it is none.
    """
    if value in _list_common_zones():
        return value
    zones = available_timezones()
    if value not in zones:
        meant = zone_meant(value, zones)
        if meant:
            raise WrongValueError(
                f"unknown time zone, write {meant}", f"没有“{value}”这个时区，要写成 {meant}"
            )
        raise WrongValueError(
            "unknown time zone, for example Asia/Shanghai", "没有这个时区，例如 Asia/Shanghai"
        )
    return value


@cache
def _list_common_zones() -> frozenset[str]:
    """The names that the package tzdata has, in one file; to list the system's opens six hundred."""
    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


def address(value: str) -> str:
    """An address on the web.

    WrongValueError where it is none.
    """
    if wide := _WIDE.search(re.split(r"(?<![/:])/", value, maxsplit=1)[0]):
        raise WrongValueError(
            f"full-width '{wide[0]}' in the address", f"网址里有全角符号“{wide[0]}”，要换成半角"
        )
    if not value.startswith(("http://", "https://")) or len(value.split("/")) < 3 or not value.split("/")[2]:
        raise WrongValueError("must begin with http:// or https://", "应当是 http:// 或 https:// 开头的网址")
    if any(c.isspace() for c in value):
        raise WrongValueError("an address has no spaces in it", "网址里不能有空格")
    return value


def folder(value: str) -> str:
    """A folder of the editor's pieces: neither a whole disk nor one that the account itself lies in.

    WrongValueError where it is none.
    """
    parts = [part for part in value.replace("\\", "/").split("/") if part not in ("", ".")]
    if not parts or all(part == ".." or part.endswith(":") for part in parts):
        raise WrongValueError(
            "must be a folder of its own, for example originals", "要写专门放稿件的文件夹，例如 originals"
        )
    if parts[0].startswith("~"):
        raise WrongValueError("write the whole path for ~", "“~”要写成完整的路径")
    return value


def secure(value: str) -> str:
    """An address that secrets may be sent to: encrypted, or on this very machine.

    WrongValueError where it is none.
    """
    value = address(value).rstrip("/")
    host = value.split("/")[2].rpartition("@")[2]
    here = host.startswith(("127.0.0.1", "localhost", "[::1]"))
    if not value.startswith("https://") and not here:
        raise WrongValueError(
            "must begin with https://: secrets are sent there", "要以 https:// 开头：密钥会发到那里"
        )
    return value


def require_quotes(value: Any) -> Any:
    """An unquoted #… is a comment in YAML, and what is left is nothing.

    WrongValueError where nothing is left.
    """
    if value is None:
        raise WrongValueError(
            'put the color in quotes, for example "#0a7d4f"', '颜色要加引号，例如 "#0a7d4f"'
        )
    return value


def lead_or_address(value: str) -> str:
    """`lead`, or an address on the web."""
    return value if value == "lead" else address(value)


def proxy(value: str) -> str:
    """A proxy with its scheme; "" is none.

    WrongValueError where the scheme is missing.
    """
    if value and "://" not in value:
        raise WrongValueError(
            "must begin with http://, for example http://127.0.0.1:7890",
            "要以 http:// 开头，例如 http://127.0.0.1:7890",
        )
    return value


def database(value: str) -> str:
    """An address as SQLAlchemy writes them.

    WrongValueError where it is none.
    """
    if "://" not in value:
        raise WrongValueError(
            "must be an address, for example sqlite:///output/archive.db",
            "应当是一个地址，例如 sqlite:///output/archive.db",
        )
    return value


def crop(value: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """A part of a picture: its left, top, right and bottom.

    WrongValueError where it holds nothing.
    """
    if not (value[0] < value[2] and value[1] < value[3]):
        raise WrongValueError(
            "left and top come first: [0, 0, 1, 1] is all of it",
            "先写左、上，再写右、下：[0, 0, 1, 1] 是整张",
        )
    return value


def variable(value: str) -> str:
    """The name of an environment variable, or "". What is none may be a secret that was pasted: it is not told.

    WrongValueError where it is none.
    """
    if value and not re.fullmatch(r"[A-Z_][A-Z0-9_]{0,63}", value):
        raise WrongValueError(
            "must be the name of an environment variable in capitals, never the secret itself",
            "要写环境变量的名字（大写字母、数字、下划线），不要写密钥本身",
        )
    return value


def word(value: str) -> str:
    """One word: Chinese commas in it are a list that was meant.

    WrongValueError where it is several.
    """
    if any(c in value for c in "，、"):
        raise WrongValueError(
            "is one word; separate words with half-width commas", f"“{value}”是一个词，请用半角逗号分开"
        )
    return value


# What the client itself says (RFC 9110), and what would let an editor ask for the cache of somebody else.
_OURS = frozenset(
    {
        "host",
        "connection",
        "content-length",
        "transfer-encoding",
        "te",
        "upgrade",
        "accept-encoding",
        "if-none-match",
    }
    | {"if-modified-since", "range", "expect", "trailer", "proxy-authorization"}
)
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}")  # RFC 9110, 5.6.2


def headers(value: Any) -> Any:
    """Headers that a request may carry. What is in them is never told.

    WrongValueError, with the name alone, where one cannot be sent.
    """
    for name, text in value.items() if isinstance(value, dict) else ():
        if not isinstance(name, str) or not _HEADER_NAME.fullmatch(name) or name.lower() in _OURS:
            raise WrongValueError(
                f"{str(name)[:64]} is no header that can be set", f"不能设置请求头 {str(name)[:64]}"
            )
        if (
            not isinstance(text, str)
            or not text
            or not text.isprintable()
            or not text.isascii()
            or len(text) > 4096
        ):
            raise WrongValueError(
                f"what {name} is set to cannot be sent: it must be one line of ASCII",
                f"请求头 {name} 的值发不出去：要写成一行 ASCII 字符，像数字的加引号",
            )
    return value


def login_apart(source: dict[Any, Any]) -> dict[Any, Any]:
    """A source whose address has a user and a password in it, with both in a header instead, where nobody shows them."""
    url = trim_address(source.get("url"))
    try:
        parts = urlsplit(url) if isinstance(url, str) else None
    except ValueError:
        return source
    given = source.get("headers")
    if parts is None or not parts.username or not (given is None or isinstance(given, Mapping)):
        return source
    login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    basic = {"Authorization": "Basic " + b64encode(login.encode()).decode("ascii")}
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    return {**source, "url": bare, "headers": basic | dict(given or {})}
