"""An account's folder on this machine -> what is scheduled, with the interpreter that runs now."""

from __future__ import annotations

import os
import re
import sys
from datetime import datetime, time
from hashlib import sha256
from pathlib import Path

from curate import __version__
from curate.app.schedule.model import Plan
from curate.app.secrets import secret_names
from curate.app.services.send import known_services
from curate.config.load import Settings
from curate.config.redaction import VARIABLE
from curate.config.schema import Config
from curate.delivery.newsletters import NEWSLETTERS, NewsletterService
from curate.delivery.services import MessageService
from curate.domain.errors import ConfigError
from curate.storage.database.engine import connect
from curate.storage.database.upgrade import file_of

_COMMENT = re.compile(r"(?:^|\s)#.*")


def make_plan(folder: Path, settings: Settings, at: time, now: datetime) -> Plan:
    """Plan a night at a time of day in the account's zone. ConfigError for a folder whose name no file could hold."""
    folder = folder.resolve()
    if any(not c.isprintable() for c in str(folder)):
        raise ConfigError.of("schedule.name", "schedule.name.hint", path=repr(str(folder)))
    owner = folder.stat()
    config = settings.config
    return Plan(
        account=config.account.name,
        label=label_of(folder),
        folder=folder,
        # As it was called: resolved, it would be the system's own, without what a virtual environment has. -P: no module is
        # taken from the folder that it runs in.
        program=(sys.executable, "-P", "-m", "curate"),
        at=at,
        zone=config.account.zone,
        now=now,
        face=datetime.astimezone,
        home=Path.home(),
        user=_name_owner(folder) or str(owner.st_uid),
        owner=(owner.st_uid, owner.st_gid),
        is_root=is_root(),
        writable=_list_writable(folder, config),
        variables=list_variables(settings),
        version=__version__,
    )


def label_of(folder: Path) -> str:
    """What a scheduler calls this folder's night: its own for every folder, in letters that all of them take."""
    words = re.sub(r"[^a-z0-9]+", "-", folder.name.lower()).strip("-")[:20]
    return "-".join(filter(None, ("curate", words, sha256(os.fsencode(folder)).hexdigest()[:8])))


def is_root() -> bool:
    """Whether what is installed is the system's."""
    return os.name == "posix" and os.geteuid() == 0


def list_variables(settings: Settings) -> tuple[str, ...]:
    """The variables of the environment that feeds.yaml uses."""
    config = settings.config
    rows: dict[str, MessageService | NewsletterService] = {**known_services(), **NEWSLETTERS}
    named = [match[1] for match in VARIABLE.finditer(_COMMENT.sub("", settings.text))]
    for service in config.services:
        row = rows.get(service.kind)
        named += [f"{service.env}_{end}" for end in (*row.needs, *row.optional)] if row else []
    named += [*filter(None, (config.notify.ping_env,)), *secret_names(config.network)]
    return tuple(dict.fromkeys(named))


def _list_writable(folder: Path, config: Config) -> tuple[Path, ...]:
    """The folders that a night writes into: the account's, and those that it leads to."""
    engine = connect(config.database, folder, make_folder=False)
    database = file_of(engine)
    engine.dispose()
    led = ((folder / "output").resolve(), *((database.resolve().parent,) if database else ()))
    return (folder, *dict.fromkeys(path for path in led if not path.is_relative_to(folder)))


def _name_owner(folder: Path) -> str:
    try:
        return folder.owner()
    except (KeyError, NotImplementedError):  # an owner without a name; Windows
        return ""
