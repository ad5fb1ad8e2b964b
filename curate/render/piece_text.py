"""A piece of the editor's own in channels that are no HTML: as Markdown, or as plain text that keeps its marks."""

from __future__ import annotations

from typing import Any

from markdownify import MarkdownConverter

from curate.render.piece import with_notes
from curate.render.templating import MarkdownText, PlainText
from curate.render.wechat.allowed import safe_address, visible

_TITLE = 3  # the level of an item's title in the Markdown; a piece's headings stand below it
_LOWEST = 6
_MARKDOWN: dict[str, Any] = {
    "heading_style": "atx",
    "bullets": "-",
    "newline_style": "backslash",
    "escape_misc": True,
    "table_infer_header": True,
}
_PLAIN: dict[str, Any] = {
    "bullets": "•",
    "strong_em_symbol": "",
    "escape_asterisks": False,
    "escape_underscores": False,
}


def piece_markdown(html: str) -> MarkdownText:
    """Write a piece as Markdown: headings, lists, tables, code, quotations, links and pictures as they are."""
    return MarkdownText(_lines(_Markdown(**_MARKDOWN).convert(html)))


def piece_plain(html: str) -> PlainText:
    """Write a piece as plain text: lists with their marks, a table's cells parted, code indented, links as notes."""
    return PlainText(_lines(_TextConverter(**_PLAIN).convert(with_notes(html))))


def _lines(text: str) -> str:
    return "\n".join(visible(line).rstrip() for line in text.strip("\n").split("\n"))


class _Markdown(MarkdownConverter):
    def convert_hN(self, n: int, el: Any, text: str, parent_tags: Any) -> str:  # noqa: N802
        level = min(max(n, 2) + _TITLE - 1, _LOWEST)
        return str(super().convert_hN(level, el, text, parent_tags))  # type: ignore[misc]  # its stub leaves it out


class _TextConverter(MarkdownConverter):
    def convert_hN(self, n: int, el: Any, text: str, parent_tags: Any) -> str:  # noqa: N802
        return f"\n\n{text.strip()}\n\n"

    def convert_a(self, el: Any, text: str, parent_tags: Any) -> str:
        return text

    convert_code = convert_del = convert_s = convert_kbd = convert_samp = convert_a

    def convert_br(self, el: Any, text: str, parent_tags: Any) -> str:
        return "\n"

    def convert_pre(self, el: Any, text: str, parent_tags: Any) -> str:
        lines = text.strip("\n").split("\n")
        return "\n\n" + "\n".join("    " + line for line in lines) + "\n\n"

    def convert_img(self, el: Any, text: str, parent_tags: Any) -> str:
        return " ".join(part for part in (el.get("alt"), safe_address(el.get("src") or "")) if part)

    def convert_td(self, el: Any, text: str, parent_tags: Any) -> str:
        return " ".join(text.split()) + " | "

    convert_th = convert_td

    def convert_tr(self, el: Any, text: str, parent_tags: Any) -> str:
        return text.removesuffix(" | ") + "\n"
