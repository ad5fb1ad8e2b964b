"""What an issue's copy page can lead to, as output/ has it or will have it when the run is over."""

from __future__ import annotations

import re
from datetime import datetime

from curate.app.account import OpenAccount
from curate.domain.model import Digest
from curate.render.hub import HubLink
from curate.site import paths

_UP = "../../"  # from an issue's folder to output/
_COPY_PAGE = "wechat.html"
_REPORT = re.compile(rb'href="\.\./\.\./runs/([^"/]+\.html)"')


def links_of(account: OpenAccount, digest: Digest, run: str = "") -> tuple[HubLink, ...]:
    """Links from an issue's folder. `run`: the run that makes it now; else its run's report is looked for."""
    found: list[HubLink] = []
    if account.config.site.enabled:
        found.append(HubLink("site", f"{_UP}site/{paths.issue(digest.number)}"))
    found.append(HubLink("replies", f"{_UP}replies.html"))
    if report := run or account.output.find_report(digest.made):
        found.append(HubLink("report", f"{_UP}runs/{report}.html"))
    return (*found, *_find_earlier(account, digest))


def has_lost_report(account: OpenAccount, folder: str) -> bool:
    """Whether an issue's copy page leads to the report of a run that is not there: the run was killed before it wrote one."""
    page = account.output.files(folder, [_COPY_PAGE]).get(_COPY_PAGE, b"")
    named = [found[1].decode() for found in _REPORT.finditer(page)]
    return any(not (account.output.runs / name).is_file() for name in named)


def _find_earlier(account: OpenAccount, digest: Digest) -> tuple[HubLink, ...]:
    """The newest issue before this one that has a copy page."""
    output = account.output
    numbers = {number: name for name, number in account.archive.folders().items() if number < digest.number}
    for number in sorted(numbers, reverse=True):
        if (output.issues / numbers[number] / _COPY_PAGE).is_file():
            return (HubLink("before", f"../{numbers[number]}/{_COPY_PAGE}", number),)
    return ()


def name_run(now: datetime, process: int) -> str:
    """What a run is called, and its report."""
    return f"{now:%Y%m%dT%H%M%SZ}-{process}"
