"""``cscheck rules test``: rules prove themselves on their own examples."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from cscheck.cli import options
from cscheck.cli.exits import Exit
from cscheck.cli.params import command, option
from cscheck.language import say

if TYPE_CHECKING:
    from cscheck.mutate import Overlap
    from cscheck.pack import RuleSet

_SHOWN = 10
_LONG = 60


@command(
    "test",
    "用规则自带的例句验证规则。\n\nPREFIX 是规则或行为编号的开头，如 core/negative；省略时全部验证。",
    "Prove rules on their own examples.\n\nPREFIX is how the ids start, e.g. core/negative; all by default.",
)
@click.argument("prefix", required=False, default="", metavar="[PREFIX]")
@options.packs
@option("--fast", is_flag=True, zh="不逐个验证句式和守卫是否必要", en="do not take patterns and guards out one by one")
@option(
    "--mutate",
    is_flag=True,
    zh="再把句式和守卫里的每个词逐一去掉，找出没有例句用到的词，以及被别的规则覆盖的规则",
    en="also take out every word of patterns and guards, to find words no example needs and rules others cover",
)
@options.language
def test(
    prefix: str, packs: tuple[str, ...], only_packs: tuple[str, ...], fast: bool, mutate: bool, lang: str | None
) -> Exit:
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
    rules = [name for name in ruleset.rules if name.startswith(prefix)]
    proved = [*rules, *(act.id for act in ruleset.acts_of(prefix))]
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
    click.echo(
        say(
            f"{len(proved)} 项中有 {failed} 项不成立，共 {len(failures)} 处",
            f"{failed} of {len(proved)} do not hold, {len(failures)} failures",
        )
        if failures
        else say(f"{len(proved)} 项全部成立", f"all {len(proved)} hold")
    )
    weak = _show_mutations(ruleset, prefix) if mutate else 0
    return Exit.FINDINGS if failures or weak else Exit.CLEAN


def _show_mutations(ruleset: RuleSet, prefix: str) -> int:
    """Show the words that no example needs and the rules that others cover; give how many there are."""
    from cscheck import mutate
    from cscheck.display import visible

    click.echo()
    tried = survived = 0
    for mutation in mutate.mutate(ruleset, prefix):
        tried += mutation.tried
        survived += len(mutation.survivors)
        if mutation.survivors:
            click.echo(visible(mutation.path))
        for place, group in groupby(mutation.survivors, key=lambda survivor: survivor.place):
            words = [survivor.word for survivor in group]
            rest = say(f"……等 {len(words)} 个", f"… {len(words)} in all") if len(words) > _SHOWN else ""
            click.echo("  " + visible(_short(place)))
            click.echo("    " + say("没有例句用到：", "no example needs: ") + visible(_joined(words)) + rest)
    covered = list(mutate.overlaps(ruleset, prefix))
    for overlap in covered:
        click.echo(visible(overlap.path))
        click.echo("  " + visible(_overlap(overlap)))
    click.echo(
        say(
            f"去掉了 {tried} 个词，{survived} 个没有例句用到；重复的规则 {len(covered)} 处",
            f"{tried} words taken out, {survived} needed by no example; {len(covered)} rules covered by others",
        )
    )
    return survived + len(covered)


def _overlap(overlap: Overlap) -> str:
    if overlap.words:
        pattern = _short(overlap.words)
        return say(
            f"句式“{pattern}”在 {overlap.other} 里也有", f"the pattern '{pattern}' stands in {overlap.other} too"
        )
    return say(f"错误例句全都被 {overlap.other} 命中", f"{overlap.other} finds all of its bad examples as well")


def _joined(words: list[str]) -> str:
    return say("、", ", ").join(_short(word) for word in words[:_SHOWN])


def _short(text: str) -> str:
    return text if len(text) <= _LONG else text[: _LONG - 1] + "…"
