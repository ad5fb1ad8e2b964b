"""`curate answers serve` behind Debian's nginx, set up as docs/zh/answers.md says: what goes through, and what no log holds."""

from __future__ import annotations

import os
import re
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from curate.answers.day_files import DayFiles
from curate.domain.serialization import to_json
from curate.storage.output import write_file
from tests.desk_account import SETTINGS, source
from tests.nginx import (
    NGINX,
    OPENSSL,
    check_config,
    free_port,
    make_certificate,
    read_example,
    replace_each,
    serve_example,
)
from tests.test_answers import KEY, TABLE, TOKEN, cipher, message, sealed, signed

DOCUMENT = Path(__file__).parents[1] / "docs/zh/answers.md"
SECRETS = {"CURATE_WECHAT_TOKEN": TOKEN, "CURATE_WECHAT_AES_KEY": KEY, "CURATE_WECHAT_APPID": "wx-account"}
OPENID = "o6_reader_of_ours"

pytestmark = pytest.mark.skipif(None in (NGINX, OPENSSL), reason="no nginx or no openssl here")


@contextmanager
def serve_answers(folder: Path) -> Iterator[str]:
    """`curate answers serve` of an account in a process of its own; its host and port."""
    (folder / "feeds.yaml").write_text(f"{SETTINGS}{source(1)}answers: {{}}\n", encoding="utf-8")
    write_file(folder / "output/answers.json", to_json(TABLE).decode())
    command = [sys.executable, "-m", "curate", "answers", "serve", "--port", "0", "-C", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | SECRETS)
    try:
        assert process.stdout
        address = re.search(r"http://(\S+)/", process.stdout.readline())
        assert address
        yield address[1]
    finally:
        process.terminate()
        process.communicate(timeout=10)


def example_for(folder: Path, port: int, upstream: str) -> str:
    make_certificate(folder, "wechat")
    here = {
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        "/etc/ssl/wechat": f"{folder}/wechat",
        "/var/log/nginx": str(folder),
        "http://127.0.0.1:8790;": f"http://{upstream};",
    }
    return replace_each(read_example(DOCUMENT), here)


class Front:
    """What the platform sees of the account: an address with a certificate."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        trusted = ssl.create_default_context(cafile=folder / "wechat.pem")
        self.client = httpx.Client(base_url=f"https://127.0.0.1:{port}", verify=trusted, trust_env=False)

    def verify(self, path: str = "/wechat") -> httpx.Response:
        return self.client.get(path, params={**signed(at=time.time()), "echostr": "5077"})

    def send(self, body: bytes, nonce: str) -> httpx.Response:
        query, packed = sealed(body, nonce=nonce, at=time.time())
        return self.client.post("/wechat", params={**query, "openid": OPENID}, content=packed)

    def logged(self) -> str:
        return "".join(path.read_text("utf-8") for path in self.folder.glob("*.log"))


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    folder, port = tmp_path_factory.mktemp("answers"), free_port()
    with serve_answers(folder) as upstream, serve_example(folder, example_for(folder, port, upstream), port):
        front = Front(folder, port)
        with front.client:
            yield front


def test_nginx_takes_the_example(tmp_path: Path) -> None:
    told = check_config(tmp_path, example_for(tmp_path, free_port(), "127.0.0.1:8790"))
    assert told.returncode == 0, told.stderr


def test_the_platform_is_answered_through_nginx(front: Front) -> None:
    assert front.verify().text == "5077"
    answered = front.send(message("31401"), "n1")
    assert answered.status_code == 200
    packed = re.search(r"<Encrypt><!\[CDATA\[(.*?)\]\]>", answered.text)
    assert packed
    opened = cipher().decrypt(packed[1])
    assert opened
    assert b"31401" in opened
    assert sum(sum(day.values()) for day in DayFiles(front.folder / "output").read().values()) == 1


def test_strangers_large_bodies_and_other_paths_end_at_the_door(front: Front) -> None:
    assert front.client.get("/wechat", params={"echostr": "5077"}).status_code == 403
    assert front.client.post("/wechat", content=b"x" * 70_000).status_code == 413
    assert front.verify("/elsewhere").status_code == 404


def test_two_hundred_messages_at_once_are_within_the_limit(front: Front) -> None:
    answers = [front.send(message("最新", MsgId=f"m{n}"), f"b{n}").status_code for n in range(200)]
    assert set(answers) == {200}


@pytest.mark.slow
def test_no_log_holds_a_signature_or_a_reader(tmp_path: Path) -> None:
    port = free_port()
    with serve_example(tmp_path, example_for(tmp_path, port, f"127.0.0.1:{free_port()}"), port):
        front = Front(tmp_path, port)
        with front.client:
            assert front.send(message("31401"), "n1").status_code == 502, "the program is not running"
            front.client.get("/elsewhere")
    assert "/elsewhere" in front.logged(), "a log is kept"
    assert not re.search(f"{OPENID}|signature", front.logged())
