"""Every channel of two digests, and every theme of a small one, byte for byte.

After a wanted change: `CURATE_GOLDEN=write pytest tests/test_render_golden.py`,
then read the difference before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from curate.render import CHANNELS, render, themes
from curate.render.wechat import fragment
from curate.settings import Look
from tests.render_samples import TEMPLATES, chinese, english, small

GOLDEN = Path(__file__).parent / "golden"
DIGESTS = {"zh": chinese, "en": english}


OWN = Look(opening="早上好。\n今天偏硬件。", closing="转给一位同事。")


def agreed(path: Path, body: bytes) -> str:
    """What was agreed on; written first where that is wanted."""
    if os.environ.get("CURATE_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    return path.read_bytes().decode()


@pytest.mark.parametrize("language", sorted(DIGESTS))
@pytest.mark.parametrize("channel", sorted(CHANNELS))
def test_the_files_of_a_channel_are_as_agreed(language: str, channel: str) -> None:
    files, failures = render(DIGESTS[language](), [channel], TEMPLATES)
    assert failures == ()
    for name, body in files.items():
        assert body.decode() == agreed(GOLDEN / channel / language / name, body)


@pytest.mark.parametrize("theme", themes(TEMPLATES))
def test_a_theme_is_as_agreed(theme: str) -> None:
    body = fragment(small(), TEMPLATES, OWN.model_copy(update={"theme": theme})).encode()
    assert body.decode() == agreed(GOLDEN / "themes" / f"{theme}.html", body)
