"""``cscheck evaluate``: how well findings agree with what people labelled."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cscheck.cli import options
from cscheck.cli.exits import Exit
from cscheck.cli.params import command, option
from cscheck.language import say

if TYPE_CHECKING:
    from cscheck.evaluation.totals import Totals

FORMATS = ("table", "json", "html")
_SHARE = click.FloatRange(0, 1)


@command(
    "evaluate",
    "用人工标注评测：每一类的精确率和召回率、每条规则的误报、所有不一致之处。\n\n"
    "LABELS 是标注文件：JSON Lines，或表格（CSV、TSV、Excel）。表格里话在“话术”或 text 一列，标注在“违规”一列，"
    "写作“类别:原话”，几处用分号隔开；格式详见 docs/evaluation.zh-CN.md。\n\n"
    "退出码：0 评测完成，1 低于 --min-precision 或 --min-recall，2 有标注读不了或设置有误。",
    "Measure findings against labels: precision and recall by category, false findings by rule, every disagreement.\n\n"
    "LABELS are JSON Lines or tables (CSV, TSV, Excel). A table has the words in a column text and the labels in a "
    "column violations, as category:words, several with semicolons; see docs/evaluation.md.\n\n"
    "Exit code: 0 done, 1 below --min-precision or --min-recall, 2 something could not be read or is set wrongly.",
)
@click.argument("labels", nargs=-1, required=True, metavar="LABELS...")
@option(
    "--against",
    multiple=True,
    metavar="LABELS",
    zh="第二位标注者对同样条目的标注：算出一致程度 κ（可重复）",
    en="a second reviewer's labels of the same items, for kappa; may be repeated",
)
@options.no_learned
@options.packs
@options.config
@options.channel
@option("--encoding", metavar="NAME", zh="文件编码；默认自动判断", en="encoding of the files")
@option("--format", "format_", type=click.Choice(FORMATS), default="table", zh="输出格式（默认 table）", en="output")
@option("--output", "-o", type=click.Path(path_type=Path), metavar="FILE", zh="写入文件", en="write to a file")
@option(
    "--errors",
    is_flag=True,
    zh="表格后列出每一处误报和漏报（json 和 html 总会列出）",
    en="list every disagreement below the table (json and html always do)",
)
@options.min_severity
@option(
    "--min-precision",
    type=_SHARE,
    metavar="X",
    zh="合计精确率低于 X（0 到 1）时退出码为 1",
    en="exit 1 where precision over all is below X (0 to 1)",
)
@option(
    "--min-recall",
    type=_SHARE,
    metavar="X",
    zh="合计召回率低于 X（0 到 1）时退出码为 1",
    en="exit 1 where recall over all is below X (0 to 1)",
)
@options.language
@option("--no-progress", is_flag=True, zh="不显示进度条", en="no progress bar")
@options.width
def evaluate(
    labels: tuple[str, ...],
    *,
    against: tuple[str, ...],
    no_learned: bool,
    packs: tuple[str, ...],
    only_packs: tuple[str, ...],
    config_file: Path | None,
    channel: str | None,
    encoding: str | None,
    format_: str,
    output: Path | None,
    errors: bool,
    min_severity: str | None,
    min_precision: float | None,
    min_recall: float | None,
    lang: str | None,
    no_progress: bool,
    width: int | None,
) -> Exit:
    """Evaluate findings."""
    from cscheck.cli import output as out
    from cscheck.cli.label_files import read_items
    from cscheck.cli.progress import Progress
    from cscheck.cli.session import session
    from cscheck.evaluation.categories import Vocabulary
    from cscheck.evaluation.evaluation import evaluate as measure
    from cscheck.evaluation.labels import Labels
    from cscheck.reporters.context import Context
    from cscheck.reporters.evaluation import reporter
    from cscheck.sources import ReadOptions

    flags = {
        "channel": channel,
        "min-severity": min_severity,
        "learned": "off" if no_learned else None,
        "lang": lang,
    }
    work = session(config_file=config_file, packs=packs, only_packs=only_packs, paths=labels, flags=flags)
    checker = work.checker()
    reading = Labels(
        Vocabulary.of(checker.ruleset),
        ReadOptions(roles=work.config.roles, channel=work.config.channel, encoding=encoding),
    )
    items, problems = read_items(labels, reading)
    others, more = read_items(against, reading) if against else (None, [])
    problems += more
    if format_ != "json":
        for problem in problems:
            out.tell(str(problem))
    with Progress(enabled=not no_progress, total=None) as progress:
        found = measure(checker, items, others, errors=problems, on_item=progress.conversation)
    context = Context(
        packs=checker.packs,
        act_titles=work.act_titles(checker.ruleset),
        width=out.columns(width, sys.stdout),
        color=output is None and out.has_color(sys.stdout),
        explain=errors,
    )
    out.write(reporter(format_).render(found, context), output, for_machines=format_ != "table")
    below = _below(found.totals, min_precision, min_recall)
    for line in below:
        out.tell(line)
    return Exit.FAILED if problems else Exit.FINDINGS if below else Exit.CLEAN


def _below(totals: Totals, min_precision: float | None, min_recall: float | None) -> list[str]:
    """Say which totals are below what was asked for; one that is not defined is not below."""
    from cscheck.reporters.evaluation.words import GROUPS

    said = []
    for group in totals.groups:
        row = group.micro
        for name, value, least in (
            (say("精确率", "precision"), row.precision.value, min_precision),
            (say("召回率", "recall"), row.recall.value, min_recall),
        ):
            if value is not None and least is not None and value < least:
                title = str(GROUPS[group.group])
                said.append(
                    say(
                        f"{title}：{name} {value:.3f}，低于 {least:g}",
                        f"{title}: {name} {value:.3f} is below {least:g}",
                    )
                )
    return said
