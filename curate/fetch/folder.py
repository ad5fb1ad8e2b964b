"""The editor's own folder of Markdown, read as pages."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

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


def _belongs(path: Path, root: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
    return not hidden and path.is_file() and path.resolve().is_relative_to(root)


def _page(path: Path, now: datetime) -> Page:
    try:
        with path.open("rb") as file:
            body = file.read(BODY_LIMIT + 1)
    except OSError as error:
        raise _error("no permission", path=str(path), why=error.strerror or "") from error
    if len(body) > BODY_LIMIT:
        raise _error("too large", limit=BODY_LIMIT // MEBIBYTE)
    return Page(url=path.as_uri(), body=body, fetched=now, content_type=MARKDOWN)


def _error(key: str, **values: Value) -> FetchError:
    return FetchError(
        message=message(f"fetch.{key}", **values), advice=message(f"fetch.{key}.hint", **values)
    )
