"""Whether what is learnt from readers is true, and whether it helps: made-up accounts with planted effects.

    python bench/readers.py [--seeds 200] [--planted 300] [--nights 200] [--ranked 20] [--write]

Planted: one topic is passed on twice as often, one source costs followers three times as often; nothing else differs.
Null: nothing differs. Varied: all topics and sources do. The planted worlds are lived by more seeds, because each has one
interval of a planted effect, not twenty. `--write` puts the figures into docs/engineering/readers.md and the curves into docs/images/.
Methods and constants were chosen on seeds below 1000; what is reported is of seeds from 5000 on.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import numpy as np
from harness import ROOT, Clock, parser
from readers_curves import curves

from curate.audience.effects import Effect, Fit
from curate.audience.evidence import Evidence
from curate.config.schema import DigestSettings
from tests.simulated import (
    FOLLOWERS,
    ITEMS,
    LEAVING,
    RATE,
    WORLDS,
    Life,
    World,
    candidates,
    editorial,
    item_of,
)

FIRST_REPORTED = 5000
SETTINGS = DigestSettings(items=ITEMS, per_topic=6, per_source=3)
MARKS = ("<!-- figures -->", "<!-- end of figures -->")
# Costs most and is shown, not asked: the ranking acts on shrunk effects alone.
MEASURED = "curate.audience.effects.score_interval"
Covered = dict[str, list[bool]]
LEARNT = ("planted", "null", "varied")
RANKED = (("planted", False), ("planted", True), ("losing", False), ("null", False), ("varied", True))
ARMS = ("with", "without", "knowing")


def named(world: str, by_topic: bool) -> str:
    return f"{world}, {'one post a topic' if by_topic else 'one post an issue'}"


def coverage(seeds: Sequence[int], planted: Sequence[int], nights: int) -> dict[str, Covered]:
    """How often intervals hold the truth: world and form of publication -> what -> each interval's answer."""
    found: dict[str, Covered] = {}
    for world in LEARNT:
        for by_topic in (False, True):
            rows: Covered = defaultdict(list)
            for seed in planted if world == "planted" else seeds:
                life = lived(world, seed, nights, by_topic=by_topic)
                evidence = life.evidence()
                truths = {
                    "topic": life.world.topic,
                    "source": life.world.source,
                    "leaving": life.world.leaving,
                }
                for factor in ("topic", "source"):
                    _covered(evidence.forward, factor, truths[factor], factor, world, rows)
                _covered(evidence.leaving, "source", truths["leaving"], "leaving", world, rows)
            found[named(world, by_topic)] = dict(rows)
    return found


def lived(world: str, seed: int, nights: int, *, by_topic: bool) -> Life:
    """Issues put together without regard to readers: twelve of the candidates, at random."""
    rng = np.random.default_rng(seed)
    life = Life(WORLDS[world](rng), rng, by_topic)
    for night in range(nights):
        day = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=night)
        chosen = candidates(night, rng, ITEMS)
        life.push(night, [item_of(candidate, n, day) for n, candidate in enumerate(chosen, 1)])
    return life


def _covered(fit: Fit | None, factor: str, truth: np.ndarray, what: str, world: str, rows: Covered) -> None:
    effects = fit.of(factor) if fit else {}
    for level, effect in effects.items():
        special = world == "planted" and truth[int(level[1:])] != 0
        true = against_others(level, effects, truth)
        rows[f"{what}, planted" if special else what].append(effect.low <= true <= effect.high)
        rows[f"{what}, planted: told" if special else f"{what}: told"].append(
            effect.evident and effect.posts >= 8
        )


def against_others(level: str, effects: Mapping[str, Effect], truth: np.ndarray) -> float:
    """The true ratio of a level to the mean of the others, by how much of them was read: as an Effect is defined."""
    weights = {name: effect.chances for name, effect in effects.items() if name != level}
    mean = sum(truth[int(name[1:])] * weight for name, weight in weights.items()) / sum(weights.values())
    return float(np.exp(truth[int(level[1:])] - mean))


def ranking(seeds: Sequence[int], nights: int) -> dict[str, dict[str, np.ndarray]]:
    """What is passed on with the signal and without it, night by night: world and form -> arm -> (seeds, nights).

    The arms of a seed are offered the same candidates every night, and what is compared is without luck (`Life.expected`,
    `Life.leaving`); without the signal luck decides nothing at all. The third arm knows the truth from the first
    night and says it by the signal's own rules: what the signal could come to.
    """
    found: dict[str, dict[str, np.ndarray]] = {}
    for world, by_topic in RANKED:
        arms: dict[str, list[list[float]]] = defaultdict(list)
        for seed in seeds:
            true = WORLDS[world](np.random.default_rng(seed))
            for arm in ARMS:
                life = Life(true, np.random.default_rng((seed, 1)), by_topic)
                offers = np.random.default_rng((seed, 2))
                known = knowing(true) if arm == "knowing" else None
                with patch(MEASURED, return_value=(0.0, 0.0, 0.0)):
                    kept = editorial(life, nights, SETTINGS, offers, asks=arm != "without", known=known)
                arms[arm].append(life.expected)
                arms[f"{arm}: lost"].append(life.leaving)
                arms[f"{arm}: kept"].append([kept / nights])
                arms[f"{arm}: topics"].append([float(np.mean([len(d.sections) for d in life.digests]))])
        found[named(world, by_topic)] = {name: np.array(values) for name, values in arms.items()}
    return found


def knowing(world: World) -> Evidence:
    """What a signal would have learnt that knows the truth: every level's effect, without any doubt."""

    def told(**factors: np.ndarray) -> Fit:
        effects = []
        for factor, truth in factors.items():
            for i, value in enumerate(truth):
                ratio = float(np.exp(value - np.delete(truth, i).mean()))
                sure = ratio if abs(ratio - 1) > 1e-9 else 1.0
                effects.append(Effect(factor, f"{factor[0]}{i}", *(ratio, sure, sure) * 2, 1000, 1.0))
        return Fit(RATE, 0.0, tuple(effects), 1000)

    return Evidence(
        "users",
        1000,
        told(topic=world.topic, source=world.source),
        told(source=world.leaving),
        {f"t{i}": f"栏目{i}" for i in range(len(world.topic))},
    )


def difference(arms: Mapping[str, np.ndarray], what: str, arm: str = "with") -> tuple[float, float, float]:
    """Mean of the paired differences between the arms over the second half of the nights, relative to the arm without,
    and its 90 % interval over seeds. Of what was chosen, by its true appeal: no luck is in it."""
    half_way = arms["with"].shape[1] // 2
    with_, without = (arms[f"{one}{what}"][:, half_way:].mean(1) for one in (arm, "without"))
    change = with_ / without - 1
    half = 1.645 * change.std(ddof=1) / np.sqrt(len(change))
    return float(change.mean()), float(change.mean() - half), float(change.mean() + half)


def bound(arms: Mapping[str, np.ndarray]) -> float:
    """The change of followers lost, nights of the second half, if a planted source were never shown."""
    without = arms["without: lost"]
    return float((LEAVING * FOLLOWERS / without[:, without.shape[1] // 2 :].mean(1) - 1).mean())


def said(change: tuple[float, float, float]) -> str:
    middle, low, high = change
    return f"{middle:+.1%} ({low:+.1%} to {high:+.1%})"


def table(
    covered: Mapping[str, Covered], ranked: Mapping[str, dict[str, np.ndarray]], cpu: float, words: str
) -> str:
    lines = [f"`python bench/readers.py {words}`, {cpu:.0f} s of CPU.", ""]
    lines += [
        "| world | form | effect | intervals | of 90 % hold the truth | said to be sure |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, rows in covered.items():
        world, form = name.split(", ")
        for what in (row for row in rows if not row.endswith(": told")):
            sure = np.mean(rows[f"{what}: told"])
            lines.append(
                f"| {world} | {form} | {what} | {len(rows[what]):,} | {np.mean(rows[what]):.1%} | {sure:.1%} |"
            )
    lines += [
        "",
        "| world | passed on per reader | by one who knows | followers lost | by one who knows | if never shown "
        "| topics an issue, without → with | places kept a night |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for world, arms in ranked.items():
        cells = [said(difference(arms, what, arm)) for what in ("", ": lost") for arm in ("with", "knowing")]
        least = "—" if world.startswith("varied") else f"{bound(arms):+.1%}"
        before, after = arms["without: topics"].mean(), arms["with: topics"].mean()
        kept = f"{before:.2f} → {after:.2f} | {arms['with: kept'].mean():.2f}"
        lines.append(f"| {world} | {' | '.join(cells)} | {least} | {kept} |")
    return "\n".join(lines)


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--seeds", type=int, default=200)
    options.add_argument("--ranked", type=int, default=20, help="seeds of the ranking")
    options.add_argument("--planted", type=int, default=300, help="seeds of the planted world's intervals")
    options.add_argument("--nights", type=int, default=200)
    options.add_argument("--first", type=int, default=FIRST_REPORTED)
    options.add_argument("--write", action="store_true")
    asked = options.parse_args()
    clock = Clock()
    seeds, planted = (range(asked.first, asked.first + n) for n in (asked.seeds, asked.planted))
    covered = coverage(seeds, planted, asked.nights)
    print(f"coverage: {clock.cpu:.0f} s", file=sys.stderr)
    ranked = ranking(range(asked.first, asked.first + asked.ranked), asked.nights)
    words = f"--seeds {asked.seeds} --planted {asked.planted} --nights {asked.nights} --ranked {asked.ranked}"
    text = table(covered, ranked, clock.cpu, words)
    print(text)
    if asked.write:
        page = ROOT / "docs/engineering/readers.md"
        begin, end = MARKS
        whole = page.read_text("utf-8")
        page.write_text(
            re.sub(f"{begin}.*{end}", lambda _: f"{begin}\n{text}\n{end}", whole, flags=re.S),
            encoding="utf-8",
        )
        for name, data in curves(covered, ranked).items():
            (ROOT / "docs/images" / name).write_bytes(data)


if __name__ == "__main__":
    main()
