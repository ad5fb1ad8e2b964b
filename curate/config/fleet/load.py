"""DOOR to fleet.yaml: found above an account's folder, read, and every mistake told with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from curate.config.fleet.schema import Fleet
from curate.config.json_schema import validate_shape
from curate.config.load import parse_document, read_text, tell_problems
from curate.config.messages import in_words
from curate.domain.errors import ConfigError
from curate.domain.message import message
from curate.i18n.catalogue import say

FLEET = "fleet.yaml"


def load_fleet(folder: Path, environ: Mapping[str, str]) -> Fleet:
    """The fleet of a folder; ConfigError with all mistakes of its fleet.yaml."""
    return parse_fleet(read_text(folder / FLEET), environ)


def parse_fleet(text: str, environ: Mapping[str, str]) -> Fleet:
    """The same for a text; ConfigError with all mistakes. An empty one is a fleet as usual."""
    document = parse_document(text, FLEET, environ)
    fleet, mistakes = validate_shape(Fleet, document.value)
    problems = document.problems + [in_words(mistake, None) for mistake in mistakes]
    if fleet is None or problems:
        raise ConfigError(tell_problems(FLEET, document, problems, zh=True), say(message("fleet.help"), "zh"))
    return fleet


def list_accounts(fleet: Fleet, folder: Path) -> dict[str, Path]:
    """Name -> folder of every account, in the order of their names: a folder with a feeds.yaml. A name is the folder's path
    from fleet.yaml, so that no two are the same."""
    found = {path for pattern in fleet.accounts for path in _match(folder, pattern)}
    return {path.relative_to(folder).as_posix(): path for path in sorted(found)}


def find_fleet(account: Path) -> Path | None:
    """The folder whose fleet.yaml an account's folder is below; None where it is alone."""
    return next((above for above in account.resolve().parents if (above / FLEET).is_file()), None)


def _match(folder: Path, pattern: str) -> Iterator[Path]:
    for path in folder.glob(pattern.strip("/")):
        if (path / "feeds.yaml").is_file():
            yield path
