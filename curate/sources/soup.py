"""Web pages as beautifulsoup4's trees, for lists of links; whatever arrives, it is a tree or an UnreadableError."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.exceptions import ParserRejectedMarkup

from curate.errors import UnreadableError

_DECLARATION = re.compile(
    r"<\?xml", re.IGNORECASE
)  # at which the library would tell the user to parse XML instead


def soup_of(text: str) -> BeautifulSoup:
    """The tree of a page as it was decoded."""
    try:
        return BeautifulSoup(_DECLARATION.sub("<?", text.replace("\0", "")), "lxml")
    except (ParserRejectedMarkup, RecursionError, AssertionError) as e:
        raise UnreadableError(f"读不懂网页的 HTML（the HTML cannot be read: {str(e)[:150]}）") from e
