"""The default mode: all contenders on the same text, in alternating rounds, on text that nobody has seen before."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

from cscheck.bench.commands import commands
from cscheck.bench.contenders import BASE, OURS, Contender, Part, jiebas, ours, searches
from cscheck.bench.corpus import Corpus
from cscheck.bench.keywords import keywords
from cscheck.bench.result import Result, Table
from cscheck.bench.rounds import Job, alternate, ratio


def throughput(corpus: Corpus, rounds: int = 7, packs: Sequence[Path] = (), words: int = 500) -> Result:
    """Measure; each round has its own share of the conversations, and one more is for warming up."""
    with tempfile.TemporaryDirectory(prefix="cscheck-bench-") as folder:
        parts = [_part(part, Path(folder) / str(index)) for index, part in enumerate(corpus.dealt(rounds + 1))]
        listed = keywords(words, packs or ("core",))
        others, notes = commands(listed, Path(folder))
        contenders = [*ours(packs), *jiebas(), *searches(listed), *others]
        warm, *measured = parts
        for contender in contenders:
            contender.seconds(warm)
        times = alternate({contender.name: _job(contender, measured) for contender in contenders}, rounds)
    turns = [len(part.texts) for part in measured]
    sizes = [sum(len(text.encode()) for text in part.texts) for part in measured]
    rows = [_row(contender, times[contender.name], times[BASE], turns, sizes) for contender in contenders]
    facts = corpus.facts()
    table = Table(
        f"{facts['turns']:,} turns, {facts['characters'] / facts['turns']:.0f} characters each, {corpus.name}, "
        f"{rounds} rounds of {min(turns):,}-{max(turns):,} turns",
        ("", "µs a turn", "MB/s", f"÷ {BASE}"),
        tuple((str(row["name"]), row["us_per_turn"], row["mb_per_s"], row["ratio"]) for row in rows),
    )
    data = {"corpus": facts, "rounds": rounds, "base": BASE, "ours": OURS, "keywords": len(listed), "rows": rows}
    return Result("throughput", data, (table,), tuple(notes))


def _part(corpus: Corpus, folder: Path) -> Part:
    folder.mkdir()
    return Part.of(corpus, folder)


def _job(contender: Contender, parts: Sequence[Part]) -> Job:
    return lambda number: contender.seconds(parts[number])


def _row(
    contender: Contender, times: Sequence[float], base: Sequence[float], turns: Sequence[int], sizes: Sequence[int]
) -> dict[str, str | float]:
    pace = statistics.median(seconds / count for seconds, count in zip(times, turns, strict=True))
    speed = statistics.median(size / max(seconds, 1e-9) for seconds, size in zip(times, sizes, strict=True))
    return {
        "name": contender.name,
        "meaning": contender.meaning,
        "us_per_turn": pace * 1e6,
        "mb_per_s": speed / 1e6,
        "ratio": ratio(times, base),
    }
