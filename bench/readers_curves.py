"""The curves of bench/readers.py: how often intervals hold the truth, and what the signal brings night by night."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

LABELS = {"with": "with the signal", "without": "without it", "knowing": "by one who knows the truth"}


def curves(
    covered: Mapping[str, Mapping[str, Sequence[bool]]], ranked: Mapping[str, dict[str, np.ndarray]]
) -> dict[str, bytes]:
    def saved(figure: Figure) -> bytes:
        out = io.BytesIO()
        figure.savefig(out, format="png", dpi=110, facecolor="white")
        return out.getvalue()

    gain = Figure(figsize=(10, 5.6), layout="constrained")
    panels = gain.subplots(2, len(ranked)).ravel()
    curves_of = [("", 100.0, arms, world) for world, arms in ranked.items()]
    curves_of += [(": lost", 1.0, arms, world) for world, arms in ranked.items()]
    for axes, (what, scale, arms, world) in zip(panels, curves_of, strict=True):
        for arm, color in (("without", "#8a939b"), ("with", "#0b5cad"), ("knowing", "#0a7d4f")):
            nights = np.arange(arms[arm].shape[1])
            mean = scale * arms[arm + what].mean(0)
            smooth = np.convolve(mean, np.ones(10) / 10, "valid")
            axes.plot(nights[9:], smooth, color=color, label=LABELS[arm])
        axes.set_title(world.replace(", ", "\n"), fontsize=9)
        axes.set_xlabel("night")
        axes.grid(alpha=0.3)
    panels[0].set_ylabel("forward rate of what was chosen, %")
    panels[len(ranked)].set_ylabel("followers lost a night")
    gain.legend(*gain.axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=3, frameon=False)
    cover = Figure(figsize=(8, 3.8), layout="constrained")
    axes = cover.subplots()
    rows = [
        (f"{name}: {what}", np.mean(answers))
        for name, rows in covered.items()
        for what, answers in rows.items()
        if not what.endswith(": told")
    ]
    for place, (_, share) in enumerate(reversed(rows)):
        axes.plot(100 * share, place, "o", color="#0b5cad" if 0.86 <= share <= 0.94 else "#b3261e")
    axes.axvspan(86, 94, color="#0a7d4f", alpha=0.12)
    axes.axvline(90, color="#0a7d4f", linewidth=1)
    axes.set_yticks(range(len(rows)), [name for name, _ in reversed(rows)], fontsize=7)
    axes.set_xlabel("intervals of 90 % that hold the truth, %")
    axes.set_xlim(80, 100)
    return {"readers-gain.png": saved(gain), "readers-coverage.png": saved(cover)}
