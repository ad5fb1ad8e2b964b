"""What the program has to say, as a key and its values: `i18n` makes sentences of it, in whatever language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Message:
    """A key of the catalogues, and the values that its sentence has room for, by name.

    A value may be a message itself, or several values, which the language joins.
    """

    key: str
    values: tuple[tuple[str, Value], ...] = ()


Value: TypeAlias = "str | int | float | Message | tuple[str | Message, ...]"


def message(key: str, /, **values: Value) -> Message:
    """Make a message. Values keep the order in which they are named."""
    return Message(key, tuple(values.items()))


def text(words: str) -> Message:
    """Make a message of words that are said already."""
    return message("text", text=words)


IN_LANGUAGES = "in languages"  # the key of a message that brings its own sentences


def in_languages(**sentences: str) -> Message:
    """Make a message that brings its sentence in each language, by "zh" and "en": for what no catalogue knows, as what an
    installed package says, or a row of a table that has nothing else to say. The first stands for languages that it lacks."""
    return Message(IN_LANGUAGES, tuple(sentences.items()))


def all_of(parts: Iterable[Message]) -> Message:
    """Make one message of several, one clause after the other; of one, that one."""
    every = tuple(parts)
    return every[0] if len(every) == 1 else message("all", parts=every)


def shorten(said: Message, most: int) -> Message:
    """Cut every text among a message's values to `most` characters, for what a hostile title may hold."""
    return change_texts(said, lambda text: text[:most])


def change_texts(said: Message, change: Callable[[str], str]) -> Message:
    """Change every text among a message's values, and among those of the messages in it."""

    def change_value(value: Value) -> Value:
        if isinstance(value, tuple):
            return tuple(change(one) if isinstance(one, str) else change_texts(one, change) for one in value)
        if isinstance(value, Message):
            return change_texts(value, change)
        return change(value) if isinstance(value, str) else value

    return replace(said, values=tuple((name, change_value(value)) for name, value in said.values))
