"""A place that the doctor looks at, and what is found there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

from curate.config.load import Settings
from curate.config.schema import Config
from curate.domain.errors import ConfigError
from curate.domain.message import Message
from curate.fetch.types import Resolver

Status: TypeAlias = Literal["ok", "warn", "fail", "skipped"]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What a check found, and what to do about it where that is not nothing."""

    status: Status
    found: Message
    advice: Message | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """An account's folder on a machine. `error`: why feeds.yaml cannot be used; `settings` are None then.

    `root` is where etc/ and var/ are, `home` the person's folder, `crontab` what `crontab -l` prints.
    """

    folder: Path
    environ: Mapping[str, str] = field(repr=False)
    now: datetime
    settings: Settings | None = None
    error: ConfigError | None = None
    offline: bool = False
    root: Path = Path("/")
    home: Path = Path("/root")
    crontab: Callable[[], str] = str
    resolve: Resolver | None = None
    sleep: Callable[[float], None] = field(default=lambda _: None)

    @property
    def config(self) -> Config:
        """The settings; only checks that need them ask, and those are not made without."""
        assert self.settings is not None
        return self.settings.config

    @property
    def output(self) -> Path:
        return self.folder / "output"


class DoctorCheck(NamedTuple):
    """A row of the table. `asks_network`: left out when offline; `needs_settings`: left out without feeds.yaml."""

    name: str
    look: Callable[[Place], Any]
    judge: Callable[[Any], Iterable[Diagnosis]]
    needs_settings: bool = True
    asks_network: bool = False


class CheckResult(NamedTuple):
    """What one check found; a row of what is shown."""

    check: str
    diagnosis: Diagnosis
