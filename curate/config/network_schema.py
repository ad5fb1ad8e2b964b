"""The shape of `network` in feeds.yaml: how the network is used."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, Field

from curate.config import validators as checks
from curate.config.values import Address, Age, Proxy, Shape

PLATFORM = "https://api.weixin.qq.com"  # where the interfaces of official accounts are


class Network(Shape):
    """How the network is used."""

    proxy: Proxy | None = None
    """For all sources, for example http://127.0.0.1:7890."""
    timeout: Annotated[float, Field(gt=0, le=300)] = 20.0
    """Seconds for one address."""
    deadline: Annotated[float, Field(gt=0)] = 600.0
    """Seconds that fetching may take in all rounds of a night; what is there by then is used."""
    concurrency: Annotated[int, Field(ge=1, le=256)] = 32
    """At most so many requests at once."""
    per_host: Annotated[int, Field(ge=1, le=8)] = 2
    """At most so many requests to one host at once."""
    fresh: Age = timedelta(minutes=30)
    """curate run does not ask again for what was read so recently, for example by curate fetch; 0m: asks always."""
    contact: str = ""
    """An address or e-mail, sent in the user agent, so that a site can reach you."""
    rsshub: Address = "https://rsshub.app"
    """The RSSHub that routes are read from."""
    wechat: Annotated[str, AfterValidator(checks.secure)] = PLATFORM
    """Where `curate draft` and `curate stats pull` ask; change it only for a relay of your own, whose address is on the whitelist."""
    wechat_env: Annotated[str, AfterValidator(checks.variable)] = "CURATE_WECHAT"
    """What the names of the account's environment variables begin with: CURATE_WECHAT_APPID and CURATE_WECHAT_SECRET. Give each account its own."""
    relay_key_env: Annotated[str, AfterValidator(checks.variable)] = ""
    """The environment variable that holds the key of your relay; sent to it alone, as the header X-Relay-Key."""
    allow_private: tuple[str, ...] = ()
    """Hosts (nas.local) and networks (198.18.0.0/15) in private ranges that may be read; all others are refused."""


class EngineSettings(Shape):
    """Where heavy work runs: reading sources, counting in texts. In one process where nothing is set."""

    processes: Annotated[int, Field(ge=1, le=64)] = 1
    """In how many processes of this machine; worth it from some thousand sources on."""
    dask: Annotated[str, Field(pattern=r"^((tcp|tls)://[^\s/]+:\d+)?$")] = ""
    """The scheduler of a Dask cluster, for example tcp://10.0.0.5:8786; then `processes` counts for nothing. Its machines see your keys."""
