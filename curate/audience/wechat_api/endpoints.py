"""TABLE of the official data interfaces of verified accounts: what each answers, for which days, and how it is read. Pure.

All are POST /datacube/<name>?access_token=… with {"begin_date", "end_date"}; yesterday's data come after 08:00 in China.
Two families: until the end of October 2025 getarticletotal and its kin (people and times, seven days a post), from
1 November 2025 getarticletotaldetail and its kin (people alone, thirty days a post), which replace them. Origin:
developers.weixin.qq.com, /doc/service/api/wedata/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from curate.audience.wechat_api import responses
from curate.audience.wechat_api.responses import Answer, PostKeys, Read

CHINA = ZoneInfo("Asia/Shanghai")
READY = time(8)  # of the next day
FIRST = date(2014, 12, 1)  # nothing is stored of earlier days
SUCCEEDED = date(2025, 11, 1)  # from here on the newer family has data, and nothing of earlier days


@dataclass(frozen=True, slots=True)
class Interface:
    """One interface: the most days of one call, the days it has, and for how many days a day's data go on changing."""

    name: str
    days: int  # the difference of begin and end must be smaller
    read: Callable[[Answer, PostKeys], Read]
    family: str = ""  # "old", "new"; "" belongs to both
    first: date = FIRST
    grows: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    interface: Interface
    begin: date
    end: date

    @property
    def span(self) -> list[date]:
        return [self.begin + timedelta(days=n) for n in range((self.end - self.begin).days + 1)]


INTERFACES: tuple[Interface, ...] = (
    Interface("getarticletotaldetail", 1, responses.article_total, "new", SUCCEEDED, grows=30),
    Interface("getbizsummary", 30, responses.biz_summary, "new", SUCCEEDED),
    Interface("getarticletotal", 1, responses.article_total, "old", grows=7),
    Interface("getarticlesummary", 1, responses.article_summary, "old"),
    Interface("getuserread", 3, responses.user_read, "old"),
    Interface("getusershare", 7, responses.user_share, "old"),
    Interface("getusersummary", 7, responses.user_summary),
    Interface("getusercumulate", 7, responses.user_cumulate),
)


def last_day(now: datetime) -> date:
    """The latest day of which data are ready: yesterday from 08:00 in China on, before that the day before."""
    here = now.astimezone(CHINA)
    return here.date() - timedelta(days=1 if here.time() >= READY else 2)


def plan(
    since: date, now: datetime, pulled: Mapping[tuple[str, date], datetime], family: str = "new"
) -> list[Call]:
    """The calls that are still wanted: days from `since` on that were not pulled, or went on changing since they were.

    `family` says who answers for days that both could have: the newer, or the older where the newer is refused.
    """
    calls = []
    for interface in INTERFACES:
        last = last_day(now)
        if interface.family == "new" and family == "old":
            continue
        if interface.family == "old" and family == "new":
            last = min(last, SUCCEEDED - timedelta(days=1))
        wanted = []
        day = max(since, interface.first)
        while day <= last:
            if not _is_settled(interface, day, pulled.get((interface.name, day))):
                wanted.append(day)
            day += timedelta(days=1)
        calls += [Call(interface, part[0], part[-1]) for part in _runs(wanted, interface.days)]
    return calls


def _is_settled(interface: Interface, day: date, noted: datetime | None) -> bool:
    """Whether a day's data had stopped changing when they were pulled."""
    if noted is None:
        return False
    return last_day(noted) >= day + timedelta(days=interface.grows)


def _runs(days: Sequence[date], most: int) -> Iterator[list[date]]:
    """Consecutive days, at most so many together."""
    part: list[date] = []
    for day in days:
        if part and (day - part[-1] != timedelta(days=1) or len(part) == most):
            yield part
            part = []
        part.append(day)
    if part:
        yield part
