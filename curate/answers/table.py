"""The table that the night writes and the webhook answers from: every answer is there before it is asked for. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from curate.answers.keyword_rules import BackOfficeReplies, KeywordRule
from curate.config.schema import Config, Topic
from curate.domain.message import Message, message
from curate.domain.model import Digest
from curate.i18n.catalogue import say
from curate.render.context import items, number_of
from curate.replies.rules import number_rules, of_issue, of_topic
from curate.text.entry_text import fold_text

LOOKED = 64  # issues back that are answered and searched


@dataclass(frozen=True, slots=True)
class Row:
    """An item that can be found by its words; `text`: title, summary and source, folded."""

    number: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class TopicAnswer:
    """What a topic's words answer with; the words are folded."""

    id: str
    words: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """All that the webhook knows of an account. Texts fit into a message as they are."""

    language: str = "zh"
    numbers: Mapping[str, str] = field(default_factory=dict)  # of issues and items
    issues: tuple[int, ...] = ()  # the newest first
    topics: tuple[TopicAnswer, ...] = ()
    review: str = ""  # the newest collection
    rules: tuple[KeywordRule, ...] = ()
    rows: tuple[Row, ...] = ()  # the newest first
    greeting: str = ""
    help: str = ""


def make_table(
    config: Config, newest: Iterable[Digest], reviews: Sequence[Digest], own: BackOfficeReplies
) -> AnswerTable:
    """The table of an account.

    `newest`: issues from the newest on; `reviews`: collections, the newest first; `own`: what the back office had.
    feeds.yaml comes before the back office: its greeting and its fallback are said instead.
    """
    digests = list(islice(newest, LOOKED))
    language = config.account.language
    settings = config.answers
    topics = [_topic_answer(topic, digests) for topic in config.topics]
    usual = say(_help(config.topics, digests, bool(reviews)), language)
    return AnswerTable(
        language,
        {rule.keywords[0]: rule.text for rule in number_rules(digests)},
        tuple(digest.number for digest in digests),
        tuple(topic for topic in topics if topic.text),
        of_issue(reviews[0]) if reviews else "",
        own.rules,
        tuple(row for digest in digests for row in _rows(digest)),
        (settings.greeting if settings else "") or own.greeting or usual,
        (settings.fallback if settings else "") or own.fallback or usual,
    )


def _topic_answer(topic: Topic, digests: Sequence[Digest]) -> TopicAnswer:
    words = dict.fromkeys(fold_text(word.strip()) for word in (topic.name, topic.id, *topic.keywords))
    return TopicAnswer(topic.id, tuple(words), of_topic(topic, digests))


def _rows(digest: Digest) -> Iterable[Row]:
    for item in items(digest):
        text = fold_text("\n".join((item.title, item.summary, item.source)))
        yield Row(number_of(item, digest), item.title, text)


def _help(topics: Sequence[Topic], digests: Sequence[Digest], has_review: bool) -> Message:
    if not digests:
        return message("answers.help.empty")
    first = number_of(digests[0].lead, digests[0])
    names = tuple(topic.name for topic in topics)
    return message("answers.help.review" if has_review else "answers.help", n=first, names=names)
