"""What services are told, and what is told of them."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "services.unknown": "there is no “{name}” in services; there are: {names}",
    "services.none": "feeds.yaml has no services yet",
    "services.no kind": "there is no service {kind}; there are: {kinds}",
    "services.unset": "environment variables of “{service}” are not set: {names}",
    "services.no apprise": "apprise is not installed",
    "services.no apprise.hint": "pip install 'curate[apprise]'",
    "services.apprise address": "apprise does not know this address",
    "services.apprise address.hint": "Write it as apprise has it, for example gotify://host/token; several with blanks between. WeCom, DingTalk, Feishu and ServerChan are more certain by kinds of their own.",
    "services.apprise length": "too long: {service} takes {most} characters; nothing was sent",
    "services.apprise unanswered": "it was sent, and no answer came",
    "alerts.head": "[{account}] {day}",
    "alerts.issue": "Issue {number} is ready: {items} {items:item|items}, led by “{title}”. {sources} {sources:source|sources} read, {failed} not.",
    "alerts.status.1": "feeds.yaml has mistakes; the night did not run.",
    "alerts.status.4": "Not one source could be read; there is no issue. Look at the network and the proxy.",
    "alerts.status.5": "The archive or output/ cannot be used, or no channel could be rendered; there is no issue.",
    "alerts.failed": "{name}: {reason}",
    "alerts.nights": "For {n} nights in a row.",
    "alerts.over": "{name} is well again (after {n} {n:night|nights}).",
    "alerts.run": "The nightly run",
}
