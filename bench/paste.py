"""What a real paste does to issues made of real feeds.

    python bench/paste.py [--feeds N] [--keep FOLDER]

Makes three issues with bench/night.py from the documents beside the checkout, renders each in every theme, copies it
from its copy page with the button, pastes it with Ctrl+V into UEditor 1.4.3 and ProseMirror in headless Chromium, and
prints what was lost and which characters look otherwise than before. Needs Chromium and `make browser`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

import yaml
from harness import ROOT, parser

from curate.render import themes
from curate.storage.account import templates
from tests.browser.editors import EDITORS, context_of, copied, missing, opened, pasted, served

NIGHTS = ("the first feeds, Chinese", "the next", "the next after them")


def issues(home: Path, feeds: int) -> list[tuple[str, Path]]:
    """A copy page for each of the nights."""
    made = []
    for n, name in enumerate(NIGHTS):
        folder = home / str(n)
        options = ["--feeds", str(feeds), "--skip", str(n * feeds), "--pictures", "--keep", str(folder)]
        command = [sys.executable, str(ROOT / "bench/night.py"), *options]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
        made.append((name, max((folder / "output/issues").glob("*/wechat.html"))))
    return made


def dress(post: Path, theme: str) -> None:
    """Render the issue anew in a theme."""
    account = post.parents[3]
    settings = yaml.safe_load((account / "feeds.yaml").read_text("utf-8")) | {"look": {"theme": theme}}
    (account / "feeds.yaml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    command = [sys.executable, "-m", "curate", "run", "--again", "1", "-C", str(account)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--feeds", type=int, default=100)
    options.add_argument("--keep", type=Path, help="keep the accounts here")
    chosen = options.parse_args()
    if word := missing():
        sys.exit(f"skipped: {word}")
    with tempfile.TemporaryDirectory() as temporary:
        home = chosen.keep or Path(temporary)
        home.mkdir(parents=True, exist_ok=True)
        pages = issues(home, chosen.feeds)
        with opened() as browser, served(Path(temporary)) as address:
            page = context_of(browser, permissions=["clipboard-read", "clipboard-write"]).new_page()
            for (name, post), theme in product(pages, themes(templates())):
                dress(post, theme)
                fragment = post.with_name("wechat.fragment.html").read_text("utf-8")
                print(f"{name}, {theme}: {len(fragment):,} characters of HTML")
                for editor in EDITORS:
                    copied(page, post)
                    made = pasted(page, address, editor, fragment)
                    print(
                        f"  {editor:<12} characters {len(made.before)} lost {made.lost}; "
                        f"pictures {len(made.images[0])} lost {made.images_lost}; "
                        f"changed {dict(made.changed) or 'none'} {made.examples or ''}"
                    )


if __name__ == "__main__":
    main()
