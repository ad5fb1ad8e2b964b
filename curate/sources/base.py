"""What a kind of source is, and what it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from curate.config.schema import Network, Source
from curate.config.values import Shape
from curate.domain.message import Message
from curate.domain.model import Entry, Page


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of one document."""

    entries: tuple[Entry, ...]
    title: str = ""  # the source's name for itself, plain
    site: str = ""  # the site's address
    follow: tuple[str, ...] = ()  # further documents to fetch and read the same way, most wanted first
    topic: str = ""  # the topic that the document itself asks for; whoever knows the topics checks it
    trouble: Message | None = (
        None  # what the document says of its own state among its entries; None where nothing
    )
    parser: str = ""  # what decided: fast, rdf, reference, json, html, xml, markdown


class Kind(NamedTuple):
    """All that there is to say about one kind of source.

    `read` raises UnreadableError where the document is not what it reads. Neither function does any I/O.
    """

    addresses: Callable[[Source, Network], tuple[str, ...]]  # what to fetch for a source
    read: Callable[[Page, Source], Reading]  # what a document fetched from one of them says
    needs: tuple[str, ...] = ()  # keys of feeds.yaml that such a source cannot do without
    options: type[Shape] | None = None  # what its key `options` may hold; None: it has none
    subscription: bool = False  # made to be asked again and again: no robots.txt is asked, and OPML lists it
    about: tuple[str, str] = ("", "")  # what it reads, in Chinese and in English


Options = TypeVar("Options", bound=Shape)


def options_of(source: Source, shape: type[Options]) -> Options:
    """The source's own options. They were checked when feeds.yaml was read."""
    return shape.model_validate(source.options)
