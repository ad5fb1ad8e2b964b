"""What readers get who send a number or a topic's word to the account (回复编号查看), for the back office's keyword rules.

Nothing can write those rules but a person (get_current_autoreply_info only reads them), so what is to be entered is
laid out to be copied. There is room for two hundred rules: topics first, then the newest numbers.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from curate.config.schema import Topic
from curate.domain.item_codes import meanings
from curate.domain.model import Digest, Item
from curate.i18n.catalogue import Say
from curate.render.context import items, note_of, number_of
from curate.render.messages import cut_text, long_date, speaker
from curate.render.wechat.allowed import bare_address, visible

# The back office's limits, as its help and those who fill it in give them (自动回复 · 关键词回复).
RULES = 200  # rules of an account
KEYWORDS = 10  # of a rule
KEYWORD = 30  # characters of a keyword
RULE_NAME = 60  # characters
TEXT = 600  # characters of an answer, and three times as many bytes (RULES reply_text); older descriptions of the
# back office say 300, which an answer to a number seldom passes
LATEST = 5  # items that a topic's word answers with
LOOKED = 60  # issues back that a topic's items are looked for in
_SHORT = (32, 28, 24, 20, 17, 14)  # characters of a title in a list: the longest at which every row fits
BOM = "\ufeff"  # without it Excel takes UTF-8 for the system's own encoding
COLUMNS = ("规则名称", "关键词（每行一个）", "匹配方式", "回复内容")
WHOLE = "全匹配"  # a number that need only be contained would answer every longer one


@dataclass(frozen=True, slots=True)
class ReplyRule:
    """A rule as it is entered."""

    name: str
    keywords: tuple[str, ...]
    text: str


def rules(newest: Iterable[Digest], topics: Sequence[Topic]) -> list[ReplyRule]:
    """What to enter, topics first, then the newest numbers; `newest`: issues from the newest on."""
    digests = list(islice(newest, LOOKED))
    made = [rule for rule in _topic_rules(digests, topics) if rule.text][:RULES]
    return made + list(islice(number_rules(digests), RULES - len(made)))


def of_number(word: str, issue: Digest | None, told: Digest | None) -> str:
    """The answer to a number: the issue of that number, the item of that number, or both. "" where it names nothing.

    `told` is the issue that the item would be in.
    """
    place = meanings(word)[1]
    found = next((item for item in items(told) if place and item.number == place[1]), None) if told else None
    first = f"{of_item(found, told)}\n\n" if found and told else ""
    return _fit_text(first + of_issue(issue, TEXT - _size(first)) if issue else first.rstrip())


def of_item(item: Item, digest: Digest) -> str:
    """Number, title, summary, source, address: what does not fit is taken from the summary."""
    number, address = number_of(item, digest), bare_address(item.url)
    head = f"【{number}】{cut_text(item.title, 90)}"
    note = cut_text(note_of(item, digest), 200)
    tail = "\n".join(part for part in (f"{visible(item.source)} · {digest.date}", address) if part)
    if note and _size(f"{head}\n{note}\n{tail}") <= TEXT:
        tail = f"{note}\n{tail}"
    if _size(f"{head}\n{tail}") > TEXT:  # an address of that length could not be opened where it is cut
        tail = visible(item.source)
    room = TEXT - _size(f"{head}\n\n{tail}")
    summary = visible(item.summary)
    while summary and _size(summary) > room:
        summary = cut_text(summary, len(summary) - max(1, _size(summary) - room)) if len(summary) > 1 else ""
    return "\n".join(part for part in (head, summary, tail) if part)


def of_issue(digest: Digest, room: int = TEXT) -> str:
    """The numbers and titles of an issue, within `room` characters; how many have no room is told."""
    say = speaker(digest.language)
    head = f"{visible(digest.account)} {say('issue', n=digest.number)} · {long_date(digest.date, digest.language)}"
    rows = [(number_of(item, digest), item.title) for item in items(digest)]
    return list_rows(head, rows, say, room)


def of_topic(topic: Topic, newest: Iterable[Digest]) -> str:
    """The newest items of a topic; "" where there is none in the issues of late."""
    found: list[tuple[str, str]] = []
    language = "zh"
    for digest in newest:
        language = digest.language
        for section in (section for section in digest.sections if section.id == topic.id):
            found += [(number_of(item, digest), item.title) for item in section.items]
        if len(found) >= LATEST:
            break
    head = f"{topic.icon} {topic.name}".strip()
    return list_rows(head, found[:LATEST], speaker(language)) if found else ""


def topic_of(word: str, topics: Sequence[Topic]) -> Topic | None:
    """The topic that a word stands for: its name, its id, one of its keywords; letters in either case."""
    wanted = word.strip().casefold()
    return next((topic for topic in topics if wanted in map(str.casefold, _words(topic))), None)


def table(made: Sequence[ReplyRule]) -> bytes:
    """The rules as CSV that Excel opens as it is."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows((rule.name, "\n".join(rule.keywords), WHOLE, rule.text) for rule in made)
    return (BOM + out.getvalue()).encode()


def _words(topic: Topic) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(word for word in (topic.name, topic.id, *topic.keywords) if len(word) <= KEYWORD)
    )


def _topic_rules(digests: Sequence[Digest], topics: Sequence[Topic]) -> Iterator[ReplyRule]:
    """One for each topic; a word that two topics have answers with the first."""
    taken: set[str] = set()
    for topic in topics:
        words = [word for word in _words(topic) if word.casefold() not in taken]
        first: dict[str, str] = {}
        for word in words:
            first.setdefault(word.casefold(), word)
        chosen = tuple(first.values())[:KEYWORDS]
        taken.update(word.casefold() for word in chosen)
        if chosen:
            yield ReplyRule(cut_text(f"栏目 {topic.name}", RULE_NAME), chosen, of_topic(topic, digests))


def number_rules(digests: Sequence[Digest]) -> Iterator[ReplyRule]:
    """Each number once, the newest issue first; one that names an issue and an item answers both."""
    by_number = {digest.number: digest for digest in digests}
    seen: set[str] = set()
    for digest in digests:
        for word in (str(digest.number), *(number_of(item, digest) for item in items(digest))):
            if word in seen:
                continue
            seen.add(word)
            issue, place = meanings(word)
            told = by_number.get(place[0]) if place else None
            yield ReplyRule(f"{digest.date} {word}", (word,), of_number(word, by_number.get(issue), told))


def list_rows(head: str, rows: Sequence[tuple[str, str]], say: Say, room: int = TEXT) -> str:
    """Lines of number and title, and what to do with a number: titles are cut until all rows fit; where they do not,
    the last line says how many are left out."""
    hint = say("reply_number")
    for short in _SHORT:
        lines = [f"{number} {cut_text(title, short * (1 + title.isascii()))}" for number, title in rows]
        if _size("\n".join((head, *lines, hint))) <= room:
            return "\n".join((head, *lines, hint))
    for count in range(len(rows) - 1, 0, -1):
        left = len(rows) - count
        more = say("reply_more", n=left)
        text = "\n".join((head, *lines[:count], more, hint))
        if _size(text) <= room:
            return text
    return _fit_text("\n".join((head, *lines[:1], hint)))


def _size(text: str) -> int:
    """Characters, or thirds of its bytes where those are more: both are limited."""
    return max(len(text), -(-len(text.encode("utf-8", "replace")) // 3))


def _fit_text(text: str) -> str:
    while _size(text) > TEXT:
        text = text[: TEXT - max(1, _size(text) - TEXT)].rstrip().removesuffix("…") + "…"
    return text
