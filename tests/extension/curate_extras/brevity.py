"""A signal: readers of a phone like a title that fits one line."""

from __future__ import annotations

from curate.domain.message import in_languages
from curate.domain.model import Reason, Story
from curate.ranking.signals import Context

LINE = 20  # characters that a phone shows in one line


def brevity(story: Story, context: Context) -> Reason:
    fits = len(story.lead.title) <= LINE
    said = in_languages(zh="标题一行放得下", en="its title fits one line")
    return Reason("brevity", 0.2 if fits else 0.0, message=said)
