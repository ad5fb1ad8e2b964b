"""The demo's web has every oddity it promises, and its truth table is true of what it serves."""

from __future__ import annotations

import calendar
import gzip
import http.client
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from PIL import Image

from curate.config.schema import Config
from curate.demo import Server, account, nights, serve, truth
from curate.demo.content import ZONE, sites
from curate.demo.scenery import picture

NOW = datetime(2026, 3, 9, 1, 30, tzinfo=UTC)  # 09:30 of a Monday in Shanghai
FEEDS = {
    "chenbao": "rss20",
    "keji": "rss20",
    "nanpu": "rss20",
    "suanpan": "rss20",
    "kuaixun": "rss20",
    "dushu": "atom10",
    "gezhi": "rss10",
    "tidewater": "rss092",
    "zaozhuan": "rss20",
    "jiangren": "rss20",
}
SITES = {site.id: site for site in sites()}


def get(web: Server, url: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    """One request through the demo as a proxy, in absolute form."""
    connection = http.client.HTTPConnection("127.0.0.1", web.server_address[1], timeout=10)
    try:
        connection.request("GET", url, headers={"Host": urlsplit(url).netloc} | headers)
        response = connection.getresponse()
        return response.status, response.msg, response.read()
    finally:
        connection.close()


def document(web: Server, source: str) -> bytes:
    site = SITES[source]
    status, _, body = get(web, site.base + site.path)
    assert status == 200
    return body


def first_of(tag: Tag, selector: str) -> Tag:
    found = tag.select_one(selector)
    assert found is not None, selector
    return found


@pytest.fixture(scope="module")
def first() -> Iterator[Server]:
    with serve(NOW, 1) as web:
        yield web


@pytest.fixture(scope="module")
def second() -> Iterator[Server]:
    with serve(NOW, 2) as web:
        yield web


def parsed(web: Server, source: str) -> feedparser.FeedParserDict:
    return feedparser.parse(document(web, source), sanitize_html=False)


def test_entries_and_sources_are_as_many_as_promised() -> None:
    assert 80 <= len(truth()) <= 120
    assert 12 <= len(SITES) <= 16
    assert len({(row.source, row.id) for row in truth()}) == len(truth())
    assert len({row.title for row in truth()}) == len(truth())
    assert {row.night for row in truth()} == {1, 2}
    days = {piece.day for site in sites() for piece in site.pieces}
    assert days == {-6, -5, -4, -3, -2, -1, 0}


def test_six_events_are_told_by_four_sources_and_three_of_them_also_in_english() -> None:
    tellers: dict[str, set[str]] = defaultdict(set)
    for row in truth():
        if row.event and not row.copy_of:
            tellers[row.event].add(row.source)
    told = {event for event, sources in tellers.items() if len(sources) >= 4}
    assert told == {"yueqiao", "dengta", "qingjian", "tingtao", "zheche", "shiguang"}
    assert {event for event in told if tellers[event] & {"harbor", "tidewater"}} == {
        "qingjian",
        "tingtao",
        "shiguang",
    }


def test_tellings_differ_in_words_and_copies_do_not() -> None:
    bodies = {(site.id, piece.id): set(piece.blocks) for site in sites() for piece in site.pieces}
    copies = [row for row in truth() if row.copy_of]
    assert len(copies) >= 3
    titles = {(row.source, row.id): row.title for row in truth()}
    for row in copies:
        source, _, piece = row.copy_of.partition("/")
        assert len(bodies[row.source, row.id] & bodies[source, piece]) >= 3
        assert row.title != titles[source, piece]
    for event in {row.event for row in truth() if row.event}:
        own = [bodies[row.source, row.id] for row in truth() if row.event == event and not row.copy_of]
        assert sum(map(len, own)) == len(set().union(*own))


def test_an_event_of_the_first_night_is_told_again_in_the_second() -> None:
    told = defaultdict(set)
    for row in truth():
        told[row.event].add(row.night)
    assert told["zheche"] == {1, 2}


def test_adverts_can_be_recognized_by_their_words() -> None:
    adverts = [row for row in truth() if row.advert]
    assert 2 <= len(adverts) <= 4
    words = ("优惠券", "报名", "限时", "折扣", "立减")
    for row in adverts:
        piece = next(piece for piece in SITES[row.source].pieces if piece.id == row.id)
        assert sum(word in row.title + piece.summary for word in words) >= 2


def test_topics_of_the_truth_are_topics_of_the_account() -> None:
    config = Config.model_validate(yaml.safe_load(account("http://127.0.0.1:1")["feeds.yaml"]))
    count = Counter(row.topic for row in truth())
    assert set(count) == {topic.id for topic in config.topics} | {"other"}
    assert all(count[topic.id] >= 10 for topic in config.topics)


def test_the_account_is_a_valid_configuration_that_reads_every_site_through_the_proxy() -> None:
    files = account("http://127.0.0.1:8123", NOW)
    config = Config.model_validate(yaml.safe_load(files["feeds.yaml"]))
    assert config.network.proxy == "http://127.0.0.1:8123"
    assert {source.id for source in config.sources} == set(SITES)
    for source in config.sources:
        site = SITES[source.id]
        assert source.name == site.name
        assert (
            source.folder == "originals" if site.kind == "originals" else source.url == site.base + site.path
        )
    assert len(config.topics) == 6
    assert all(topic.icon and 9 <= len(topic.keywords) <= 14 for topic in config.topics)


def test_the_original_has_front_matter_with_a_date_before_the_first_night() -> None:
    (text,) = [
        text for name, text in account("http://127.0.0.1:9", NOW).items() if name.startswith("originals/")
    ]
    _, front, body = text.split("---\n", 2)
    meta = yaml.safe_load(front)
    when = datetime.fromisoformat(str(meta["date"])).replace(tzinfo=ZONE)
    assert nights(NOW)[0] - timedelta(days=1) < when < nights(NOW)[0]
    assert meta["title"]
    assert meta["topic"] == "books"
    assert len(body) > 300
    assert "date:" not in account("http://127.0.0.1:9")[f"originals/{SITES['zhoudao'].pieces[0].id}.md"]


@pytest.mark.parametrize(("source", "version"), FEEDS.items())
def test_feedparser_reads_every_feed_whole(second: Server, source: str, version: str) -> None:
    result = parsed(second, source)
    assert not result.bozo or source == "nanpu"  # CharacterEncodingOverride where only the document says it
    assert result.version == version
    assert len(result.entries) == len(SITES[source].pieces)
    assert result.feed.title == SITES[source].name


def test_json_feed_is_one(second: Server) -> None:
    feed = json.loads(document(second, "harbor"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert {item["title"] for item in feed["items"]} == {
        row.title for row in truth() if row.source == "harbor"
    }
    assert all(item["content_html"].startswith("<p>") and item["date_published"] for item in feed["items"])


def test_gb18030_is_not_gbk_nor_utf8_and_says_so_only_inside(second: Server) -> None:
    site = SITES["nanpu"]
    _, headers, body = get(second, site.base + site.path)
    assert "charset" not in headers["Content-Type"]
    assert "陈䶮" in body.decode("gb18030")
    for encoding in ("gbk", "utf-8"):
        with pytest.raises(UnicodeDecodeError):
            body.decode(encoding)
    page = get(second, site.base + "/a/yueqiao.html")[2]
    assert '<meta charset="gb18030">' in page.decode("gb18030")


def test_a_feed_without_guids_has_relative_links(second: Server) -> None:
    text = document(second, "suanpan").decode()
    assert "<guid" not in text
    assert "<link>/a/" in text


def test_a_feed_with_one_link_for_all_has_no_guid_and_no_zone(second: Server) -> None:
    result = parsed(second, "kuaixun")
    assert {entry.link for entry in result.entries} == {"http://kuaixun.example/live"}
    assert not any("id" in entry for entry in result.entries)
    assert len({entry.title for entry in result.entries}) == 10
    assert all(datetime.fromisoformat(entry.published).tzinfo is None for entry in result.entries)
    assert "拾光" in get(second, "http://kuaixun.example/live")[2].decode()


def test_dates_are_missing_and_in_the_future(second: Server) -> None:
    for source in ("dushu", "gezhi"):
        dates = [entry.get("published", entry.get("updated")) for entry in parsed(second, source).entries]
        assert dates.count(None) == 1
        later = [date for date in dates if date and datetime.fromisoformat(date) > NOW]
        assert len(later) == 1
    assert not any(
        "published" in entry or "updated" in entry for entry in parsed(second, "tidewater").entries
    )


def test_a_dead_host_resets_the_connection(first: Server) -> None:
    with pytest.raises(ConnectionResetError):
        get(first, "http://jiugang.example/rss.xml")


def test_the_list_has_no_feed_and_times_as_people_say_them(first: Server, second: Server) -> None:
    config = Config.model_validate(yaml.safe_load(account("http://127.0.0.1:9")["feeds.yaml"]))
    select = next(source.select for source in config.sources if source.id == "bianji")
    assert select is not None
    for web, count in ((first, 7), (second, 8)):
        soup = BeautifulSoup(document(web, "bianji"), "html.parser")
        assert not soup.select("link[rel=alternate]")
        items = soup.select(select.item)
        assert len(items) == count
        assert all(first_of(item, select.title).get_text() for item in items)
        assert all(str(first_of(item, select.link)["href"]).startswith("/a/") for item in items)
        assert all(first_of(item, select.summary).get_text() for item in items)
    times = {first_of(item, select.time).get_text() for item in items}
    assert {"45分钟前", "昨天 21:25", "3月6日 19:30", ""} <= times
    soup = BeautifulSoup(document(first, "bianji"), "html.parser")
    assert first_of(soup, select.time).get_text() == "35分钟前"


def test_the_sitemap_names_articles_and_other_pages(second: Server) -> None:
    soup = BeautifulSoup(document(second, "haishi"), "xml")
    rows = soup.find_all("url")
    assert len(rows) == 2 + len(SITES["haishi"].pieces)
    assert all(row.find("lastmod") for row in rows)
    assert sum(row.find("title") is None for row in rows) == 3  # two old pages, and one article
    assert first_of(rows[0], "lastmod").get_text() < str((NOW - timedelta(days=365)).date())


def test_titles_carry_html_and_double_escapes(second: Server) -> None:
    text = document(second, "keji").decode()
    assert "&lt;em&gt;四颗螺丝&lt;/em&gt;" in text
    assert "R&amp;amp;D" in text
    assert "&amp;quot;我们一直在给等待加机器&amp;quot;" in text
    assert not any("<" in row.title for row in truth())


def test_tracking_parameters_are_on_links_of_two_sources(second: Server) -> None:
    for source in ("chenbao", "zaozhuan"):
        assert all("utm_source=" in entry.link for entry in parsed(second, source).entries)
    assert get(second, parsed(second, "chenbao").entries[0].link)[0] == 200


def test_unchanged_sources_answer_304_on_the_second_night_and_changed_ones_do_not(
    first: Server, second: Server
) -> None:
    unchanged = set()
    for site in sites():
        if site.kind in ("dead", "originals"):
            continue
        etag, modified = (get(first, site.base + site.path)[1][name] for name in ("ETag", "Last-Modified"))
        status, _, body = get(second, site.base + site.path, **{"If-None-Match": etag})
        if status == 304:
            assert body == b""
            assert get(second, site.base + site.path, **{"If-Modified-Since": modified})[0] == 304
            unchanged.add(site.id)
    assert unchanged == {"jiangren", "haishi", "tidewater"}


def test_gzip_is_sent_where_it_is_accepted(first: Server) -> None:
    _, headers, body = get(first, "http://chenbao.example/feed.xml", **{"Accept-Encoding": "gzip, deflate"})
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == document(first, "chenbao")


def test_robots_unknown_pages_and_unknown_hosts(first: Server) -> None:
    assert b"Disallow: /login" in get(first, "http://dengxia.example/robots.txt")[2]
    assert get(first, "http://dengxia.example/a/nothing.html")[0] == 404
    assert get(first, "http://unknown.example/")[0] == 502


def test_a_page_of_every_entry_has_its_text_with_much_around_it(second: Server) -> None:
    for row in truth():
        site = SITES[row.source]
        if site.kind == "originals" or "onelink" in site.options:
            continue
        status, _, body = get(second, row.url)
        assert status == 200
        soup = BeautifulSoup(body.decode(site.encoding), "html.parser")
        piece = next(piece for piece in site.pieces if piece.id == row.id)
        assert first_of(soup, "h1").get_text() == row.title
        paragraphs = {p.get_text() for p in soup.find_all("p")}
        prose = [block for block in piece.blocks if not block.startswith(("## ", "!["))]
        assert set(prose) <= paragraphs
        assert soup.find("nav")
        assert soup.find("footer")
        assert soup.select(".sidebar a")
        assert soup.select(".related-posts a")
        if row.topic != "other":
            assert len(prose) >= 3
            assert sum(map(len, prose)) >= (450 if site.language == "en" else 300)


def test_pictures_of_articles_are_pngs(second: Server) -> None:
    soup = BeautifulSoup(get(second, "http://chenbao.example/a/yueqiao.html")[2], "html.parser")
    address = "http://chenbao.example" + str(first_of(soup, "figure img")["src"])
    _, headers, body = get(second, address)
    assert headers["Content-Type"] == "image/png"
    assert body.startswith(b"\x89PNG")
    assert len(body) > 1000


def test_home_pages_name_their_feed(first: Server) -> None:
    soup = BeautifulSoup(get(first, "http://dengxia.example/")[2], "html.parser")
    link = first_of(soup, "link[rel=alternate]")
    assert (link["type"], link["href"]) == ("application/atom+xml", "/atom.xml")


def test_the_first_night_shows_nothing_of_the_second(first: Server) -> None:
    later = {row.title for row in truth() if row.night == 2}
    shown = {entry.title for source in FEEDS for entry in parsed(first, source).entries}
    assert not shown & later
    assert get(first, "http://nanpu.example/a/yajin.html")[0] == 404


def test_the_night_can_change_while_it_runs_and_the_port_may_be_kept() -> None:
    with serve(NOW) as web:
        before = document(web, "chenbao")
        web.night = 2
        assert document(web, "chenbao") != before
        assert web.requests == ["http://chenbao.example/feed.xml"] * 2
        port = web.server_address[1]
    with serve(NOW, port=port) as web:
        assert document(web, "chenbao") == before


@pytest.mark.parametrize("hours", [0, 2, 4, 6, 14, 20])
def test_nothing_shown_is_from_the_future_whatever_the_hour(hours: int) -> None:
    now = datetime(2026, 3, 9, 16, 0, tzinfo=UTC) + timedelta(hours=hours)
    evening, morning = nights(now)
    assert evening < morning <= now < morning + timedelta(days=1)
    with serve(now, 2) as web:
        entries = parsed(web, "jiangren").entries + parsed(web, "chenbao").entries
    stamps = [datetime.fromtimestamp(calendar.timegm(entry.published_parsed), UTC) for entry in entries]
    assert max(stamps) <= now
    assert min(stamps) > now - timedelta(days=8)


def test_the_starter_is_valid_and_reads_many_public_sources_without_a_key() -> None:
    text = (Path(__file__).parents[1] / "feeds.yaml").read_text("utf-8")
    assert text.splitlines()[0] == "# yaml-language-server: $schema=feeds.schema.json"
    config = Config.model_validate(yaml.safe_load(text))
    read = [source for source in config.sources if source.enabled]
    topics = {topic.id for topic in config.topics}
    assert len(read) >= 28
    assert len({source.topic for source in read} & topics) >= 6
    assert {source.topic for source in config.sources} <= topics | {None}
    assert len({source.name for source in config.sources}) == len(config.sources)
    addresses = [source.url or source.route or source.folder for source in config.sources]
    assert len(set(addresses)) == len(addresses)
    assert not any("key=" in str(address) or "token" in str(address) for address in addresses)
    assert {"feed", "rsshub", "originals"} == {source.reader for source in config.sources}
    chinese = [source for source in read if any("\u4e00" <= letter <= "\u9fff" for letter in source.name)]
    assert len(chinese) > len(read) / 2
    assert all(topic.icon and len(topic.keywords) >= 10 for topic in config.topics)


def test_a_picture_is_always_the_same_and_another_name_has_another(second: Server) -> None:
    one, other = (get(second, f"http://chenbao.example/img/{name}.png")[2] for name in ("yueqiao", "lamp"))
    image = Image.open(BytesIO(one))
    assert image.size == (1280, 720)
    assert len(image.convert("RGB").getcolors(1_000_000) or ()) > 1000, "more than flat shapes"
    assert one != other
    assert one == picture("/img/yueqiao.png")
