"""What no single value of feeds.yaml can tell: names taken twice, names that no table has, nothing to do. Pure."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from curate.config.json_schema import SourceKind, check_options
from curate.config.messages import Problem, Where, in_words, misspelt, unknown
from curate.config.schema import OTHER, Config, Source
from curate.config.values import Shape
from curate.domain.message import message

_SECRET = re.compile(
    r"auth|key|token|cookie|secret|password", re.IGNORECASE
)  # names of headers that hold one


class KnownNames(NamedTuple):
    """The names that the tables know."""

    readers: Mapping[str, SourceKind]
    channels: Collection[str]
    signals: Collection[str] = ()
    themes: Collection[str] = ()
    bare: bool = False  # no sources are no mistake: some are about to be added, or all are only listed


def cross_checks(value: dict[Any, Any], tables: KnownNames) -> Iterator[Problem]:
    """What no single value can tell: names taken twice, and names that no table has."""
    topics, sources = _mappings(value.get("topics")), _mappings(value.get("sources"))
    yield from _find_doubles("topics", [(i, "id", t.get("id")) for i, t in topics])
    named = [(i, "id" if s.get("id") else "name", s.get("id") or s.get("name")) for i, s in sources]
    yield from _find_doubles("sources", named)
    if isinstance(value.get("topics"), list) and not value["topics"]:
        yield ("topics",), message("config.at least one topic")
    yield from _nothing_to_do(value, tables)
    for i, topic in topics:
        if topic.get("id") == OTHER:
            yield (
                ("topics", i, "id"),
                message("config.value is what belongs", value=OTHER),
            )
    known = {str(t["id"]): t.get("name") for _, t in topics if t.get("id")}
    for i, source in sources:
        yield from _source_checks(i, source, known, tables)
    reviews = _mappings(value.get("collections"))
    yield from _find_doubles("collections", [(i, "name", review.get("name")) for i, review in reviews])
    for i, review in reviews:
        yield from _check_name(("collections", i, "topic"), review.get("topic"), "topic", known)
    chosen = value.get("channels")
    for i, channel in enumerate(chosen if isinstance(chosen, list) else ()):
        yield from _check_name(("channels", i), channel, "channel", tables.channels)
    if isinstance(look := value.get("look"), dict):
        yield from _check_name(("look", "theme"), look.get("theme"), "theme", tables.themes)
    digest = value.get("digest")
    weights = digest.get("weights") if isinstance(digest, dict) else None
    for name in weights if isinstance(weights, dict) else ():
        yield from _check_name(("digest", "weights", name), name, "signal", tables.signals)


def _nothing_to_do(value: dict[Any, Any], tables: KnownNames) -> Iterator[Problem]:
    sources = value.get("sources")
    if isinstance(sources, list) and not tables.bare:
        if not sources:
            yield ("sources",), message("config.at least one source")
        elif all(isinstance(s, dict) and s.get("enabled") is False for s in sources):
            yield ("sources",), message("config.all are disabled at")
    if value.get("channels") == []:
        yield ("channels",), message("config.at least one channel")


def _source_checks(
    i: int, source: dict[Any, Any], topics: Mapping[str, Any], tables: KnownNames
) -> Iterator[Problem]:
    topic = source.get("topic")
    meant = next((key for key, name in topics.items() if name == topic), None)
    if isinstance(topic, str) and topic not in topics and meant:
        yield (
            ("sources", i, "topic"),
            message("config.is a topic s", meant=meant),
        )
    else:
        yield from _check_name(("sources", i, "topic"), topic, "topic", topics)
    reader = source.get("reader", "feed")
    yield from _check_name(("sources", i, "reader"), reader, "reader", tables.readers)
    if kind := tables.readers.get(str(reader)):
        for key in kind.needs:
            if source.get(key) in (None, "") and not misspelt(source, key):
                yield ("sources", i), message("config.reader reader needs key", reader=reader, key=key)
        yield from _option_checks(i, source, kind.options)


def _option_checks(i: int, source: Mapping[Any, Any], shape: type[Shape] | None) -> Iterator[Problem]:
    """What is wrong with the options that a source has for its own kind."""
    given = source.get("options", {})
    where = ("sources", i, "options")
    if not isinstance(given, dict):
        return  # the shape of a source tells it
    if shape is None:
        if given:
            yield where, message("config.its reader takes no")
        return
    for mistake in check_options(shape, given, where):
        yield in_words(mistake, _value_at(given, mistake.where[len(where) :]))


def _value_at(value: Any, steps: Where) -> Any:
    for step in steps:
        if isinstance(value, dict):
            value = value.get(step)
        else:
            value = value[step] if isinstance(value, list) and isinstance(step, int) else None
    return value


def read_twice(config: Config, subscriptions: Callable[[Source], Iterable[str]]) -> Iterator[Problem]:
    """Sources that read what another one reads. `subscriptions`: keys of what a source reads, alike for all spellings of one."""
    first: dict[str, int] = {}
    for i, source in enumerate(config.sources):
        for key in subscriptions(source) if source.enabled else ():
            other = first.setdefault(key, i)
            if other != i:
                name = config.sources[other].name
                yield (
                    ("sources", i, "url" if source.url else "route"),
                    message("config.is read by name", name=name, index=other),
                )


def no_folders(config: Config, is_there: Callable[[str], bool]) -> Iterator[Problem]:
    """Sources whose folder of originals is not there."""
    for i, source in enumerate(config.sources):
        if source.enabled and source.folder is not None and not is_there(source.folder):
            yield (
                ("sources", i, "folder"),
                message("config.there is no folder", folder=source.folder),
            )


def _check_name(where: Where, name: Any, kind: str, known: Collection[str]) -> Iterator[Problem]:
    if isinstance(name, str) and name not in known:
        yield where, unknown(kind, name, known)


def _mappings(value: Any) -> list[tuple[int, dict[Any, Any]]]:
    return [(i, v) for i, v in enumerate(value) if isinstance(v, dict)] if isinstance(value, list) else []


def _find_doubles(group: str, rows: list[tuple[int, str, Any]]) -> Iterator[Problem]:
    first: dict[Any, int] = {}
    for i, key, name in rows:
        if not isinstance(name, str):
            continue
        if name in first:
            at = f"{group}[{first[name]}]"
            yield (group, i, key), message("config.name is taken by", name=name, at=at)
        first.setdefault(name, i)


def open_secrets(config: Config, text: str) -> Iterator[Problem]:
    """Sources whose password or key stands in the file itself, where whoever gets the file gets it too."""
    for i, source in enumerate(config.sources):
        for name, secret in source.headers.items():
            key = secret.get_secret_value().rpartition(" ")[2]
            password = _password(key)
            if password and (password in text or quote(password, safe="") in text):
                place, example = "url", "https://ed:${MY_PASSWORD}@…"
            elif _SECRET.search(name) and key in text:
                place, example = "headers", f'{name}: "${{MY_KEY}}"'
            else:
                continue
            yield (
                ("sources", i, place),
                message("config.a secret stands in", example=example),
            )


def _password(basic: str) -> str:
    """The password in what follows `Basic ` in a header; "" where there is none."""
    try:
        return b64decode(basic, validate=True).decode().partition(":")[2]
    except ValueError:
        return ""
