"""What a source has given in a night, counted as it comes; and its Outcome in an editor's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from curate.archive import Health
from curate.model import Failure, Outcome
from curate.settings import Config, Source

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
        return Outcome(source.id, status, *counts, reason, hint)

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
        told.setdefault(source, []).append(_said("notices", config, reason=reason, hint=hint))
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


def in_words(key: str, state: Health, config: Config) -> tuple[str, str]:
    """Reason and hint of a row of the table above."""
    due = f"{state.due.astimezone(config.account.zone):%m-%d %H:%M}" if state.due else ""
    details = {"moved": state.moved, "reason": state.reason, "hint": state.hint, "failures": state.failures}
    return _said(key, config, due=due, **details)


def _said(key: str, config: Config, **details: object) -> tuple[str, str]:
    row = _WORDS[key][:2] if config.account.language == "zh" else _WORDS[key][2:]
    reason, hint = (words.format(**details) for words in row)
    return reason, hint
