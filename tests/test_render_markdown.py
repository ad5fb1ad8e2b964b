"""The Markdown channel, read back by a CommonMark parser."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from curate.config.schema import Look
from curate.domain.model import Credit
from curate.render.channels.markdown import link, markdown
from curate.render.templating import markdown_text
from tests.examples import examples
from tests.render_samples import HOSTILE, TEMPLATES, chinese, english, one_item

PARSER = MarkdownIt("gfm-like", {"html": True, "linkify": False})


def shown(text: str) -> str:
    """The text of inline Markdown, without any mark-up; fails where there is any."""
    (inline,) = PARSER.parseInline(text)
    assert {token.type for token in inline.children or []} <= {"text", "text_special"}, text
    return "".join(token.content for token in inline.children or [])


def test_items_are_numbered_linked_and_credited() -> None:
    text = markdown(chinese(), TEMPLATES, Look())["issue.md"].decode()
    for section in chinese().sections:
        assert f"## {section.icon} {section.name}\n" in text
        for item in section.items:
            assert f"### 312{item.number:02d}\\. [{item.title}]({item.url})" in text
            assert item.summary in text
    assert "[早间资讯](https://other0.example/4) · [科技夜航](https://other1.example/4)" in text
    assert "原创" not in text


def test_titles_and_addresses_are_escaped() -> None:
    text = markdown(english(), TEMPLATES, Look())["issue.md"].decode()
    assert r"[A \*starred\* title with \[brackets\]](https://example.com/1?a=1&b=2)" in text
    assert r"Prices & \<tags\>" in text
    assert "from 1 source ·" in text


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:24]))
def test_hostile_text_opens_nothing(text: str) -> None:
    body = markdown(one_item(text, url=text), TEMPLATES, Look())["issue.md"].decode()
    for token in PARSER.parse(body):
        assert token.type not in ("html_block", "code_block", "fence", "blockquote_open", "table_open")
        for child in token.children or []:
            assert child.type not in ("html_inline", "code_inline", "image")
            if child.type == "link_open":
                assert str(child.attrs["href"]).startswith("https://")


@examples(300)
@given(st.text(alphabet=st.sampled_from("\\`*_[]<>~|$#&!:/.()-+=1a; \n\t\"'字"), min_size=1, max_size=30))
def test_markdown_text_shows_just_its_characters(text: str) -> None:
    made = markdown_text(text)
    assert "\n" not in made
    assert shown(made) == " ".join(text.split())
    tokens = [token.type for token in PARSER.parse(made)]
    assert tokens in ([], ["paragraph_open", "inline", "paragraph_close"]), made


def test_a_link_cannot_leave_its_brackets() -> None:
    assert link("a](b", "https://example.com/(x) y") == r"[a\](b](https://example.com/%28x%29%20y)"
    assert link("x", "javascript:alert(1)") == "x"
    assert link("x", "") == "x"


def test_headings_have_no_gap_where_a_topic_has_no_icon() -> None:
    digest = chinese()
    bare = replace(digest, sections=tuple(replace(s, icon="") for s in digest.sections))
    text = markdown(bare, TEMPLATES, Look())["issue.md"].decode()
    assert f"\n## {digest.sections[0].name}\n" in text
    assert "另见：[" in text
    assert "Also told by: [" in markdown(english(), TEMPLATES, Look())["issue.md"].decode()


def test_sources_without_an_item_are_named_without_a_number() -> None:
    digest = replace(chinese(), credits=(Credit("甲报", "", 2), Credit("乙报", "", 0)))
    text = markdown(digest, TEMPLATES, Look())["issue.md"].decode()
    assert "- 甲报 (2)\n- 乙报 · 同题报道\n" in text
    assert "来自 1 个来源" in text
