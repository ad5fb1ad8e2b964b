"""Ten nights over the made-up web beside the checkout, with errors: no entry is lost, none is kept twice."""

from __future__ import annotations

import gzip
import json
import sqlite3
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from curate.app.doors import Fetcher
from curate.config.schema import Config
from curate.pipeline.reading.ingest import ingest
from curate.pipeline.reading.read_answer import read_answers
from curate.sources.identity import fingerprint
from curate.storage import Archive
from tests.made_up_web import build, free_port, missing, served
from tests.nouns import NOW
from tests.test_night import TOPICS, Silent

pytestmark = pytest.mark.slow
FEEDS, NIGHTS = 60, 10
SITE = f"--feeds {FEEDS} --seed 11 --errors 0.02 --novalid 0.1 --nights {NIGHTS + 1} --body 300-900 --procs 1"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site's folder."""
    if absent := missing():
        pytest.skip(f"needs {absent}")
    folder = tmp_path_factory.mktemp("web") / "site"
    build(folder, f"{SITE} --port {free_port()}")
    return folder


def truth(site: Path) -> dict[tuple[str, str], str]:
    """(feed, link) of every entry that must have been kept after the last night -> its title."""
    found = {}
    for line in gzip.decompress((site / "truth.jsonl.gz").read_bytes()).decode().splitlines():
        row = json.loads(line)
        if row["ok"] and row["behaviour"] != "real" and row["night"] <= NIGHTS - 1:
            found.update({(row["url"], entry["link"]): entry["title"] for entry in row.get("entries", ())})
    return found


def test_over_ten_nights_with_errors_nothing_is_lost_and_nothing_comes_twice(
    site: Path, tmp_path: Path
) -> None:
    urls = (site / "urls.txt").read_text().split()
    config = Config.model_validate(
        {
            "account": {"name": "早读"},
            "topics": TOPICS,
            "sources": [{"name": url, "id": url, "url": url, "limit": 1000} for url in urls],
            "network": {"allow_private": ["127.0.0.0/8"]},
        }
    )
    requests = []
    with served(site, "--hang 5") as server:
        for number in range(NIGHTS):
            server.night(number)
            server.reset()
            now = NOW + timedelta(days=number)
            with Archive("sqlite:///a.db", tmp_path, fingerprint) as archive:
                read = partial(read_answers, Fetcher(config, now, archive))
                ingest(config, read, lambda _: [], archive, Silent(), now)
            requests.append(server.stats())
    with sqlite3.connect(tmp_path / "a.db") as store:
        kept = store.execute("SELECT source, url FROM entries").fetchall()
    expected = truth(site)
    assert len(expected) > FEEDS * 20
    assert set(expected) - set(kept) == set(), "lost"
    assert len(kept) == len(set(kept)), "doubled"
    for stats in requests[1:]:
        assert stats["s304"] > 0.5 * FEEDS, "what has not changed is not sent again"
        assert stats["max_concurrent_one_host"] <= config.network.per_host
        # Each feed and, a day later, its robots.txt; a connection that breaks off is tried once more.
        assert stats["requests"] <= 2 * (FEEDS + stats["redirects"] + stats["resets"])
