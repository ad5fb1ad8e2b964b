"""What holds for the whole suite: the same examples every time, every database, and accounts that are made once."""

from __future__ import annotations

import gc
import importlib.util
import os
import shutil
import sys
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from curate.cli.main import GARBAGE, THREADS
from curate.cli.terminal import language
from curate.demo import Server, serve
from tests.demo_account import MONDAY, NOW, Published, all_images, lay_out, publish
from tests.examples import load_profile
from tests.fake_service import Fake, faked

# As the program's own `main` does: with as many threads as the machine has, fitting a classifier took five times the CPU.
assert "numpy" not in sys.modules, "it reads these when it is loaded"
os.environ.update(dict.fromkeys(THREADS, "1"))
os.environ["XDG_CACHE_HOME"] = os.devnull  # no test keeps unpacked copies
gc.set_threshold(*GARBAGE)

load_profile()

POSTGRES = os.environ.get("CURATE_POSTGRES", "")  # the address of a server, as `.ci/postgres` starts one


@pytest.fixture(autouse=True)
def speak_chinese() -> None:
    """A command of an English account, run before, leaves the terminal's language behind."""
    language._chosen[:] = ["zh"]


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


@pytest.fixture(scope="session", autouse=True)
def _encode_batches_once() -> Iterator[None]:
    """Every night over the demo's web has the same texts encoded, batch by batch."""
    from curate.text import encoder  # numpy comes with it

    load = encoder._universal_sentence_encoder

    @cache
    def encode(texts: tuple[str, ...]) -> encoder.Vectors:
        vectors = load()(texts)
        vectors.setflags(write=False)
        return vectors

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoder, "_universal_sentence_encoder", lambda: lambda texts: encode(tuple(texts)))
        yield


@pytest.fixture(scope="session")
def demo_web() -> Iterator[Server]:
    """The demo's web in its second night. A test that sets another night sets it back."""
    with serve(NOW, night=2) as web:
        yield web


@pytest.fixture
def home(tmp_path: Path, demo_web: Server) -> Path:
    """An account that reads the demo's web and has run no night yet."""
    return lay_out(tmp_path, demo_web)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, demo_web: Server) -> Published:
    """An account after one night, with every picture there is: to be looked at, or copied."""
    home = lay_out(tmp_path_factory.mktemp("published"), demo_web, edit=all_images)
    return publish(home, 1)


@pytest.fixture(scope="session")
def two_nights(tmp_path_factory: pytest.TempPathFactory) -> tuple[Published, Published]:
    """An account after its first night, and the same after its second, with a scheduled collection."""
    scheduled = "collections:\n  - {name: 一周, items: 5}\n"
    with serve(MONDAY, night=1) as web:
        home = lay_out(tmp_path_factory.mktemp("two"), web, MONDAY, lambda feeds: feeds + scheduled)
        first = publish(home, 0, MONDAY)
        first = Published(first.copy(tmp_path_factory.mktemp("one")), first.out, first.err)
        web.night = 2
        return first, publish(home, 1, MONDAY)


@pytest.fixture(scope="session")
def _issue_account(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.desk_account import lay_out_issue  # numpy comes with it

    return lay_out_issue(tmp_path_factory.mktemp("issue"))


@pytest.fixture
def issue_home(_issue_account: Path, tmp_path: Path) -> Path:
    """An account whose seventh issue is out, with an offer that it did not take and something that came later."""
    return shutil.copytree(_issue_account, tmp_path, dirs_exist_ok=True)


@pytest.fixture(scope="session")
def fake_server() -> Iterator[Fake]:
    with faked() as fake:
        yield fake


@pytest.fixture
def fake(fake_server: Fake) -> Fake:
    fake_server.answers, fake_server.asked = [], []
    return fake_server
