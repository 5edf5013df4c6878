"""Score a conversation like a QA form: each category an item, items that do not apply left out.

    得分 = 100 × (1 − 扣分 ÷ 适用项的总分)，不低于 0

- An item is a category. It is worth the weight of its heaviest rule that applies here.
- A rule's weight is its own (``weight``, or ``score.weights``), otherwise that of its severity (10, 3, 1).
- Each finding loses its rule's weight; one rule counts at most ``times`` (3) times.
- A rule that does not apply, or whose due may yet be met, is in neither sum. A must-not rule not yet broken is kept.
- A fatal rule broken makes 0. Where nothing applies, or no agent speaks, there is no score.

One more finding never raises the score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cscheck.engine import RuleVerdict
from cscheck.finding import Finding, Verdict
from cscheck.rule import Rule
from cscheck.settings import Scoring
from cscheck.suppress import names


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """What one rule does to the score; ``counts`` is False where it is left out, for ``reason``."""

    rule: str
    category: str
    verdict: Verdict
    weight: float
    times: int = 0
    lost: float = 0
    counts: bool = True
    reason: str = ""
    is_fatal: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """Points out of 100, None where there is nothing to score; and how they come about."""

    value: float | None
    is_fatal: bool = False
    lost: float = 0
    possible: float = 0
    lines: tuple[ScoreLine, ...] = ()


def score(
    rules: Mapping[str, Rule],
    verdicts: Iterable[RuleVerdict],
    findings: Iterable[Finding],
    scoring: Scoring,
    *,
    has_agent: bool = True,
) -> Score:
    """Score the findings that count; a rule whose findings were all left out counts as kept."""
    times = Counter(finding.rule for finding in findings)
    lines = tuple(_line(rules[verdict.rule], verdict, times[verdict.rule], scoring) for verdict in verdicts)
    items: dict[str, float] = {}
    for line in lines:
        if line.counts:
            items[line.category] = max(items.get(line.category, 0), line.weight)
    possible = sum(items.values())
    lost = sum(line.lost for line in lines)
    is_fatal = any(line.is_fatal and line.times for line in lines)
    value: float | None = None
    if is_fatal:
        value = 0.0
    elif has_agent and possible > 0:
        value = round(max(0.0, 100 * (1 - lost / possible)), 1)
    return Score(value, is_fatal, lost, possible, lines)


def weight_of(rule: Rule, scoring: Scoring) -> float:
    """Give a rule's weight: the most exact setting, its own, or that of its severity."""
    named = [wanted for wanted in scoring.weights if names(wanted, rule.id)]
    if named:
        return scoring.weights[max(named, key=len)]
    return rule.weight if rule.weight is not None else scoring.by_severity(rule.severity)


def _line(rule: Rule, verdict: RuleVerdict, times: int, scoring: Scoring) -> ScoreLine:
    weight = weight_of(rule, scoring)
    is_fatal = rule.is_fatal or any(names(wanted, rule.id) for wanted in scoring.fatal)
    if times:
        lost = weight * min(times, scoring.times)
        return ScoreLine(rule.id, rule.category, Verdict.VIOLATED, weight, times, lost, is_fatal=is_fatal)
    if verdict.verdict is Verdict.NOT_APPLICABLE:
        return ScoreLine(
            rule.id, rule.category, verdict.verdict, weight, counts=False, reason=verdict.reason, is_fatal=is_fatal
        )
    if verdict.verdict is Verdict.PENDING and rule.kind == "owed":
        return ScoreLine(
            rule.id, rule.category, verdict.verdict, weight, counts=False, reason="pending", is_fatal=is_fatal
        )
    return ScoreLine(rule.id, rule.category, Verdict.SATISFIED, weight, is_fatal=is_fatal)
