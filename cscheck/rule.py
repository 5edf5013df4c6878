"""Rules: which act must not be, which is owed, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cscheck.finding import Severity
from cscheck.kept import Kept
from cscheck.values import dataclass

if TYPE_CHECKING:
    from cscheck.act import Examples
    from cscheck.clause import Basis


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as its file states it; ``spec`` is what its kind needs to know."""

    id: str
    kind: str
    title: str
    title_en: str
    category: str
    severity: Severity
    basis: tuple[Basis, ...]
    why: str
    message: str
    message_en: str
    suggest: tuple[str, ...]
    spec: Any
    channels: tuple[str, ...]
    scenes: tuple[str, ...]
    examples: Examples
    path: str
    severity_why: str = ""
    tune: str = ""
    weight: float | None = None
    is_fatal: bool = False
    is_enabled: bool = True


@dataclass(frozen=True, slots=True)
class Outline:
    """A rule without its words and texts: enough to score it, and to know what it says where nothing is said.

    ``causes`` names the detectors without which it has nothing more to say, None where there are none such.
    ``is_whole``: its ``spec`` lacks nothing, for it has no detectors of its own. ``is_learned``: it rests on what was
    learned from labels alone.
    """

    id: str
    kind: str
    category: str
    severity: Severity
    spec: Any
    channels: tuple[str, ...]
    scenes: tuple[str, ...]
    causes: frozenset[str] | None
    weight: float | None = None
    is_fatal: bool = False
    is_enabled: bool = True
    is_whole: bool = True
    is_learned: bool = False


class KeptRules(Mapping[str, Rule]):
    """Rules that are decoded one by one when asked for; their ``outlines`` say how they are switched.

    ``causes`` are those of the rules in use.
    """

    def __init__(
        self, rules: Kept[Rule], outlines: Mapping[str, Outline], causes: Mapping[str, frozenset[str] | None]
    ) -> None:
        self._rules = rules
        self._switched: dict[str, Rule] = {}
        self.outlines = outlines
        self.causes = causes

    def __getitem__(self, name: str) -> Rule:
        known = self._switched.get(name)
        if known is None:
            rule, outline = self._rules[name], self.outlines[name]
            if rule.severity is not outline.severity or rule.is_enabled is not outline.is_enabled:
                rule = replace(rule, severity=outline.severity, is_enabled=outline.is_enabled)
            known = self._switched.setdefault(name, rule)
        return known

    def __contains__(self, name: object) -> bool:
        return name in self._rules

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)

    def switched(self, changed: Mapping[str, Outline]) -> KeptRules:
        """Give the same rules, some of them switched."""
        causes = dict(self.causes)
        causes |= {name: one.causes for name, one in changed.items()}
        off = {name for name, one in changed.items() if not one.is_enabled}
        names = list(self._rules)
        return KeptRules(
            self._rules,
            Kept(names, lambda place: changed.get(names[place]) or self.outlines[names[place]]),
            {name: causes[name] for name in self._rules if name in causes and name not in off},
        )
