"""What each channel cuts, with its size; and three titles to choose from for an item."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from curate.cli.main import run
from curate.config.schema import Look
from curate.desk.headlines import offer_titles
from curate.domain.model import Coverage
from curate.render.cuts import LIMITS, Cut, find_cuts, measure_files
from curate.storage.account import templates
from tests.desk_account import LATER
from tests.desk_client import opened
from tests.desk_samples import machine, piece

EVERY = tuple(
    replace(piece(n), title=f"第 {n} 条消息", summary=f"摘要{n}，说的是头一件事。") for n in (1, 2, 3)
)


def test_what_is_printed_for_some_and_not_for_others_was_cut() -> None:
    text = "<h2>第 1 条&nbsp;<b>消息</b></h2><p>摘要1，说的是头一件事。</p><h2>第 2 条消息</h2><p>摘要2，说的……</p><h2>第 3 条…"
    assert find_cuts(EVERY, text) == (Cut(2, "summary"), Cut(3, "summary"), Cut(3, "title"))


def test_what_a_channel_prints_of_no_item_is_not_its_business() -> None:
    assert find_cuts(EVERY, "1. 第 1 条消息\n2. 第 2 条消息\n3. 第 3 条消息") == ()


def test_marks_and_escapes_of_a_format_cut_nothing() -> None:
    text = "**第 1 条\\_消息** 第 2 条&#28040;息 \\u7b2c 3 \\u6761\\u6d88\\u606f"
    assert find_cuts(EVERY, text) == ()


def test_the_channels_of_an_issue_print_it_whole_and_say_how_large_they_are() -> None:
    found, refused = measure_files(machine(), ("wechat", "markdown", "text", "email"), templates(), Look())
    sizes = {size.name: size for size in found}
    assert refused == ()
    assert {"wechat.fragment.html", "issue.md", "issue.txt", "email.html"} <= sizes.keys()
    assert "wechat.html" not in sizes
    assert all(size.cuts == () and not size.is_over for size in found)
    assert (sizes["email.html"].limit, sizes["email.html"].unit) == LIMITS["email.html"]
    assert sizes["issue.md"].bytes > sizes["issue.md"].characters


def test_an_overlong_title_is_told_where_it_is_cut() -> None:
    issue = machine()
    sections = tuple(
        replace(s, items=tuple(replace(i, title="长" * 900) if i.number == 3 else i for i in s.items))
        for s in issue.sections
    )
    found, _ = measure_files(replace(issue, sections=sections), ("wechat",), templates(), Look())
    assert found[0].cuts == (Cut(3, "title"),)


def test_the_desk_measures_when_the_checks_are_open_and_the_terminal_when_asked(
    issue_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(issue_home) as tab:
        assert "email.html" not in tab.get("/checks").text
        page = tab.get("/checks?sizes=1").text
        assert "email<wbr>.html" in page
        assert "都印全了" in page
    assert run(["issue", "show", "7", "--channels", "-C", str(issue_home)]) == 0
    assert "字节  没有印全的" in capsys.readouterr().out
    assert run(["issue", "show", "7", "--channels", "--json", "-C", str(issue_home)]) == 0
    assert "email.html" in [each["name"] for each in json.loads(capsys.readouterr().out)["sizes"]]


def test_three_titles_are_offered_and_the_present_one_is_none_of_them() -> None:
    original = replace(piece(1), title="拾光发布新手机：四颗螺丝，十分钟换好电池")
    item = replace(
        original,
        title="改过的标题",
        summary="拾光电子凌晨发布新手机 M2。主持人十分钟换好了电池。",
        also=(Coverage("别家", "震惊！不看后悔，速看", "https://x.example/"),),
    )
    offered = offer_titles(item, original)
    assert offered[0] == original.title
    assert len(offered) == 3
    assert "改过的标题" not in offered
    assert "震惊！不看后悔，速看" not in offered, "what shouts stands behind what does not"


def test_the_terminal_lists_titles(issue_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["issue", "title", "-C", str(issue_home), "--now", LATER, "7", "2"]
    assert run(words) == 0
    offered = capsys.readouterr().out.splitlines()
    assert offered
    assert len(offered) <= 3
    assert run([*words, " "]) == 2
