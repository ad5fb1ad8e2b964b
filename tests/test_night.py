"""The night over a fake web, fake only at the transport: everything else is the real thing."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from curate.cli.main import run
from curate.config.schema import Config
from curate.domain.model import Failure, Page
from curate.fetch import Answer, Request, Unchanged
from curate.i18n.catalogue import say
from curate.pipeline.nightly import Night, night
from curate.pipeline.ports import Counter, Doors
from curate.sources.identity import fingerprint
from curate.storage import Archive
from curate.storage.account import templates
from tests.nouns import NOW

TOPICS = [
    {"id": "ai", "name": "人工智能", "icon": "🤖", "keywords": ["大模型", "智能体", "机器学习"]},
    {"id": "city", "name": "城市", "icon": "🏙", "keywords": ["地铁", "公园", "社区"]},
]


def prose(title: str, sentences: int = 40) -> str:
    """A body that says something of its own: no two titles share more than chance."""
    dice = random.Random(title)
    return "".join(
        "".join(chr(dice.randrange(0x4E00, 0x9000)) for _ in range(18)) + "。" for _ in range(sentences)
    )


class Web:
    """Addresses and what they answer; counts what was asked."""

    def __init__(self, pages: Mapping[str, bytes | Failure]) -> None:
        self.pages = dict(pages)
        self.asked: list[Request] = []

    def fetch(self, requests: Iterable[Request]) -> Iterator[Answer]:
        for request in requests:
            self.asked.append(request)
            body = self.pages.get(request.url, Failure(request.subject, "404", "看看网址"))
            etag = f'"{hash(body)}"'
            if isinstance(body, Failure):
                yield Answer(request, replace(body, subject=request.subject), 0.1)
            elif request.etag == etag:
                yield Answer(request, Unchanged(request.url, NOW), 0.1, 304)
            else:
                yield Answer(
                    request, Page(request.url, body, NOW, "text/html; charset=utf-8", etag), 0.1, 200
                )


class Silent:
    """A watch that only counts."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Counter]:
        del total
        self.counts[name] = 0

        class Count:
            def advance(_self, count: int = 1) -> None:  # noqa: N805
                self.counts[name] += count

        yield Count()


def feed(*items: tuple[str, str, int], body: str | None = None, host: str = "a.example") -> bytes:
    """An RSS feed of (id, title, hours before NOW)."""
    rows = "".join(
        f"<item><guid>{n}</guid><title>{title}</title><link>https://{host}/{n}</link>"
        f"<pubDate>{(NOW - timedelta(hours=hours)):%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
        f"<description><![CDATA[<p>{title}。{prose(title) if body is None else body}</p>]]></description></item>"
        for n, title, hours in items
    )
    return f'<rss version="2.0"><channel><title>甲报</title><link>https://{host}/</link>{rows}</channel></rss>'.encode()


def article(title: str) -> bytes:
    text = prose(title)
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p><p>{text}</p></article></body></html>".encode()


def settings(*sources: Mapping[str, object], **rest: object) -> Config:
    return Config.model_validate({"account": {"name": "早读"}, "topics": TOPICS, "sources": sources, **rest})


TITLES = (
    "老城区的面包房换了新炉子",
    "渡口的船工教孩子认星星",
    "山路上的邮差退休了",
    "一座剧场怎样过雨季",
    "果园里装上了风铃",
    "社区公园开放夜跑",
    "灯塔换成了太阳能",
    "书店把橱窗让给画展",
)

A = {"name": "甲报", "id": "a", "url": "https://a.example/feed"}
B = {"name": "乙报", "id": "b", "url": "https://b.example/feed"}

Play = Callable[..., Night]


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    """Plays a night; with `publish`, the archive remembers it, as the terminal does."""
    with Archive("sqlite:///a.db", tmp_path, fingerprint) as archive:

        def run(web: Web, config: Config, *, now: datetime = NOW, publish: bool = True) -> Night:
            doors = Doors(web.fetch, lambda _: [], archive, templates(), lambda _: 1, map)
            done = night(config, doors, Silent(), now)
            if done.issue and publish:
                archive.record(done.issue.digest, f"{done.issue.digest.date}-{done.issue.digest.number}")
            return done

        yield run


def titles(done: Night) -> list[str]:
    assert done.issue
    return [item.title for section in done.issue.digest.sections for item in section.items]


def test_a_night_makes_an_issue_with_every_source_named(play: Play) -> None:
    web = Web({"https://a.example/feed": feed(("1", "新的大模型发布了", 2), ("2", "地铁五号线通车", 3))})
    done = play(web, settings(A))
    assert done.issue
    assert sorted(titles(done)) == ["地铁五号线通车", "新的大模型发布了"]
    assert {section.id for section in done.issue.digest.sections} == {"ai", "city"}
    assert [credit.name for credit in done.issue.digest.credits] == ["甲报"]
    assert {"wechat.html", "wechat.fragment.html"} <= set(done.issue.files)
    assert [item.number for s in done.issue.digest.sections for item in s.items] == [1, 2]


def test_a_source_is_credited_by_its_own_site_wherever_its_items_lead(play: Play) -> None:
    def credited(source: Mapping[str, object]) -> list[str]:
        done = play(web, settings(source), publish=False)
        assert done.issue
        return [credit.url for credit in done.issue.digest.credits]

    aggregator = feed(("1", "新的大模型发布了", 2), ("2", "地铁五号线通车", 3)).replace(
        b"a.example/1", b"x.example/1"
    )
    nameless = aggregator.replace(b"<link>https://a.example/</link>", b"")
    web = Web({"https://a.example/feed": aggregator, "https://b.example/feed": nameless})
    assert credited(A) == ["https://a.example/"]
    assert credited({**A, "site": "https://a.example/paper/"}) == ["https://a.example/paper/"]
    assert credited(B) == ["https://b.example/"], "no site is named, and the items lead to two hosts"


def test_a_source_that_fails_stops_nothing_and_says_why(play: Play) -> None:
    web = Web(
        {
            "https://a.example/feed": feed(("1", "新的大模型发布了", 2)),
            "https://b.example/feed": b"no feed at all",
        }
    )
    done = play(web, settings(A, B, {"name": "丙报", "url": "https://c.example/feed"}))
    assert done.issue
    assert [o.status for o in done.outcomes] == ["new", "failed", "failed"]
    assert all(o.reason for o in done.outcomes[1:])
    assert done.outcomes[2].hint == "看看网址"


def test_when_no_source_can_be_read_there_is_no_issue(play: Play) -> None:
    done = play(Web({}), settings(A, B))
    assert done.issue is None
    assert {o.status for o in done.outcomes} == {"failed"}


def test_nothing_published_returns_and_what_missed_the_quota_may(play: Play) -> None:
    web = Web({"https://a.example/feed": feed(("1", "新的大模型发布了", 2), ("2", "地铁五号线通车", 3))})
    config = settings(A, digest={"items": 1}, network={"fresh": "0m"})
    first = titles(play(web, config))
    assert play(web, config, now=NOW + timedelta(minutes=1)).issue is None, "304: nothing new"
    web.pages["https://a.example/feed"] = feed(
        ("1", "新的大模型发布了", 2), ("2", "地铁五号线通车", 3), ("3", "社区公园开放夜跑", 40)
    )
    second = titles(play(web, config, now=NOW + timedelta(minutes=2)))
    assert second != first
    assert not set(first) & set(second)


def test_a_second_night_asks_only_for_what_changed(play: Play) -> None:
    web = Web({"https://a.example/feed": feed(("1", "新的大模型发布了", 2))})
    play(web, settings(A))
    done = play(web, settings(A), now=NOW + timedelta(hours=1))
    assert web.asked[-1].etag
    assert done.outcomes[0].status == "unchanged"


def test_the_same_document_without_validators_is_not_read_again(play: Play) -> None:
    class NoValidators(Web):
        def fetch(self, requests: Iterable[Request]) -> Iterator[Answer]:
            for answer in super().fetch(requests):
                page = answer.result
                yield replace(answer, result=replace(page, etag="") if isinstance(page, Page) else page)

    web = NoValidators({"https://a.example/feed": feed(("1", "新的大模型发布了", 2))})
    play(web, settings(A))
    assert play(web, settings(A), now=NOW + timedelta(hours=1)).outcomes[0].status == "unchanged"


def test_one_event_told_by_two_is_one_item_that_names_the_other(play: Play) -> None:
    told = "晨星实验室周三发布了新的大模型启明三号，参数规模达到六千亿，并向研究者开放权重。"
    web = Web(
        {
            "https://a.example/feed": feed(("1", "晨星实验室发布大模型启明三号", 2), body=told * 12),
            "https://b.example/feed": feed(
                ("9", "晨星实验室发布大模型启明三号", 3), body=told * 12, host="b.example"
            ),
        }
    )
    done = play(web, settings(A, B))
    assert done.issue
    assert len(titles(done)) == 1
    item = done.issue.digest.lead
    assert {item.source, *(t.source for t in item.also)} == {"甲报", "乙报"}
    again = play(web, settings(A, B), now=NOW + timedelta(hours=1))
    assert again.issue is None, "its echo was told with it"


def test_who_passes_on_the_same_page_is_not_named_as_telling_it_too(play: Play) -> None:
    told = "晨星实验室周三发布了新的大模型启明三号，参数规模达到六千亿，并向研究者开放权重。"
    page = feed(("1", "晨星实验室发布大模型启明三号", 2), body=told * 12)
    done = play(Web({"https://a.example/feed": page, "https://b.example/feed": page}), settings(A, B))
    assert done.issue
    assert len(titles(done)) == 1
    assert done.issue.digest.lead.also == ()


def test_what_the_editor_splits_stays_apart_from_the_next_night_on(play: Play, tmp_path: Path) -> None:
    told = "晨星实验室周三发布了新的大模型启明三号，参数规模达到六千亿，并向研究者开放权重。"
    web = Web(
        {
            "https://a.example/feed": feed(("1", "晨星实验室发布大模型启明三号", 2), body=told * 12),
            "https://b.example/feed": feed(
                ("9", "六千亿参数的启明三号开放权重", 3), body=told * 12, host="b.example"
            ),
        }
    )
    first = play(web, settings(A, B), publish=False)
    assert first.issue
    assert len(titles(first)) == 1
    (tmp_path / "feeds.yaml").write_text(
        "account: {name: 早读}\ndatabase: sqlite:///a.db\n"
        "sources: [{name: 甲报, url: 'https://a.example/feed'}, {name: 乙报, url: 'https://b.example/feed'}]\n"
        "topics: [{id: ai, name: 人工智能}]\n",
        encoding="utf-8",
    )
    addresses = [item.url for item in (first.issue.digest.lead,)] + [
        also.url for also in first.issue.digest.lead.also
    ]
    assert run(["stories", "split", *addresses, "-C", str(tmp_path)]) == 0
    assert run(["stories", "split", *addresses, "-C", str(tmp_path)]) == 0
    assert run(["stories", "split", addresses[0], "https://c.example/none", "-C", str(tmp_path)]) == 2
    assert len(titles(play(web, settings(A, B)))) == 2


def test_a_story_that_goes_on_comes_back_as_a_continuation(play: Play) -> None:
    told = "晨星实验室发布大模型启明三号，参数规模六千亿，权重向研究者开放，首日下载三万次。"
    C = {"name": "丙报", "id": "c", "url": "https://c.example/feed"}  # noqa: N806
    first = play(
        Web({"https://a.example/feed": feed(("1", "晨星实验室发布大模型启明三号", 26), body=told)}),
        settings(A),
        now=NOW - timedelta(hours=24),
    )
    assert first.issue
    web = Web(
        {
            "https://b.example/feed": feed(
                ("8", "启明三号权重下载破百万", 2),
                body="六千亿参数的启明三号权重开放一天，下载破百万，晨星实验室加了两台镜像。",
                host="b.example",
            ),
            "https://c.example/feed": feed(
                ("9", "谁在下载启明三号", 3),
                body="启明三号首日下载三万次，晨星实验室说研究者占六成。",
                host="c.example",
            ),
        }
    )
    second = play(web, settings(A, B, C))
    assert second.issue
    item = second.issue.digest.lead
    assert item.continues == (first.issue.digest.number, first.issue.digest.lead.number)
    assert "续第 1 期第 1 条" in second.issue.files["wechat.fragment.html"].decode()
    assert "续第 1 期第 1 条" in second.issue.files["issue.md"].decode()


def test_only_the_short_list_is_fetched_and_only_where_the_feed_is_cut_short(play: Play) -> None:
    items = [(str(n), title, n) for n, title in enumerate(TITLES, 1)]
    web = Web({"https://a.example/feed": feed(*items, body="只有一句。")})
    web.pages |= {f"https://a.example/{n}": article(title) for n, title, _ in items}
    done = play(web, settings(A, digest={"items": 2, "per_source": 2}))
    pages = [request.url for request in web.asked if request.url != "https://a.example/feed"]
    assert len(titles(done)) == 2
    assert len(pages) == 2
    whole = Web({"https://b.example/feed": feed(("1", "社区公园开放夜跑", 1), host="b.example")})
    play(whole, settings(B))
    assert [request.url for request in whole.asked] == ["https://b.example/feed"]


def test_a_page_that_cannot_be_had_leaves_what_the_feed_says(play: Play) -> None:
    web = Web({"https://a.example/feed": feed(("1", "地铁五号线通车", 2), body="市民可以从明天起乘坐。")})
    done = play(web, settings(A))
    assert done.issue
    assert "明天" in done.issue.digest.lead.summary


def test_a_source_in_another_language_that_sends_notices_alone_is_told(play: Play) -> None:
    gate = (
        "Checking your browser before accessing the site. Please enable JavaScript and cookies to continue."
    )
    news = [(str(n), f"The council votes on bridge number {n} tonight", n) for n in range(1, 4)]
    web = Web(
        {
            "https://a.example/feed": feed(("1", "地铁五号线通车", 2)),
            "https://b.example/feed": feed(*news, body=gate, host="b.example"),
        }
    )
    done = play(web, settings(A, B))
    outcome = next(outcome for outcome in done.outcomes if outcome.source == "b")
    assert "文章取不到正文" in outcome.reason


def test_a_page_without_text_makes_room_for_the_next(play: Play) -> None:
    when = f"{NOW - timedelta(hours=2):%Y-%m-%dT%H:%M:%SZ}"
    listing = f"<ul><li><a href='/x'>地铁五号线通车</a><time>{when}</time></li></ul>".encode()
    page = {
        "name": "列表",
        "reader": "page",
        "url": "https://l.example/",
        "select": {"item": "li"},
        "weight": 5,
    }
    web = Web({"https://l.example/": listing, "https://a.example/feed": feed(("1", "社区公园开放夜跑", 9))})
    done = play(web, settings(page, A, digest={"items": 1}))
    assert titles(done) == ["社区公园开放夜跑"]
    assert [failure.subject for failure in done.failures] == ["https://l.example/x"]


def test_an_untitled_sitemap_entry_takes_its_title_from_its_page(play: Play) -> None:
    day = f"{NOW - timedelta(hours=2):%Y-%m-%dT%H:%M:%S+00:00}"
    xml = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://s.example/1</loc><lastmod>{day}</lastmod></url></urlset>'
    web = Web(
        {
            "https://s.example/sitemap.xml": xml.encode(),
            "https://s.example/1": article("老城区的公园改造完成"),
        }
    )
    done = play(web, settings({"name": "站点", "reader": "sitemap", "url": "https://s.example/sitemap.xml"}))
    assert titles(done) == ["老城区的公园改造完成"]


UNDATED = {
    "name": "列表",
    "reader": "page",
    "url": "https://l.example/",
    "select": {"item": "li"},
    "weight": 5,
}


def listing(*numbers: int) -> bytes:
    """A list without dates."""
    return (
        "".join(f"<li><a href='/{n}'>{TITLES[n]}</a></li>" for n in numbers).join(("<ul>", "</ul>")).encode()
    )


def dated_page(n: int, day: str) -> bytes:
    head = f"<title>{TITLES[n]}</title><meta property='article:published_time' content='{day}'>"
    return article(TITLES[n]).replace(b"<title>", head.encode() + b"<title>", 1)


def test_what_an_undated_source_had_before_is_not_tonight_s_and_what_it_adds_is(play: Play) -> None:
    web = Web({"https://l.example/": listing(1, 2), "https://l.example/3": article(TITLES[3])})
    first = play(web, settings(UNDATED))
    assert first.issue is None
    assert {verdict.entry.title for verdict in first.verdicts} == {TITLES[1], TITLES[2]}
    assert all("第一次读" in say(verdict.message, "zh") for verdict in first.verdicts)
    web.pages["https://l.example/"] = listing(3, 1, 2)
    assert titles(play(web, settings(UNDATED), now=NOW + timedelta(hours=1))) == [TITLES[3]]


def test_an_old_date_on_the_page_makes_room_for_the_next_and_is_remembered(play: Play) -> None:
    web = Web(
        {"https://l.example/": listing(1), "https://a.example/feed": feed(("1", "社区公园开放夜跑", 9))}
    )
    play(web, settings(UNDATED, A, digest={"items": 1}))
    web.pages["https://l.example/"] = listing(2, 1)
    web.pages["https://l.example/2"] = dated_page(2, "2012-05-01T08:00:00+08:00")
    web.pages["https://a.example/feed"] = feed(("2", "图书馆延长夜间开放", 1), ("1", "社区公园开放夜跑", 9))
    done = play(web, settings(UNDATED, A, digest={"items": 1}), now=NOW + timedelta(hours=1))
    assert titles(done) == ["图书馆延长夜间开放"]
    (old,) = (verdict for verdict in done.verdicts if verdict.entry.title == TITLES[2])
    assert not old.picked
    assert "2012-05-01" in say(old.message, "zh")
    again = play(web, settings(UNDATED, A, digest={"items": 1}), now=NOW + timedelta(hours=2))
    assert TITLES[2] not in {verdict.entry.title for verdict in again.verdicts}


def test_every_candidate_has_a_verdict(play: Play) -> None:
    items = [(str(n), title, n) for n, title in enumerate(TITLES, 1)]
    done = play(Web({"https://a.example/feed": feed(*items)}), settings(A, digest={"items": 3}))
    assert {v.entry.id for v in done.verdicts} == {n for n, _, _ in items}
    assert sum(v.picked for v in done.verdicts) == len(titles(done))
    assert all(say(v.message, "zh") for v in done.verdicts)


def test_the_score_of_an_item_is_the_sum_of_its_reasons(play: Play) -> None:
    done = play(Web({"https://a.example/feed": feed(("1", "新的大模型发布了", 2))}), settings(A))
    verdict = next(v for v in done.verdicts if v.picked)
    assert verdict.score == pytest.approx(sum(reason.points for reason in verdict.why))


def test_a_channel_that_refuses_is_told_and_the_others_go_on(play: Play, tmp_path: Path) -> None:
    web = Web({"https://a.example/feed": feed(("1", "新的大模型发布了", 2))})
    with Archive("sqlite:///b.db", tmp_path, fingerprint) as archive:
        broken = {**templates(), "wechat/themes/classic/post.html.j2": "{{ nonsense.of.mine }}"}
        done = night(
            settings(A), Doors(web.fetch, lambda _: [], archive, broken, lambda _: 1, map), Silent(), NOW
        )
    assert done.issue
    assert [failure.subject for failure in done.refused] == ["wechat"]
    assert "issue.md" in done.issue.files
    assert not [name for name in done.issue.files if name.startswith("wechat")]


def test_the_same_night_twice_is_the_same_issue(tmp_path: Path) -> None:
    items = [(str(n), title, n) for n, title in enumerate(TITLES, 1)]
    made = []
    for name in ("x.db", "y.db"):
        with Archive(f"sqlite:///{name}", tmp_path, fingerprint) as archive:
            web = Web({"https://a.example/feed": feed(*items)})
            doors = Doors(web.fetch, lambda _: [], archive, templates(), lambda _: 1, map)
            made.append(night(settings(A), doors, Silent(), NOW).issue)
    assert made[0] == made[1]


def test_titles_whose_pages_are_gates_make_an_issue_of_titles_and_the_source_is_told_of(play: Play) -> None:
    gate = "<html><body><h2>环境异常</h2><p>当前环境异常，完成验证后即可继续访问。</p></body></html>"
    deleted = "<html><body><h2>该内容已被发布者删除</h2></body></html>"
    web = Web(
        {
            "https://a.example/feed": feed(
                ("1", TITLES[0], 1), ("2", TITLES[1], 2), ("3", TITLES[2], 3), body=""
            )
        }
    )
    web.pages |= {f"https://a.example/{n}": gate.encode() for n in (1, 2)}
    web.pages["https://a.example/3"] = deleted.encode()
    done = play(web, settings(A))
    assert sorted(titles(done)) == sorted(TITLES[:2])
    assert done.issue
    post = done.issue.files["wechat.fragment.html"].decode()
    assert "验证" not in post
    (outcome,) = done.outcomes
    assert "文章取不到正文：网站在拦截程序访问" in outcome.reason
    assert "原文已被删除" in outcome.reason
    (lost,) = [v for v in done.verdicts if v.entry.title == TITLES[2]]
    assert "已被删除" in say(lost.message, "zh")


def test_where_no_page_can_be_had_titles_alone_fill_the_issue(play: Play) -> None:
    web = Web({"https://a.example/feed": feed(*((str(n), TITLES[n], n) for n in range(1, 4)), body="")})
    done = play(web, settings(A))
    assert sorted(titles(done)) == sorted(TITLES[1:4])
    assert "文章取不到正文：404" in done.outcomes[0].reason
    assert done.failures == ()
