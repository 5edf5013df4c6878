"""``cscheck rules schema``: JSON Schema of the rule files, for editors."""

from __future__ import annotations

import json

import click

from cscheck.cli import options
from cscheck.cli.params import command, option

KINDS = ("rule", "act", "guard", "pack", "clauses")


@command(
    "schema",
    "输出规则文件的 JSON Schema，供编辑器补全和检查。",
    "Print the JSON Schema of rule files, so that editors complete and check them.",
)
@option("--kind", type=click.Choice(KINDS), default="rule", zh="哪种文件（默认 rule）", en="which files (default rule)")
@options.language
def schema(kind: str, lang: str | None) -> None:
    """Print a schema."""
    from cscheck.load.schema import schema as schema_of

    click.echo(json.dumps(schema_of(kind), ensure_ascii=False, indent=2))
