"""Packs made ready for use: one scanner for all their patterns, one segmenter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cscheck.detector import AnyPattern, Condition, Detector
from cscheck.pack import RuleSet
from cscheck.patterns.scan import Scanner
from cscheck.text.segment import Segmenter


@dataclass(frozen=True, slots=True)
class Candidates:
    """What a text may match: ``patterns`` of any use, and the ``detectors`` that own some of them."""

    patterns: frozenset[AnyPattern]
    detectors: frozenset[str]


class Model:
    """Built once from packs, then held against any number of conversations."""

    def __init__(self, ruleset: RuleSet, detectors: Sequence[Detector]) -> None:
        self.ruleset = ruleset
        self.segmenter = Segmenter(ruleset.words)
        owners: dict[AnyPattern, list[str]] = {pattern: [] for pattern in ruleset.exempt}
        for detector in detectors:
            for entry in detector.entries:
                owners.setdefault(entry.pattern, []).append(detector.id)
            for condition in _conditions(detector):
                for pattern in condition.patterns:
                    owners.setdefault(pattern, [])
        self._patterns = list(owners)
        self._owners = list(owners.values())
        self._scanner = Scanner(self._patterns)

    def candidates(self, text: str) -> Candidates:
        """Give what ``text`` may match, in one pass."""
        indexes = self._scanner.candidates(text)
        return Candidates(
            frozenset(self._patterns[index] for index in indexes),
            frozenset(owner for index in indexes for owner in self._owners[index]),
        )


def _conditions(detector: Detector) -> Iterator[Condition]:
    yield from (*detector.guards, *detector.needs)
    for entry in detector.entries:
        yield from (*entry.guards, *entry.needs)
