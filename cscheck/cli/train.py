"""``cscheck train``: learn from labelled talk, and write the model into a pack."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cscheck.cli import options
from cscheck.cli.exits import Exit
from cscheck.cli.params import command, option
from cscheck.language import CATEGORIES, say, term

if TYPE_CHECKING:
    from cscheck.training.fit import Fitted

SHIPPED = ("said", "acts")


@command(
    "train",
    "从标注过的话里学习，把模型写进规则包（要先安装 cscheck[train]）。\n\nLABELS 是标注文件，一个文件一位写的人："
    "每个文件轮流留出来检验，阈值定在没见过的文件上达到 --precision 的地方。太少、定不准的类别不判。",
    "Learn from labelled talk and write a model into a pack (needs cscheck[train]).\n\nLABELS are label files, one a "
    "writer: each is held out in turn, and thresholds hold --precision on files not seen.",
)
@click.argument("labels", nargs=-1, metavar="LABELS...")
@option(
    "--shipped",
    "shipped_labels",
    type=click.Choice(SHIPPED),
    multiple=True,
    zh="连同 cscheck 自带的标注一起学：said 不该说的，acts 行为",
    en="learn from the labels that come with cscheck too: what should not be said, or acts",
)
@option(
    "--pack",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    zh="写进哪个规则包（文件夹）",
    en="the pack (folder) to write into",
)
@option(
    "--name",
    default="said",
    show_default=True,
    zh="模型的名字，即 learned 下的文件名",
    en="name of the model, its file under learned",
)
@option(
    "--precision",
    type=click.FloatRange(0.5, 1, max_open=True),
    default=0.95,
    show_default=True,
    zh="没见过的文件上要达到的精确率",
    en="precision to hold on files not seen",
)
@option("--seed", type=int, default=0, show_default=True, zh="随机种子", en="seed")
@option("--date", metavar="DATE", zh="写在说明里的日期；默认今天", en="date for the card; today by default")
@options.language
def train(
    labels: tuple[str, ...],
    shipped_labels: tuple[str, ...],
    folder: Path,
    name: str,
    precision: float,
    seed: int,
    date: str | None,
    lang: str | None,
) -> Exit:
    """Train a model."""
    from cscheck.cli import output as out
    from cscheck.cli.label_files import read_items
    from cscheck.cli.session import session
    from cscheck.errors import ConfigError, Place
    from cscheck.evaluation.categories import Vocabulary
    from cscheck.evaluation.labels import Labels
    from cscheck.learned.model import SUFFIX
    from cscheck.load.packs import shipped

    try:
        from cscheck.training.train import Settings, Trainer, write
    except ImportError:
        message = say("训练要用 scikit-learn，还没有安装", "training needs scikit-learn, which is not installed")
        raise ConfigError(message, allowed='pip install "cscheck[train]"') from None
    if not (folder / "pack.yaml").is_file():
        message = say("这个文件夹不是规则包，没有 pack.yaml", "no pack: there is no pack.yaml")
        raise ConfigError(
            message, Place(str(folder)), allowed=say("用 cscheck rules new 新建", "make one with rules new")
        )
    labels = (*labels, *(str(shipped("labels") / name) for name in shipped_labels))
    if not labels:
        message = say("没有给标注文件", "no label files are given")
        raise ConfigError(message, allowed=say("标注文件、文件夹，或 --shipped", "label files, folders, or --shipped"))
    work = session(only_packs=[str(folder)], flags={"lang": lang})
    ruleset = work.ruleset(with_models=False)
    titles = work.act_titles(ruleset)
    vocabulary = Vocabulary.of(ruleset)
    items, problems = read_items(labels, Labels(vocabulary))
    for problem in problems:
        out.tell(str(problem))
    day = date or datetime.date.today().isoformat()
    trainer = Trainer(items, Settings(precision, seed, day))
    if not trainer.names:
        message = say(
            "标注里没有一处 violations 或 acts，没有可学的",
            "no violation and no act is labelled, there is nothing to learn",
        )
        raise ConfigError(message, Place(labels[0]))
    for fitted in trainer.learn():
        click.echo(_line(fitted, titles))
    path = write(trainer.model(folder / "learned" / f"{name}{SUFFIX}"))
    size = path.stat().st_size / 1e6
    click.echo(
        say(
            f"学了 {len(trainer.examples)} 句，写入 {path}（{size:.1f} MB）",
            f"{len(trainer.examples)} texts; wrote {path} ({size:.1f} MB)",
        )
    )
    return Exit.FAILED if problems else Exit.CLEAN


def _line(fitted: Fitted, acts: Mapping[str, str]) -> str:
    slug = fitted.label.name
    name = f"{acts.get(slug) or term(CATEGORIES, slug)} {slug}"
    if fitted.why_silent:
        why = {
            "too-few": say("例子太少，不判", "too few examples, silent"),
            "unsure": say("达不到要求的精确率，不判", "does not reach the precision, silent"),
        }[fitted.why_silent]
        return say(f"{name}：{fitted.positives} 例，{why}", f"{name}: {fitted.positives} examples, {why}")
    precision, recall = fitted.tally.precision, fitted.tally.recall
    low, high = precision.interval or (0.0, 0.0)
    figures = f"{precision.value or 0:.3f} [{low:.2f}, {high:.2f}]", f"{recall.value or 0:.3f}"
    return say(
        f"{name}：{fitted.positives} 例，精确率 {figures[0]}，召回率 {figures[1]}",
        f"{name}: {fitted.positives} examples, precision {figures[0]}, recall {figures[1]}",
    )
