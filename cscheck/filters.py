"""Pure functions from findings to findings."""

from __future__ import annotations

from collections.abc import Iterable

from cscheck.conversation import Span
from cscheck.finding import Finding, Severity


def without_doubled_learning(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Drop what was learned where patterns found the same category in the same turn: they say it exactly."""
    everything = tuple(findings)
    if not any(finding.is_learned for finding in everything):
        return everything
    exact = {(finding.category, finding.turn) for finding in everything if not finding.is_learned}
    return tuple(f for f in everything if not (f.is_learned and (f.category, f.turn) in exact))


def without_overlap(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Keep, of findings of one category on the same words, the heaviest, then the longest."""
    everything = tuple(findings)
    if len(everything) < 2:
        return everything
    kept: dict[tuple[str, int | None], list[Finding]] = {}
    for finding in sorted(everything, key=lambda f: (-f.severity.rank, -_span(f).end + _span(f).start)):
        beside = kept.setdefault((finding.category, finding.turn), [])
        if not any(_same_words(finding, other) for other in beside):
            beside.append(finding)
    survivors = {id(finding) for beside in kept.values() for finding in beside}
    return tuple(finding for finding in everything if id(finding) in survivors)


def _same_words(one: Finding, other: Finding) -> bool:
    if one.category != other.category or one.turn != other.turn or one.turn is None:
        return False
    if one.start is None or other.start is None:
        return one.start is other.start is None
    return _span(one).overlaps(_span(other))


def _span(finding: Finding) -> Span:
    return Span(finding.start or 0, finding.end or 0)


def at_least(findings: Iterable[Finding], least: Severity) -> tuple[Finding, ...]:
    """Keep findings of a severity or heavier."""
    return tuple(finding for finding in findings if finding.severity >= least)
