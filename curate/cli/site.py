"""`curate site`, and what `curate run` does when an issue is in its place: the site and the replies are brought up to it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from curate import __version__
from curate.cli.console import complain
from curate.cli.night import NO_OUTPUT, folder_option

if TYPE_CHECKING:
    from curate.archive import Archive
    from curate.model import Digest
    from curate.output import Output
    from curate.settings import Config
    from curate.site import Catalogue

FOLDER, CARDS = "site", ".cards.json"  # what is known of every issue; where it is lost all is made anew


class Built(NamedTuple):
    """What a build did: files that were written, files that went, and the page to open."""

    written: int
    removed: int
    page: Path


@click.command()
@folder_option
def site(folder: Path) -> int:
    """从存档把网站重新做一遍，写到 output/site/（平时 curate run 每出一期就会更新它）。"""
    from curate.cli.doors import load_config, open_archive
    from curate.cli.night import recover
    from curate.errors import ChannelError
    from curate.output import Output

    config = load_config(folder, os.environ)
    output = Output(folder / "output")
    with output.held(), open_archive(config, folder) as archive:
        recover(output, archive)
        try:
            built = build(config, folder, archive, output, whole=True)
        except ChannelError as e:
            complain(e.reason, hint=e.hint)
            return NO_OUTPUT
    complain(f"写了 {built.written} 个文件，清掉 {built.removed} 个。")
    click.echo(built.page)
    return 0


def refresh(config: Config, folder: Path, archive: Archive, output: Output) -> None:
    """Bring the site up to the archive. An issue is out by then: a template's slip is told, and nothing more."""
    from curate.errors import ChannelError

    if config.site.enabled:
        try:
            build(config, folder, archive, output)
        except ChannelError as e:
            complain("网站没有更新：" + e.reason, hint=e.hint)


def build(config: Config, folder: Path, archive: Archive, output: Output, *, whole: bool = False) -> Built:
    """Make the pages that are new or changed; with `whole`, all of them."""
    from curate.account import templates
    from curate.codec import to_json
    from curate.output import Made
    from curate.site import Stored, catalogue, changed, pages_of, pictures_of, reader, site_of, stamp
    from curate.site.paths import HOME, OWN

    texts, made = templates(folder), Made(output.root / FOLDER)
    folders = {number: name for name, number in archive.folders().items()}
    load = _loader(archive, output, folders)
    old = None if whole else _cards(made)
    new = catalogue(stamp(config, texts, __version__), map(Stored._make, archive.issues.listed()), old, load)
    fresh = changed(old, new)
    read = reader(load, config.look)
    reviews = {slug: _with_pictures(digest, output.collections / slug) for slug, digest in output.reviews().items()}
    site = site_of(config, texts, new, read, reviews)
    written = sum(made.put(name, data) for name, data in pages_of(site, config, texts, fresh))
    written += sum(made.link(p.path, output.root / p.folder / p.file) for p in pictures_of(site, fresh))
    removed = made.sweep(OWN) if fresh is None else 0
    made.put(CARDS, to_json(new))
    return Built(written, removed, output.root / FOLDER / HOME)


def _cards(made: object) -> Catalogue | None:
    from curate.codec import from_json
    from curate.errors import ArchiveError
    from curate.output import Made
    from curate.site import Catalogue

    assert isinstance(made, Made)
    stored = made.read(CARDS)
    try:
        return from_json(Catalogue, stored) if stored else None
    except ArchiveError:  # of another version, or cut short
        return None


def _loader(archive: Archive, output: Output, folders: dict[int, str]) -> Callable[[int], Digest]:
    def load(number: int) -> Digest:
        stored = archive.issue(number)
        assert stored is not None, number
        return _with_pictures(stored[0], output.issues / folders[number])

    return load


def _with_pictures(digest: Digest, place: Path) -> Digest:
    """The digest with those pictures that its folder still has."""
    from curate.render.pictures import files_of, without_lost

    return without_lost(digest, [name for name in files_of(digest) if (place / name).is_file()])


COMMANDS = (site,)
