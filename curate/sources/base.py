"""What a reader is, and what it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from curate.config.schema import Network, Source
from curate.domain.model import Entry, Page


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of one document."""

    entries: tuple[Entry, ...]
    title: str = ""  # the source's name for itself, plain
    site: str = ""  # the site's address
    follow: tuple[str, ...] = ()  # further documents to fetch and read the same way, most wanted first
    topic: str = ""  # the topic that the document itself asks for; whoever knows the topics checks it
    trouble: str = ""  # what the document says of its own state among its entries, "" where nothing
    parser: str = ""  # what decided: fast, rdf, reference, json, html, xml, markdown


class Kind(NamedTuple):
    """A reader: which addresses a source has, and what a document fetched from one of them says.

    `read` raises UnreadableError where the document is not what it reads, and does no I/O.
    """

    addresses: Callable[[Source, Network], tuple[str, ...]]
    read: Callable[[Page, Source], Reading]
