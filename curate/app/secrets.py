"""Which values are secret while a command runs: they leave the program by their names alone, whatever carries them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from curate.config.redaction import Redactor

if TYPE_CHECKING:
    from curate.config.schema import (  # pydantic comes with it, and `--help` imports this module
        Config,
        Network,
    )

_redactors: list[Redactor] = [Redactor()]  # the last is the one in force


def hide(redactor: Redactor) -> None:
    """Hide these secrets in all that is written from now on, until the command ends."""
    _redactors[-1] = redactor


def hidden_now() -> Redactor:
    """What hides the secrets that are hidden now; for whoever hides them again later."""
    return _redactors[-1]


def redact(text: str) -> str:
    """The text as it may leave the program; for what goes into files."""
    return _redactors[-1](text)


@contextmanager
def own_secrets() -> Iterator[None]:
    """What is hidden within is known until its end and no longer: a command within another has secrets of its own."""
    _redactors.append(Redactor())
    try:
        yield
    finally:
        _redactors.pop()


def wechat_names(network: Network) -> tuple[str, str]:
    """The variables that hold the account's AppID and AppSecret."""
    return f"{network.wechat_env}_APPID", f"{network.wechat_env}_SECRET"


def secret_names(network: Network) -> tuple[str, ...]:
    """The variables that asking the platform takes: the account's, and the relay's key."""
    return (*wechat_names(network), *filter(None, (network.relay_key_env,)))


def answer_names(network: Network) -> tuple[str, str, str]:
    """The variables of the webhook: its token, its key, and the key before it."""
    prefix = network.wechat_env
    return f"{prefix}_TOKEN", f"{prefix}_AES_KEY", f"{prefix}_AES_KEY_PREVIOUS"


def every_secret(config: Config, environ: Iterable[str]) -> tuple[str, ...]:
    """All variables that feeds.yaml names without `${…}` and that the environment has."""
    prefixes = tuple(f"{service.env}_" for service in config.services)
    own = (*secret_names(config.network), *answer_names(config.network), config.notify.ping_env)
    return (*filter(None, own), *(name for name in environ if prefixes and name.startswith(prefixes)))
