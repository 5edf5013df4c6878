"""Alternating rounds (A B C, A B C, …): noise falls on all alike, and ratios are taken round by round."""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence

Job = Callable[[int], float]


def timed(work: Callable[[], object]) -> float:
    """Give the seconds that ``work`` takes, with nothing of what came before left to collect."""
    gc.collect()
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def alternate(jobs: Mapping[str, Job], rounds: int) -> dict[str, list[float]]:
    """Run every job once a round; a job is given the number of the round and gives its seconds."""
    found: dict[str, list[float]] = {name: [] for name in jobs}
    for number in range(rounds):
        _tell(f"round {number + 1} of {rounds}")
        for name, job in jobs.items():
            found[name].append(job(number))
    _tell("")
    return found


def ratio(times: Sequence[float], base: Sequence[float]) -> float:
    """Give the median of the rounds' ratios."""
    return statistics.median(one / other for one, other in zip(times, base, strict=True))


def _tell(message: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{message:20}\r")
        sys.stderr.flush()
