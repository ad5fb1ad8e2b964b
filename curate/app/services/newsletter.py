"""An issue as the draft of a newsletter, made once and brought up afterwards; nothing is sent to its readers."""

from __future__ import annotations

from collections.abc import Mapping

from curate.app.services.send import Sent, ask, hide_secrets, read_service_secrets
from curate.config.schema import Config, Service
from curate.delivery.newsletters import NEWSLETTERS, Letter, refusal_of
from curate.delivery.services import tell_refusal
from curate.domain.model import Digest
from curate.render.channels.feed import CONTENT
from curate.render.channels.markdown import markdown
from curate.render.context import bound_digest, view
from curate.render.headlines import headline_of
from curate.render.messages import speaker
from curate.render.templating import Templates, fill


def write_letter(digest: Digest, config: Config, templates: Templates) -> Letter:
    """The issue as a letter. ChannelError where a template is wrong."""
    bound = bound_digest(digest)
    number = speaker(digest.language)("issue", n=digest.number)
    html = fill(templates, CONTENT, view(bound, config.look))
    text = next(iter(markdown(digest, templates, config.look).values())).decode()
    return Letter(f"{number} · {headline_of(digest)}", html, text)


def keep_draft(
    config: Config, service: Service, letter: Letter, environ: Mapping[str, str], now: float
) -> Sent:
    """Make the draft, or bring the one that is there up to the letter."""
    row = NEWSLETTERS[service.kind]
    secrets = read_service_secrets(service, environ)
    listed = ask(config, service, row.list_drafts(secrets, now), secrets)
    if isinstance(listed, Sent):
        return listed
    drafts = row.read_drafts(listed)
    if drafts is None:
        return Sent(service.name, 0, 1, hide_secrets(tell_refusal(listed, ""), secrets))
    draft = row.find(drafts, letter)
    call = row.update(letter, draft, secrets, now) if draft else row.create(letter, secrets, now)
    reply = ask(config, service, call, secrets)
    if isinstance(reply, Sent):
        return reply
    refusal = hide_secrets(refusal_of(reply), secrets)
    return Sent(service.name, int(not refusal), 1, refusal)
