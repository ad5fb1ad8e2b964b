"""The relay of docs/zh/delivery.md, as it stands there, in Debian's nginx: what it lets through, and what it keeps to itself."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from curate.app.open_wechat import open_wechat
from curate.config.schema import Network
from curate.delivery.refusals import DRAFT_CODES
from curate.domain.errors import FetchError
from curate.fetch.wechat_errors import UnansweredError
from tests.draft_platform import APPID, SECRET, DraftPlatform, served_platform

DOCUMENT = Path(__file__).parents[1] / "docs/zh/delivery.md"
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
KEY = "the-key-of-the-relay-0123456789abcdef"
FRAME = """\
daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log crit;
events {{}}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
{server}}}
"""

pytestmark = pytest.mark.skipif(NGINX is None, reason="no nginx here (Debian's package nginx)")


def server_block() -> str:
    found = re.search(r"```nginx\n(server \{.*?)```", DOCUMENT.read_text("utf-8"), re.S)
    assert found
    return found[1]


def write_config(folder: Path, server: str) -> Path:
    path = folder / "nginx.conf"
    path.write_text(FRAME.format(folder=folder, server=server), encoding="utf-8")
    return path


@dataclass
class Relay:
    """nginx as the document sets it up, in front of a platform of our own."""

    url: str
    folder: Path
    platform: DraftPlatform

    def ask(self, path: str = "draft/count", key: str = KEY) -> object:
        environ = {"CURATE_WECHAT_APPID": APPID, "CURATE_WECHAT_SECRET": SECRET, "RELAY": key}
        network = Network(wechat=self.url, timeout=5, relay_key_env="RELAY")
        with open_wechat(network, environ, DRAFT_CODES, lambda seconds: None) as session:
            return (
                session.get(f"/cgi-bin/{path}")
                if path == "draft/count"
                else session.ask(f"/cgi-bin/{path}", {})
            )

    def upload(self, data: bytes) -> object:
        environ = {"CURATE_WECHAT_APPID": APPID, "CURATE_WECHAT_SECRET": SECRET, "RELAY": KEY}
        network = Network(wechat=self.url, timeout=5, relay_key_env="RELAY")
        with open_wechat(network, environ, DRAFT_CODES, lambda seconds: None) as session:
            return session.upload("/cgi-bin/material/add_material", {"type": "image"}, "cover.jpg", data)


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[Relay]:
    with served_platform(DraftPlatform()) as platform, socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        server = server_block()
        for written, here in (
            ("listen 443 ssl;", f"listen 127.0.0.1:{port};"),
            ("/var/log/nginx/relay.log", f"{tmp_path}/relay.log"),
            ("在这里写一把长钥匙", KEY),
            ("https://api.weixin.qq.com;", f"{platform.url};"),
        ):
            assert written in server
            server = server.replace(written, here)
        server = re.sub(r" *ssl_certificate.*\n", "", server)
        process = subprocess.Popen([str(NGINX), "-c", str(write_config(tmp_path, server))])
        try:
            wait_for(port)
            yield Relay(f"http://127.0.0.1:{port}", tmp_path, platform)
        finally:
            process.terminate()
            process.wait(10)


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError("nginx does not listen")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")
def test_nginx_takes_the_example_with_its_certificate(tmp_path: Path) -> None:
    subject = ["-subj", "/CN=relay.example.com", "-days", "2", "-keyout", "relay.key", "-out", "relay.pem"]
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            *subject,
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    server = (
        server_block().replace("/etc/ssl/relay", f"{tmp_path}/relay").replace("/var/log/nginx", str(tmp_path))
    )
    server = server.replace(
        "https://api.weixin.qq.com;", "https://127.0.0.1;"
    )  # names are looked up when it starts
    if not Path("/etc/ssl/certs/ca-certificates.crt").exists():
        server = re.sub(r" *proxy_ssl_trusted_certificate.*\n", "", server)
    told = subprocess.run(
        [str(NGINX), "-t", "-c", str(write_config(tmp_path, server))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr


def test_what_the_program_needs_goes_through_with_the_key_alone(relay: Relay) -> None:
    assert relay.ask() == {"total_count": 0}
    assert relay.upload(b"\xff\xd8" + b"x" * 3_000_000)
    assert not any(KEY in line for line in relay.platform.asked), "the platform never sees the key"
    before = len(relay.platform.paths)
    with pytest.raises(FetchError) as refused:
        relay.ask(key="another-key-altogether")
    assert refused.value.message is not None
    assert refused.value.message.key == "fetch.relay refused"
    assert len(relay.platform.paths) == before


@pytest.mark.parametrize(
    "path", ["freepublish/submit", "message/mass/sendall", "draft/switch", "material/del_material"]
)
def test_nothing_else_goes_through(relay: Relay, path: str) -> None:
    with pytest.raises(FetchError):
        relay.ask(path)
    assert path not in relay.platform.paths


def test_its_logs_hold_no_token_even_where_the_platform_does_not_answer(relay: Relay) -> None:
    relay.platform.gateway["draft/count"] = 1
    with pytest.raises(UnansweredError):
        relay.ask()
    relay.platform.drops["draft/count"] = 1
    with pytest.raises(UnansweredError):
        relay.ask()
    tokens = relay.platform.accounts[APPID].tokens
    assert tokens
    for path in relay.folder.glob("*.log"):
        assert not any(token in path.read_text("utf-8") for token in tokens), path.name
