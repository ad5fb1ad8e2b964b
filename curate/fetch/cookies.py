"""Cookies between the redirects of one request: some sites send to the same address until they have theirs back.

They go to the origin that set them, and end with the request: nobody is known again the next time.
"""

from __future__ import annotations

from collections.abc import Iterable

from yarl import URL

_MOST = 4096  # characters for one origin; what would go beyond is not kept


class Cookies:
    """The cookies of one request, by origin."""

    def __init__(self) -> None:
        self._kept: dict[URL, dict[str, str]] = {}

    def keep(self, url: URL, lines: Iterable[str]) -> None:
        """Take the cookies of an answer from `url`, each a `Set-Cookie` as it was sent."""
        kept = self._kept.setdefault(url.origin(), {})
        for line in lines:
            name, equals, value = line.partition(";")[0].strip().partition("=")
            size = sum(len(pair[0]) + len(pair[1]) for pair in kept.items())
            if name and equals and (name + value).isprintable() and size + len(line) <= _MOST:
                kept[name.strip()] = value.strip()

    def of(self, url: URL) -> dict[str, str]:
        """The header to send to `url`; {} where there is nothing to send."""
        pairs = self._kept.get(url.origin(), {}).items()
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in pairs)} if pairs else {}
