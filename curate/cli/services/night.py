"""A night told to the services of `notify`, and to the dead man's switch; what they answered is told at the terminal."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from curate.app.exit_codes import ExitCode
from curate.app.run_night import NightDone
from curate.app.services.alerts import alert, condition_of_error, conditions_of, ping_switch
from curate.cli.services.telling import tell_sent
from curate.cli.terminal.console import complain, complain_of
from curate.cli.terminal.language import say_here
from curate.config.schema import Config
from curate.delivery.alerts import Condition
from curate.domain.errors import CurateError
from curate.i18n.catalogue import failure_of


class NightAlerts:
    """The alerts of one night; making it tells the switch that the night begins."""

    def __init__(self, config: Config, folder: Path, now: datetime) -> None:
        self._config, self._folder, self._now = config, folder, now
        self._tell_switch("start")

    def tell_night(self, done: NightDone, status: ExitCode) -> None:
        """Tell of a night that came to its end."""
        self._tell(conditions_of(done, status))
        self._tell_switch("" if status in (ExitCode.OK, ExitCode.NOTHING_NEW) else str(int(status)))

    def tell_error(self, error: CurateError) -> None:
        """Tell of one that did not."""
        self._tell([condition_of_error(error)])
        self._tell_switch("fail", str(error))

    def _tell(self, conditions: Sequence[Condition]) -> None:
        try:
            sent = alert(self._config, self._folder, conditions, os.environ, self._now)
        except CurateError as e:  # the night is what counts: an alert that cannot be kept must not end it
            complain_of(failure_of("notify", e, self._config.account.language))
            return
        for one in sent:
            tell_sent(one)

    def _tell_switch(self, suffix: str, words: str = "") -> None:
        if trouble := ping_switch(self._config, os.environ, suffix, words):
            complain(say_here("told.ping", why=trouble))
