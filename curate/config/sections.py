"""Ready sections: keywords and sources that a new account may begin with. Pure: the text of ready_sections.yaml in, values out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import yaml


@dataclass(frozen=True, slots=True)
class ListedSource:
    """A source as a public list had it: its `url`, or the RSSHub `route` of what has no feed; the other is ""."""

    name: str
    url: str
    route: str
    seen: str
    """The key of the list that it stood in."""


@dataclass(frozen=True, slots=True)
class PublicList:
    """A public list of feeds: where it is, and when it was last changed."""

    url: str
    file: str
    date: date


@dataclass(frozen=True, slots=True)
class ReadySection:
    """A section that is ready: a topic and the sources that usually write about it."""

    id: str
    name: str
    icon: str
    keywords: tuple[str, ...]
    sources: tuple[ListedSource, ...]


@dataclass(frozen=True, slots=True)
class ReadySections:
    """All sections, and the lists that their sources were seen in, by key."""

    sections: tuple[ReadySection, ...]
    lists: Mapping[str, PublicList]

    def find(self, words: Sequence[str]) -> tuple[tuple[ReadySection, ...], tuple[str, ...]]:
        """The sections of these names or ids, each once and in that order, and the words that name none."""
        known = {word: section for section in self.sections for word in (section.name, section.id)}
        found = dict.fromkeys(known[word] for word in words if word in known)
        return tuple(found), tuple(word for word in words if word not in known)

    def first_seen(self, sections: Sequence[ReadySection]) -> str:
        """The months of the oldest and the newest list that the sections' sources stood in, such as 2026-03 … 2026-09."""
        days = sorted(self.lists[source.seen].date for section in sections for source in section.sources)
        months = list(dict.fromkeys(f"{day:%Y-%m}" for day in (days[0], days[-1])))
        return " … ".join(months)


def parse_sections(text: str) -> ReadySections:
    """The text of ready_sections.yaml as values. KeyError or TypeError where it is not of that shape."""
    data = yaml.safe_load(text)
    sections = tuple(
        ReadySection(
            each["id"],
            each["name"],
            each["icon"],
            tuple(each["keywords"]),
            tuple(
                ListedSource(source["name"], source.get("url", ""), source.get("route", ""), source["seen"])
                for source in each["sources"]
            ),
        )
        for each in data["sections"]
    )
    return ReadySections(sections, {key: PublicList(**each) for key, each in data["lists"].items()})
