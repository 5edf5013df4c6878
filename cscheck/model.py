"""Packs made ready for use: one scanner for each role's patterns, one for those of conditions, one segmenter."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence

from cscheck.detector import AnyPattern, Condition, Detector
from cscheck.pack import RuleSet
from cscheck.patterns.needs import ANYTHING, Need
from cscheck.patterns.scan import Commonness, Scanner
from cscheck.text.recognisers import RECOGNISERS
from cscheck.text.segment import Segmenter
from cscheck.view import View

# Texts said again are not looked at again: greetings, templates, 好的.
_KEPT_VIEWS = 8192


class Ears:
    """The detectors that listen to a role, in one scanner."""

    def __init__(self, detectors: Sequence[Detector], models: Mapping[str, object], commonness: Commonness) -> None:
        self._ids = [detector.id for detector in detectors]
        self._numbers = {detector_id: number for number, detector_id in enumerate(self._ids)}
        self._scanner = Scanner([_needs(detector, models) for detector in detectors], commonness)

    def hits(self, text: str) -> frozenset[int]:
        """Give the literals that occur in a text, by number."""
        return self._scanner.hits(text)

    def detectors(self, hits: frozenset[int]) -> tuple[str, ...]:
        """Name the detectors that may find something where these literals occur."""
        ids = self._ids
        return tuple([ids[number] for number in self._scanner.owners(hits)])

    def candidates(self, detector_id: str, hits: frozenset[int], text: str) -> list[int]:
        """Give the places of a detector's patterns that may match."""
        number = self._numbers.get(detector_id)
        return [] if number is None else self._scanner.candidates(number, hits, text)


class Model:
    """Built once from packs, then held against any number of conversations.

    ``wakes`` names, for each rule that has nothing to say of most conversations, the detectors that give it cause.
    """

    def __init__(
        self,
        ruleset: RuleSet,
        detectors: Sequence[Detector],
        wakes: Mapping[str, frozenset[str] | None] | None = None,
    ) -> None:
        self.ruleset = ruleset
        self.wakes = wakes or {}
        self.segmenter = Segmenter(ruleset.words)
        self._detectors = tuple(detectors)
        self.view = functools.lru_cache(maxsize=_KEPT_VIEWS)(self._view)

    def _view(self, raw: str) -> View:
        return View(raw, self)

    def ears(self, role: str) -> Ears:
        """Give what listens to a role."""
        return self._ears[role]

    @functools.cached_property
    def _ears(self) -> dict[str, Ears]:
        return _EarsByRole(self._detectors, self.ruleset, self._commonness)

    def possible(self, condition: Condition, view: View) -> tuple[AnyPattern, ...]:
        """Give the patterns of a condition that may match a text."""
        number = self._condition_numbers.get(id(condition))
        if number is None:
            return condition.patterns
        hits = view.kept.get(Condition)
        if hits is None:
            hits = view.kept[Condition] = self._condition_scanner.hits(view.text)
        places = self._condition_scanner.candidates(number, hits, view.text)
        return tuple([condition.patterns[place] for place in places])

    @functools.cached_property
    def _conditions(self) -> list[Condition]:
        return list({id(condition): condition for one in self._detectors for condition in _conditions(one)}.values())

    @functools.cached_property
    def _condition_numbers(self) -> dict[int, int]:
        return {id(condition): number for number, condition in enumerate(self._conditions)}

    @functools.cached_property
    def _condition_scanner(self) -> Scanner:
        owned = [[pattern.needs for pattern in condition.patterns] for condition in self._conditions]
        return Scanner(owned, self._commonness)

    @functools.cached_property
    def _commonness(self) -> Commonness:
        return Commonness(_sample(self.ruleset))


class _EarsByRole(dict[str, Ears]):
    """The ears of each role, made when it first speaks."""

    def __init__(self, detectors: Sequence[Detector], ruleset: RuleSet, commonness: Commonness) -> None:
        super().__init__()
        self._detectors = detectors
        self._ruleset = ruleset
        self._commonness = commonness

    def __missing__(self, role: str) -> Ears:
        mine = [detector for detector in self._detectors if role in detector.roles]
        ears = self[role] = Ears(mine, self._ruleset.models, self._commonness)
        return ears


def _needs(detector: Detector, models: Mapping[str, object]) -> list[tuple[Need, ...]]:
    """Give what each of a detector's patterns needs, then what its recognisers do, then its learned model."""
    found = [entry.pattern.needs for entry in detector.entries]
    if detector.builtins:
        found.append(tuple((RECOGNISERS[name].signs,) for name in detector.builtins))
    if detector.learned and detector.learned in models:
        found.append(ANYTHING)
    return found


def _conditions(detector: Detector) -> Iterator[Condition]:
    yield from (*detector.guards, *detector.needs)
    for entry in detector.entries:
        yield from (*entry.guards, *entry.needs)


def _sample(ruleset: RuleSet) -> Iterator[str]:
    """Give what the packs' own examples say, to tell common words from rare ones."""
    examples = [*(act.examples for act in ruleset.acts.values()), *(rule.examples for rule in ruleset.rules.values())]
    for one in examples:
        yield from (*one.good, *one.bad)
