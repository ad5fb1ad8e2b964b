"""`curate site`, and what `curate run` does when an issue is in its place: the site and the replies are brought up to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from curate import __version__
from curate.cli.run import NO_OUTPUT, NOTHING_NEW
from curate.cli.terminal.console import complain
from curate.cli.terminal.options import folder_option

if TYPE_CHECKING:
    from curate.config.schema import Config
    from curate.domain.model import Digest
    from curate.site import Catalogue
    from curate.storage import Archive
    from curate.storage.generated import GeneratedFolder
    from curate.storage.output import Output

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
    from curate.cli.terminal.account import hold_recovered, read_config
    from curate.domain.errors import ChannelError

    config = read_config(folder)
    with hold_recovered(config, folder) as (output, archive):
        try:
            write_replies(config, folder, archive, output)
            built = build(config, folder, archive, output, whole=True)
        except ChannelError as e:
            complain(e.reason, hint=e.hint)
            return NO_OUTPUT
    complain(f"写了 {built.written} 个文件，清掉 {built.removed} 个。")
    click.echo(built.page)
    return 0


def refresh(config: Config, folder: Path, archive: Archive, output: Output) -> None:
    """Bring site and replies up to the archive. An issue is out by then: a template's slip is told, and no more."""
    from curate.domain.errors import ChannelError

    try:
        write_replies(config, folder, archive, output)
        if config.site.enabled:
            build(config, folder, archive, output)
    except ChannelError as e:
        complain("网站没有更新：" + e.reason, hint=e.hint)


def is_behind(config: Config, folder: Path, archive: Archive, output: Output) -> bool:
    """Whether a run ended before it had brought the site and the replies up to what was published."""
    from curate.site import stamp
    from curate.site.paths import collection
    from curate.storage.account import templates
    from curate.storage.generated import GeneratedFolder

    if not config.site.enabled:  # nothing tells whether the replies are: writing them again costs little
        return True
    made = GeneratedFolder(output.root / FOLDER)
    known = _cards(made)
    folders = archive.folders()
    if known is None:
        return bool(folders)
    shown = {card.folder: card.number for card in known.cards}
    pages = (made.root / collection(slug) for slug in output.reviews())
    return (
        shown != folders
        or known.stamp != stamp(config, templates(folder), __version__)
        or not all(page.is_file() for page in pages)
    )


def write_replies(config: Config, folder: Path, archive: Archive, output: Output) -> None:
    """`output/replies.csv` and `.html`: what to enter in the back office."""
    from curate.replies.page import replies_page
    from curate.replies.rules import rules, table
    from curate.storage.account import templates
    from curate.storage.generated import GeneratedFolder

    made, found = GeneratedFolder(output.root), rules(archive.issues.backwards(), config.topics)
    made.put("replies.csv", table(found))
    made.put("replies.html", replies_page(found, config.account, templates(folder), config.look))


@click.command()
@folder_option
@click.argument("words", nargs=-1, required=True, metavar="编号或栏目词")
def reply(folder: Path, words: tuple[str, ...]) -> int:
    """读者在公众号里回复一个编号（31205、312）或栏目词（AI、理财）会看到什么。"""
    from curate.app.account import open_archive
    from curate.cli.terminal.account import read_config
    from curate.domain.item_codes import meanings
    from curate.replies.rules import of_number, of_topic, topic_of

    word = " ".join(words).strip()
    config = read_config(folder)
    with open_archive(config, folder) as archive:
        if topic := topic_of(word, config.topics):
            text = of_topic(topic, archive.issues.backwards())
        else:
            try:
                issue, place = meanings(word)
            except ValueError as e:
                names = "、".join(topic.name for topic in config.topics)
                raise click.UsageError(f"“{word}”不是编号，也不是栏目词。栏目有：{names}。") from e
            one, other = archive.issue(issue), archive.issue(place[0]) if place else None
            text = of_number(word, one and one[0], other and other[0])
    if not text:
        raise click.UsageError(f"“{word}”还没有对应的内容。")
    click.echo(text)
    return 0


def build(config: Config, folder: Path, archive: Archive, output: Output, *, whole: bool = False) -> Built:
    """Make the pages that are new or changed; with `whole`, all of them."""
    from curate.domain.serialization import to_json
    from curate.site import Stored, catalogue, changed, changes, reader, site_of, stamp
    from curate.site.paths import HOME
    from curate.storage.account import templates
    from curate.storage.generated import GeneratedFolder

    texts, made = templates(folder), GeneratedFolder(output.root / FOLDER)
    folders = {number: name for name, number in archive.folders().items()}
    load = _loader(archive, output, folders)
    old = None if whole else _cards(made)
    new = catalogue(stamp(config, texts, __version__), map(Stored._make, archive.issues.listed()), old, load)
    anew = changed(old, new)
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


def _cards(made: GeneratedFolder) -> Catalogue | None:
    from curate.domain.errors import ArchiveError
    from curate.domain.serialization import from_json
    from curate.site import Catalogue

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
    from curate.render.wechat.images import files_of, without_lost

    return without_lost(digest, [name for name in files_of(digest) if (place / name).is_file()])


@click.command()
@folder_option
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, metavar="N", help="最多列出几条。"
)
@click.argument("words", nargs=-1, required=True, metavar="词")
def search(folder: Path, limit: int, words: tuple[str, ...]) -> int:
    """在发过的所有内容里搜词，新的在前。"""
    from curate.app.account import open_archive
    from curate.cli.terminal.account import read_config
    from curate.render.context import items, number_of
    from curate.text.tokenize import segment

    asked = " ".join(words)
    config = read_config(folder)
    with open_archive(config, folder) as archive:
        found, by_words = archive.issues.find(asked, segment, limit)
        digests = {
            number: stored[0]
            for number in {number for number, _ in found}
            if (stored := archive.issue(number))
        }
    if not by_words:
        complain("这个数据库没有全文索引（SQLite FTS5），逐条查找，会慢一些。")
    for number, place in found:
        digest = digests[number]
        item = next(item for item in items(digest) if item.number == place)
        click.echo(
            f"{number_of(item, digest):>6}  {digest.date}  {item.title}  {item.source}  {item.url}".rstrip()
        )
    complain(f"找到 {len(found)} 条。" if len(found) < limit else f"最新的 {limit} 条；--limit 可以多列。")
    return 0 if found else NOTHING_NEW
