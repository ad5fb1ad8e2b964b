"""The editor's own folder of Markdown, read as pages."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

from curate.domain.errors import FetchError
from curate.domain.message import Value, message
from curate.domain.model import Page
from curate.fetch.limits import BODY_LIMIT, MEBIBYTE

MARKDOWN = "text/markdown"


def read_folder(folder: Path, now: datetime) -> list[Page]:
    """Every *.md below `folder`, by path; hidden ones and links that lead outside are left out.

    Raises FetchError where the folder is missing or a file cannot be read.
    """
    if not folder.is_dir():
        raise _error("no folder", folder=str(folder))
    root = folder.resolve()
    try:
        found = [path for path in sorted(root.rglob("*.md")) if _belongs(path, root)]
    except OSError as e:  # a folder within that went meanwhile, or may not be read
        raise _error("no permission", path=str(e.filename or folder), why=e.strerror or "") from e
    return [_page(path, now) for path in found]


def read_picture(folder: Path, source: str) -> bytes | None:
    """The file that a piece somewhere below `folder` names as its picture, beside itself or in a folder within.

    None where there is none, where two pieces' folders have one of that name, and where it lies outside of `folder`.
    FetchError where it cannot be read or is too large.
    """
    root = folder.resolve()
    name = unquote(source).replace("\\", "/")
    if not root.is_dir() or not name or "\0" in name:
        return None
    beside = {root, *(path.parent for path in root.rglob("*.md"))}
    found = {path for place in beside if _belongs(path := (place / name).resolve(), root)}
    return _read(found.pop()) if len(found) == 1 else None


def _belongs(path: Path, root: Path) -> bool:
    if not path.is_relative_to(root) or any(part.startswith(".") for part in path.relative_to(root).parts):
        return False
    return path.is_file() and path.resolve().is_relative_to(root)


def _page(path: Path, now: datetime) -> Page:
    return Page(url=path.as_uri(), body=_read(path), fetched=now, content_type=MARKDOWN)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            body = file.read(BODY_LIMIT + 1)
    except OSError as error:
        raise _error("no permission", path=str(path), why=error.strerror or "") from error
    if len(body) > BODY_LIMIT:
        raise _error("too large", limit=BODY_LIMIT // MEBIBYTE)
    return body


def _error(key: str, **values: Value) -> FetchError:
    return FetchError(
        message=message(f"fetch.{key}", **values), advice=message(f"fetch.{key}.hint", **values)
    )
