"""The account's file of secrets: read by every command, told by nobody."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from curate.app.schedule.secrets_file import fill_environment, parse_secrets, read_secrets
from curate.cli.main import run
from curate.i18n.catalogue import say
from tests.fake_service import Fake

FEEDS = """\
account: {name: 夜读}
topics: [{id: a, name: 科技}]
sources: [{name: 甲, url: "https://a.example/"}]
services: [{name: 群, kind: webhook, env: TEAM}]
notify: {to: [群]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "feeds.yaml").write_text(FEEDS, "utf-8")
    return tmp_path


def write(folder: Path, text: str, mode: int = 0o600) -> None:
    (folder / "secrets.env").write_text(text, "utf-8")
    (folder / "secrets.env").chmod(mode)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A=b", "b"),
        ("export A=b", "b"),
        ("  A = b c ", "b c"),
        ('A="b c"', "b c"),
        ("A='b'", "b"),
        ("A=b#c=d", "b#c=d"),
        ("A=https://x/?a=1&b=$c", "https://x/?a=1&b=$c"),
        ('A="', '"'),
        ("\ufeffA=b\r", "b"),
        ("A=", ""),
    ],
)
def test_a_line_is_a_name_and_a_value(line: str, value: str) -> None:
    assert parse_secrets(line + "\n").values == {"A": value}


def test_a_line_that_is_none_is_told_by_its_number_without_what_it_says() -> None:
    found = parse_secrets(
        "# a\n\nA=b\nvery secret\n1A=secret\nLD_PRELOAD=secret\nPATH=secret\nPYTHONPATH=secret\n"
    )
    assert found.values == {"A": "b"}
    (doubt,) = found.doubts
    told = say(doubt, "zh")
    assert all(str(number) in told for number in (4, 5, 6, 7, 8))
    assert "secret" not in told.replace("secrets.env", "")


def test_what_the_environment_has_stays_and_what_was_added_goes(folder: Path) -> None:
    write(folder, "A=file\nB=file\nC=file\nD=\n")
    environ = {"A": "set", "B": ""}
    with fill_environment(folder, environ) as doubts:
        assert environ == {"A": "set", "B": "file", "C": "file"}
        assert doubts == ()
    assert environ == {"A": "set", "B": ""}


def test_a_file_that_others_can_read_is_told_and_a_folder_without_an_account_has_none(
    folder: Path, tmp_path: Path
) -> None:
    write(folder, "A=file\n", 0o640)
    found = read_secrets(folder)
    assert found.values == {"A": "file"}
    assert "chmod 600" in say(found.doubts[0], "zh")
    (folder / "feeds.yaml").unlink()
    assert read_secrets(folder).values == {}


def test_every_command_uses_it_and_none_shows_it(
    folder: Path, fake: Fake, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.answers = [(200, "ok"), (403, "no: very-secret-value")]
    write(folder, f"TEAM_URL={fake.address}/very-secret-value\n")
    assert run(["notify", "test", "-C", str(folder)]) == 0
    assert fake.asked[0][0] == "/very-secret-value"
    assert run(["notify", "test", "-C", str(folder)]) == 5
    shown = capsys.readouterr()
    assert "very-secret-value" not in shown.out + shown.err
    assert "TEAM_URL" not in os.environ
