"""One night by this checkout and by another: which picks, sections, scores and words differ.

    git worktree add ../before COMMIT
    python bench/compare_nights.py ../before [--feeds 59]

Both read the same Chinese feeds of ../shared/data on loopback, in an account of their own, at the same moment. What a
later version only adds to its report is passed over. Prints a line for each kind of difference, and the first of each.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from harness import FEEDS, ROOT, parser, require
from night import account, documents, serve

NOW = "2026-11-22T22:00:00+00:00"
SHOWN = 3  # of each kind of difference

Facts = dict[
    tuple[str, str], Any
]  # what is said (score, section, summary …), and of which entry -> the value


def run_night(checkout: Path, home: Path, pages: dict[str, bytes], port: int) -> Facts:
    """What a checkout's code makes of the night; ends with its status where it fails."""
    home.mkdir()
    account(home, list(pages), port, "lead")
    done = subprocess.run(
        [sys.executable, "-m", "curate", "run", "-C", str(home), "--json", "--now", NOW],
        stdout=subprocess.PIPE,
        check=False,
        cwd=checkout,  # `-m` looks there first, before PYTHONPATH
        env={**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": str(checkout)},
    )
    if done.returncode or not done.stdout:
        sys.exit(f"{checkout}: the night ended with {done.returncode}")
    issue = next(home.glob("output/issues/*/issue.json"))
    return dict(state_facts(json.loads(done.stdout), json.loads(issue.read_text("utf-8"))))


def state_facts(report: dict[str, Any], issue: dict[str, Any]) -> Iterator[tuple[tuple[str, str], Any]]:
    """All that is compared: of every candidate what became of it and why, of every item what is printed."""
    for verdict in report["verdicts"]:
        name = f"{verdict['entry']['source']} {verdict['entry']['id']}"
        for what in ("picked", "topic", "score", "words"):
            yield (what, name), verdict[what]
        yield ("reasons", name), [(why["signal"], why["points"], why["words"]) for why in verdict["why"]]
    sections = [("lead", [issue["lead"]] if issue["lead"] else [])]
    for section, items in sections + [(section["name"], section["items"]) for section in issue["sections"]]:
        for item in items:
            yield ("section", item["url"]), section
            for what in ("number", "title", "summary", "author", "source", "also", "body"):
                yield (f"printed {what}", item["url"]), item[what]


def compare(before: Facts, after: Facts) -> list[str]:
    """A line for each kind of difference, and the first of them below; nothing where nothing differs.

    Of an item that one issue alone has, its section is told.
    """
    kinds: dict[str, list[str]] = {}
    for key in sorted(before.keys() | after.keys()):
        in_both = key in before and key in after
        if before.get(key) != after.get(key) and (in_both or not key[0].startswith("printed")):
            kinds.setdefault(key[0], []).append(f"    {key[1]}: {before.get(key)} -> {after.get(key)}")
    return [line for what, told in kinds.items() for line in (f"{what}: {len(told)}", *told[:SHOWN])]


def main() -> None:
    options = parser(__doc__)
    options.add_argument("checkout", type=Path, help="another checkout of the repository")
    options.add_argument("--feeds", type=int, default=59)
    chosen = options.parse_args()
    require(FEEDS)
    pages = documents(chosen.feeds, chinese=True)
    port = serve(pages).server_address[1]
    with tempfile.TemporaryDirectory() as temporary:
        before, after = (
            run_night(checkout.resolve(), Path(temporary, name), pages, port)
            for name, checkout in (("before", chosen.checkout), ("after", ROOT))
        )
    candidates, items = (sum(what == kind for what, _ in after) for kind in ("picked", "section"))
    print(f"{len(pages)} feeds, {candidates} candidates, {items} items")
    print(*(compare(before, after) or ["no difference"]), sep="\n")


if __name__ == "__main__":
    main()
