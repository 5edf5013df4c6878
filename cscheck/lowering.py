"""Make packs ready to be held against texts: the program of their patterns, or the regular expressions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cscheck import matchers
from cscheck.detector import AnyPattern, Condition, Detector
from cscheck.outlines import outlines
from cscheck.pack import Learner, Ready, RuleSet
from cscheck.patterns.build import Owned, lower
from cscheck.patterns.matcher import PlainMatcher
from cscheck.patterns.needs import Need
from cscheck.patterns.program import Program
from cscheck.patterns.scan import Commonness
from cscheck.text.recognisers import RECOGNISERS

_NOTHING = Program({}, {}, {}, (), ())


def ready(ruleset: RuleSet) -> Ready:
    """Lower the patterns of all acts and rules."""
    detectors = detectors_of(ruleset)
    program = lower(patterns_of(ruleset, detectors), _groups(ruleset, detectors), Commonness(_sample(ruleset)))
    return Ready(program, frozenset(detector.id for detector in detectors), learners_of(detectors))


def unready(ruleset: RuleSet) -> Ready:
    """Give all but the program."""
    detectors = detectors_of(ruleset)
    return Ready(_NOTHING, frozenset(detector.id for detector in detectors), learners_of(detectors))


def plain(ruleset: RuleSet) -> PlainMatcher:
    """Give a matcher that needs no compiled part."""
    return PlainMatcher(_groups(ruleset, detectors_of(ruleset)), Commonness(_sample(ruleset)))


def detectors_of(ruleset: RuleSet) -> list[Detector]:
    """Give the detectors of all acts and rules, switched on or off."""
    found = [act.detector for act in ruleset.acts.values()]
    for rule in ruleset.rules.values():
        found += matchers.KINDS[rule.kind].detectors(rule.spec)
    return found


def learners_of(detectors: Iterable[Detector]) -> tuple[Learner, ...]:
    """Give those that ask a learned model."""
    return tuple(Learner(one.id, one.roles, one.learned) for one in detectors if one.learned)


def _groups(ruleset: RuleSet, detectors: Sequence[Detector]) -> dict[str, Owned]:
    at_once = _asked_always(ruleset)
    roles = dict.fromkeys(role for detector in detectors for role in detector.roles)
    return {role: _owned(role, detectors, at_once) for role in roles}


def _asked_always(ruleset: RuleSet) -> frozenset[str]:
    """Name the detectors that are asked of every turn: it pays to know at once whether they hear anything."""
    cues = (act for cue in ruleset.scenes for act in cue.acts)
    causes = (outline.causes for outline in outlines(ruleset.rules).values())
    return frozenset(cues).union(*(names for names in causes if names))


def _owned(role: str, detectors: Iterable[Detector], at_once: frozenset[str]) -> Owned:
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


def patterns_of(ruleset: RuleSet, detectors: Iterable[Detector]) -> list[AnyPattern]:
    """Give every pattern, each once."""
    found: dict[AnyPattern, bool] = dict.fromkeys(ruleset.exempt, True)
    for detector in detectors:
        found.update(dict.fromkeys((entry.pattern for entry in detector.entries), True))
        for condition in conditions_of(detector):
            found.update(dict.fromkeys(condition.patterns, True))
    return list(found)


def conditions_of(detector: Detector) -> Iterator[Condition]:
    """Give its guards and needs."""
    yield from (*detector.guards, *detector.needs)
    for entry in detector.entries:
        yield from (*entry.guards, *entry.needs)


def _sample(ruleset: RuleSet) -> Iterator[str]:
    """Give what the packs' own examples say, to tell common words from rare ones."""
    examples = [*(act.examples for act in ruleset.acts.values()), *(rule.examples for rule in ruleset.rules.values())]
    for one in examples:
        yield from (*one.good, *one.bad)
