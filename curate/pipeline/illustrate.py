"""A step between short-list and digest: the pictures of the items that are in the issue, and its covers.

candidates of feed and page -> fetched, under limits -> decoded and re-encoded -> images/NN.jpg, cover.jpg

Late as the articles are: nothing is fetched for what is not published. A picture that cannot be had is a Failure and
its item goes without.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from curate.config.schema import Source
from curate.domain.errors import UnreadableError
from curate.domain.message import message
from curate.domain.model import Article, Digest, Entry, EntryKey, Failure, Image, Page, Pick
from curate.extraction.images import in_markup
from curate.fetch import Answer, Request
from curate.images.candidates import candidates, without_house_marks
from curate.images.cover import Cover, covers
from curate.images.drawn_cover import draw_covers
from curate.images.encode import Encoded, decode, encode
from curate.images.scan_codes import holds_scan_code
from curate.images.svg_cover import SQUARE, WIDE
from curate.images.typeface import has_letters
from curate.pipeline.assemble import number_picks
from curate.pipeline.ports import Fetch, Watch
from curate.render.wechat.images import cover_texts, draw_lettered

FOLDER = "images"
MOST_BYTES = 64 * 1024 * 1024  # of all pictures of one issue, as they come


@dataclass(slots=True)
class Pictures:
    """What was kept: the picture of each item, its files, and what could not be had."""

    images: dict[EntryKey, Image] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)  # of items that go without


def illustrate(
    picks: Sequence[Pick],
    lead: Pick,
    articles: Mapping[EntryKey, Article],
    which: str,
    sources: Mapping[str, Source],
    fetch: Fetch,
    watch: Watch,
    must_read: int = 0,
) -> Pictures:
    """Pictures of the lead or of all `picks`, as `which` (digest.images) says; numbered as the items will be, with so
    many must-reads."""
    made = Pictures()
    entries = {p.story.lead.key: (n, p.story.lead) for n, p in number_picks(picks, must_read)}
    wanted = {"all": list(entries), "lead": [lead.story.lead.key], "none": []}
    keys = wanted[which]
    found = dict(
        zip(
            entries,
            without_house_marks([_list_candidates(e, articles) for _, e in entries.values()]),
            strict=True,
        )
    )
    left = {key: found[key] for key in keys if found[key]}
    album = _Album({key: number for key, (number, _) in entries.items()}, made)
    with watch.stage("pictures", len(left)) as counter:
        purse = _Purse(MOST_BYTES)
        for turn in range(max(map(len, left.values()), default=0)):
            asked = {
                k: images[turn] for k, images in left.items() if k not in made.images and len(images) > turn
            }
            for key, image, answer in _ask_pictures(asked, sources, fetch, purse):
                album.take(key, image, answer)
        counter.advance(len(made.images))
    made.failures.extend(failure for key, failure in album.failures.items() if key not in made.images)
    return made


@dataclass(slots=True)
class _Album:
    """The pictures as they come, each under its item's number; what came for two items is shown with neither."""

    numbers: Mapping[EntryKey, int]
    made: Pictures
    failures: dict[EntryKey, Failure] = field(default_factory=dict)
    holders: dict[bytes, EntryKey] = field(default_factory=dict)  # who had these bytes first

    def take(self, key: EntryKey, image: Image, answer: Answer) -> None:
        kept = _encode_picture(image, answer)
        if isinstance(kept, Failure):
            self.failures[key] = kept
            return
        came = sha256(answer.result.body).digest() if isinstance(answer.result, Page) else b""
        first = self.holders.setdefault(came, key)
        if first != key:
            for each in (first, key):
                self._drop(each, image.url)
            return
        file = f"{FOLDER}/{self.numbers[key]:02d}.{kept.suffix}"
        self.made.files[file] = kept.data
        self.made.images[key] = replace(
            image,
            width=kept.width,
            height=kept.height,
            file=file,
            size=len(kept.data),
            kind=kept.kind,
            is_generated=kept.is_generated,
        )

    def _drop(self, key: EntryKey, url: str) -> None:
        """A placeholder is nobody's picture: the item asks for its next one."""
        if dropped := self.made.images.pop(key, None):
            del self.made.files[dropped.file]
        self.failures[key] = Failure(
            url, message=message("picture.placeholder"), advice=message("picture.hint")
        )


def cover(digest: Digest, pictures: Pictures, color: str) -> tuple[Digest, dict[str, bytes]]:
    """The digest with its covers, and their files: of the lead's picture, or drawn where that does not serve, then
    as SVG too where our typeface lacks a letter of theirs. `color` is the ground of a drawn one."""
    image = digest.lead.image
    made: tuple[Cover, ...] = ()
    if image and image.file in pictures.files:
        made = covers(pictures.files[image.file])
    if not made:
        texts = cover_texts(digest)
        made = draw_covers(texts.account, texts.title, digest.number, texts.day, color)
        if not has_letters("".join(texts)):
            lettered = zip(draw_lettered(digest, color).items(), (WIDE, SQUARE), strict=True)
            made += tuple(Cover(file, text.encode(), *size) for (file, text), size in lettered)
    named = tuple(Image("", one.width, one.height, file=one.file, size=len(one.data)) for one in made)
    return replace(digest, covers=named), {one.file: one.data for one in made}


@dataclass(slots=True)
class _Purse:
    """Bytes that may still come."""

    left: int


def _list_candidates(entry: Entry, articles: Mapping[EntryKey, Article]) -> tuple[Image, ...]:
    article = articles[entry.key]
    return candidates((*entry.images, *article.images, *in_markup(entry.content, entry.url)))


def _ask_pictures(
    wanted: Mapping[EntryKey, Image],
    sources: Mapping[str, Source],
    fetch: Fetch,
    purse: _Purse,
) -> Iterator[tuple[EntryKey, Image, Answer]]:
    """Each picture with its answer, until the purse is empty. Two items never ask for the same address."""
    if not wanted or purse.left <= 0:
        return
    by_url = {image.url: (key, image) for key, image in wanted.items()}
    requests = [
        Request(url, url, robots=sources[key[0]].robots, proxy=sources[key[0]].proxy)
        for url, (key, _) in by_url.items()
    ]
    answers = fetch(requests)
    for answer in answers:
        key, image = by_url[answer.request.url]
        yield key, image, answer
        if isinstance(answer.result, Page):
            purse.left -= len(answer.result.body)
            if purse.left <= 0:
                break


def _encode_picture(image: Image, answer: Answer) -> Encoded | Failure:
    """The picture as a file of ours, or why it is none."""
    if isinstance(answer.result, Failure):
        return answer.result
    if not isinstance(answer.result, Page):  # 304 to a request without validators
        return Failure(image.url, message=message("read.nothing"))
    try:
        kept = encode(answer.result.body)
        if holds_scan_code(decode(kept.data)[0]):
            return Failure(image.url, message=message("picture.code"), advice=message("picture.hint"))
        return kept
    except UnreadableError as e:
        return e.as_failure(image.url)
