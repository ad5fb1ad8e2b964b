"""How many examples Hypothesis draws: few for `make test`, all where `HYPOTHESIS_PROFILE=thorough`, as CI sets it."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

USUAL = {"quick": 25, "thorough": 100}
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "quick")


def load_profile() -> None:
    """The same examples every time, however slow the machine."""
    settings.register_profile(
        PROFILE,
        max_examples=USUAL[PROFILE],
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile(PROFILE)


def examples(most: int) -> settings:
    """Draw so many examples where every test runs, and a share of them in `make test`."""
    return settings(max_examples=most * USUAL[PROFILE] // USUAL["thorough"] or 1)
