"""Where templates run: no way out of their values, and bounds on what an editor's slip may cost.

A loop that does not end or a text that doubles would hold a night for ever, or take all of the machine's memory. So
the turns of loops and calls are counted, and nothing may grow beyond `LARGEST` characters, nor what is made of a
whole template beyond `LARGEST_PAGE`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sized
from functools import wraps
from typing import Any

from jinja2 import TemplateRuntimeError, nodes
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

MOST_TURNS = (
    2_000_000  # of loops and calls in one rendering; a page of ten thousand items takes a tenth of it
)
_CALL = 10  # turns that a call counts as: so much dearer it is
LARGEST = 8_000_000  # characters of one value
LARGEST_PAGE = 64_000_000

_COUNTED, _CHECKED = "counted by the sandbox", "checked by the sandbox"  # filters that no template can name
_GROWING = ("batch", "center", "indent", "join", "replace", "slice")  # filters that may make much of little
_GROWING_METHODS = frozenset({"center", "expandtabs", "join", "ljust", "replace", "rjust", "zfill"})
_WIDTH = re.compile(r"\d{7}")  # in a format: wider than any line


class TooMuchError(TemplateRuntimeError):
    """A template took more turns, or made a larger text, than any of ours needs."""


class Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox, which remembers what it decided: whether an attribute may be read depends on its name and on the
    type of what has it, and on nothing else. It is a third faster over the many pages of a site."""

    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def __init__(self, **options: Any) -> None:
        final = options.pop("finalize", None)
        super().__init__(finalize=_final(final), **options)
        self._decided: dict[tuple[type, str], bool] = {}
        self._turns = 0
        self.filters |= {name: _bound_filter(self.filters[name]) for name in _GROWING}
        self.filters["format"] = _bound_filter(self.filters["format"], _check_widths)
        self.filters |= {_COUNTED: self._count_turns, _CHECKED: check_size}

    def begin(self) -> None:
        """Count the turns anew, for another rendering."""
        self._turns = 0

    @staticmethod
    def concat(parts: Iterable[str]) -> str:
        """What a template made, in one piece.

        TooMuchError where it is larger than a page may be.
        """
        found, length = [], 0
        for part in parts:
            found.append(part)
            length += len(part)
            if length > LARGEST_PAGE:
                raise TooMuchError(f"more than {LARGEST_PAGE:,} characters")
        return "".join(found)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        key = type(obj), attr
        if key not in self._decided:
            self._decided[key] = super().is_safe_attribute(obj, attr, value)
        return self._decided[key]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The template with the items of every loop counted, and what `~` joins checked."""
        tree = super()._parse(source, name, filename)
        for loop in tree.find_all(nodes.For):
            loop.iter = _through(_COUNTED, loop.iter)
        for joined in tree.find_all(nodes.Concat):
            joined.nodes = [_through(_CHECKED, node) for node in joined.nodes]
        return tree

    def _count_turns(self, items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            self._turn()
            yield item

    def _turn(self, weight: int = 1) -> None:
        self._turns += weight
        if self._turns > MOST_TURNS:
            raise TooMuchError(f"more than {MOST_TURNS:,} turns of loops and calls")

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        __self._turn(_CALL)
        method = getattr(__obj, "__wrapped__", __obj)  # str.format comes wrapped
        text = getattr(method, "__self__", None)
        if isinstance(text, str) and method.__name__ in _GROWING_METHODS:
            _check_growth(text, *args, *kwargs.values())
        elif isinstance(text, str):
            _check_widths(text)
        return super().call(__context, __obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Compute `left operator right`. TooMuchError where that would be larger than a text of ours."""
        if operator == "*":
            _check_growth(left, right)
        elif operator == "**" and abs(right) > 100:
            raise TooMuchError("the power would be too large")
        elif operator == "%" and isinstance(left, str):
            _check_widths(left)
        return check_size(super().call_binop(context, operator, left, right))


def check_size(value: Any) -> Any:
    """The value itself, unless it is larger than any text of ours.

    TooMuchError where it is larger.
    """
    if isinstance(value, str | list | tuple) and len(value) > LARGEST:
        raise TooMuchError(f"a text or list of more than {LARGEST:,}")
    return value


def _through(name: str, node: nodes.Node) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


def _final(final: Callable[[object], object] | None) -> Callable[[object], object]:
    """What is printed is checked too: a text may double with every `{% set %}` that prints it twice."""
    return (lambda value: final(check_size(value))) if final else check_size


def _bound_filter(
    function: Callable[..., Any], check: Callable[..., None] | None = None
) -> Callable[..., Any]:
    """A filter, refused where it would make too much."""

    @wraps(function)
    def call_bounded(*args: Any, **kwargs: Any) -> Any:
        args = tuple(
            list(arg) if isinstance(arg, Iterator) else arg for arg in args
        )  # what has no length yet
        (check or _check_growth)(*args, *kwargs.values())
        return check_size(function(*args, **kwargs))

    return call_bounded


def _check_growth(*values: Any) -> None:
    """Refuse what could become too large of these texts, lists and numbers: the two largest are multiplied."""
    first, second, *_ = (*sorted(map(_size, values), reverse=True), 1, 1)
    if first * second > 10 * LARGEST:
        raise TooMuchError("the result would be too large")


def _size(value: Any) -> int:
    if isinstance(value, list | tuple):
        return max(1, len(value), sum(len(each) for each in value if isinstance(each, str)))
    return max(1, len(value) if isinstance(value, Sized) else abs(value) if isinstance(value, int) else 1)


def _check_widths(form: Any, *_: Any) -> None:
    """Refuse a format that pads to a million characters or more."""
    if isinstance(form, str) and ("%" in form or "{" in form) and _WIDTH.search(form):
        raise TooMuchError("a width of a million characters or more")
