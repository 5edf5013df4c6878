"""How far the curves of ``--scaling`` go."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes of each curve; a point that would take more than ``budget`` seconds is left out."""

    turns: tuple[int, ...] = (1_000, 2_000, 5_000, 10_000, 20_000)
    long: tuple[int, ...] = (10, 30, 100, 300, 1_000, 3_000, 10_000)
    prefix: tuple[int, ...] = (10, 30, 100, 300, 1_000, 2_000)
    rules: tuple[int, ...] = (100, 200, 300, 400)
    rule_turns: int = 1_000
    jobs: tuple[int, ...] = (1, 2)
    job_turns: int = 10_000
    conversations: tuple[int, ...] = (10, 100, 300, 1_000, 3_000)
    warming_turns: int = 4_000
    rounds: int = 3
    budget: float = 30.0
    seed: int = 0


QUICK = Sizes(
    turns=(14, 28),
    long=(5, 10),
    prefix=(5, 10),
    rules=(2, 3),
    rule_turns=14,
    job_turns=14,
    conversations=(1, 2),
    warming_turns=14,
    rounds=1,
)
"""Just enough to see that everything runs."""
