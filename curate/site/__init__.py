"""The site: every issue in one place, by day, by topic, by source, a page for each story, and all of it searchable.

    cards of all issues (index_cards.py)  ->  which pages change (build.py)  ->  {path: bytes}
                                                    |
          digests of those issues (editions.py) ----+

Pure: digests and templates come in, files go out, one at a time, so that ten thousand pages need little memory.
"""

from curate.site.build import FORMAT, Changes, Picture, changes, site_of, stamp
from curate.site.editions import reader
from curate.site.index_cards import Catalogue, Stored, catalogue, find_changes

__all__ = [
    "FORMAT",
    "Catalogue",
    "Changes",
    "Picture",
    "Stored",
    "catalogue",
    "changes",
    "find_changes",
    "reader",
    "site_of",
    "stamp",
]
