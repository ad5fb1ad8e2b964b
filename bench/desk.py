"""How soon the desk shows a move, with 1,000 candidates beside the demo's issue: python bench/desk.py [--moves 20]

CPU and wall time of the server's answer, and wall time in Chromium from the click until the issue is shown as it is then,
beside the same for a page that does nothing (a request for an icon and two frames of the screen).
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from harness import parser
from screenshots import demo

from curate.sources.identity import fingerprint
from curate.storage import Archive
from tests.browser.editors import missing, opened
from tests.desk_client import DeskClient
from tests.desk_client import opened as opened_desk
from tests.desk_process import listening

CANDIDATES = 1_000
MOVE = """async ([entry, moves]) => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const rest = () => new Promise((done) => setTimeout(done, 2500));
  const times = [[], []];
  for (let n = 0; n < moves; n++) {
    const card = document.querySelector(`#issue-pane [data-entry="${entry}"].card`);
    const before = document.querySelector("#bar").dataset.revision;
    let begun = performance.now();
    card.querySelector(n % 2 ? "[data-do=down]" : "[data-do=up]").click();
    while (document.querySelector("#bar").dataset.revision === before) await frame();
    times[0].push(performance.now() - begun);
    await rest();
    begun = performance.now();
    await (await fetch("/static/icon.svg")).text();
    await frame();
    times[1].push(performance.now() - begun);
  }
  return times;
}"""


def lay_out(home: Path) -> None:
    """As many candidates as an issue keeps, under other names."""
    with Archive("sqlite:///output/archive.db", home, fingerprint) as archive:
        offers = archive.desk.offers(2)
        base = [offer for offer in offers if not offer.taken]
        copies = (base[n % len(base)] for n in range(CANDIDATES))
        more = [
            replace(one, place=100 + n, item=replace(one.item, entry=f"x{n}", title=f"{one.item.title} {n}"))
            for n, one in enumerate(copies)
        ]
        archive.desk.keep_offers(2, [*offers, *more])


def time_server(client: DeskClient, moves: int) -> None:
    item = client.desk.read().issue.sections[0].items[1]
    key: dict[str, Any] = {"source": item.source_id, "entry": item.entry}
    client.get("/")
    wall, spent = [], []
    for n in range(moves):
        begun = time.perf_counter(), time.process_time()
        assert client.do("down" if n % 2 else "up", **key).status_code == 200
        wall.append(time.perf_counter() - begun[0])
        spent.append(time.process_time() - begun[1])
    print(f"server  a move: {_ms(wall)} wall, {_ms(spent)} CPU (with what follows in the background)")


def _ms(times: list[float], unit: float = 1000) -> str:
    ordered = sorted(times)
    return f"{median(ordered) * unit:.0f} ms (90 %: {ordered[int(0.9 * (len(ordered) - 1))] * unit:.0f})"


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--moves", type=int, default=20)
    moves = options.parse_args().moves
    with tempfile.TemporaryDirectory() as folder:
        home = demo(Path(folder)).parents[2]
        lay_out(home)
        with opened_desk(home, 2) as client:
            time_server(client, moves)
        if word := missing():
            sys.exit(f"the rest is skipped: {word}")
        with opened() as browser, opened_desk(home, 2) as client, listening(client) as address:
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            begun = time.perf_counter()
            page.goto(address)
            page.locator("[data-end]").click()
            print(f"browser the page can be used after {time.perf_counter() - begun:.2f} s")
            page.wait_for_timeout(2500)
            entry = client.desk.read().issue.sections[0].items[1].entry
            moved, empty = page.evaluate(MOVE, [entry, moves])
            print(
                f"browser a move: {_ms(moved, 1)}, an empty page: {_ms(empty, 1)}, ratio {median(moved) / median(empty):.1f}"
            )


if __name__ == "__main__":
    main()
