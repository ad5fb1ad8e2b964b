"""What the evidence of some weeks suggests about the sources: which to give up, and which site to add. Pure.

health, days, chosen     -> dead, silent, never chosen
links within the entries -> sites that several sources cite and none of them is
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from curate.config.schema import Config, Source
from curate.pipeline.reading.polling import silence
from curate.sources import addresses
from curate.storage import Health

NIGHTS = 60  # issues that a source had the chance to be in
DEAD = timedelta(days=14)  # every try failed for so long
SILENT = timedelta(days=60)  # nothing new for so long, and longer than its rhythm allows
WITHOUT_RHYTHM = timedelta(
    days=180
)  # the same, of a source of which too few days are known to tell what is usual
CITED_BY = 3  # sources
CITED_FOR = timedelta(days=60)  # days of entries whose links are looked at
MOST_CITED = 10  # sites that are named

_FURNITURE = 0.5  # of a source's entries: what more of them link to stands around the text, not in it
_FEW = 4  # entries; of fewer no share is taken
_LINK = re.compile(r"""href\s*=\s*["']?(https?://[^"'\s<>]+)""", re.IGNORECASE)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|mp[34]|pdf|zip|css|js)(?:$|\?)", re.IGNORECASE)
# No publication of one voice, or none with a feed of its own: platforms, shops, encyclopedias, stores, short addresses.
_NO_PUBLICATION = frozenset({
    "weibo.com", "weibo.cn", "t.cn", "qq.com", "zhihu.com", "bilibili.com", "b23.tv", "douyin.com",
    "xiaohongshu.com", "xhslink.com", "douban.com", "toutiao.com", "baidu.com", "sogou.com", "bing.com",
    "google.com", "youtube.com", "youtu.be", "x.com", "twitter.com", "t.co", "facebook.com", "instagram.com",
    "threads.net", "tiktok.com", "linkedin.com", "reddit.com", "t.me", "telegram.me", "discord.gg",
    "discord.com", "github.com", "gitlab.com", "githubusercontent.com", "wikipedia.org", "wikimedia.org",
    "archive.org", "doi.org", "apple.com", "microsoft.com", "amazon.com", "amazon.cn", "taobao.com",
    "tmall.com", "jd.com", "pinduoduo.com", "steampowered.com", "xiaoyuzhoufm.com", "spotify.com", "bit.ly",
    "dwz.cn", "feedburner.com", "rsshub.app", "anyfeeder.com", "w3.org", "gov.cn", "creativecommons.org",
    "medium.com", "bsky.app", "flickr.com", "quora.com", "stackoverflow.com", "stackexchange.com",
    "goodreads.com", "meetup.com", "amzn.to",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceEvidence:
    """What is known of the sources: the state of each document, the days with entries, when each was first read, which
    sources the newest NIGHTS issues took from, the day of the oldest of those (None while there are fewer), and who cites
    which site for how many entries."""

    states: Mapping[tuple[str, str], Health]
    days: Mapping[str, Sequence[date]]
    begun: Mapping[str, datetime]
    chosen: frozenset[str]
    nights_since: date | None
    citations: Mapping[str, frozenset[str]]


class Suggestion(NamedTuple):
    """Something to do about a source, or about a site that is none. `key` is what is said (i18n, `cli.suggest_…`)."""

    key: str
    subject: str
    """The source's name, or the site's host."""
    values: Mapping[str, str | int]
    command: tuple[str, ...]
    """The words of `curate sources …` that does it."""


def suggest(config: Config, evidence: SourceEvidence, now: datetime) -> list[Suggestion]:
    """What the evidence suggests: at most one thing about each source, then the sites that several of them cite."""
    found = [
        suggestion
        for source in config.sources
        if source.enabled and (suggestion := _suggest_about(source, config, evidence, now))
    ]
    return [*found, *_suggest_sites(config, evidence)]


def _suggest_about(
    source: Source, config: Config, evidence: SourceEvidence, now: datetime
) -> Suggestion | None:
    known = [
        state for url in addresses(source, config.network) if (state := evidence.states.get((source.id, url)))
    ]
    off = ("disable", source.name)
    if known and all(_is_dead(state, now) for state in known):
        failing = min((state.failing for state in known if state.failing), default=None)
        if failing is None:
            return Suggestion("gone", source.name, {}, off)
        since = f"{failing.astimezone(config.account.zone):%Y-%m-%d}"
        return Suggestion("dead", source.name, {"since": since}, off)
    days = evidence.days.get(source.id, ())
    today = now.astimezone(config.account.zone).date()
    if days and known and _is_silent(days, today):
        return Suggestion("silent", source.name, {"last": f"{days[-1]:%Y-%m-%d}"}, off)
    if _is_never_chosen(source, evidence):
        return Suggestion("never_chosen", source.name, {"nights": NIGHTS}, off)
    return None


def _is_dead(state: Health, now: datetime) -> bool:
    return state.gone or (state.failures > 0 and state.failing is not None and now - state.failing >= DEAD)


def _is_silent(days: Sequence[date], today: date) -> bool:
    gap = today - days[-1]
    return gap >= WITHOUT_RHYTHM or (gap >= SILENT and silence(days, today) is not None)


def _is_never_chosen(source: Source, evidence: SourceEvidence) -> bool:
    """Whether the newest issues took nothing of it, though it was there before them and brought something meanwhile."""
    since, begun = evidence.nights_since, evidence.begun.get(source.id)
    if since is None or begun is None or begun.date() > since or source.id in evidence.chosen:
        return False
    return any(day >= since for day in evidence.days.get(source.id, ()))


def _suggest_sites(config: Config, evidence: SourceEvidence) -> Iterator[Suggestion]:
    """Sites that at least CITED_BY sources cite and that are no source, those of most sources first."""
    own = {
        site_of(url)
        for source in config.sources
        for url in (*addresses(source, config.network), source.site or "")
    }
    names = {source.id: source.name for source in config.sources if source.enabled}
    citing = {
        site: sorted(names[id_] for id_ in by if id_ in names)
        for site, by in evidence.citations.items()
        if site not in own
    }
    ranked = sorted(citing.items(), key=lambda item: (-len(item[1]), item[0]))
    for site, by in ranked[:MOST_CITED]:
        if len(by) >= CITED_BY:
            values: dict[str, str | int] = {"count": len(by), "names": "、".join(by[:CITED_BY])}
            yield Suggestion("cited", site, values, ("add", f"https://{site}/"))


def count_citations(texts: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Site -> the sources that cite it, from (source, content) of each entry.

    What most entries of a source link to is its page's furniture, and no citation; nor is a link to a file, or to a
    platform. Sites are named by their host, without www.
    """
    entries: Counter[str] = Counter()
    linked: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for source, content in texts:
        entries[source] += 1
        links = (link for link in _LINK.findall(content) if not _FILE.search(link))
        linked[source].update({site for site in map(site_of, links) if site and not _is_platform(site)})
    cited: defaultdict[str, set[str]] = defaultdict(set)
    for source, sites in linked.items():
        for site, count in sites.items():
            if entries[source] < _FEW or count <= _FURNITURE * entries[source]:
                cited[site].add(source)
    return {site: frozenset(by) for site, by in cited.items()}


def site_of(url: str) -> str:
    """The host of an address, without www. and m.; "" where it has none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return re.sub(r"^(?:www|m)\.", "", host) if "." in host else ""


def _is_platform(site: str) -> bool:
    parts = site.split(".")
    return any(".".join(parts[n:]) in _NO_PUBLICATION for n in range(len(parts) - 1))
