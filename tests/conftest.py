"""What holds for the whole suite: the same examples every time, however slow the machine; and every database."""

from __future__ import annotations

import importlib.util
import os
import uuid
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine, make_url, text

settings.register_profile(
    "suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")

POSTGRES = os.environ.get("CURATE_POSTGRES", "")  # the address of a server, as `.ci/postgres` starts one


@pytest.fixture(params=["sqlite", "postgresql+psycopg", "postgresql+psycopg2"])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty archive, in every database that the suite knows."""
    if request.param == "sqlite":
        yield "sqlite:///output/archive.db"
        return
    driver = request.param.partition("+")[2]
    if not importlib.util.find_spec(driver):
        pytest.skip(f"no {driver} here")
    if not POSTGRES:
        pytest.skip("no PostgreSQL here; `.ci/postgres make test` starts one (Debian's package postgresql)")
    schema = f"t{uuid.uuid4().hex}"
    server = make_url(POSTGRES).set(drivername=request.param)
    address = server.update_query_dict({"options": f"-csearch_path={schema}"})
    engine = create_engine(server)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield address.render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()
