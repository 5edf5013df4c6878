"""Packs made ready for use: one matcher for all their patterns, one segmenter, and the texts looked at last."""

from __future__ import annotations

import functools
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from cscheck.detector import AnyPattern, Condition, Detector
from cscheck.learned.model import LearnedModel
from cscheck.pack import RuleSet
from cscheck.patterns.matcher import CompiledMatcher, Matcher, PlainMatcher
from cscheck.patterns.native import kernel
from cscheck.patterns.needs import Need
from cscheck.patterns.program import Owned, lower
from cscheck.patterns.scan import Commonness
from cscheck.text.recognisers import RECOGNISERS
from cscheck.text.segment import Segmenter
from cscheck.view import View

# Texts said again are not looked at again: greetings, templates, 好的.
_KEPT_VIEWS = 8192


class Model:
    """Built once from packs, then held against any number of conversations.

    ``causes`` names, for each rule in use, the detectors without which it has nothing to say, None where there are
    none such. ``kept`` is for what others work out once.
    """

    def __init__(
        self,
        ruleset: RuleSet,
        detectors: Sequence[Detector],
        causes: Mapping[str, frozenset[str] | None] | None = None,
    ) -> None:
        self.ruleset = ruleset
        self.causes = causes or {}
        self.kept: dict[Hashable, Any] = {}
        self.segmenter = Segmenter(ruleset.words)
        self.ids = frozenset(detector.id for detector in detectors)
        self.learners = _learners(ruleset, detectors)
        self.matcher = _matcher(ruleset, detectors, self._asked_always())
        self.view = functools.lru_cache(maxsize=_KEPT_VIEWS)(self._view)

    def _view(self, raw: str) -> View:
        return View(raw, self)

    def _asked_always(self) -> frozenset[str]:
        """Name the detectors that are asked of every turn: it pays to know at once whether they hear anything."""
        cues = (act for cue in self.ruleset.scenes for act in cue.acts)
        return frozenset(cues).union(*(names for names in self.causes.values() if names))


def _matcher(ruleset: RuleSet, detectors: Sequence[Detector], at_once: frozenset[str]) -> Matcher:
    commonness = Commonness(_sample(ruleset))
    groups = {role: _owned(role, detectors, ruleset, at_once) for role in _roles(detectors)}
    module = kernel()
    if module is None:
        return PlainMatcher(groups, commonness)
    return CompiledMatcher(lower(_patterns(ruleset, detectors), groups, commonness), module)


def _learners(
    ruleset: RuleSet, detectors: Iterable[Detector]
) -> dict[str, list[tuple[LearnedModel, dict[str, list[str]]]]]:
    """Give, for each role, the learned models with the detectors that ask them, by label."""
    found: dict[str, dict[str, tuple[LearnedModel, dict[str, list[str]]]]] = {}
    for detector in detectors:
        model = ruleset.models.get(detector.learned)
        for role in detector.roles if model else ():
            assert model is not None
            asked = found.setdefault(role, {}).setdefault(model.path, (model, {}))[1]
            asked.setdefault(detector.learned, []).append(detector.id)
    return {role: list(models.values()) for role, models in found.items()}


def _roles(detectors: Iterable[Detector]) -> list[str]:
    return list(dict.fromkeys(role for detector in detectors for role in detector.roles))


def _owned(role: str, detectors: Iterable[Detector], ruleset: RuleSet, at_once: frozenset[str]) -> Owned:
    """Give the detectors that listen to a role with what each of their patterns needs.

    After its patterns come its recognisers.
    """
    found: dict[str, list[tuple[AnyPattern | None, tuple[Need, ...]]]] = {}
    for detector in detectors:
        if role not in detector.roles:
            continue
        is_tried = detector.id in at_once
        mine = [(entry.pattern if is_tried else None, entry.pattern.needs) for entry in detector.entries]
        if detector.builtins:
            mine.append((None, tuple((RECOGNISERS[name].signs,) for name in detector.builtins)))
        found[detector.id] = mine
    return found


def _patterns(ruleset: RuleSet, detectors: Iterable[Detector]) -> list[AnyPattern]:
    """Give every pattern, each once."""
    found: dict[AnyPattern, bool] = dict.fromkeys(ruleset.exempt, True)
    for detector in detectors:
        found.update(dict.fromkeys((entry.pattern for entry in detector.entries), True))
        for condition in _conditions(detector):
            found.update(dict.fromkeys(condition.patterns, True))
    return list(found)


def _conditions(detector: Detector) -> Iterator[Condition]:
    yield from (*detector.guards, *detector.needs)
    for entry in detector.entries:
        yield from (*entry.guards, *entry.needs)


def _sample(ruleset: RuleSet) -> Iterator[str]:
    """Give what the packs' own examples say, to tell common words from rare ones."""
    examples = [*(act.examples for act in ruleset.acts.values()), *(rule.examples for rule in ruleset.rules.values())]
    for one in examples:
        yield from (*one.good, *one.bad)
