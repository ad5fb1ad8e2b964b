"""Headlines for a whole post, made of what is in it: its lead, a second story, its topics, its numbers.

A headline is a Message: a program that reads issue.json finds key and values, an editor the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from curate.adverts.clickbait import hype
from curate.config.schema import OTHER
from curate.domain.message import Message, message
from curate.domain.model import Digest, Item
from curate.i18n.catalogue import say
from curate.render.context import count_sources, items
from curate.render.messages import cut_text
from curate.render.wechat.allowed import visible
from curate.render.wechat.lint import TITLE_API_LIMIT, TITLE_LIMIT

OFFERED = 3
HYPE = 0.35  # from this on a title is offered only where nothing else is: one strong hint, or two weak ones
_NAMED_TOPICS = 3
_ENDS = ("？", "！", "?", "!")  # what ends so needs no other mark
_LONGEST_ACCOUNT = 20  # characters


def offer_headlines(digest: Digest) -> tuple[Message, ...]:
    """At most three headlines, each within the back office's limit, the first of them the usual one; never none.

    No title is cut short that fits whole, and one that shouts or teases stands behind all that do not.
    """
    calm = [item for item in items(digest) if hype(item.title)[0] < HYPE]
    lead = _name_lead(digest)
    made = (
        *([lead] if digest.lead in calm else []),
        *_tell_two(digest, calm),
        *_list_topics(digest),
        _count_items(digest),
        lead,
    )
    offered: dict[str, Message] = {}
    for each in made:
        words = say(each, digest.language)
        if words and len(words) <= TITLE_LIMIT:
            offered.setdefault(words, each)
    return tuple(offered.values())[:OFFERED]


def say_headlines(digest: Digest) -> tuple[str, ...]:
    """The headlines that are offered, in the account's language."""
    return tuple(say(each, digest.language) for each in offer_headlines(digest))


def headline_of(digest: Digest) -> str:
    """The post's title: the editor's own, else the first that is offered."""
    return cut_text(digest.headline, TITLE_LIMIT) or say_headlines(digest)[0]


def _name_lead(digest: Digest) -> Message:
    """The lead with account and number; alone where that would be too long: what happened is worth more than who
    tells it."""
    lead = visible(digest.lead.title)
    whole = _message(digest, "post.post_title", lead=lead)
    short = cut_text(lead, TITLE_LIMIT) or _account(digest)
    return whole if len(say(whole, digest.language)) <= TITLE_API_LIMIT else message("text", text=short)


def _tell_two(digest: Digest, calm: list[Item]) -> Iterator[Message]:
    """The lead and the best item of another topic that fits beside it, both whole."""
    if digest.lead not in calm:
        return
    others = [item for item in calm if item.number != digest.lead.number]
    others.sort(
        key=lambda item: (item.topic == digest.lead.topic, -sum(reason.points for reason in item.why))
    )
    first = _bare(digest.lead)
    key = "post.headline_two_marked" if first.endswith(_ENDS) else "post.headline_two"
    for other in others:
        said = message(key, first=first, second=_bare(other))
        if len(say(said, digest.language)) <= TITLE_LIMIT:
            yield said
            return


def _list_topics(digest: Digest) -> Iterator[Message]:
    """The topics with the most items, in the order of the post."""
    known = [section for section in digest.sections if section.items and section.id != OTHER]
    most = sorted(known, key=lambda section: -len(section.items))[:_NAMED_TOPICS]
    names = tuple(visible(section.name) for section in known if section in most)
    if len(names) > 1:
        yield _message(digest, "post.headline_topics", topics=names, items=len(items(digest)))


def _count_items(digest: Digest) -> Message:
    return _message(digest, "post.headline_numbers", items=len(items(digest)), sources=count_sources(digest))


def _message(digest: Digest, key: str, **values: str | int | tuple[str, ...]) -> Message:
    """A message that names the issue: by its number, or by its name where it has one."""
    if digest.name:
        return message(f"{key}_named", **values, account=_account(digest), name=visible(digest.name))
    return message(key, **values, account=_account(digest), n=digest.number)


def _account(digest: Digest) -> str:
    return cut_text(visible(digest.account), _LONGEST_ACCOUNT)


def _bare(item: Item) -> str:
    """The title without what ends it, since more follows."""
    return " ".join(visible(item.title).split()).rstrip(" .…。")
