"""Cards of a post of pictures: a cover and one a topic, 3:4, nothing outside, nothing left out in silence."""

from __future__ import annotations

import time
from io import BytesIO

from PIL import Image

from curate.config.delivery_schema import DraftSettings
from curate.config.schema import Look
from curate.delivery.cards import make_cards
from curate.delivery.posts import DraftSources
from curate.images.cards import CARD_SIZE, CardRow, ListCard, draw_card
from curate.render.channels.cards import cards
from tests.render_samples import TEMPLATES, chinese


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("L")


def test_there_is_a_cover_and_a_card_for_each_topic() -> None:
    digest = chinese()
    made = cards(digest, TEMPLATES, Look())
    assert list(made) == [f"cards/{n:02d}.jpg" for n in range(1 + len(digest.sections))]
    assert {opened(data).size for data in made.values()} == {CARD_SIZE}
    assert all(len(data) < 1_000_000 for data in made.values())


def test_the_same_issue_has_the_same_cards() -> None:
    digest = chinese()
    assert cards(digest, TEMPLATES, Look()) == cards(digest, TEMPLATES, Look()), (
        "or each run would upload anew"
    )


def test_what_does_not_fit_is_counted() -> None:
    told: list[int] = []
    rows = tuple(
        CardRow(str(n), "一个不短的标题，要占两行才写得下，再加几个字凑满两行" * 2, "来源") for n in range(30)
    )

    def say_more(count: int) -> str:
        told.append(count)
        return f"另有 {count} 条"

    few = draw_card(ListCard("栏目", rows[:2], "", ""), "#0a7d4f", say_more)
    assert told == []
    draw_card(ListCard("栏目", rows, "", ""), "#0a7d4f", say_more)
    assert 0 < told[0] < 30
    assert opened(few).getbbox()


def test_a_name_of_ten_thousand_letters_is_cut_at_once() -> None:
    card = ListCard("栏" * 10_000, (CardRow("1", "字" * 10_000, "x" * 10_000),), "左" * 10_000, "y" * 10_000)
    began = time.process_time()
    draw_card(card, "#0a7d4f", str)
    assert time.process_time() - began < 3


def test_no_letter_runs_over_the_edge() -> None:
    row = CardRow("1", "LongWordsWithoutAnySpaceInThem" * 8, "Source " * 30)
    image = opened(draw_card(ListCard("栏" * 40, (row,), "", ""), "#0a7d4f", str))
    margin = image.crop((CARD_SIZE[0] - 40, 300, *CARD_SIZE))
    assert min(margin.tobytes()) > 200, "the margin at the right is empty"


def test_the_text_below_the_cards_is_whole_lines_within_its_bytes() -> None:
    digest = chinese()
    (post,) = make_cards(digest, DraftSources({}, {}, TEMPLATES, Look()), DraftSettings(kind="newspic"))
    lines = post.content.splitlines()
    assert len(post.content.encode()) <= 2_000
    assert lines[0] == f"【{digest.sections[0].name}】"
    assert lines[-1].startswith("在公众号里回复编号")
    titles = {item.title for section in digest.sections for item in section.items}
    assert all(line.partition(" ")[2] in titles for line in lines[1:-1] if not line.startswith("【"))
    assert len(post.title) <= 32
