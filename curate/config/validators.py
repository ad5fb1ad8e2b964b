"""What single values of feeds.yaml must be. Pure: a value in, the value out, or WrongValueError, whose sentence is in the catalogues."""

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
from curate.domain.message import Message, message


class WrongValueError(ValueError):
    """What is wrong with a value."""

    def __init__(self, said: Message) -> None:
        super().__init__(str(said))
        self.said = said


# What shows nothing where an address was copied from: controls, soft hyphens, zero-width and direction marks.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
# Schemes by which browsers and podcast programs hand a feed's address on.
_SUBSCRIBE = re.compile(r"^(?:feeds?|rss|itpc|pcast|podcast):(?://)?(?=(https?:)?)", re.IGNORECASE)
# Full-width punctuation, which no host has.
_WIDE = re.compile("[\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65“”‘’]")


_CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d")


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
        raise WrongValueError(message("config.write the unit for"))
    if isinstance(value, str) and value[-1:] in ("h", "d") and value[:-1].isdecimal():
        if not 0 < int(value[:-1]) < 100_000:
            raise WrongValueError(message("config.must be between h"))
        return timedelta(**{"hours" if value[-1] == "h" else "days": int(value[:-1])})
    if isinstance(value, str) and (meant := span_meant(value)):
        raise WrongValueError(message("config.write meant for value", meant=meant, value=value))
    return value


def age(value: Any) -> Any:
    """`30m`, `2h` and `1d`; `0m` is none at all."""
    if isinstance(value, str) and value[-1:] == "m" and value[:-1].isdecimal():
        return timedelta(minutes=int(value[:-1][:6]))
    return lookback(value)


def clock_time(value: Any) -> Any:
    """A time of day, such as "06:30". YAML reads an unquoted one as a number of minutes, which is taken for what was meant.

    WrongValueError where it is none.
    """
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 24 * 60:
        value = f"{value // 60:02d}:{value % 60:02d}"
    if isinstance(value, str) and _CLOCK.fullmatch(value):
        return value.zfill(5)
    raise WrongValueError(message("config.must be a time of day"))


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
            raise WrongValueError(message("config.unknown time zone write", meant=meant, value=value))
        raise WrongValueError(message("config.unknown time zone for"))
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
        raise WrongValueError(message("config.full width wide in", wide=wide[0]))
    if not value.startswith(("http://", "https://")) or len(value.split("/")) < 3 or not value.split("/")[2]:
        raise WrongValueError(message("config.must begin with http"))
    if any(c.isspace() for c in value):
        raise WrongValueError(message("config.an address has no"))
    return value


def folder(value: str) -> str:
    """A folder of the editor's pieces: neither a whole disk nor one that the account itself lies in.

    WrongValueError where it is none.
    """
    parts = [part for part in value.replace("\\", "/").split("/") if part not in ("", ".")]
    if not parts or all(part == ".." or part.endswith(":") for part in parts):
        raise WrongValueError(message("config.must be a folder"))
    if parts[0].startswith("~"):
        raise WrongValueError(message("config.write the whole path"))
    return value


def secure(value: str) -> str:
    """An address that secrets may be sent to: encrypted, or on this very machine.

    WrongValueError where it is none.
    """
    value = address(value).rstrip("/")
    host = value.split("/")[2].rpartition("@")[2]
    here = host.startswith(("127.0.0.1", "localhost", "[::1]"))
    if not value.startswith("https://") and not here:
        raise WrongValueError(message("config.must begin with https"))
    return value


def require_quotes(value: Any) -> Any:
    """An unquoted #… is a comment in YAML, and what is left is nothing.

    WrongValueError where nothing is left.
    """
    if value is None:
        raise WrongValueError(message("config.put the color in"))
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
            message("config.must begin with http 2"),
        )
    return value


def database(value: str) -> str:
    """An address as SQLAlchemy writes them.

    WrongValueError where it is none.
    """
    if "://" not in value:
        raise WrongValueError(
            message("config.must be an address"),
        )
    return value


def crop(value: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """A part of a picture: its left, top, right and bottom.

    WrongValueError where it holds nothing.
    """
    if not (value[0] < value[2] and value[1] < value[3]):
        raise WrongValueError(
            message("config.left and top come"),
        )
    return value


def variable(value: str) -> str:
    """The name of an environment variable, or "". What is none may be a secret that was pasted: it is not told.

    WrongValueError where it is none.
    """
    if value and not re.fullmatch(r"[A-Z_][A-Z0-9_]{0,63}", value):
        raise WrongValueError(
            message("config.must be the name"),
        )
    return value


def word(value: str) -> str:
    """One word: Chinese commas in it are a list that was meant.

    WrongValueError where it is several.
    """
    if any(c in value for c in "，、"):
        raise WrongValueError(message("config.is one word separate", value=value))
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
            raise WrongValueError(message("config.name is no header", name=str(name)[:64]))
        if (
            not isinstance(text, str)
            or not text
            or not text.isprintable()
            or not text.isascii()
            or len(text) > 4096
        ):
            raise WrongValueError(
                message("config.what name is set", name=name),
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
