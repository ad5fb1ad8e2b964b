"""A night of official accounts whose feeds have titles only, and whose every page is a gate.

    python bench/gated_night.py [--accounts N] [--page verify|deleted|login|captcha|script|forbidden|FILE] [--json]
                                [--keep FOLDER]

Reads the feeds beside the checkout (../shared/data/wechat_feeds_2021), which are test material and stay there, and
serves them and the gate through a proxy on loopback. Prints what the issue has: items, summaries, words of the gate
(there must be none), and what was told. Ends with 1 where the issue has words of the gate, or where nothing is told.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from harness import DATA, ROOT, Clock, parser, require
from public import official_feeds

NOW = "2021-06-17T20:00+08:00"  # the evening on which the feeds were read
HEAD = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>{}</title></head><body>{}</body></html>'
NOTICE = (
    '<div class="weui-msg"><h2 class="weui-msg__title warn">{}</h2><p class="weui-msg__desc">{}</p></div>'
)
GATES: dict[str, tuple[int, str]] = {
    "verify": (200, HEAD.format("", NOTICE.format("环境异常", "当前环境异常，完成验证后即可继续访问。"))),
    "deleted": (200, HEAD.format("", NOTICE.format("该内容已被发布者删除", ""))),
    "login": (200, HEAD.format("登录", "<form>请先登录后再查看<input type=password name=p></form>")),
    "captcha": (200, HEAD.format("安全验证", "<p>访问过于频繁，请拖动滑块完成拼图后继续访问。</p>")),
    "script": (200, HEAD.format("公众号", "<div id=app></div><script src=/app.js></script>")),
    "forbidden": (403, HEAD.format("403", "<h1>403 Forbidden</h1>")),
}  # fmt: skip


def feeds(count: int) -> dict[str, bytes]:
    """Path -> document, with addresses that a proxy on loopback may serve."""
    found = [body for _, body in sorted(official_feeds())[:count]]
    return {f"/{n}": body.replace(b"https://", b"http://") for n, body in enumerate(found)}


def serve(documents: dict[str, bytes], status: int, gate: bytes) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/robots.txt":
                self._send(404, b"", "text/plain")
            elif parts.hostname == "feeds.example":
                self._send(200, documents[parts.path], "application/rss+xml")
            else:
                self._send(status, gate, "text/html; charset=utf-8")

        def _send(self, code: int, body: bytes, kind: str) -> None:
            self.send_response(code)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def handle(self) -> None:
            with suppress(ConnectionResetError):
                super().handle()

        def log_message(self, *arguments: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def settings(count: int, port: int) -> dict[str, Any]:
    starter = yaml.safe_load((ROOT / "feeds.yaml").read_text("utf-8"))
    return {
        "account": {"name": "夜读"},
        "topics": starter["topics"],
        "sources": [{"name": f"账号{n}", "url": f"http://feeds.example/{n}"} for n in range(count)],
        "digest": {"lookback": "36h", "images": "none"},
        "channels": ["wechat", "markdown"],
        "network": {"proxy": f"http://127.0.0.1:{port}"},
    }


def night(folder: Path, count: int, status: int, gate: bytes) -> dict[str, Any]:
    server = serve(feeds(count), status, gate)
    shown = yaml.safe_dump(settings(count, server.server_address[1]), allow_unicode=True)
    (folder / "feeds.yaml").write_text(shown, encoding="utf-8")
    command = [sys.executable, "-m", "curate", "run", "-C", str(folder), "--now", NOW]
    clock = Clock()
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    seconds = clock.wall
    server.shutdown()
    issues = sorted((folder / "output" / "issues").glob("*/issue.json"))
    digest = json.loads(issues[-1].read_text("utf-8")) if issues else {"sections": []}
    items = [item for section in digest["sections"] for item in section["items"]]
    posts = "".join(p.read_text("utf-8") for issue in issues for p in issue.parent.glob("*.*ml*"))
    said = [line for line in re.split(r"<[^>]*>|\n", gate.decode()) if len(line.strip()) > 3]
    told = [line for line in done.stderr.splitlines() if "取不到正文" in line]
    return {
        "exit": done.returncode,
        "seconds": round(seconds, 1),
        "items": len(items),
        "titles": sum(bool(item["title"]) for item in items),
        "summaries": [item["summary"] for item in items if item["summary"]],
        "words of the gate": [line for line in said if line in posts],
        "told": told,
    }


def main() -> int:
    wanted = parser(__doc__)
    wanted.add_argument("--accounts", type=int, default=300)
    wanted.add_argument("--page", default="verify", help="one of the gates above, or an HTML file")
    wanted.add_argument("--json", action="store_true", help="print JSON")
    wanted.add_argument("--keep", type=Path, help="make the account in this folder, and leave it there")
    options = wanted.parse_args()
    require(DATA / "wechat_feeds_2021")
    status, page = GATES.get(options.page) or (200, Path(options.page).read_text("utf-8"))
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        found = night(folder, options.accounts, status, page.encode())
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for name, value in found.items():
            print(f"{name}: {len(value) if isinstance(value, list) else value}")
        print(*found["told"][:8], sep="\n")
    return 1 if found["words of the gate"] or not found["told"] else 0


if __name__ == "__main__":
    sys.exit(main())
