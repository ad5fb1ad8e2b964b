"""Count how common words are in titles, and write `curate/stories/common_words.py`.

    python bench/common_words.py

A word is as common as it is in the one of these where it is most common: Chinese news titles of two sites, titles of
official accounts, titles and texts of feeds in other languages. Of the feeds a word counts that at least five have.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import feedparser
from public import official_feeds, opened, real_entries

from curate.stories.document_frequency import TITLE_WORDS
from curate.text.entry_text import text_of
from curate.text.stopwords import is_han, is_stop
from curate.text.tokenize import segment

NOW = datetime(2026, 11, 30, 6, tzinfo=UTC)
WRITTEN = Path(__file__).parents[1] / "curate" / "curation" / "common_words.py"
RAREST = 8.75  # minus the logarithm of the share: rarer words are not in the table
FEEDS = 5
ENTRIES = 30  # of a feed
OPENING = 1500  # characters of a text
_WORD = re.compile(r"[a-z][a-z’'-]*|\d[\d.:%-]*|[\u3400-\u9fff]{1,8}")

HEAD = '''"""How common words are in titles: minus the natural logarithm of the share of titles that have each, by quarters.

Counted over 143,000 Chinese news titles, 4,300 titles of official accounts and 246 feeds in other languages, each
word where it is most common: `bench/common_words.py` writes this file. It stands for what a first night has not read.
"""

from __future__ import annotations

LEVELS: dict[float, str] = {
'''


def main() -> None:
    share: dict[str, float] = {}
    for titles, least in (
        (news("thucnews_titles/train_partial.txt.xz"), 3),
        (news("tnews/train.tsv.xz"), 3),
        (accounts(), 2),
    ):
        counts = documents(titles)
        _raise(share, {word: n / len(titles) for word, n in counts.items() if n >= least})
    _raise(share, feeds())
    levels: dict[int, list[str]] = defaultdict(list)
    for word, part in share.items():
        if (level := -math.log(min(part, 1.0))) < RAREST and _WORD.fullmatch(word):
            levels[round(4 * level)].append(word)
    rows = (f'    {level / 4:g}: "{" ".join(sorted(levels[level]))}",' for level in sorted(levels))
    WRITTEN.write_text(HEAD + "\n".join(rows) + "\n}  # fmt: skip\n", encoding="utf-8")
    print(sum(map(len, levels.values())), "words,", WRITTEN.stat().st_size, "bytes")


def news(name: str) -> list[str]:
    return [line.split("\t")[0] for line in opened(name)]


def accounts() -> list[str]:
    return [row.get("title", "") for _, body in official_feeds() for row in feedparser.parse(body).entries]


def feeds() -> dict[str, float]:
    """The mean share over the feeds, of their titles or of so many words of their texts, whichever is more."""
    of_titles: defaultdict[str, float] = defaultdict(float)
    of_texts: defaultdict[str, float] = defaultdict(float)
    having: Counter[str] = Counter()
    number = 0
    for _, read in real_entries():
        entries = [entry for entry in read[:ENTRIES] if entry.title and not is_han(entry.title)]
        if not entries:
            continue
        number += 1
        titles = documents([entry.title for entry in entries])
        words = [w for text in segment([text_of(e).whole[:OPENING] for e in entries]) for w in text]
        texts = Counter(word for word in words if not is_stop(word))
        having.update(titles.keys() | texts.keys())
        for counts, into, total in (
            (titles, of_titles, len(entries)),
            (texts, of_texts, len(words) / TITLE_WORDS),
        ):
            for word, n in counts.items():
                into[word] += n / max(total, 1)
    return {w: max(of_titles[w], of_texts[w]) / number for w, n in having.items() if n >= FEEDS}


def documents(titles: Sequence[str]) -> Counter[str]:
    """In how many of the titles each word stands."""
    counts: Counter[str] = Counter()
    for words in segment(titles):
        counts.update({word for word in words if not is_stop(word)})
    return counts


def _raise(share: dict[str, float], found: dict[str, float]) -> None:
    for word, part in found.items():
        share[word] = max(share.get(word, 0.0), part)


if __name__ == "__main__":
    main()
