"""The last thing that text passes on its way to the terminal: no secret goes out, and no command of a feed's."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from curate.app.secrets import own_secrets, redact

# What a terminal may obey: C0 but for tab and line feed, DEL, C1; and what turns the direction of a line.
_COMMANDS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    r"""The text with each command for a terminal written out, as `\u001b`; so JSON stays JSON."""
    return _COMMANDS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


class GuardedStream:
    """A text stream that redacts what is written to it; but for `trusted` text, no command gets through either."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        self._stream.write(printable(redact(text)))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def trusted_stream(self) -> TextIO:
        """The stream itself, for the program's own colors and progress bars: whoever writes there cleans the rest."""
        return self._stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def guard_streams() -> Iterator[None]:
    """Guard what this process writes to stdout and stderr, its tracebacks and warnings included."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = GuardedStream(before[0]), GuardedStream(before[1])
    try:
        with own_secrets():
            yield
    finally:
        sys.stdout, sys.stderr = before
