"""`curate adverts eval`: how well adverts are found on titles with known answers."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group()
def adverts() -> None:
    """推广识别得准不准：在有答案的标题上打分。"""


@adverts.command()
@click.option(
    "--test", "test_file", type=FILE, required=True, metavar="文件", help="每行：标题<TAB>0 或 1[<TAB>来源]。"
)
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 写到标准输出，给程序用。")
def eval(test_file: Path, as_json: bool) -> int:  # noqa: A001
    """在有答案的标题上测一测：和每晚用的是同一套判断、同一个界线。"""
    from curate.curation.advert_evaluation import evaluate_adverts
    from curate.curation.encoder import find_encoder

    titles, answers = _read(test_file)
    encoder = find_encoder()
    found = evaluate_adverts(titles, answers, encoder.encode if encoder else None)
    if as_json:
        click.echo(json.dumps({name: round(value, 4) for name, value in asdict(found).items()}))
        return 0
    click.echo(
        f"共 {len(titles)} 条，其中推广 {sum(answers)} 条：精确率 {found.precision:.1%}，召回率 {found.recall:.1%}，"
        f"平均精确率 {found.average_precision:.3f}"
    )
    return 0


def _read(path: Path) -> tuple[list[str], list[bool]]:
    titles, answers = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), 1):
        if not line.strip():
            continue
        title, answer, *_ = [*line.removesuffix("\r").split("\t"), ""]
        if answer.strip() not in ("0", "1") or not title.strip():
            raise click.UsageError(f"{path}:{number}: 应当是“标题<TAB>0 或 1”")
        titles.append(title)
        answers.append(answer.strip() == "1")
    if not titles:
        raise click.UsageError(f"{path}: 一行也没有")
    return titles, answers


COMMANDS = (adverts,)
