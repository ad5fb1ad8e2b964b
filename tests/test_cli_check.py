"""`curate check`: what is found is printed with its basis, accepted with a reason, kept, and asked of the web again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from curate.app.account import OpenAccount, load_config, open_archive
from curate.app.check.ask_links import ask_links
from curate.app.edit_issue import read_issue
from curate.checks.view import LinkAnswer
from curate.cli.main import run
from curate.storage.desk import Edited
from curate.storage.output import Output
from tests.desk_account import LATER
from tests.nouns import NOW
from tests.origin import Origin, moved, page

ARTICLE = (
    "<html lang=zh><title>{0}</title><body><article><h1>{0}</h1>"
    + "<p>市政府今天公布了工程的进展，施工单位说明了工期和预算。</p>" * 8
)
LOGIN = "<html><title>登录</title><body><form>请先登录后再继续访问<input type=password></form>"


@pytest.fixture
def home(issue_home: Path) -> Path:
    return issue_home


def check(home: Path, *words: str) -> int:
    return run(["check", *words, "-C", str(home), "--now", LATER])


def say(home: Path, *words: str) -> int:
    return run(["issue", "words", "7", *words, "-C", str(home), "--now", LATER])


def report(home: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    capsys.readouterr()
    check(home, "--json", *words)
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_an_error_is_printed_with_its_basis_and_ends_with_status_1(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say(home, "--sharing", "集齐20个赞，凭截图领取一本书")
    capsys.readouterr()
    assert check(home) == 1
    told = capsys.readouterr()
    assert "诱导分享　《微信公众平台运营规范》" in told.out
    assert "转发语" in told.out
    assert "不是法律意见" in told.err


def test_what_is_accepted_stands_no_more_and_the_log_says_who_and_why(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say(home, "--sharing", "集齐20个赞，凭截图领取一本书")
    found = report(home, capsys)
    (key,) = [each["key"] for each in found["findings"] if each["rule"] == "share"]  # type: ignore[attr-defined]
    assert check(home, "--overrule", key) == 2, "a reason is needed"
    assert check(home, "--overrule", key, "--reason", "法务看过", "--by", "王") == 0
    assert check(home) == 0
    assert "王 放行：法务看过" in capsys.readouterr().out
    kept = report(home, capsys)["overruled"]
    assert [(each["key"], each["by"], each["reason"]) for each in kept] == [(key, "王", "法务看过")]  # type: ignore[attr-defined]
    run(["issue", "show", "7", "--log", "-C", str(home)])
    assert "法务看过" in capsys.readouterr().out
    assert check(home, "--overrule", key, "--reason", "") == 1, "taken back"
    assert check(home, "--overrule", "no-such", "--reason", "x") == 2


def test_a_changed_title_is_held_against_what_the_night_read(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["issue", "title", "7", "2", "第 20 条消息", "-C", str(home), "--now", LATER])
    found = report(home, capsys)
    told = [each for each in found["findings"] if each["rule"] == "title"]  # type: ignore[attr-defined]
    assert {each["level"] for each in told} == {"warn"}
    assert any("第 2 条消息" in each["advice"] for each in told)


def test_the_accounts_own_words_and_what_it_ignores_come_from_its_settings(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = home / "feeds.yaml"
    plain = settings.read_text("utf-8")
    (home / "mine.txt").write_text("条消息 => 不许说\n", encoding="utf-8")
    settings.write_text(plain + "check: {words: mine.txt, ignore: {original: 从不声明}}\n", encoding="utf-8")
    assert check(home) == 0
    told = capsys.readouterr().out
    assert "在自己的词表里：不许说" in told
    assert "从不声明" in told
    settings.write_text(plain + "check: {words: absent.txt}\n", encoding="utf-8")
    assert check(home) == 1
    assert "absent.txt" in capsys.readouterr().err
    settings.write_text(plain + "check: {ignore: {orignal: x}}\n", encoding="utf-8")
    assert check(home) == 1


def replace_urls(edited: Edited, urls: dict[str, str]) -> Edited:
    """The issue with other addresses; items without one here have none."""
    sections = tuple(
        replace(section, items=tuple(replace(item, url=urls.get(item.entry, "")) for item in section.items))
        for section in edited.issue.sections
    )
    return replace(edited, issue=replace(edited.issue, sections=sections))


def test_originals_are_asked_again_only_when_that_is_wanted(home: Path) -> None:
    answers = {
        "/fine": page(ARTICLE.format("第 1 条消息").encode(), content_type="text/html; charset=utf-8"),
        "/gone": page(b"", "404 Not Found"),
        "/login": page(LOGIN.encode(), content_type="text/html; charset=utf-8"),
        "/old": moved("/fine"),
    }
    with Origin(answers) as origin, open_archive(load_config(home, {}), home) as archive:
        config = load_config(home, {})
        network = config.network.model_copy(update={"allow_private": ("127.0.0.1",), "timeout": 2.0})
        account = OpenAccount(
            config.model_copy(update={"network": network}), home, Output(home / "output"), archive
        )
        edited = read_issue(archive, 7)
        urls = {f"e{n}": origin.url(path) for n, path in enumerate(answers, 1)}
        found = ask_links(account, replace_urls(edited, urls), NOW)
    told = {key.id: answer for key, answer in found.items() if key.id in urls}
    assert told["e1"].reason is None
    assert told["e1"].title == "第 1 条消息"
    assert told["e2"].is_gone
    assert told["e3"].reason
    assert told["e4"] == LinkAnswer(origin.url("/fine"), title="第 1 条消息")


def test_the_copy_page_shows_what_was_found_and_what_was_accepted(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy_page = home / "output/issues/2026-11-23-1/wechat.html"
    say(home, "--sharing", "集齐20个赞，凭截图领取一本书")
    shown = copy_page.read_text("utf-8")
    (key,) = [each["key"] for each in report(home, capsys)["findings"] if each["rule"] == "share"]  # type: ignore[attr-defined]
    assert f"<code>{key}</code>" in shown
    assert "像诱导分享" in shown
    assert "words-share" not in shown, "told once"
    check(home, "--overrule", key, "--reason", "法务看过", "--by", "王")
    accepted = copy_page.read_text("utf-8")
    assert f"<code>{key}</code>" not in accepted
    assert "法务看过" in accepted
    assert "不是法律意见" in accepted
