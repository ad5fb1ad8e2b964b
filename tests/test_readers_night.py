"""What readers did reaches the next night: the reason in its verdicts, the closing line in its posts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from curate.audience.model import Figure, Post, post_key
from curate.config.schema import Look
from curate.domain.model import Digest, Section
from curate.i18n.catalogue import say
from curate.pipeline.nightly import Night, night
from curate.pipeline.ports import Doors
from curate.ranking.audience_signal import READERS
from curate.render.channels.poster import poster
from curate.render.context import view
from curate.sources.identity import fingerprint
from curate.storage import Archive
from tests.nouns import NOW, digest, item
from tests.render_samples import TEMPLATES, chinese
from tests.test_night import A, B, Silent, Web, feed, settings

LINES = ("觉得有用，转给一位同事。", "替朋友也省十分钟。")
TITLES = ("社区公园开放夜跑", "地铁末班车延长一小时", "智能体学会了排班", "大模型读懂了病历")


@pytest.fixture
def archive(tmp_path: Path, database: str) -> Iterator[Archive]:
    with Archive(database, tmp_path, fingerprint) as one:
        yield one


def issue(number: int) -> Digest:
    """An issue of earlier days: two topics, from either of two sources."""
    first, second = ("a", "b") if number % 2 else ("b", "a")  # or a topic could not be told from its source
    items = (item(1, topic="ai", source_id=first), item(2, topic="city", source_id=second))
    sections = tuple(
        Section(one.topic, {"ai": "人工智能", "city": "城市"}[one.topic], "", (one,)) for one in items
    )
    day = NOW.date() - timedelta(days=40 - number)
    made = NOW - timedelta(days=40 - number)
    return replace(
        digest(number), date=day, made=made, lead=items[0], sections=sections, sharing=LINES[number % 2]
    )


def remembered(archive: Archive, issues: int, liked: str = "ai") -> None:
    """Issues that went out as one post a topic, of which one was passed on three times as often."""
    posts, figures = {}, []
    for number in range(1, issues + 1):
        made = issue(number)
        archive.record(made, f"{made.date}-1")
        for section in made.sections:
            title = f"{section.name}｜第{number}天"
            key = post_key(title, made.date)
            posts[key] = Post(title, made.date)
            shares = (90 if section.id == liked else 30) + number % 7
            figures += [
                Figure(made.date, key, "", "read_users", 1000, "total"),
                Figure(made.date, key, "", "share_users", shares, "total"),
            ]
    archive.keep_figures(posts, figures, NOW)


def played(archive: Archive, **digest_settings: object) -> Night:
    from curate.storage.account import templates

    first, second = (
        feed((TITLES[0], TITLES[0], 3), (TITLES[1], TITLES[1], 4)),
        feed((TITLES[2], TITLES[2], 5), (TITLES[3], TITLES[3], 6), host="b.example"),
    )
    config = settings(
        A, B, look={"sharing": list(LINES)}, digest=digest_settings, channels=["markdown", "text"]
    )
    doors = Doors(
        Web({A["url"]: first, B["url"]: second}).fetch, lambda _: [], archive, templates(), lambda _: 1, map
    )
    return night(config, doors, Silent(), NOW)


def test_the_reason_stands_in_the_verdicts_and_adds_to_the_score(archive: Archive) -> None:
    remembered(archive, 30)
    done = played(archive)
    said = {v.entry.title: next((r for r in v.why if r.signal == READERS), None) for v in done.verdicts}
    liked = [
        reason
        for reason in said.values()
        if reason and "“人工智能”" in say(reason.message, "zh") and reason.points > 0
    ]
    assert liked, said
    assert "30 次推送" in say(liked[0].message, "zh")
    for verdict in done.verdicts:
        assert verdict.score == pytest.approx(sum(reason.points for reason in verdict.why))


def test_a_weight_of_nought_turns_the_signal_off(archive: Archive) -> None:
    remembered(archive, 30)
    done = played(archive, weights={READERS: 0})
    assert not any(reason.signal == READERS for verdict in done.verdicts for reason in verdict.why)


@pytest.mark.parametrize("issues", [0, 5])
def test_a_night_without_evidence_is_what_it_was(archive: Archive, issues: int) -> None:
    remembered(archive, issues)
    done = played(archive)
    assert not any(reason.signal == READERS for verdict in done.verdicts for reason in verdict.why)


def test_an_issue_carries_one_of_the_editors_lines_in_turn(archive: Archive) -> None:
    done = played(archive)
    assert done.issue is not None
    assert done.issue.digest.sharing == LINES[1], "number 1"
    assert LINES[1] in done.issue.files["issue.txt"].decode()
    archive.record(done.issue.digest, "2026-11-22-1")
    assert archive.list_issued(done.issue.digest.date)[0].sharing == LINES[1]


def test_the_line_stands_after_the_closing_words_and_on_the_poster() -> None:
    made = replace(chinese(), sharing=LINES[0])
    assert view(made, Look(closing="明天见。"))["closing"] == ["明天见。", LINES[0]]
    assert view(replace(made, sharing=""), Look(closing="明天见。"))["closing"] == ["明天见。"]
    page = poster(made, TEMPLATES, Look())["poster.html"].decode()
    payload = json.loads(page.split('id="payload">')[1].split("</script>")[0])
    assert payload["more"].startswith(LINES[0])
