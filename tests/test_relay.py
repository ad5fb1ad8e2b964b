"""The relay of docs/zh/delivery.md, as it stands there, in Debian's nginx: what it lets through, and what it keeps to itself."""

from __future__ import annotations

import re
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

DOCUMENT = Path(__file__).parents[1] / "docs/zh/delivery.md"
KEY = "the-key-of-the-relay-0123456789abcdef"
pytestmark = pytest.mark.skipif(NGINX is None, reason="no nginx here (Debian's package nginx)")


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
    with served_platform(DraftPlatform()) as platform:
        port = free_port()
        here = {
            "listen 443 ssl;": f"listen 127.0.0.1:{port};",
            "/var/log/nginx/relay.log": f"{tmp_path}/relay.log",
            "在这里写一把长钥匙": KEY,
            "https://api.weixin.qq.com;": f"{platform.url};",
        }
        example = re.sub(r" *ssl_certificate.*\n", "", replace_each(read_example(DOCUMENT), here))
        with serve_example(tmp_path, example, port):
            yield Relay(f"http://127.0.0.1:{port}", tmp_path, platform)


@pytest.mark.skipif(OPENSSL is None, reason="no openssl here")
def test_nginx_takes_the_example_with_its_certificate(tmp_path: Path) -> None:
    make_certificate(tmp_path, "relay")
    here = {
        "/etc/ssl/relay": f"{tmp_path}/relay",
        "/var/log/nginx": str(tmp_path),
        "https://api.weixin.qq.com;": "https://127.0.0.1;",  # names are looked up when it starts
    }
    example = replace_each(read_example(DOCUMENT), here)
    if not Path("/etc/ssl/certs/ca-certificates.crt").exists():
        example = re.sub(r" *proxy_ssl_trusted_certificate.*\n", "", example)
    told = check_config(tmp_path, example)
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
