"""The originals of an issue asked again: whether readers will find them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from curate.app.account import OpenAccount
from curate.app.doors import Fetcher
from curate.checks.view import LinkAnswer
from curate.config.schema import Config
from curate.desk.draft import items_of
from curate.domain.errors import NoticeError, SourceError
from curate.domain.message import Message, text
from curate.domain.model import EntryKey, Failure, Item, Page
from curate.extraction.extract import extract
from curate.fetch import Answer, Request
from curate.pipeline.reading.polling import ABSENT, GONE
from curate.storage.desk import Edited

# Of these nothing is learnt about the page.
_UNKNOWN = frozenset({"fetch.robots forbids", "fetch.robots unreadable", "fetch.deadline"})


def ask_links(account: OpenAccount, edited: Edited, now: datetime) -> dict[EntryKey, LinkAnswer]:
    """Ask every original again, as a night would: through the guard, politely, by robots.txt. One that robots.txt keeps
    from us is not judged. Of an http address the https one is asked for as well."""
    items = [item for item in items_of(edited.issue.sections) if item.url and not item.original]
    answers = {one.request.url: one for one in Fetcher(account.config, now)(_requests(items, account.config))}
    judged = {item.key: _judge_answer(item, answers) for item in items}
    return {key: answer for key, answer in judged.items() if answer}


def _requests(items: list[Item], config: Config) -> list[Request]:
    sources = {source.id: source for source in config.sources}
    found: dict[str, Request] = {}
    for item in items:
        source = sources.get(item.source_id)
        robots, proxy = (source.robots, source.proxy) if source else (True, None)
        for url in (item.url, _secure(item.url)):
            found.setdefault(url, Request(url, url, robots=robots, proxy=proxy))
    return list(found.values())


def _secure(url: str) -> str:
    return "https://" + url.removeprefix("http://") if url.startswith("http://") else url


def _judge_answer(item: Item, answers: Mapping[str, Answer]) -> LinkAnswer | None:
    answer = answers.get(item.url)
    if answer is None:
        return None
    if isinstance(answer.result, Failure):
        if answer.result.message and answer.result.message.key in _UNKNOWN:
            return None
        why = answer.result.message or text(answer.result.reason)
        return LinkAnswer(item.url, why, answer.status in (ABSENT, GONE))
    if not isinstance(answer.result, Page):
        return LinkAnswer(item.url)
    other = answers.get(_secure(item.url))
    is_secure = item.url.startswith("http://") and other is not None and isinstance(other.result, Page)
    reason, is_gone, title = _read_page(answer.result, item)
    return LinkAnswer(answer.result.url, reason, is_gone, title, is_secure)


def _read_page(page: Page, item: Item) -> tuple[Message | None, bool, str]:
    """Why a page is no article (None where it is one), whether it is gone, and its title."""
    try:
        article = extract(page.body, page.url, page.content_type, asked=item.url, known=item.title)
    except NoticeError as e:
        return e.explanation, e.is_gone, ""
    except SourceError:  # a page of pictures or a film is there as well
        return None, False, ""
    return None, False, article.title
