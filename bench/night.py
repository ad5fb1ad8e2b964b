"""A whole night over real feed documents, served on loopback.

    python bench/night.py [--feeds N] [--skip N] [--zh] [--pictures] [--keep FOLDER]

Reads the documents beside the checkout (../shared/data/feeds), which are test material and stay there. Each is
served under a host of its own through a proxy on loopback; article pages are not among them, so what the feeds say
is all there is; with --pictures, a made-up one stands at every address that ends like a picture. Prints what the night made of them, and the CPU seconds it took.
"""

from __future__ import annotations

import csv
import json
import lzma
import os
import resource
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from harness import FEEDS, ROOT, Clock, parser, peak_megabytes, require
from PIL import Image


def documents(count: int, chinese: bool, skip: int = 0) -> dict[str, bytes]:
    """Host -> document, the Chinese ones first."""
    with (FEEDS / "index.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    rows.sort(key=lambda row: (row["language"] != "zh", row["file"]))
    chosen = [row for row in rows if not chinese or row["language"] == "zh"][skip : skip + count]
    return {f"f{n}.example": lzma.open(FEEDS / "real" / row["file"]).read() for n, row in enumerate(chosen)}


def picture() -> bytes:
    """A photograph of nothing."""
    out = BytesIO()
    Image.linear_gradient("L").resize((1200, 675)).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def serve(pages: dict[str, bytes], pictures: bool = False) -> ThreadingHTTPServer:
    photograph = picture()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            body = pages.get(parts.hostname or "", b"") if parts.path == "/feed" else b""
            if pictures and parts.path.lower().endswith((".jpg", ".jpeg", ".png", ".webp", ".gif")):
                body = photograph
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "application/octet-stream")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def account(folder: Path, hosts: list[str], port: int, images: str) -> None:
    starter = yaml.safe_load((ROOT / "feeds.yaml").read_text("utf-8"))
    config = {
        "account": {"name": "真实来源"},
        "topics": starter["topics"],
        "sources": [{"name": host.split(".")[0], "url": f"http://{host}/feed"} for host in hosts],
        "digest": {"items": 20, "lookback": "9000d", "images": images},
        "network": {"proxy": f"http://127.0.0.1:{port}"},
    }
    (folder / "feeds.yaml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--feeds", type=int, default=1000)
    options.add_argument("--zh", action="store_true", help="Chinese feeds only")
    options.add_argument("--skip", type=int, default=0, help="leave out so many documents first")
    options.add_argument("--pictures", action="store_true", help="every item with a picture of loopback's")
    options.add_argument("--keep", type=Path, help="keep the account here")
    chosen = options.parse_args()
    require(FEEDS)
    pages = documents(chosen.feeds, chosen.zh, chosen.skip)
    if chosen.pictures:  # the proxy answers for http alone
        pages = {host: body.replace(b"https://", b"http://") for host, body in pages.items()}
    server = serve(pages, chosen.pictures)
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        account(folder, list(pages), server.server_address[1], "all" if chosen.pictures else "lead")
        command = [sys.executable, "-m", "curate", "run", "-C", str(folder), "--json"]
        clock = Clock()
        done = subprocess.run(
            command, stdout=subprocess.PIPE, check=False, env={**os.environ, "PYTHONHASHSEED": "0"}
        )
        if not done.stdout:
            sys.exit(f"the night ended with {done.returncode}")
        show(json.loads(done.stdout), done.returncode, len(pages), clock.cpu)


def show(report: dict[str, Any], status: int, count: int, seconds: float) -> None:
    outcomes = report["outcomes"]
    print(f"exit status {status}; documents {count}; issue {report['issue'] or 'none'}")
    print(
        "outcomes:",
        {s: sum(o["status"] == s for o in outcomes) for s in sorted({o["status"] for o in outcomes})},
    )
    print("entries read:", sum(o["entries"] for o in outcomes), "kept:", sum(o["new"] for o in outcomes))
    print(
        "picked:", sum(v["picked"] for v in report["verdicts"]), "of", len(report["verdicts"]), "candidates"
    )
    print("stages:", {stage["name"]: (stage["count"], stage["seconds"]) for stage in report["stages"]})
    print(f"CPU s: {seconds:.1f}; peak MB: {peak_megabytes(resource.RUSAGE_CHILDREN):.0f}")
    for outcome in outcomes:
        if outcome["reason"]:
            print("  failed:", outcome["source"], outcome["reason"])


if __name__ == "__main__":
    main()
