"""feeds.yaml checked against its shape, and the shape as a JSON Schema."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from itertools import pairwise
from typing import Any, NamedTuple, get_args

from pydantic import ValidationError

from curate.config import schema as settings
from curate.config.descriptions_zh import CHINESE
from curate.config.schema import Config, Shape
from curate.config.validators import WrongValueError


class Mistake(NamedTuple):
    """What is wrong with a value: where, pydantic's kind (or `own`: of settings_checks), message and context, and the keys known there."""

    where: tuple[str | int, ...]
    kind: str
    message: str
    context: Mapping[str, Any]
    known: tuple[str, ...]


def validated(value: Any) -> tuple[Config | None, list[Mistake]]:
    """The file's values as a Config, or all that is wrong with them."""
    try:
        return Config.model_validate(value if value is not None else {}), []
    except ValidationError as e:
        return None, [_mistake(error) for error in e.errors(include_url=False, include_input=False)]


def _mistake(error: Any) -> Mistake:
    where = tuple(error["loc"])
    kind, context = str(error["type"]), error.get("ctx") or {}
    if isinstance(wrong := context.get("error"), WrongValueError):
        kind, context = "own", {"english": wrong.english, "chinese": wrong.chinese}
    return Mistake(where, kind, str(error["msg"]), context, _keys(where[:-1]))


def _keys(where: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that feeds.yaml may have at a place."""
    shape: Any = Config
    for step in where:
        if isinstance(step, str) and shape is not None:
            field = shape.model_fields.get(step)
            shape = _shape_within(field.annotation) if field else None
    return tuple(shape.model_fields) if shape else ()


def _shape_within(annotation: Any) -> Any:
    """The Shape inside `Shape`, `Shape | None` or `tuple[Shape, ...]`."""
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return annotation
    return next((found for part in get_args(annotation) if (found := _shape_within(part))), None)


def _docstrings() -> dict[tuple[str, str], str]:
    """(shape, key) -> the docstring below the key. Pydantic would look for them whenever a shape is imported."""
    shapes = [node for node in ast.parse(inspect.getsource(settings)).body if isinstance(node, ast.ClassDef)]
    return {
        (shape.name, key.target.id): inspect.cleandoc(text)
        for shape in shapes
        for key, below in pairwise(shape.body)
        if isinstance(key, ast.AnnAssign) and isinstance(key.target, ast.Name) and (text := _text(below))
    }


def _text(node: ast.stmt) -> str:
    """What a statement says that is nothing but a text."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return str(node.value.value)
    return ""


def _meant(value: Mapping[str, Any], made: Mapping[str, Any]) -> Any:
    return made["$defs"][value["$ref"].rsplit("/", 1)[1]]


def schema() -> dict[str, Any]:
    """The JSON Schema of feeds.yaml; every description is the key's own, in Chinese first."""
    made = Config.model_json_schema()
    docstrings = _docstrings()
    for shape, keys in [("Config", made), *made["$defs"].items()]:
        for key, value in keys["properties"].items():
            english = docstrings.get((shape, key)) or _meant(value, made)["description"]
            described = {**value, "description": f"{CHINESE[shape][key]}\n{english}"}
            keys["properties"][key] = dict(sorted(described.items()))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "title": "feeds.yaml of curate",
    }
