"""Packs made ready for use: one matcher for all their patterns, one segmenter, and the texts looked at last."""

from __future__ import annotations

import functools
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from cscheck.learned.model import LearnedModel
from cscheck.pack import Learner, Ready, RuleSet
from cscheck.patterns.matcher import Matcher
from cscheck.rule import Outline
from cscheck.text.segment import Segmenter
from cscheck.view import View

# Texts said again are not looked at again: greetings, templates, 好的.
_KEPT_VIEWS = 8192


class Model:
    """Built once from packs, then held against any number of conversations.

    ``outlines`` are those of all rules; ``causes`` names, for each rule in use, the detectors without which it has
    nothing to say, None where there are none such. ``ids`` are those of all detectors, ``learners`` by role the learned
    models with the detectors that ask them, by label. ``kept`` is for what others work out once.
    """

    def __init__(
        self,
        ruleset: RuleSet,
        ready: Ready,
        matcher: Matcher,
        outlines: Mapping[str, Outline],
        causes: Mapping[str, frozenset[str] | None],
    ) -> None:
        self.ruleset = ruleset
        self.outlines = outlines
        self.causes = causes
        self.kept: dict[Hashable, Any] = {}
        self.segmenter = Segmenter(ruleset.words)
        self.matcher = matcher
        self.ids = ready.ids
        self.learners = _learners(ruleset, [one for one in ready.learners if self._is_in_use(one)])
        self.view = functools.lru_cache(maxsize=_KEPT_VIEWS)(self._view)

    def _view(self, raw: str) -> View:
        return View(raw, self)

    def _is_in_use(self, learner: Learner) -> bool:
        return learner.id in self.causes or learner.id in self.ruleset.acts


def _learners(
    ruleset: RuleSet, learners: Iterable[Learner]
) -> dict[str, list[tuple[LearnedModel, dict[str, list[str]]]]]:
    found: dict[str, dict[str, tuple[LearnedModel, dict[str, list[str]]]]] = {}
    for learner in learners:
        model = ruleset.models.get(learner.label)
        for role in learner.roles if model else ():
            assert model is not None
            asked = found.setdefault(role, {}).setdefault(model.path, (model, {}))[1]
            asked.setdefault(learner.label, []).append(learner.id)
    return {role: list(models.values()) for role, models in found.items()}
