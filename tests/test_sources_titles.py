"""Notes have no titles: their first sentence is one; the site's own name never is."""

from __future__ import annotations

from curate.sources.titles import LONGEST, find_shared, first_sentence, is_title, titles_of, without_publisher


def test_a_note_is_called_by_its_first_sentence() -> None:
    notes = [
        ("", "<p>图书馆今天起开到零点。自习区的灯会亮着。</p>"),
        ("", "The bridge is shut tonight. Take the ferry."),
    ]
    assert titles_of(notes) == ["图书馆今天起开到零点", "The bridge is shut tonight"]


def test_the_sites_name_an_address_and_untitled_are_no_titles() -> None:
    for title in (
        "",
        "城事周报",
        "【城事周报】",
        "Untitled",
        "无标题",
        "(no title)",
        "https://a.example/1",
        "2026-11-30 08:30:12",
        "[图片]",
        "【视频】",
        "分享图片",
    ):
        assert not is_title(title, "城事周报"), title
    for title in (
        "1984",
        "2026-11-30",
        "城事周报第 3 期",
        "Untitled goose game",
        "无题诗的由来",
        "图片的历史",
        "[视频] 一座桥的夜间维修",
    ):
        assert is_title(title, "城事周报"), title


def test_a_title_that_all_pieces_share_is_nobodys() -> None:
    pieces = [("小满的动态", f"<p>第 {n} 次去看那座旧桥。</p>") for n in range(4)]
    assert titles_of(pieces) == [f"第 {n} 次去看那座旧桥" for n in range(4)]
    column = [("晚间快讯", f"正文 {n} 写了这些事情。") for n in range(3)] + [("别的一篇文章", "另有正文。")]
    assert titles_of(column)[:3] == ["晚间快讯"] * 3


def test_a_sentence_with_which_several_begin_is_no_title() -> None:
    notes = [("", f"<p>视频版在这里可以看。</p><p>第 {n} 座桥今天通车了。</p>") for n in range(3)]
    assert titles_of(notes) == [f"第 {n} 座桥今天通车了" for n in range(3)]


def test_greetings_tags_and_addresses_are_passed_over() -> None:
    assert first_sentence("大家好！旧桥今晚封闭检修。") == "旧桥今晚封闭检修"
    assert first_sentence("#城事 #桥\n旧桥今晚封闭检修，绕行渡口。") == "旧桥今晚封闭检修，绕行渡口"
    assert first_sentence("https://a.example/x\n旧桥今晚封闭检修。") == "旧桥今晚封闭检修"
    assert first_sentence("好。") == "好"
    assert first_sentence("🤔") == ""


def test_a_long_sentence_ends_at_a_clause_or_is_cut() -> None:
    long = "街道办在公告里说明了具体安排" * 3 + "，居民可以提前留意路牌与通知以免耽误出行，谢谢大家的理解"
    assert first_sentence(long) == "街道办在公告里说明了具体安排" * 3
    assert first_sentence("桥" * 100).endswith("桥…")
    assert len(first_sentence("word " * 60)) <= LONGEST
    quoted = (
        "他在会上用了很长时间来说明这件事情的来龙去脉并且强调“这座桥，必须修，而且要修得让所有人都满意才行”"
    )
    assert first_sentence(quoted).endswith("满意…")  # no clause of a quotation that is not closed


def test_an_aggregator_hangs_the_publisher_on_the_title() -> None:
    assert without_publisher("Bridge closes - The Harbour Post", "The Harbour Post") == "Bridge closes"
    assert without_publisher("旧桥封闭_海港晚报", "海港晚报") == "旧桥封闭"
    assert without_publisher("Bridge - a history", "The Harbour Post") == "Bridge - a history"
    assert without_publisher("The Harbour Post", "The Harbour Post") == "The Harbour Post"


def test_a_title_of_several_pages_is_their_hosts() -> None:
    pages = [("a.example", "Mastodon"), ("a.example", "Mastodon"), ("b.example", "Mastodon")]
    assert find_shared(pages) == {("a.example", "Mastodon")}


def test_a_title_of_signs_alone_is_better_than_none() -> None:
    assert titles_of([("&", ""), ("🎉", "<p>https://a.example/1</p>"), ("？", "城北旧桥今夜封闭检修。")]) == [
        "&",
        "🎉",
        "城北旧桥今夜封闭检修",
    ]


def test_a_note_that_is_its_own_title_loses_its_trail_of_addresses_and_tags() -> None:
    said = [
        ("RT @stall_9：新馆下月开放。 公告： https://example.com/a/1 #旧货 #城东", "<p>新馆下月开放。</p>"),
        ("How https://example.com lost its lamps", "<p>The keeper tells how.</p>"),
        ("R to @stall_9: The hall opens in May", "<p>The hall opens in May.</p>"),
    ]
    assert titles_of(said, "notes") == [
        "新馆下月开放。 公告",
        "How https://example.com lost its lamps",
        "The hall opens in May",
    ]
