"""A session with the platform for an account: its secrets from the environment, the relay's key beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from curate.app.doors import user_agent
from curate.app.secrets import secret_names, wechat_names
from curate.config.schema import Network
from curate.fetch.wechat_api import Official
from curate.fetch.wechat_errors import RefusedCode
from curate.fetch.wechat_session import Secrets, WechatSession


def list_unset(network: Network, environ: Mapping[str, str]) -> list[str]:
    """The variables that the account needs and the environment does not have."""
    return [name for name in secret_names(network) if not environ.get(name, "").strip()]


def read_secrets(network: Network, environ: Mapping[str, str]) -> Secrets:
    """The account's AppID and AppSecret."""
    appid, secret = (environ.get(name, "").strip() for name in wechat_names(network))
    return Secrets(appid, secret, network.wechat_env)


@contextmanager
def open_wechat(
    network: Network,
    environ: Mapping[str, str],
    refusals: Mapping[int, RefusedCode],
    sleep: Callable[[float], None],
) -> Iterator[WechatSession]:
    """A session that asks nothing before it is used."""
    key = environ.get(network.relay_key_env, "").strip() if network.relay_key_env else ""
    with Official(network, user_agent(network.contact), key) as official:
        yield WechatSession(official, read_secrets(network, environ), sleep, refusals)
