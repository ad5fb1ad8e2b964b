"""feeds.yaml checked against its shape, and the shape as a JSON Schema."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from itertools import pairwise
from typing import Any, NamedTuple, Protocol, TypeVar, get_args

from pydantic import ValidationError

from curate.config import delivery_schema, network_schema
from curate.config import schema as settings
from curate.config.descriptions_zh import CHINESE
from curate.config.schema import Config
from curate.config.validators import WrongValueError
from curate.config.values import Shape

S = TypeVar("S", bound=Shape)


class Mistake(NamedTuple):
    """What is wrong with a value: where, pydantic's kind (or `own`: of settings_checks), message and context, and the keys known there."""

    where: tuple[str | int, ...]
    kind: str
    message: str
    context: Mapping[str, Any]
    known: tuple[str, ...]


class SourceKind(Protocol):
    """What the settings have to know of a kind of source."""

    @property
    def needs(self) -> tuple[str, ...]:
        """Keys that such a source cannot do without."""

    @property
    def options(self) -> type[Shape] | None:
        """The shape of its key `options`; None where it has none."""

    @property
    def about(self) -> tuple[str, str]:
        """What it reads, in Chinese and in English."""


def validate_config(value: Any) -> tuple[Config | None, list[Mistake]]:
    """The file's values as a Config, or all that is wrong with them."""
    return validate_shape(Config, value)


def validate_shape(shape: type[S], value: Any) -> tuple[S | None, list[Mistake]]:
    """A file's values as what it is the shape of, or all that is wrong with them."""
    try:
        return shape.model_validate(value if value is not None else {}), []
    except ValidationError as e:
        return None, _mistakes(e, shape, ())


def check_options(shape: type[Shape], value: Any, where: tuple[str | int, ...]) -> list[Mistake]:
    """All that is wrong with a source's own options, which stand at `where`."""
    try:
        shape.model_validate(value)
    except ValidationError as e:
        return _mistakes(e, shape, where)
    return []


def _mistakes(e: ValidationError, shape: type[Shape], where: tuple[str | int, ...]) -> list[Mistake]:
    return [_mistake(error, shape, where) for error in e.errors(include_url=False, include_input=False)]


def _mistake(error: Any, shape: type[Shape], root: tuple[str | int, ...]) -> Mistake:
    where = tuple(error["loc"])
    kind, context = str(error["type"]), error.get("ctx") or {}
    if isinstance(wrong := context.get("error"), WrongValueError):
        kind, context = "own", {"said": wrong.said}
    return Mistake((*root, *where), kind, str(error["msg"]), context, _keys(shape, where[:-1]))


def _keys(shape: Any, where: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that a shape may have at a place."""
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
    bodies = [
        ast.parse(inspect.getsource(module)).body for module in (settings, network_schema, delivery_schema)
    ]
    shapes = [node for body in bodies for node in body if isinstance(node, ast.ClassDef)]
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


def _resolve_reference(value: Mapping[str, Any], made: Mapping[str, Any]) -> Any:
    return made["$defs"][value["$ref"].rsplit("/", 1)[1]]


def schema(kinds: Mapping[str, SourceKind]) -> dict[str, Any]:
    """The JSON Schema of feeds.yaml; every description is the key's own, in Chinese first.

    `kinds` are the kinds of sources that are known: it tells what each needs, and its options.
    """
    made = Config.model_json_schema()
    docstrings = _docstrings()
    for shape, keys in [("Config", made), *made["$defs"].items()]:
        for key, value in keys["properties"].items():
            english = docstrings.get((shape, key)) or _resolve_reference(value, made)["description"]
            described = {**value, "description": f"{CHINESE[shape][key]}\n{english}"}
            keys["properties"][key] = dict(sorted(described.items()))
    _tell_kinds(made["$defs"], kinds)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "title": "feeds.yaml of curate",
    }


def _tell_kinds(defs: dict[str, Any], kinds: Mapping[str, SourceKind]) -> None:
    """What each kind of source reads, needs and takes, at the shape of a source."""
    source = defs["Source"]
    reader = source["properties"]["reader"]
    chinese, english = reader["description"].split("\n")
    listed_zh = "；".join(f"{name}：{kind.about[0]}" for name, kind in kinds.items())
    listed_en = "; ".join(f"{name}: {kind.about[1]}" for name, kind in kinds.items())
    reader["description"] = f"{chinese}。{listed_zh}。\n{english}. {listed_en}."
    source["allOf"] = [_rule_of(name, kind, defs, reader["default"]) for name, kind in kinds.items()]


def _rule_of(name: str, kind: SourceKind, defs: dict[str, Any], usual: str) -> dict[str, Any]:
    """If a source is of this kind, then it has these keys; its options' shape joins `defs` under the kind's name."""
    is_this: dict[str, Any] = {"properties": {"reader": {"const": name}}}
    if name != usual:
        is_this["required"] = ["reader"]
    then: dict[str, Any] = {"required": list(kind.needs)}
    if kind.options is not None:
        options = kind.options.model_json_schema(ref_template=f"#/$defs/{name}.{{model}}")
        defs.update({f"{name}.{inner}": shape for inner, shape in options.pop("$defs", {}).items()})
        defs[f"{name}.options"] = options
        then["properties"] = {"options": {"$ref": f"#/$defs/{name}.options"}}
    return {"if": is_this, "then": then}
