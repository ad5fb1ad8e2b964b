"""A digest as messages: cut between items, each within what a service takes. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curate.domain.model import Digest, Item
from curate.render.context import bound_digest, items, mark, note_of
from curate.render.messages import Measure, cut_text, cut_to, long_date, speaker
from curate.render.wechat.allowed import bare_address, visible

PARTS = 12  # of the measure, kept for "(2/3)" and the line's end


def digest_messages(digest: Digest, limit: int, measure: Measure) -> list[str]:
    """The issue as texts of at most `limit` in `measure`: items stay whole unless one is too long by itself."""
    texts = pack(list(_blocks(bound_digest(digest))), limit - PARTS, measure)
    if len(texts) == 1:
        return texts
    return [f"({n}/{len(texts)})\n{text}" for n, text in enumerate(texts, 1)]


def pack(blocks: Sequence[str], limit: int, measure: Measure) -> list[str]:
    """Blocks, an empty line between them, in as few texts as keep each within the limit."""
    texts: list[str] = []
    for block in blocks:
        block = cut_to(block, limit, measure)
        joined = f"{texts[-1]}\n\n{block}" if texts else block
        if texts and measure(joined) <= limit:
            texts[-1] = joined
        else:
            texts.append(block)
    return texts


def _blocks(digest: Digest) -> Iterator[str]:
    say = speaker(digest.language)
    yield f"【{visible(digest.account)}】{say('issue', n=digest.number)} · {long_date(digest.date, digest.language)}"
    for section in digest.sections:
        for place, item in enumerate(section.items):
            head = [f"{section.icon} {section.name}".strip()] if place == 0 else []
            yield "\n".join([*head, *_lines(item, digest)])


def _lines(item: Item, digest: Digest) -> Iterator[str]:
    yield f"{mark(item, digest)}. {visible(item.title)}"
    yield from filter(None, (note_of(item, digest), visible(item.source), bare_address(item.url)))


def first_title(digest: Digest) -> str:
    """What stands above a message where a service shows a title apart."""
    return cut_text(next(iter(items(digest))).title, 60)
