"""`curate topics label`, `curate topics eval`: teaching the sorting, and seeing how good it is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from curate.app.account import open_archive
from curate.app.exit_codes import ExitCode
from curate.app.label_events import label_events
from curate.cli.evaluate import of_account, of_files
from curate.cli.terminal.account import read_config
from curate.cli.terminal.console import complain
from curate.cli.terminal.entries import title_of
from curate.cli.terminal.issue import follow
from curate.cli.terminal.label_session import label_each
from curate.cli.terminal.language import say_here, usage_error
from curate.cli.terminal.lazy_group import OrderedGroup, top_level
from curate.cli.terminal.options import folder_option, now_option
from curate.cli.terminal.topics import topic_called
from curate.config.schema import Config
from curate.pipeline.embedding import account_encoder
from curate.pipeline.train_classifier import read_before, train_classifier
from curate.storage import Archive
from curate.text.entry_text import text_for_sorting
from curate.topics.active_learning import likeliest, worth_labeling
from curate.topics.assign import entry_documents

OLD_OPTIONS = {"unlabelled": "unlabeled"}  # still taken, as what follows
POOL = 1_000  # the newest entries, among which those worth labeling are looked for


@top_level("topics")
@click.group(cls=OrderedGroup)
def topics() -> None:
    """教程序分栏目，看看它分得准不准。

    Teach the program your topics, and see how well it sorts.
    """


@topics.command()
@click.argument("name", required=False, metavar="[网址或编号]")
@click.argument("topic", required=False, metavar="[栏目]")
@click.option(
    "--count",
    type=click.IntRange(1, 200),
    default=20,
    show_default=True,
    metavar="N",
    help="最多问几条。\nAsk about at most this many.",
)
@click.option(
    "--list",
    "only_list",
    is_flag=True,
    help="只列出最值得标的条目和编号，不提问。\nOnly list the items most worth labelling with their numbers.",
)
@folder_option
@now_option
def label(
    name: str | None, topic: str | None, count: int, only_list: bool, folder: Path, now: datetime
) -> ExitCode:
    """告诉程序某条属于哪个栏目：最新一期里有它就马上移过去，下一晚也照此学。

    不写条目：逐条问最拿不准的，按数字键选栏目，b 回上一条，u 撤销。写明条目和栏目（id、名字，或 other）：直接记下。

    Tell which topic an item belongs to: it moves there at once in the newest issue, and the next night learns from
    it.

    Without an item you are asked about the most doubtful ones: a digit chooses the topic, b goes back, u undoes.
    With an item and a topic (id, name or other) that is noted.
    """
    if (name is None) != (topic is None):
        raise usage_error("told.both")
    config = read_config(folder)
    with open_archive(config, folder) as archive:
        if name is not None and topic is not None:
            _label_one(name, topic_called(topic, config, other=True), archive, now)
        else:
            _label_many(config, archive, count, now, only_list=only_list)
    if not only_list:
        follow(
            folder,
            now,
            "label",
            lambda opened: label_events(
                opened.edited, opened.account.archive.labels(), opened.account.config.topics
            ),
        )
    return ExitCode.OK


def _label_one(name: str, topic: str, archive: Archive, now: datetime) -> None:
    found = archive.find(name)
    if not found:
        raise usage_error("told.not archived or pruned", name=name)
    if len(found) > 1:
        rows = "\n".join(f"  {archive.code_of(e.key)[:12]}  {title_of(e)}" for e in found)
        raise usage_error("told.ambiguous", name=name, rows=rows)
    archive.label(found[0], text_for_sorting(found[0]), topic, now)
    click.echo(say_here("told.noted", title=title_of(found[0]), topic=topic), err=True)


def _label_many(config: Config, archive: Archive, count: int, now: datetime, *, only_list: bool) -> None:
    pool = archive.newest(POOL, unlabeled=True)
    if not pool:
        click.echo(say_here("told.no entries"), err=True)
        return
    known = [*read_before(archive, config), *pool]
    encode = account_encoder(archive.vectors, now)
    classifier = train_classifier(config, archive.labels(), archive.sorters, known, encode, now)
    read = entry_documents(pool, config.sources_by_id, classifier)
    shares = classifier.predict_proba(read)
    places = worth_labeling(shares, read, count)
    chosen = [pool[i] for i in places]
    names = {topic.id: topic.name for topic in config.topics}
    words = [
        ", ".join(f"{names.get(topic) or say_here('other')} {share:.0%}" for topic, share in row)
        for row in likeliest(shares[places], classifier)
    ]
    if only_list:
        for entry, guess in zip(chosen, words, strict=True):
            click.echo(f"{archive.code_of(entry.key)[:12]}\t{guess}\t{title_of(entry)}\t{entry.url}")
        return
    kept = label_each(chosen, words, config, archive, now)
    click.echo(
        f"\n记下了 {kept} 条，现有 {len(archive.labels())} 条；下一次 curate run 就照此分栏目。", err=True
    )


def _new_option(name: str) -> str:
    """An option's name of today; that the old one was written is told."""
    new = OLD_OPTIONS.get(name, name)
    if new != name:
        complain(f"--{name} 现在写作 --{new}，旧写法暂时还认。")
    return new


@topics.command("eval", context_settings={"token_normalize_func": _new_option})
@click.option(
    "--topics",
    "topics_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="T.json",
    help="不看账号，用这些栏目：[{label, name, display, keywords}, …]。\nWithout the account, over these topics: [{label, name, display, keywords}, …].",
)
@click.option(
    "--train",
    "train_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="F.tsv",
    help="已标好的，每行“标题<TAB>栏目名[<TAB>来源]”。\nLabelled titles, a line each: title<TAB>topic[<TAB>source].",
)
@click.option(
    "--unlabeled",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="F.tsv",
    help="没有标的，每行“标题[<TAB>来源]”。\nTitles without labels, a line each: title[<TAB>source].",
)
@click.option(
    "--test",
    "test_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="F.tsv",
    help="用来考的，每行“标题<TAB>栏目名[|也对的…][<TAB>来源]”。\nTitles to be tested, a line each: title<TAB>topic[|also right…][<TAB>source].",
)
@click.option(
    "--open",
    "is_open",
    is_flag=True,
    help="照当晚的做法判：拿不准的归“其他”（other），那也是一种答案。\nJudge as a night does: what is doubtful goes to other, and that is an answer too.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="结果以 JSON 写到标准输出，给程序用。\nPrint the result to stdout as JSON, for a program.",
)
@folder_option
@now_option
def eval_(
    topics_file: Path | None,
    train_file: Path | None,
    unlabeled: Path | None,
    test_file: Path | None,
    is_open: bool,
    as_json: bool,
    folder: Path,
    now: datetime,
) -> ExitCode:
    """分得准不准：用你标过的条目交叉验证；或者用 --topics 和 --test 考任何一套数据。

    Measure how well it sorts: by cross-validation over your labels, or over any data with --topics and --test.
    """
    if topics_file is None:
        if train_file or unlabeled or test_file or is_open:
            raise click.UsageError("--train、--unlabeled、--test、--open 要和 --topics 一起用。")
        return of_account(folder, now, as_json=as_json)
    if test_file is None:
        raise click.UsageError("用了 --topics 就要有 --test，不然没有东西可考。")
    return of_files(topics_file, train_file, unlabeled, test_file, is_open=is_open, as_json=as_json)
