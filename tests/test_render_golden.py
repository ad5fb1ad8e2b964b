"""Both channels of two digests, byte for byte.

After a wanted change: `CURATE_GOLDEN=write pytest tests/test_render_golden.py`,
then read the difference before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from curate.render import render
from tests.render_samples import TEMPLATES, chinese, english

GOLDEN = Path(__file__).parent / "golden"
DIGESTS = {"zh": chinese, "en": english}


@pytest.mark.parametrize("language", sorted(DIGESTS))
@pytest.mark.parametrize("channel", ["wechat", "markdown"])
def test_the_files_of_a_channel_are_as_agreed(language: str, channel: str) -> None:
    files, failures = render(DIGESTS[language](), [channel], TEMPLATES)
    assert failures == ()
    for name, body in files.items():
        path = GOLDEN / channel / language / name
        if os.environ.get("CURATE_GOLDEN") == "write":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        assert body.decode() == path.read_bytes().decode()
