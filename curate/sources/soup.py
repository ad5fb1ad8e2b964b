"""Web pages as beautifulsoup4's trees, for lists of links; whatever arrives, it is a tree or an UnreadableError."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.exceptions import ParserRejectedMarkup

from curate.errors import UnreadableError

_DECLARATION = re.compile(r"<\?xml", re.IGNORECASE)  # where the library would tell us to parse XML instead
_PATIENCE = (
    60_000  # tags; the library takes some 15 microseconds for each, and no list of articles has so many
)


def soup_of(text: str) -> BeautifulSoup:
    """The tree of a page as it was decoded."""
    if text.count("<") > _PATIENCE:
        raise UnreadableError("网页的元素太多，不像一张列表（more elements than a list of articles has）")
    try:
        return BeautifulSoup(_DECLARATION.sub("<?", text.replace("\0", "")), "lxml")
    except (ParserRejectedMarkup, RecursionError, AssertionError) as e:
        raise UnreadableError(f"读不懂网页的 HTML（the HTML cannot be read: {str(e)[:150]}）") from e
