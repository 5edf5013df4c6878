"""``cscheck rules show``: the file of a rule or an act, as it is."""

from __future__ import annotations

from pathlib import Path

import click

from cscheck.cli import options
from cscheck.cli.params import command


@command("show", "原样显示一条规则（或行为）的文件。", "Show the file of a rule or an act.")
@click.argument("name", metavar="ID")
@options.packs
@options.config
@options.language
def show(
    name: str, packs: tuple[str, ...], only_packs: tuple[str, ...], config_file: Path | None, lang: str | None
) -> None:
    """Show a file."""
    from cscheck.cli.find import find
    from cscheck.cli.session import session

    work = session(config_file=config_file, packs=packs, only_packs=only_packs, flags={"lang": lang})
    found = find(name, work.ruleset())
    click.echo(f"# {found.path}")
    click.echo(Path(found.path).read_text(encoding="utf-8-sig"), nl=False)
