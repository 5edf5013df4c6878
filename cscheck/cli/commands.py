"""The commands: one a file, imported when it is asked for."""

from __future__ import annotations

import click

from cscheck import __version__
from cscheck.cli import options
from cscheck.cli.params import option
from cscheck.cli.program import Program
from cscheck.language import Text

COMMANDS = {
    "check": "cscheck.cli.check:check",
    "draft": "cscheck.cli.draft:draft",
    "evaluate": "cscheck.cli.evaluate:evaluate",
    "train": "cscheck.cli.train:train",
    "rules": "cscheck.cli.rules:rules",
    "config": "cscheck.cli.config:config",
}


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(f"cscheck {__version__}")
        context.exit()


@click.group(
    "cscheck",
    cls=Program,
    lazy=COMMANDS,
    texts=Text(
        "客服话术质检：检查客服说的话是否合乎规范。",
        "Check what customer-service agents say in Chinese against written standards.",
    ),
)
@option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, zh="显示版本", en="the version"
)
@options.language
@click.pass_context
def program(context: click.Context, lang: str | None) -> None:
    """Check phrasing."""
    context.obj = lang
