"""The site of three years: python bench/site.py [--issues N] [--items N] [--keep DIR] [--no-browser] [--lighthouse]

Generates an archive (1,100 issues, 30,000 items by default), builds its site from nothing, adds an issue and builds
again, then searches in Chromium as a reader does, five times each query, and counts what was loaded before the first result.

Titles are public ones of ../shared/data (outside of this repository; a summary is five of them, so that words and
their neighbors are those of real news), a tenth is English; where they are absent, sentences of the demo stand in,
and the figures say less. `--lighthouse` (npm, see tests/browser/package.json) judges the demo's site instead, served
on loopback: of three runs the middle one, because a busy machine makes a page look slow. Times are CPU seconds of this process, which does all of the work, and wall seconds.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from harness import DATA, Clock, open_lines, parser

from curate.app.account import hold_account, load_config
from curate.app.site import build_site
from curate.domain.model import Coverage, Credit, Digest, Item, Reason, Section

FIRST = date(2023, 11, 20)
TOPICS = [("ai", "人工智能", "🤖"), ("gadgets", "数码科技", "📱"), ("business", "商业财经", "💼"), ("science", "科学", "🔬"),
          ("society", "社会与世界", "🌏"), ("culture", "读书文化", "📚")]  # fmt: skip
SOURCES = [f"来源{n:02d}" for n in range(40)]
QUERIES = ["公司", "人工智能", "北京", "熊猫", "基金净值", "苹果发布", "猫", "苏宁易购", "police", "earthquake", "quake", "AI", "iphone",
           "北京 房价", "Apple 手机", "高考作文", "诺贝尔文学奖", "世界杯预选赛", "孤本一次", "zzyzx"]  # fmt: skip
RARE = {"孤本一次": 3, "zzyzx": 5}  # told once, in the third and the fifth issue of all
FEEDS = "account: {name: 三年读报, positioning: 一份清单}\ntopics:\n%s\nsources:\n  - {name: 来源00, url: 'https://example.com/feed'}\n"


def texts() -> tuple[list[str], list[str]]:
    """Chinese lines and English lines."""
    titles = DATA / "thucnews_titles" / "train_partial.txt.xz"
    if not titles.exists():
        from curate.demo.content import sites

        lines = [
            line for site in sites() for piece in site.pieces for line in (piece.title, piece.summary) if line
        ]
        return [line for line in lines if not line.isascii()], [line for line in lines if line.isascii()]
    chinese = [line.split("\t")[0] for line in open_lines(titles)]
    rows = map(json.loads, open_lines(DATA / "ecbplus_events" / "docs.jsonl.xz"))
    english = [line for row in rows for line in row["text"].split("\n") if len(line) > 40]
    return chinese, english


def digests(issues: int, items: int) -> Iterator[Digest]:
    """Issues of made-up news, one a day; the same for the same numbers."""
    chance, (chinese, english) = random.Random(6), texts()
    per_issue = max(1, round(items / issues))
    for number in range(1, issues + 1):
        day = FIRST + timedelta(days=number - 1)
        made = datetime(day.year, day.month, day.day, tzinfo=UTC)
        every = [_item(chance, chinese, english, number, n, made, per_issue) for n in range(1, per_issue + 1)]
        for word in (word for word, issue in RARE.items() if issue == number):
            every[0] = replace(every[0], summary=every[0].summary + word)
        sections = tuple(
            Section(id_, name, icon, found)
            for id_, name, icon in TOPICS
            if (found := tuple(item for item in every if item.topic == id_))
        )
        named = tuple(
            Credit(name, "https://example.com/", sum(i.source == name for i in every))
            for name in dict.fromkeys(i.source for i in every)
        )
        yield Digest(
            "三年读报",
            "一份清单",
            "zh",
            "Asia/Shanghai",
            number,
            day,
            1,
            every[0],
            sections,
            named,
            9,
            made,
        )


def _item(
    chance: random.Random,
    chinese: list[str],
    english: list[str],
    issue: int,
    n: int,
    made: datetime,
    many: int,
) -> Item:
    latin = chance.random() < 0.1
    lines = chance.sample(english if latin else chinese, 6)
    also = chance.randrange(3) if chance.random() < 0.3 else 0
    source = chance.choice(SOURCES)
    topic = TOPICS[(n - 1) * len(TOPICS) // many][0]
    before = (issue - chance.randrange(1, 6), chance.randrange(1, many + 1))
    return Item(
        n, lines[0][:100], f"https://example.com/{issue}/{n}", (" " if latin else "，").join(lines[1:])[: 240 if latin else 120],
        source, made - timedelta(minutes=37 * n), topic,
        also=tuple(Coverage(chance.choice(SOURCES), chance.choice(chinese), "https://example.com/x") for _ in range(also)),
        entry=f"{issue}-{n}", source_id=source, why=(Reason("freshness", chance.random(), "新"),),
        continues=before if before[0] > 0 and chance.random() < 0.05 else None,
    )  # fmt: skip


def built(home: Path, issues: int, items: int) -> Path:
    """The archive and its site; tells how long the site took."""
    (home / "feeds.yaml").write_text(
        FEEDS % "\n".join(f"  - {{id: {i}, name: {n}, icon: {icon}}}" for i, n, icon in TOPICS),
        encoding="utf-8",
    )
    with hold_account(load_config(home, {}), home) as account:
        archive = account.archive
        if not archive.folders():
            for digest in digests(issues, items):
                archive.record(digest, f"{digest.date}-1")
        clock = Clock()
        done = build_site(account, whole=True)
        print(f"from nothing: {clock}; {done.written} files written")
        last = archive.issue(issues)
        assert last is not None
        digest = replace(last[0], number=issues + 1, date=last[0].date + timedelta(days=1))
        archive.record(digest, f"{digest.date}-1")
        clock = Clock()
        done = build_site(account)
        print(f"one more issue: {clock}; {done.written} files written")
    place = home / "output" / "site"
    sizes = [path.stat().st_size for path in place.rglob("*") if path.is_file()]
    index = [path.stat().st_size for path in (place / "find").rglob("*.js")]
    print(
        f"{len(sizes)} files, {sum(sizes) / 1e6:.0f} MB; search {len(index)} files, {sum(index) / 1e6:.1f} MB"
    )
    return place


# Types a query and waits: when the first result stands, and when the search has said what it found.
ASK = """async (query) => {
  const field = document.getElementById("q"), results = document.getElementById("results"), said = document.getElementById("said");
  const before = performance.getEntriesByType("resource").length, busy = said.dataset.busy;
  const start = performance.now();
  field.value = query;
  field.form.requestSubmit();
  let first = 0, bytes = 0;
  const loaded = () => performance.getEntriesByType("resource").filter((e) => e.name.includes("/find/")).slice(0).reduce((sum, e) => sum + e.decodedBodySize, 0);
  for (;;) {
    await new Promise((resolve) => { const c = new MessageChannel(); c.port1.onmessage = resolve; c.port2.postMessage(0); });
    if (!first && results.children.length) { first = performance.now() - start; bytes = loaded(); }
    if (said.textContent !== busy) break;
    if (performance.now() - start > 20000) break;
  }
  return { first, all: performance.now() - start, bytes: bytes || loaded(), found: results.children.length, said: said.textContent };
}"""


ASKED = 5  # pages for each query: a machine that others use too makes one in ten slow


def searched(place: Path) -> None:
    """Every query on pages of its own (nothing is loaded yet), on each once more (everything is): the page whose first
    result is the middle one, and the slowest first result."""
    from tests.browser.editors import opened
    from tests.browser.sites import hosted

    with hosted(place) as address, opened() as browser:
        for query in QUERIES:
            asked = sorted(
                (_asked(browser, address, query) for _ in range(ASKED)), key=lambda a: a[0]["first"]
            )
            (cold, warm), slowest = asked[ASKED // 2], asked[-1][0]
            print(
                f"{query:10} first result {cold['first']:6.1f} ms (slowest {slowest['first']:.1f}), all {cold['all']:6.1f} ms, "
                f"again {warm['all']:6.1f} ms; {cold['bytes'] / 1000:6.1f} kB before the first; {cold['said']}"
            )


def _asked(browser: Any, address: str, query: str) -> tuple[dict[str, Any], dict[str, Any]]:
    page = browser.new_context(service_workers="block").new_page()
    page.goto(address + "search.html")
    page.evaluate("performance.setResourceTimingBufferSize(5000)")
    page.wait_for_timeout(1_000)  # nobody types while the page is still being painted
    cold, warm = page.evaluate(ASK, query), page.evaluate(ASK, query)
    page.context.close()
    return cold, warm


PAGES = ("", "story/2/203.html", "topic/ai/index.html", "search.html")
CHROME = (
    "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"
)


def judged(scratch: Path) -> None:
    """Lighthouse's scores of the demo's site, page by page."""
    from curate.cli.main import run
    from tests.browser.editors import CHROMIUM, MODULES
    from tests.browser.sites import hosted

    run(["demo", "-C", str(scratch)])
    with hosted(scratch / "output/demo/output/site") as address:
        config = scratch / "output/demo/feeds.yaml"  # canonical links need to know where the site stands
        config.write_text(config.read_text("utf-8") + f"\nsite: {{url: '{address}'}}\n", encoding="utf-8")
        run(["site", "-C", str(config.parent)])
        for page in PAGES:
            runs = []
            for n in range(3):
                out = scratch / f"{n}.json"
                command = [str(MODULES / ".bin/lighthouse"), address + page, "--output=json", f"--output-path={out}", "--quiet",
                           "--no-enable-error-reporting", f"--chrome-flags={CHROME}"]  # fmt: skip
                subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": str(CHROMIUM)})
                found = json.loads(out.read_text("utf-8"))
                categories = found["categories"]
                runs.append({name: round(100 * value["score"]) for name, value in categories.items()})
            middle = {name: sorted(each[name] for each in runs)[1] for name in runs[0]}
            print(
                f"{page or 'the front':22} {middle}   performance in each run: {[each['performance'] for each in runs]}"
            )
            print(
                *(
                    f"    {name}: {audit['title']}"
                    for name, audit in found["audits"].items()
                    if audit["score"] == 0
                ),
                sep="\n",
            )


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--issues", type=int, default=1_100)
    options.add_argument("--items", type=int, default=30_000)
    options.add_argument("--keep", type=Path, help="a folder to make the archive in, which stays")
    options.add_argument("--no-browser", action="store_true")
    options.add_argument("--lighthouse", action="store_true")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        if asked.lighthouse:
            judged(Path(scratch))
            return
        home = asked.keep or Path(scratch)
        home.mkdir(parents=True, exist_ok=True)
        place = built(home, asked.issues, asked.items)
        if not asked.no_browser:
            searched(place)


if __name__ == "__main__":
    main()
