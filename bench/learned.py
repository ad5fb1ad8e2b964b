"""Main text on sites already learnt, beside trafilatura in the same run: python bench/learned.py [--json]

Of every site with four pages or more, three are read in full and the selector is learnt from them; the others
are read by it. Real sites come from ../shared/data/pages_zh, with their true text; many more pages, in real frames
of 51 sites, from ../shared/origin, which generates them; there the truth is the feed's own body, where it is whole.
Times are CPU. "text": decoding, parsing, the main text, beside trafilatura's `extract`. "article": with its pictures,
where the feed has title, author and time. "all found": these too from the page, beside trafilatura with metadata.
"""

from __future__ import annotations

import gzip
import json
import logging
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

import trafilatura
from extraction import pages_zh
from feeds_conformance import NOW
from harness import DATA, parser, require, rounds_of

from curate.config.schema import Source
from curate.domain.errors import UnreadableError
from curate.domain.model import Article, Page
from curate.extraction import by_selector
from curate.extraction.extract import extract
from curate.extraction.site_layout import NEEDED, Layout, agreement, glimpse, learnt, selector_of
from curate.sources import read as read_feed
from curate.text.clean import plain
from curate.text.encoding import decode
from tests.made_up_web import ORIGIN, build

ROUNDS = 3  # times that each page is read; the quickest counts


def origin_pages(feeds: int, entries: int, seed: int) -> Iterator[dict[str, Any]]:
    """Pages of a generated web, with the feed's own body as truth where the feed is one of whole texts."""
    with tempfile.TemporaryDirectory() as name:
        options = f"--feeds {feeds} --entries {entries}-{entries} --seed {seed}"
        build(Path(name), f"{options} --pages all --nights 1 --errors 0 --real 0 --dups 0")
        blob = (Path(name) / "blob.bin").read_bytes()
        truth: dict[str, str] = {}
        for line in (Path(name) / "index.tsv").read_text("utf-8").splitlines():
            _, host, path, _, kind, _, _, at, size, *_ = line.split("\t")
            body = gzip.decompress(blob[int(at) : int(at) + int(size)])
            url = f"http://{host}:8800{path}"
            if "html" not in kind:
                source = Source(name="bench", url=url, limit=1000)
                truth |= {
                    e.url: plain(e.content) for e in read_feed(Page(url, body, NOW, kind), source).entries
                }
                continue
            text = truth.get(url, "")
            yield {"site": host, "url": url, "body": body, "text": text if len(text) > 400 else ""}


def real_pages() -> Iterator[dict[str, Any]]:
    for number, page in enumerate(pages_zh()):
        yield {**page, "url": f"https://{page['site']}.example/{number}.html"}


def measured(pages: list[dict[str, Any]]) -> dict[str, Any]:
    sites: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for page in pages:
        sites[page["site"]].append(page)
    rows = {site: _site(site, group) for site, group in sites.items() if len(group) > NEEDED}
    told = [told for row in rows.values() for told in row["pages"]]
    return {
        "sites": len(rows),
        "learnt": sum(bool(row["selector"]) for row in rows.values()),
        "selectors": {site: row["selector"] for site, row in rows.items()},
        "pages": len(told),
        "by selector": sum(page["by selector"] for page in told),
        **_summed([page for page in told if page["by selector"]]),
    }


def _site(site: str, pages: list[dict[str, Any]]) -> dict[str, Any]:
    layout = Layout(site)
    for page in pages[:NEEDED]:
        article = _whole(page)
        if article.text:
            layout = learnt(layout, glimpse(decode(page["body"]), article.text, page["url"]))
    selector = selector_of(layout)
    return {"selector": selector, "pages": [_page(page, layout, selector) for page in pages[NEEDED:]]}


def _page(page: dict[str, Any], layout: Layout, selector: str) -> dict[str, Any]:
    """Both ways on one page. Spot checks, which are full extractions, are no part of it."""
    body, url, nothing = page["body"], page["url"], Article("", "")
    known = Article("a title that is not on the page", "", "somebody", NOW)
    article = by_selector.extract_by_selector(decode(body), url, selector, known) if selector else None
    if article is None:
        return {"by selector": False}
    ways: dict[str, Callable[[], Any]] = {
        "text": lambda: by_selector.element_by(decode(body), selector),
        "article": lambda: by_selector.extract_by_selector(decode(body), url, selector, known),
        "all found": lambda: by_selector.extract_by_selector(decode(body), url, selector, nothing),
        "trafilatura": lambda: trafilatura.extract(decode(body), include_comments=False) or "",
        "trafilatura, with metadata": lambda: trafilatura.bare_extraction(
            decode(body), include_comments=False, with_metadata=True
        ),
    }
    found = {name: _timed(way) for name, way in ways.items()}
    theirs = found["trafilatura"][0]
    full, truth = _whole(page).text, page["text"]
    return {
        "by selector": True,
        **{name: seconds for name, (_, seconds) in found.items()},
        "with full": agreement(article.text, full),
        "with trafilatura": agreement(article.text, theirs),
        **(
            {
                "truth": agreement(article.text, truth),
                "full with truth": agreement(full, truth),
                "trafilatura with truth": agreement(theirs, truth),
            }
            if truth
            else {}
        ),
    }


def _timed(way: Callable[[], Any]) -> tuple[Any, float]:
    found, seconds = rounds_of(way, ROUNDS)
    return found, seconds[0]


def _whole(page: dict[str, Any]) -> Article:
    try:
        return extract(page["body"], page["url"])
    except UnreadableError:
        return Article("", "")


def _summed(told: list[dict[str, Any]]) -> dict[str, Any]:
    def of(name: str) -> list[float]:
        return [page[name] for page in told if name in page]

    if not told:
        return {}
    names = ("text", "article", "all found", "trafilatura", "trafilatura, with metadata")
    times = {name: sum(of(name)) for name in names}
    beside = dict.fromkeys(names[:2], "trafilatura") | {"all found": "trafilatura, with metadata"}
    names = ("with full", "with trafilatura", "truth", "full with truth", "trafilatura with truth")
    return {
        "ms a page": {name: round(1000 * seconds / len(told), 2) for name, seconds in times.items()},
        "times as fast": {ours: round(times[theirs] / times[ours], 1) for ours, theirs in beside.items()},
        "times as fast, median page": {
            ours: round(median(a / b for a, b in zip(of(theirs), of(ours), strict=True)), 1)
            for ours, theirs in beside.items()
        },
        "agreement, median": {name: round(median(of(name)), 3) for name in names if of(name)},
        "agreement under .9": {name: sum(value < 0.9 for value in of(name)) for name in names if of(name)},
        "pages with truth": len(of("truth")),
    }


def main() -> int:
    wanted = parser(__doc__)
    wanted.add_argument("--json", action="store_true", help="print JSON")
    wanted.add_argument("--feeds", type=int, default=40, help="sites of the generated web")
    wanted.add_argument("--entries", type=int, default=8, help="pages of each")
    wanted.add_argument("--seed", type=int, default=7)
    options = wanted.parse_args()
    require(DATA / "pages_zh")
    logging.disable(logging.CRITICAL)
    result = {"real": measured(list(real_pages()))}
    if ORIGIN.is_dir():
        result["origin"] = measured(list(origin_pages(options.feeds, options.entries, options.seed)))
    print(json.dumps(result, ensure_ascii=False, indent=None if options.json else 1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
