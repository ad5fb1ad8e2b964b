"""Debian's nginx, set up as an example of the documents says, on loopback."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
OPENSSL = shutil.which("openssl")
_FRAME = """\
daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log crit;
events {{}}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
{example}}}
"""


def read_example(document: Path) -> str:
    """The nginx example of a document, as it stands there."""
    found = re.search(r"^( *)```nginx\n(.*?)^\1```", document.read_text("utf-8"), re.M | re.S)
    assert found
    return dedent(found[2])


def replace_each(example: str, changes: dict[str, str]) -> str:
    """The example with these parts changed, all of which it has."""
    for written, here in changes.items():
        assert written in example, written
        example = example.replace(written, here)
    return example


def make_certificate(folder: Path, name: str) -> None:
    """`name`.pem and `name`.key for 127.0.0.1, signed by itself."""
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2", "-nodes"]
    keys = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-keyout", f"{name}.key"]
    asked = [str(OPENSSL), "req", "-x509", *subject, *keys, "-out", f"{name}.pem"]
    subprocess.run(asked, cwd=folder, check=True, capture_output=True)


def check_config(folder: Path, example: str) -> subprocess.CompletedProcess[str]:
    """What `nginx -t` says of the example."""
    asked = [str(NGINX), "-t", "-c", str(_write_config(folder, example))]
    return subprocess.run(asked, capture_output=True, text=True, check=False)


@contextmanager
def serve_example(folder: Path, example: str, port: int) -> Iterator[None]:
    """nginx with the example, which listens at the port, until the block is left."""
    process = subprocess.Popen([str(NGINX), "-c", str(_write_config(folder, example))])
    try:
        wait_for(port)
        yield
    finally:
        process.terminate()
        process.wait(10)


def free_port() -> int:
    """A port of loopback at which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def wait_for(port: int, seconds: float = 4) -> None:
    """Return when something listens at the port. AssertionError where nothing does in time."""
    for _ in range(round(seconds / 0.02)):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError(f"nothing listens at {port}")


def _write_config(folder: Path, example: str) -> Path:
    path = folder / "nginx.conf"
    path.write_text(_FRAME.format(folder=folder, example=example), encoding="utf-8")
    return path
