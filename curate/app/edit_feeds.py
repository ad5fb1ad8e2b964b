"""What the commands that change feeds.yaml share: one at a time, checked before it is written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import reduce
from pathlib import Path

from filelock import FileLock, Timeout

from curate.app.account import check_config, read_settings
from curate.config.edit import append
from curate.config.load import NAME, Settings, read_text
from curate.config.schema import Config, Source
from curate.domain.errors import OutputError
from curate.sources import addresses
from curate.sources.subscriptions import subscription_key
from curate.storage.output import write_file

BOM = "\ufeff"  # some Windows editors begin a file with it
PATIENCE = 60  # seconds that one waits for others who change the file: each takes well under one


@contextmanager
def hold_settings(folder: Path) -> Iterator[Settings]:
    """The settings as they are now, which no other command changes meanwhile. OutputError where one never ends.

    The system frees the lock if we are killed. It lies in output/, where all else lies that the program makes.
    """
    output = folder / "output"
    lock = FileLock(output / ".feeds.lock")
    try:
        output.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=PATIENCE)
    except Timeout as e:
        raise OutputError(
            "别的命令一直占着 feeds.yaml（another command holds feeds.yaml）", "等它结束后再运行。"
        ) from e
    except OSError as e:
        raise OutputError(f"{output}: {e.strerror or e}", "检查文件夹是否可写。") from e
    try:
        yield read_settings(folder, os.environ, bare=True)
    finally:
        lock.release()


def amend(folder: Path, groups: Mapping[str, Sequence[Mapping[str, str]]]) -> None:
    """Append to feeds.yaml, checked before it is written: a mistake changes nothing, and line ends stay.

    To be called within `hold_settings`, so that nobody else's change is lost.
    """
    if any(groups.values()):
        rewrite(folder, lambda text: reduce(lambda made, each: append(made, *each), groups.items(), text))


def rewrite(folder: Path, change: Callable[[str], str]) -> Config | None:
    """Change feeds.yaml's text, checked before it is written; the settings that it says then, None where it stays as it is.
    ConfigError where they would be wrong.

    To be called within `hold_settings`, so that nobody else's change is lost.
    """
    whole = read_text(folder / NAME, exact=True)
    text = whole.removeprefix(BOM)
    changed = change(text)
    if changed == text:
        return None
    config = check_config(changed, folder, os.environ)
    write_file(folder / NAME, whole[: len(whole) - len(text)] + changed, replace=True)
    return config


def outside(text: str) -> str:
    """A text from outside as feeds.yaml may have it: `${NAME}` in it would be filled in from the environment,
    and so hand a secret to whoever wrote it."""
    return text.replace("${", "$%7B" if "://" in text else "$ {")


def source_names(config: Config) -> set[str]:
    """What no new source may be called."""
    return {name for source in config.sources for name in (source.id, source.name)}


def source_keys(config: Config) -> dict[str, Source]:
    """The sources by the key of each address that they are read at."""
    return {
        subscription_key(url): source
        for source in config.sources
        for url in addresses(source, config.network)
    }


def unique(name: str, taken: set[str], most: int = 50) -> str:
    """The name, shortened to what feeds.yaml takes, with a number where it is taken; it is taken from now on."""
    base = name.strip()
    numbered = (f"{base[: most - 1 - len(str(n))]}-{n}" for n in range(2, len(taken) + 3))
    free = next(each for each in (base[:most], *numbered) if each not in taken)
    taken.add(free)
    return free
