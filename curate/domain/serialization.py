"""The nouns of `model.py` as JSON and back, for the archive, `issue.json` and the run report."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from curate.domain.errors import ArchiveError

T = TypeVar("T")

_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}  # building one costs more than a thousand uses


def _adapter(kind: Any) -> TypeAdapter[Any]:
    return _ADAPTERS.setdefault(kind, TypeAdapter(kind)) if kind not in _ADAPTERS else _ADAPTERS[kind]


def to_json(value: Any, *, indent: int | None = None) -> bytes:
    """A noun as JSON in UTF-8; times in ISO 8601."""
    return _adapter(type(value)).dump_json(value, indent=indent)


def from_json(kind: type[T], data: bytes | str) -> T:
    """The noun that `to_json` wrote; ArchiveError where it is another thing."""
    try:
        noun: T = _adapter(kind).validate_json(data)
    except ValidationError as e:
        raise ArchiveError(f"a stored {kind.__name__} cannot be read: {e.errors()[0]['msg']}") from e
    return noun
