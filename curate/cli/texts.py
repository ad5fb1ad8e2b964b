"""`curate extract`, `curate lint`: parts of the night on their own."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from curate.cli.console import complain
from curate.cli.night import NO_SOURCE

if TYPE_CHECKING:
    from curate.model import Article
    from curate.settings import Config
    from curate.text.layouts import Layout


@click.command()
@click.argument("target", required=False, metavar="[网址或文件]")
@click.option(
    "--batch",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="文件夹",
    help="处理文件夹里的每个 .html。",
)
@click.option(
    "--json",
    "out",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="文件",
    help="结果写成 JSON；- 为标准输出。",
)
def extract(target: str | None, batch: Path | None, out: Path | None) -> int:
    """从网页里取出标题、作者、时间、正文和图片，看看找到了什么。"""
    if (target is None) == (batch is None):
        raise click.UsageError("给一个网址或文件，或者用 --batch 给一个文件夹。")
    if batch is not None:
        found = {path.name: _of_file(path) for path in sorted(batch.glob("*.html"))}
        rows = {name: _row(article) for name, article in found.items()}
        _put(rows, out or Path("-"))
        return 0 if any(found.values()) or not found else NO_SOURCE
    article = _of_address(target) if target and "://" in target else _of_file(Path(target or ""))
    if article is None:
        return NO_SOURCE
    if out is not None:
        _put(_row(article), out)
        return 0
    images = "\n".join(f"  {image.url}" for image in article.images)
    when = f"{article.published:%Y-%m-%d %H:%M} UTC" if article.published else "—"
    click.echo(
        f"标题：{article.title or '—'}\n作者：{article.author or '—'}\n时间：{when}\n图片：{len(article.images)} 张\n正文由：{article.by}"
    )
    click.echo(f"{images}\n\n{article.text}" if images else f"\n{article.text}")
    return 0


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件")
def lint(file: Path) -> int:
    """按公众号编辑器的规则检查一段 HTML；有错误时退出码为 1。"""
    from curate.render.lint import lint as findings_of

    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as e:
        raise click.UsageError(f"{file}: 不是 UTF-8 编码，请另存为 UTF-8。") from e
    findings = findings_of(text, "zh", _listed(file))
    for finding in findings:
        click.echo(
            f"{file}:{finding.line}:{finding.column}: {finding.level} {finding.rule}: {finding.what}（{finding.consequence}；{finding.source}）"
        )
    errors = sum(finding.level == "error" for finding in findings)
    complain(f"{errors} 个错误，{len(findings) - errors} 个提醒。")
    return 1 if errors else 0


def _listed(file: Path) -> frozenset[str]:
    """The pictures that the copy page lists, where the file lies in an issue's folder."""
    from curate.codec import from_json
    from curate.errors import ArchiveError
    from curate.model import Digest
    from curate.output import MANIFEST
    from curate.render.pictures import addresses

    try:
        return addresses(from_json(Digest, file.with_name(MANIFEST).read_bytes()))
    except (OSError, ArchiveError):
        return frozenset()


def _of_file(path: Path) -> Article | None:
    try:
        body = path.read_bytes()
    except OSError as e:
        raise click.UsageError(f"{path}: 读不了（{e.strerror}）") from e
    return _found(str(path), body, "", "")


def _of_address(url: str) -> Article | None:
    from curate.cli.doors import fetcher
    from curate.fetch import Request
    from curate.model import Page

    config = _config()
    answer = next(iter(fetcher(config, datetime.now(UTC))([Request(url)])))
    if isinstance(answer.result, Page):
        page = answer.result
        return _found(url, page.body, page.url, page.content_type, _layout(config, page.url))
    complain(f"{url}  {getattr(answer.result, 'reason', '')}", hint=getattr(answer.result, "hint", ""))
    return None


def _config() -> Config:
    """The account's settings where we stand in its folder (its proxy, its contact); the defaults elsewhere."""
    from curate.cli.doors import load_config
    from curate.config import NAME
    from curate.settings import Account, Config

    here = Path()
    if (here / NAME).exists():
        return load_config(here, os.environ)
    return Config(account=Account(name="curate"), topics=(), sources=())


def _layout(config: Config, url: str) -> Layout | None:
    """What the account's nights have learnt of this site; None outside of an account's folder."""
    from curate.articles import site_of
    from curate.cli.doors import open_archive
    from curate.config import NAME

    here = Path()
    if not (here / NAME).exists():
        return None
    with open_archive(config, here) as archive:
        return archive.layouts.of([site_of(url)]).get(site_of(url))


def _found(
    name: str, body: bytes, url: str, content_type: str, layout: Layout | None = None
) -> Article | None:
    from curate.errors import SourceError
    from curate.model import Article
    from curate.text.extract import extract as in_full
    from curate.text.recall import read

    try:
        if layout is None:
            return in_full(body, url, content_type)
        return read(body, url, content_type, layout, Article("", ""))[0]
    except SourceError as e:
        complain(f"{name}  {e.reason}", hint=e.hint)
        return None


def _row(article: Article | None) -> dict[str, Any]:
    if article is None:
        return {"title": "", "author": "", "published": None, "text": "", "images": []}
    published = article.published.isoformat() if article.published else None
    images = [image.url for image in article.images]
    return {
        "title": article.title,
        "author": article.author,
        "published": published,
        "text": article.text,
        "images": images,
    }


def _put(value: Any, out: Path) -> None:
    from curate.output import write_file

    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    if str(out) == "-":
        click.echo(text, nl=False)
    else:
        write_file(out, text, replace=True)


COMMANDS = (extract, lint)
