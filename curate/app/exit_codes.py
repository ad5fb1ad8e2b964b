"""The exit status of every command."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a command's exit status tells the program that started it."""

    OK = 0
    INVALID = 1  # feeds.yaml, or the page that `curate lint` was given, has errors
    USAGE = 2
    NOTHING_NEW = 3
    NO_SOURCE = 4  # not one source, or page, could be read
    NO_OUTPUT = 5  # the archive or output/ cannot be used, or every channel refused
    BUG = 70  # EX_SOFTWARE of sysexits.h
    STOPPED = 130  # 128 + SIGINT, as shells count
