"""The platform's article page as its guide documents it, over the ProseMirror of the paste test; and a browser with the
extension in it. The page stands under the platform's name, which the browser is told to look for on loopback."""

from __future__ import annotations

import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext

from curate.storage.account import find_extension
from tests.browser.editors import CHROMIUM, FLAGS, HERE, MODULES, NOTHING

HOST = "mp.weixin.qq.com"
ADDRESS = f"https://{HOST}/cgi-bin/appmsg?t=media/appmsg_edit"
PAGE = """<!doctype html><meta charset="utf-8"><title>mp</title>
<div id="editor"></div><script src="/prosemirror.js"></script><script>{api}</script>"""
API = """
const state = { isReady: true, isNew: true, refuse: false, drop: 0 };
const api = {
  mp_editor_get_isready: () => ({ isReady: state.isReady, isNew: state.isNew }),
  mp_editor_get_content: () => ({ content: content().innerHTML }),
  mp_editor_set_content: ({ content: html }) => {
    if (state.refuse) throw { errCode: 1, errMsg: "set_content:fail" };
    const made = document.createElement("div");
    made.innerHTML = html;
    for (let n = 0; n < state.drop; n++) made.querySelector("img")?.remove();
    setDocument(made);
    return {};
  },
};
window.__MP_Editor_JSAPI__ = {
  invoke({ apiName, apiParam, sucCb, errCb }) {
    setTimeout(() => { try { sucCb(api[apiName](apiParam)); } catch (error) { errCb(error); } }, 5);
  },
};
"""


@contextmanager
def served_platform(folder: Path) -> Iterator[int]:
    """The page over TLS on loopback; yields the port. `folder`: where bundle and certificate are written."""
    bundle, key, certificate = folder / "prosemirror.js", folder / "key.pem", folder / "certificate.pem"
    esbuild = [str(MODULES / ".bin/esbuild"), "prosemirror.js", "--bundle", f"--outfile={bundle}"]
    subprocess.run([*esbuild, "--log-level=warning"], cwd=HERE, check=True)
    openssl = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        f"/CN={HOST}",
    ]
    subprocess.run([*openssl, "-keyout", key, "-out", certificate], check=True, capture_output=True)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/prosemirror.js":
                self._send(bundle.read_bytes(), "text/javascript")
            elif self.path.startswith("/cgi-bin/"):
                self._send(PAGE.replace("{api}", API).encode(), "text/html; charset=utf-8")
            else:
                self._send(NOTHING, "image/gif")

        def _send(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None: ...  # noqa: A002

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def opened_with_extension(browser: Browser, port: int, profile: Path) -> Iterator[BrowserContext]:
    """Another one that has the extension, and for which the platform is loopback and nothing else is there."""
    extension = find_extension()
    flags = [
        *FLAGS,
        f"--load-extension={extension}",
        f"--disable-extensions-except={extension}",
        "--disable-features=DisableLoadExtensionCommandLineSwitch",
        f"--host-resolver-rules=MAP {HOST}:443 127.0.0.1:{port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--ignore-certificate-errors",
        "--headless=new",
    ]
    context = browser.browser_type.launch_persistent_context(
        profile,
        executable_path=CHROMIUM,
        headless=False,
        args=flags,
        ignore_default_args=["--disable-extensions"],
        ignore_https_errors=True,
    )
    context.set_default_timeout(10_000)
    try:
        yield context
    finally:
        context.close()
