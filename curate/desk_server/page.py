"""What the templates of templates/desk/ are given. Titles stay text: the templates escape every value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from hashlib import sha1
from typing import Any

from curate.config.schema import OTHER
from curate.desk.compare import find_doubts
from curate.desk.draft import items_of, points_of
from curate.desk.headlines import offer_titles
from curate.desk.history import history
from curate.desk.visits import find_approval
from curate.desk_server.action_types import PanelRequest
from curate.desk_server.candidates import PAGE, Filter, list_candidates
from curate.desk_server.issue_desk import IssueDesk
from curate.desk_server.panels import PANELS
from curate.desk_server.post import PostPreview, post_of, sizes_of
from curate.domain.model import EntryKey, Item
from curate.i18n.catalogue import say, speaker
from curate.images.crop import RATIOS
from curate.render.headlines import say_headlines
from curate.render.templating import filler, safe
from curate.render.theme import themes
from curate.render.wechat.allowed import safe_address
from curate.storage.desk import Edited


class Pages:
    """The templates of the desk, filled for one issue."""

    def __init__(self, desk: IssueDesk) -> None:
        self._desk = desk
        self._fill = filler(desk.templates)
        self.say = speaker("desk", desk.account.config.account.language)

    def whole(self, edited: Edited, wanted: Filter) -> str:
        """The whole page."""
        return self._fill_page("page", self._board(edited, wanted))

    def board(self, edited: Edited, wanted: Filter, said: str = "", *, is_bad: bool = False) -> str:
        """All that an action can change. `said` is announced."""
        parts = ("bar", "panes", "issue", "candidates")
        return self._fill_parts(parts, {**self._board(edited, wanted), "said": said, "is_bad": is_bad})

    def issue(self, edited: Edited, said: str) -> str:
        """What an action changes that leaves the candidates as they are: most of what one waits for goes into those."""
        return self._fill_parts(("bar", "issue"), {**self._issue(edited), "said": said})

    def look(self, edited: Edited) -> str:
        """What another theme or color changes beside the post."""
        values = {**self._issue(edited), "themes": themes(self._desk.templates)}
        return self._fill_parts(("bar", "preview"), values)

    def candidates(self, edited: Edited, wanted: Filter) -> str:
        """The list of candidates alone."""
        return self._fill_page("list", {**self._names(edited), **self._list_candidates(edited, wanted)})

    def item(self, edited: Edited, item: Item) -> str:
        """All that can be done with one item."""
        machine = {each.key: each for each in items_of(edited.machine.sections)}.get(item.key)
        offer = next((each for each in self._desk.offers if each.item.key == item.key), None)
        original = machine or (offer.item if offer else item)
        values = {
            "item": item,
            "original": original,
            "headlines": offer_titles(item, original),
            "doubts": self.doubts(original, item.title, item.summary),
            "tellings": self._tellings(item),
            "others": [each for each in items_of(edited.issue.sections) if each.key != item.key],
            "topics": self._topics(),
            "ratios": list(RATIOS),
            "machine_picture": bool(machine and machine.image and machine.image.file),
        }
        return self._fill_page("item", {**self._names(edited), **values})

    def doubts(self, original: Item, title: str, summary: str) -> list[str]:
        """What changed of numbers and negations, in words."""
        found = (
            *find_doubts(original.title, title),
            *(find_doubts(original.summary, summary) if original.summary else ()),
        )
        return [
            self.say(f"doubt_{doubt.kind}_{'gone' if doubt.gone else 'new'}", text=doubt.text)
            for doubt in found
        ]

    def doubt_list(self, edited: Edited, original: Item, title: str, summary: str) -> str:
        return self._fill_page(
            "doubts", {**self._names(edited), "doubts": self.doubts(original, title, summary)}
        )

    def panel(self, edited: Edited, name: str) -> str:
        """A panel of the table, by its name."""
        values = PANELS[name].fill(PanelRequest(self._desk, edited, self.say))
        return self._fill_page(f"panels/{name}", {**self._names(edited), **values})

    def checks(self, edited: Edited, *, has_sizes: bool) -> str:
        """What the checks find in the post, and how large it is; with `has_sizes` all channels are rendered and measured."""
        sizes, refused = sizes_of(self._desk, edited) if has_sizes else ((), ())
        failures = (*self._desk.failures, *refused)
        values = {"post": post_of(self._desk, edited), "failures": dict.fromkeys(failures), "sizes": sizes}
        return self._fill_page("checks", {**self._names(edited), **values})

    def frame(self, edited: Edited, html: str, post: PostPreview, *, dark: bool) -> str:
        """The document of the post's frame; `html` is safe, the channel's own output."""
        values = {"html": safe(html), "fields": post.fields, "dark": dark, "issue": edited.issue}
        return self._fill_page("frame", {**self._names(edited), **values})

    def share(self, edited: Edited, post: PostPreview, html: str, now: datetime) -> str:
        """The page for a colleague; `html` is safe, the channel's own output with its pictures in it."""
        account = self._desk.account.config.account.name
        values = {"post": post, "html": safe(html), "account": account, "now": now}
        return self._fill_page("share", {**self._names(edited), **values})

    def _fill_parts(self, parts: Sequence[str], values: Mapping[str, Any]) -> str:
        """Each part names the element that it takes the place of."""
        return self._fill_page("parts", {**values, "parts": parts})

    def _fill_page(self, name: str, values: Mapping[str, Any]) -> str:
        return self._fill(f"desk/{name}.html.j2", values)

    def _names(self, edited: Edited) -> dict[str, Any]:
        zone = self._desk.account.config.account.zone
        names = {topic.id: topic.name for topic in self._desk.account.config.topics}
        names |= {section.id: section.name for section in edited.issue.sections}
        return {
            "t": self.say,
            "language": self._desk.account.config.account.language,
            "issue": edited.issue,
            "revision": edited.revision,
            "address": safe_address,
            "anchor": anchor,
            "points": points_of,
            "signed": lambda points: f"{points:+.2f}",
            "when": lambda at: f"{at.astimezone(zone):%m-%d %H:%M}",
            "topic_name": lambda name: names.get(name, self.say("other")),
        }

    def _board(self, edited: Edited, wanted: Filter) -> dict[str, Any]:
        return {
            **self._issue(edited),
            **self._list_candidates(edited, wanted),
            "themes": themes(self._desk.templates),
        }

    def _issue(self, edited: Edited) -> dict[str, Any]:
        past, issue = history(edited.events), edited.issue
        offered = [say(each, issue.language) for each in issue.headlines] or list(say_headlines(issue))
        return {
            **self._names(edited),
            "account": self._desk.account.config.account.name,
            "panels": PANELS,
            "undoable": past.undoable,
            "redoable": past.redoable,
            "total": sum(1 for _ in items_of(edited.issue.sections)),
            "look": self._desk.look,
            "approval": find_approval(self._desk.account.archive.desk.visits(self._desk.number)),
            "is_fetching": self._desk.is_fetching,
            "headline": issue.headline or offered[0],
            "post_headlines": offered,
            "said": "",
            "is_bad": False,
        }

    def _list_candidates(self, edited: Edited, wanted: Filter) -> dict[str, Any]:
        found = list_candidates(self._desk, edited, wanted)
        return {
            "listing": found,
            "filter": wanted,
            "topics": self._topics(),
            "next_page": wanted.shown + PAGE,
        }

    def _topics(self) -> list[tuple[str, str]]:
        topics = sorted(self._desk.account.config.topics, key=lambda topic: topic.order)
        return [*((topic.id, topic.name) for topic in topics), (OTHER, self.say("other"))]

    def _tellings(self, item: Item) -> list[tuple[EntryKey, str, str, str]]:
        """Key, source, title and address of the other tellings that the archive has."""
        names = {source.id: source.name for source in self._desk.account.config.sources}
        archive = self._desk.account.archive
        found = filter(None, map(archive.entry_of, item.echo_keys))
        return [(each.key, names.get(each.source, each.source), each.title, each.url) for each in found]


def anchor(key: EntryKey) -> str:
    """A key as the id of an element."""
    return "i" + sha1("\0".join(key).encode(), usedforsecurity=False).hexdigest()[:12]


def say_decision(say: Callable[..., str], key: str, about: str, edited: Edited, moved: EntryKey) -> str:
    """What was done, in a sentence that is announced; for what moved, where it is now."""
    if not key:
        return ""
    topic, place = "", 0
    for section in edited.issue.sections:
        for n, item in enumerate(section.items, 1):
            if item.key == moved:
                topic, place = section.name, n
    return say(key, about=about[:40], topic=topic, place=place)
