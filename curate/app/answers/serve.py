"""The webhook of an account: its secrets from the environment, its table as the night left it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from starlette.applications import Starlette

from curate.answers.day_files import DayFiles
from curate.answers.encryption import MessageCipher, read_key
from curate.answers.endpoint import Endpoint
from curate.answers.server import answers_app
from curate.answers.table import AnswerTable
from curate.app.account import load_config
from curate.app.answers.table import TABLE
from curate.app.secrets import answer_names, wechat_names
from curate.config.schema import Config
from curate.domain.errors import ArchiveError, ConfigError
from curate.domain.message import message
from curate.domain.serialization import from_json
from curate.i18n.catalogue import say

LOOK_AGAIN = 1.0  # seconds between two looks at the table's time


@dataclass(slots=True)
class TableFile:
    """The table as the file has it, read again when it was replaced. What cannot be read leaves the old one in force."""

    path: Path
    clock: Callable[[], float] = time.monotonic
    _table: AnswerTable = field(default_factory=AnswerTable)
    _seen: tuple[int, int] = (0, 0)  # of the file: time and inode
    _looked: float = float("-inf")

    def __call__(self) -> AnswerTable:
        if self.clock() - self._looked >= LOOK_AGAIN:
            self._looked = self.clock()
            self._look()
        return self._table

    def _look(self) -> None:
        try:
            state = self.path.stat()
            if (state.st_mtime_ns, state.st_ino) != self._seen:
                self._table = from_json(AnswerTable, self.path.read_bytes())
                self._seen = state.st_mtime_ns, state.st_ino
        except (OSError, ArchiveError):
            return


def make_endpoint(
    config: Config, folder: Path, environ: Mapping[str, str], now: Callable[[], datetime]
) -> Endpoint:
    """The account's end of the platform's messages. ConfigError where a secret is missing or is none."""
    token, key, previous = answer_names(config.network)
    appid = wechat_names(config.network)[0]
    problems = []
    if not environ.get(token, "").strip():
        problems.append(say(message("answers.no token", name=token), config.account.language))
    ciphers = []
    for name in (key, previous):
        text = environ.get(name, "").strip()
        if not text:
            continue
        secret = read_key(text)
        if secret is None:
            problems.append(say(message("answers.no key", name=name), config.account.language))
        elif not environ.get(appid, "").strip():
            problems.append(say(message("answers.no appid", name=appid), config.account.language))
        else:
            ciphers.append(MessageCipher(secret, environ[appid].strip()))
    if problems:
        raise ConfigError(tuple(dict.fromkeys(problems)))
    output = folder / "output"
    files, zone = DayFiles(output), config.account.zone
    return Endpoint(
        environ[token].strip(),
        tuple(ciphers),
        TableFile(output / TABLE),
        lambda asked: files.add(asked, now().astimezone(zone).date()),
    )


def open_app(config: Config, folder: Path) -> Starlette:
    """The webhook of an account, by this machine's clock. ConfigError as of `make_endpoint`."""
    return answers_app(make_endpoint(config, folder, os.environ, partial(datetime.now, UTC)), time.time)


def create_app() -> Starlette:
    """The webhook of the account in the folder CURATE_FOLDER, for whoever mounts it: `uvicorn --factory`."""
    folder = Path(os.environ.get("CURATE_FOLDER", "."))
    config = load_config(folder, os.environ)
    return open_app(config, folder)
