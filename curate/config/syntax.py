"""Why a text is no YAML, in the words of someone who edits a file: where it opens, which line, what is missing. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

import yaml

from curate.config.descriptions_zh import CHINESE

_KEYS = "|".join(sorted({key for keys in CHINESE.values() for key in keys}, key=len, reverse=True))
# A key of ours with its value right behind the colon, at the beginning of a line or within braces.
_NO_BLANK = re.compile(rf"(?:^\s*(?:-\s*)*|[{{,]\s*)[\"']?({_KEYS})[\"']?:(?=[^\s,}}\]])")
_ODD_BLANK = "[\u00a0\u1680\u2000-\u200b\u202f\u205f\u2800\u3000\ufeff]"

# Full-width characters in the places where YAML wants their half-width kin, and what may stand there by right.
_CULPRITS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:^\s*(?:-\s*)?|[{,，]\s*)[\w-]+\s*："), "有全角的冒号“：”，要换成半角的“: ”（后面空一格）"),
    (re.compile(r"(?:[:,]\s+|[\[{,]\s*|^\s*-\s*)[“”‘’]"), '有全角的引号“ ”，要换成半角的 "'),
    (re.compile(r"[\[{].*，"), "有全角的逗号“，”，要换成半角的“, ”"),
    (re.compile(r"\t"), "有制表符（Tab），要换成空格"),
    (re.compile(r"^\s*\u3000|[:：,，\[{-]\s*\u3000"), "有全角空格，要换成半角空格"),
    (re.compile(rf"^\s*{_ODD_BLANK}|[:：,，\[{{-]\s*{_ODD_BLANK}"), "有看着像空格的别的字符（多半是从网页上复制来的），要换成普通空格"),
    (_NO_BLANK, "冒号后面少一个空格，要写成“键: 值”"),
)  # fmt: skip


def advice(text: str, error: yaml.MarkedYAMLError) -> str:
    """What has to be mended where a loader stopped with `error`; "" where nothing is found."""
    marked = {mark.line for mark in (error.problem_mark, error.context_mark) if mark}
    return _left_open(text, error) + culprits(text, marked) or _slip(text, error)


def culprits(text: str, marked: Collection[int]) -> str:
    """What of full-width punctuation, tabs, odd and missing blanks may have broken the file, near the marked lines
    (from 0). "" where nothing is found. The lines above and below count too: YAML notices a mistake late.
    """
    lines = text.splitlines()
    written = [i for i, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")]
    near: set[int] = set()
    for mark in marked:
        near |= {*[i for i in written if i < mark][-1:], *[i for i in written if i > mark][:1]}
        near |= {i for i in written if i == mark}
    return "".join(f"第 {i + 1} 行{words}。" for i in sorted(near) for words in _find_culprits(lines[i]))


def odd_indents(text: str) -> dict[int, str]:
    """The lines (from 0) that are indented with something that only looks like blanks, with what it is."""
    found = {}
    for number, line in enumerate(text.splitlines()):
        if line.strip() and not line.lstrip().startswith("#") and re.match(rf"[ \t]*{_ODD_BLANK}", line):
            wide = "\u3000" in line[: len(line) - len(line.lstrip())]
            found[number] = (
                "前面有全角空格，要换成半角空格（a full-width space before it）"
                if wide
                else "前面不是普通空格，只是看着像，要换成普通空格（indented with something that is no usual space）"
            )
    return found


def _find_culprits(line: str) -> Iterator[str]:
    for pattern, words in _CULPRITS:
        if pattern.search(line):
            yield words
            if "空格" in words:  # the full-width blank is one of the odd ones, and told by its name
                return


def _slip(text: str, error: yaml.MarkedYAMLError) -> str:
    """What the loader's own complaint means on the line where it stopped; "" where that says no more."""
    mark, problem = error.problem_mark, error.problem or ""
    if not mark:
        return ""
    if "mapping values" in problem:
        return f"第 {mark.line + 1} 行的文字里有“: ”，整段文字要加引号；不然就是缩进和上一行不齐。"
    if "another document" in problem:
        return f"第 {mark.line + 1} 行的 --- 把文件分成了两份，只能有一份；删掉这一行。"
    if "cannot start any token" in problem or "expected alphabetic or numeric" in problem:
        return f"第 {mark.line + 1} 行的文字以特殊符号开头，整段要加引号。"
    if "block mapping start" in problem or "block sequence start" in problem:
        return f"第 {mark.line + 1} 行的缩进和上面的不齐。"
    return ""


def _closed_early(text: str, error: yaml.MarkedYAMLError) -> str:
    """Where a quote within a quoted text ended it."""
    mark = error.problem_mark
    line = text.splitlines()[mark.line] if mark and mark.line < len(text.splitlines()) else ""
    if (
        not mark
        or "scalar" not in (error.problem or "")
        or line[mark.column - 1 : mark.column] not in ("'", '"')
    ):
        return ""
    return f"第 {mark.line + 1} 行的引号在第 {mark.column} 列提前关上了：文字里有这种引号时，外面换另一种。"


def _left_open(text: str, error: yaml.MarkedYAMLError) -> str:
    """Where the quote, bracket or brace opens that nothing closes; "" where none is open."""
    context, mark = error.context or "", error.context_mark
    if "quoted scalar" in context and mark:
        return _opens(mark, "引号")
    at = error.problem_mark.line if error.problem_mark else 0
    if quote := _open_quote(text, at):
        return _opens(quote, "引号")
    if early := _closed_early(text, error):
        return early
    if "flow" in context and mark:
        return _opens(mark, "花括号 { " if "mapping" in context else "方括号 [ ")
    return ""


def _open_quote(text: str, line: int) -> yaml.Mark | None:
    """The quote that was closed only by the opening one of another value, on the line where the loader stopped."""
    found: yaml.Mark | None = None
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            over_lines = token.start_mark.line < token.end_mark.line
            if (
                getattr(token, "style", None) in ("'", '"')
                and over_lines
                and abs(token.end_mark.line - line) <= 1
            ):
                found = token.start_mark
    except yaml.YAMLError:
        pass
    return found


def _opens(mark: yaml.Mark, what: str) -> str:
    return f"第 {mark.line + 1} 行第 {mark.column + 1} 列的{what}没有关上。"
