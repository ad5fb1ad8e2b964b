"""What readers get for a number or a topic's word, and what is laid out for the back office."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.config.schema import Account, Look, Topic
from curate.replies.page import replies_page
from curate.replies.rules import (
    BOM,
    COLUMNS,
    KEYWORD,
    KEYWORDS,
    LATEST,
    RULE_NAME,
    RULES,
    TEXT,
    of_issue,
    of_item,
    of_number,
    of_topic,
    rules,
    table,
    topic_of,
)
from tests.examples import examples
from tests.render_samples import HOSTILE, TEMPLATES
from tests.site_samples import CONFIG, few, issue

DIGESTS = [issue(number) for number in range(330, 300, -1)]
TOPICS = (
    Topic(
        id="ai",
        name="人工智能",
        icon="🤖",
        keywords=("AI", "大模型", "x" * 40, *(f"词{n}" for n in range(20))),
    ),
    Topic(id="money", name="理财", keywords=("大模型", "基金")),
    Topic(id="nothing", name="没有内容的栏目"),
)


def fits(text: str) -> bool:
    return 0 < len(text) <= TEXT and len(text.encode()) <= 3 * TEXT


def test_an_item_answers_with_number_title_summary_source_and_address() -> None:
    digest = issue(312)
    item = digest.sections[0].items[1]
    assert of_item(item, digest).split("\n") == [
        f"【312{item.number:02d}】{item.title}", item.summary, f"{item.source} · 2026-11-22", item.url,
    ]  # fmt: skip


def test_an_issue_answers_with_its_numbers() -> None:
    lines = of_issue(few(7)).split("\n")
    assert lines[0] == "清晨读报 第 7 期 · 2026年1月21日 星期三"
    assert [line[:3] for line in lines[1:-1]] == ["701", "702", "703"]


@pytest.mark.parametrize(("count", "long"), [(20, 40), (20, 90), (45, 60)])
def test_no_item_of_an_issue_is_left_out_in_silence(count: int, long: int) -> None:
    digest = few(312)
    item = digest.sections[0].items[0]
    many = tuple(
        replace(item, number=n, title=f"{n}号" + "长标题" * (long // 3)) for n in range(1, count + 1)
    )
    digest = replace(digest, lead=many[0], sections=(replace(digest.sections[0], items=many),))
    text = of_issue(digest)
    listed = [line for line in text.split("\n") if line.startswith("312")]
    assert fits(text)
    assert text.endswith("回复编号查看详情")
    left = count - len(listed)
    assert left == 0 if count == 20 else f"……另有 {left} 条" in text
    both = (
        of_number("312", digest, None)
        if count == 20
        else of_number("101", replace(digest, number=101), few(1))
    )
    assert fits(both)
    assert both.endswith("回复编号查看详情")


def test_a_number_that_names_an_issue_and_an_item_answers_both() -> None:
    text = of_number("101", few(101), few(1))
    assert text.startswith("【101】")
    assert "第 101 期" in text
    assert fits(text)
    assert of_number("101", few(101), None).startswith("清晨读报 第 101 期")
    assert of_number("101", None, few(1)).startswith("【101】")
    assert of_number("199", None, few(1)) == ""


def test_a_topic_answers_with_its_latest_five() -> None:
    text = of_topic(TOPICS[0], DIGESTS)
    numbers = [line.split()[0] for line in text.split("\n")[1:-1]]
    assert len(numbers) == LATEST
    assert numbers[:4] == ["33001", "33002", "33003", "33004"]  # 329 has no such section
    assert numbers[4] == "32801"
    assert of_topic(TOPICS[2], DIGESTS) == ""


@pytest.mark.parametrize(
    ("word", "topic"), [("AI", "ai"), ("ai", "ai"), ("人工智能", "ai"), ("理财", "money"), ("基金", "money")]
)
def test_words_of_a_topic_lead_to_it(word: str, topic: str) -> None:
    found = topic_of(word, TOPICS)
    assert found
    assert found.id == topic
    assert topic_of("没有", TOPICS) is None


def test_the_rules_keep_the_back_office_s_limits() -> None:
    made = rules(DIGESTS, TOPICS)
    assert len(made) == RULES
    words = [word.casefold() for rule in made for word in rule.keywords]
    assert len(set(words)) == len(words), "a keyword that stands twice answers by chance"
    for rule in made:
        assert 1 <= len(rule.keywords) <= KEYWORDS
        assert all(0 < len(word) <= KEYWORD for word in rule.keywords)
        assert 0 < len(rule.name) <= RULE_NAME
        assert fits(rule.text)


def test_topics_come_first_then_the_newest_numbers() -> None:
    made = rules(DIGESTS, TOPICS)
    assert [rule.keywords[0] for rule in made[:2]] == ["人工智能", "理财"]
    numbers = [rule.keywords[0] for rule in made[2:]]
    assert numbers[:3] == ["330", "33001", "33002"]
    issues = [int(number[:3]) for number in numbers]
    assert issues == sorted(issues, reverse=True)


def test_the_rule_of_a_number_says_what_the_command_says() -> None:
    by_number = {rule.keywords[0]: rule.text for rule in rules(DIGESTS, TOPICS)}
    digest = DIGESTS[0]
    item = digest.sections[1].items[0]
    assert by_number[f"330{item.number:02d}"] == of_number(f"330{item.number:02d}", None, digest)


def test_the_table_opens_in_excel() -> None:
    text = table(rules(DIGESTS, TOPICS)).decode()
    assert text.startswith(BOM)
    rows = list(csv.reader(StringIO(text.removeprefix(BOM), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == RULES + 1
    assert rows[1][1].split("\n")[0] == "人工智能"
    assert all(len(row) == len(COLUMNS) for row in rows)


def test_the_page_has_every_rule_to_copy() -> None:
    made = rules(DIGESTS[:3], TOPICS)
    page = replies_page(made, CONFIG.account, TEMPLATES, Look()).decode()
    assert page.count("<pre>") == len(made)
    assert "default-src 'none'" in page
    assert "<script src" not in page
    other = replies_page(made, Account(name="Brief", language="en"), TEMPLATES, Look()).decode()
    assert "Brief" in other


@given(st.lists(st.sampled_from(["😀", "字", "a", " ", "\n", "\u200b"]), max_size=900), st.integers(0, 5_000))
@examples(80)
def test_no_text_is_longer_than_an_answer_may_be(signs: list[str], long: int) -> None:
    digest = few(7)
    item = replace(
        digest.lead,
        title="".join(signs),
        summary="".join(reversed(signs)),
        url="https://a.example/" + "x" * long,
    )
    section = replace(digest.sections[0], items=(item, *digest.sections[0].items[1:]))
    changed = replace(digest, sections=(section,), lead=item)
    assert fits(of_item(item, changed))
    assert fits(of_issue(changed))
    assert fits(of_number("701", few(701), changed))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_feeds_send_begins_no_line_of_its_own(text: str) -> None:
    digest = few(7)
    item = replace(digest.lead, title=text, summary="", url="")
    assert len(of_item(item, digest).split("\n")) == 2
