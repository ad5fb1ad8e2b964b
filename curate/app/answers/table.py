"""The webhook's table, written by the night, and what the webhook counted, put into the archive."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from curate.answers.day_files import DayFiles
from curate.answers.keyword_rules import INTERFACE, BackOfficeReplies, read_back_office
from curate.answers.table import make_table
from curate.app.account import OpenAccount
from curate.domain.errors import ArchiveError, ConfigError
from curate.domain.message import message
from curate.domain.serialization import from_json, to_json
from curate.fetch.wechat_session import WechatSession
from curate.storage.generated import GeneratedFolder
from curate.storage.output import write_file

TABLE = "answers.json"  # in output/
OWN = "keyword_replies.json"  # beside feeds.yaml: what the back office had, for the editor to change


def write_table(account: OpenAccount) -> None:
    """Write the table that the webhook answers from, where the account has one."""
    config = account.config
    if config.answers is None:
        return
    reviews = sorted(account.output.reviews().values(), key=lambda digest: digest.date, reverse=True)
    made = make_table(config, account.archive.issues.backwards(), reviews, read_own(account.folder))
    GeneratedFolder(account.output.root).put(TABLE, to_json(made))


def read_own(folder: Path) -> BackOfficeReplies:
    """The account's own keyword replies. ConfigError where the file cannot be read."""
    path = folder / OWN
    if not path.is_file():
        return BackOfficeReplies()
    try:
        return from_json(BackOfficeReplies, path.read_bytes())
    except ArchiveError as e:
        raise ConfigError(message=message("answers.own", file=OWN, said=e.explanation)) from e


def import_own(session: WechatSession, folder: Path) -> BackOfficeReplies:
    """Ask the platform what the back office replies, and keep it beside feeds.yaml in place of what was there."""
    found = read_back_office(session.get(INTERFACE))
    write_file(folder / OWN, to_json(found, indent=2).decode(), replace=True)
    return found


def store_counts(account: OpenAccount, today: date) -> None:
    """Put what the webhook counted into the archive, and take away the days that are over."""
    files = DayFiles(account.output.root)
    days = files.read()
    if days:
        account.archive.keep_requests(days)
        files.remove_over(today)
