"""What can be told of rules without their words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from cscheck import matchers
from cscheck.detector import Detector
from cscheck.rule import KeptRules, Outline, Rule


def outlines(rules: Mapping[str, Rule]) -> Mapping[str, Outline]:
    """Give the outline of each rule."""
    if isinstance(rules, KeptRules):
        return rules.outlines
    return {name: outline(rule) for name, rule in rules.items()}


def causes(rules: Mapping[str, Rule]) -> Mapping[str, frozenset[str] | None]:
    """Give, for each rule in use, the detectors without which it has nothing to say."""
    if isinstance(rules, KeptRules):
        return rules.causes
    return {rule.id: matchers.KINDS[rule.kind].causes(rule.spec) for rule in rules.values() if rule.is_enabled}


def outline(rule: Rule) -> Outline:
    """Give the outline of a rule."""
    kind = matchers.KINDS[rule.kind]
    own = kind.detectors(rule.spec)
    return Outline(
        id=rule.id,
        kind=rule.kind,
        category=rule.category,
        severity=rule.severity,
        spec=_wordless(rule.spec) if own else rule.spec,
        channels=rule.channels,
        scenes=rule.scenes,
        causes=kind.causes(rule.spec),
        weight=rule.weight,
        is_fatal=rule.is_fatal,
        is_enabled=rule.is_enabled,
        is_whole=not own,
        is_learned=any(one.learned and not (one.entries or one.builtins) for one in own),
    )


def _wordless(spec: Any) -> Any:  # noqa: ANN401 (of any kind of rule)
    values = {field.name: getattr(spec, field.name) for field in fields(spec)}
    silent = {
        name: Detector(value.id, value.roles, value.place, ())
        for name, value in values.items()
        if isinstance(value, Detector)
    }
    return replace(spec, **silent)
