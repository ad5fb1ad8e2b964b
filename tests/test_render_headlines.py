"""Headlines that are offered for a whole post: made of what is in it, whole, within the limit, calm before loud."""

from __future__ import annotations

from dataclasses import replace

import pytest

from curate.config.schema import Look
from curate.domain.model import Digest, Section
from curate.domain.serialization import from_json, to_json
from curate.i18n.catalogue import say
from curate.render.channels.wechat import post_fields, wechat
from curate.render.context import items
from curate.render.headlines import OFFERED, headline_of, offer_headlines, say_headlines
from curate.render.wechat.lint import TITLE_LIMIT
from tests.render_samples import TEMPLATES, chinese, english, one_item


def titled(*titles: str, topics: int = 2) -> Digest:
    """An issue of these titles, dealt out over some topics, the first of them leading."""
    base = chinese()
    every = tuple(
        replace(item, title=title, topic=f"t{n % topics}", number=n + 1)
        for n, (item, title) in enumerate(zip(items(base), titles, strict=False))
    )
    sections = tuple(
        Section(f"t{n}", f"栏目{n}", "", tuple(item for item in every if item.topic == f"t{n}"))
        for n in range(topics)
    )
    return replace(base, lead=every[0], sections=tuple(s for s in sections if s.items))


def test_lead_second_story_and_topics_are_offered() -> None:
    offered = say_headlines(titled("甲公司发布新芯片", "乙市地铁开通", "丙大学公布名单"))
    assert offered[0].startswith("甲公司发布新芯片｜")
    assert offered[1] == "甲公司发布新芯片；乙市地铁开通"
    assert offered[2].endswith("栏目0、栏目1等 3 条")
    asked = say_headlines(titled("新芯片卖多少钱？", "乙市地铁开通"))
    assert asked[1] == "新芯片卖多少钱？乙市地铁开通"


@pytest.mark.parametrize("digest", [chinese(), english(), one_item("x"), replace(chinese(), name="一周精选")])
def test_headlines_fit_the_back_office_and_differ(digest: Digest) -> None:
    offered = say_headlines(digest)
    assert 1 <= len(offered) <= OFFERED
    assert len(set(offered)) == len(offered)
    assert all(0 < len(words) <= TITLE_LIMIT for words in offered)
    if digest.name:
        assert not any("期" in words for words in offered)


def test_a_title_that_shouts_stands_behind_those_that_do_not() -> None:
    loud = "震惊！！这件事竟然没人知道，太可怕了"
    offered = say_headlines(titled(loud, "乙市地铁开通", "丙大学公布名单"))
    assert not any(loud in words for words in offered[:2])
    told = say_headlines(titled("乙市地铁开通", loud, "丙大学公布名单", topics=3))
    assert told[1] == "乙市地铁开通；丙大学公布名单"


def test_no_title_is_cut_to_stand_beside_another() -> None:
    long = "一" * 60
    offered = say_headlines(titled(long, "乙市地铁开通", "丙大学公布名单"))
    assert offered[0] == long
    assert not any("…" in words for words in offered)


def test_stored_headlines_have_key_and_values() -> None:
    digest = replace(chinese(), headlines=offer_headlines(chinese()))
    again = from_json(Digest, to_json(digest))
    assert again.headlines == digest.headlines
    assert tuple(say(each, "zh") for each in again.headlines) == say_headlines(digest)
    assert all(each.key.startswith(("post.", "text")) for each in again.headlines)


def test_the_editors_own_headline_wins() -> None:
    digest = replace(chinese(), headline="  今天最重要的\n三件事 ")
    assert headline_of(digest) == post_fields(digest)["title"] == "今天最重要的 三件事"
    assert headline_of(chinese()) == say_headlines(chinese())[0]


def test_the_copy_page_offers_the_other_headlines_to_copy() -> None:
    page = wechat(chinese(), TEMPLATES, Look())["wechat.html"].decode()
    usual, *others = say_headlines(chinese())
    assert len(others) == 2
    for n, words in enumerate(others, 1):
        assert f'<p id="title-{n}" aria-labelledby="titles-label" class="value">{words}</p>' in page
        assert f'data-copy="title-{n}"' in page
    own = wechat(replace(chinese(), headline="我的标题"), TEMPLATES, Look())["wechat.html"].decode()
    assert '<p id="title" aria-labelledby="title-label" class="value">我的标题</p>' in own
    assert f'class="value">{usual}</p>' in own
