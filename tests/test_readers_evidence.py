"""What is learnt from readers: true within its intervals, silent without evidence, and never starving a topic."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from curate.audience.closing_lines import TRIED, next_line
from curate.audience.effects import Effect, Fit, fit
from curate.audience.evidence import ENOUGH, Evidence, hour_band, title_form
from curate.audience.rates import Prior, alone, draw_rate, pool_rates, prior
from curate.audience.score_interval import Counts, Factor
from curate.config.schema import Account, DigestSettings, Source, Topic
from curate.domain.model import Entry, EntryKey, Pick, Reason, Story
from curate.i18n.catalogue import say
from curate.ranking.audience_signal import READERS, rules
from curate.ranking.select import compose
from curate.ranking.signals import SIGNALS, Context, response, score
from tests.simulated import ITEMS, WORLDS, Life, candidates, editorial, item_of

NOW = datetime(2026, 11, 22, tzinfo=UTC)
STORY = Story(Entry("s0", "1", "", "标题", NOW))


def lived(world: str, seed: int, nights: int, *, by_topic: bool = False) -> Life:
    rng = np.random.default_rng(seed)
    life = Life(WORLDS[world](rng), rng, by_topic)
    for night in range(nights):
        day = NOW + timedelta(days=night)
        life.push(night, [item_of(one, n, day) for n, one in enumerate(candidates(night, rng, ITEMS), 1)])
    return life


def effect(
    level: str, shrunk: float, low: float, high: float, posts: int = 42, factor: str = "topic"
) -> Effect:
    return Effect(factor, level, shrunk, low, high, shrunk, low, high, posts, 1000.0)


def evidence(*effects: Effect, leaving: tuple[Effect, ...] = ()) -> Evidence:
    left = Fit(0.001, 0.3, leaving, 50) if leaving else None
    return Evidence("users", 50, Fit(0.05, 0.3, effects, 50), left, {"ai": "人工智能"})


def context(known: Evidence | None) -> Context:
    sources = {"s0": Source(name="甲报", id="s0")}
    return Context(
        NOW,
        Account(name="早读"),
        sources,
        timedelta(days=2),
        {},
        {EntryKey("s0", "1"): "ai"},
        readers=known,
    )


# --- rates -------------------------------------------------------------------------------------------


def test_a_rate_of_few_readers_is_drawn_to_the_accounts_mean_and_has_a_wide_interval() -> None:
    spread = Prior(5, 95)
    few, many = draw_rate(3, 10, spread), draw_rate(300, 1000, spread)
    assert abs(few.value - 0.05) < 0.05
    assert abs(many.value - 0.3) < 0.03
    assert few.high - few.low > many.high - many.low
    assert alone(0, 50).low == 0


def test_the_spread_of_rates_is_found_again() -> None:
    rng = np.random.default_rng(3)
    n = rng.integers(200, 2000, 300)
    found = prior(rng.binomial(n, rng.beta(6, 114, 300)).tolist(), n.tolist())
    assert found is not None
    assert abs(found.mean - 0.05) < 0.005
    assert 80 < found.a + found.b < 180
    assert prior([1.0], [20.0]) is None


def test_a_pooled_rate_widens_where_posts_differ_beyond_chance() -> None:
    even, uneven = pool_rates([50] * 20, [1000] * 20), pool_rates([10, 90] * 10, [1000] * 20)
    assert even is not None
    assert uneven is not None
    assert even.value == pytest.approx(uneven.value)
    assert uneven.high - uneven.low > 2 * (even.high - even.low)
    assert pool_rates([], []) is None


# --- effects -----------------------------------------------------------------------------------------


def test_a_planted_effect_is_found_in_posts_that_hold_one_topic_or_many() -> None:
    for by_topic, nights in ((True, 60), (False, 200)):
        found = lived("planted", 1, nights, by_topic=by_topic).evidence()
        assert found.forward is not None
        planted = found.forward.of("topic")["t0"]
        assert planted.low < 2 < planted.high * 1.1
        assert planted.ratio > 1.4
        assert 0.25 < found.forward.spread < 0.45, "luck is 0.35"


@pytest.mark.slow
def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    """A slice of bench/readers.py: 12 accounts without any effect, 360 intervals."""
    held = [
        one.low <= 1 <= one.high
        for seed in range(12)
        if (known := lived("null", seed, 80).evidence()).forward
        for factor in ("topic", "source")
        for one in known.forward.of(factor).values()
    ]
    assert len(held) == 360
    assert 0.86 <= np.mean(held) <= 0.95


def test_little_data_is_refused_not_guessed() -> None:
    level = np.zeros(1, dtype=np.intp)
    with pytest.raises(ValueError, match="too little"):
        fit(Counts(np.ones(1), np.ones(1) * 9, level, np.ones(1), (Factor("f", ("a",), level),)))


def test_forms_of_titles_and_hours() -> None:
    assert [title_form(t) for t in ("为什么是现在？", "五个办法", "“慢”下来", "一座城市的清晨")] == [
        "question",
        "number",
        "quote",
        "plain",
    ]
    assert [hour_band(h) for h in (-1, 0, 8, 12, 15, 22)] == [
        "",
        "night",
        "morning",
        "midday",
        "afternoon",
        "evening",
    ]


# --- the signal ----------------------------------------------------------------------------------------


def test_the_signal_is_exactly_nothing_without_evidence() -> None:
    nothing = context(None)
    assert response(STORY, nothing) == Reason(READERS, 0.0)
    unsure = evidence(effect("ai", 1.4, 0.9, 2.0))
    few = evidence(effect("ai", 1.4, 1.1, 2.0, posts=7))
    for known in (Evidence(), unsure, few):
        assert response(STORY, context(known)).points == 0
        with_, without = (
            score(STORY, context(known)),
            score(STORY, nothing, {k: v for k, v in SIGNALS.items() if k != READERS}),
        )
        assert with_ == without, "score and reasons are what they are without the signal"


def test_before_twenty_pushes_nothing_is_said_of_effects() -> None:
    life = lived("planted", 1, ENOUGH - 1, by_topic=True)
    assert life.evidence().forward is None
    assert lived("planted", 1, ENOUGH, by_topic=True).evidence().forward is not None


def test_the_reason_says_how_much_how_sure_and_of_how_many() -> None:
    known = evidence(effect("ai", 1.4, 1.1, 1.8))
    said = response(STORY, context(known))
    assert said.points == pytest.approx(0.6 * math.log2(1.4))
    assert (
        say(said.message, "zh")
        == "读者转发“人工智能”的频率是其他栏目的 1.4 倍（90% 区间 1.1–1.8，42 次推送）"
    )
    english = say(said.message, "en")
    assert english == "readers pass on “人工智能” 1.4 × as often (90% interval 1.1–1.8, 42 pushes)"


def test_a_source_that_loses_followers_costs_points_and_the_weight_counts() -> None:
    known = evidence(leaving=(effect("s0", 1.6, 1.2, 2.1, factor="source"),))
    said = response(STORY, context(known))
    assert said.points < 0
    assert "取关是其他的 1.6 倍" in say(said.message, "zh")
    assert "甲报" in say(said.message, "zh")
    double = replace(context(known), weights={READERS: 2.0})
    once = next(r.points for r in score(STORY, context(known))[1] if r.signal == READERS)
    twice = next(r.points for r in score(STORY, double)[1] if r.signal == READERS)
    assert twice == pytest.approx(2 * once, abs=0.002)
    assert rules(known, {"s0": Source(name="甲报", id="s0")})[0].message == said.message


def test_no_effect_outweighs_everything_else() -> None:
    wild = evidence(effect("ai", 50.0, 20.0, 90.0), effect("s0", 50.0, 20.0, 90.0, factor="source"))
    assert response(STORY, context(wild)).points == 1.0


# --- exploration ---------------------------------------------------------------------------------------


def _picks(liked: float) -> list[Pick]:
    """Eight pieces of a topic that readers like, two of one that they do not; alike but for that."""
    words = "甲乙丙丁戊己庚辛壬癸"
    picks = []
    for i, word in enumerate(words):
        topic, points = ("ai", liked) if i < 8 else ("city", -liked)
        why = (Reason("rest", 2.0 - i / 100, ""), Reason(READERS, points, ""))[: 1 + bool(liked)]
        story = Story(Entry(f"s{i}", word, "", word * 8, NOW))
        picks.append(Pick(story, topic, 1.0, sum(r.points for r in why), why))
    return picks


BOTH = (Topic(id="ai", name="人工智能"), Topic(id="city", name="城市"))


def test_a_topic_that_only_readers_would_leave_out_keeps_a_place_and_that_is_said() -> None:
    picks = [replace(p, score=p.score + 0.15) if p.topic == "city" else p for p in _picks(0.9)]
    settings = DigestSettings(items=6, per_topic=8, explore=0.0)
    assert {p.topic for p in compose(picks, settings, BOTH)[0]} == {"ai"}
    chosen, verdicts = compose(picks, replace_explore(settings, 0.1), BOTH)
    assert [p.topic for p in chosen].count("city") == 1
    assert len(chosen) == 6
    kept = next(v for v in verdicts if v.picked and v.topic == "city")
    assert "为“城市”留的位置" in say(kept.message, "zh")


def test_a_topic_that_would_have_no_place_anyway_gets_none() -> None:
    picks = [replace(p, score=p.score - 0.6) if p.topic == "city" else p for p in _picks(0.9)]
    settings = DigestSettings(items=6, per_topic=8, explore=0.5)
    assert {p.topic for p in compose(picks, settings, BOTH)[0]} == {"ai"}


def replace_explore(settings: DigestSettings, share: float) -> DigestSettings:
    return settings.model_copy(update={"explore": share})


def test_exploration_changes_nothing_where_readers_say_nothing() -> None:
    for share in (0.0, 0.1, 0.5):
        settings = DigestSettings(items=6, explore=share)
        assert compose(_picks(0.0), settings, BOTH) == compose(
            _picks(0.0), replace_explore(settings, 0.0), BOTH
        )


def test_exploration_keeps_no_more_than_its_share() -> None:
    topics = tuple(Topic(id=f"x{i}", name=f"栏目{i}") for i in range(6)) + BOTH[:1]
    picks = [*_picks(0.9)[:8]]
    for i, word in enumerate("子丑寅卯辰巳"):
        why = (Reason("rest", 2.5 - i / 100, ""), Reason(READERS, -0.9, ""))
        picks.append(Pick(Story(Entry(f"y{i}", word, "", word * 8, NOW)), f"x{i}", 1.0, 1.6 - i / 100, why))
    chosen, verdicts = compose(picks, DigestSettings(items=8, per_topic=8, explore=0.25), topics)
    kept = [v for v in verdicts if v.picked and "留的位置" in say(v.message, "zh")]
    assert len(kept) == 2
    assert len(chosen) == 8


# --- the loop ------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_ranking_raises_what_readers_pass_on_and_a_null_world_is_left_alone() -> None:
    """A slice of bench/readers.py: one account of 80 nights for each."""
    settings = DigestSettings(items=ITEMS, per_topic=6, per_source=3)

    def rate(world: str, *, asks: bool) -> float:
        life = Life(WORLDS[world](np.random.default_rng(1)), np.random.default_rng(1), by_topic=True)
        editorial(life, 80, settings, np.random.default_rng(2), asks=asks)
        return float(np.mean(life.expected[40:]))

    assert rate("planted", asks=True) > 1.05 * rate("planted", asks=False)
    assert rate("null", asks=True) == pytest.approx(rate("null", asks=False))


# --- sharing lines -------------------------------------------------------------------------------------


LINES = ("觉得有用，转给一位同事。", "替你省下的时间，也替朋友省一份。", "转发，是对编辑最好的鼓励。")


def lined(*effects: Effect) -> Evidence:
    return evidence(*effects)


def test_lines_take_turns_until_each_was_tried() -> None:
    assert [next_line(LINES, None, n) for n in range(4)] == [*LINES, LINES[0]]
    seldom = lined(*(effect(line, 1.0, 0.8, 1.2, TRIED - 1, "line") for line in LINES))
    assert {next_line(LINES, seldom, n) for n in range(3)} == set(LINES)
    assert next_line((), seldom, 1) == ""


def test_then_the_better_line_comes_more_often_and_none_is_given_up() -> None:
    known = lined(
        effect(LINES[0], 1.0, 0.8, 1.25, 20, "line"),
        effect(LINES[1], 1.3, 1.0, 1.6, 20, "line"),
        effect(LINES[2], 0.9, 0.7, 1.2, 20, "line"),
    )
    chosen = [next_line(LINES, known, n) for n in range(300)]
    counts = [chosen.count(line) for line in LINES]
    assert counts[1] > 200
    assert min(counts) > 0
    assert chosen == [next_line(LINES, known, n) for n in range(300)], "the same issue gets the same line"
