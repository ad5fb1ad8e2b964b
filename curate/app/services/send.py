"""One message, or an issue's messages, to one service; what the service answered, in its own words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TypeVar

from curate.app.doors import user_agent
from curate.app.secrets import redact
from curate.config.schema import Config, Network, Service
from curate.delivery.mail import MailCall
from curate.delivery.messages import digest_messages, first_title
from curate.delivery.newsletters import NEWSLETTERS, NewsletterService
from curate.delivery.push import PushCall
from curate.delivery.services import (
    SERVICES,
    MessageService,
    OutgoingCall,
    ServiceMessage,
    ServiceReply,
    tell_answer,
)
from curate.domain.errors import ConfigError, FetchError
from curate.domain.model import Digest
from curate.domain.plugins import extend_table
from curate.fetch.outgoing.http import ask_service
from curate.fetch.outgoing.mail import MailServer, send_mail
from curate.fetch.outgoing.push import push_message
from curate.fetch.wechat_errors import UnansweredError
from curate.i18n.catalogue import failure_of
from curate.render.messages import cut_to

SHORTEST = 6  # characters of a secret; a shorter word may be any word
Row = TypeVar("Row")
GROUP = "curate.services"  # entry points: a service's name -> its row


@dataclass(frozen=True, slots=True)
class Sent:
    """How sending went: how many of how many messages were taken, and why no more."""

    service: str
    taken: int
    of: int
    refusal: str = ""  # the service's own words, or the network's
    answer: str = ""  # the last one's words where all were taken
    is_doubtful: bool = False  # the last one may have arrived all the same; or not, where all were taken


def known_services() -> Mapping[str, MessageService]:
    """The table with what installed packages add."""
    return extend_table(SERVICES, GROUP)


def find_service(config: Config, name: str) -> Service:
    """The account's service of that name. ConfigError where it has none."""
    for service in config.services:
        if service.name == name:
            return service
    names = tuple(service.name for service in config.services)
    if not names:
        raise ConfigError.of("services.none")
    raise ConfigError.of("services.unknown", name=name, names=names)


def message_service(service: Service) -> MessageService:
    """How the service takes messages. ConfigError where its kind is none that does."""
    return _find_row(service, known_services())


def read_service_secrets(service: Service, environ: Mapping[str, str]) -> dict[str, str]:
    """The service's secrets by the ends of their names. ConfigError where one that it needs is not set, and for a kind that
    nobody knows."""
    known: dict[str, MessageService | NewsletterService] = {**known_services(), **NEWSLETTERS}
    row = _find_row(service, known)
    found = {end: environ.get(f"{service.env}_{end}", "").strip() for end in (*row.needs, *row.optional)}
    unset = tuple(f"{service.env}_{end}" for end in row.needs if not found[end])
    if unset:
        raise ConfigError.of("services.unset", names=unset, service=service.name)
    return {end: value for end, value in found.items() if value}


def _find_row(service: Service, known: Mapping[str, Row]) -> Row:
    if service.kind not in known:
        raise ConfigError.of("services.no kind", kind=service.kind, kinds=tuple(known))
    return known[service.kind]


def send_text(
    config: Config, service: Service, said: ServiceMessage, environ: Mapping[str, str], now: float
) -> Sent:
    """Send one message, cut to what the service takes."""
    row = message_service(service)
    return send_messages(
        config, service, [ServiceMessage(said.title, cut_to(said.text, row.limit, row.measure))], environ, now
    )


def write_messages(service: Service, digest: Digest) -> list[ServiceMessage]:
    """An issue in as many messages as the service's limit asks for."""
    row, title = message_service(service), first_title(digest)
    return [ServiceMessage(title, text) for text in digest_messages(digest, row.limit, row.measure)]


def digest_of(messages: Sequence[ServiceMessage]) -> str:
    """What an issue's messages are known by: an edited issue has others."""
    return sha256("\0".join(one.text for one in messages).encode("utf-8", "replace")).hexdigest()[:40]


def send_messages(
    config: Config,
    service: Service,
    messages: Sequence[ServiceMessage],
    environ: Mapping[str, str],
    now: float,
    begin: int = 0,
) -> Sent:
    """Send one after the other from the one at `begin`: what comes after a message that was not taken would make no sense."""
    row = message_service(service)
    secrets = read_service_secrets(service, environ)
    answer = ""
    for place, each in enumerate(messages[begin:], begin):
        reply = ask(config, service, row.build(each, secrets, now), secrets)
        if isinstance(reply, Sent):
            return replace(reply, taken=place, of=len(messages))
        if refusal := row.refusal(reply):
            return Sent(service.name, place, len(messages), hide_secrets(refusal, secrets))
        answer = hide_secrets(tell_answer(reply), secrets)
    return Sent(service.name, len(messages), len(messages), answer=answer, is_doubtful=row.may_lie)


def ask(
    config: Config, service: Service, call: OutgoingCall, secrets: Mapping[str, str]
) -> ServiceReply | Sent:
    """What a service answered; a Sent that says why where it did not."""
    try:
        return ServiceReply(*_carry(call, config.network))
    except FetchError as e:
        failure = failure_of(service.name, e, config.account.language)
        reason = hide_secrets(failure.reason, secrets)
        return Sent(service.name, 0, 1, reason, is_doubtful=isinstance(e, UnansweredError))


def _carry(call: OutgoingCall, network: Network) -> tuple[int, bytes]:
    """Do what a call says, by what it is of."""
    if isinstance(call, MailCall):
        server = MailServer(call.host, call.port, call.user, call.password)
        return send_mail(server, call.sender, call.recipients, call.data, network.timeout)
    if isinstance(call, PushCall):
        return push_message(call.urls, call.title, call.text, str(network.proxy or ""))
    agent = user_agent(network.contact)
    return ask_service(call.method, call.url, call.body, call.headers, network, agent)


def hide_secrets(text: str, secrets: Mapping[str, str]) -> str:
    """A service's words without what it was asked with, or a part of the address: some say it back."""
    text = redact(text)
    for value in sorted({part for each in secrets.values() for part in _parts(each)}, key=len, reverse=True):
        text = text.replace(value, "…")
    return text


def _parts(secret: str) -> list[str]:
    """A secret, and where it is an address, what of it may be one: the long parts of path and query; in an address of
    apprise's also what stands in a host's place."""
    if "://" not in secret:
        return [secret] if len(secret) >= SHORTEST else []
    scheme, _, rest = secret.partition("://")
    host, *parts = re.split(r"[/?&=]", rest)
    parts += [] if scheme in ("http", "https") else re.split("[@:]", host)
    return [secret, *(part for part in parts if len(part) >= SHORTEST)]
