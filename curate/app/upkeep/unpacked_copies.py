"""Unpacked copies of what packages bring packed, kept once for all of a person's accounts.

To unpack the encoder's weights takes a third of a second, each night. Their copy has 79 MB; it may be deleted at any time.
"""

from __future__ import annotations

import os
from hashlib import sha1
from pathlib import Path
from zipfile import BadZipFile, ZipFile, is_zipfile


def unpack(packed: str) -> str:
    """The path of a zip file with the members of this one, not compressed; the path itself where none can be kept."""
    try:
        with ZipFile(packed) as source:
            members = [(member.filename, member.CRC) for member in source.infolist()]
            digest = sha1(repr(members).encode(), usedforsecurity=False).hexdigest()
            copy = _find_folder() / f"{Path(packed).stem}-{digest}.zip"
            if not is_zipfile(copy):
                _store(source, copy)
    except (OSError, RuntimeError, BadZipFile):  # no home, none that can be written, or no room
        return packed
    return str(copy)


def _find_folder() -> Path:
    """Where programs keep what they can make again (XDG Base Directory Specification)."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "curate"


def _store(source: ZipFile, copy: Path) -> None:
    """Put the copy in place whole, and take away those of other versions."""
    copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = copy.with_suffix(f".{os.getpid()}")
    try:
        with new.open("wb") as file:
            with ZipFile(file, "w") as target:
                for name in source.namelist():
                    target.writestr(name, source.read(name))
            file.flush()
            os.fsync(file.fileno())
        new.replace(copy)
    finally:
        new.unlink(missing_ok=True)
    for other in copy.parent.glob(f"{copy.stem.rpartition('-')[0]}-*.zip"):
        if other != copy:
            other.unlink(missing_ok=True)
