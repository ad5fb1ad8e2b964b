"""The site and the table of replies, made of the archive and brought up to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from curate import __version__
from curate.app.account import OpenAccount
from curate.app.answers.table import write_table
from curate.domain.errors import ArchiveError, ChannelError, StaleError
from curate.domain.model import Digest, Failure
from curate.domain.serialization import from_json, to_json
from curate.render.wechat.images import files_of, without_lost
from curate.replies.page import replies_page
from curate.replies.rules import rules, table
from curate.site import Catalogue, Stored, catalogue, changes, find_changes, reader, site_of, stamp
from curate.site.paths import HOME, collection
from curate.storage.generated import GeneratedFolder

FOLDER, CARDS = "site", ".cards.json"  # what is known of every issue; where it is lost all is made anew


class Built(NamedTuple):
    """What a build did: files that were written, files that went, and the page to open."""

    written: int
    removed: int
    page: Path


def build_site(account: OpenAccount, *, whole: bool = False) -> Built:
    """Make the pages that are new or changed; with `whole`, all of them. ChannelError where a template cannot be used,
    StaleError where an issue is put right meanwhile."""
    config, archive, output, texts = account.config, account.archive, account.output, account.templates
    made = GeneratedFolder(output.root / FOLDER)
    listed = [Stored._make(each) for each in archive.issues.list_all()]
    load = _loader(account, listed)
    old = None if whole else _cards(made)
    new = catalogue(stamp(config, texts, __version__), listed, old, load)
    anew = find_changes(old, new)
    read = reader(load, config.look)
    reviews = {
        slug: _with_pictures(digest, output.collections / slug) for slug, digest in output.reviews().items()
    }
    site = site_of(config, texts, new, read, reviews)
    found = changes(site, config, texts, anew)
    written = sum(made.put(name, data) for name, data in found.pages)
    written += sum(made.link(p.path, output.root / p.folder / p.file) for p in found.pictures)
    removed = made.sweep(found.swept)
    made.put(CARDS, to_json(new))
    return Built(written, removed, output.root / FOLDER / HOME)


def refresh_site(account: OpenAccount) -> Failure | None:
    """Bring site and replies up to the archive; why that could not be done. An issue is out by then: a template's slip
    is a value, and no error."""
    try:
        write_replies(account)
        if account.config.site.enabled:
            build_site(account)
    except ChannelError as e:
        return e.as_failure("site")
    except StaleError:  # on the desk: whoever decides brings the site up to it
        return None
    return None


def is_behind(account: OpenAccount) -> bool:
    """Whether a run ended before it had brought the site and the replies up to what was published."""
    if (
        not account.config.site.enabled
    ):  # nothing tells whether the replies are: writing them again costs little
        return True
    made = GeneratedFolder(account.output.root / FOLDER)
    known = _cards(made)
    folders = account.archive.folders()
    if known is None:
        return bool(folders)
    shown = {card.folder: card.number for card in known.cards}
    pages = (made.root / collection(slug) for slug in account.output.reviews())
    return (
        shown != folders
        or known.stamp != stamp(account.config, account.templates, __version__)
        or not all(page.is_file() for page in pages)
    )


def write_replies(account: OpenAccount) -> None:
    """Write `output/replies.csv` and `.html`, what to enter in the back office, and the webhook's table. ChannelError where its template cannot be
    used."""
    config = account.config
    made, found = (
        GeneratedFolder(account.output.root),
        rules(account.archive.issues.backwards(), config.topics),
    )
    made.put("replies.csv", table(found))
    made.put("replies.html", replies_page(found, config.account, account.templates, config.look))
    write_table(account)


def _cards(made: GeneratedFolder) -> Catalogue | None:
    stored = made.read(CARDS)
    try:
        return from_json(Catalogue, stored) if stored else None
    except ArchiveError:  # of another version, or cut short
        return None


def _loader(account: OpenAccount, listed: Sequence[Stored]) -> Callable[[int], Digest]:
    issues = {each.number: each for each in listed}

    def load(number: int) -> Digest:
        found = issues[number]
        digest = account.archive.issues.read(number, found.stamp)
        return _with_pictures(digest, account.output.issues / found.folder)

    return load


def _with_pictures(digest: Digest, place: Path) -> Digest:
    """The digest with those pictures that its folder still has."""
    return without_lost(digest, [name for name in files_of(digest) if (place / name).is_file()])
