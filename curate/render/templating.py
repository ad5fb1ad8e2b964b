"""The one place that runs templates: sandboxed, strict about names, and safe by default for HTML and Markdown."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from markupsafe import Markup

from curate.domain.errors import ChannelError
from curate.render.messages import speaker
from curate.render.sandbox import Sandbox
from curate.render.wechat.allowed import visible

Templates = Mapping[str, str]  # "wechat/page.html.j2" -> its text

# What an editor's slip in a template raises, beside Jinja's own errors.
_SLIPS = (
    TypeError, ValueError, ArithmeticError, LookupError, AttributeError, MemoryError, RecursionError,
)  # fmt: skip

# What opens something within a line (CommonMark, GFM, and `$` for formulas); `&` only where an entity would begin.
_MARKDOWN = re.compile(r"[\\`*_\[\]<>~$]|&(?=#?\w+;)")
# What makes a line a heading, a list, a rule or a quote.
_LINE_START = re.compile(r"^(?:([-+=#])|(\d{1,9})([.)]))")


class MarkdownText(str):
    """Markdown that is not escaped again."""

    __slots__ = ()


class PlainText(str):
    """Lines of plain text of the editor's own, which stay lines."""

    __slots__ = ()


def markdown_text(value: object) -> MarkdownText:
    """Any value as one line of Markdown that shows just its characters."""
    if isinstance(value, MarkdownText):
        return value
    text = " ".join(visible(str(value)).split())
    text = _MARKDOWN.sub(r"\\\g<0>", text)
    return MarkdownText(_LINE_START.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", text))


def one_line(value: object) -> str:
    """Any value as one line of plain text: what a feed sends cannot begin a line of its own."""
    if isinstance(value, PlainText):
        return value
    return " ".join(visible(str(value)).split())


# What escapes the values, by the template's name; HTML where no suffix fits.
_ESCAPES: dict[str, Callable[[object], str]] = {".md.j2": markdown_text, ".txt.j2": one_line}


def fill(templates: Templates, name: str, values: Mapping[str, Any]) -> str:
    """The template with the values in it. Escaped for Markdown in `.md.j2`, one line in `.txt.j2`, else for HTML.

    ChannelError, with the template's name and line, where the template is missing or wrong.
    """
    return filler(templates)(name, values)


def safe(html: str) -> str:
    """What a template made, for another: it is not escaped again."""
    return Markup(html)


def filler(templates: Templates) -> Callable[[str, Mapping[str, Any]], str]:
    """`fill` for many pages of the same templates."""
    return _make_filler(tuple(templates.items()))


@lru_cache(maxsize=4)
def _make_filler(files: tuple[tuple[str, str], ...]) -> Callable[[str, Mapping[str, Any]], str]:
    """The filler of a set of templates: channels, site and desk share it, and compiling takes as long as rendering."""
    templates = dict(files)
    made: dict[Callable[[object], str] | None, Sandbox] = {}

    def fill_one(name: str, values: Mapping[str, Any]) -> str:
        escape = next((own for suffix, own in _ESCAPES.items() if name.endswith(suffix)), None)
        if escape not in made:
            made[escape] = _environment(templates, escape)
        return _fill(made[escape], templates, name, values)

    return fill_one


def _environment(templates: Templates, escape: Callable[[object], str] | None) -> Sandbox:
    return Sandbox(
        loader=FunctionLoader(_loader(templates)),
        autoescape=escape is None,
        undefined=StrictUndefined,
        finalize=escape,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


def _fill(environment: Sandbox, templates: Templates, name: str, values: Mapping[str, Any]) -> str:
    environment.begin()
    try:
        return environment.get_template(name).render(values)
    except (TemplateError, *_SLIPS) as e:
        line = _line(e, templates)
        if line is None:
            raise  # not the template's: a bug of ours
        where, number = line or (name, 0)
        place = f"templates/{where}" + (f":{number}" if number else "")
        say = speaker(str(values.get("language", "en")))
        raise ChannelError(say("slip", place=place, error=e), say("slip_hint", place=place)) from e


def require_template(templates: Templates, name: str, language: str = "en") -> str:
    """A template's text. ChannelError, in the account's language, where it is missing."""
    if name not in templates:
        say = speaker(language)
        raise ChannelError(say("missing", name=name), say("missing_hint", folder=name.split("/")[0]))
    return templates[name]


def _loader(templates: Templates) -> Callable[[str], tuple[str, str, Callable[[], bool]] | None]:
    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        # The name serves as file name, so that tracebacks point into the template.
        return (templates[name], name, lambda: True) if name in templates else None

    return load


def _line(error: Exception, templates: Templates) -> tuple[str, int] | tuple[()] | None:
    """Template and line that an error comes from; () where it has no place; None where our code raised it."""
    if isinstance(error, TemplateSyntaxError):
        return (error.name or error.filename or "", error.lineno)
    place: tuple[str, int] | tuple[()] = ()
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename in templates:
            place = (frame.filename, frame.lineno or 0)
    return place if place or isinstance(error, TemplateError) else None
