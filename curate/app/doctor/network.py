"""The network: proxies, names, and whether the platform lets this machine in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from curate.app.doctor.model import Diagnosis, Place
from curate.app.open_wechat import list_unset, open_wechat
from curate.app.secrets import secret_names
from curate.app.services.send import read_service_secrets
from curate.domain.errors import ConfigError, FetchError
from curate.domain.message import Message, message
from curate.domain.model import Failure
from curate.fetch.probe import look_up_hosts, try_proxy
from curate.fetch.wechat_errors import COMMON
from curate.sources import addresses

_VARIABLES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "https_proxy", "http_proxy", "all_proxy")
_NAMED = 3  # hosts that are named before the others are counted


class Proxies(NamedTuple):
    """Proxies that feeds.yaml names, those of them that take no connection, and variables that name another."""

    total: int
    broken: tuple[Failure, ...]
    variables: tuple[str, ...]
    were_tried: bool = True


class Names(NamedTuple):
    """Hosts that are looked up here, not by a proxy, and those of them that cannot be read."""

    total: int
    broken: tuple[Failure, ...]


class Access(NamedTuple):
    """The platform: variables that are set and unset; why it refuses and what to do, where it was asked and does."""

    filled: tuple[str, ...]
    unset: tuple[str, ...]
    was_asked: bool = False
    refusal: Message | None = None
    advice: Message | None = None


class Services(NamedTuple):
    """Services that are told: how many, what they lack, and whether anybody is told of a failure."""

    total: int
    unset: tuple[Message, ...]
    tells: bool


def look_at_proxies(place: Place) -> Proxies:
    """Connect to each proxy that is used, unless offline."""
    config = place.config
    named = (config.network.proxy, *(one.proxy for one in config.sources if one.enabled))
    proxies = tuple(dict.fromkeys(filter(None, named)))
    broken = () if place.offline else tuple(filter(None, (try_proxy(one) for one in proxies)))
    variables = tuple(name for name in _VARIABLES if place.environ.get(name))
    return Proxies(len(proxies), broken, variables, not place.offline)


def judge_proxies(proxies: Proxies) -> Iterator[Diagnosis]:
    """The environment's proxies are not used: whoever sets one may think that they are."""
    for failure in proxies.broken:
        yield _tell_failure(failure)
    if not proxies.total and proxies.variables:
        found = message("doctor.proxy.variables", names=proxies.variables)
        yield Diagnosis("warn", found, message("doctor.proxy.variables.hint"))
    elif not proxies.total:
        yield Diagnosis("ok", message("doctor.proxy.none"))
    elif not proxies.were_tried:
        yield Diagnosis("skipped", message("doctor.offline"))
    elif not proxies.broken:
        yield Diagnosis("ok", message("doctor.proxy.ok", n=proxies.total))


def look_at_names(place: Place) -> Names:
    """Look up the hosts of all sources that are read without a proxy."""
    network = place.config.network
    direct = (one for one in place.config.sources if one.enabled and not (one.proxy or network.proxy))
    found = (urlsplit(address).hostname for one in direct for address in addresses(one, network))
    hosts = tuple(dict.fromkeys(filter(None, found)))
    broken = look_up_hosts(hosts, network, place.resolve) if hosts else {}
    return Names(len(hosts), tuple(broken.values()))


def judge_names(names: Names) -> Iterator[Diagnosis]:
    """One trouble that all have is the machine's; a few are their own."""
    if not names.total:
        yield Diagnosis("ok", message("doctor.dns.none"))
        return
    kinds = {failure.message.key for failure in names.broken if failure.message}
    if len(names.broken) == names.total and kinds == {"fetch.dns"}:
        yield Diagnosis("fail", message("doctor.dns.all", n=names.total), message("doctor.dns.all.hint"))
    elif "fetch.fake ip" in kinds:
        yield _tell_failure(
            next(one for one in names.broken if one.message and one.message.key == "fetch.fake ip")
        )
    elif names.broken:
        hosts = tuple(failure.subject for failure in names.broken)
        found = message("doctor.dns.some", names=hosts[:_NAMED], n=len(hosts), all=names.total)
        yield Diagnosis("warn", found, message("doctor.dns.some.hint"))
    else:
        yield Diagnosis("ok", message("doctor.dns.ok", n=names.total))


def look_at_platform(place: Place) -> Access:
    """Ask for a token where the account's secrets are all set: who gets one is on the whitelist."""
    network = place.config.network
    unset = tuple(list_unset(network, place.environ))
    filled = tuple(name for name in secret_names(network) if name not in unset)
    if unset or place.offline:
        return Access(filled, unset)
    try:
        with open_wechat(network, place.environ, COMMON, place.sleep) as session:
            session.sign_in()
    except FetchError as e:
        return Access(filled, unset, True, e.message, e.advice)
    return Access(filled, unset, True)


def judge_platform(access: Access) -> Iterator[Diagnosis]:
    """Who copies and pastes needs no secrets; one without the other is a mistake."""
    if access.unset and not access.filled:
        yield Diagnosis("ok", message("doctor.platform.none"))
    elif access.unset:
        found = message("doctor.platform.half", names=access.unset)
        yield Diagnosis("warn", found, message("doctor.platform.half.hint"))
    elif access.refusal:
        yield Diagnosis("fail", access.refusal, access.advice)
    elif access.was_asked:
        yield Diagnosis("ok", message("doctor.platform.ok"))
    else:
        yield Diagnosis("skipped", message("doctor.offline"))


def look_at_services(place: Place) -> Services:
    """See whether each service has what it needs in the environment; nothing is sent."""
    config = place.config
    unset: list[Message] = []
    for service in config.services:
        try:
            read_service_secrets(service, place.environ)
        except ConfigError as e:
            unset.append(e.explanation)
    return Services(len(config.services), tuple(unset), bool(config.notify.to or config.notify.ping_env))


def judge_services(services: Services) -> Iterator[Diagnosis]:
    """Nobody is told of a night that failed, where there is nobody to tell, or no secret to do it with."""
    for problem in services.unset:
        yield Diagnosis("fail", problem, message("doctor.services.unset.hint"))
    if not services.tells:
        yield Diagnosis("ok", message("doctor.services.none"))
    elif not services.unset:
        yield Diagnosis("ok", message("doctor.services.ok", n=services.total))


def _tell_failure(failure: Failure) -> Diagnosis:
    found = failure.message or message("text", text=failure.reason)
    return Diagnosis("fail", found, failure.advice)
