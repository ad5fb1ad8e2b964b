"""From a document's answer to what was read in it. Pure and picklable: it may happen where the document was fetched, so
that entries travel and pages do not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from curate.config.schema import Topic
from curate.domain.errors import SourceError
from curate.domain.message import message
from curate.domain.model import Failure, Page
from curate.fetch import Answer
from curate.pipeline.ports import Fetch
from curate.pipeline.reading.documents import DocumentAnswer, DocumentRequest
from curate.sources.read_document import read_document
from curate.storage.database.rows import body_digest

_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_HEAD = 2048  # bytes in which a page says that it is one


def read_answers(
    fetch: Fetch, asked: Sequence[DocumentRequest], topics: Sequence[Topic]
) -> Iterator[DocumentAnswer]:
    """Fetch documents and read each as it comes. One answer for each request."""
    by_request = {document.request: document for document in asked}
    for answer in fetch(list(by_request)) if by_request else ():
        yield read_answer(by_request[answer.request], answer, topics)


def read_answer(asked: DocumentRequest, answer: Answer, topics: Sequence[Topic]) -> DocumentAnswer:
    """Read one answer; a document that is as it was the last time is not read again."""
    page = answer.result
    if not isinstance(page, Page):
        return DocumentAnswer(asked, answer, failure=page if isinstance(page, Failure) else None)
    digest = body_digest(page.body)
    light = DocumentAnswer(asked, replace(answer, result=replace(page, body=b"")), digest)
    if digest == asked.digest:
        return light
    try:
        return replace(light, reading=read_document(page, asked.source, topics))
    except SourceError as e:
        return replace(light, failure=_refuse(e, page, asked))


def _refuse(error: SourceError, page: Page, asked: DocumentRequest) -> Failure:
    """Why a document cannot be read. A page where a feed has been is no wrong address: somebody stands before it."""
    failure = error.as_failure(asked.source.id)
    if asked.succeeded and _PAGE.search(page.body[:_HEAD]):
        return replace(failure, hint="", advice=message("read.gate.hint"))
    return failure
