"""``cscheck check``: transcripts in, findings out."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import click

from cscheck.cli import options
from cscheck.cli.exits import Exit
from cscheck.cli.params import command, option
from cscheck.language import say

FORMATS = ("terminal", "json", "jsonl")


@command(
    "check",
    "检查对话，列出不合规范的话和该说没说的话。\n\nPATH 是文件、文件夹、通配符，或 -（标准输入）。\n\n"
    "退出码：0 没有问题，1 有达到 --fail-on 的发现，2 有文件读不了或设置有误。",
    "Check conversations: what should not have been said, and what was left unsaid.\n\n"
    "PATH is a file, a folder, a glob, or - for standard input.\n\n"
    "Exit code: 0 clean, 1 findings at or above --fail-on, 2 something could not be read or is set wrongly.",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@options.reading
@options.channel
@option("--exclude", multiple=True, metavar="GLOB", zh="文件夹里不读的文件（可重复）", en="files of a folder to skip")
@options.no_learned
@options.packs
@options.config
@option(
    "--format", "format_", type=click.Choice(FORMATS), default="terminal", zh="输出格式（默认 terminal）", en="output"
)
@option("--output", "-o", type=click.Path(path_type=Path), metavar="FILE", zh="写入文件", en="write to a file")
@option(
    "--show",
    type=click.Choice(("hits", "all")),
    zh="只列有问题的话（默认），或全部列出",
    en="turns with findings, or all",
)
@option("--acts", is_flag=True, zh="标出识别到的行为（问候、致歉……）", en="show the acts that were heard")
@options.excused
@option("--explain-score", is_flag=True, zh="列出得分是怎么算的", en="show how each score comes about")
@options.fail_on
@options.min_severity
@option("--baseline", metavar="FILE", zh="不再列出这个文件里已知的发现", en="hide the known findings in this file")
@option(
    "--update-baseline", is_flag=True, zh="把这次的发现写进基线文件", en="write this run's findings to the baseline"
)
@options.language
@option("--quiet", "-q", is_flag=True, zh="只输出一行总结", en="one line of summary only")
@option(
    "--verbose",
    "-v",
    is_flag=True,
    zh="说明每个文件的格式和编码，以及没用上的屏蔽",
    en="tell format and encoding of files",
)
@options.jobs
@option("--no-progress", is_flag=True, zh="不显示进度条", en="no progress bar")
@options.width
def check(
    paths: tuple[str, ...],
    *,
    input_format: str | None,
    columns: tuple[tuple[str, str], ...],
    roles: tuple[tuple[str, str], ...],
    encoding: str | None,
    channel: str | None,
    exclude: tuple[str, ...],
    no_learned: bool,
    packs: tuple[str, ...],
    only_packs: tuple[str, ...],
    config_file: Path | None,
    format_: str,
    output: Path | None,
    show: str | None,
    acts: bool,
    excused: bool,
    explain_score: bool,
    fail_on: str | None,
    min_severity: str | None,
    baseline: str | None,
    update_baseline: bool,
    lang: str | None,
    quiet: bool,
    verbose: bool,
    jobs: int | None,
    no_progress: bool,
    width: int | None,
) -> Exit:
    """Check conversations."""
    from cscheck import baseline as baselines
    from cscheck.cli import output as out
    from cscheck.cli.checking import Checking
    from cscheck.cli.progress import Progress
    from cscheck.cli.run import Run, amount
    from cscheck.cli.session import session
    from cscheck.parallel import worthwhile
    from cscheck.reporters import reporter
    from cscheck.reporters.context import Context
    from cscheck.sources import ReadOptions

    work = session(
        config_file=config_file,
        packs=packs,
        only_packs=only_packs,
        paths=paths,
        flags={
            "columns": dict(columns),
            "roles": dict(roles),
            "channel": channel,
            "exclude": exclude,
            "fail-on": fail_on,
            "min-severity": min_severity,
            "learned": "off" if no_learned else None,
            "baseline": baseline,
            "lang": lang,
        },
    )
    config = work.config
    if update_baseline and config.baseline is None:
        raise click.UsageError(
            say("--update-baseline 要和 --baseline FILE 一起用", "--update-baseline needs --baseline FILE")
        )
    checker, broken_packs = work.sound_checker()
    known = baselines.load(config.baseline) if config.baseline and not update_baseline else None
    context = Context(
        packs=checker.packs,
        act_titles=work.act_titles(checker.ruleset),
        width=out.columns(width, sys.stdout),
        color=output is None and out.has_color(sys.stdout),
        show=show or ("all" if acts else "hits"),
        acts=acts,
        excused=excused,
        explain=explain_score,
        quiet=quiet,
    )
    much = amount(paths, config.exclude)
    run = Run(
        checker=checker,
        checking=Checking(
            work.any_checker, checker, format_, context, is_updating=update_baseline, shows=known is None
        ),
        options=ReadOptions(input_format, config.columns, config.roles, config.channel, encoding, config.exclude),
        broken_packs=broken_packs,
        verbose=verbose,
        known=known,
        tells_problems=format_ != "json",
        jobs=jobs or worthwhile(much.size),
        size=much.size,
    )
    is_watched = format_ == "terminal" and not quiet and output is None and sys.stdout.isatty()
    bar = Progress(enabled=not (no_progress or is_watched), total=much.files if much.files > 1 else None)
    with bar as progress, contextlib.closing(run.items(paths, progress)) as items:
        out.write(reporter(format_).render(items, context), output, for_machines=format_ != "terminal")
    if update_baseline and config.baseline:
        count = baselines.dump(run.found, config.baseline)
        out.tell(
            say(f"基线已写入 {config.baseline}：{count} 处", f"baseline {config.baseline} written: {count} findings")
        )
    return run.exit_code(config.fail_on)
