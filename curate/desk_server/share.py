"""One read-only page of an issue for a colleague's OK: a file that needs nothing else, asks nothing of any network, and runs
nothing."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime

from curate.app.render_issue import pictures_of
from curate.desk_server.issue_desk import IssueDesk
from curate.desk_server.page import Pages
from curate.desk_server.post import post_of, preview_of

_SOURCE = re.compile(r'(?<= src=")([^"]*)(?=")')
_KINDS = {"jpg": "jpeg", "svg": "svg+xml"}


def share_page(desk: IssueDesk, now: datetime) -> str:
    """The page as HTML: the post with its pictures in it, its items with the addresses of their originals, and how to say
    that it is good."""
    edited = desk.read()
    files = desk.account.output.files(edited.folder, pictures_of(edited))
    post = post_of(desk, edited)
    html = carry_pictures(preview_of(post, dark=False), files)
    return Pages(desk).share(edited, post, html, now)


def carry_pictures(html: str, files: Mapping[str, bytes]) -> str:
    """The same HTML with its pictures in it; one without a file has no address any more."""

    def carry(found: re.Match[str]) -> str:
        name = found[0]
        if name not in files:
            return ""
        kind = name.rpartition(".")[2]
        return f"data:image/{_KINDS.get(kind, kind)};base64,{b64encode(files[name]).decode()}"

    return _SOURCE.sub(carry, html)


def share_name(number: int) -> str:
    """What the file is called."""
    return f"share-{number}.html"
