"""Every failure that the night expects. A bug is anything else, and is raised with its traceback.

CurateError                 what went wrong (`reason`) and what to do about it (`hint`)
├── ConfigError             feeds.yaml cannot be used; carries every problem at once    (exit 1)
├── SourceError             one source or page could not be had or read; becomes a Failure
│   ├── FetchError          the network, the host or its rules said no
│   └── UnreadableError     it arrived, but is not what the reader reads
│       └── NoticeError     a notice stands in its place: a login, a verification, "deleted"
├── ChannelError            a channel refused its own output (its linter found errors)
├── ArchiveError            the database cannot be opened, read or written               (exit 5)
│   ├── StaleError          the issue was changed by somebody else meanwhile
│   └── HeldError           another run holds the account; an OutputError as well
├── NotFoundError           what was asked for is not there: no issue has that number    (exit 2)
└── OutputError             output/ cannot be written, or another run holds it           (exit 5)
"""

from __future__ import annotations

from dataclasses import replace
from typing import Self

from curate.domain.message import Message, Value, message, text
from curate.domain.model import Failure


class CurateError(Exception):
    """An expected failure: `reason` says what happened, `hint` what a person can do; or, where no words were made yet,
    `message` and `advice`, which `i18n` has sentences for."""

    def __init__(
        self,
        reason: str = "",
        hint: str = "",
        *,
        message: Message | None = None,
        advice: Message | None = None,
    ) -> None:
        super().__init__(reason or str(message))
        self.reason = reason
        self.hint = hint
        self.message = message
        self.advice = advice

    @classmethod
    def of(cls, key: str, advice: str | Message = "", /, **values: Value) -> Self:
        """The error that says the sentence of `key`, filled with the values, and gives this advice, or that of this key."""
        if isinstance(advice, str):
            return cls(message=message(key, **values), advice=message(advice) if advice else None)
        return cls(message=message(key, **values), advice=advice)

    @property
    def explanation(self) -> Message:
        """What went wrong, whether its words were made yet or not."""
        return self.message or text(self.reason)

    def as_failure(self, subject: str) -> Failure:
        """The error as a value. Words that were not made yet are for `i18n` to make."""
        return Failure(subject, self.reason, self.hint, message=self.message, advice=self.advice)


class ConfigError(CurateError):
    """feeds.yaml cannot be used. `problems` holds one printable line for each mistake found; () where `message` tells them."""

    def __init__(
        self,
        problems: tuple[str, ...] = (),
        hint: str = "",
        *,
        message: Message | None = None,
        advice: Message | None = None,
    ) -> None:
        super().__init__("\n".join(problems), hint, message=message, advice=advice)
        self.problems = problems


class SourceError(CurateError):
    """One source or page could not be had or read; the night goes on without it."""


class FetchError(SourceError):
    """The network, the host or its rules said no. `status` is the HTTP status, 0 where there was none."""

    def __init__(
        self,
        reason: str = "",
        hint: str = "",
        status: int = 0,
        *,
        message: Message | None = None,
        advice: Message | None = None,
    ) -> None:
        super().__init__(reason, hint, message=message, advice=advice)
        self.status = status


class UnreadableError(SourceError):
    """A document arrived, but is not what its reader reads."""


class NoticeError(UnreadableError):
    """A notice stands where a document should. `is_gone`: it says that there is no such document any more."""

    def __init__(
        self,
        reason: str = "",
        hint: str = "",
        *,
        is_gone: bool = False,
        message: Message | None = None,
        advice: Message | None = None,
    ) -> None:
        super().__init__(reason, hint, message=message, advice=advice)
        self.is_gone = is_gone

    def as_failure(self, subject: str) -> Failure:
        """The notice as a value, which says whether there is nothing any more."""
        return replace(super().as_failure(subject), is_gone=self.is_gone)


class ChannelError(CurateError):
    """A channel refused its own output."""


class ArchiveError(CurateError):
    """The database cannot be opened, read or written."""


class StaleError(ArchiveError):
    """An issue was changed since it was looked at; `revision` is its newest, 0 where that was not asked."""

    def __init__(self, revision: int = 0) -> None:
        super().__init__("这一期刚刚在别处改过（changed elsewhere meanwhile）", "先看看现在的样子，再改。")
        self.revision = revision


class OutputError(CurateError):
    """The output folder cannot be written, or another run holds it."""


class HeldError(ArchiveError, OutputError):
    """Another run holds the account, or its archive."""


class NotFoundError(CurateError):
    """What was asked for is not there."""
