"""What templates are given: the digest, its texts, and small functions that need the account's language and zone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from curate.config.schema import OTHER, Look
from curate.domain.item_codes import code
from curate.domain.model import Digest, Item, Section
from curate.render.messages import clock, cut_text, long_date, others, say_with_name, speaker
from curate.render.piece import body_in_post, with_names, with_notes
from curate.render.templating import safe
from curate.render.typesetting import measure_width
from curate.render.wechat.allowed import bare_address, safe_address, visible
from curate.text.tokenize import HAN

MARK_SEPARATOR = " · "
LEAD = "lead"  # of look.source_url
LONGEST_TITLE = 200  # characters; what a feed sends beyond it is no title, and must not use up the post
LONGEST_NAME = 60
SHORT_TITLE = 60
_WIDE_LINE = 8.5  # em: what can be set wide in one line of a phone


def view(digest: Digest, look: Look) -> dict[str, Any]:
    """The names that every template may use; docs/en/themes.md lists them."""
    say = say_with_name(speaker(digest.language), digest)
    return {
        "digest": digest,
        "language": digest.language,
        "t": say,
        "date": long_date(digest.date, digest.language),
        "total": len(items(digest)),
        "source_total": count_sources(digest),
        "reply_hint": say("reply_hint", n=mark(digest.lead, digest)) if digest.replies else "",
        "opening": [*own_words(look.opening), *own_words(digest.opening)],
        "closing": [
            *own_words(digest.closing),
            *own_words(look.closing),
            *own_words(digest.sharing),
        ],
        "source_url": source_url(digest, look),
        "own_source_url": look.source_url != LEAD,
        "facts": MARK_SEPARATOR.join(
            (
                say("items", n=len(items(digest))),
                say("sources", n=count_sources(digest)),
                say("minutes", n=digest.minutes),
            )
        ),
        **_arrange(digest, say),
        **_functions(digest),
    }


def _arrange(digest: Digest, say: Callable[..., str]) -> dict[str, Any]:
    """The names that say what stands where."""
    below, must_reads = _below(digest, say("rest")), other_must_reads(digest)
    label = say("must_reads") if must_reads else say("lead")
    topics = [section for section in below if section.id != OTHER]
    return {
        "items": items(digest),
        "lead": digest.lead,
        "must_reads": must_reads,
        "lead_label": label,
        "sections": [s for s in digest.sections if s.items],
        "sections_below": below,
        "sections_led": [Section("lead", label, "", (digest.lead, *must_reads)), *below],
        "topic_bar": topics if len(topics) > 1 else [],
    }


def _functions(digest: Digest) -> dict[str, Callable[..., Any]]:
    """What templates may call."""
    return {
        "is_lead": lambda item: item.number == digest.lead.number,
        "mark": lambda item: mark(item, digest),
        "spaced": class_of_spacing,
        "when": lambda item: clock(item, digest),
        "by": lambda item: _by(item, digest),
        "body": lambda item: safe(with_notes(_piece(item, digest))),
        "body_markdown": lambda item: _body_markdown(item, digest) if item.body else "",
        "body_plain": lambda item: _body_plain(item, digest) if item.body else "",
        "also": lambda item: others(item, digest.language),
        "address": safe_address,
        "bare": bare_address,
        "short": lambda text: cut_text(text, SHORT_TITLE),
        "note": lambda item: note_of(item, digest),
    }


def count_sources(digest: Digest) -> int:
    """How many sources the items come from. Those that only told the same are named at the end but not counted:
    a reader who counts the items' sources finds this number."""
    return sum(credit.items > 0 for credit in digest.credits)


def number_of(item: Item, digest: Digest) -> str:
    """What a reader sends to the account to see it: in a collection, the number it was published under."""
    return item.code or code(digest.number, item.number)


def mark(item: Item, digest: Digest) -> str:
    """What stands before an item: the number that answers it, where the account's replies are set up, else its place."""
    return number_of(item, digest) if digest.replies else str(item.number)


def class_of_spacing(text: str) -> str:
    """A class name for Chinese, which may be set wide; letters of a word belong together, and so does what is long."""
    if measure_width(text) > _WIDE_LINE:
        return "long"
    return "spaced" if re.search(f"[{HAN}]", text) else "close"


def own_words(text: str) -> list[str]:
    """The editor's own text, line by line, without empty lines at its ends."""
    return [line.strip() for line in visible(text).strip().splitlines()]


def note_of(item: Item, digest: Digest) -> str:
    """The editor's note under an item, as it is printed; "" where there is none."""
    text = " ".join(visible(item.note).split())
    return speaker(digest.language)("editor_note", text=text) if text else ""


def source_url(digest: Digest, look: Look) -> str:
    """What 阅读原文 opens: the lead's original or the editor's own address; "" where it is none that can be opened."""
    return safe_address(digest.lead.url if look.source_url == LEAD else look.source_url)


def bound_digest(digest: Digest) -> Digest:
    """The digest with titles and names of bearable length, so that no single feed can make a post too long."""

    def item(one: Item) -> Item:
        also = tuple(
            replace(t, source=cut_text(t.source, LONGEST_NAME), title=cut_text(t.title, LONGEST_TITLE))
            for t in one.also
        )
        return replace(
            one,
            title=cut_text(one.title, LONGEST_TITLE),
            source=cut_text(one.source, LONGEST_NAME),
            author=cut_text(one.author, LONGEST_NAME),
            also=also,
        )

    return with_items(digest, item)


def with_items(digest: Digest, change: Callable[[Item], Item]) -> Digest:
    """The digest with every item changed."""
    sections = tuple(replace(s, items=tuple(change(one) for one in s.items)) for s in digest.sections)
    return replace(digest, lead=change(digest.lead), sections=sections)


def items(digest: Digest) -> list[Item]:
    """Every item once, by number; the lead among them even if no section holds it."""
    found = {item.number: item for section in digest.sections for item in section.items}
    found.setdefault(digest.lead.number, digest.lead)
    return [found[number] for number in sorted(found)]


def _piece(item: Item, digest: Digest) -> str:
    return with_names(body_in_post(item), speaker(digest.language))


# Their library takes 0.2 s to load, and most issues have no such piece.
def _body_markdown(item: Item, digest: Digest) -> str:
    from curate.render.piece_text import piece_markdown

    return piece_markdown(_piece(item, digest))


def _body_plain(item: Item, digest: Digest) -> str:
    from curate.render.piece_text import piece_plain

    return piece_plain(_piece(item, digest))


def _by(item: Item, digest: Digest) -> str:
    """Source, author where known and not the source's own name, time; an editor's piece says so first."""
    author = item.author if item.author.casefold() != item.source.casefold() else ""
    note = speaker(digest.language)("note") if item.original else ""
    parts = (note, item.source, author, clock(item, digest), _say_continued(item, digest))
    return MARK_SEPARATOR.join(dict.fromkeys(part for part in parts if part))


def other_must_reads(digest: Digest) -> tuple[Item, ...]:
    """What stands on top beside the lead: the items with the next numbers."""
    return tuple(item for item in items(digest)[: digest.must_read] if item.number != digest.lead.number)


def _below(digest: Digest, rest: str) -> list[Section]:
    """The sections of a post that shows lead and must-reads above them: without those, and without one that held
    nothing else. `rest` is what the items of no topic are called, which stand at the end."""
    above = {digest.lead.number, *(item.number for item in other_must_reads(digest))}
    kept = (
        replace(
            s,
            name=rest if s.id == OTHER else s.name,
            items=tuple(item for item in s.items if item.number not in above),
        )
        for s in digest.sections
    )
    return [section for section in kept if section.items]


def _say_continued(item: Item, digest: Digest) -> str:
    """Which item of which issue told the beginning."""
    if item.continues is None:
        return ""
    issue, number = item.continues
    return speaker(digest.language)("continues", issue=issue, item=number)
