"""Which names a backup may hold: relative, plain, and nothing that a shell, an editor or git would run or read of itself."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

CONTENTS = "backup.json"  # the last file of a backup
FORMAT = 1
_HIDDEN = frozenset({".copied.json", ".keep"})  # the hidden files that are ours
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))}
)
_CLOSED = frozenset(
    '<>:"|?*\\'
)  # what a name cannot have on every system, and what leads out of a folder there
_LONGEST_PART, _LONGEST = 255, 1_000  # bytes


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file of a backup. `sha256` in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says of itself. `archive`: the name of its database; "" where it has none.

    `elsewhere`: where that was, if not below the account's folder.
    """

    account: str
    made: str
    version: str  # of curate
    archive: str = ""
    archive_version: int = 0
    elsewhere: str = ""
    format: int = FORMAT
    files: dict[str, PackedFile] = field(default_factory=dict)


def is_safe(name: str) -> bool:
    """Whether a file of that name may be written below a folder, on any system."""
    return 0 < len(name.encode("utf-8", "replace")) <= _LONGEST and all(map(_is_safe_part, name.split("/")))


def _is_safe_part(part: str) -> bool:
    return (
        bool(part)
        and (part in _HIDDEN or not part.startswith("."))
        and not part.endswith((".", " "))
        and len(part.encode("utf-8", "replace")) <= _LONGEST_PART
        and part.split(".")[0].casefold() not in _RESERVED
        and not any(c in _CLOSED or unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in part)
    )


def fold(name: str) -> str:
    """What two names have in common that are one file on some system."""
    return unicodedata.normalize("NFC", name).casefold()
