"""What the browser tests and bench/paste.py share: the browser, a loopback server for the editors, and a real paste."""

from __future__ import annotations

import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import zip_longest
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
EDITORS = ("ueditor", "prosemirror")
CHARACTERS = (HERE / "characters.js").read_text("utf-8")
NOTHING = b"GIF89a\x01\x00\x01\x00\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x01\x00;"

Look = dict[str, str]


def missing() -> str:
    """What is not installed, in a word; "" where all is there."""
    if not CHROMIUM.exists():
        return "no chromium: apt-get install chromium fonts-noto-cjk"
    return "" if MODULES.exists() else "no editors: make browser"


@contextmanager
def opened() -> Iterator[Browser]:
    """One headless Chromium."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The editors' pages on loopback; `folder` is where the bundle may be written. Yields the address."""
    command = [
        str(MODULES / ".bin/esbuild"),
        "prosemirror.js",
        "--bundle",
        f"--outfile={folder / 'prosemirror.js'}",
    ]
    subprocess.run([*command, "--log-level=warning"], cwd=HERE, check=True)

    class Handler(SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            path = path.partition("?")[0]
            if path.startswith("/ueditor/"):
                return str(MODULES / "ueditor/example/public" / path.lstrip("/"))
            return str((folder if path.endswith(".js") else HERE) / path.lstrip("/"))

        def log_message(self, format: str, *args: Any) -> None: ...  # noqa: A002

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def context_of(browser: Browser, **options: Any) -> BrowserContext:
    """A context that reaches loopback and files alone: the pictures of a post are answered with an empty one."""
    context = browser.new_context(**options)
    context.set_default_timeout(10_000)

    def answer(route: Route) -> None:
        if route.request.url.startswith(("http://127.0.0.1:", "file:", "data:", "blob:", "about:")):
            route.continue_()
        else:
            route.fulfill(body=NOTHING, content_type="image/gif")

    context.route("**/*", answer)
    return context


@dataclass
class Paste:
    """What a paste did: characters before and after, with their looks; pictures before and after."""

    before: list[tuple[str, Look]]
    after: list[tuple[str, Look]]
    images: tuple[list[Look], list[Look]]
    html: str
    changed: Counter[str] = field(default_factory=Counter)  # property -> characters that look otherwise
    examples: dict[str, str] = field(default_factory=dict)

    @property
    def lost(self) -> int:
        """Characters that are not where they were."""
        return sum(a != b for (a, _), (b, _) in _pairs(self.before, self.after))

    @property
    def images_lost(self) -> int:
        gone = Counter(i["src"] for i in self.images[0]) - Counter(i["src"] for i in self.images[1])
        return gone.total()


def copied(page: Page, post: Path) -> None:
    """Open a copy page from its folder and press the button."""
    page.goto(post.as_uri())
    page.click("#copy-body")
    page.wait_for_selector("#copy-body.done")


def pasted(page: Page, address: str, editor: str, fragment: str) -> Paste:
    """Paste the clipboard into an editor, and compare with the fragment as it would look there untouched."""
    page.goto(f"{address}/{editor}.html")
    page.wait_for_function("window.isReady")
    page.evaluate("start()")
    page.keyboard.press("Control+V")
    page.wait_for_function("content().textContent.trim().length > 0")
    before = page.evaluate(f"async (html) => ({CHARACTERS})(await reference(html))", fragment)
    after = page.evaluate(f"() => ({CHARACTERS})(content())")
    made = Paste(
        _spread(before["seen"]),
        _spread(after["seen"]),
        (before["images"], after["images"]),
        page.evaluate("content().innerHTML"),
    )
    for (a, looked), (b, looks) in _pairs(made.before, made.after):
        for name, value in looked.items() if a == b else ():
            if looks[name] != value:
                made.changed[name] += 1
                made.examples.setdefault(name, f"{a!r}: {value} -> {looks[name]}")
    return made


def _spread(runs: list[tuple[str, Look]]) -> list[tuple[str, Look]]:
    return [(character, look) for text, look in runs for character in text]


def _pairs(before: list[Any], after: list[Any]) -> Iterator[tuple[Any, Any]]:
    return zip_longest(before, after, fillvalue=("", {}))
