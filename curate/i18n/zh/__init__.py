"""Chinese sentences, by key; a file for each part of the program. `catalogue.py` says how they are filled."""

from __future__ import annotations

from curate.i18n.zh import fetch, judgement, site, source

SENTENCES: dict[str, str] = judgement.SENTENCES | fetch.SENTENCES | site.SENTENCES | source.SENTENCES
