"""What came from the environment is shown as its name. Pure: feeds.yaml and the environment -> what hides the values.

A value is hidden in every spelling that it may meet on its way out: as it is, percent-encoded, as JSON and as HTML have it.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, quote_plus, unquote

VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_SHORT = 6  # characters; a shorter value may be any word: it is hidden only behind what stands before it
_BEFORE = re.compile(r"[\w=:/?.@-]{2,}$")
# Name and password in an address, wherever they came from. A password may have an @ or a colon of its own.
_LOGIN = re.compile(r"(?<=://)[^\s/?#'\"<>]*:[^\s/?#'\"<>]*@")


# A parameter of an address with a value to be put in; the next one, if any, takes its place.
_PARAMETER = rb"(\?|&amp;|&)[\w.-]+=%b(?![\w-])(&amp;|&)?"


class Redactor:
    """Hides secrets in any text: each of `shown` (a value -> what stands for it), and logins in addresses; those of
    `keys` in documents too."""

    def __init__(self, shown: Mapping[str, str] | None = None, keys: Mapping[str, str] | None = None) -> None:
        self._keys = {value.encode(): name.encode() for value, name in (keys or {}).items()}
        spelt = {form.casefold(): name for value, name in (shown or {}).items() for form in _spellings(value)}
        self._shown = spelt
        longest_first = sorted(spelt, key=len, reverse=True)
        self._values = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE) if spelt else None

    def __call__(self, text: str) -> str:
        if self._values is not None:
            text = self._values.sub(lambda match: self._shown.get(match[0].casefold(), "…"), text)
        return _LOGIN.sub(_without_password, text) if "://" in text and "@" in text else text

    def document(self, body: bytes) -> bytes:
        """A document as its host sent it, without the keys that it was asked with: feeds for subscribers repeat them in
        their links, and a link is published. The parameter goes, and what is left reads as the key's name."""
        for value, name in self._keys.items():
            if value in body:
                body = re.sub(_PARAMETER % re.escape(value), _without_parameter, body).replace(value, name)
        return body


def _without_parameter(match: re.Match[bytes]) -> bytes:
    return match[1] if match[2] else b""


def _without_password(login: re.Match[str]) -> str:
    return login[0] if VARIABLE.fullmatch(login[0][:-1].partition(":")[2]) else "…@"


def redactor(text: str, environ: Mapping[str, str], names: Iterable[str] = ()) -> Redactor:
    """What hides the values of the environment that this feeds.yaml names as `${NAME}`, and those of `names`."""
    shown = {value: f"${{{name}}}" for name in names if (value := environ.get(name, "").strip())}
    keys: dict[str, str] = {}
    for match in VARIABLE.finditer(text):
        value, name = environ.get(match[1], "").strip(), match[0]
        if len(value) >= _SHORT:
            shown[value] = name
            if text[match.start() - 1 : match.start()] == "=":
                keys |= {value: name, quote(value, safe=""): name}
            if password := _password(value):
                shown.setdefault(password, name)
        elif value and (
            before := _BEFORE.search(text, text.rfind("\n", 0, match.start()) + 1, match.start())
        ):
            shown[before[0] + value] = before[0] + name
    return Redactor(shown, keys)


def _password(address: str) -> str:
    """The password in an address: a driver may say it alone."""
    login = _LOGIN.search(address)
    password = unquote(login[0][:-1].partition(":")[2]) if login else ""
    return password if len(password) >= _SHORT else ""


def _spellings(value: str) -> Iterator[str]:
    quoted = json.dumps(value, ensure_ascii=False)[1:-1], json.dumps(value)[1:-1]
    yield from (
        value,
        unquote(value),
        quote(value),
        quote(value, safe=""),
        quote_plus(value),
        html.escape(value),
    )
    yield from (*quoted, html.escape(value).replace("&#x27;", "&#39;").replace("&quot;", "&#34;"))
