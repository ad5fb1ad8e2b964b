"""Composition: limits are kept, everything has a verdict, adverts and the lead are treated as promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from curate.config.schema import OTHER, DigestSettings, Topic
from curate.domain.model import Entry, EntryKey, Pick, Reason, Story
from curate.i18n.catalogue import say
from curate.ranking.select import compose, lead_of
from curate.ranking.signals import NEVER_LEADS

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TOPICS = (Topic(id="city", name="城市", order=2), Topic(id="money", name="财经", order=1, quota=2))


def pick(
    name: str,
    score: float,
    topic: str = "city",
    source: str = "s",
    title: str = "",
    *,
    original: bool = False,
    why: tuple[Reason, ...] = (),
) -> Pick:
    entry = Entry(source, name, f"https://{source}.example/{name}", title or name, NOW, original=original)
    return Pick(Story(entry), topic, 0.9, score, why)


def titles(picks: list[Pick]) -> list[str]:
    return [p.story.lead.title for p in picks]


def test_sections_follow_their_order_and_originals_stand_first_in_them() -> None:
    picks = [
        pick("a", 3.0, "city", "s1"),
        pick("b", 1.0, "city", "me", original=True),
        pick("c", 2.0, "money", "s2"),
        pick("d", 5.0, OTHER, "s3"),
    ]
    made, _ = compose(picks, DigestSettings(), TOPICS)
    assert titles(made) == ["c", "b", "a", "d"]


def test_a_topics_quota_and_the_limit_of_a_source_are_kept_and_said() -> None:
    picks = [pick(f"m{i}", 9 - i, "money", f"s{i}", f"第{i * 37}号消息{'甲乙丙丁'[i]}") for i in range(4)]
    picks += [
        pick(f"c{i}", 4 - i / 10, "city", "same", f"{'春夏秋冬'[i]}天的{i * 53}条新闻") for i in range(4)
    ]
    made, verdicts = compose(picks, DigestSettings(per_source=3), TOPICS)
    assert [p.story.lead.id for p in made] == ["m0", "m1", "c0", "c1", "c2"]
    words = {v.entry.id: say(v.message, "zh") for v in verdicts if not v.picked}
    assert "“财经”栏目 2 条已满" in words["m2"]
    assert "同一来源已有 3 条" in words["c3"]


def test_an_advert_is_left_out_or_put_last_and_never_leads() -> None:
    why = Reason("advert", 0.9, "像推广（90%）：“自称推广”")
    advert = replace(pick("ad", 9.0, "city", "s1", "【福利】限时抢购，仅需99元"), advert=why)
    plain = pick("news", 1.0, "city", "s2", "市图书馆延长开放时间")
    made, verdicts = compose([advert, plain], DigestSettings(adverts="exclude"), TOPICS)
    assert [p.story.lead.id for p in made] == ["news"]
    assert "自称推广" in next(say(v.message, "zh") for v in verdicts if v.entry.id == "ad")
    made, _ = compose([advert, plain], DigestSettings(adverts="demote"), TOPICS)
    assert {p.story.lead.id for p in made} == {"ad", "news"}
    lead = lead_of(made)
    assert lead is not None
    assert lead.story.lead.id == "news"
    made, _ = compose([advert, plain], DigestSettings(adverts="demote", items=1), TOPICS)
    assert [p.story.lead.id for p in made] == ["news"]


def test_a_source_of_no_weight_never_leads_while_there_is_another() -> None:
    barred = pick("x", 9.0, why=(Reason(NEVER_LEADS, 0.0, "权重为 0"),))
    lead = lead_of([barred, pick("y", 1.0)])
    assert lead is not None
    assert lead.story.lead.id == "y"
    assert lead_of([barred]) is barred
    assert lead_of([]) is None


def test_two_titles_that_read_alike_are_not_both_taken() -> None:
    picks = [
        pick("a", 3.0, "city", "s1", "海川地铁五号线今日开通"),
        pick("b", 2.0, "city", "s2", "海川地铁五号线今日正式开通"),
    ]
    made, verdicts = compose(picks, DigestSettings(), TOPICS)
    assert [p.story.lead.id for p in made] == ["a"]
    assert "海川地铁五号线今日开通" in say(verdicts[1].message, "zh")


def test_the_words_are_english_where_the_account_is() -> None:
    _, verdicts = compose([pick("a", 3.0)], DigestSettings(), TOPICS)
    assert say(verdicts[0].message, "en") == "picked as the lead (3.00 points)"


@given(
    st.lists(
        st.tuples(
            st.floats(-2, 4), st.sampled_from(["city", "money", OTHER]), st.sampled_from("abc"), st.booleans()
        ),
        max_size=30,
    ),
    st.integers(1, 8),
    st.randoms(use_true_random=False),
)
def test_every_candidate_has_one_verdict_and_the_order_of_candidates_changes_nothing(
    drawn: list[tuple[float, str, str, bool]], items: int, chance: object
) -> None:
    picks = [
        pick(f"{i}", round(score, 2), topic, source, f"题{i * 7919}", original=own)
        for i, (score, topic, source, own) in enumerate(drawn)
    ]
    settings = DigestSettings(items=items, per_source=2, per_topic=3)
    made, verdicts = compose(picks, settings, TOPICS)
    shuffled = list(picks)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert compose(shuffled, settings, TOPICS) == (made, verdicts)
    assert sorted(v.entry.id for v in verdicts) == sorted(p.story.lead.id for p in picks)
    assert {v.entry.id for v in verdicts if v.picked} == {p.story.lead.id for p in made}
    assert len(made) <= items
    others = [p for p in made if not p.story.lead.original]
    assert all(sum(o.story.lead.source == s for o in others) <= 2 for s in "abc")
    assert sum(o.topic == "money" for o in others) <= 2


def test_of_two_equal_stories_the_one_with_a_summary_is_taken_and_a_better_one_still_wins() -> None:
    picks = [pick("a", 3.0, source="s1", title="东边的桥"), pick("b", 2.95, source="s2", title="西边的路")]
    made, verdicts = compose(picks, DigestSettings(items=1), TOPICS, bare={EntryKey("s1", "a")})
    assert [p.story.lead.id for p in made] == ["b"]
    assert "没有能做摘要的句子" in next(say(v.message, "zh") for v in verdicts if not v.picked)
    picks[0] = pick("a", 4.0, source="s1", title="东边的桥")
    made, _ = compose(picks, DigestSettings(items=1), TOPICS, bare={EntryKey("s1", "a")})
    assert [p.story.lead.id for p in made] == ["a"]


def test_a_further_piece_of_an_affair_gives_way_unless_it_is_much_stronger() -> None:
    first = pick("a", 3.0, source="s1", title="云帆物流宣布收购飞梭快递")
    other = pick("c", 1.7, source="s3", title="鹿鸣路图书馆今起通宵开放")

    def further(score: float) -> Pick:
        found = pick("b", score, source="s2", title="飞梭的分拣员担心什么")
        return replace(found, story=replace(found.story, akin=frozenset({EntryKey("s1", "a")})))

    made, verdicts = compose([first, further(2.0), other], DigestSettings(items=2), TOPICS)
    assert titles(made) == ["云帆物流宣布收购飞梭快递", "鹿鸣路图书馆今起通宵开放"]
    assert "与已入选的《云帆物流宣布收购飞梭快递》说的是一件事" in say(verdicts[1].message, "zh")
    made, _ = compose([first, further(2.5), other], DigestSettings(items=2), TOPICS)
    assert titles(made) == ["云帆物流宣布收购飞梭快递", "飞梭的分拣员担心什么"]
    made, _ = compose([first, further(2.0)], DigestSettings(items=2), TOPICS)
    assert len(made) == 2
    known = replace(first, story=replace(first.story, akin=frozenset({EntryKey("s2", "b")})))
    plain = replace(further(2.0), story=replace(further(2.0).story, akin=frozenset()))
    made, _ = compose([known, plain, other], DigestSettings(items=2), TOPICS)
    assert titles(made) == ["云帆物流宣布收购飞梭快递", "鹿鸣路图书馆今起通宵开放"]
