"""An issue -> what the checks find in it, with what the editor accepted of that; and its originals asked again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urlsplit

from curate.app.account import OpenAccount
from curate.app.doors import Fetcher
from curate.checks.base import CheckFinding
from curate.checks.overrules import Acceptance, read_overrules
from curate.checks.permit import read_permitted
from curate.checks.table import Judgment, check_issue, checks
from curate.checks.view import IssueView, LinkAnswer, OriginalWords
from curate.checks.word_list import read_list
from curate.config.schema import Config
from curate.desk.draft import items_of
from curate.desk.events import Complete, Merge, Overrule, Take
from curate.domain.errors import ConfigError, NotFoundError, NoticeError, SourceError
from curate.domain.model import EntryKey, Failure, Item, Page
from curate.extraction.extract import extract
from curate.fetch import Answer, Request
from curate.i18n.catalogue import say
from curate.pipeline.polling import ABSENT, GONE
from curate.storage.account import read_beside
from curate.storage.desk import Edited

_UNKNOWN = frozenset(
    {"fetch.robots forbids", "fetch.robots unreadable", "fetch.deadline"}
)  # nothing was learnt


@dataclass(frozen=True)
class CheckedIssue:
    """An issue with what was found in it, and who accepted what of that."""

    edited: Edited
    view: IssueView
    judgment: Judgment

    @cached_property
    def accepted(self) -> Mapping[str, Acceptance]:
        """What holds of the editor's overrules, by the findings' keys."""
        return read_overrules(self.edited.log)

    @property
    def has_errors(self) -> bool:
        """Whether something stands that has to be changed or accepted before the issue goes out."""
        return self.judgment.level == "error"


def check_edited(
    account: OpenAccount, edited: Edited, links: Mapping[EntryKey, LinkAnswer] | None = None
) -> CheckedIssue:
    """Check an issue as it is now. `links`: what came of asking its originals again (`ask_links`).

    Raises ConfigError where the account's lists of words and sources cannot be read.
    """
    config = account.config
    known = checks()
    if strange := [rule for rule in config.check.ignore if rule not in known]:
        raise ConfigError(
            tuple(f"check.ignore：没有 {rule} 这一项检查（no such check）" for rule in strange),
            "现有：" + "、".join(known),
        )
    view = view_of(account, edited, links or {})
    overrules = {key: one.event.text for key, one in read_overrules(edited.log).items()}
    return CheckedIssue(edited, view, check_issue(view, overrules, config.check.ignore, known))


def view_of(account: OpenAccount, edited: Edited, links: Mapping[EntryKey, LinkAnswer]) -> IssueView:
    """All that the checks need to know of an issue."""
    config, items = account.config, list(items_of(edited.issue.sections))
    words = _read_file(account, config.check.words)
    read_list(words, config.check.words or "words")  # its mistakes are told before anything is found
    return IssueView(
        edited.issue,
        own={"opening": config.look.opening, "closing": config.look.closing},
        originals=dict(_originals(edited)),
        licence=config.account.licence or "",
        topics={topic.id: topic.name for topic in config.topics},
        hosts={item.key: (urlsplit(item.url).hostname or "").lower().removeprefix("www.") for item in items},
        permitted=read_permitted(_read_file(account, config.check.permitted)),
        words=words,
        quote=config.check.quote,
        links=links,
    )


def overrule(checked: CheckedIssue, key: str, reason: str, by: str) -> Overrule:
    """The decision that accepts a finding, or, without a reason, takes that back. NotFoundError where there is none of
    this key."""
    for finding in (*checked.judgment.findings, *(one for one, _ in checked.judgment.overruled)):
        if finding.key == key:
            return Overrule(
                key, finding.rule, describe(finding, checked.edited.issue.language), reason.strip(), by
            )
    raise NotFoundError(f"没有编号为 {key} 的检查结果。", "编号在 curate check 每一条的前面。")


def describe(finding: CheckFinding, language: str) -> str:
    """A finding in words: what is wrong, and what was found."""
    return f"{say(finding.message, language)}: {finding.found}"


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
        return LinkAnswer(item.url, answer.result.reason, answer.status in (ABSENT, GONE))
    if not isinstance(answer.result, Page):
        return LinkAnswer(item.url)
    other = answers.get(_secure(item.url))
    is_secure = item.url.startswith("http://") and other is not None and isinstance(other.result, Page)
    reason, is_gone, title = _read_page(answer.result, item)
    return LinkAnswer(answer.result.url, reason, is_gone, title, is_secure)


def _read_page(page: Page, item: Item) -> tuple[str, bool, str]:
    """Why a page is no article ("" where it is one), whether it is gone, and its title."""
    try:
        article = extract(page.body, page.url, page.content_type, asked=item.url, known=item.title)
    except NoticeError as e:
        return e.reason, e.is_gone, ""
    except SourceError:  # a page of pictures or a film is there as well
        return "", False, ""
    return "", False, article.title


def _originals(edited: Edited) -> Iterator[tuple[EntryKey, OriginalWords]]:
    brought = (each.item for each in edited.events if isinstance(each, Take | Merge | Complete))
    for item in (*brought, *items_of(edited.machine.sections)):  # what the night read says most
        yield item.key, OriginalWords(item.title, item.summary)


def _read_file(account: OpenAccount, name: str) -> str:
    return read_beside(account.folder, name) if name else ""
