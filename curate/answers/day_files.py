"""DOOR: how often readers asked for what, a file a day, a line a question, and no word of who asked.

    output/answers/2026-11-30.txt     "31205", "topic:ai", "search" …

The webhook appends; the night puts the days into the archive and takes away those that are over. So the webhook never
waits for the archive, and may run where nothing else of the account does.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

FOLDER = "answers"  # in output/


class DayFiles:
    """The counts that are not yet in the archive. `output`: the account's output folder."""

    def __init__(self, output: Path) -> None:
        self._folder = output / FOLDER

    def add(self, asked: str, day: date) -> None:
        """Count one question. Written at once, so that a killed process loses nothing."""
        self._folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(
            self._folder / f"{day.isoformat()}.txt", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644
        )
        try:
            os.write(handle, f"{' '.join(asked.split())}\n".encode())
        finally:
            os.close(handle)

    def read(self) -> dict[date, Mapping[str, int]]:
        """Day -> what was asked for -> how often."""
        return {
            day: Counter(filter(None, path.read_text("utf-8", "replace").splitlines()))
            for day, path in self._days()
        }

    def remove_over(self, today: date) -> None:
        """Take away the days that nobody writes any more: those before yesterday."""
        for day, path in self._days():
            if day < today - timedelta(days=1):
                path.unlink(missing_ok=True)

    def _days(self) -> list[tuple[date, Path]]:
        found = []
        for path in sorted(self._folder.glob("*.txt")):
            try:
                found.append((date.fromisoformat(path.stem), path))
            except ValueError:
                continue  # not ours
        return found
