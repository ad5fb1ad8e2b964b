"""What a sentence needs beside itself: one that leans on another must not begin a summary alone."""

import pytest

from curate.text.summary.cohesion import (
    answers,
    lacks_antecedent,
    leans,
    names_its_subject,
    promises,
    recalls,
)


@pytest.mark.parametrize(
    "sentence",
    [
        "然而，新馆离车站太远。",
        "果不其然，新馆第一天就停了电。",
        "是时候把它改成书店了！",
        "打开刚才装好的灯，可以看到摊位的号码。",
        "有许多摊位，包括此摊位，都空着。",
        "如上图，灯在左边。",
        "去年冬天，我在上图所示的摊位上修了灯。",
        "As we can see, the hall has only ten stalls.",
        "By the way, I wonder how one becomes a keeper.",
        "More generally, a stall has two keepers.",
        "For now I'll just say that the lamps are lit.",
        "BTW, the rent went up in March.",
        "A large part of it consists of lamps.",
        "I may be blamed for this, but I mean well.",
        "新馆也将在夜里开放。",
        "Now I'd like to take you back to the old hall.",
        "Zooming out, it's given me a chance to think about lamps.",
        "The hall also has a second gate.",
        "The first reason is the rent.",
        "If done right, each of these stalls has a door.",
        "The first was the closing of the old bridge.",
        "Check out their map of the old bridges!",
        "First up: a bridge that hums.",
        "的确，新馆离车站太远。",
        "Based on that count, the hall has ten stalls.",
        "In the case of lamps, we use oil.",
        "意思是说，灯要在天黑以前点上。",
        "值得一提的是，新馆没有后门。",
        "Actually, the stall in question is rented.",
        "The second drawback is that the hall is cold.",
        "Along the way, we look at how lamps are made.",
    ],
)
def test_what_leans(sentence: str) -> None:
    assert leans(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "城东旧货市场搬进了新馆。",
        "市场前面排了长队，摊主把钥匙交给了门卫。",
        "谁也没想到新馆会停电。",
        "The first market in town opened in 1946.",
        "As many as ten stalls have moved.",
        "A part of the roof was made in 1946.",
        "The keeper of the hall thinks it is too cold.",
        "The first bridge over the river was built of oak.",
        "See the map of the old bridges before they go.",
    ],
)
def test_what_stands_alone(sentence: str) -> None:
    assert not leans(sentence)


def test_a_pronoun_needs_somebody_before_it() -> None:
    assert lacks_antecedent("In a novel of 1971, she describes a market.")
    assert not lacks_antecedent("In a novel of 1971, Anna says that she knows the market.")
    assert not lacks_antecedent("A keeper of the hall lost her dog.")
    assert not lacks_antecedent("Each of us can change his or her lamp.")


def test_a_pronoun_may_stand_for_the_title() -> None:
    assert names_its_subject("他在旧市场摆了二十二年。")
    assert not names_its_subject("然而新馆离车站太远。")


def test_what_is_promised_stands_after() -> None:
    assert promises("规则如下：")
    assert promises("The rules are as follows.")
    assert not promises("规则只有一条。")


@pytest.mark.parametrize(
    "sentence",
    [
        "In my last post, I showed how to mend a lamp.",
        "In Part 2 of this series, we looked at the roof.",
        "A previous post counted the stalls in the old hall.",
        "I recently wrote about how the lamps are made.",
        "上一节课我们讲了怎样修灯。",
        "前面三章里，我把摊位介绍了一遍。",
        "上一篇文章里，我写到了旧市场的灯。",
    ],
)
def test_what_goes_back_to_another_piece(sentence: str) -> None:
    assert recalls(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The company's previous report showed a loss.",
        "The last episode of the show aired on Monday.",
        "In the latest post on X, the mayor said no.",
        "The last installment of the series came out in 1998.",
        "上次加息是在2018年。",
        "前三部分别在2010年和2012年上映。",
        "她在上一次讲话中提到了旧市场。",
    ],
)
def test_what_tells_of_an_earlier_thing_goes_back_to_no_piece(sentence: str) -> None:
    assert not recalls(sentence)


@pytest.mark.parametrize("sentence", ["The stalls are listed below.", "摊位的名单见下文。"])
def test_what_stands_below_is_promised(sentence: str) -> None:
    assert promises(sentence)


def test_a_reply_is_told_by_its_title() -> None:
    assert answers("Re: who mends the lamps")
    assert answers("Help: The Hall • Re: who mends the lamps")
    assert answers("回复：灯坏了怎么办")
    assert not answers("Re-opening of the hall")
    assert not answers("Reading: a history of lamps")
