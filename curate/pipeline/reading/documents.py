"""Documents of sources: what is asked, and what became of it, as values that travel."""

from __future__ import annotations

from dataclasses import dataclass

from curate.config.schema import Source
from curate.domain.model import Failure
from curate.fetch import Answer, Request
from curate.sources import Reading


@dataclass(frozen=True, slots=True)
class DocumentRequest:
    """A document to ask for, with what is known of it."""

    request: Request
    source: Source
    url: str  # the address that the source has for it
    digest: str = ""  # of the body that was read last; "" where it is to be read again in any case
    succeeded: bool = False  # it has come before


@dataclass(frozen=True, slots=True)
class DocumentAnswer:
    """What became of one request, with what was read."""

    asked: DocumentRequest
    answer: Answer  # of a page without its body
    digest: str = ""  # of the body
    reading: Reading | None = None  # None: nothing new came, or `failure` says why
    failure: Failure | None = None  # without words
