"""The account's file of secrets: what the environment lacks is read from it, by every command and whatever starts it.

A scheduler starts a night without the terminal's environment, and each has another way to give it one. So there is one
file that all of them share. What the environment has already is left as it is.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from curate.domain.message import Message, message

NAME = "secrets.env"
_LINE = re.compile(r"\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*", re.ASCII)
# What a program is loaded and run by is no secret of an account.
_NOT_OURS = re.compile(r"PATH|HOME|SHELL|(LD|DYLD|PYTHON)\w*")
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class SecretsFile(NamedTuple):
    """What the file says, and what is wrong with it."""

    values: dict[str, str]
    doubts: tuple[Message, ...]


def parse_secrets(text: str) -> SecretsFile:
    """NAME=value a line, quoted or not; # begins a comment. A line that is neither is told by its number alone."""
    values: dict[str, str] = {}
    wrong: list[str] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        if found is None or _NOT_OURS.fullmatch(found[1]):
            wrong.append(str(number))
            continue
        value = found[2]
        is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
        values[found[1]] = value[1:-1] if is_quoted else value
    return SecretsFile(values, (message("secrets.lines", file=NAME, numbers=tuple(wrong)),) if wrong else ())


def read_secrets(folder: Path) -> SecretsFile:
    """The file of an account's folder; nothing where there is none, or no account."""
    path = folder / NAME
    try:
        if not (folder / "feeds.yaml").is_file() or not path.is_file():
            return SecretsFile({}, ())
        found = parse_secrets(path.read_text("utf-8", "replace"))
        is_open = os.name == "posix" and bool(path.stat().st_mode & _OTHERS)
    except OSError as e:
        return SecretsFile({}, (message("secrets.closed", file=NAME, why=e.strerror or ""),))
    return (
        found._replace(doubts=(*found.doubts, message("secrets.open", path=str(path)))) if is_open else found
    )


@contextmanager
def fill_environment(folder: Path, environ: MutableMapping[str, str]) -> Iterator[tuple[Message, ...]]:
    """Add what the file says and the environment lacks, and take it out again; what is wrong with the file."""
    found = read_secrets(folder)
    added = {name: value for name, value in found.values.items() if value and not environ.get(name)}
    before = {name: environ[name] for name in added if name in environ}
    environ.update(added)
    try:
        yield found.doubts
    finally:
        for name in added:
            environ.pop(name, None)
        environ.update(before)


def write_template(variables: Sequence[str]) -> str:
    """The text of a new file: the variables that feeds.yaml uses, each to be filled in."""
    head = "# 一行一个：名字=值。只有自己读得到，不要放进 git，不要发给别人。\n"
    return (
        head
        + "# NAME=value, one a line. For your eyes alone.\n"
        + "".join(f"# {name}=\n" for name in variables)
    )
