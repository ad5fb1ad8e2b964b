"""A fleet's archives: one web that its accounts share, and each account's own half (docs/zh/fleet.md).

place.py     where the web and each account's half are
views.py     the shared web as an account sees it: its own sources, by its own names
archive.py   an account's archive in a fleet
move.py      an archive that was alone enters the fleet, and leaves it
nights.py    what became of the accounts' nights
"""

from curate.storage.fleet.archive import FleetArchive
from curate.storage.fleet.place import FleetPlace, open_web

__all__ = ["FleetArchive", "FleetPlace", "open_web"]
