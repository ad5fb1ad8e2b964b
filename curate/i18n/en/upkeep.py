"""The archive's upgrades, backups and what comes back from them."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "archive.upgrade": "The archive was upgraded from version {before} to {after}: {steps}. {kept}",
    "archive.copy": "As it was before: {path}",
    "archive.no copy": "The database is no file, so no copy was kept.",
    "archive.not copied": "No copy of the archive could be kept before its upgrade: {path} ({why})",
    "archive.not copied.hint": "Make as much room as the archive takes, see that output/ can be written, and run again; the archive is as it was.",
    "archive.step.1": "entries, issues and what was published",
    "archive.step.2": "topics that you labeled",
    "archive.step.3": "stories that you split",
    "archive.step.4": "layouts of sites",
    "archive.step.5": "health of sources, and robots.txt",
    "archive.step.6": "what readers did",
    "archive.step.7": "contents stand apart",
    "archive.step.8": "entries whose addresses change are known by their titles",
    "archive.step.9": "sites of sources, and since when they are empty",
    "archive.step.10": "parameters that addresses can do without",
    "archive.step.11": "vectors of sentences",
    "archive.step.12": "each step at the desk",
    "archive.step.13": "stories that you merged, and marks of adverts",
    "archive.step.14": "classifiers that were learnt",
    "archive.step.15": "what was learnt from your choices",
    "archive.step.16": "when issues were read and copied",
    "archive.step.17": "what readers asked for by number",
    "archive.step.18": "why sources failed, in either language",
    "archive.step.19": "drafts and pictures in the draft box",
    "archive.step.20": "which issue was sent to which service",
}  # fmt: skip
