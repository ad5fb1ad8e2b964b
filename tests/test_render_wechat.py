"""The WeChat channel: honest, safe against what feeds send, and within the platform's limits."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.config.schema import Look
from curate.domain.errors import ChannelError
from curate.domain.model import Credit, Digest, Image, Item, Section
from curate.render import channels, render, themes
from curate.render.channels.wechat import fragment, post_fields, wechat
from curate.render.wechat.allowed import HTML_LIMIT, visible
from curate.render.wechat.images import addresses, files_of, without_lost
from curate.render.wechat.lint import lint, lint_fields
from curate.render.wechat.plain_text import plain
from tests.examples import examples
from tests.render_samples import HOSTILE, PICTURE, TEMPLATES, chinese, digest_of, english, of_length, one_item


def squeezed(text: str) -> str:
    return "".join(visible(text).split())


class _Page(HTMLParser):
    """What a browser would run or load in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.handlers: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.loads += [value or "" for name, value in attrs if name in ("src", "href", "action", "data")]


def page_of(text: str) -> _Page:
    page = _Page()
    page.feed(text)
    return page


def test_twenty_items_stay_under_the_limit_without_a_finding() -> None:
    html = fragment(chinese(), TEMPLATES)
    assert len(html) < HTML_LIMIT
    assert lint(html) == []


def test_every_item_names_source_author_time_and_address() -> None:
    digest = chinese()
    text = plain(fragment(digest, TEMPLATES))
    for section in digest.sections:
        for item in section.items:
            assert f"[312{item.number:02d}] {item.url}" in text
            assert re.search(rf"312{item.number:02d}\s+{re.escape(item.title)}", text)
            assert item.summary in text
            assert re.search(rf"{item.source}( · {item.author})? · ", text)
    assert "共 20 条 · 来自 18 个来源 · 约 9 分钟" in text
    assert "等 4 家也有报道" in text


def test_nothing_is_called_original_and_the_editors_own_is_a_note() -> None:
    files = wechat(chinese(), TEMPLATES, Look())
    assert all("原创" not in body.decode() for body in files.values())
    assert "编者手记 · 编辑部" in plain(files["wechat.fragment.html"].decode())


def test_times_are_the_accounts_own_with_the_day_where_it_differs() -> None:
    text = plain(fragment(chinese(), TEMPLATES))
    assert "算法周刊 · 林一舟 · 03:26" in text
    assert "硬件前线 · 陈树 · 11月21日 22:35" in text
    assert "The Example · Jo Doe · 21 Nov, 22:05" in plain(fragment(english(), TEMPLATES))


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:24]))
def test_what_feeds_send_is_shown_as_text_or_dropped(text: str) -> None:
    files = wechat(one_item(text, url=text), TEMPLATES, Look())
    html, page = files["wechat.fragment.html"].decode(), files["wechat.html"].decode()
    assert [str(f) for f in lint(html) if f.level == "error"] == []
    assert squeezed(text) in squeezed(plain(html))  # the summary is whole
    read = page_of(page)
    assert read.tags.count("script") == 2
    assert read.tags.count("iframe") == 2
    assert not read.handlers
    assert not read.loads


@examples(60)
@given(st.text(max_size=60), st.sampled_from(HOSTILE[:15]))
def test_no_text_breaks_the_fragment_or_the_page(text: str, hostile: str) -> None:
    files = wechat(one_item(text + hostile), TEMPLATES, Look())
    html, page = files["wechat.fragment.html"].decode(), files["wechat.html"].decode()
    assert squeezed(text + hostile) in squeezed(plain(html))
    assert page_of(page).tags.count("script") == 2
    assert payload_of(page)["html"] == html


def test_no_single_feed_can_make_a_post_too_long() -> None:
    html = wechat(
        one_item("x", title="W" * 60_000, source="S" * 60_000, author="A" * 60_000), TEMPLATES, Look()
    )
    text = plain(html["wechat.fragment.html"].decode())
    assert "W" * 62 + "…" in text
    assert len(text) < 2_000


def payload_of(page: str) -> dict[str, str]:
    found = re.search(r'<script type="application/json" id="payload">(.*?)</script>', page, re.S)
    assert found
    made: dict[str, str] = json.loads(found[1])
    return made


def test_the_page_carries_exactly_the_fragment_and_its_text() -> None:
    files = wechat(chinese(), TEMPLATES, Look())
    payload = payload_of(files["wechat.html"].decode())
    assert payload["html"].encode() == files["wechat.fragment.html"]
    assert payload["text"].startswith("第 312 期 · 2026年11月22日 星期日\n清晨读报\n")


def test_the_page_asks_for_nothing_and_runs_only_its_own_script() -> None:
    page = wechat(chinese(), TEMPLATES, Look())["wechat.html"].decode()
    assert not page_of(page).loads
    assert re.search(r"default-src 'none'.*script-src 'sha256-[\w+/=]+'", page)


def with_pictures(*, kind: str = "jpeg", url: str = PICTURE.url, every: bool = False) -> Digest:
    """A digest whose lead, or every item, has a picture that was fetched and kept."""

    def illustrated(item: Item) -> Item:
        file = f"images/{item.number:02d}.jpg"
        kept = Image(f"{url}?{item.number}", 1080, 720, "a picture", file, 98_765, kind)
        return replace(item, image=kept) if every or item.number == digest.lead.number else item

    digest = chinese()
    sections = tuple(replace(s, items=tuple(illustrated(i) for i in s.items)) for s in digest.sections)
    covers = (
        Image("", 900, 383, file="cover.jpg", size=50_000),
        Image("", 500, 500, file="cover-square.jpg", size=9),
    )
    return replace(digest, sections=sections, lead=illustrated(digest.lead), covers=covers)


ADDRESS = "https://cdn.site.example/uploads/2026/11/21/0308502D2CF7BBF963E015D6C7355A3E16807A73.jpg"


@pytest.mark.parametrize("theme", themes(TEMPLATES))
def test_a_picture_to_every_item_still_fits_the_limit(theme: str) -> None:
    digest = with_pictures(url=ADDRESS, every=True)
    html = fragment(digest, TEMPLATES, Look(theme=theme))
    assert html.count("<img") == 20
    assert len(html) < HTML_LIMIT
    assert {f.rule for f in lint(html, uploads=addresses(digest))} == {"img-upload"}


def test_the_text_wrappers_go_only_where_the_post_would_be_too_long() -> None:
    assert '<span leaf="">' in fragment(chinese(), TEMPLATES)
    long = fragment(of_length(chinese(), 60), TEMPLATES)
    assert len(long) > HTML_LIMIT
    assert "leaf" not in long
    assert plain(long).count("https://www.site") == 60


def test_a_picture_that_nobody_fetched_is_left_out() -> None:
    digest = chinese()
    digest = replace(digest, lead=replace(digest.lead, image=PICTURE))
    assert "<img" not in fragment(digest, TEMPLATES)
    assert 'id="pictures"' not in wechat(digest, TEMPLATES)["wechat.html"].decode()


def test_a_picture_that_was_kept_goes_with_the_post_under_its_own_address() -> None:
    digest = with_pictures()
    html = wechat(digest, TEMPLATES)["wechat.fragment.html"].decode()
    number = digest.lead.number
    assert html.count("<img") == 1
    assert f'src="{PICTURE.url}?{number}" alt="a picture" data-w="1080" data-ratio="0.6667"' in html
    assert "width:100%;height:auto" in html
    assert [f.rule for f in lint(html, uploads=addresses(digest))] == ["img-upload"]
    assert [f.rule for f in lint(html)] == ["img-host"], "it is allowed because it is listed"


def test_the_cards_have_pictures_where_all_were_kept() -> None:
    assert fragment(with_pictures(every=True), TEMPLATES).count("<img") == 20


def test_what_the_platform_does_not_take_is_not_pasted_but_listed() -> None:
    for digest in (with_pictures(kind="webp"), with_pictures(url="ftp://elsewhere.example/p")):
        files = wechat(digest, TEMPLATES)
        assert "<img" not in files["wechat.fragment.html"].decode()
        page = files["wechat.html"].decode()
        assert f"images/{digest.lead.number:02d}.jpg" in page
        assert "正文里没有" in page


def test_the_page_lists_pictures_and_covers_with_size_and_shows_its_own_files() -> None:
    digest = with_pictures()
    page = wechat(digest, TEMPLATES)["wechat.html"].decode()
    file = f"images/{digest.lead.number:02d}.jpg"
    assert set(page_of(page).loads) == {file, "cover.jpg", "cover-square.jpg"}
    assert "1080 × 720 · 99 kB" in page
    assert "900 × 383 · 50 kB" in page
    preview = page[page.index("srcdoc") : page.index("payload")]
    assert preview.count(f"src=&#34;{file}&#34;") == 2, "by day and by night"
    assert PICTURE.url not in preview


def test_pictures_whose_file_is_gone_are_no_longer_named() -> None:
    digest = with_pictures()
    assert len(files_of(digest)) == 5  # the picture, two covers, and two that would be drawn
    kept = without_lost(digest, {"cover.jpg"})
    assert [cover.file for cover in kept.covers] == ["cover.jpg"]
    assert "<img" not in fragment(kept, TEMPLATES)
    assert without_lost(digest, files_of(digest)) == digest


@pytest.mark.parametrize(
    "digest", [chinese(), english(), one_item("字" * 400), one_item("W" * 10_000), one_item("")]
)
def test_title_digest_and_link_keep_the_limits(digest: Digest) -> None:
    fields = post_fields(digest)
    assert [f for f in lint_fields(**fields) if f.level == "error"] == []
    assert fields["title"]


def test_a_link_too_long_or_of_another_kind_is_not_offered() -> None:
    assert post_fields(one_item("x", url="https://example.com/" + "x" * 1100))["source_url"] == ""
    assert post_fields(one_item("x", url="javascript:alert(1)"))["source_url"] == ""


def test_a_style_that_the_platform_breaks_fails_the_channel_and_names_the_rule() -> None:
    styled = {**TEMPLATES, "wechat/themes/classic/style.css": ".title { color: #bbb; line-height: 1 }"}
    with pytest.raises(ChannelError) as caught:
        wechat(chinese(), styled, Look())
    assert "css-dark-fg" in caught.value.reason
    assert "css-lineheight" in caught.value.reason
    assert "themes/classic" in caught.value.hint


def test_a_plain_template_without_any_style_still_gives_a_safe_post() -> None:
    bare = {
        **TEMPLATES,
        "wechat/themes/classic/post.html.j2": "<div>\n<h1 id=top>{{ digest.account }}</h1>\n<ul>{% for item in items %}<li>{{ item.title }}</li>"
        "{% endfor %}</ul><script>alert(1)</script></div>",
        "wechat/themes/classic/style.css": "h1 { position: fixed; font-family: Arial !important }",
    }  # fmt: skip
    html = wechat(chinese(), bare, Look())["wechat.fragment.html"].decode()
    assert lint(html) == []
    assert "alert" not in html


def test_the_accent_is_one_variable() -> None:
    blue = {
        **TEMPLATES,
        "wechat/themes/classic/style.css": TEMPLATES["wechat/themes/classic/style.css"].replace(
            "#0a7d4f", "#0f4c81"
        ),
    }
    html = fragment(chinese(), blue)
    assert "#0f4c81" in html
    assert "#0a7d4f" not in html
    assert lint(html) == []


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("wechat/themes/classic/post.html.j2", "a\nb {% if %}", 2),
        ("wechat/themes/classic/post.html.j2", "a\n\n{{ digest.acount.name }}", 3),
        ("wechat/themes/classic/post.html.j2", "{{ lede.title }}", 1),
        ("wechat/themes/classic/post.html.j2", "\n{{ digest.number + 'x' }}", 2),
        ("wechat/themes/classic/post.html.j2", "\n{{ t('no such word') }}", 2),
        ("wechat/themes/classic/post.html.j2", "{{ digest.account.__class__.__mro__ }}", 1),
        ("wechat/themes/classic/post.html.j2", "\n{% include 'wechat/other.html.j2' %}", 2),
        ("wechat/page.html.j2", "x\n{{ nothing }}", 2),
        ("markdown/post.md.j2", "x\n{{ nothing }}", 2),
    ],
)
def test_a_slip_in_a_template_is_told_with_its_line(name: str, text: str, line: int) -> None:
    files, failures = render(chinese(), ["wechat", "markdown"], {**TEMPLATES, name: text})
    (failure,) = failures
    assert failure.subject == name.split("/")[0]
    assert failure.reason.startswith(f"templates/{name}:{line}: ")
    assert failure.hint
    assert files  # the other channel goes on


@pytest.mark.parametrize(
    "name",
    [
        "wechat/themes/classic/post.html.j2",
        "wechat/themes/classic/style.css",
        "wechat/page.html.j2",
        "wechat/page.css",
        "wechat/page.js",
    ],
)
def test_a_missing_template_is_told(name: str) -> None:
    _, failures = render(chinese(), ["wechat"], {k: v for k, v in TEMPLATES.items() if k != name})
    assert name in failures[0].reason


def test_an_unknown_channel_is_a_failure_that_lists_the_known() -> None:
    files, failures = render(chinese(), ["wechatt", "markdown", "markdown"], TEMPLATES)
    assert set(files) == {"issue.md"}
    assert failures[0].subject == "wechatt"
    assert ", ".join(sorted(channels())) in failures[0].hint
    assert {"wechat", "markdown"} <= set(channels())


def test_a_channel_of_another_package_is_one_function() -> None:
    files, failures = render(
        chinese(), ["text"], {}, table={"text": lambda digest, *_: {"issue.txt": digest.account.encode()}}
    )
    assert (files, failures) == ({"issue.txt": "清晨读报".encode()}, ())


def test_a_bug_in_our_own_code_is_not_taken_for_a_slip() -> None:
    broken = digest_of((Section("ai", "AI", "", tuple(chinese().sections[0].items)),))
    with pytest.raises(AttributeError):
        render(replace(broken, lead=None), ["wechat"], TEMPLATES)  # type: ignore[arg-type]


def test_an_item_of_another_year_says_its_year() -> None:
    from curate.render.messages import clock

    digest = one_item("旧文", published=datetime(2016, 10, 26, 2, 0, tzinfo=UTC))
    assert clock(digest.lead, digest) == "2016年10月26日"
    assert clock(digest.lead, replace(digest, language="en")) == "26 Oct 2016"
    recent = one_item("近文", published=datetime(2026, 11, 20, 2, 0, tzinfo=UTC))
    assert clock(recent.lead, recent) == "11月20日 10:00"


def titled(*titles: str, language: str = "zh") -> Digest:
    first = chinese().lead
    items = tuple(replace(first, number=n, title=title) for n, title in enumerate(("头条", *titles), 1))
    return digest_of((Section("ai", "AI", "", items),), language=language)


def test_the_summary_leaves_out_titles_that_do_not_fit_whole() -> None:
    long = "甲" * 118
    assert post_fields(titled("短题", long, "又一个短题"))["digest"].startswith("短题；又一个短题……共 4 条")
    assert post_fields(titled("甲" * 150))["digest"] == "共 2 条，来自 1 个来源。"
    assert post_fields(titled("说了一半…", "说完了"))["digest"].startswith("说了一半；说完了。共 3 条")


@examples(60)
@given(
    st.lists(st.text(alphabet="字a. ", max_size=130).map(lambda title: title + "…"), max_size=6),
    st.sampled_from(["zh", "en"]),
)
def test_the_summary_has_one_ellipsis_at_most(titles: list[str], language: str) -> None:
    made = post_fields(titled(*titles, language=language))["digest"]
    assert len(made) <= 120
    assert made.count("……") <= 1


def test_only_sources_of_items_are_counted() -> None:
    digest = chinese()
    told = replace(digest, credits=(*digest.credits, Credit("只转述的", "https://x.example/", 0)))
    assert "来自 18 个来源" in plain(fragment(told, TEMPLATES))
    assert "来自 18 个来源" in post_fields(told)["digest"]


def test_a_refusal_says_in_the_accounts_language_what_is_wrong_and_says_it_once() -> None:
    name = "wechat/themes/classic/style.css"
    faint = TEMPLATES | {name: TEMPLATES[name] + ".title{color:#eeeeee}"}
    with pytest.raises(ChannelError) as caught:
        wechat(chinese(), faint, Look())
    lines = caught.value.reason.splitlines()
    assert lines[0].startswith("公众号编辑器会改坏这篇正文")
    assert len([line for line in lines if "css-dark-fg" in line]) == 1
    assert "（相同的共 19 处）" in lines[1]
    assert caught.value.hint.startswith("改 templates/wechat/themes/classic/")
    with pytest.raises(ChannelError) as caught:
        wechat(english(), faint, Look())
    assert caught.value.reason.startswith("the WeChat editor would not keep this post:\n")


def test_slips_in_templates_are_told_in_the_accounts_language() -> None:
    name = "wechat/themes/classic/post.html.j2"
    for templates in (
        TEMPLATES | {name: "{{ nothing }}"},
        {n: body for n, body in TEMPLATES.items() if n != "wechat/page.css"},
        {n: body for n, body in TEMPLATES.items() if n != name},
    ):
        with pytest.raises(ChannelError) as caught:
            wechat(chinese(), templates, Look())
        assert re.search("[一-龥]{2}", caught.value.reason), caught.value.reason
        assert re.search("[一-龥]{2}", caught.value.hint), caught.value.hint
