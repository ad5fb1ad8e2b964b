"""The post as it would be copied: the fragment, its preview by day and night, and what the checks find in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from curate.config.schema import Look
from curate.desk_server.issue_desk import IssueDesk
from curate.domain.errors import ChannelError
from curate.domain.model import Digest, Failure
from curate.render.channels.wechat import fragment, post_fields
from curate.render.context import bound_digest, items
from curate.render.cuts import FileSize, measure_files
from curate.render.piece import pictures_of
from curate.render.wechat.allowed import HTML_LIMIT
from curate.render.wechat.dark_mode import darken_html
from curate.render.wechat.images import addresses, with_own_files
from curate.render.wechat.lint import DIGEST_LIMIT, TITLE_LIMIT, Finding, lint, lint_fields
from curate.render.wechat.plain_text import plain
from curate.storage.desk import Edited

_RENDERING = Lock()


@dataclass(frozen=True, slots=True)
class PostPreview:
    """A post with all that the page tells of it. `html` is "" where a template is wrong, which `error` says."""

    html: str
    preview: str
    fields: dict[str, str]
    findings: tuple[Finding, ...]
    error: str = ""

    @property
    def has_errors(self) -> bool:
        """Whether the platform's editor would not keep it: it cannot be copied."""
        return bool(self.error) or any(found.level == "error" for found in self.findings)

    @property
    def text(self) -> str:
        return plain(self.html)

    @property
    def facts(self) -> dict[str, int]:
        """Characters and bytes, and the platform's limits."""
        return {
            "characters": len(self.html),
            "limit": HTML_LIMIT,
            "bytes": len(self.html.encode()),
            "title": len(self.fields.get("title", "")),
            "title_limit": TITLE_LIMIT,
            "digest": len(self.fields.get("digest", "")),
            "digest_limit": DIGEST_LIMIT,
        }


def post_of(desk: IssueDesk, edited: Edited) -> PostPreview:
    """The post of an issue in the look that was chosen on the desk; rendered once for each revision and look."""
    with _RENDERING:  # the frame, the checks and the copy ask for one post at the same time
        return _render_post(_Templates(desk), edited.issue, desk.look)


def sizes_of(desk: IssueDesk, edited: Edited) -> tuple[tuple[FileSize, ...], tuple[Failure, ...]]:
    """How large the files of the account's channels are and what each cuts; measured once for each revision and look."""
    with _RENDERING:
        return _measure(_Templates(desk), edited.issue, desk.account.config.channels, desk.look)


def preview_of(post: PostPreview, *, dark: bool) -> str:
    """The post with the issue's own pictures, as the platform shows it by day or at night."""
    return darken_html(post.preview) if dark else post.preview


class _Templates:
    """The desk's templates, known to the cache by the desk."""

    def __init__(self, desk: IssueDesk) -> None:
        self.texts = desk.templates
        self._desk = desk

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Templates) and other._desk is self._desk

    def __hash__(self) -> int:
        return id(self._desk)


@lru_cache(maxsize=4)
def _render_post(templates: _Templates, digest: Digest, look: Look) -> PostPreview:
    digest = bound_digest(digest)
    fields = post_fields(digest, look)
    try:
        html = fragment(digest, templates.texts, look)
    except ChannelError as e:
        return PostPreview("", "", fields, (), f"{e.reason} {e.hint}".strip())
    pictures = addresses(digest) | pictures_of(items(digest))
    found = (*lint(html, digest.language, pictures), *lint_fields(**fields, language=digest.language))
    return PostPreview(html, with_own_files(digest, html), fields, found)


@lru_cache(maxsize=2)
def _measure(
    templates: _Templates, digest: Digest, channels: tuple[str, ...], look: Look
) -> tuple[tuple[FileSize, ...], tuple[Failure, ...]]:
    return measure_files(digest, channels, templates.texts, look)
