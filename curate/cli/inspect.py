"""`curate extract`, `curate lint`: parts of the night on their own."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from curate.app.account import open_archive
from curate.app.doors import fetcher
from curate.app.exit_codes import ExitCode
from curate.cli.terminal.account import read_config
from curate.cli.terminal.console import complain
from curate.cli.terminal.language import language_of_terminal
from curate.cli.terminal.lazy_group import top_level
from curate.config.load import NAME
from curate.config.schema import Account, Config, DigestSettings
from curate.domain.errors import ArchiveError, SourceError
from curate.domain.message import message
from curate.domain.model import Article, Digest, Failure, Page
from curate.domain.serialization import from_json
from curate.extraction.by_selector import read
from curate.extraction.extract import extract as in_full
from curate.extraction.site_layout import Layout
from curate.fetch import Request
from curate.i18n.catalogue import failure_of, say_failure
from curate.pipeline.full_text import site_of
from curate.render.wechat.images import addresses
from curate.render.wechat.lint import lint as findings_of
from curate.storage.output import MANIFEST, write_file
from curate.text.language import language
from curate.text.summary.choose import summarize


@top_level("extract")
@click.command()
@click.argument("target", required=False, metavar="[网址或文件]")
@click.option(
    "--batch",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="文件夹",
    help="处理文件夹里的每个 .html。\nRead every .html of a folder.",
)
@click.option(
    "--json",
    "out",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="文件",
    help="结果写成 JSON；- 为标准输出。\nWrite the result as JSON; - is stdout.",
)
@click.option(
    "--url",
    "address",
    metavar="网址",
    help="文件是从哪个网址来的，相对地址和判断都以它为准。\nThe address of the page, by which relative addresses are read and it is judged.",
)
def extract(target: str | None, batch: Path | None, out: Path | None, address: str | None) -> ExitCode:
    """从网页里取出标题、作者、时间、正文和图片，看看找到了什么。

    Take title, author, time, text and pictures out of a page, and show what was found.
    """
    if (target is None) == (batch is None):
        raise click.UsageError("给一个网址或文件，或者用 --batch 给一个文件夹。")
    if batch is not None:
        found = {path.name: _of_file(path) for path in sorted(batch.glob("*.html"))}
        _put({name: _row(each) for name, each in found.items()}, out or Path("-"))
        return (
            ExitCode.OK
            if not found or any(isinstance(each, Article) for each in found.values())
            else ExitCode.NO_SOURCE
        )
    name = target or ""
    article = _of_address(name) if "://" in name else _of_file(Path(name), address or "")
    if out is not None:
        _put(_row(article), out)
        return ExitCode.OK if isinstance(article, Article) else ExitCode.NO_SOURCE
    if isinstance(article, Failure):
        complain(f"{article.subject}  {article.reason}", hint=article.hint)
        return ExitCode.NO_SOURCE
    images = "\n".join(f"  {image.url}" for image in article.images)
    when = f"{article.published:%Y-%m-%d %H:%M} UTC" if article.published else "—"
    click.echo(
        f"标题：{article.title or '—'}\n作者：{article.author or '—'}\n时间：{when}\n图片：{len(article.images)} 张\n正文由：{article.by}"
    )
    click.echo(f"{images}\n\n{article.text}" if images else f"\n{article.text}")
    return ExitCode.OK


@top_level("lint")
@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="结果以 JSON 列表写到标准输出。\nPrint the findings to stdout as a JSON list.",
)
def lint(file: Path, as_json: bool) -> ExitCode:
    """按公众号编辑器的规则检查一段 HTML；有错误时退出码为 1。

    Check HTML by the rules of the WeChat editor; exit status 1 where there are errors.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as e:
        raise click.UsageError(f"{file}: 不是 UTF-8 编码，请另存为 UTF-8。") from e
    findings = findings_of(text, "zh", _list_pictures(file))
    errors = sum(finding.level == "error" for finding in findings)
    if as_json:
        _put([asdict(finding) for finding in findings], Path("-"))
        return ExitCode.INVALID if errors else ExitCode.OK
    for finding in findings:
        click.echo(
            f"{file}:{finding.line}:{finding.column}: {finding.level} {finding.rule}: {finding.what}（{finding.consequence}；{finding.source}）"
        )
    complain(f"{errors} 个错误，{len(findings) - errors} 个提醒。")
    return ExitCode.INVALID if errors else ExitCode.OK


def _list_pictures(file: Path) -> frozenset[str]:
    """The pictures that the copy page lists, where the file lies in an issue's folder."""
    try:
        return addresses(from_json(Digest, file.with_name(MANIFEST).read_bytes()))
    except (OSError, ArchiveError):
        return frozenset()


def _of_file(path: Path, url: str = "") -> Article | Failure:
    try:
        body = path.read_bytes()
    except OSError as e:
        raise click.UsageError(f"{path}: 读不了（{e.strerror}）") from e
    return _extract_file(str(path), body, url, "")


def _of_address(url: str) -> Article | Failure:
    config = _config()
    answer = next(iter(fetcher(config, datetime.now(UTC))([Request(url)])))
    if isinstance(answer.result, Page):
        page = answer.result
        return _extract_file(url, page.body, page.url, page.content_type, _layout(config, page.url))
    return (
        answer.result
        if isinstance(answer.result, Failure)
        else say_failure(Failure(url, message=message("read.nothing")), language_of_terminal())
    )


def _config() -> Config:
    """The account's settings where we stand in its folder (its proxy, its contact); the defaults elsewhere."""
    here = Path()
    if (here / NAME).exists():
        return read_config(here)
    return Config(account=Account(name="curate"), topics=(), sources=())


def _layout(config: Config, url: str) -> Layout | None:
    """What the account's nights have learnt of this site; None outside of an account's folder."""
    here = Path()
    if not (here / NAME).exists():
        return None
    with open_archive(config, here) as archive:
        return archive.layouts.of([site_of(url)]).get(site_of(url))


def _extract_file(
    name: str, body: bytes, url: str, content_type: str, layout: Layout | None = None
) -> Article | Failure:
    try:
        if layout is None:
            return in_full(body, url, content_type)
        return read(body, url, content_type, layout, Article("", ""))[0]
    except SourceError as e:
        return failure_of(name, e, language_of_terminal())


def _row(found: Article | Failure) -> dict[str, Any]:
    if isinstance(found, Failure):
        return {"failure": {"reason": found.reason, "hint": found.hint}}
    quote, told = DigestSettings().quote, language(found.text)
    return {
        "title": found.title,
        "author": found.author,
        "published": found.published.isoformat() if found.published else None,
        "text": found.text,
        "images": [image.url for image in found.images],
        "summary": summarize(found.text, title=found.title, limit=quote, language=told),
        "by": found.by,
    }


def _put(value: Any, out: Path) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    if str(out) == "-":
        click.echo(text, nl=False)
    else:
        write_file(out, text, replace=True)
