"""How well main text is found, beside the two extractors alone: python bench/extraction.py [--json]

Pages with their true text are read from ../shared/data; without it the script says so and ends. Chinese
pages are scored by 4-grams of characters, the others by shingles of four words, both as F1 of the mean
precision and the mean recall over pages, so that long pages weigh no more than short ones. The three are timed in turns,
page by page, in seconds of CPU; of each page the quickest of some rounds counts.
"""

from __future__ import annotations

import gzip
import json
import logging
import lzma
import re
from collections import Counter
from collections.abc import Callable, Iterator
from statistics import mean
from typing import Any
from urllib.parse import urlsplit

import trafilatura
from harness import DATA, Clock, parser, require
from readability import Document

from curate.domain.errors import UnreadableError
from curate.domain.model import Article
from curate.extraction.extract import extract
from curate.text.clean import plain
from curate.text.encoding import decode

Row = dict[str, Any]  # a page and what is true of it, or what was measured
ROUNDS = 3


def pages_zh() -> Iterator[Row]:
    for key, gold in json.loads((DATA / "pages_zh/gold.json").read_text("utf-8")).items():
        site = key.split("/")[0].removeprefix("visiable_")
        titles = [*gold["h1"], *gold["og_title"]]
        body = lzma.decompress((DATA / "pages_zh/html" / f"{key}.xz").read_bytes())
        yield {"body": body, "text": gold["text"], "site": site, "url": "", "titles": titles}


def pages_en() -> Iterator[Row]:
    for key, gold in json.loads((DATA / "pages_en/ground-truth.json").read_text("utf-8")).items():
        body = gzip.decompress((DATA / "pages_en/html" / f"{key}.html.gz").read_bytes())
        site = urlsplit(gold["url"]).hostname or ""
        yield {"body": body, "text": gold["articleBody"], "site": site, "url": gold["url"], "titles": []}


def grams(text: str, by_words: bool) -> Counter[tuple[str, ...]]:
    units = re.findall(r"\w+", text) if by_words else "".join(text.split())
    return Counter(tuple(units[i : i + 4]) for i in range(max(1, len(units) - 3)) if units)


def score(truth: str, found: str, by_words: bool) -> tuple[float | None, float | None]:
    wanted, got = grams(truth, by_words), grams(found, by_words)
    common = (wanted & got).total()
    return (common / got.total() if got else None, common / wanted.total() if wanted else None)


def summed(scores: list[tuple[float | None, float | None]]) -> dict[str, float]:
    precision = mean([p for p, _ in scores if p is not None] or [0.0])
    recall = mean([r for _, r in scores if r is not None] or [0.0])
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def by_trafilatura(page: Row) -> str:
    return trafilatura.extract(decode(page["body"]), include_comments=False) or ""


def by_readability(page: Row) -> str:
    return plain(Document(decode(page["body"])).summary())


def whole(page: Row) -> Article:
    try:
        return extract(page["body"], page["url"])
    except UnreadableError:
        return Article("", "")


def timed(way: Callable[[Row], str], page: Row) -> tuple[str, float]:
    """What is read, and the CPU seconds of the quickest round."""
    best = float("inf")
    for _ in range(ROUNDS):
        clock = Clock()
        found = way(page)
        best = min(best, clock.cpu)
    return found, best


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def measured(pages: list[Row], by_words: bool) -> Row:
    ways: dict[str, Callable[[Row], str]] = {"trafilatura": by_trafilatura, "readability": by_readability}
    articles: list[Article] = []

    def ours(page: Row) -> str:
        articles.append(whole(page))
        return articles[-1].text

    ways["ours"] = ours
    for way in ways.values():
        way(pages[0])  # loads tables and compiles what is compiled once
    articles.clear()
    read = [{name: timed(way, page) for name, way in ways.items()} for page in pages]
    articles = articles[::ROUNDS]
    sites = sorted({page["site"] for page in pages})
    halves = {"half A": set(sites[::2]), "half B": set(sites[1::2])}
    result: Row = {}
    for name in ways:
        found = [row[name][0] for row in read]
        seconds = sum(row[name][1] for row in read)
        scores = [score(page["text"], text, by_words) for page, text in zip(pages, found, strict=True)]
        result[name] = {"all": summed(scores), "pages/s": round(len(pages) / seconds, 1)}
        for half, members in halves.items():
            result[name][half] = summed(
                [s for s, p in zip(scores, pages, strict=True) if p["site"] in members]
            )
    slower = min(result["trafilatura"]["pages/s"], result["readability"]["pages/s"])
    titled = [(p, a) for p, a in zip(pages, articles, strict=True) if p["titles"]]
    right = sum(letters(a.title) in {letters(t) for t in p["titles"]} for p, a in titled)
    result["found"] = {
        "pages": len(pages),
        "times the slower one's time": round(slower / result["ours"]["pages/s"], 2),
        **{
            name: sum(bool(getattr(a, name)) for a in articles)
            for name in ("title", "author", "published", "images")
        },
        "titles right": f"{right}/{len(titled)}",
    }
    return result


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--json", action="store_true", help="print JSON")
    arguments = options.parse_args()
    require(DATA / "pages_zh", DATA / "pages_en")
    logging.disable(logging.CRITICAL)
    result = {
        "pages_zh": measured(list(pages_zh()), by_words=False),
        "pages_en": measured(list(pages_en()), by_words=True),
    }
    if arguments.json:
        print(json.dumps(result, indent=2))
        return
    for corpus, rows in result.items():
        found = rows.pop("found")
        print(f"{corpus}: {found}")
        for name, row in rows.items():
            parts = [
                f"{part} {v['precision']:.3f}/{v['recall']:.3f}/{v['f1']:.3f}"
                for part, v in row.items()
                if part != "pages/s"
            ]
            print(f"  {name:12} {'   '.join(parts)}   {row['pages/s']} pages/s")


if __name__ == "__main__":
    main()
