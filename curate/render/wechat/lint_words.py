"""Words that the platform punishes: rewards and threats for sharing, following for access, contact data.

All are hints: what they find is shown before the push, and the editor decides.
"""

from __future__ import annotations

from collections.abc import Iterator

from curate.render.wechat.lint_context import Breach
from curate.render.wechat.plain_text import plain
from curate.render.wechat.tree import Element
from curate.text.conduct.inducement import find_inducements
from curate.text.conduct.personal_data import find_personal_data

PUNISHED = frozenset({"words-share", "words-follow", "words-contact"})  # the rules of what is found here
CONTACTS = ("phone", "hotline", "account")


def find_punished(text: str) -> Iterator[tuple[str, str]]:
    """The rule and the words of every place in plain text that the platform may punish, a rule once a line."""
    for line in text.split("\n"):
        yield from ((f"words-{found.kind}", found.text) for found in find_inducements(line))
        contacts = (found.text for found in find_personal_data(line) if found.kind in CONTACTS)
        if contact := next(contacts, ""):
            yield "words-contact", contact


def words(html: str, root: Element) -> Iterator[Breach]:
    """The same of a fragment."""
    for rule, what in dict.fromkeys(find_punished(plain(html))):
        yield Breach(rule, None, what, 1)
