"""Issues and events for tests of the desk: a machine's issue of three topics, and strategies over it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from curate.config.schema import Topic
from curate.desk import events
from curate.domain.decisions import Decision
from curate.domain.model import Coverage, Credit, Digest, EntryKey, Image, Item, Reason, Section
from curate.render.headlines import offer_headlines
from curate.storage import Archive
from tests.nouns import digest, item

TOPICS = tuple(Topic(id=name, name=name.upper(), icon="●") for name in ("ai", "money", "city"))
WORDS = ("早安", "降准之后，存款利率跟着降", " 两  行\n合一 ", "", "<b>粗</b>&amp;", "\u202e倒着写")


def piece(number: int, topic: str = "ai", points: float = 0.0) -> Item:
    """An item of a source of its own, with two other tellings."""
    return item(
        number,
        topic=topic,
        source=f"来源{number}",
        source_id=f"s{number}",
        entry=f"e{number}",
        echo_keys=((f"x{number}", "1"), (f"y{number}", "2")),
        also=(
            Coverage(f"转载{number}", "另一种说法", f"https://x{number}.example/1"),
            Coverage(f"再转{number}", "再一种说法", f"https://y{number}.example/2"),
        ),
        author="记者" if number == 6 else "",
        why=(Reason("freshness", points or 1.0 / number, "刚刚发布"),),
        image=Image(f"https://s{number}.example/p.jpg", 600, 400, file=f"images/{number:02d}.jpg", size=9),
    )


def machine(number: int = 7) -> Digest:
    """Six items in two sections; the lead is the second of them, so that order and lead are two things."""
    ai = tuple(piece(n) for n in (2, 1, 3))
    money = tuple(piece(n, "money") for n in (4, 5, 6))
    sections = (Section("ai", "AI", "●", ai), Section("money", "MONEY", "●", money))
    named = tuple(Credit(f"来源{n}", f"https://s{n}.example/", 1) for n in (2, 1, 3, 4, 5, 6)) + tuple(
        Credit(name, f"https://{letter}{n}.example/", 0)
        for n in (2, 1, 3, 4, 5, 6)
        for letter, name in (("x", f"转载{n}"), ("y", f"再转{n}"))
    )
    made = digest(number, ai + money, lead=ai[1], sections=sections, credits=named, minutes=1)
    return replace(made, headlines=offer_headlines(made))


OFFERED = tuple(replace(piece(n, "city" if n % 2 else "ai"), number=0) for n in range(11, 17))
KEYS = tuple(each.key for each in (*(i for s in machine().sections for i in s.items), *OFFERED))

_keys = st.sampled_from((*KEYS, ("nobody", "nothing")))
_topics = st.sampled_from(("ai", "money", "city", "other", "gone"))
_places = st.none() | st.integers(-1, 9)
_texts = st.sampled_from(WORDS) | st.text(max_size=20)
_items = st.sampled_from(OFFERED)

EDITS = st.one_of(
    st.builds(events.Take, _items, _places),
    st.builds(lambda one: events.Complete(replace(one, summary="后来取到的。")), _items),
    st.builds(events.Drop, _keys),
    st.builds(events.Park, _keys),
    st.builds(events.Move, _keys, _topics, _places),
    st.builds(events.Lead, _keys),
    st.builds(events.EditTitle, _keys, _texts),
    st.builds(events.EditSummary, _keys, _texts),
    st.builds(events.EditNote, _keys, _texts),
    st.builds(events.EditWords, st.sampled_from(("headline", "opening", "closing", "sharing")), _texts),
    st.builds(
        events.ChooseImage, _keys, st.none() | st.just(Image("https://p.example/", file="images/p.jpg"))
    ),
    st.builds(events.ChooseCovers, st.just((Image("", 900, 383, file="cover-own.jpg"),))),
    st.builds(
        lambda n, x: events.Split(
            EntryKey(f"s{n}", f"e{n}"), EntryKey(f"{x}{n}", "1"), f"https://{x}{n}.example/1"
        ),
        st.integers(1, 6),
        st.sampled_from("xy"),
    ),
    st.builds(events.Merge, _keys, _items),
    st.builds(events.MarkAdvert, _keys, st.booleans()),
    st.builds(events.Overrule, _texts, st.just("share"), _texts, _texts),
    st.builds(
        events.Block, st.sampled_from(("source", "author", "word")), st.sampled_from(("s3", "第 4", ""))
    ),
)
EVENTS = st.one_of(
    EDITS,
    EDITS,
    EDITS,
    st.builds(events.Undo),
    st.builds(events.Redo),
    st.builds(events.Restore, st.integers(-1, 30)),
)


def choose(archive: Archive) -> None:
    """Twenty issues in which the money section was nearly always dropped, as if they had been decided about."""
    rng = np.random.default_rng(3)
    for number in range(100, 120):
        made = [
            Decision(number, topic, f"s{n}", n, True, bool(rng.random() < (0.1 if topic == "money" else 0.9)))
            for n, topic in enumerate(("ai", "money", "city", "ai", "money", "city"), 1)
        ]
        archive.choices.keep(number, 1, made)
