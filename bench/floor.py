"""The floor: the least that fetching, parsing and storing feeds can cost in Python, in one plain script.

    python bench/floor.py URLS DATABASE

aiohttp, fastfeedparser and SQLite and nothing else: no robots.txt, no limits, no guard, no second tries, no doubts
about what was parsed. `bench/fetch.py` measures everybody in ratio to it.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from pathlib import Path
from typing import Any

import aiohttp
import fastfeedparser

TABLES = """
CREATE TABLE IF NOT EXISTS feeds (url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT);
CREATE TABLE IF NOT EXISTS entries (feed TEXT, id TEXT, link TEXT, title TEXT, published TEXT, body TEXT,
                                    PRIMARY KEY (feed, id)) WITHOUT ROWID;
"""
AT_ONCE = 32


async def main(urls: list[str], store: sqlite3.Connection) -> None:
    known = {url: rest for url, *rest in store.execute("SELECT url, etag, last_modified FROM feeds")}
    turns = asyncio.Semaphore(AT_ONCE)
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as session:

        async def one(url: str) -> None:
            etag, modified = known.get(url, ("", ""))
            headers = {"If-None-Match": etag} if etag else {}
            if modified:
                headers["If-Modified-Since"] = modified
            async with turns:
                try:
                    async with session.get(url, headers=headers) as answer:
                        body = await answer.read()
                except aiohttp.ClientError:
                    return
                if answer.status == 200:
                    keep(store, url, body, answer.headers)

        await asyncio.gather(*map(one, urls))
    store.commit()


def keep(store: sqlite3.Connection, url: str, body: bytes, headers: Any) -> None:
    try:
        entries = fastfeedparser.parse(body)["entries"]
    except (ValueError, LookupError, TypeError, AttributeError):
        return
    rows = [
        (
            url,
            entry.get("id") or entry.get("link"),
            entry.get("link"),
            entry.get("title"),
            entry.get("published"),
            (entry.get("content") or [{"value": entry.get("description")}])[0]["value"],
        )
        for entry in entries
    ]
    store.executemany("INSERT OR IGNORE INTO entries VALUES (?, ?, ?, ?, ?, ?)", rows)
    validators = (url, headers.get("ETag", ""), headers.get("Last-Modified", ""))
    store.execute("INSERT OR REPLACE INTO feeds VALUES (?, ?, ?)", validators)


if __name__ == "__main__":
    database = sqlite3.connect(sys.argv[2])
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.executescript(TABLES)
    asyncio.run(main(Path(sys.argv[1]).read_text("utf-8").split(), database))
    database.close()
