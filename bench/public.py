"""The public sets in ../shared/data, which are no part of this repository, and a line of the table."""

from __future__ import annotations

import json
import lzma
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from harness import DATA, FEEDS, open_lines

from curate.config.schema import Source, Topic
from curate.domain.errors import UnreadableError
from curate.domain.model import Entry, Page
from curate.sources import read

NOW = datetime(2026, 11, 30, 6, tzinfo=UTC)  # when the feeds are read

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
    return open_lines(DATA / name)


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


def real_feeds(folder: Path = FEEDS) -> dict[str, bytes]:
    """File name -> document of every real feed."""
    paths = sorted((folder / "real").glob("*.xz"))
    return {path.name.removesuffix(".xz"): lzma.decompress(path.read_bytes()) for path in paths}


def real_entries(limit: int = 100) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """Name of every real feed that can be read, and its entries as a night has them."""
    for file, body in real_feeds().items():
        try:
            source = Source(name=file, url="https://example.org/feed", limit=limit)
            yield file.removesuffix(".xml"), read(Page(source.url or "", body, NOW), source).entries
        except UnreadableError:
            continue


def official_feeds() -> Iterator[tuple[str, bytes]]:
    """Name and document of the feeds of 300 official accounts, as they were on a day of 2021."""
    with tarfile.open(DATA / "wechat_feeds_2021" / "sample300.tar.xz") as tar:
        for member in tar:
            if member.isfile() and (file := tar.extractfile(member)):
                yield member.name, file.read()
