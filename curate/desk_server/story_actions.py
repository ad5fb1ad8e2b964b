"""Actions that later nights learn from: what is one story, what is an advert, what belongs to which topic."""

from __future__ import annotations

from collections.abc import Callable

from curate.config.schema import OTHER
from curate.desk import events
from curate.desk.draft import items_of
from curate.desk_server.asked import Ask, Decided, UnusableError
from curate.storage.database.rows import hash_key
from curate.topics.assign import text_for_sorting


def split(ask: Ask) -> Decided:
    """Take another telling out of an item, now and on later nights. UnusableError where the item has no such."""
    item, other = ask.item, ask.other
    if other not in item.echo_keys:
        raise UnusableError("not_here")
    archive, now = ask.desk.account.archive, ask.desk.clock()
    event = events.Split(ask.key, other, ask.form.get("url", ""))
    return Decided(
        [event], then=lambda: archive.keep_apart(ask.key, other, now), said="said_split", about=item.title
    )


def merge(ask: Ask) -> Decided:
    """Put an item under another one, now and on later nights. UnusableError where they are not two."""
    item = ask.item
    into = ask.item_of(ask.other)
    if into == item:
        raise UnusableError("not_here")
    archive, now = ask.desk.account.archive, ask.desk.clock()
    return Decided(
        [events.Merge(into.key, item)],
        then=lambda: archive.keep_together(into.key, ask.key, now),
        said="said_merge",
        about=item.title,
    )


def advert(is_advert: bool) -> Callable[[Ask], Decided]:
    """Say whether an entry is an advert; one that is leaves the issue. UnusableError where it is the last item."""

    def mark(ask: Ask) -> Decided:
        entry = ask.entry_of(ask.key)
        archive, now = ask.desk.account.archive, ask.desk.clock()
        held = any(item.key == ask.key for item in items_of(ask.issue.sections))
        if held and is_advert and sum(1 for _ in items_of(ask.issue.sections)) == 1:
            raise UnusableError("must_stay")
        return Decided(
            [events.MarkAdvert(ask.key, is_advert)],
            then=lambda: archive.mark_advert(entry, text_for_sorting(entry), is_advert, now),
            said="said_advert" if is_advert else "said_no_advert",
            about=entry.title,
        )

    return mark


def correct_topic(ask: Ask) -> Decided:
    """Another topic, which later nights learn from. UnusableError for one that is not of today."""
    item, topic = ask.item, ask.form.get("topic", "")
    if topic not in {OTHER, *(each.id for each in ask.desk.account.config.topics)}:
        raise UnusableError("not_here")
    if topic == item.topic:
        return Decided()
    archive, now = ask.desk.account.archive, ask.desk.clock()
    found = archive.find(hash_key(*ask.key))

    def label() -> None:
        if found:
            archive.label(found[0], text_for_sorting(found[0]), topic, now)

    return Decided([events.Move(ask.key, topic)], then=label, said="said_topic", about=item.title)


def block(ask: Ask) -> Decided:
    """Take out every item of a source or an author, or with a word in its title. UnusableError without a value."""
    kind, value = ask.form.get("kind", ""), ask.form.get("value", "").strip()
    kinds: dict[str, events.Blocked] = {"source": "source", "author": "author", "word": "word"}
    if kind not in kinds or not value:
        raise UnusableError("no_word")
    return Decided([events.Block(kinds[kind], value)], said="said_block", about=value)
