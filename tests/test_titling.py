"""Candidates without a title: their pages are asked, and what stays without one is told of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from curate.config.schema import Config
from curate.domain.model import Entry, Page, Verdict
from curate.fetch import Answer, Request
from curate.i18n.catalogue import say
from curate.pipeline.title_entries import title_entries
from curate.sources.identity import fingerprint
from curate.storage import Archive
from tests.nouns import NOW, entry
from tests.test_gathering import Silent

CONFIG = Config.model_validate(
    {
        "account": {"name": "早读"},
        "topics": [{"id": "city", "name": "城市", "keywords": ["桥"]}],
        "sources": [{"name": "城事", "id": "a", "url": "https://a.example/map.xml", "reader": "sitemap"}],
    }
)
PROSE = "<p>城北旧桥今夜封闭检修，居民可以提前留意路牌与通知，以免耽误出行。</p>" * 4


def asked(pages: dict[str, str], entries: list[Entry], folder: Path) -> tuple[list[Entry], list[Verdict]]:
    def fetch(requests: Iterable[Request]) -> Iterator[Answer]:
        for request in requests:
            body = f"<html><head><title>{pages[request.url]}</title></head><body><article>{PROSE}</article></body></html>"
            yield Answer(request, Page(request.url, body.encode(), NOW, "text/html; charset=utf-8"), 0.0)

    with Archive("sqlite:///a.db", folder, fingerprint) as archive:
        return title_entries(entries, CONFIG.sources_by_id, fetch, archive.complete, Silent())


def test_a_page_gives_its_title(tmp_path: Path) -> None:
    found, dropped = asked({"https://a.example/1": "旧桥封闭"}, [entry(1, title="")], tmp_path)
    assert ([e.title for e in found], dropped) == (["旧桥封闭"], [])


def test_a_title_of_the_site_or_of_several_of_its_pages_gives_way_to_what_the_page_says(
    tmp_path: Path,
) -> None:
    pages = {
        "https://a.example/1": "Mastodon",
        "https://a.example/2": "Mastodon",
        "https://a.example/3": "城事",
    }
    found, dropped = asked(pages, [entry(n, title="") for n in (1, 2, 3)], tmp_path)
    assert {e.title for e in found} == {"城北旧桥今夜封闭检修，居民可以提前留意路牌与通知，以免耽误出行"}
    assert not dropped


def test_what_stays_without_title_or_address_is_told(tmp_path: Path) -> None:
    nameless, placeless, own = entry(1, title="", url=""), entry(2, url=""), entry(3, url="", original=True)
    found, dropped = asked({}, [nameless, placeless, own], tmp_path)
    assert found == [own]
    assert [(verdict.entry, say(verdict.message, "zh")[:4]) for verdict in dropped] == [
        (nameless, "没有标题"),
        (placeless, "没有网址"),
    ]
