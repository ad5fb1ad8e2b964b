"""Which answer a message gets. Pure: everything that can be said stands in the table.

Numbers come first, then topics, the account's own keyword rules, the newest issue, the newest review, a search, help.
"""

from __future__ import annotations

import re
import unicodedata

from curate.answers.inbound import Inbound
from curate.answers.keyword_rules import answer_by_rule
from curate.answers.outbound import Outbound, cut_lines
from curate.answers.table import AnswerTable, Row
from curate.domain.item_codes import meanings
from curate.domain.message import message
from curate.i18n.catalogue import say, speaker
from curate.replies.rules import list_rows
from curate.text.entry_text import fold_text
from curate.text.tokenize import words

FOUND = 6  # items that a search answers with
SHORTEST = 2  # characters of what is searched for: a single one is in everything
LONGEST = 60  # characters of it that are read: more is a letter to the editor, and no search
LATEST = frozenset({"最新", "今天", "今日", "最新一期", "本期", "new", "latest", "today"})
REVIEW = frozenset({"周刊", "月刊", "合集", "weekly", "monthly", "review"})
HELP = frozenset({"帮助", "菜单", "怎么用", "help", "menu", "?", "？", "h"})

# "31205", "第 312 期", "回复 31205", "#312": a number, and what people write around it
_NUMBER = re.compile(r"(?:回复|编号|第|no\.?|#)*\s*(\d{1,9})\s*(?:期|号|条)?\s*[。.!！?？]*", re.IGNORECASE)
_NOTHING = Outbound("")


def respond(inbound: Inbound, table: AnswerTable) -> Outbound:
    """The answer to a message or event; an empty one where nothing is to be said."""
    if inbound.kind == "event":
        return _answer_event(inbound, table)
    if inbound.kind in ("text", "voice") and inbound.text.strip():
        return answer_text(inbound.text, table, inbound.delivery)
    return Outbound("help", cut_lines(table.help))


def _answer_event(inbound: Inbound, table: AnswerTable) -> Outbound:
    if inbound.event == "subscribe":
        return Outbound("greeting", cut_lines(table.greeting))
    if inbound.event == "click" and inbound.event_key:  # a menu's button stands for the word that it carries
        return answer_text(inbound.event_key, table, inbound.delivery)
    return _NOTHING


def answer_text(text: str, table: AnswerTable, delivery: str = "") -> Outbound:
    """The answer to what a reader wrote. `delivery` chooses among several answers of one rule."""
    said = unicodedata.normalize("NFKC", text).strip()
    folded = fold_text(said)
    if number := _NUMBER.fullmatch(said):
        return _answer_number(number[1], table)
    for topic in table.topics:
        if folded in topic.words:
            return Outbound(f"topic:{topic.id}", cut_lines(topic.text))
    if ruled := answer_by_rule(text, delivery, table.rules):
        return ruled
    if folded in LATEST and table.issues:
        newest = str(table.issues[0])
        return Outbound(newest, cut_lines(table.numbers[newest]))
    if folded in REVIEW and table.review:
        return Outbound("review", cut_lines(table.review))
    found = [] if folded in HELP else _search(folded, table)
    if found:
        head = say(message("answers.found", n=len(found)), table.language)
        rows = [(row.number, row.title) for row in found[:FOUND]]
        return Outbound("search", cut_lines(list_rows(head, rows, speaker("post", table.language))))
    return Outbound("help", cut_lines(table.help))


def _answer_number(number: str, table: AnswerTable) -> Outbound:
    """What a number names; of one that names nothing, the nearest issue, and nothing of it is counted."""
    number = number.lstrip("0")
    if number in table.numbers:
        return Outbound(number, cut_lines(table.numbers[number]))
    if not number or not table.issues:
        return Outbound("unknown", cut_lines(table.help))
    issue, place = meanings(number)
    if place and place[0] in table.issues:
        issue = place[0]
    nearest = min(table.issues, key=lambda one: (abs(one - issue), -one))
    head = say(message("answers.nearest", n=number, issue=nearest), table.language)
    return Outbound("unknown", cut_lines(f"{head}\n{table.numbers[str(nearest)]}"))


def _search(folded: str, table: AnswerTable) -> list[Row]:
    """The items that have all words of the question, the newest first; those that have it as it stands before others."""
    asked = folded[:LONGEST].strip()
    if len(asked) < SHORTEST:
        return []
    whole = [row for row in table.rows if asked in row.text]
    wanted = [word for word in dict.fromkeys(words(asked)) if len(word) >= SHORTEST]
    others = [
        row
        for row in table.rows
        if wanted and asked not in row.text and all(word in row.text for word in wanted)
    ]
    return whole + others
