"""Messages -> sentences. A sentence has its values in braces, as `str.format` has, and says how each is written:

{n:d|.2f|g|…}      a number, as Python formats it
{n:item|items}     the first word where the number is one, the second for any other
{words:quoted}     several, each in quotation marks, joined as the language joins a list
{parts:clauses}    several, joined as the language joins clauses
{words:either}     several, of which one is to be chosen
{ratio:figure}     a measured number: one place behind the point, none from 10 on
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from pkgutil import walk_packages
from string import Formatter
from types import ModuleType
from typing import Any, TypeAlias

from curate.domain.errors import CurateError
from curate.domain.message import IN_LANGUAGES, Message, message
from curate.domain.model import Failure, Reason
from curate.i18n import en, zh

Say: TypeAlias = Callable[..., str]  # says the sentences of one part of the program, by key and values
SayMessage: TypeAlias = Callable[[Message | None], str]  # says messages in the language that somebody chose


def _read_sentences(language: ModuleType) -> dict[str, str]:
    """The sentences of all files of a language: a part of the program is added by a file in each."""
    found = walk_packages(language.__path__, f"{language.__name__}.")
    parts = [import_module(part.name) for part in found if not part.ispkg]
    return {key: sentence for part in parts for key, sentence in part.SENTENCES.items()}


CATALOGUES = {"zh": _read_sentences(zh), "en": _read_sentences(en)}


def say(said: Message | None, language: str) -> str:
    """The message in a language: Chinese unless it has a catalogue; "" for None. KeyError for an unknown key."""
    if said is None:
        return ""
    if said.key == IN_LANGUAGES:
        own = {name: str(words) for name, words in said.values}
        return own.get(language) or next(iter(own.values()), "")
    sentences = CATALOGUES.get(language, CATALOGUES["zh"])
    sentence = sentences[said.key]
    if "{" not in sentence and "}" not in sentence:  # most are: a page says thousands
        return sentence
    return str(_Sentence(language).vformat(sentence, (), dict(said.values)))


def say_in(language: str) -> SayMessage:
    """`say` in this language, for whoever shows messages and need not know in which."""
    return partial(say, language=language)


def speaker(part: str, language: str) -> Say:
    """A function `t(key, **values)` for templates, which says the sentences of one part of the program, such as "site"."""
    return lambda key, **values: say(message(f"{part}.{key}", **values), language)


def labels_of(part: str, language: str) -> dict[str, str]:
    """What one part of the program calls things: its sentences without values, by their keys in it."""
    sentences = CATALOGUES.get(language, CATALOGUES["zh"])
    own = {key.partition(".")[2]: text for key, text in sentences.items() if key.startswith(f"{part}.")}
    return {key: text for key, text in own.items() if "{" not in text}


def say_reasons(reasons: Sequence[Reason], language: str) -> tuple[Reason, ...]:
    """The reasons with their words, for whoever keeps them or shows them; a plugin's may have words already."""
    return tuple(replace(one, words=one.words or say(one.message, language)) for one in reasons)


def say_failure(failure: Failure, language: str) -> Failure:
    """The failure with its words, unless it has them already."""
    reason = failure.reason or say(failure.message, language)
    return replace(failure, reason=reason, hint=failure.hint or say(failure.advice, language))


def say_failures(failures: Iterable[Failure], language: str) -> tuple[Failure, ...]:
    """Each of them with its words."""
    return tuple(say_failure(failure, language) for failure in failures)


def failure_of(subject: str, error: CurateError, language: str) -> Failure:
    """An error as a value, with its words."""
    return say_failure(error.as_failure(subject), language)


class _Sentence(Formatter):
    """Fills one sentence. A class, because that is how the standard library's formatter is extended."""

    def __init__(self, language: str) -> None:
        self.language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Message):
            return say(value, self.language)
        if isinstance(value, (tuple, list)):
            return self._join(
                [one if isinstance(one, str) else say(one, self.language) for one in value], format_spec
            )
        if "|" in format_spec:
            return format_spec.split("|")[int(value != 1)]
        if format_spec == "figure":
            return f"{value:.1f}" if value < 10 else f"{value:.0f}"
        return format(value, format_spec)

    def _join(self, words: Sequence[str], how: str) -> str:
        sentences = CATALOGUES.get(self.language, CATALOGUES["zh"])
        if how == "clauses":
            return sentences["join.clauses"].join(words)
        if how == "either" and len(words) > 1:
            return sentences["join.or"].format(sentences["join.list"].join(words[:-1]), words[-1])
        quote = sentences["join.quote"] if how == "quoted" else "{}"
        return sentences["join.list"].join(quote.format(word) for word in words)
