"""Acts: what is done in words, declared as data."""

from __future__ import annotations

from cscheck.clause import Basis
from cscheck.detector import Detector
from cscheck.values import dataclass


@dataclass(frozen=True, slots=True)
class Examples:
    """Texts that prove a rule or an act: ``bad`` ones are hit, on the words marked ``<<…>>``; ``good`` ones are not."""

    bad: tuple[str, ...]
    good: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """Something said that matters, by agent or customer; ``also`` are files of other packs that add to it."""

    id: str
    title: str
    title_en: str
    detector: Detector
    examples: Examples
    path: str
    basis: tuple[Basis, ...] = ()
    also: tuple[str, ...] = ()
