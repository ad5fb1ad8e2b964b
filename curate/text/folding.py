"""Text as searches compare it, in the archive, on the site and (templates/site/search.js) in the browser."""

from __future__ import annotations

import re
import unicodedata

from curate.text.scripts import simplify_text

_ACCENTS = re.compile("[\u0300-\u036f]")  # on letters; the marks of kana are others


def fold(text: str) -> str:
    """Make one form of texts that read alike: compatible forms, case, accents and the two Chinese scripts."""
    text = unicodedata.normalize("NFKC", text).lower()
    if text.isascii():
        return text
    return simplify_text(unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text))))
