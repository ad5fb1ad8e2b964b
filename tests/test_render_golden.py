"""Every channel of two digests, and themes on a small one, byte for byte.

What a page only carries along has its name there instead: style sheets and scripts of its templates, and the fragment.

After a wanted change: `CURATE_GOLDEN=write pytest tests/test_render_golden.py`,
then read the difference before it is committed.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import escape

from curate.config.schema import Look
from curate.render import CHANNELS, render
from curate.render.channels.wechat import fragment
from tests.render_samples import TEMPLATES, chinese, english, small, texts_in

GOLDEN = Path(__file__).parent / "golden"
COPY_PAGE = "wechat.html"
DIGESTS = {"zh": chinese, "en": english}


OWN = Look(opening="早上好。\n今天偏硬件。", closing="转给一位同事。")


def agreed(path: Path, text: str) -> str:
    """What was agreed on; written first where that is wanted."""
    if os.environ.get("CURATE_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return path.read_bytes().decode()


def named(files: Mapping[str, bytes]) -> dict[str, str]:
    """The files, in which the name stands for what another file or template says in full."""
    texts = {name: body.decode() for name, body in texts_in(files).items()}
    fragments = {name for name in texts if name.endswith(".fragment.html")}
    sheets = {name: text for name, text in TEMPLATES.items() if name.endswith((".css", ".js"))}
    for other, text in {**sheets, **{name: texts[name] for name in fragments}}.items():
        for form in (text.strip(), str(escape(text)), htmlsafe_json_dumps(text)):
            for name in texts.keys() - fragments:
                texts[name] = texts[name].replace(form, f"({other})")
    return texts


@pytest.mark.parametrize("language", sorted(DIGESTS))
@pytest.mark.parametrize("channel", sorted(set(CHANNELS) - {"cards"}))  # whose files are pictures
def test_the_files_of_a_channel_are_as_agreed(language: str, channel: str) -> None:
    files, failures = render(DIGESTS[language](), [channel], TEMPLATES)
    assert failures == ()
    for name, text in named(files).items():
        if (
            name == COPY_PAGE and language != "zh"
        ):  # it says the same: tests/test_i18n.py holds the catalogues
            continue
        assert text == agreed(GOLDEN / channel / language / name, text)


@pytest.mark.parametrize("theme", sorted(path.stem for path in (GOLDEN / "themes").iterdir()))
def test_a_theme_is_as_agreed(theme: str) -> None:
    text = fragment(small(), TEMPLATES, OWN.model_copy(update={"theme": theme}))
    assert text == agreed(GOLDEN / "themes" / f"{theme}.html", text)
