"""Posts from a digest. TABLE `CHANNELS`: one function a channel, digest, templates and look -> {file name: bytes}.

digest -> template -> inlined styles -> normalizer -> linter -> files        (wechat)
digest -> template -> file                                                  (markdown, text, feed, poster)
digest -> drawn pictures -> files                                           (cards)
digest -> template, drawn pictures -> page to copy from, files              (xiaohongshu, zhihu, toutiao)
digest -> template -> inlined styles -> file                                (email)

All pure: templates come in as text, files go out as bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from curate.config.schema import Look
from curate.domain.errors import ChannelError
from curate.domain.model import Digest, Failure
from curate.domain.plugins import extend_table
from curate.render.channels.cards import cards
from curate.render.channels.email import email, size_notes
from curate.render.channels.feed import feed
from curate.render.channels.markdown import markdown
from curate.render.channels.poster import poster
from curate.render.channels.text import text
from curate.render.channels.toutiao import toutiao
from curate.render.channels.wechat import wechat
from curate.render.channels.xiaohongshu import xiaohongshu
from curate.render.channels.zhihu import zhihu
from curate.render.check_section import CheckSection
from curate.render.hub import HubLink, links_in_folder
from curate.render.templating import Templates
from curate.render.theme import themes

__all__ = ["CHANNELS", "GROUP", "Channel", "channels", "render", "themes"]

GROUP = "curate.channels"  # entry points: name -> a Channel

Channel = Callable[[Digest, Templates, Look], dict[str, bytes]]

CHANNELS: dict[str, Channel] = {
    "wechat": wechat,
    "markdown": markdown,
    "text": text,
    "email": email,
    "feed": feed,
    "poster": poster,
    "cards": cards,
    "xiaohongshu": xiaohongshu,
    "zhihu": zhihu,
    "toutiao": toutiao,
}


def channels() -> dict[str, Channel]:
    """The table with what installed packages add; a built-in name cannot be taken over."""
    return extend_table(CHANNELS, GROUP)


def render(
    digest: Digest,
    names: Sequence[str],
    templates: Templates,
    look: Look | None = None,
    table: Mapping[str, Channel] | None = None,
    links: Sequence[HubLink] = (),
    checked: CheckSection | None = None,
) -> tuple[dict[str, bytes], tuple[Failure, ...]]:
    """The files of the named channels, and a Failure for each channel that refused; the others go on.

    `links` are where WeChat's copy page leads beside the other channels' pages, `checked` what the check before the push
    found. It comes last: it is what the editor looks at, and tells what became of the mail.
    """
    known = channels() if table is None else table
    files: dict[str, bytes] = {}
    failures: list[Failure] = []
    for name in sorted(dict.fromkeys(names), key=lambda name: name == "wechat"):
        if name not in known:
            failures.append(Failure(name, "no such channel", "known: " + ", ".join(sorted(known))))
            continue
        try:
            files.update(_files(known[name], digest, templates, look or Look(), files, links, checked))
        except ChannelError as e:
            failures.append(e.as_failure(name))
    return files, tuple(failures)


def _files(
    channel: Channel,
    digest: Digest,
    templates: Templates,
    look: Look,
    made: Mapping[str, bytes],
    links: Sequence[HubLink],
    checked: CheckSection | None,
) -> dict[str, bytes]:
    if channel is wechat:
        notes = size_notes(digest, made, templates, look)
        return wechat(digest, templates, look, notes, (*links, *links_in_folder(made)), checked)
    return channel(digest, templates, look)
