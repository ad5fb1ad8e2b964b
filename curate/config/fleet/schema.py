"""The shape of fleet.yaml: which accounts there are, where their archive is, when each runs."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from curate.config import validators as checks
from curate.config.network_schema import EngineSettings, Network
from curate.config.values import Shape, Span

ClockTime = Annotated[str, BeforeValidator(checks.clock_time)]


class Fleet(Shape):
    """fleet.yaml: many accounts over one web."""

    accounts: Annotated[tuple[str, ...], Field(min_length=1)] = ("accounts/*",)
    """The accounts' folders, relative to fleet.yaml; `*` stands for any name."""
    database: Annotated[str, AfterValidator(checks.database)] = "sqlite:///web.db"
    """Where the shared web is: a file (each account then keeps its own half in its folder), or `postgresql+psycopg://…` for all."""
    schemas: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,20}$")] = "curate"
    """In PostgreSQL: what the names of the fleet's schemas begin with."""
    at: ClockTime = "06:00"
    """When the accounts run, each in its own time zone."""
    times: dict[str, ClockTime] = Field(default_factory=dict)
    """Accounts that run at another time, by their folders' names: `tech: "07:30"`."""
    late: Span = timedelta(hours=6)
    """How long after its time a night may still be made up for, for example 6h."""
    keep: Span = timedelta(days=180)
    """How long the texts of entries are kept; titles and addresses stay, so that nothing comes back as new."""
    engine: EngineSettings = EngineSettings()
    """Where the web is read and the accounts' nights run; an account's own `engine` is for what it does alone."""
    network: Network = Network()
    """How the shared web is read: deadline, concurrency, contact … A source's proxy and hosts in private ranges are its account's."""
