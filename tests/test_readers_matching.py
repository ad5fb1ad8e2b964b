"""Posts find their issue or their topic; what finds none is named, and nothing is forced."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from curate.audience.match_posts import WHOLE, likeness, match
from curate.audience.model import Figure, Post, Record, post_key
from curate.audience.posts import BY_DAY, readership, totals
from curate.domain.model import Digest, Section
from tests.nouns import digest, item

DAY = date(2026, 11, 23)
TITLES = (
    "地铁末班车延长一小时",
    "新模型把推理成本降到三分之一",
    "便利店的咖啡为什么卖九块九",
    "深海热泉边发现会发光的虾",
)


def issue(number: int = 3, day: date = DAY) -> Digest:
    items = [
        item(i, title=f"{title}{number if number != 3 else ''}", topic=t)
        for i, (title, t) in enumerate(zip(TITLES, ("city", "ai", "money", "science"), strict=True), 1)
    ]
    names = {"city": "城市", "ai": "人工智能", "money": "财经", "science": "科学"}
    sections = tuple(Section(one.topic, names[one.topic], "", (one,)) for one in items)
    return replace(digest(number), date=day, lead=items[0], sections=sections)


def placed(*posts: Post, digests: tuple[Digest, ...] = (issue(),)) -> dict[str, tuple[int, str, str]]:
    found = match({post_key(p.title, p.published): p for p in posts}, digests)
    titles = {post_key(p.title, p.published): p.title for p in posts}
    return {titles[key]: (m.number, m.topic, m.how) for key, m in found.matches.items()}


def test_an_issue_is_known_by_its_number_whatever_the_editor_calls_it() -> None:
    post = Post("周末愉快｜早读第3期", DAY)
    assert placed(post) == {post.title: (3, WHOLE, "number")}


def test_an_issue_is_known_by_its_leads_title_shortened_or_with_the_accounts_name() -> None:
    for title in ("地铁末班车延长", "早读｜地铁末班车，延长一小时！", "地铁末班车延长一小时"):
        post = Post(title, DAY)
        assert placed(post) == {title: (3, WHOLE, "title")}, title


def test_a_post_is_never_taken_for_an_issue_by_its_day_alone() -> None:
    assert placed(Post("编辑部搬家记", DAY)) == {}


def test_a_push_of_one_post_a_topic_is_matched_to_topics() -> None:
    posts = [
        Post("人工智能｜推理成本降到三分之一", DAY),
        Post("便利店咖啡为什么卖九块九", DAY),
        Post("地铁末班车延长一小时", DAY),
        Post("今日科学：会发光的虾", DAY),
    ]
    assert {title: place[1:] for title, place in placed(*posts).items()} == {
        posts[0].title: ("ai", "topic"),
        posts[1].title: ("money", "topic"),
        posts[2].title: ("city", "topic"),
        posts[3].title: ("science", "topic"),
    }


def test_an_article_beside_the_digest_is_not_forced_into_a_topic() -> None:
    whole, other = Post("地铁末班车延长一小时｜早读第3期", DAY), Post("编辑部招人啦", DAY)
    assert placed(whole, other) == {whole.title: (3, WHOLE, "number")}


def test_a_post_of_the_next_day_still_finds_its_issue_and_the_nearest_wins() -> None:
    post = Post("地铁末班车延长一小时", DAY + timedelta(days=1))
    assert placed(post)[post.title][0] == 3
    both = (issue(3), issue(4, DAY + timedelta(days=1)))
    later = Post("早读第4期", DAY + timedelta(days=1))
    assert placed(later, digests=both)[later.title][0] == 4


def test_what_was_published_before_any_issue_is_left_and_told() -> None:
    post = Post("地铁末班车延长一小时", DAY - timedelta(days=5))
    key = post_key(post.title, post.published)
    assert match({key: post}, [issue()]).unmatched == (key,)


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_between_nought_and_one_and_the_same_from_either_side(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)


def test_totals_prefer_what_counts_since_publication_and_add_days_and_times_of_channels() -> None:
    def figure(measure: str, value: float, channel: str = "", span: str = "day", day: date = DAY) -> Figure:
        return Figure(day, "p", channel, measure, value, span)  # type: ignore[arg-type]

    found = totals(
        [
            figure("read_users", 100),
            figure("read_users", 20, day=DAY + timedelta(days=1)),
            figure("share_users", 9, span="total"),
            figure("share_users", 12, span="total", day=DAY + timedelta(days=3)),
            figure("share_users", 8),
            figure("read_times", 70, "message"),
            figure("read_times", 30, "chat"),
            figure("favourite_users", 3, "message"),
        ]
    )
    assert found == {"read_users": 120, "share_users": 12, "read_times": 100}


def test_a_day_of_the_whole_account_stands_for_an_issue_without_its_own_figures_and_says_so() -> None:
    figures = (Figure(DAY, "", "", "read_users", 500), Figure(DAY, "", "", "share_users", 30))
    found = readership(Record({}, figures), [issue()])
    assert [(one.number, one.how) for one in found.published] == [(3, BY_DAY)]
    post = Post("早读第3期", DAY)
    key = post_key(post.title, DAY)
    own = Figure(DAY, key, "", "read_users", 400, "total")
    both = readership(Record({key: post}, (*figures, own)), [issue()])
    assert [one.how for one in both.published] == ["number"]


def test_a_day_on_which_something_else_was_published_does_not_stand_for_an_issue() -> None:
    post = Post("编辑部搬家记", DAY)
    figures = (Figure(DAY, "", "", "read_users", 500), Figure(DAY, "", "", "share_users", 30))
    assert readership(Record({post_key(post.title, DAY): post}, figures), [issue()]).published == ()
