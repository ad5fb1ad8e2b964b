"""Whether two texts are of one topic, looser than one event."""

from __future__ import annotations

import numpy as np
import pytest

from curate.curation.related import related, vectors

TOPICS = (
    ("台风登陆福建，沿海列车停运", "福建列车因台风停运，旅客滞留车站"),
    ("大熊猫在成都产下双胞胎幼崽", "成都基地的大熊猫幼崽满月亮相"),
    ("央行下调存款准备金率半个百分点", "存款准备金率下调后股市上涨"),
    ("高校公布研究生复试分数线", "研究生复试分数线公布，考生查询"),
    ("女排三比零战胜巴西晋级决赛", "女排决赛对手确定，教练谈巴西之战"),
    ("故宫雪景引来大批摄影爱好者", "摄影爱好者凌晨排队拍故宫雪景"),
)


def test_pairs_of_one_topic_are_nearer_than_strangers() -> None:
    found = related(TOPICS)
    assert found.pairs.min() > found.strangers.max()
    assert found.threshold(0.5) < found.threshold() <= found.strangers.max()


def test_a_stock_phrase_that_all_share_relates_nobody() -> None:
    stock = "点击蓝字关注我们，编辑：王小明，审核：李大伟。"
    plain, dressed = related(TOPICS), related([(stock + left, stock + right) for left, right in TOPICS])
    assert abs(dressed.strangers.mean()) < 0.15
    assert dressed.pairs.min() > dressed.strangers.max()
    assert len(plain.strangers) == len(dressed.strangers) == 30


def test_english_is_compared_by_its_words() -> None:
    pairs = (
        ("Earthquake shakes Sumatra", "Sumatra earthquake kills dozens"),
        ("Parliament passes budget", "Budget passes after parliament debate"),
        ("Actor joins rehab clinic", "Clinic confirms actor left rehab"),
    )
    found = related(pairs)
    assert found.pairs.min() > found.strangers.max()


def test_vectors_are_of_unit_length_and_nothing_is_orthogonal_to_all() -> None:
    matrix = vectors(["台风登陆福建", "ｔｙｐｈｏｏｎ News", "", "！！！"])
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    assert lengths == pytest.approx([1, 1, 0, 0])


@pytest.mark.parametrize("pairs", [[], [("一", "二")], [("", "")]])
def test_few_texts_have_no_crowd(pairs: list[tuple[str, str]]) -> None:
    found = related(pairs)
    assert found.pairs.tolist() == [0.0] * len(pairs)
    assert found.threshold() == 0.0


def test_order_of_the_pairs_changes_nothing() -> None:
    forward, backward = related(TOPICS), related(TOPICS[::-1])
    assert forward.pairs == pytest.approx(backward.pairs[::-1])
