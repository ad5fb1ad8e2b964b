"""The pictures of a night: fetched late, bounded, one for the lead or for all, and no picture is no harm."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy
import pytest
import zxingcpp
from PIL import Image as Picture

from curate.config.schema import Config
from curate.domain.model import Article, EntryKey, Failure, Image, Pick, Story
from curate.fetch import Answer, Unchanged
from curate.i18n.catalogue import say_failure
from curate.pipeline.illustrate import MOST_BYTES, Pictures, illustrate
from curate.pipeline.nightly import Night, night
from curate.pipeline.ports import Doors
from curate.sources.identity import fingerprint
from curate.storage import Archive
from curate.storage.account import templates
from tests.nouns import NOW, entry
from tests.test_night import TITLES, A, Silent, Web, feed, settings
from tests.test_pictures import photograph, saved

PHOTO = saved(photograph(1200, 800))


def pick(number: int, *addresses: str) -> Pick:
    images = tuple(Image(url) for url in addresses)
    return Pick(Story(entry(number, images=images)), "ai", 1.0, 1.0, ())


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive("sqlite:///a.db", tmp_path, fingerprint) as opened:
        yield opened


def pictures_of(web: Web, which: str, *picks: Pick) -> Pictures:
    articles = {p.story.lead.key: Article("", "") for p in picks}
    watch = Silent()
    made = illustrate(picks, picks[1], articles, which, settings(A).sources_by_id, web.fetch, watch)
    assert watch.counts["pictures"] == len(made.images)
    return made


def test_the_lead_alone_is_asked_for_unless_all_are_wanted(archive: Archive) -> None:
    picks = [pick(n, f"https://a.example/{n}.jpg") for n in (1, 2, 3)]
    pages = {f"https://a.example/{n}.jpg": PHOTO + bytes([n]) for n in (1, 2, 3)}
    for which, numbers in (("lead", [2]), ("all", [1, 2, 3]), ("none", [])):
        web = Web(pages)
        made = pictures_of(web, which, *picks)
        assert sorted(made.files) == [f"images/{n:02d}.jpg" for n in numbers]
        assert [request.url for request in web.asked] == [f"https://a.example/{n}.jpg" for n in numbers]
        assert made.failures == []
    image = pictures_of(Web(pages), "lead", *picks).images[EntryKey("a", "id-2")]
    assert (image.width, image.height, image.kind) == (1080, 720, "jpeg")
    assert image.size == len(pictures_of(Web(pages), "lead", *picks).files[image.file])


def test_the_next_candidate_is_tried_and_a_failure_is_told_only_where_none_served(archive: Archive) -> None:
    picks = [
        pick(1, "https://a.example/gone.jpg", "https://a.example/one.jpg"),
        pick(2, "https://a.example/broken.jpg", "https://a.example/dead.jpg"),
        pick(3),
    ]
    web = Web({"https://a.example/one.jpg": PHOTO, "https://a.example/broken.jpg": PHOTO[:900]})
    made = pictures_of(web, "all", *picks)
    assert list(made.images) == [("a", "id-1")]
    assert made.images[EntryKey("a", "id-1")].url == "https://a.example/one.jpg"
    assert [(f.subject, f.reason) for f in made.failures] == [("https://a.example/dead.jpg", "404")]


def test_pictures_inside_a_feeds_own_text_are_candidates_after_those_it_names(archive: Archive) -> None:
    body = '<p>a<img src="/logo.png"><img src="/in.jpg"><img src="/dot.jpg" width=1><p>b<img data-src="/lazy.jpg">'
    one = Pick(
        Story(entry(1, content=body, images=(Image("https://a.example/named.jpg"),))), "ai", 1.0, 1.0, ()
    )
    web = Web({"https://a.example/lazy.jpg": PHOTO})
    made = pictures_of(web, "all", one, pick(2))
    assert [r.url.rpartition("/")[2] for r in web.asked] == ["named.jpg", "in.jpg", "lazy.jpg"]
    assert list(made.files) == ["images/01.jpg"]


@pytest.mark.slow
def test_bytes_are_bounded_over_all_pictures_of_an_issue(archive: Archive) -> None:
    picks = [pick(n, f"https://a.example/{n}.jpg") for n in range(1, 9)]
    heavy = PHOTO + b"\0" * (MOST_BYTES // 3)
    web = Web({f"https://a.example/{n}.jpg": heavy + bytes([n]) for n in range(1, 9)})
    assert len(pictures_of(web, "all", *picks).files) == 3


def test_an_answer_without_a_body_is_a_failure(archive: Archive) -> None:
    class Odd(Web):
        def fetch(self, requests):  # type: ignore[no-untyped-def]
            for request in requests:
                yield Answer(request, Unchanged(request.url, NOW), 0.1, 304)

    made = pictures_of(Odd({}), "all", pick(1, "https://a.example/1.jpg"), pick(2))
    assert made.images == {}
    assert isinstance(made.failures[0], Failure)


def play(web: Web, archive: Archive, config: Config) -> Night:
    return night(
        config, Doors(web.fetch, lambda _: [], archive, templates(), lambda _: 1, map), Silent(), NOW
    )


def illustrated_feed(*titles: str) -> bytes:
    items = feed(*((str(n), title, n) for n, title in enumerate(titles, 1)))
    for n in range(1, len(titles) + 1):
        items = items.replace(
            f"<guid>{n}</guid>".encode(),
            f'<guid>{n}</guid><enclosure url="https://a.example/{n}.jpg" type="image/jpeg" length="1"/>'.encode(),
        )
    return items


def test_a_night_puts_pictures_and_covers_beside_its_posts(archive: Archive) -> None:
    web = Web({"https://a.example/feed": illustrated_feed(*TITLES[:3])})
    web.pages |= {f"https://a.example/{n}.jpg": PHOTO for n in (1, 2, 3)}
    done = play(web, archive, settings(A))
    assert done.issue
    digest, files = done.issue.digest, done.issue.files
    image = digest.lead.image
    assert image
    assert {image.file, "cover.jpg", "cover-square.jpg", "wechat.html"} <= set(files)
    assert "cover.svg" not in files
    assert [item.image == image for s in digest.sections for item in s.items].count(True) == 1
    assert f'src="{image.url}"' in files["wechat.fragment.html"].decode()
    assert [cover.size for cover in digest.covers] == [
        len(files["cover.jpg"]),
        len(files["cover-square.jpg"]),
    ]


def test_a_night_whose_pictures_cannot_be_had_draws_its_cover(archive: Archive) -> None:
    done = play(Web({"https://a.example/feed": illustrated_feed(*TITLES[:3])}), archive, settings(A))
    assert done.issue
    assert "<img" not in done.issue.files["wechat.fragment.html"].decode()
    assert {"cover.jpg", "cover-square.jpg"} <= set(done.issue.files)
    assert "cover.svg" not in done.issue.files, "the typeface has every letter of the title"
    assert [f.reason for f in done.failures] == ["404"]


def test_a_title_with_a_letter_that_the_typeface_lacks_is_drawn_as_svg_too(archive: Archive) -> None:
    title = "龘靐齉𠀀：一个少见的字怎样上了头条"
    done = play(Web({"https://a.example/feed": illustrated_feed(title)}), archive, settings(A))
    assert done.issue
    assert {"cover.jpg", "cover.svg", "cover-square.svg"} <= set(done.issue.files)
    assert "龘靐齉𠀀" in done.issue.files["cover.svg"].decode()


def test_a_picture_too_small_for_a_cover_still_stands_in_the_post(archive: Archive) -> None:
    small = saved(photograph(400, 300))
    web = Web({"https://a.example/feed": illustrated_feed(*TITLES[:3])})
    web.pages |= {f"https://a.example/{n}.jpg": small for n in (1, 2, 3)}
    done = play(web, archive, settings(A))
    assert done.issue
    assert done.issue.files["cover.jpg"]
    assert "<img" in done.issue.files["wechat.fragment.html"].decode()


def test_what_came_for_two_items_is_a_placeholder_and_each_asks_for_its_next_picture(
    archive: Archive,
) -> None:
    picks = [
        pick(1, "https://a.example/p1.jpg", "https://a.example/own.jpg"),
        pick(2, "https://b.example/p2.jpg"),
    ]
    web = Web(
        {
            "https://a.example/p1.jpg": PHOTO,
            "https://b.example/p2.jpg": PHOTO,
            "https://a.example/own.jpg": PHOTO + b"\0",
        }
    )
    made = pictures_of(web, "all", *picks)
    assert [(key[1], image.url) for key, image in made.images.items()] == [
        ("id-1", "https://a.example/own.jpg")
    ]
    assert list(made.files) == ["images/01.jpg"]
    assert ["占位图" in say_failure(failure, "zh").reason for failure in made.failures] == [True]


def test_a_picture_with_a_code_to_scan_is_never_shown(archive: Archive) -> None:
    code = zxingcpp.create_barcode("https://weixin.example/r/abc", zxingcpp.BarcodeFormat.QRCode)
    image = photograph(900, 600)
    image.paste(Picture.fromarray(numpy.array(code.to_image(scale=6))), (500, 200))
    picks = [pick(1, "https://a.example/plain-name.jpg"), pick(2, "https://a.example/photo.jpg")]
    web = Web({"https://a.example/plain-name.jpg": saved(image), "https://a.example/photo.jpg": PHOTO})
    made = pictures_of(web, "all", *picks)
    assert list(made.files) == ["images/02.jpg"]
    assert ["二维码" in say_failure(failure, "zh").reason for failure in made.failures] == [True]


def test_webp_that_the_host_serves_as_jpeg_too_is_asked_for_as_jpeg_and_else_as_it_is(
    archive: Archive,
) -> None:
    webp = saved(photograph(800, 600), "WEBP")
    picks = [
        pick(1, "https://mmbiz.qpic.cn/mmbiz_jpg/A/640?wx_fmt=jpeg&tp=webp"),
        pick(2, "https://c.example/b.jpg.webp"),
    ]
    web = Web(
        {
            "https://mmbiz.qpic.cn/mmbiz_jpg/A/640?wx_fmt=jpeg": PHOTO,
            "https://mmbiz.qpic.cn/mmbiz_jpg/A/640?wx_fmt=jpeg&tp=webp": webp,
            "https://c.example/b.jpg.webp": webp,
        }
    )
    made = pictures_of(web, "all", *picks)
    assert {key[1]: (image.url, image.kind) for key, image in made.images.items()} == {
        "id-1": ("https://mmbiz.qpic.cn/mmbiz_jpg/A/640?wx_fmt=jpeg", "jpeg"),
        "id-2": ("https://c.example/b.jpg.webp", "webp"),
    }
