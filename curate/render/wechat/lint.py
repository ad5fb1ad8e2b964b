"""Checks a fragment against the rules of the WeChat editor, without a browser: one small function a rule.

A check takes an element with what it inherits, or the whole fragment, and yields what it found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from curate.domain.message import Message, message
from curate.domain.plugins import extend_table
from curate.i18n.catalogue import say
from curate.render.wechat import lint_css, lint_tags, lint_words
from curate.render.wechat.allowed import GUARD_STYLE, HTML_LIMIT, INVISIBLE, TEXT_LIMIT
from curate.render.wechat.lint_context import Breach, StyledElement, places
from curate.render.wechat.rules import RULES, SOURCES, LintRule
from curate.render.wechat.tree import NBSP, Element, declarations, parse

TITLE_LIMIT = 64  # characters; the API's document says 32 (D1, F2)
TITLE_API_LIMIT = 32
DIGEST_LIMIT = 120  # characters (F2); the API's document says 128
SOURCE_URL_LIMIT = 1024  # bytes (D1)


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of a rule. `line` and `column` count from 1; 0 where it is not at a place."""

    rule: str
    level: str  # "error" or "warn"
    line: int
    column: int
    what: str  # what stands there
    consequence: str  # what happens if it is ignored
    source: str  # who says so

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.level} {self.rule}: {self.what}: {self.consequence} ({self.source})"


ElementCheck = Callable[[StyledElement], Iterator[Breach]]
FragmentCheck = Callable[[str, Element], Iterator[Breach]]


class Check(NamedTuple):
    """A rule of another package and what looks for its breaches: (HTML, its root element) -> what was found."""

    rule: LintRule
    find: FragmentCheck


GROUP = "curate.checks"  # entry points of third-party packages; each loads a Check
ELEMENT_CHECKS: tuple[ElementCheck, ...] = (*lint_tags.CHECKS, *lint_css.CHECKS)


def _guards(html: str, root: Element) -> Iterator[Breach]:
    blocks = [c for c in root.children if isinstance(c, Element) or c.strip()]
    for name, end in (("first", blocks[:1]), ("last", blocks[-1:])):
        guard = end[0] if end else ""
        if (
            not isinstance(guard, Element)
            or guard.tag != "p"
            or guard.text.strip(" " + NBSP)
            or not guard.text
        ):
            yield Breach("css-rootwrap", guard if isinstance(guard, Element) else None, f"no guard {name}")
        elif declarations(guard.attributes.get("style", "")) != GUARD_STYLE:
            yield Breach("css-rootwrap", guard, f"{name} guard has another style")


def _white_space(html: str, root: Element) -> Iterator[Breach]:
    body = html.rstrip("\r\n")  # the line end of a file
    if breaks := body.count("\n") + body.count("\r"):
        yield Breach("ws-newline", None, f"{breaks} line breaks", 1)


def _invisible(html: str, root: Element) -> Iterator[Breach]:
    texts = [root.text, *(value for e in root.walk() for value in e.attributes.values())]
    if found := sorted({f"U+{ord(c):04X}" for text in texts for c in INVISIBLE.findall(text)}):
        yield Breach("ws-zero", None, " ".join(found[:8]))


def _size(html: str, root: Element) -> Iterator[Breach]:
    if len(html) >= HTML_LIMIT:
        yield Breach("content_api", None, message("post.found_length", n=len(html), limit=HTML_LIMIT))
    if (length := len(root.text)) > TEXT_LIMIT:
        yield Breach("content_paste", None, message("post.found_length", n=length, limit=TEXT_LIMIT))


FRAGMENT_CHECKS: tuple[FragmentCheck, ...] = (_guards, _white_space, _invisible, _size, lint_words.words)


@cache
def added_checks() -> dict[str, Check]:
    """What installed packages look for besides, by the rule's id; the rules of the platform cannot be taken over."""
    ours: dict[str, Check] = {}
    checks = extend_table(ours, GROUP).values()
    return {check.rule.id: check for check in checks if check.rule.id not in RULES}


def lint(html: str, language: str = "en", uploads: frozenset[str] = frozenset()) -> list[Finding]:
    """Every breach in a fragment, in the order of its lines. `uploads` are picture addresses that will be uploaded.

    Errors make a channel refuse the fragment; warnings are shown on the copy page.
    """
    root = parse(html)
    found = [one for check in FRAGMENT_CHECKS for one in check(html, root)]
    found += [one for check in added_checks().values() for one in check.find(html, root)]
    found += [one for place in places(root, uploads) for check in ELEMENT_CHECKS for one in check(place)]
    return sorted((_make_finding(one, language) for one in found), key=lambda f: (f.line, f.column))


def lint_fields(title: str, digest: str, source_url: str, language: str = "en") -> list[Finding]:
    """Breaches of the limits on what is typed beside the body: title, 摘要 and 阅读原文."""
    found: list[Breach] = []
    if len(title) > TITLE_LIMIT:
        found.append(Breach("title", None, message("post.found_length", n=len(title), limit=TITLE_LIMIT)))
    elif len(title) > TITLE_API_LIMIT:
        found.append(
            Breach("title-api", None, message("post.found_length", n=len(title), limit=TITLE_API_LIMIT))
        )
    if len(digest) > DIGEST_LIMIT:
        found.append(Breach("digest", None, message("post.found_length", n=len(digest), limit=DIGEST_LIMIT)))
    if (size := len(source_url.encode())) > SOURCE_URL_LIMIT:
        found.append(Breach("source_url", None, message("post.found_bytes", n=size, limit=SOURCE_URL_LIMIT)))
    told = dict.fromkeys(lint_words.find_punished(f"{title}\n{digest}"))
    return [
        _make_finding(one, language) for one in (*found, *(Breach(rule, None, what) for rule, what in told))
    ]


def lint_color(given: str, text: str, ground: str, language: str = "en") -> list[Finding]:
    """What became of the account's own color, where it could not be shown as it is."""
    return [
        _make_finding(
            Breach("look-color", None, message("post.found_color", given=given, text=text, ground=ground)),
            language,
        )
    ]


def _make_finding(one: Breach, language: str) -> Finding:
    rule = RULES.get(one.rule) or added_checks()[one.rule].rule
    line, column = (one.element.line, one.element.column) if one.element else (one.line, 0)
    what = say(one.what, language) if isinstance(one.what, Message) else one.what
    said = "; ".join(SOURCES[name] for name in rule.sources.split()) if rule.id in RULES else rule.sources
    return Finding(rule.id, rule.level, line, column, what, rule.zh if language == "zh" else rule.en, said)
