"""A digest -> a post of pictures (贴图): its cards, with the titles as plain text below them."""

from __future__ import annotations

from curate.config.delivery_schema import DraftSettings
from curate.delivery.model import DraftPicture, DraftPost
from curate.delivery.posts import DraftSources
from curate.domain.message import message
from curate.domain.model import Digest
from curate.render.channels.cards import cards
from curate.render.context import bound_digest, items, view
from curate.render.messages import cut_text
from curate.render.wechat.allowed import visible
from curate.render.wechat.lint import TITLE_API_LIMIT

TEXT_BYTES = 2_000  # below the pictures: the interface's newest page says 2 kb


def make_cards(digest: Digest, sources: DraftSources, settings: DraftSettings) -> tuple[DraftPost, ...]:
    """The post of an issue's cards."""
    digest = bound_digest(digest)
    names = view(digest, sources.look)
    title = names["t"](
        "cards_title", account=visible(digest.account), day=digest.date.isoformat(), n=len(items(digest))
    )
    material = tuple(
        DraftPicture(name.replace("/", "-"), data, message("draft.card", issue=digest.number, n=n))
        for n, (name, data) in enumerate(cards(digest, sources.templates, sources.look).items(), 1)
    )
    return (
        DraftPost(
            issue=digest.number,
            kind="newspic",
            title=cut_text(title, TITLE_API_LIMIT),
            digest="",
            source_url="",
            content=_plain_text(digest, sources),
            material=material,
        ),
    )


def _plain_text(digest: Digest, sources: DraftSources) -> str:
    """The titles by topic, as many whole lines as there is room for; then the line about replies."""
    names = view(digest, sources.look)
    end: str = names["reply_hint"]
    room = TEXT_BYTES - len(end.encode()) - 1
    lines: list[str] = []
    wanted = [
        *names["opening"],
        *(
            line
            for section in names["sections"]
            for line in (
                f"【{visible(section.name)}】",
                *(f"{names['mark'](item)} {visible(item.title)}" for item in section.items),
            )
        ),
    ]
    for line in wanted:
        room -= len(line.encode()) + 1
        if room < 0:
            break
        lines.append(line)
    return "\n".join([*lines, *([end] if end else [])])
