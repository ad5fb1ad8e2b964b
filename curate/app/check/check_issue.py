"""An issue -> what the checks find in it, with what the editor accepted of that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from curate.app.account import OpenAccount
from curate.checks.base import CheckFinding
from curate.checks.listing import make_section
from curate.checks.overrules import Acceptance, read_overrules
from curate.checks.permit import read_permitted
from curate.checks.table import Judgment, check_issue, checks
from curate.checks.view import IssueView, LinkAnswer, OriginalWords
from curate.checks.word_list import read_list
from curate.desk.draft import items_of
from curate.desk.events import Complete, Merge, Overrule, Take
from curate.domain.errors import ConfigError, NotFoundError
from curate.domain.message import Message, message
from curate.domain.model import EntryKey
from curate.i18n.catalogue import failure_of, say, say_in
from curate.render.check_section import CheckSection
from curate.storage.account import read_beside
from curate.storage.desk import Edited
from curate.text.encoder import find_encoder

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
    def acceptances(self) -> Mapping[str, Acceptance]:
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
        known_names = message("check.known rules", names=tuple(known))
        raise ConfigError.of("check.no rule", known_names, names=tuple(strange))
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
        encode=encoder.encode if (encoder := find_encoder()) else None,
    )


def overrule(checked: CheckedIssue, key: str, reason: str, by: str) -> Overrule:
    """The decision that accepts a finding, or, without a reason, takes that back. NotFoundError where there is none of
    this key."""
    for finding in (*checked.judgment.findings, *(one for one, _ in checked.judgment.overruled)):
        if finding.key == key:
            return Overrule(
                key, finding.rule, say(describe(finding), checked.edited.issue.language), reason.strip(), by
            )
    raise NotFoundError.of("check.no finding", "check.no finding.hint", key=key)


def describe(finding: CheckFinding) -> Message:
    """A finding in a line: what is wrong, and what was found."""
    return message("check.finding", said=finding.message, found=finding.found)


def _originals(edited: Edited) -> Iterator[tuple[EntryKey, OriginalWords]]:
    brought = (each.item for each in edited.events if isinstance(each, Take | Merge | Complete))
    for item in (*brought, *items_of(edited.machine.sections)):  # what the night read says most
        yield item.key, OriginalWords(item.title, item.summary)


def _read_file(account: OpenAccount, name: str) -> str:
    return read_beside(account.folder, name) if name else ""


def check_section(account: OpenAccount, edited: Edited) -> CheckSection:
    """What the copy page shows of an issue's check. Lists that cannot be read are told there and stop no night."""
    try:
        checked = check_edited(account, edited)
    except ConfigError as e:
        told = failure_of("", e, edited.issue.language)
        return CheckSection(f"{told.reason} {told.hint}".strip())
    return make_section(checked.judgment, say_in(edited.issue.language))
