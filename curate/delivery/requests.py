"""A post whose pictures are on the platform -> the body of a request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from curate.config.delivery_schema import DraftSettings
from curate.delivery.model import DraftMark, DraftPost
from curate.render.wechat.allowed import IMAGE_HOSTS
from curate.render.wechat.tree import parse, serialize

HOST = "https://mmbiz.qpic.cn/"
_LENGTH = (
    160  # characters of an address of the platform's, about: a post is measured with it before it is sent
)


def place_of(digest: str) -> str:
    """What stands for a picture until it is on the platform: an address of its host, as long as a real one."""
    return f"{HOST}curate/{digest}".ljust(_LENGTH, "-")


def read_address(answer: Any) -> str:
    """The address that an upload of a body's picture answers, over https; "" where there is none."""
    url = answer.get("url")
    if not isinstance(url, str) or not url.isprintable():
        return ""
    secure = "https://" + url.removeprefix("https://").removeprefix("http://")
    return secure if secure.startswith(HOST) else ""


def put_addresses(post: DraftPost, addresses: Mapping[str, str]) -> DraftPost:
    """The post with the addresses of its pictures, by their digests."""
    content = post.content
    for picture in post.pictures:
        content = content.replace(place_of(picture.digest), escape(addresses[picture.digest]))
    return replace(post, content=content)


def list_strays(post: DraftPost) -> list[str]:
    """The addresses of those pictures in the body that the platform would filter out, as they are not its own."""
    if post.kind == "newspic":
        return []
    own = {place_of(picture.digest) for picture in post.pictures}
    found = [e.attributes.get("src", "") for e in parse(post.content).walk() if e.tag == "img"]
    return [source for source in found if source not in own and not is_platform(source)]


def is_platform(address: str) -> bool:
    """Whether a picture is on the platform already."""
    return address.startswith(IMAGE_HOSTS) and not address.startswith(f"{HOST}curate/")


def name_pictures(html: str, places: Mapping[str, str]) -> str:
    """A body with each picture's address changed as `places` says; the others stay."""
    root = parse(html)
    for element in root.walk():
        if element.tag == "img":
            source = element.attributes.get("src", "")
            element.attributes["src"] = places.get(source, source)
    return serialize(root)


def mark_of(post: DraftPost, media: Mapping[str, str]) -> DraftMark:
    """What the post is known by in the box."""
    source_url = post.source_url if post.kind == "news" else ""
    return DraftMark(post.kind, post.title, source_url, media[post.material[0].digest])


def article_of(
    post: DraftPost, media: Mapping[str, str], settings: DraftSettings, *, alone: bool
) -> dict[str, Any]:
    """The article that the interface takes. `media`: media ids by digest; `alone`: only such a post has a 摘要."""
    made: dict[str, Any] = {
        "article_type": post.kind,
        "title": post.title,
        "content": post.content,
        "need_open_comment": int(settings.comments != "none"),
        "only_fans_can_comment": int(settings.comments == "fans"),
    }
    if post.kind == "newspic":
        ids = [media[picture.digest] for picture in post.material]
        return made | {"image_info": {"image_list": [{"image_media_id": each} for each in ids]}}
    optional = {
        "author": settings.author,
        "digest": post.digest if alone else "",
        "content_source_url": post.source_url,
        "pic_crop_235_1": _write_crop(settings.crop_wide),
        "pic_crop_1_1": _write_crop(settings.crop_square),
    }
    made["thumb_media_id"] = media[post.material[0].digest]
    return made | {name: value for name, value in optional.items() if value}


def _write_crop(edges: Sequence[float] | None) -> str:
    return "_".join(f"{edge:g}" for edge in edges or ())


def draft_of(
    posts: Sequence[DraftPost], media: Mapping[str, str], settings: DraftSettings
) -> dict[str, list[dict[str, Any]]]:
    """The body of `draft/add`."""
    return {"articles": [article_of(each, media, settings, alone=len(posts) == 1) for each in posts]}
