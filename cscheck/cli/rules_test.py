"""``cscheck rules test``: rules prove themselves on their own examples."""

from __future__ import annotations

from itertools import groupby

import click

from cscheck.cli import options
from cscheck.cli.exits import Exit
from cscheck.cli.params import command, option
from cscheck.language import say


@command(
    "test",
    "用规则自带的例句验证规则。\n\nPREFIX 是规则或行为编号的开头，如 core/negative；省略时全部验证。",
    "Prove rules on their own examples.\n\nPREFIX is how the ids start, e.g. core/negative; all by default.",
)
@click.argument("prefix", required=False, default="", metavar="[PREFIX]")
@options.packs
@option("--fast", is_flag=True, zh="不逐个验证句式和守卫是否必要", en="do not take patterns and guards out one by one")
@options.language
def test(prefix: str, packs: tuple[str, ...], only_packs: tuple[str, ...], fast: bool, lang: str | None) -> Exit:
    """Prove rules."""
    from cscheck.cli.find import ACT_PREFIX
    from cscheck.cli.session import session
    from cscheck.display import visible
    from cscheck.errors import ConfigError
    from cscheck.load.packs import load_packs
    from cscheck.prove import prove

    work = session(packs=packs, only_packs=only_packs, flags={"lang": lang})
    ruleset = load_packs(work.packs)
    prefix = prefix.removeprefix(ACT_PREFIX)
    proved = [name for name in (*ruleset.acts, *ruleset.rules) if name.startswith(prefix)]
    if not proved:
        raise ConfigError(say(f"没有以“{prefix}”开头的规则或行为", f"no rule or act starts with '{prefix}'"))
    failures = list(prove(ruleset, thoroughly=not fast, only=prefix))
    for path, group in groupby(failures, key=lambda failure: failure.path):
        click.echo(visible(path))
        for failure in group:
            click.echo(f"  {failure.message}")
            if failure.example:
                click.echo("    " + say("例句：", "example: ") + visible(failure.example.strip()))
        click.echo()
    failed = len({failure.id for failure in failures})
    if failures:
        click.echo(
            say(
                f"{len(proved)} 项中有 {failed} 项不成立，共 {len(failures)} 处",
                f"{failed} of {len(proved)} do not hold, {len(failures)} failures",
            )
        )
        return Exit.FINDINGS
    click.echo(say(f"{len(proved)} 项全部成立", f"all {len(proved)} hold"))
    return Exit.CLEAN
