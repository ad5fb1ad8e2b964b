"""Which draft in the box is the one whose answer was lost: it is looked for, and never made twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from html import unescape
from typing import Any

from curate.delivery.model import DraftMark, ListedDraft

SKEW = timedelta(minutes=10)  # that the platform's clock may be behind this machine's
SETTLED = timedelta(minutes=3)  # after which a request that nothing came of is over


def read_listing(answer: Mapping[str, Any]) -> tuple[ListedDraft, ...]:
    """What `draft/batchget` lists; an entry that is none of the documented is passed over."""
    found = answer.get("item")
    return tuple(each for item in (found if isinstance(found, list) else ()) if (each := _read_item(item)))


def _read_item(item: Any) -> ListedDraft | None:
    if not isinstance(item, dict) or not isinstance(item.get("media_id"), str):
        return None
    content = item.get("content")
    posts = content.get("news_item") if isinstance(content, dict) else None
    updated = item.get("update_time")
    return ListedDraft(item["media_id"], updated if isinstance(updated, int) else 0, read_posts(posts))


def read_posts(posts: Any) -> tuple[DraftMark, ...]:
    """What the posts of a draft are known by."""
    return tuple(
        _read_post(post) for post in (posts if isinstance(posts, list) else ()) if isinstance(post, dict)
    )


def _read_post(post: Mapping[str, Any]) -> DraftMark:
    info = post.get("image_info")
    images = info.get("image_list") if isinstance(info, dict) else None
    first = images[0] if isinstance(images, list) and images and isinstance(images[0], dict) else {}
    media = post.get("thumb_media_id") or first.get("image_media_id") or ""
    kind, title, source_url = (
        str(post.get(name) or "") for name in ("article_type", "title", "content_source_url")
    )
    return DraftMark(kind, title, source_url, str(media))


def find_lost(
    listed: Iterable[ListedDraft], marks: Sequence[DraftMark], asked: datetime, known: Collection[str]
) -> ListedDraft | None:
    """The newest draft with these marks that was made since it was asked for; none of `known`, which are others' drafts.

    A kind or media id that the list does not tell counts as the same.
    """
    since = (asked - SKEW).timestamp()
    fit = [
        each
        for each in listed
        if each.media_id not in known and each.updated >= since and are_same(each.posts, marks)
    ]
    return max(fit, key=lambda each: each.updated, default=None)


def is_settled(asked: datetime, now: datetime) -> bool:
    """Whether a request of that time is over, so that what is not in the box by now was never made."""
    return not asked - SKEW <= now < asked + SETTLED


def are_same(found: Sequence[DraftMark], marks: Sequence[DraftMark]) -> bool:
    """Whether posts are those that were asked for, as far as is told of them."""
    return len(found) == len(marks) and all(map(_is_same, found, marks))


def _is_same(found: DraftMark, mark: DraftMark) -> bool:
    told = ((found.kind, mark.kind), (found.media, mark.media))
    return (
        _plain(found.title) == _plain(mark.title)
        and unescape(found.source_url) == mark.source_url
        and all(one == other or not one for one, other in told)
    )


def _plain(title: str) -> str:
    """A title without what the platform may change in it: white space, and marks that it escapes."""
    return "".join(c for c in unescape(title) if c.isalnum())
