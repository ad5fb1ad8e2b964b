"""What a source has given in a night, counted as it comes; and its Outcome in an editor's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlsplit

from curate.config.schema import Config, Source
from curate.domain.model import Failure, Outcome
from curate.sources import addresses
from curate.storage import Health

LEAST_ALIKE = 2  # sources, to speak of all
NAMED = 3  # of a source's failures, in its reason

_WORDS = {
    "moved": (
        "地址已永久改为 {moved}，以后就读那里",
        "请把 feeds.yaml 里的网址也改过来",
        "moved for good to {moved}, where it is read from now on",
        "change the address in feeds.yaml as well",
    ),
    "gone": (
        "已停止读取：{reason}",
        "请换一个地址，或从 feeds.yaml 删去；确信还在，用 curate fetch --all 再问一次",
        "not read any more: {reason}",
        "replace or remove it in feeds.yaml; if it is there after all, curate fetch --all asks again",
    ),
    "empty": (
        "以前有内容，{empty} 起一条也没有",
        "在浏览器里看看这个地址：可能改版、停更，或 RSSHub 的路由失效；换了地址的，用 curate sources add 重新寻找",
        "had entries before, and none since {empty}",
        "look at the address in a browser: the site may have changed or stopped, or the RSSHub route be broken; find a new "
        "address with curate sources add",
    ),
    "silent": (
        "{last} 以后没有新内容（平时{usual}）",
        "看看网站是否停更或换了订阅地址；不再更新的，可在 feeds.yaml 里写 enabled: false",
        "nothing new since {last} (usually {usual})",
        "see whether the site has stopped or moved its feed; disable the source if it has stopped",
    ),
    "alike offline": (
        "{count} 个来源都{kind}，像是没有联网",
        "请检查本机网络；要经代理才能上网的，在 feeds.yaml 里写 network.proxy",
        "{count} sources failed alike ({kind}): this machine seems to be offline",
        "check this machine's network, or set network.proxy in feeds.yaml",
    ),
    "alike": (
        "{count} 个来源的问题都一样：{kind}",
        "{hint}",
        "{count} sources failed alike: {kind}",
        "{hint}",
    ),
    "waiting": (
        "连续 {failures} 次没有读到，{due} 以后再去读；上次：{reason}",
        "{hint}",
        "failed {failures} times in a row, asked again after {due}; the last time: {reason}",
        "{hint}",
    ),
    "notices": ("文章取不到正文：{reason}", "{hint}", "articles without text: {reason}", "{hint}"),
}


@dataclass(slots=True)
class Tally:
    """What a source has given so far; a source may have several documents."""

    entries: int = 0
    new: int = 0
    unchanged: int = 0
    seconds: float = 0.0
    failures: list[Failure] = field(default_factory=list)
    follow: list[str] = field(default_factory=list)
    skipped: list[tuple[str, Health]] = field(default_factory=list)  # documents that were not asked, and why
    moved: str = ""  # the address that it has for good since tonight
    gone: bool = False  # since tonight
    emptied: Health | None = None  # a document that had entries and has none
    reached: bool = False  # a server answered

    def outcome(self, source: Source, config: Config) -> Outcome:
        """The source's outcome, with what an editor should know and do."""
        counts = (self.entries, self.new, round(self.seconds, 3))
        reasons = list(dict.fromkeys(failure.reason for failure in self.failures))
        reason = "；".join(reasons[:NAMED]) + (f" 等 {len(reasons)} 处" if len(reasons) > NAMED else "")
        hints = dict.fromkeys(failure.hint for failure in self.failures if failure.reason in reasons[:NAMED])
        status, hint = self._status(), "；".join(filter(None, hints))
        if status in ("waiting", "gone") and not self.failures:
            state = next(state for why, state in self.skipped if why == status)
            reason, hint = in_words(status, state, config)
        elif self.gone:
            reason, hint = in_words("gone", Health(source.id, "", reason=reason), config)
        elif self.moved and not reason:
            reason, hint = in_words("moved", Health(source.id, "", moved=self.moved), config)
        elif status == "empty" and self.emptied and not reason:
            reason, hint = in_words("empty", self.emptied, config)
        return Outcome(source.id, status, *counts, reason, hint, self.reached)

    def _status(self) -> str:
        if self.entries:
            return "new" if self.new else "nothing new"
        if self.failures:
            return "gone" if self.gone else "failed"
        skipped = [why for why, _ in self.skipped]
        if self.unchanged or "recent" in skipped:
            return "unchanged" if self.unchanged else "recent"
        return skipped[0] if skipped else "empty"


def with_notices(
    outcomes: Sequence[Outcome], notices: Sequence[Failure], config: Config
) -> tuple[Outcome, ...]:
    """Outcomes that also tell what stood where a source's articles should; `subject` of a notice is its source."""
    told: dict[str, list[tuple[str, str]]] = {}
    for source, reason, hint in dict.fromkeys((each.subject, each.reason, each.hint) for each in notices):
        told.setdefault(source, []).append(_say("notices", config, reason=reason, hint=hint))
    return tuple(
        replace(
            outcome,
            reason="；".join(filter(None, (outcome.reason, *(reason for reason, _ in told[outcome.source])))),
            hint="；".join(
                dict.fromkeys(filter(None, (outcome.hint, *(hint for _, hint in told[outcome.source]))))
            ),
        )
        if outcome.source in told
        else outcome
        for outcome in outcomes
    )


def alike(outcomes: Sequence[Outcome], config: Config) -> tuple[str, str] | None:
    """Reason and hint of all sources at once, where all that were asked failed, and in one way; else None.

    Where not one server answered it is our own network, in whichever ways it fails.
    """
    asked = [outcome for outcome in outcomes if outcome.status not in ("waiting", "gone", "recent")]
    if len(asked) < LEAST_ALIKE or any(outcome.status != "failed" for outcome in asked):
        return None
    sources = {source.id: source for source in config.sources}
    kinds = {_kind(outcome.reason, sources[outcome.source], config) for outcome in asked}
    zh, unreached = config.account.language == "zh", not any(outcome.reached for outcome in asked)
    if len(kinds) > 1 and not unreached:
        return None
    kind = next(iter(kinds)) if len(kinds) == 1 else "连不上" if zh else "none could be reached"
    key = "alike offline" if unreached else "alike"
    return _say(key, config, count=len(asked), kind=kind, hint=asked[0].hint)


def _kind(reason: str, source: Source, config: Config) -> str:
    """A failure without the host that it is about: 找不到主机 feeds.example -> 找不到主机."""
    hosts = (urlsplit(url).hostname or "" for url in addresses(source, config.network))
    for host in filter(None, hosts):
        reason = reason.replace(host, "")
    return " ".join(reason.replace(" ：", "：").split())


def silent_in_words(usual: int, last: date, config: Config) -> tuple[str, str]:
    """What is said of a source that has been silent since `last`, its usual gap being `usual` days."""
    zh = config.account.language == "zh"
    often = (
        ("每天都有" if zh else "every day")
        if usual <= 1
        else f"每 {usual} 天有"
        if zh
        else f"every {usual} days"
    )
    return _say("silent", config, last=f"{last:%Y-%m-%d}", usual=often)


def in_words(key: str, state: Health, config: Config) -> tuple[str, str]:
    """Reason and hint of a row of the table above."""
    due = f"{state.due.astimezone(config.account.zone):%m-%d %H:%M}" if state.due else ""
    empty = f"{state.empty.astimezone(config.account.zone):%Y-%m-%d}" if state.empty else ""
    details = {"moved": state.moved, "reason": state.reason, "hint": state.hint, "failures": state.failures}
    return _say(key, config, due=due, empty=empty, **details)


def _say(key: str, config: Config, **details: object) -> tuple[str, str]:
    row = _WORDS[key][:2] if config.account.language == "zh" else _WORDS[key][2:]
    reason, hint = (words.format(**details) for words in row)
    return reason, hint
