"""Figures over counts: shares with Wilson's interval, F1, Cohen's kappa. None where a figure is not defined."""

from __future__ import annotations

import math
from dataclasses import dataclass

Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        """Give the share."""
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Give Wilson's 95 % interval."""
        return wilson(self.hits, self.total)


@dataclass(frozen=True, slots=True)
class Tally:
    """What was found right, found falsely, and missed."""

    right: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.false + other.false, self.missed + other.missed)

    @property
    def labelled(self) -> int:
        """Give how many there were to find."""
        return self.right + self.missed

    @property
    def precision(self) -> Share:
        """Give the share of right ones among the found."""
        return Share(self.right, self.right + self.false)

    @property
    def recall(self) -> Share:
        """Give the share of found ones among the labelled."""
        return Share(self.right, self.labelled)

    @property
    def f1(self) -> float | None:
        """Give the harmonic mean of precision and recall; None where either is undefined or both are 0."""
        precision, recall = self.precision.value, self.recall.value
        if precision is None or recall is None or not precision + recall:
            return None
        return 2 * precision * recall / (precision + recall)


@dataclass(frozen=True, slots=True)
class Kappa:
    """Two judges over the same yes-or-no questions: both yes, only the first, only the second, neither."""

    both: int = 0
    first: int = 0
    second: int = 0
    neither: int = 0

    def __add__(self, other: Kappa) -> Kappa:
        return Kappa(
            self.both + other.both,
            self.first + other.first,
            self.second + other.second,
            self.neither + other.neither,
        )

    @property
    def total(self) -> int:
        """Give the number of questions."""
        return self.both + self.first + self.second + self.neither

    @property
    def agreement(self) -> Share:
        """Give the share of equal answers."""
        return Share(self.both + self.neither, self.total)

    @property
    def value(self) -> float | None:
        """Give Cohen's kappa; None where both always give one and the same answer."""
        total = self.total
        if not total:
            return None
        first, second = (self.both + self.first) / total, (self.both + self.second) / total
        chance = first * second + (1 - first) * (1 - second)
        if math.isclose(chance, 1.0):
            return None
        return ((self.both + self.neither) / total - chance) / (1 - chance)


def wilson(hits: float, total: float, z: float = Z95) -> tuple[float, float] | None:
    """Give Wilson's score interval of a share; counts may be weighed."""
    if not total:
        return None
    share = hits / total
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    middle = share + z * z / (2 * total)
    scale = 1 + z * z / total
    low = 0.0 if hits == 0 else (middle - spread) / scale
    high = 1.0 if hits == total else (middle + spread) / scale
    return low, high


def macro(values: list[float | None]) -> float | None:
    """Give the plain mean, what is undefined counted as 0."""
    return sum(value or 0.0 for value in values) / len(values) if values else None
