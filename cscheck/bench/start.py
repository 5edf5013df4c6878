"""``--start``: whole processes, from nothing to the end, against a Python that does nothing."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from cscheck.bench.chats import Recipe
from cscheck.bench.corpus import make
from cscheck.bench.processes import CSCHECK, pack_options, seconds
from cscheck.bench.result import Result, Table
from cscheck.bench.rounds import Job, alternate, ratio

BASE = "python -c pass"
SILENT = "好的"
SEGMENTED = "这个我不知道"
TRANSCRIPT = "chat.jsonl"


def command_lines(packs: Sequence[Path] = ()) -> dict[str, list[str]]:
    """Give what is started, by the name it has in the table; ``TRANSCRIPT`` lies in the current folder."""
    only = pack_options(packs)
    return {
        BASE: [sys.executable, "-c", "pass"],
        "cscheck --version": [*CSCHECK, "--version"],
        "cscheck draft, no word to look at": [*CSCHECK, "draft", SILENT, *only],
        "cscheck draft, words to cut": [*CSCHECK, "draft", SEGMENTED, *only],
        "cscheck check, 20 turns": [*CSCHECK, "check", TRANSCRIPT, "--format", "terminal", *only],
    }


def write_transcript(folder: Path, seed: int = 0) -> Path:
    """Write the transcript that is checked: one chat of twenty turns, a few of them faulty."""
    return make(Recipe(conversations=1, turns=20, share=0.15, spread=0, seed=seed)).write(folder / TRANSCRIPT)


def start(commands: Mapping[str, Sequence[str]], rounds: int = 15, seed: int = 0) -> Result:
    """Measure; one round before the first warms the disk, the byte code and the cached dictionary."""
    with tempfile.TemporaryDirectory(prefix="cscheck-bench-") as name:
        folder = Path(name)
        write_transcript(folder, seed)
        jobs = {title: _job(command, folder) for title, command in commands.items()}
        alternate(jobs, 1)
        times = alternate(jobs, rounds)
    rows = [(title, statistics.median(found) * 1e3, ratio(found, times[BASE])) for title, found in times.items()]
    table = Table(
        f"Cold start, medians of {rounds} rounds",
        ("", "ms", f"÷ {BASE}"),
        tuple(rows),
    )
    named = [{"name": title, "ms": ms, "ratio": times_base} for title, ms, times_base in rows]
    return Result("start", {"rounds": rounds, "base": BASE, "rows": named}, (table,))


def _job(command: Sequence[str], folder: Path) -> Job:
    return lambda _: seconds(command, folder)
