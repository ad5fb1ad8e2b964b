"""What the draft box would not take, told before it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from curate.delivery.model import MOST_POSTS, DraftPost
from curate.domain.message import Message, message
from curate.render.wechat.allowed import HTML_LIMIT
from curate.render.wechat.lint import SOURCE_URL_LIMIT, TITLE_API_LIMIT, TITLE_LIMIT

DIGEST_LIMIT_API = 128  # characters
AUTHOR_LIMIT = 16  # characters
CONTENT_BYTES = 1_000_000  # below 1 MB
BODY_PICTURE = 1_000_000  # bytes of a picture by uploadimg: below 1 MB
MATERIAL_PICTURE = 10_000_000  # bytes of a picture by add_material
CARDS = 20  # pictures of a newspic


class DraftBreach(NamedTuple):
    """What is over a limit, and what to do. Where it `stops`, nothing may be sent."""

    said: Message
    advice: Message
    stops: bool = True


def find_breaches(posts: Sequence[DraftPost], author: str) -> list[DraftBreach]:
    """All that is over a limit, post by post."""
    found = [one for post in posts for one in _of_post(post)]
    if not 1 <= len(posts) <= MOST_POSTS:
        found.append(_breach("posts", n=len(posts), most=MOST_POSTS))
    if len(author) > AUTHOR_LIMIT:
        found.append(_breach("author", n=len(author), most=AUTHOR_LIMIT))
    return found


def _of_post(post: DraftPost) -> Iterator[DraftBreach]:
    about = post.title[:20]
    if not post.title.strip():
        yield _breach("no title", issue=post.issue)
    if len(post.title) > TITLE_LIMIT:
        yield _breach("title", about=about, n=len(post.title), most=TITLE_LIMIT)
    elif len(post.title) > TITLE_API_LIMIT:
        yield _breach("title api", stops=False, about=about, n=len(post.title), most=TITLE_API_LIMIT)
    if len(post.digest) > DIGEST_LIMIT_API:
        yield _breach("digest", about=about, n=len(post.digest), most=DIGEST_LIMIT_API)
    if (size := len(post.source_url.encode())) > SOURCE_URL_LIMIT:
        yield _breach("address", about=about, n=size, most=SOURCE_URL_LIMIT)
    if not post.content.strip():
        yield _breach("empty", about=about)
    if len(post.content) >= HTML_LIMIT:
        yield _breach("characters", about=about, n=len(post.content), most=HTML_LIMIT)
    if (size := len(post.content.encode())) >= CONTENT_BYTES:
        yield _breach("bytes", about=about, n=size, most=CONTENT_BYTES)
    if post.kind == "newspic" and not 1 <= len(post.material) <= CARDS:
        yield _breach("cards", about=about, n=len(post.material), most=CARDS)
    yield from _of_pictures(post)


def _of_pictures(post: DraftPost) -> Iterator[DraftBreach]:
    for picture in (*post.pictures, *post.material):
        by_uploadimg = picture in post.pictures and not picture.is_animation
        most = BODY_PICTURE if by_uploadimg else MATERIAL_PICTURE
        if len(picture.data) > most:
            kilobytes = len(picture.data) // 1000, most // 1000
            yield _breach("picture", about=picture.about, n=kilobytes[0], most=kilobytes[1])


def _breach(key: str, *, stops: bool = True, **values: str | int | Message) -> DraftBreach:
    said = message(f"draft.limit {key}", **values)
    return DraftBreach(said, message(f"draft.limit {key}.hint", **values), stops)
