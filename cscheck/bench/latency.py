"""``--latency``: how long a typist waits, one draft after the other in a process that is warm."""

from __future__ import annotations

import functools
import itertools
import logging
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cscheck.bench.chats import Recipe
from cscheck.bench.corpus import Corpus, CorpusError, make
from cscheck.bench.result import Result, Table
from cscheck.checker import Checker
from cscheck.conversation import Conversation
from cscheck.sources import read

CONTEXT = 6
# Half of these turns are faulty, so that dictionaries are loaded and expressions compiled before anything is timed.
_WARMING = Recipe(conversations=40, share=0.5, seed=1_000_003)


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply about to be sent, and the turns before it."""

    text: str
    before: Conversation
    is_faulty: bool


def drafts(corpus: Corpus, context: int = CONTEXT) -> Iterator[Draft]:
    """Give the agent turns that have enough turns before them, each text once."""
    seen: set[str] = set()
    with tempfile.TemporaryDirectory(prefix="cscheck-bench-") as folder:
        found = [item for item in read([corpus.write(Path(folder) / "chats.jsonl")]) if isinstance(item, Conversation)]
    for talk in found:
        for index, turn in enumerate(talk.turns):
            if turn.role == "agent" and index >= context and turn.text not in seen:
                seen.add(turn.text)
                before = Conversation(talk.id, talk.turns[index - context : index], channel="chat", complete=False)
                yield Draft(turn.text, before, index in talk.meta.get("faulty", ()))


def latency(corpus: Corpus, count: int = 1000, packs: Sequence[Path] = ()) -> Result:
    """Measure ``count`` drafts, or as many as there are."""
    import jieba

    jieba.setLogLevel(logging.ERROR)
    measured = list(itertools.islice(drafts(corpus), count))
    if not measured:
        raise CorpusError(f"{corpus.name}: no agent turn has {CONTEXT} turns before it")
    checker = Checker([str(pack) for pack in packs] or None)
    for draft in drafts(make(_WARMING)):
        checker.draft(draft.text, draft.before)
        jieba.lcut(draft.text)
    times = [_microseconds(functools.partial(checker.draft, draft.text, draft.before)) for draft in measured]
    cut = [_microseconds(functools.partial(jieba.lcut, draft.text)) for draft in measured]
    faulty = [took for took, draft in zip(times, measured, strict=True) if draft.is_faulty]
    clean = [took for took, draft in zip(times, measured, strict=True) if not draft.is_faulty]
    named = {"all drafts": times, "clean drafts": clean, "faulty drafts": faulty, "jieba.lcut of the draft": cut}
    spreads = {name: spread(values) for name, values in named.items() if values}
    table = Table(
        f"A warm draft after {CONTEXT} turns, in process, {len(measured):,} distinct drafts, {corpus.name}",
        ("µs", "drafts", "p50", "p90", "p99", "max"),
        tuple((name, *figures.values()) for name, figures in spreads.items()),
    )
    rows = [{"name": name, **figures} for name, figures in spreads.items()]
    return Result("latency", {"corpus": corpus.facts(), "context": CONTEXT, "rows": rows}, (table,))


def spread(values: Sequence[float]) -> dict[str, float]:
    """Give how many there are, and their nearest-rank percentiles."""
    ordered = sorted(values)
    ranks = {name: ordered[min(int(len(ordered) * share), len(ordered) - 1)] for name, share in _SHARES.items()}
    return {"count": len(ordered), **ranks, "max": ordered[-1]}


_SHARES = {"p50": 0.5, "p90": 0.9, "p99": 0.99}


def _microseconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter_ns()
    work()
    return (time.perf_counter_ns() - begin) / 1e3
