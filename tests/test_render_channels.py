"""The text, email, feed and poster channels: whole, honest, and safe against what feeds send."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.config.schema import Look
from curate.domain.model import Reason
from curate.render import CHANNELS, render
from curate.render.channels.email import LIMIT, email, size_notes
from curate.render.channels.feed import ATOM, feed
from curate.render.channels.poster import poster, top
from curate.render.channels.text import text
from curate.render.color import contrast, parse_color
from curate.render.wechat.allowed import bare_address, visible
from tests.examples import examples
from tests.render_samples import HOSTILE, TEMPLATES, chinese, english, of_length, one_item

OWN = Look(opening="早上好\n<b>今天</b>", closing="转给同事", source_url="https://example.com/archive")
MADE = datetime(2026, 11, 21, 22, 0, tzinfo=UTC)


class _Html(HTMLParser):
    """Tags, handlers, addresses and text of a document."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.handlers: list[str] = []
        self.links: list[str] = []
        self.styles: list[dict[str, str]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.links += [value or "" for name, value in attrs if name in ("src", "href", "action", "data")]

    def handle_data(self, data: str) -> None:
        self.text += data


def squeezed(value: str) -> str:
    return "".join(visible(value).split())


# text


def test_the_text_has_numbered_titles_with_their_addresses_on_lines_of_their_own() -> None:
    lines = text(chinese(), TEMPLATES, OWN)["issue.txt"].decode().splitlines()
    assert lines[:5] == [
        "【清晨读报】第 312 期 · 2026年11月22日 星期日",
        "共 20 条 · 来自 18 个来源 · 约 9 分钟",
        "",
        "早上好",
        "<b>今天</b>",
    ]
    for section in chinese().sections:
        for item in section.items:
            at = lines.index(f"312{item.number:02d}. {item.title}")
            assert lines[at + 1] == item.url
    assert lines[-2:] == ["转给同事", "https://example.com/archive"]
    assert len("\n".join(lines)) < 2_500


@examples(100)
@given(st.text(max_size=60), st.sampled_from(HOSTILE))
def test_no_title_begins_a_line_of_its_own_in_the_text(one: str, other: str) -> None:
    lines = text(one_item(one + other), TEMPLATES, Look())["issue.txt"].decode().split("\n")
    assert [line for line in lines if line][3:] == [
        line for line in lines if line.startswith(("1.", "https://example.com/1"))
    ]
    assert all(line == visible(line) for line in lines)


def test_a_bare_address_is_one_word() -> None:
    assert bare_address("https://example.com/a b\n<c>") == "https://example.com/a%20b%3Cc%3E"
    assert bare_address("javascript:alert(1)") == ""


# email


def test_the_email_is_whole_in_both_parts() -> None:
    files = email(chinese(), TEMPLATES, OWN)
    html, plain = _Html(files["email.html"].decode()), files["email.txt"].decode()
    for section in chinese().sections:
        for item in section.items:
            assert item.url in html.links
            for part in (item.title, item.summary, item.source, item.author):
                assert part in html.text
                assert part in plain
            assert f"\n{item.url}\n" in plain
    for part in ("早上好", "<b>今天</b>", "转给同事"):
        assert part in html.text
        assert part in plain


def test_the_email_is_tables_with_inlined_styles_and_small_enough_not_to_be_clipped() -> None:
    html = email(chinese(), TEMPLATES, Look())["email.html"]
    assert b"<style" not in html
    assert b"var(" not in html
    assert _Html(html.decode()).tags.count("table") > 20
    assert len(html) < 102_000  # where large mail services cut


def test_the_email_leaves_the_place_to_unsubscribe_to_the_sending_system() -> None:
    files = email(english(), TEMPLATES, Look(unsubscribe="*|UNSUB|*"))
    assert "*|UNSUB|*" in _Html(files["email.html"].decode()).links
    assert files["email.txt"].decode().endswith("Unsubscribe: *|UNSUB|*\n")
    usual = email(english(), TEMPLATES, Look())["email.html"].decode()
    assert "{{unsubscribe_url}}" in _Html(usual).links


@examples(60)
@given(st.text(max_size=60), st.sampled_from(HOSTILE[:15]))
def test_no_text_breaks_the_email(one: str, other: str) -> None:
    html = _Html(email(one_item(one + other, url=other), TEMPLATES, Look())["email.html"].decode())
    assert not {"script", "img", "iframe", "svg", "style"} & set(html.tags)
    assert not html.handlers
    assert set(html.links) <= {"{{unsubscribe_url}}"}
    assert squeezed(one + other) in squeezed(html.text)


# feed


def entry_of(look: Look = OWN) -> feedparser.FeedParserDict:
    parsed = feedparser.parse(feed(replace(chinese(), made=MADE), TEMPLATES, look)["feed.atom"])
    assert not parsed.bozo
    (entry,) = parsed.entries
    return entry


def test_the_atom_feed_holds_the_issue() -> None:
    entry = entry_of()
    assert entry.link == "https://example.com/archive"
    assert entry.updated == "2026-11-21T22:00:00+00:00"
    assert [tag.term for tag in entry.tags] == [section.id for section in chinese().sections]
    content = entry.content[0].value
    for section in chinese().sections:
        for item in section.items:
            assert item.title in content
            assert f'href="{item.url}"' in content


def test_the_atom_feed_has_what_rfc_4287_asks_for() -> None:
    root = ElementTree.fromstring(feed(chinese(), TEMPLATES, Look())["feed.atom"])
    for where in (root, root.find(f"{{{ATOM}}}entry")):
        assert where is not None
        for name in ("id", "title", "updated"):
            assert len(where.findall(f"{{{ATOM}}}{name}")) == 1
    assert root.find(f"{{{ATOM}}}author/{{{ATOM}}}name") is not None
    assert entry_of(Look()).links[0].rel == "related"  # the lead's address is not the issue's


def test_the_json_feed_has_what_version_1_1_asks_for() -> None:
    made = json.loads(feed(replace(chinese(), made=MADE), TEMPLATES, OWN)["feed.json"])
    assert made["version"] == "https://jsonfeed.org/version/1.1"
    assert made["title"] == "清晨读报"
    (item,) = made["items"]
    assert item["id"] == entry_of().id
    assert item["url"] == "https://example.com/archive"
    assert "external_url" in json.loads(feed(chinese(), TEMPLATES, Look())["feed.json"])["items"][0]
    assert datetime.fromisoformat(item["date_published"]) == MADE
    atom = ElementTree.fromstring(feed(replace(chinese(), made=MADE), TEMPLATES, OWN)["feed.atom"])
    assert item["content_html"] == atom.findtext(f"{{{ATOM}}}entry/{{{ATOM}}}content")


def test_an_issue_keeps_its_id_and_no_other_has_it() -> None:
    def identity(number: int, account: str = "清晨读报") -> str:
        made = feed(replace(chinese(), number=number, account=account), TEMPLATES, Look())["feed.json"]
        return str(json.loads(made)["items"][0]["id"])

    assert identity(312) == identity(312)
    assert len({identity(312), identity(313), identity(312, "x")}) == 3


@examples(60)
@given(st.text(max_size=60), st.sampled_from(HOSTILE))
def test_no_text_breaks_the_feeds(one: str, other: str) -> None:
    files = feed(one_item(one + other, url=other), TEMPLATES, Look())
    ElementTree.fromstring(files["feed.atom"])
    (item,) = json.loads(files["feed.json"])["items"]
    html = _Html(item["content_html"])
    assert not {"script", "img", "iframe", "svg", "style"} & set(html.tags)
    assert not html.handlers
    assert not html.links


# poster


def payload_of(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="payload">(.*?)</script>', page, re.S)
    assert found
    made: dict[str, object] = json.loads(found[1])
    return made


def test_the_poster_has_the_lead_and_the_four_that_rank_next() -> None:
    digest = chinese()
    ranked = {17: 3.0, 4: 2.0, 9: 1.0}
    sections = tuple(
        replace(
            s, items=tuple(replace(i, why=(Reason("x", ranked.get(i.number, 0.0), ""),)) for i in s.items)
        )
        for s in digest.sections
    )
    assert [item.number for item in top(replace(digest, sections=sections))] == [2, 17, 4, 9, 1]
    drawn = payload_of(poster(digest, TEMPLATES, Look())["poster.html"].decode())
    assert drawn["file"] == "poster-312.png"
    assert len(drawn["items"]) == 5  # type: ignore[arg-type]


@examples(60)
@given(st.text(max_size=60), st.sampled_from(HOSTILE[:15]))
def test_no_text_breaks_the_poster(one: str, other: str) -> None:
    page = poster(one_item(one + other), TEMPLATES, Look())["poster.html"].decode()
    html = _Html(page)
    assert html.tags.count("script") == 2
    assert not {"img", "iframe", "svg"} & set(html.tags)
    assert not html.handlers
    assert not html.links
    assert re.search(r"default-src 'none'.*script-src 'sha256-[\w+/=]+'", page)
    assert payload_of(page)["items"]


@pytest.mark.parametrize("own", ["#ffd400", "#fff", "#ff0000", ""])
def test_poster_and_email_carry_the_accounts_color_where_it_can_be_read(own: str) -> None:
    drawn = payload_of(poster(chinese(), TEMPLATES, Look(color=own))["poster.html"].decode())["colours"]
    assert isinstance(drawn, dict)
    white, solid, accent = (parse_color(c) for c in ("#ffffff", drawn["solid"], drawn["accent"]))
    assert white is not None
    assert solid is not None
    assert accent is not None
    assert min(contrast(white, solid), contrast(accent, white)) >= 4.5
    assert drawn["solid"] in email(chinese(), TEMPLATES, Look(color=own))["email.html"].decode()


# all


@pytest.mark.parametrize("channel", sorted(set(CHANNELS) - {"cards"}))  # which has no template
def test_a_missing_template_fails_its_channel_alone_and_is_named(channel: str) -> None:
    without = {name: body for name, body in TEMPLATES.items() if not name.startswith(f"{channel}/")}
    files, failures = render(chinese(), list(CHANNELS), without)
    assert [failure.subject for failure in failures] == [channel]
    assert channel in failures[0].reason
    assert len(files) >= len(CHANNELS) - 1


def test_the_same_digest_gives_the_same_files() -> None:
    assert render(chinese(), list(CHANNELS), TEMPLATES, OWN) == render(
        chinese(), list(CHANNELS), TEMPLATES, OWN
    )


def test_a_mail_that_gmail_would_cut_is_made_shorter_and_told() -> None:
    long = of_length(chinese(), 99)
    whole = replace(
        long,
        sections=tuple(
            replace(s, items=tuple(replace(i, summary=i.summary * 3) for i in s.items)) for s in long.sections
        ),
    )
    files = email(whole, TEMPLATES, OWN)
    assert len(files["email.html"]) <= LIMIT
    for section in whole.sections:
        assert all(item.title in files["email.html"].decode() for item in section.items)
    (note,) = size_notes(whole, files, TEMPLATES, OWN)
    assert "超过 102 kB" in note.reason
    assert "digest.items" in note.hint
    short = chinese()
    assert size_notes(short, email(short, TEMPLATES, OWN), TEMPLATES, OWN) == []
    assert size_notes(whole, {}, TEMPLATES, OWN) == []
