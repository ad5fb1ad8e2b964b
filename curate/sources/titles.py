"""What a piece is called, where its source does not call it anything.

A note has no title; software gives it its account's name, "Untitled", its date or its own address instead. Then the
first sentence that says something is its title.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate

from curate.text.clean import one_line, plain
from curate.text.lines import letters_of
from curate.text.sentences import sentences
from curate.text.tokenize import HAN

LONGEST = 96  # columns of a title made of a sentence, a Chinese character being two
_READ = 4000  # characters of markup in which the first sentence is looked for
_TRIED = 5  # sentences from the beginning
_SHARED = 3  # pieces from which a title that all of them have is nobody's
_NOTHING = re.compile(
    r"(?:\[?\(?(?:untitled(?: (?:post|note|document))?|no (?:title|subject)|无标题|無標題|无题|無題|没有标题|未命名(?:文章|文档)?|null|none|undefined)\)?\]?)?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MOMENT = re.compile(
    r"[\d\s.,/年月日T-]*\d{1,2}[:时時点]\d{2}[\d\s:.,分秒APMapm+Z-]*"
)  # a date alone may be a daily's title
_WORD = re.compile(rf"[{HAN}\u3040-\u30ff\uac00-\ud7af]|[^\W\d_]{{2,}}")
_PLACEHOLDER = re.compile(  # [图片], 【视频】, 分享图片: what stands in place of words
    r"(?:[\[【(（]\s*(?:图片?|图文|组图|视频|音频|链接|表情|动画|photos?|images?|videos?|pictures?|audio|link|gif)\s*[\])】）]\s*)+"
    r"|(?:分享|发布了?)(?:一[张个组段])?(?:图片|照片|视频)|(?:转发|轉發)微博|转发动态",
    re.IGNORECASE,
)
_MARKED = re.compile(r"[#@]\S+")  # tags and names, which say nothing by themselves
_OPENED = re.compile(
    r"“[^”]*$|「[^」]*$|（[^）]*$|\([^)]*$|《[^》]*$|^[^\"]*\"[^\"]*$"
)  # what is not closed again
_HUNG_ON = re.compile(r"(.*\S)\s*[-–—|_｜]\s*(\S.*)")
_CLAUSE = re.compile(r"[，；：、,;:—–]")
# A note that stands as its own title: who passed it on, and what follows its words.
_PASSED_ON = re.compile(r"R(?:T|epost)? ?(?:by |to |致|来自)?@\w+ ?[:：]\s*(?=\S)")
_TRAIL = re.compile(r"\s*(?:https?://|www\.)\S+(?:\s+(?:https?://\S+|[#@]\S+|\S{1,3}|…))*\s*$", re.IGNORECASE)
_WORDS_WANTED = 4  # Chinese characters or words; "大家好！" and "Hi." are no titles while more follows


def is_title(title: str, *names: str) -> bool:
    """Whether a line says what the piece is: no name of the site's own, no "Untitled", bare address or time of day."""
    bare = _fold_letters(title)
    if _PLACEHOLDER.fullmatch(title.strip()):
        return False
    if not bare or _NOTHING.fullmatch(title.strip()) or _MOMENT.fullmatch(title):
        return False
    return not _ADDRESS.fullmatch(title.strip()) and bare not in {_fold_letters(name) for name in names}


def titles_of(said: Sequence[tuple[str, str]], *names: str) -> list[str]:
    """A title for each (title, text as HTML or plain) of one document; "" where neither gives any.

    `names` are what the source calls itself. A title that all pieces of the document share is as little theirs, and a
    sentence with which several of them begin is no title either.
    """
    given = [_of_note(one_line(title)) for title, _ in said]
    counts = Counter(filter(None, given))
    if len(counts) == 1 and counts.total() >= _SHARED and len({text for _, text in said}) >= _SHARED:
        names = (*names, *counts)
    untitled = {n for n, title in enumerate(given) if not is_title(title, *names)}
    told = {n: _find_telling(said[n][1]) for n in untitled}
    openings = Counter(line for lines in told.values() for line in dict.fromkeys(lines))
    made = {n: next((line for line in lines if openings[line] == 1), "") for n, lines in told.items()}
    return [
        _shorten_sentence(made[n]) or _signs(title) if n in made else title for n, title in enumerate(given)
    ]


def _of_note(title: str) -> str:
    """A note that its source gives for a title, without addresses and tags at its end and who passed it on."""
    bare = _TRAIL.sub("", _PASSED_ON.sub("", title)).rstrip(" ：:")
    return title if bare == title or not is_title(bare) else _shorten_sentence(bare)


def _signs(title: str) -> str:
    """A title of signs alone ("?!", one emoji), which is better than none where the text says nothing either."""
    return "" if _fold_letters(title) else title


def without_publisher(title: str, publisher: str) -> str:
    """A title without the publisher's name that an aggregator hung on it: `Bridge closes - The Harbour Post`."""
    hung = _HUNG_ON.fullmatch(title) if publisher else None
    return hung[1] if hung and _fold_letters(hung[2]) == _fold_letters(publisher) else title


def find_shared(titles: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Which (host, title) of pages, each of another piece, stand more than once: those are the host's name for itself."""
    counts: defaultdict[tuple[str, str], int] = defaultdict(int)
    for host, title in titles:
        counts[host, title] += 1
    return {each for each, count in counts.items() if count > 1}


def first_sentence(text: str) -> str:
    """The first sentence of a text (HTML or plain) that says something, short enough for a title; "" where there is none."""
    return _shorten_sentence(next(iter(_find_telling(text)), ""))


def _find_telling(text: str) -> list[str]:
    """The sentences at the beginning of a text, those first that say something."""
    found = [" ".join(_ADDRESS.sub("", line).split()) for line in sentences(plain(text[:_READ]))]
    found = [line for line in found if _WORD.search(line)][:_TRIED]
    return sorted(found, key=lambda line: len(_WORD.findall(_MARKED.sub("", line))) < _WORDS_WANTED)


def _shorten_sentence(sentence: str) -> str:
    """Without its full stop; a long one ends at the last clause that has room, or is cut."""
    line = sentence.rstrip("。.．… ") if not sentence.endswith(("...", "…")) else sentence
    if _columns(line) <= LONGEST:
        return line
    widths = accumulate(_columns(char) for char in line)
    most = sum(width <= LONGEST - 2 for width in widths)
    clauses = (line[: match.start()].rstrip() for match in _CLAUSE.finditer(line, most // 3, most))
    if whole := [clause for clause in clauses if not _OPENED.search(clause)]:
        return whole[-1]
    word = line.rfind(" ", most // 2, most)
    return line[: word if word > 0 else most].rstrip() + "…"


def _columns(text: str) -> int:
    return sum(2 if ord(char) > 0x2E80 else 1 for char in text)


@lru_cache(maxsize=256)  # a document's name is compared with each of its titles
def _fold_letters(text: str) -> str:
    return letters_of(text).casefold()
