"""What is pasted by hand elsewhere: within what each place takes, whatever feeds and editors wrote."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from curate.config.schema import Look
from curate.domain.model import Digest, Section
from curate.render import render
from curate.render.channels.copy_package import choose_title, list_tags, package_view, prepare_digest
from curate.render.channels.toutiao import TOUTIAO
from curate.render.channels.xiaohongshu import LONGEST_TEXT, MOST_PICTURES, XIAOHONGSHU, write_note
from curate.render.channels.zhihu import ZHIHU
from curate.render.context import with_items
from curate.render.messages import count_halves, count_utf16
from tests.render_samples import PACKAGES, TEMPLATES, chinese, english, of_length, one_item

CODER, FLAG = "👩🏽‍💻", "🏳️‍🌈"
LONG = {
    "chinese": "一家实验室把长文本模型的推理成本降到原来的三分之一，" * 400,
    "one word": "x" * 10_000,
    "emoji": (CODER + FLAG) * 1_500,
    "mixed": "GPT-5 发布了🎉" * 1_000,
    "an address": "https://example.com/" + "a" * 9_000,
}


def made(digest: Digest, *channels: str, look: Look | None = None) -> dict[str, bytes]:
    files, refused = render(digest, channels or PACKAGES, TEMPLATES, look)
    assert refused == ()
    return files


def note_of(digest: Digest, look: Look | None = None) -> tuple[str, str]:
    """Title and text of the note for 小红书."""
    digest = prepare_digest(digest)
    names = package_view(digest, look or Look())
    tags = " ".join(list_tags(digest, XIAOHONGSHU.most_tags))
    return choose_title(digest, XIAOHONGSHU, names), write_note(digest, names, tags)


def lengthened(text: str) -> Digest:
    """An issue all of whose words are such a text."""
    digest = of_length(chinese(), 24)
    digest = with_items(digest, lambda i: replace(i, title=text, summary=text, source=text, note=text))
    return replace(digest, account=text, headline=text, opening=text, closing=text)


@pytest.mark.parametrize("kind", LONG)
def test_no_title_and_no_text_is_longer_than_its_place_takes(kind: str) -> None:
    for digest in (lengthened(LONG[kind]), one_item(LONG[kind])):
        title, text = note_of(digest)
        assert 0 < count_halves(title) <= 20
        assert count_utf16(text) <= LONGEST_TEXT
        assert text.encode("utf-16").decode("utf-16") == text, "no emoji is cut in two"
        assert not re.search("[\ud800-\udfff]|\u200d$|\u200d…", title + text)
        for destination in (ZHIHU, TOUTIAO):
            title = choose_title(digest, destination, package_view(digest, Look()))
            assert 0 < count_utf16(title) <= destination.longest_title


def test_characters_are_counted_as_the_place_counts_them() -> None:
    assert count_halves("Claude 4.6发布，AI助手又进化了") == 15, "as its page was seen to count"
    assert count_halves("字" * 20) == 20
    assert count_halves("a" * 40) == 20
    assert count_halves("a" * 41) == 21
    assert count_halves("🎉") == 2


def test_a_short_note_has_the_summaries_and_a_long_one_the_titles() -> None:
    few = replace(chinese(), sections=chinese().sections[:2])
    assert all(item.summary in note_of(few)[1] for section in few.sections for item in section.items)
    whole = chinese()
    text = note_of(whole)[1]
    assert whole.lead.summary in text
    assert whole.sections[-1].items[-1].summary not in text
    assert all(f"{i.title}（{i.source}）" in text for s in whole.sections for i in s.items)


def test_what_does_not_fit_ends_at_an_item_and_is_counted() -> None:
    digest = of_length(chinese(), 60)
    text = note_of(digest)[1]
    told = [line for line in text.splitlines() if re.match(r"\d+\. ", line)]
    assert all(line.endswith("）") for line in told)
    (hidden,) = re.findall(r"另有 (\d+) 条", text)
    assert len(told) + int(hidden) == 60


def test_a_note_has_no_address_and_none_of_the_words_for_readers_on_wechat() -> None:
    digest = with_items(
        chinese(),
        lambda i: replace(
            i,
            title=f"{i.title} https://t.example/a?b=1",
            summary="见 www.site.example/x。好",
            note="HTTP://x.example",
        ),
    )
    look = Look(opening="点上方蓝字关注", closing="长按识别二维码")
    files = made(replace(digest, sharing="转发到朋友圈"), look=look)
    note = files["xiaohongshu/text.txt"].decode()
    assert not re.search(r"https?:|www\.|\.example", note, re.IGNORECASE)
    for name in ("xiaohongshu/text.txt", "zhihu/article.md", "toutiao/article.html"):
        assert not re.search("蓝字|二维码|朋友圈|回复编号", files[name].decode()), name


def test_tags_are_the_topics_without_what_would_end_one() -> None:
    names = ("AI & 科技", "芯片 / 硬件", "🎨", "AI & 科技", *(f"栏目{n}" for n in range(20)))
    one = chinese().sections[0].items
    sections = tuple(Section(f"t{n}", name, "", one) for n, name in enumerate(names))
    digest = replace(chinese(), sections=sections)
    assert list_tags(digest, 10)[:3] == ["#AI科技", "#芯片硬件", "#栏目0"]
    assert len(list_tags(digest, 10)) == 10
    assert note_of(digest)[1].splitlines()[-1].count("#") == XIAOHONGSHU.most_tags
    assert list_tags(digest, ZHIHU.most_tags) == ["#AI科技", "#芯片硬件", "#栏目0"]


def test_pictures_have_the_shape_that_each_place_wants() -> None:
    one = chinese().sections[0].items
    many = replace(
        chinese(), sections=tuple(Section(f"t{n}", f"栏目{n}", "", one) for n in range(30)), must_read=3
    )
    files = made(many)
    cards = [
        Image.open(BytesIO(body)).size for name, body in files.items() if name.startswith("xiaohongshu/0")
    ]
    assert {width * 4 == height * 3 - 12 or width * 4 == height * 3 for width, height in cards} == {True}
    assert sum(name.startswith("xiaohongshu/") and name.endswith(".jpg") for name in files) == MOST_PICTURES
    for name in ("zhihu/cover.jpg", "toutiao/cover.jpg"):
        width, height = Image.open(BytesIO(files[name])).size
        assert width * 9 == height * 16
        assert (width, height) >= (660, 370)


def test_toutiao_has_no_links_and_one_heading_and_zhihu_keeps_links() -> None:
    files = made(chinese())
    html = files["toutiao/article.html"].decode()
    assert set(re.findall(r"<(\w+)", html)) <= {"p", "strong", "h1", "blockquote"}
    pasted = files["zhihu/index.html"].decode().split('<article id="text">')[1].split("</article>")[0]
    assert set(re.findall(r"<(\w+)", pasted)) <= {"p", "strong", "a", "h2", "blockquote", "hr"}
    assert chinese().lead.url in pasted


def test_a_piece_keeps_its_text_and_its_headings_are_strong_lines() -> None:
    digest = chinese()
    piece = replace(digest.lead, body="<h2>一</h2><p>正文 <b>粗</b></p><h3>二</h3>", original=True)
    digest = with_items(digest, lambda item: piece if item.number == piece.number else item)
    files = made(digest)
    assert "<p><strong>一</strong></p>" in files["toutiao/article.html"].decode()
    assert "<h3>" not in files["zhihu/index.html"].decode()
    markdown = files["zhihu/article.md"].decode()
    assert "**一**" in markdown
    assert "###" not in markdown


def test_markup_that_a_feed_sends_stays_text() -> None:
    digest = with_items(english(), lambda i: replace(i, title="<script>x</script> *a*", source="<b>s</b>"))
    for name, body in made(digest).items():
        if name.endswith("html"):
            assert "<script>x" not in body.decode(), name
            assert "<b>s" not in body.decode(), name


@pytest.mark.parametrize("channel", PACKAGES)
def test_a_page_asks_for_nothing_and_names_its_one_script(channel: str) -> None:
    page = made(chinese(), channel)[f"{channel}/index.html"].decode()
    assert re.search(r"default-src 'none'.*script-src 'sha256-[\w+/=]+'; img-src 'self' file:", page)
    assert not re.search(r'(?:src|href)="(?!\d\d\.jpg|cover\.jpg|https://)', page)
