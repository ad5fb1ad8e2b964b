"""What the terminal says when a command is over."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "cli.strange": "output/issues/{name}/ holds issue {number}, whose folder is {own}/; it was left alone.",
    "cli.strange_copy": "Delete the copy, or move it out of output/issues/.",
    "cli.strange_name": "Name it {own} again.",
    "cli.figures": "{read} of {n} {n:source|sources} read, {fresh} new {fresh:entry|entries}.",
    "cli.figures_and_report": "{figures} Run report: {page}",
    "cli.missing": "Without {channels}; mend it, then `curate run --again {number}` adds it.",
    "cli.issue": "Issue {number}, {n} {n:item|items}:",
    "cli.all_refused": "Every channel refused its post; no issue was made. Nothing is lost: mend it and run again.",
    "cli.all_unread": "No source could be read; no issue was made.",
    "cli.none_picked": "There is something new, but nothing was picked; the run report says why.",
    "cli.nothing_new": "Nothing new; no issue was made.",
    "cli.empty": "was read but has no entries",
    "cli.names": "{names}",
    "cli.names_of_many": "{names} and others, {n} in all",
    "cli.column_source": "source",
    "cli.column_read": "last read",
    "cli.column_took": "took",
    "cli.column_weekly": "new a week",
    "cli.column_trouble": "trouble",
    "cli.never": "never",
    "cli.disabled": "disabled in feeds.yaml",
    "cli.minutes_ago": "{n} min ago",
    "cli.hours_ago": "{n} h ago",
    "cli.days_ago": "{n} d ago",
    "cli.stopped": "Stopped. Nothing is lost; run it again.",
    "cli.bug": "This is a fault of the program, not yours. Please send us what stands above; nothing is lost.",
}  # fmt: skip
