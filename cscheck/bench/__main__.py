"""``python -m cscheck.bench``: measure speed, start, latency, scaling, or count."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console

from cscheck.bench.chats import Recipe
from cscheck.bench.corpus import Corpus, CorpusError, load, make
from cscheck.bench.counts import counts
from cscheck.bench.latency import latency
from cscheck.bench.plot import svg
from cscheck.bench.result import Result
from cscheck.bench.scaling import scaling
from cscheck.bench.sizes import QUICK, Sizes
from cscheck.bench.start import command_lines, start
from cscheck.bench.table import show
from cscheck.bench.throughput import throughput
from cscheck.errors import CscheckError

_FILE = click.Path(dir_okay=False, path_type=Path)
_RECIPE = Recipe()


@click.command("python -m cscheck.bench")
@click.option("--start", "mode", flag_value="start", help="Cold start of whole processes.")
@click.option("--latency", "mode", flag_value="latency", help="One warm draft after the other, in process.")
@click.option("--scaling", "mode", flag_value="scaling", help="Curves: turns, rules, processes, memory.")
@click.option("--counts", "mode", flag_value="counts", help="Figures without noise: modules, engine.")
@click.option("--corpus", "files", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
              metavar="FILE", help="JSON Lines to measure on (repeatable); made up otherwise.")  # fmt: skip
@click.option("--conversations", default=_RECIPE.conversations, show_default=True, type=click.IntRange(1))
@click.option("--turns", default=_RECIPE.turns, show_default=True, type=click.IntRange(1), help="A conversation.")
@click.option("--share", default=_RECIPE.share, show_default=True, type=click.FloatRange(0, 1),
              help="Of the agent turns, those that hold a text labelled as breaking a rule.")  # fmt: skip
@click.option("--seed", default=_RECIPE.seed, show_default=True, type=int)
@click.option("--rounds", type=click.IntRange(1), help="Alternating rounds: 7 by default, 15 with --start.")
@click.option("--drafts", default=1000, show_default=True, type=click.IntRange(1), help="For --latency.")
@click.option("--quick", is_flag=True, help="With --scaling, the smallest sizes: only to see that it runs.")
@click.option("--only-pack", "packs", multiple=True, type=click.Path(exists=True, file_okay=False, path_type=Path),
              metavar="FOLDER", help="Measure with these packs instead of all that ship (repeatable).")  # fmt: skip
@click.option("--json", "json_file", type=_FILE, metavar="FILE", help="Write the figures.")
@click.option("--svg", "svg_file", type=_FILE, metavar="FILE", help="With --scaling, draw the curves.")
@click.option("--write-corpus", "corpus_file", type=_FILE, metavar="FILE", help="Write the corpus, measure nothing.")
def bench(
    mode: str | None,
    *,
    files: tuple[Path, ...],
    conversations: int,
    turns: int,
    share: float,
    seed: int,
    rounds: int | None,
    drafts: int,
    quick: bool,
    packs: tuple[Path, ...],
    json_file: Path | None,
    svg_file: Path | None,
    corpus_file: Path | None,
) -> None:
    """Measure cscheck; without a mode, its throughput against jieba and others on the same text."""
    if svg_file and mode != "scaling":
        raise click.UsageError("--svg goes with --scaling")

    def corpus() -> Corpus:
        recipe = Recipe(conversations, turns, share, seed=seed)
        return load(files) if files else make(recipe)

    try:
        if corpus_file:
            click.echo(json.dumps(_written(corpus(), corpus_file), ensure_ascii=False))
            return
        if mode == "start":
            result = start(command_lines(packs), rounds or 15, seed)
        elif mode == "latency":
            result = latency(corpus(), drafts, packs)
        elif mode == "counts":
            result = counts(corpus(), command_lines(packs), packs)
        elif mode == "scaling":
            result, curves = scaling(replace(QUICK if quick else Sizes(), seed=seed), packs)
            if svg_file:
                svg_file.write_text(svg(curves), encoding="utf-8")
        else:
            result = throughput(corpus(), rounds or 7, packs)
    except (CorpusError, CscheckError) as error:
        raise click.ClickException(str(error)) from error
    _hand_over(result, json_file)


def _written(corpus: Corpus, path: Path) -> dict[str, object]:
    corpus.write(path)
    return corpus.facts()


def _hand_over(result: Result, json_file: Path | None) -> None:
    show(result, Console())
    if json_file:
        text = json.dumps(result.document(), ensure_ascii=False, indent=1)
        json_file.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    bench(prog_name="python -m cscheck.bench")
