"""A curve: one figure at growing sizes, given up where the next point would take too long."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Curve:
    """What was measured at each size: ``points`` are pairs of a size and a figure."""

    name: str
    across: str
    up: str
    points: tuple[tuple[float, float], ...]
    note: str = ""

    def document(self) -> dict[str, Any]:
        """Give it as JSON."""
        points = [list(point) for point in self.points]
        return {"name": self.name, "across": self.across, "up": self.up, "points": points, "note": self.note}


def measured(
    name: str, across: str, up: str, sizes: Iterable[int], figure: Callable[[int], float], budget: float
) -> Curve:
    """Take ``figure`` at each size, until the next should take more than ``budget`` seconds."""
    points: list[tuple[float, float]] = []
    costs: list[tuple[int, float]] = []
    for size in sizes:
        if _expected(costs, size) > budget:
            return Curve(name, across, up, tuple(points), f"{name}: {size:,} and more left out, over {budget:.0f} s")
        begin = time.perf_counter()
        points.append((size, figure(size)))
        costs.append((size, time.perf_counter() - begin))
    return Curve(name, across, up, tuple(points))


def _expected(costs: Sequence[tuple[int, float]], size: int) -> float:
    """Give the seconds that a size should take, on the line through the last two: starting up costs alike for all."""
    if len(costs) < 2:
        return costs[0][1] if costs else 0.0
    (less, took_less), (more, took_more) = costs[-2:]
    return took_more + max(took_more - took_less, 0.0) / (more - less) * (size - more)
