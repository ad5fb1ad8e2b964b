"""What the documents say in the program's own words: tables of keys and lists of messages. `make schema` runs it.

    <!-- keys SHAPE PREFIX --> … <!-- /keys -->    a shape of feeds.yaml, a row a key, in the words of feeds.schema.json
    <!-- says KEY KEY … --> … <!-- /says -->         messages of the catalogue, one a line; `*` stands for the rest of a key

Both are made anew between their marks, on all pages of both languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from harness import ROOT

from curate.config.json_schema import schema
from curate.i18n.catalogue import CATALOGUES
from curate.sources import READERS

TABLE = re.compile(r"(<!-- keys (\w+) ?(\S*) -->\n).*?(\n<!-- /keys -->)", re.S)
LIST = re.compile(r"(<!-- says (.+?) -->\n).*?(\n<!-- /says -->)", re.S)
HEADS = {"zh": ("键", "默认", "含义"), "en": ("key", "default", "meaning")}
REQUIRED = {"zh": "必写", "en": "required"}
UNITS = (("D", "d"), ("H", "h"), ("M", "m"))  # of ISO 8601, and as feeds.yaml writes them


@cache
def read_shapes() -> dict[str, Any]:
    """Shape -> its part of the JSON Schema."""
    document = schema(READERS)
    return {"Config": document, **document["$defs"]}


def write_default(value: Any) -> str:
    """A key's default as it would stand in feeds.yaml; a dash where it is empty."""
    if isinstance(value, dict) and value:
        return "`{…}`"  # each of its keys has a default of its own
    if value in (None, "", [], {}):
        return "—"
    if isinstance(value, list):
        return "`[" + ", ".join(value) + "]`"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    text = f"{value:g}" if isinstance(value, float) else str(value)
    for iso, unit in UNITS:
        text = re.sub(rf"^PT?(\d+){iso}$", rf"\1{unit}", text)
    return f"`{text}`"


def write_table(shape: str, prefix: str, language: str) -> str:
    """A row for each key of a shape."""
    part = read_shapes()[shape]
    head = HEADS[language]
    rows = [f"| {' | '.join(head)} |", "| --- | --- | --- |"]
    for key, value in part["properties"].items():
        chinese, _, english = value["description"].partition("\n")
        required = key in part.get("required", ())
        default = REQUIRED[language] if required else write_default(value.get("default"))
        words = {"zh": chinese, "en": english}[language].replace("|", "\\|")
        rows.append(f"| `{prefix}{key}` | {default} | {words} |")
    return "\n" + "\n".join(rows) + "\n"


def find_messages(patterns: str) -> list[str]:
    """The keys of the catalogue that the patterns name, in their order; advice (`….hint`) is none."""
    keys = [key for key in CATALOGUES["zh"] if not key.endswith(".hint")]
    # a blank ends a pattern, so that a blank within a key is written as `_`
    wanted = [pattern.replace("_", "?") for pattern in patterns.split()]
    return list(dict.fromkeys(key for pattern in wanted for key in keys if fnmatchcase(key, pattern)))


def write_list(keys: Iterable[str], language: str) -> str:
    """A line for each message, `…` for what it is told of."""
    counted = (re.sub(r"\{\w+:[^|}]*\|([^}]*)\}", r"\1", CATALOGUES[language][key]) for key in keys)
    said = (re.sub(r"\{[^}]*\}", "…", sentence) for sentence in counted)
    return "\n" + "".join(f"- `{words.replace('`', '')}`\n" for words in dict.fromkeys(said))


def fill_document(text: str, language: str) -> str:
    """The page as it has to be. KeyError where it names a shape that is not there."""
    text = TABLE.sub(lambda found: found[1] + write_table(found[2], found[3], language) + found[4], text)
    return LIST.sub(lambda found: found[1] + write_list(find_messages(found[2]), language) + found[3], text)


def main() -> None:
    for language in HEADS:
        for page in sorted((ROOT / "docs" / language).glob("*.md")):
            page.write_text(fill_document(page.read_text("utf-8"), language), "utf-8")


if __name__ == "__main__":
    main()
