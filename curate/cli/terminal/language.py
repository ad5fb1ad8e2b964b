"""The language that the terminal speaks: the account's, where a command is about one; else the system's; else Chinese."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from curate.domain.message import Message, Value, message
from curate.i18n.catalogue import say

_ENGLISH = re.compile(r"^[^#\n]*\blanguage\s*:\s*[\"']?en\b", re.MULTILINE)
_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set counts, as POSIX has it

_chosen = ["zh"]  # of this process


def choose_language(args: Sequence[str], environ: Mapping[str, str] = os.environ) -> str:
    """The language of the account that `args` name, and from now on of what the terminal says. "" where there is none:
    then the locale decides."""
    own = account_language(folder_of(args))
    locale = next((value for name in _LOCALES if (value := environ.get(name))), "")
    _chosen[:] = [own or ("en" if locale.startswith("en") else "zh")]
    return own


def language_of_terminal() -> str:
    """The language that was chosen."""
    return _chosen[0]


def speak_in(language: str) -> None:
    """Speak this language from now on, as a command was told."""
    _chosen[:] = [language]


def speak_as(folder: Path) -> None:
    """Speak the language of an account that a command made or brought, if there is one now."""
    _chosen[:] = [account_language(folder) or _chosen[0]]


def say_here(said: Message | str | None, /, **values: Value) -> str:
    """Say a message, or the sentence of a key with its values, in the language of the terminal."""
    return say(message(said, **values) if isinstance(said, str) else said, _chosen[0])


def usage_error(key: str, /, **values: Value) -> click.UsageError:
    """Make the error that tells how a command is used, of a sentence."""
    return click.UsageError(say_here(key, **values))


def bad_value(key: str, /, **values: Value) -> click.BadParameter:
    """Make the error of an option's value, of a sentence."""
    return click.BadParameter(say_here(key, **values))


def folder_of(args: Sequence[str]) -> Path:
    """The account's folder that a command line names, before click has read it; the current one otherwise."""
    for arg, following in zip(args, [*args[1:], ""], strict=True):
        if arg in ("-C", "--folder") and following:
            return Path(following)
        if arg.startswith("--folder="):
            return Path(arg.partition("=")[2])
        if arg.startswith("-C") and len(arg) > len("-C"):
            return Path(arg[len("-C") :])
    return Path()


def account_language(folder: Path) -> str:
    """What feeds.yaml says; it is not read properly, for it may have mistakes in it. "" where there is none."""
    try:
        text = (folder / "feeds.yaml").read_text("utf-8", "replace")
    except OSError:
        return ""
    return "en" if _ENGLISH.search(text) else "zh"
