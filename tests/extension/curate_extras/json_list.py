"""A kind of source: an address that answers with JSON, somewhere in which is a list of articles."""

from __future__ import annotations

import json

from pydantic import Field

from curate.config.schema import Network, Shape, Source
from curate.domain.errors import UnreadableError
from curate.domain.model import Page
from curate.sources.base import Kind, Reading, options_of
from curate.sources.item import CHINA, Raw, entries


class Options(Shape):
    """The key `options` of such a source."""

    items: str = Field(description="列表所在的键，用点隔开\nwhere the list is: keys, parted by dots")
    title: str = Field("title", description="标题的键\nthe key of a title")
    link: str = Field("url", description="网址的键\nthe key of an address")
    date: str = Field("date", description="时间的键\nthe key of a time")


def addresses(source: Source, network: Network) -> tuple[str, ...]:
    return (str(source.url),)


def read(page: Page, source: Source) -> Reading:
    """One entry for each object of the list. UnreadableError where there is no such list."""
    options = options_of(source, Options)
    try:
        value = json.loads(page.body)
        for key in options.items.split("."):
            value = value[key]
        raws = [
            Raw(
                title=str(item.get(options.title) or ""),
                link=str(item.get(options.link) or ""),
                date=str(item.get(options.date) or ""),
            )
            for item in value
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as e:
        raise UnreadableError(f"JSON 里没有 {options.items} 这个列表（no such list）") from e
    return Reading(entries(raws, page, source, CHINA), parser="json")


KIND = Kind(
    addresses,
    read,
    needs=("url", "options"),
    options=Options,
    subscription=True,
    about=("返回 JSON 的网址", "an address that answers with JSON"),
)
