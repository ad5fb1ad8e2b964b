"""The desk's button for the draft box: the issue as it is previewed, and its result in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.demo_account import Published
from tests.desk_client import opened
from tests.draft_platform import APPID, SECRET, DraftPlatform, served_platform
from tests.test_draft import change_settings, only


def test_the_issue_goes_into_the_box_as_the_desk_shows_it_and_what_came_of_it_is_said(
    published: Published, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = published.copy(tmp_path)
    with served_platform(DraftPlatform()) as platform:
        monkeypatch.setattr("curate.desk_server.draft_panel.time.sleep", platform.sleep)
        change_settings(home, f'network: {{wechat: "{platform.url}", timeout: 5}}')
        with opened(home, 1) as client:
            assert "CURATE_WECHAT_APPID" in client.get("/panel/draft").text
            refused = client.do("draft", kind="news")
            assert refused.status_code == 422
            assert "没有设环境变量" in refused.text
            monkeypatch.setenv("CURATE_WECHAT_APPID", APPID)
            monkeypatch.setenv("CURATE_WECHAT_SECRET", SECRET)
            platform.whitelisted = False
            assert "加上 203.0.113.7" in client.do("draft", kind="news").text
            platform.heal()
            made = client.do("draft", kind="news")
            assert made.status_code == 200
            assert "草稿建好了" in made.text
            assert "已有：图文，1 篇" in client.get("/panel/draft").text
            (article,) = only(platform.accounts[APPID])
            assert article["article_type"] == "news"
            assert "草稿更新了" in client.do("draft", kind="news").text
    assert platform.accounts[APPID].added == 1
