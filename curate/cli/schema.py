"""`curate schema`: the shape of feeds.yaml. A module of its own, because it needs nothing of an account."""

from __future__ import annotations

import json

import click

from curate.app.exit_codes import ExitCode
from curate.cli.terminal.lazy_group import top_level
from curate.config.json_schema import schema as json_schema
from curate.sources import readers


@top_level("schema")
@click.command()
def schema() -> ExitCode:
    """打印 feeds.yaml 的 JSON Schema，编辑器用它补全和查错。

    Print the JSON Schema of feeds.yaml, by which editors complete and check it.
    """
    click.echo(json.dumps(json_schema(readers()), ensure_ascii=False, indent=1))
    return ExitCode.OK
