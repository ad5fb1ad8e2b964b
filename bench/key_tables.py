"""The tables of keys in docs/*/feeds-yaml*.md, from the shape of feeds.yaml: `make schema` runs python bench/key_tables.py

A table stands between `<!-- keys SHAPE PREFIX -->` and `<!-- /keys -->`. Its words are those of feeds.schema.json.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from harness import ROOT

from curate.config.json_schema import schema
from curate.sources import READERS

TABLE = re.compile(r"(<!-- keys (\w+) ?(\S*) -->\n).*?(<!-- /keys -->)", re.S)
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
    return "\n".join(rows) + "\n"


def fill_tables(text: str, language: str) -> str:
    """The page with its tables as they have to be. KeyError where one names no shape."""
    return TABLE.sub(lambda found: found[1] + write_table(found[2], found[3], language) + found[4], text)


def main() -> None:
    for language in HEADS:
        for page in sorted((ROOT / "docs" / language).glob("feeds-yaml*.md")):
            page.write_text(fill_tables(page.read_text("utf-8"), language), "utf-8")


if __name__ == "__main__":
    main()
