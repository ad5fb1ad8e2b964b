"""What is said of a source after a night, and what to do about it (`….hint`)."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "source.moved": "moved for good to {moved}, where it is read from now on",
    "source.moved.hint": "change the address in feeds.yaml as well",
    "source.gone": "not read any more: {reason}",
    "source.gone.hint": "replace or remove it in feeds.yaml; if it is there after all, curate fetch --all asks again",
    "source.empty": "had entries before, and none since {empty}",
    "source.empty.hint": "look at the address in a browser: the site may have changed or stopped, or the RSSHub route be broken; find a new address with curate sources add",
    "source.silent": "nothing new since {last} (usually {usual})",
    "source.silent.hint": "see whether the site has stopped or moved its feed; disable the source if it has stopped",
    "source.alike offline": "{count} sources failed alike ({kind}): this machine seems to be offline",
    "source.alike offline.hint": "check this machine's network, or set network.proxy in feeds.yaml",
    "source.alike": "{count} sources failed alike: {kind}",
    "source.waiting": "failed {failures} {failures:time|times} in a row, asked again after {due}; the last time: {reason}",
    "source.notices": "articles without text: {reason}",
    "source.several": "{parts:clauses}; {n} in all",
    "source.unreached": "none could be reached",
    "source.daily": "every day",
    "source.every": "every {n} days",
}  # fmt: skip
