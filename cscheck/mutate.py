"""Test the tests: take out each word of a rule's patterns and conditions, and see whether an example notices.

A word nobody notices is untested: it may be wrong, or not needed. Members of word sets are vocabulary that many rules
share, and stay. Beside that: rules whose own examples another rule finds as well, and patterns that stand in two rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from cscheck import engine, matchers
from cscheck.analysis import Analysis
from cscheck.detector import Condition, Detector, Entry
from cscheck.finding import Finding
from cscheck.model import Model
from cscheck.pack import RuleSet
from cscheck.patterns.compile import Pattern
from cscheck.patterns.nodes import Alternatives, Literal, Look, Marked, Node, Sequence, WordSet
from cscheck.prove import Case, Spans, case_of
from cscheck.rule import Rule


@dataclass(frozen=True, slots=True)
class Survivor:
    """A word that no example missed: of a pattern (``place`` is its text) or of a condition (its name)."""

    place: str
    word: str


@dataclass(frozen=True, slots=True)
class Mutation:
    """How many words were taken out of one rule or act, and those that no example missed."""

    id: str
    path: str
    tried: int
    survivors: tuple[Survivor, ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """A rule that another makes needless: by its examples (``words`` empty), or by a pattern both have."""

    id: str
    path: str
    other: str
    words: str = ""


def mutate(ruleset: RuleSet, only: str = "") -> Iterator[Mutation]:
    """Take the words out of every rule and act whose id starts with ``only``."""
    model = engine.build_model(ruleset)
    for act in ruleset.acts_of(only):
        role = act.detector.roles[0]
        texts = (*act.examples.bad, *act.examples.good)
        yield _mutation(model, act.id, act.path, act.detector, [case_of(text, role) for text in texts])
    for rule in ruleset.rules.values():
        detectors = matchers.KINDS[rule.kind].detectors(rule.spec)
        if rule.id.startswith(only) and detectors:
            cases = [case_of(text) for text in (*rule.examples.bad, *rule.examples.good)]
            yield _mutation(model, rule.id, rule.path, detectors[0], cases)


def overlaps(ruleset: RuleSet, only: str = "") -> Iterator[Overlap]:
    """Name rules that find nothing in their own examples that another rule of the category does not find."""
    model = engine.build_model(ruleset)
    on_words = {rule.id: rule for rule in ruleset.rules.values() if rule.is_enabled and rule.kind == "must-not"}
    for rule in on_words.values():
        if not rule.id.startswith(only):
            continue
        others = {name for name, other in on_words.items() if name != rule.id and other.category == rule.category}
        for text in rule.examples.bad:
            case = case_of(text)
            found = engine.run(model, case.conversation).findings
            others &= {finding.rule for finding in found if _covers(finding, case)}
        yield from (Overlap(rule.id, rule.path, other) for other in sorted(others))
    yield from (overlap for overlap in _same_patterns(on_words) if overlap.id.startswith(only))


def _covers(finding: Finding, case: Case) -> bool:
    return any(
        finding.turn == turn and finding.start is not None and finding.start <= start and end <= (finding.end or 0)
        for turn, start, end in case.marks
    )


def _same_patterns(rules: Mapping[str, Rule]) -> Iterator[Overlap]:
    seen: dict[str, str] = {}
    for rule in rules.values():
        for detector in matchers.KINDS[rule.kind].detectors(rule.spec):
            for entry in detector.entries:
                first = seen.setdefault(entry.pattern.source, rule.id)
                if first != rule.id:
                    yield Overlap(rule.id, rule.path, first, entry.pattern.source)


def _mutation(model: Model, name: str, path: str, detector: Detector, cases: list[Case]) -> Mutation:
    mutants = [
        (label, replace(changed, id=f"{detector.id}#{number}"))
        for number, (label, changed) in enumerate(_mutants(detector))
    ]
    heard = [Analysis(model, case.conversation) for case in cases]
    before = [_found(detector, analysis) for analysis in heard]
    survivors = tuple(
        label
        for label, changed in mutants
        if all(_found(changed, analysis) == found for analysis, found in zip(heard, before, strict=True))
    )
    return Mutation(name, path, len(mutants), survivors)


def _found(detector: Detector, analysis: Analysis) -> Spans:
    return frozenset(
        (index, hit.start, hit.end)
        for index, turn in enumerate(analysis.turns)
        if turn.role in detector.roles
        for hit in analysis.heard(detector, index).hits
    )


def _mutants(detector: Detector) -> Iterator[tuple[Survivor, Detector]]:
    for index, entry in enumerate(detector.entries):
        for label, changed in _entry_mutants(entry):
            entries = (*detector.entries[:index], changed, *detector.entries[index + 1 :])
            yield label, replace(detector, entries=entries)
    for label, guards in _condition_mutants(detector.guards):
        yield label, replace(detector, guards=guards)
    for label, needs in _condition_mutants(detector.needs):
        yield label, replace(detector, needs=needs)


def _entry_mutants(entry: Entry) -> Iterator[tuple[Survivor, Entry]]:
    if isinstance(entry.pattern, Pattern):
        for word, smaller in _pattern_mutants(entry.pattern):
            yield Survivor(entry.pattern.source, word), replace(entry, pattern=smaller)
    for label, guards in _condition_mutants(entry.guards):
        yield label, replace(entry, guards=guards)
    for label, needs in _condition_mutants(entry.needs):
        yield label, replace(entry, needs=needs)


def _condition_mutants(conditions: tuple[Condition, ...]) -> Iterator[tuple[Survivor, tuple[Condition, ...]]]:
    for index, condition in enumerate(conditions):
        for place, pattern in enumerate(condition.patterns):
            if not isinstance(pattern, Pattern):
                continue
            rest = (condition.patterns[:place], condition.patterns[place + 1 :])
            if len(condition.patterns) > 1:
                smaller = replace(condition, patterns=(*rest[0], *rest[1]))
                yield Survivor(condition.name, pattern.source), _with(conditions, index, smaller)
            for word, changed in _pattern_mutants(pattern):
                smaller = replace(condition, patterns=(*rest[0], changed, *rest[1]))
                yield Survivor(condition.name, word), _with(conditions, index, smaller)


def _with(conditions: tuple[Condition, ...], index: int, changed: Condition) -> tuple[Condition, ...]:
    return (*conditions[:index], changed, *conditions[index + 1 :])


def _pattern_mutants(pattern: Pattern) -> Iterator[tuple[str, Pattern]]:
    for word, node in _without_a_word(pattern.node):
        yield word, Pattern(pattern.source, node, pattern.sets)


def _without_a_word(node: Node) -> Iterator[tuple[str, Node]]:
    """Give the node with one alternative left out, for each alternative in it."""
    if isinstance(node, Marked):
        for word, smaller in _without_a_word(node.part):
            yield word, Marked(smaller)
    elif isinstance(node, Sequence):
        for index, part in enumerate(node.parts):
            for word, smaller in _without_a_word(part):
                yield word, Sequence((*node.parts[:index], smaller, *node.parts[index + 1 :]))
    elif isinstance(node, (Alternatives, Look)):
        for index, option in enumerate(node.options):
            rest = (*node.options[:index], *node.options[index + 1 :])
            if rest:
                yield _spelled(option), replace(node, options=rest)
            elif isinstance(node, Look) or node.optional:
                yield _spelled(option), Sequence(())
            for word, smaller in _without_a_word(option):
                yield word, replace(node, options=(*node.options[:index], smaller, *node.options[index + 1 :]))


def _spelled(node: Node) -> str:
    """Write a node down as a pattern would, in short."""
    if isinstance(node, Literal):
        return node.text
    if isinstance(node, WordSet):
        return "{" + node.name + "}"
    if isinstance(node, Marked):
        return _spelled(node.part)
    if isinstance(node, Sequence):
        return "".join(_spelled(part) for part in node.parts)
    if isinstance(node, Alternatives):
        inner = "|".join(_spelled(option) for option in node.options)
        return f"[{inner}]" if node.optional else f"({inner})"
    return "…"
