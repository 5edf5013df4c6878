"""``cscheck rules diff``: the same conversations under two sets of packs."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cscheck.cli import options
from cscheck.cli.exits import Exit
from cscheck.cli.params import command, option
from cscheck.language import say

if TYPE_CHECKING:
    from cscheck.checker import Checker
    from cscheck.cli.progress import Progress
    from cscheck.conversation import Conversation
    from cscheck.errors import SourceError
    from cscheck.settings import Config
    from cscheck.sources import ReadOptions

FORMATS = ("table", "json")


@command(
    "diff",
    "用新旧两套规则包检查同样的对话，列出结果的差别：出现和消失的发现、得分的变化、增删改的规则，以及最说明问题的例子。\n\n"
    "OLD 和 NEW 各是一个或几个规则包（名称或文件夹，用逗号隔开）：只用写出的这些；以 + 开头则在随附的规则包之外再加，"
    "如 +shop；单写 + 就是随附的规则包。\n\n"
    "退出码：0 完成，1 结果有差别（要加 --fail-on-change），2 有文件读不了或设置有误。",
    "Check the same conversations under an old and a new set of packs, and show what differs: findings that appear and "
    "vanish, shifts of scores, rules added, removed and changed, and the most telling examples.\n\n"
    "OLD and NEW are each one or more packs (names or folders, with commas): only these are used. With a + in front, "
    "as in +shop, they come on top of the shipped ones; a lone + means the shipped ones.\n\n"
    "Exit code: 0 done, 1 results differ (with --fail-on-change), 2 something could not be read or is set wrongly.",
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@options.reading
@options.channel
@option("--exclude", multiple=True, metavar="GLOB", zh="文件夹里不读的文件（可重复）", en="files of a folder to skip")
@options.config
@option("--format", "format_", type=click.Choice(FORMATS), default="table", zh="输出格式（默认 table）", en="output")
@option("--output", "-o", type=click.Path(path_type=Path), metavar="FILE", zh="写入文件", en="write to a file")
@option(
    "--fail-on-change",
    is_flag=True,
    zh="有对话的发现或得分不同时退出码为 1",
    en="exit 1 where a conversation gets other findings or another score",
)
@options.min_severity
@options.language
@option("--no-progress", is_flag=True, zh="不显示进度条", en="no progress bar")
@options.width
def diff(
    old: str,
    new: str,
    paths: tuple[str, ...],
    *,
    input_format: str | None,
    columns: tuple[tuple[str, str], ...],
    roles: tuple[tuple[str, str], ...],
    encoding: str | None,
    channel: str | None,
    exclude: tuple[str, ...],
    config_file: Path | None,
    format_: str,
    output: Path | None,
    fail_on_change: bool,
    min_severity: str | None,
    lang: str | None,
    no_progress: bool,
    width: int | None,
) -> Exit:
    """Compare packs."""
    from cscheck.cli import output as out
    from cscheck.cli.progress import Progress
    from cscheck.cli.run import count_files
    from cscheck.cli.session import session
    from cscheck.diff import diff as compare
    from cscheck.reporters.context import Context
    from cscheck.reporters.diff import reporter
    from cscheck.sources import ReadOptions

    flags = {
        "columns": dict(columns),
        "roles": dict(roles),
        "channel": channel,
        "exclude": exclude,
        "min-severity": min_severity,
        "lang": lang,
    }
    config = session(config_file=config_file, flags=flags).config
    before, after = _checkers(packs_of(old), packs_of(new), config)
    reading = ReadOptions(input_format, config.columns, config.roles, config.channel, encoding, config.exclude)
    problems: list[SourceError] = []
    bar = Progress(enabled=not no_progress, total=count_files(paths, config.exclude))
    with bar as progress:
        found = compare(before, after, _conversations(paths, reading, problems, progress))
    if format_ != "json":
        for problem in problems:
            out.tell(str(problem))
    context = Context(width=out.columns(width, sys.stdout), color=output is None and out.has_color(sys.stdout))
    text = reporter(format_).render(found, problems, context)
    out.write(text, output, for_machines=format_ != "table")
    if problems:
        return Exit.FAILED
    return Exit.FINDINGS if fail_on_change and not found.is_empty else Exit.CLEAN


def packs_of(given: str) -> list[str]:
    """Give the packs that OLD or NEW names."""
    from cscheck.load.packs import available

    if (Path(given) / "pack.yaml").is_file():
        # A folder's own name may hold a comma.
        return [given]
    named = [name.strip() for name in given.removeprefix("+").split(",") if name.strip()]
    if given.startswith("+"):
        return [*available(), *(name for name in named if name not in available())]
    if not named:
        raise click.UsageError(say("OLD 和 NEW 要写出规则包", "OLD and NEW have to name packs"))
    return named


def _checkers(old: list[str], new: list[str], config: Config) -> tuple[Checker, Checker]:
    """Load both sides; a setting on a rule that only one side has is left out for the other."""
    from cscheck.checker import Checker
    from cscheck.load.packs import load_packs

    if not (config.rules or config.scoring.weights or config.scoring.fatal):
        return Checker(old, config), Checker(new, config)
    ours, theirs = list(load_packs(old).rules), list(load_packs(new).rules)
    return Checker(old, _fitting(config, ours, theirs)), Checker(new, _fitting(config, theirs, ours))


def _fitting(config: Config, here: Sequence[str], there: Sequence[str]) -> Config:
    from cscheck.suppress import names

    def fits(wanted: str) -> bool:
        return any(names(wanted, rule) for rule in here) or not any(names(wanted, rule) for rule in there)

    scoring = replace(
        config.scoring,
        weights={wanted: weight for wanted, weight in config.scoring.weights.items() if fits(wanted)},
        fatal=tuple(wanted for wanted in config.scoring.fatal if fits(wanted)),
    )
    rules = {wanted: severity for wanted, severity in config.rules.items() if fits(wanted)}
    return replace(config, rules=rules, scoring=scoring)


def _conversations(
    paths: Sequence[str], reading: ReadOptions, problems: list[SourceError], progress: Progress
) -> Iterator[Conversation]:
    """Read as ``check`` reads; what cannot be read is put with the problems."""
    from cscheck.cli.run import expand
    from cscheck.errors import SourceError
    from cscheck.sources import read

    files: list[str] = []
    for path in paths:
        matches = expand(path)
        if not matches:
            problems.append(SourceError(say(f"没有与“{path}”相符的文件。", f"nothing matches '{path}'.")))
        files += matches
    count = 0
    for item in read(files, reading, lambda _: progress.file()):
        if isinstance(item, SourceError):
            problems.append(item)
        else:
            count += 1
            yield item
            progress.conversation()
    if not count and not problems:
        problems.append(SourceError(say("没有读到任何对话。", "no conversation was read.")))
