"""What goes into the draft box, decided without a network: posts, pictures, limits, and what a lost draft is known by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image as Picture

from curate.app.drafts.prepare import fetch_foreign, read_local
from curate.config.delivery_schema import DraftSettings
from curate.config.schema import Look, Source
from curate.delivery.limits import find_breaches
from curate.delivery.lost import SETTLED, find_lost, is_settled, read_listing
from curate.delivery.model import DraftError, DraftMark, DraftPicture, DraftPost
from curate.delivery.posts import DraftSources, list_lost, make_posts, split
from curate.delivery.requests import list_strays, place_of, put_addresses, read_address
from curate.domain.message import message
from curate.domain.model import Digest, Failure, Image, Page, Section
from curate.fetch import Answer, Request
from curate.i18n.catalogue import say
from curate.render.context import with_items
from tests.draft_platform import BEGIN
from tests.render_samples import TEMPLATES, chinese
from tests.site_samples import CONFIG


def photo(width: int = 640, height: int = 400, seed: int = 0) -> bytes:
    """A picture that is none of one color."""
    across = Picture.linear_gradient("L").resize((width, height))
    image = Picture.merge(
        "RGB", (across, across.transpose(Picture.Transpose.ROTATE_180), across.point([seed] * 256))
    )
    out = BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


def illustrated() -> tuple[Digest, dict[str, bytes]]:
    """An issue all of whose items have a picture, of any kind that a site may have served."""
    digest, files = chinese(), {}

    def picture(number: int) -> Image:
        file = f"images/{number:02d}.jpg"
        files[file] = photo(seed=number)
        return Image(f"https://a.example/{number}.webp", 640, 400, file=file, size=9, kind="webp")

    sections = tuple(
        replace(s, items=tuple(replace(i, image=picture(i.number)) for i in s.items)) for s in digest.sections
    )
    lead = next(i for s in sections for i in s.items if i.number == digest.lead.number)
    return replace(digest, sections=sections, lead=lead), files


def sources(files: dict[str, bytes], fetched: dict[str, DraftPicture] | None = None) -> DraftSources:
    return DraftSources(files, fetched or {}, TEMPLATES, Look())


def a_post(**changes: object) -> DraftPost:
    picture = DraftPicture("a.jpg", b"a", message("draft.item", number=1, title="一"))
    usual = DraftPost(1, "news", "标题", "摘要", "https://a.example/", "<p>正文</p>", (), (picture,))
    return replace(usual, **changes)  # type: ignore[arg-type]


def test_every_picture_of_the_issue_is_in_the_post_whatever_its_site_served() -> None:
    digest, files = illustrated()
    (post,) = make_posts(digest, sources(files), DraftSettings())
    assert {picture.data for picture in post.pictures} == set(files.values())
    assert list_strays(post) == []
    assert len(post.content) < 20_000, "as long as it will be with the platform's addresses"
    addresses = {p.digest: f"https://mmbiz.qpic.cn/{n}?a=1&b=2" for n, p in enumerate(post.pictures)}
    content = put_addresses(post, addresses).content
    assert content.count("https://mmbiz.qpic.cn/") == len(files)
    assert "&amp;b=2" in content
    assert not any(place_of(picture.digest) in content for picture in post.pictures)


def test_a_picture_that_the_folder_has_lost_is_named() -> None:
    digest, files = illustrated()
    del files["images/03.jpg"]
    assert [say(each, "zh").startswith("第 3 条《") for each in list_lost(digest, files)] == [True]


def test_a_topic_has_a_post_with_its_own_lead_cover_and_sources() -> None:
    digest, files = illustrated()
    posts = make_posts(digest, sources(files), DraftSettings(posts="topics"))
    assert len(posts) == len(digest.sections)
    assert len({post.title for post in posts}) == len(posts)
    assert len({post.material[0].digest for post in posts}) == len(posts), "a cover each"
    assert sum(len(post.pictures) for post in posts) == len(files)
    assert posts[0].title.startswith(digest.lead.title[:10]), "the lead's topic comes first"


def test_more_topics_than_a_push_takes_stand_together_in_the_last_post() -> None:
    digest = chinese()
    many = tuple(Section(f"t{n}", f"栏目{n}", "", (replace(digest.lead, number=n),)) for n in range(1, 12))
    parts = split(replace(digest, sections=many, lead=many[3].items[0]))
    assert [len(part.sections) for part in parts] == [1] * 7 + [4]
    assert parts[0].sections[0].id == "t4"
    assert sorted(i.number for p in parts for s in p.sections for i in s.items) == list(range(1, 12))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title": "题" * 65}, "最多 64 字"),
        ({"title": " "}, "没有标题"),
        ({"digest": "摘" * 129}, "最多 128 字"),
        ({"source_url": "https://a.example/" + "长" * 400}, "最多 1024 字节"),
        ({"content": "x" * 20_000}, "要求少于 20000"),
        ({"content": ""}, "没有正文"),
        (
            {"pictures": (DraftPicture("a.jpg", b"x" * 1_000_001, message("draft.card", issue=1, n=1)),)},
            "最多 1000 KB",
        ),
        ({"kind": "newspic", "material": ()}, "要在 1 到 20 张之间"),
    ],
)
def test_what_is_over_a_limit_is_told_before_anything_is_asked(changes: dict[str, object], told: str) -> None:
    (breach,) = find_breaches([a_post(**changes)], "")
    assert breach.stops
    assert told in say(breach.said, "zh")
    assert say(breach.advice, "zh")


def test_a_title_between_the_two_limits_is_sent_with_a_word() -> None:
    (breach,) = find_breaches([a_post(title="题" * 33)], "")
    assert not breach.stops
    assert find_breaches([a_post(title="题" * 32)], "") == []


def test_a_push_has_at_most_eight_posts_and_an_author_sixteen_characters() -> None:
    assert len(find_breaches([a_post()] * 9, "作" * 17)) == 2
    assert find_breaches([a_post()] * 8, "作" * 16) == []


def test_bytes_are_counted_beside_characters() -> None:
    assert find_breaches([a_post(content="中" * 19_999)], "") == [], "60 kB are no megabyte"


@pytest.mark.parametrize(
    ("answered", "address"),
    [
        ("http://mmbiz.qpic.cn/a?x=1", "https://mmbiz.qpic.cn/a?x=1"),
        ("https://mmbiz.qpic.cn/a", "https://mmbiz.qpic.cn/a"),
        ("https://elsewhere.example/a", ""),
        ("https://mmbiz.qpic.cn.elsewhere.example/a", ""),
        (5, ""),
        (None, ""),
    ],
)
def test_only_an_address_of_the_platform_is_taken_and_over_https(answered: object, address: str) -> None:
    assert read_address({"url": answered}) == address


def test_a_lost_draft_is_known_by_what_it_holds_and_when_it_came() -> None:
    marks = (DraftMark("news", "标题 & 一", "https://a.example/?a=1&b=2", "m1"),)

    def listed(**changes: object) -> dict[str, object]:
        post: dict[str, object] = {
            "title": "标题 &amp; 一",
            "content_source_url": "https://a.example/?a=1&amp;b=2",
            "thumb_media_id": "m1",
        }
        item: dict[str, object] = {"media_id": "d1", "update_time": int(BEGIN.timestamp())}
        item |= {k: v for k, v in changes.items() if k in item}
        post |= {k: v for k, v in changes.items() if k not in item}
        return {**item, "content": {"news_item": [post]}}

    def find(*items: dict[str, object], known: tuple[str, ...] = ()) -> str:
        found = find_lost(read_listing({"item": list(items)}), marks, BEGIN, known)
        return found.media_id if found else ""

    assert find(listed()) == "d1"
    assert find(listed(thumb_media_id="")) == "d1", "what the list does not tell counts as the same"
    assert find(listed(title="另一个")) == ""
    assert find(listed(thumb_media_id="m2")) == "", "another cover: somebody's own draft of that title"
    assert find(listed(article_type="newspic")) == ""
    assert find(listed(update_time=int((BEGIN - timedelta(hours=1)).timestamp()))) == ""
    assert find(listed(), known=("d1",)) == "", "the draft of another issue"
    later = listed(media_id="d2", update_time=int((BEGIN + timedelta(minutes=1)).timestamp()))
    assert find(listed(), later) == "d2", "the newest"
    assert read_listing({"item": [{}, 5, {"media_id": "x"}, {"media_id": "y", "content": []}]})


def test_a_request_is_over_after_a_while_and_a_clock_that_went_back_says_nothing() -> None:
    assert not is_settled(BEGIN, BEGIN + SETTLED - timedelta(seconds=1))
    assert is_settled(BEGIN, BEGIN + SETTLED)
    assert is_settled(BEGIN, BEGIN - timedelta(days=1))


def with_piece(body: str) -> Digest:
    digest = chinese()
    item = replace(digest.lead, body=body, original=True)
    sections = tuple(
        replace(s, items=tuple(item if i.number == item.number else i for i in s.items))
        for s in digest.sections
    )
    return replace(digest, lead=item, sections=sections)


def answering(result: object) -> object:
    def fetch(requests: Iterable[Request]) -> Iterator[Answer]:
        for request in requests:
            yield Answer(request, result, 0.0)  # type: ignore[arg-type]

    return fetch


def test_pictures_of_an_own_piece_are_fetched_and_sent_and_local_ones_told() -> None:
    url = "https://pics.example/a.jpg"
    digest = with_piece(
        f'<p>甲</p><img src="{url}"><img src="local.png" alt="手绘"><img src="http://mmbiz.qpic.cn/x">'
    )
    small = Page(url, photo(120, 60), BEGIN)  # too small for a feed's picture, but the editor chose it
    fetched = fetch_foreign(digest, answering(small))  # type: ignore[arg-type]
    assert list(fetched) == [url], "what is on the platform already stays"
    (post,) = make_posts(digest, sources({}, fetched), DraftSettings())
    assert [picture.digest for picture in post.pictures] == [fetched[url].digest]
    assert place_of(fetched[url].digest) in post.content
    assert url not in post.content
    assert list_strays(post) == []
    assert [say(note, "zh") for note in post.notes if "手绘" in say(note, "zh")]


def moving(pictures: int = 3) -> bytes:
    """A GIF of so many pictures."""
    first, *rest = (Picture.new("RGB", (64, 48), color) for color in ("red", "green", "blue")[:pictures])
    out = BytesIO()
    first.save(out, "GIF", save_all=True, append_images=rest, duration=80)
    return out.getvalue()


def test_a_picture_that_moves_is_sent_as_it_is_and_a_gif_that_stands_still_as_any_other() -> None:
    url = "https://pics.example/a.gif"
    digest = with_piece(f'<p>甲</p><img src="{url}">')
    gif = Page(url, moving(), BEGIN)
    fetched = fetch_foreign(digest, answering(gif))  # type: ignore[arg-type]
    assert fetched[url].data == moving()
    assert fetched[url].is_animation
    still = fetch_foreign(digest, answering(Page(url, moving(1), BEGIN)))[url]  # type: ignore[arg-type]
    assert not still.is_animation
    assert not still.data.startswith(b"GIF")
    about = message("draft.item", number=1, title="一")
    large = DraftPicture("picture.gif", b"x" * 1_000_001, about)
    assert find_breaches([a_post(pictures=(large,))], "") == [], "material may have 10 MB"
    (breach,) = find_breaches([a_post(pictures=(replace(large, data=b"x" * 10_000_001),))], "")
    assert breach.stops


OWN = CONFIG.model_copy(
    update={"sources": (Source(id="own", name="自己", reader="originals", folder="own"),)}
)


def test_pictures_that_lie_beside_a_piece_are_sent_and_what_is_not_there_is_left_to_the_hand(
    tmp_path: Path,
) -> None:
    (tmp_path / "own/2026/pics").mkdir(parents=True)
    (tmp_path / "own/2026/piece.md").write_text("甲", "utf-8")
    (tmp_path / "own/2026/pics/a b.png").write_bytes(photo(90, 90))
    (tmp_path / "secret.png").write_bytes(photo())
    (tmp_path / "own/link.png").symlink_to(tmp_path / "secret.png")
    names = (
        "pics/a%20b.png",
        "pics/none.png",
        "../secret.png",
        "../../secret.png",
        "link.png",
        "/etc/passwd",
    )
    digest = with_piece("<p>甲</p>" + "".join(f'<img src="{name}" alt="">' for name in names))
    digest = with_items(digest, lambda item: replace(item, source_id="own"))
    found = read_local(tmp_path, OWN, digest)
    number = digest.lead.number
    assert list(found) == [(number, names[0])]
    (post,) = make_posts(digest, sources({})._replace(local=found), DraftSettings())
    (picture,) = post.pictures
    assert place_of(picture.digest) in post.content
    told = " ".join(say(note, "zh") for note in post.notes)
    assert "none.png" in told
    assert "a%20b.png" not in told
    assert list_strays(post) == []


def test_a_file_beside_a_piece_that_is_no_picture_stops_the_draft(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own/a.png").write_bytes(b"not a picture")
    digest = with_items(with_piece('<img src="a.png">'), lambda item: replace(item, source_id="own"))
    with pytest.raises(DraftError) as refused:
        read_local(tmp_path, OWN, digest)
    assert say(refused.value.message, "zh").startswith(f"第 {digest.lead.number} 条《")


@pytest.mark.parametrize(
    "result", [Failure("x", "找不到主机", "核对域名"), Page("https://a.example/", b"<html>", BEGIN)]
)
def test_a_picture_of_a_piece_that_cannot_be_had_is_told_by_its_item(result: object) -> None:
    digest = with_piece('<p>甲</p><img src="https://pics.example/a.jpg">')
    with pytest.raises(DraftError) as refused:
        fetch_foreign(digest, answering(result))  # type: ignore[arg-type]
    assert say(refused.value.message, "zh").startswith(f"第 {digest.lead.number} 条《")


def test_a_picture_that_would_be_dropped_is_a_stray() -> None:
    assert list_strays(a_post(content='<img src="https://elsewhere.example/a.jpg">')) == [
        "https://elsewhere.example/a.jpg"
    ]
