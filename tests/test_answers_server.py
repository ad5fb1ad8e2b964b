"""The webhook over HTTP: who is let in, what is counted, and a table that is swapped while it serves."""

from __future__ import annotations

import asyncio
import os
import re
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

from curate.answers.day_files import DayFiles
from curate.answers.server import answers_app
from curate.answers.table import AnswerTable
from curate.app.answers.serve import LOOK_AGAIN, TableFile, create_app, make_endpoint
from curate.cli.main import run
from curate.domain.errors import ConfigError
from curate.domain.serialization import to_json
from curate.storage import Archive
from curate.storage.output import write_file
from tests.desk_account import SETTINGS, source
from tests.site_samples import CONFIG
from tests.test_answers import KEY, TABLE, TOKEN, message, sealed, signed

T = TypeVar("T")
DAY = date(2026, 11, 30)
ENVIRON = {"CURATE_WECHAT_TOKEN": TOKEN}


def app_of(folder: Path, environ: dict[str, str] = ENVIRON) -> Starlette:
    endpoint = make_endpoint(CONFIG, folder, environ, lambda: datetime(2026, 11, 30, 3, tzinfo=UTC))
    return answers_app(endpoint, lambda: float(signed()["timestamp"]))


def run_apart(work: Coroutine[Any, Any, T]) -> T:
    """What the work comes to, in a thread of its own: in a browser test's process a loop is running already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def ask(
    app: Starlette, method: str, query: dict[str, str], body: bytes = b"", path: str = "/wechat"
) -> httpx.Response:
    async def once() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://t") as client:
            return await client.request(method, path, params=query, content=body)

    return run_apart(once())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_file(tmp_path / "output/answers.json", to_json(TABLE).decode())
    return tmp_path


def test_the_platform_is_answered_and_strangers_are_not(folder: Path) -> None:
    app = app_of(folder)
    assert ask(app, "GET", {**signed(), "echostr": "123"}).text == "123"
    assert ask(app, "GET", {"echostr": "123"}).status_code == 403
    assert "31401" in ask(app, "POST", signed(), message("31401")).text
    assert ask(app, "POST", {}, message("31401")).status_code == 403
    assert ask(app, "PUT", signed(), message("31401")).status_code == 405
    assert ask(app, "POST", signed("n2"), b"x" * 70_000).status_code == 413
    assert DayFiles(folder / "output").read() == {DAY: {"31401": 1}}


def test_encrypted_messages_need_the_appid(folder: Path) -> None:
    environ = {**ENVIRON, "CURATE_WECHAT_AES_KEY": KEY}
    with pytest.raises(ConfigError, match="CURATE_WECHAT_APPID"):
        app_of(folder, environ)
    app = app_of(folder, {**environ, "CURATE_WECHAT_APPID": "wx-account"})
    query, body = sealed(message("31401"))
    assert "<Encrypt>" in ask(app, "POST", query, body).text


@pytest.mark.parametrize(
    "environ", [{}, {"CURATE_WECHAT_TOKEN": "t", "CURATE_WECHAT_AES_KEY": "secret-but-wrong"}]
)
def test_a_missing_or_wrong_secret_is_told_and_not_shown(folder: Path, environ: dict[str, str]) -> None:
    with pytest.raises(ConfigError) as told:
        app_of(folder, environ)
    assert "secret-but-wrong" not in str(told.value)


def test_a_new_table_is_taken_and_a_broken_one_is_not(folder: Path) -> None:
    now = [0.0]
    table = TableFile(folder / "output/answers.json", lambda: now[0])
    assert table().issues == TABLE.issues
    for text, wanted in (
        (to_json(AnswerTable(help="新的")).decode(), "新的"),
        ('{"half": ', "新的"),
        (to_json(AnswerTable(help="更新的")).decode(), "更新的"),
    ):
        write_file(table.path, text, replace=True)
        now[0] += LOOK_AGAIN
        assert table().help == wanted
    table.path.unlink()
    now[0] += LOOK_AGAIN
    assert table().help == "更新的"


def test_counts_go_into_the_archive_once_whenever_they_are_read(tmp_path: Path) -> None:
    files = DayFiles(tmp_path / "output")
    for asked, day in (("31401", 28), ("31401", 28), ("topic:ai", 28), ("31402", 30)):
        files.add(asked, date(2026, 11, day))
    with Archive("sqlite://", tmp_path, lambda entry: entry.title) as archive:
        for _ in range(2):
            archive.keep_requests(files.read())
        files.remove_over(DAY)
        files.add("31402", DAY)
        archive.keep_requests(files.read())
        assert archive.requests(date(2026, 11, 28)) == {
            date(2026, 11, 28): {"31401": 2, "topic:ai": 1},
            DAY: {"31402": 2},
        }
        assert archive.requests(DAY) == {DAY: {"31402": 2}}
    assert [path.name for path in (tmp_path / "output/answers").iterdir()] == ["2026-11-30.txt"]


def test_nothing_of_a_reader_is_written_anywhere(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    app = app_of(folder)
    for n, said in enumerate(("我住和平路 12 号", "13800138000", "31401", "me@mail.example")):
        ask(app, "POST", signed(f"n{n}"), message(said, FromUserName="open-id-7", MsgId=f"m{n}"))
    written = [
        path.read_text("utf-8") for path in folder.rglob("*") if path.is_file() and path.suffix == ".txt"
    ]
    said = "".join((*written, *capfd.readouterr()))
    assert "31401" in said
    assert not re.search("和平路|13800138000|open-id|mail.example", said)


def test_another_application_mounts_the_webhook(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "feeds.yaml").write_text(f"{SETTINGS}{source(1)}answers: {{}}\n", encoding="utf-8")
    monkeypatch.setenv("CURATE_FOLDER", str(folder))
    monkeypatch.setenv("CURATE_WECHAT_TOKEN", TOKEN)
    own = Route("/about", lambda request: PlainTextResponse("ours"))
    host = Starlette(routes=[own, Mount("/wechat", app=create_app())])
    now = signed(at=time.time())
    mounted = "/wechat/"  # a mount redirects what lacks the slash, and the platform follows no redirect
    assert ask(host, "GET", {**now, "echostr": "123"}, path=mounted).text == "123"
    assert "31401" in ask(host, "POST", now, message("31401"), mounted).text
    assert ask(host, "GET", {}, path=mounted).status_code == 403
    assert ask(host, "GET", now).is_redirect
    assert ask(host, "GET", now, path="/about").text == "ours"
    assert ask(host, "GET", now, path="/elsewhere").status_code == 404
    assert list(DayFiles(folder / "output").read().values()) == [{"31401": 1}]


def test_the_night_writes_the_table_and_the_terminal_tries_it(
    issue_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = issue_home
    feeds = home / "feeds.yaml"
    assert run(["answers", "try", "-C", str(home), "最新"]) == 2
    assert "answers:" in capsys.readouterr().err
    feeds.write_text(feeds.read_text("utf-8") + "\nanswers: {greeting: 你好}\n", "utf-8")
    assert run(["site", "-C", str(home)]) == 0
    assert (home / "output/answers.json").is_file()
    capsys.readouterr()
    assert run(["answers", "try", "-C", str(home), "最新"]) == 0
    assert "第 7 期" in capsys.readouterr().out
    assert run(["answers", "asked", "-C", str(home)]) == 3
    DayFiles(home / "output").add("701", datetime.now(UTC).date())
    assert run(["answers", "asked", "-C", str(home), "--days", "3"]) == 0
    assert "1  701" in capsys.readouterr().out


@pytest.mark.slow
def test_two_hundred_at_once_while_the_table_is_swapped(folder: Path) -> None:
    app, path = app_of(folder), folder / "output/answers.json"
    other = to_json(AnswerTable(numbers={"31401": "另一张表"}, issues=(314,))).decode()

    async def storm() -> list[httpx.Response]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://t") as client:
            answers = []
            for turn in range(10):
                write_file(path, other if turn % 2 else to_json(TABLE).decode(), replace=True)
                requests = [
                    client.post(
                        "/", params=signed(f"{turn}-{n}"), content=message("31401", MsgId=f"{turn}-{n}")
                    )
                    for n in range(200)
                ]
                answers += await asyncio.gather(*requests)
            return answers

    began = time.process_time()
    answered = run_apart(storm())
    spent = time.process_time() - began
    assert all(one.status_code == 200 and "<xml>" in one.text for one in answered)
    assert spent / len(answered) < 0.05
    assert DayFiles(folder / "output").read() == {DAY: {"31401": 2000}}
    assert os.listdir(folder / "output/answers") == ["2026-11-30.txt"]  # noqa: PTH208
