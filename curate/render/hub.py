"""Where a copy page leads: the other pages of its issue. Addresses are relative, so that the folder works anywhere."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple


class HubLink(NamedTuple):
    """A page beside the copy page."""

    name: str  # `post.hub_…` in the catalogues
    address: str
    issue: int = 0  # the number that the name says


# Pages of the same folder, or of one within.
_FILES = {
    "poster": "poster.html",
    "email": "email.html",
    "xiaohongshu": "xiaohongshu/index.html",
    "zhihu": "zhihu/index.html",
    "toutiao": "toutiao/index.html",
}


def links_in_folder(made: Collection[str]) -> tuple[HubLink, ...]:
    """Links to what was rendered with the copy page."""
    return tuple(HubLink(name, file) for name, file in _FILES.items() if file in made)
