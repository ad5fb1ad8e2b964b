"""`curate draft` on a faithful platform of our own: pictures, one draft an issue, refusals in words, secrets nowhere."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from curate.app.drafts.box import DraftBox, account_key
from curate.app.open_wechat import open_wechat
from curate.cli.main import run
from curate.config.schema import Network
from curate.delivery.model import DraftPicture
from curate.delivery.refusals import DRAFT_CODES
from curate.domain.message import message
from curate.storage import Archive
from tests.demo_account import Published
from tests.draft_platform import (
    APPID,
    BEGIN,
    OTHER_APPID,
    OTHER_SECRET,
    SECRET,
    DraftPlatform,
    PlatformAccount,
    served_platform,
)
from tests.test_delivery import moving, photo

NOW = "2026-11-30T06:00+00:00"


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> Iterator[DraftPlatform]:
    with served_platform(DraftPlatform()) as one:
        monkeypatch.setattr("curate.cli.issue.draft.time.sleep", one.sleep)
        yield one


@pytest.fixture
def home(
    published: Published, tmp_path: Path, platform: DraftPlatform, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """An account with one issue and all its pictures, whose interfaces are the platform's."""
    copy = published.copy(tmp_path)
    change_settings(copy, f'network: {{wechat: "{platform.url}", timeout: 5}}')
    monkeypatch.setenv("CURATE_WECHAT_APPID", APPID)
    monkeypatch.setenv("CURATE_WECHAT_SECRET", SECRET)
    return copy


def change_settings(home: Path, *lines: str) -> None:
    """Put these settings in place of those of their names."""
    path = home / "feeds.yaml"
    text = path.read_text("utf-8")
    for line in lines:
        name = line.partition(":")[0]
        text = re.sub(rf"^{name}:.*\n(?:[ ].*\n)*", "", text, flags=re.M) + line + "\n"
    path.write_text(text, encoding="utf-8")


def draft(home: Path, *arguments: str, now: str = NOW) -> int:
    return run(["draft", "-C", str(home), "--now", now, *arguments])


def only(account: PlatformAccount) -> list[dict[str, Any]]:
    """The articles of the account's one draft."""
    (made,) = account.drafts.values()
    articles: list[dict[str, Any]] = made["articles"]
    return articles


def test_a_draft_holds_the_post_with_every_picture_on_the_platform(
    home: Path, platform: DraftPlatform, capsys: pytest.CaptureFixture[str]
) -> None:
    assert draft(home) == 0
    told = capsys.readouterr()
    assert "草稿建好了" in told.out
    account = platform.accounts[APPID]
    (article,) = only(account)
    shown = re.findall(r'<img[^>]* src="([^"]+)"', article["content"])
    assert len(shown) == 2
    assert {each.replace("&amp;", "&").replace("https://", "http://") for each in shown} == set(
        account.addresses
    )
    assert article["thumb_media_id"] in account.material
    assert article["digest"]
    assert article["article_type"] == "news"
    assert b"\\u" not in platform.bodies[platform.paths.index("draft/add")], (
        "raw UTF-8, or readers see escapes"
    )


def test_a_second_run_changes_the_same_draft_and_sends_no_picture_again(
    home: Path, platform: DraftPlatform, capsys: pytest.CaptureFixture[str]
) -> None:
    assert draft(home) == 0
    first = set(platform.accounts[APPID].drafts)
    platform.paths.clear()
    assert run(["issue", "title", "last", "2", "改过的标题", "-C", str(home), "--now", NOW]) == 0
    assert draft(home) == 0
    assert "草稿更新了" in capsys.readouterr().out
    assert set(platform.accounts[APPID].drafts) == first
    assert "改过的标题" in only(platform.accounts[APPID])[0]["content"]
    assert not {"draft/add", "media/uploadimg", "material/add_material"} & set(platform.paths)


def test_a_picture_that_is_refused_is_told_by_its_item_and_nothing_is_made(
    home: Path, platform: DraftPlatform, capsys: pytest.CaptureFixture[str]
) -> None:
    platform.codes["media/uploadimg"] = [40005]
    assert draft(home) == 5
    told = capsys.readouterr().err
    assert re.search(r"第 \d+ 条《.+》的图片没有传上去：这张图的格式平台不收（40005）", told)
    assert "draft/add" not in platform.paths
    assert draft(home) == 0


def test_a_picture_whose_file_is_gone_is_told_before_anything_is_asked(
    home: Path, platform: DraftPlatform, capsys: pytest.CaptureFixture[str]
) -> None:
    next(home.glob("output/issues/*/images/*")).unlink()
    assert draft(home) == 5
    assert re.search(r"第 \d+ 条《.+》的图片文件不在", capsys.readouterr().err)
    assert platform.paths == []


REFUSALS = {
    "whitelist": "加上 203.0.113.7",
    "right": "没有草稿箱接口的权限（48001）",
    "secret": "AppSecret 不对（40125）",
    "quota": "今天的接口次数用完了（45009）",
    "45004": "摘要太长（45004）",
    "45166": "不收的标签或链接（45166）",
    "53402": "draft.crop_wide",
    "45999": "错误码 45999",
}


def test_a_refusal_is_told_in_words_with_what_to_do_and_nothing_is_remembered_as_asked_for(
    home: Path,
    platform: DraftPlatform,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for trouble, told in REFUSALS.items():
        platform.heal()
        platform.whitelisted, platform.has_right = trouble != "whitelist", trouble != "right"
        platform.quota = len(platform.paths) + 2 if trouble == "quota" else 10_000
        platform.codes["draft/add"] = [int(trouble)] if trouble.isdecimal() else []
        monkeypatch.setenv("CURATE_WECHAT_SECRET", OTHER_SECRET if trouble == "secret" else SECRET)
        assert draft(home) in (4, 5), trouble
        assert told in capsys.readouterr().err
        assert platform.accounts[APPID].drafts == {}
    platform.heal()
    assert draft(home) == 0


def test_an_answer_that_is_lost_is_looked_for_and_never_asked_again(
    home: Path, platform: DraftPlatform, capsys: pytest.CaptureFixture[str]
) -> None:
    platform.cuts["draft/add"] = 1
    assert draft(home) == 0
    assert "接着用它" in capsys.readouterr().err
    assert platform.accounts[APPID].added == 1


def test_what_is_not_in_the_box_yet_is_asked_for_again_only_when_it_can_come_no_more(
    home: Path, platform: DraftPlatform, capsys: pytest.CaptureFixture[str]
) -> None:
    platform.drops["draft/add"] = 1
    assert draft(home) == 5
    assert "不知道建好了没有" in capsys.readouterr().err
    assert draft(home, now="2026-11-30T06:01+00:00") == 5
    assert platform.accounts[APPID].added == 0
    assert draft(home, now="2026-11-30T06:09+00:00") == 0
    assert platform.accounts[APPID].added == 1


def test_what_was_changed_in_the_back_office_is_left_alone_unless_told(
    home: Path, platform: DraftPlatform, capsys: pytest.CaptureFixture[str]
) -> None:
    assert draft(home) == 0
    (made,) = platform.accounts[APPID].drafts.values()
    made["update_time"] += 60
    made["articles"][0]["content"] = "改过"
    assert draft(home) == 5
    assert "在后台改过" in capsys.readouterr().err
    assert only(platform.accounts[APPID])[0]["content"] == "改过"
    assert draft(home, "--overwrite") == 0
    assert only(platform.accounts[APPID])[0]["content"] != "改过"


def test_a_draft_that_was_published_makes_room_for_a_new_one_and_a_lost_cover_is_sent_again(
    home: Path, platform: DraftPlatform
) -> None:
    assert draft(home) == 0
    account = platform.accounts[APPID]
    account.drafts.clear()
    account.material.clear()
    assert draft(home) == 0
    assert only(account)[0]["thumb_media_id"] in account.material


def test_two_accounts_in_turn_share_nothing(
    home: Path, platform: DraftPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    for appid, secret in ((APPID, SECRET), (OTHER_APPID, OTHER_SECRET)) * 2:
        monkeypatch.setenv("CURATE_WECHAT_APPID", appid)
        monkeypatch.setenv("CURATE_WECHAT_SECRET", secret)
        assert draft(home) == 0
    for account in platform.accounts.values():
        (article,) = only(account)
        assert account.added == 1
        assert article["thumb_media_id"] in account.material
        assert account.mark in article["content"], "its own pictures"


def test_one_post_a_topic_is_one_push_of_at_most_eight(home: Path, platform: DraftPlatform) -> None:
    change_settings(home, "draft: {posts: topics, author: 编辑部, comments: fans, crop_wide: [0, 0, 1, 0.5]}")
    assert draft(home) == 0
    articles = only(platform.accounts[APPID])
    assert 1 < len(articles) <= 8
    assert all(a["author"] == "编辑部" and a["pic_crop_235_1"] == "0_0_1_0.5" for a in articles)
    assert all((a["need_open_comment"], a["only_fans_can_comment"]) == (1, 1) for a in articles)
    assert not any("digest" in a for a in articles), "only a single post has a summary"
    assert len({a["title"] for a in articles}) == len(articles)
    change_settings(home, "draft: {posts: issue}")
    assert draft(home) == 0
    assert len(only(platform.accounts[APPID])) == 1, "in the place of the other"


def test_cards_of_the_issue_are_a_draft_of_their_own(
    home: Path, platform: DraftPlatform, capsys: pytest.CaptureFixture[str]
) -> None:
    assert draft(home, "--kind", "both") == 0
    assert "贴图" in capsys.readouterr().out
    account = platform.accounts[APPID]
    kinds = {d["articles"][0]["article_type"]: d["articles"][0] for d in account.drafts.values()}
    assert set(kinds) == {"news", "newspic"}
    media = [each["image_media_id"] for each in kinds["newspic"]["image_info"]["image_list"]]
    files = sorted(home.glob("output/issues/*/cards/*.jpg"))
    assert [account.material[each] for each in media] == [
        hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    ]
    assert "<" not in kinds["newspic"]["content"]
    assert draft(home, "--kind", "both") == 0
    assert account.added == 2


def test_a_dry_run_says_what_would_be_sent_and_asks_nothing(
    home: Path, platform: DraftPlatform, capsys: pytest.CaptureFixture[str]
) -> None:
    assert draft(home, "--dry-run") == 0
    told = capsys.readouterr().out
    assert re.search(r"标题（\d+ 字）", told)
    assert "要传：第 " in told
    assert "传过了" not in told
    assert platform.paths == []
    assert draft(home) == 0
    capsys.readouterr()
    assert draft(home, "--dry-run") == 0
    assert "传过了" in capsys.readouterr().out


def test_a_preflight_makes_nothing(
    home: Path, platform: DraftPlatform, capsys: pytest.CaptureFixture[str]
) -> None:
    assert draft(home, "--preflight") == 0
    assert "接口可以用" in capsys.readouterr().err
    assert platform.paths == ["stable_token", "draft/count"]


def test_without_its_variables_it_says_which(
    home: Path, platform: DraftPlatform, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    change_settings(home, f'network: {{wechat: "{platform.url}", wechat_env: DAILY, relay_key_env: RELAY}}')
    assert draft(home) == 5
    assert "DAILY_APPID、DAILY_SECRET、RELAY" in capsys.readouterr().err
    for name, value in (("DAILY_APPID", APPID), ("DAILY_SECRET", SECRET), ("RELAY", "a-wrong-key-of-ours")):
        monkeypatch.setenv(name, value)
    platform.relay_key = "the-key-of-the-relay"
    assert draft(home) == 4
    assert "不认这把钥匙（403）" in capsys.readouterr().err
    monkeypatch.setenv("RELAY", platform.relay_key)
    assert draft(home) == 0


def test_no_file_log_or_word_holds_a_secret(
    home: Path, platform: DraftPlatform, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for trouble in ("whitelist", "expired", "refused", "lost", ""):
        platform.heal()
        platform.whitelisted = trouble != "whitelist"
        platform.token_uses = 2 if trouble == "expired" else 10_000
        platform.drops["draft/add"] = int(trouble == "lost")
        platform.codes["draft/add"] = [45004] * (trouble == "refused")
        draft(home)
    told = capsys.readouterr()
    written = [path.read_bytes() for path in home.rglob("*") if path.is_file()]
    assert any(b"SQLite" in data[:20] for data in written)
    tokens = filter(None, platform.accounts[APPID].tokens)
    for secret in (SECRET, APPID, *tokens):
        assert secret not in told.out + told.err + caplog.text
        assert not any(secret.encode() in data for data in written), "in no file under the account's folder"
    assert not any(SECRET in line or APPID in line for line in platform.asked), "in a body alone"


def test_what_the_check_finds_stops_a_draft_until_it_is_mended_accepted_or_passed_over(
    home: Path, platform: DraftPlatform, capsys: pytest.CaptureFixture[str]
) -> None:
    opening = "转发本文到朋友圈，集满 38 个赞就能领取红包。"
    assert run(["issue", "words", "last", "--opening", opening, "-C", str(home), "--now", NOW]) == 0
    assert draft(home) == 5
    told = capsys.readouterr().err
    assert "处要改" in told
    assert "curate check 1" in told
    assert platform.paths == []
    assert draft(home, "--despite") == 0


@pytest.mark.slow
def test_several_issues_go_into_one_push_and_none_into_two(
    two_nights: tuple[Published, Published],
    tmp_path: Path,
    platform: DraftPlatform,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    home = two_nights[1].copy(tmp_path)
    change_settings(home, f'network: {{wechat: "{platform.url}", timeout: 5}}')
    monkeypatch.setenv("CURATE_WECHAT_APPID", APPID)
    monkeypatch.setenv("CURATE_WECHAT_SECRET", SECRET)
    account = platform.accounts[APPID]
    assert draft(home, "1", "2") == 0
    assert len(only(account)) == 2
    assert draft(home, "2") == 5
    assert "第 2 期已经在第 1 期的草稿里" in capsys.readouterr().err
    assert draft(home, "1") == 0
    assert len(only(account)) == 1, "the push of two was replaced"
    assert draft(home, "2") == 0
    assert len(account.drafts) == 2
    account.drafts.clear()
    assert draft(home, "2", "1", "2") == 0, "each once, what is gone stands in no way"
    assert len(only(account)) == 2


def test_a_picture_that_moves_goes_into_the_material_and_a_still_one_does_not(
    platform: DraftPlatform, tmp_path: Path
) -> None:
    about = message("draft.item", number=1, title="一")
    pictures = [DraftPicture("picture.gif", moving(), about), DraftPicture("01.jpg", photo(), about)]
    environ = {"CURATE_WECHAT_APPID": APPID, "CURATE_WECHAT_SECRET": SECRET}
    network = Network(wechat=platform.url, timeout=5)
    with (
        Archive("sqlite://", tmp_path, lambda entry: entry.title) as archive,
        open_wechat(network, environ, DRAFT_CODES, lambda seconds: None) as session,
    ):
        box = DraftBox(session, archive.drafts, account_key(APPID), lambda: BEGIN)
        found = box.put_pictures("body", pictures)
        assert box.put_pictures("body", pictures) == found, "nothing is sent again"
    assert set(found) == {picture.digest for picture in pictures}
    assert all(address.startswith("https://mmbiz.qpic.cn/") for address in found.values())
    account = platform.accounts[APPID]
    assert list(account.material.values()) == [pictures[0].digest]
    assert len(account.addresses) == 2
