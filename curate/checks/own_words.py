"""Checks of texts: what induces, what promises, what identifies somebody, where a short address leads.

How grave a thing is depends on where it stands: what the account says itself is the account's own act; a source's title
is quoted, but readers and the platform take it for the account's; a summary is plainly a quotation.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from curate.checks.advertising import find_claims
from curate.checks.base import CheckFinding, Level, in_passage
from curate.checks.short_links import find_short_links, is_short
from curate.checks.view import SPOKEN, IssueView, Passage
from curate.checks.word_list import find_listed
from curate.domain.message import message
from curate.text.conduct.inducement import Induced, find_inducements
from curate.text.conduct.invitation import find_invitations
from curate.text.conduct.personal_data import DataKind, find_personal_data
from curate.text.sentences import sentences

_CONTACTS: frozenset[DataKind] = frozenset({"account", "hotline"})


def find_sharing(view: IssueView) -> Iterator[CheckFinding]:
    """Rewards and threats for passing the post on."""
    return _find_induced(view, "share")


def find_following(view: IssueView) -> Iterator[CheckFinding]:
    """Access or rewards for following."""
    return _find_induced(view, "follow")


def _find_induced(view: IssueView, kind: Induced) -> Iterator[CheckFinding]:
    said, advice = message(f"check.{kind}.found"), message(f"check.{kind}.advice")
    for passage in view.passages:
        level: Level = "error" if passage.is_own and not _is_summary(passage) else "warn"
        strict: list[str] = []
        for one in find_inducements(passage.text):
            if one.kind == kind:
                strict.append(one.text)
                yield in_passage(kind, level, passage, one.text, said, advice)
        if level == "error" and not strict:  # our own words: two signs are enough for a warning
            for one in find_invitations(passage.text):
                if one.kind == kind:
                    strict.append(one.text)
                    yield in_passage(kind, "warn", passage, one.text, said, advice)
        yield from _find_meant(view, passage, kind, strict)


def _find_meant(
    view: IssueView, passage: Passage, rule: str, known: Collection[str]
) -> Iterator[CheckFinding]:
    """What an own sentence is likely to mean, where no pattern found it already."""
    if passage.place not in SPOKEN or known:
        return
    for sentence in sentences(passage.text):
        if rule in view.meanings.get(sentence, ()):
            said = message("check.meaning", rule=message(f"check.{rule}"))
            yield in_passage(rule, "hint", passage, sentence, said, message(f"check.{rule}.advice"))


def _is_summary(passage: Passage) -> bool:
    return passage.place == "summary" and not (passage.item and passage.item.original)


def find_superlatives(view: IssueView) -> Iterator[CheckFinding]:
    """Absolute words of advertising."""
    return _find_claims(view, "absolute")


def find_cures(view: IssueView) -> Iterator[CheckFinding]:
    """Promises of healing."""
    return _find_claims(view, "medical")


def find_yields(view: IssueView) -> Iterator[CheckFinding]:
    """Promises of gain."""
    return _find_claims(view, "investment")


def find_gambling(view: IssueView) -> Iterator[CheckFinding]:
    """Invitations to gamble."""
    return _find_claims(view, "gambling")


def _find_claims(view: IssueView, rule: str) -> Iterator[CheckFinding]:
    """In the account's own words and in what sells; in news they are facts that are told."""
    for passage in view.passages:
        if not (passage.is_own or passage.is_advert):
            continue
        known = []
        for claim in find_claims(passage.text, is_advert=passage.is_advert):
            if claim.rule == rule:
                known.append(claim.text)
                said, advice = message(f"check.{rule}.found"), message(f"check.{rule}.advice")
                yield in_passage(rule, _level_of_claim(rule, passage), passage, claim.text, said, advice)
        yield from _find_meant(view, passage, rule, known)


def _level_of_claim(rule: str, passage: Passage) -> Level:
    if rule == "absolute":
        return "warn" if passage.is_own else "hint"
    return "error" if rule == "gambling" and passage.is_own else "warn"


def find_contacts(view: IssueView) -> Iterator[CheckFinding]:
    """Accounts of chat services and telephone numbers of firms, by which readers are led elsewhere."""
    for passage in view.passages:
        for one in find_personal_data(passage.text):
            if one.kind in _CONTACTS:
                level: Level = "hint" if passage.is_own and one.kind == "hotline" else "warn"
                said = message("check.contact.found", what=message(f"check.data.{one.kind}"))
                yield in_passage("contact", level, passage, one.text, said, message("check.contact.advice"))


def find_persons(view: IssueView) -> Iterator[CheckFinding]:
    """What identifies a person. The account's own address may be meant to be there, so it is a hint alone."""
    for passage in view.passages:
        for one in find_personal_data(passage.text):
            if one.kind not in _CONTACTS:
                is_ours = passage.is_own and one.kind in ("email", "phone") and passage.item is None
                said = message("check.personal.found", what=message(f"check.data.{one.kind}"))
                advice = message("check.personal.advice", masked=one.masked)
                yield in_passage("personal", "hint" if is_ours else "warn", passage, one.text, said, advice)


def find_short_addresses(view: IssueView) -> Iterator[CheckFinding]:
    """Addresses of which nobody sees where they lead, in texts and as an item's own."""
    said, advice = message("check.shortlink.found"), message("check.shortlink.advice")
    for passage in view.passages:
        for found in find_short_links(passage.text):
            yield in_passage("shortlink", "warn", passage, found, said, advice)
    for item in view.items:
        if is_short(item.url):
            passage = Passage("title", item.url, False, item)
            yield in_passage("shortlink", "hint", passage, item.url, said, advice)


def find_words(view: IssueView) -> Iterator[CheckFinding]:
    """The words of the account's own list, with the reason that stands there."""
    for passage in view.passages if view.words else ():
        for one in find_listed(view.words, passage.text):
            said = (
                message("check.words.reason", why=one.reason) if one.reason else message("check.words.found")
            )
            yield in_passage("words", "warn", passage, one.text, said)
