"""The public sets in ../shared/data, which are no part of this repository, and a line of the table."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from curate.settings import Topic

DATA = Path(__file__).parents[2] / "shared" / "data"

# What the classes of TNEWS are called in Chinese.
NAMES = {
    "news_story": "故事",
    "news_culture": "文化",
    "news_entertainment": "娱乐",
    "news_sports": "体育",
    "news_finance": "财经",
    "news_house": "房产",
    "news_car": "汽车",
    "news_edu": "教育",
    "news_tech": "科技",
    "news_military": "军事",
    "news_travel": "旅游",
    "news_world": "国际",
    "news_stock": "股票",
    "news_agriculture": "农业",
    "news_game": "游戏",
}


@dataclass(frozen=True)
class Row:
    """A line of the table: what was measured (a key of figures.MARKS where it has a mark), the figure, how it came
    about, and the CPU seconds that it took."""

    name: str
    what: str
    value: float
    seconds: float
    note: str = ""


def opened(name: str) -> Iterator[str]:
    """The lines of a file, packed or not."""
    path = DATA / name
    with (
        lzma.open(path, "rt", encoding="utf-8", newline="\n")
        if path.suffix == ".xz"
        else path.open(encoding="utf-8", newline="\n") as lines
    ):
        yield from lines


def titles(name: str) -> list[tuple[str, str]]:
    """Lines `title<TAB>label`."""
    found = []
    for line in opened(name):
        title, _, label = line.rstrip("\n").rpartition("\t")
        found.append((title, label))
    return found


def thuc_topics() -> list[Topic]:
    """The ten classes of THUCNews with ten keywords each; ids are "t" and the label."""
    raw = json.loads("".join(opened("titles_zero_label.json")))
    return [Topic(id=f"t{t['label']}", name=t["display"], keywords=tuple(t["keywords"])) for t in raw]


def thucnews(name: str) -> list[tuple[str, str]]:
    """Titles and topics' ids."""
    return [(title, f"t{label}") for title, label in titles(f"thucnews_titles/{name}")]
