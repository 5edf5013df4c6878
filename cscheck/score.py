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

from cscheck.engine import RuleVerdict
from cscheck.finding import Finding, Verdict
from cscheck.rule import Outline, Rule
from cscheck.settings import Scoring
from cscheck.suppress import names
from cscheck.values import dataclass


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


class Scorer:
    """The rules in use and what each is worth, worked out once."""

    def __init__(self, rules: Mapping[str, Rule | Outline], scoring: Scoring) -> None:
        self._times = scoring.times
        self._items = {rule.id: _item(rule, scoring) for rule in rules.values()}
        self._categories: dict[str, list[str]] = {}
        for rule_id in sorted(self._items, key=lambda rule_id: -self._items[rule_id].weight):
            self._categories.setdefault(self._items[rule_id].category, []).append(rule_id)

    def score(
        self,
        verdicts: Iterable[RuleVerdict],
        findings: Iterable[Finding],
        *,
        has_agent: bool = True,
        explain: bool = False,
    ) -> Score:
        """Score the findings that count; a rule whose findings were all left out counts as kept.

        ``explain`` fills the lines.
        """
        times = Counter([finding.rule for finding in findings])
        said = {verdict.rule: verdict for verdict in verdicts}
        broken = [(self._items[rule], count) for rule, count in times.items() if rule in said]
        lost = sum(item.weight * min(count, self._times) for item, count in broken)
        is_fatal = any(item.is_fatal for item, _ in broken)
        possible = sum(self._worth(category, said, times) for category in self._categories)
        value: float | None = None
        if is_fatal:
            value = 0.0
        elif has_agent and possible > 0:
            value = round(max(0.0, 100 * (1 - lost / possible)), 1)
        lines = tuple([self._line(verdict, times[verdict.rule]) for verdict in said.values()]) if explain else ()
        return Score(value, is_fatal, lost, possible, lines)

    def _worth(self, category: str, said: Mapping[str, RuleVerdict], times: Mapping[str, int]) -> float:
        """Give the weight of the heaviest rule of a category that applies."""
        for rule_id in self._categories[category]:
            verdict = said.get(rule_id)
            if verdict is not None and (rule_id in times or _counts(verdict, self._items[rule_id])):
                return self._items[rule_id].weight
        return 0

    def _line(self, verdict: RuleVerdict, times: int) -> ScoreLine:
        item = self._items[verdict.rule]
        about = (verdict.rule, item.category)
        if times:
            lost = item.weight * min(times, self._times)
            return ScoreLine(*about, Verdict.VIOLATED, item.weight, times, lost, is_fatal=item.is_fatal)
        if _counts(verdict, item):
            return ScoreLine(*about, Verdict.SATISFIED, item.weight, is_fatal=item.is_fatal)
        reason = "pending" if verdict.verdict is Verdict.PENDING else verdict.reason
        return ScoreLine(*about, verdict.verdict, item.weight, counts=False, reason=reason, is_fatal=item.is_fatal)


@dataclass(frozen=True, slots=True)
class _Item:
    category: str
    weight: float
    is_fatal: bool
    is_owed: bool


def _item(rule: Rule | Outline, scoring: Scoring) -> _Item:
    is_fatal = rule.is_fatal or any(names(wanted, rule.id) for wanted in scoring.fatal)
    return _Item(rule.category, weight_of(rule, scoring), is_fatal, rule.kind == "owed")


def _counts(verdict: RuleVerdict, item: _Item) -> bool:
    """Tell whether a rule that was not broken is in the sums: what is owed and may yet be said is not."""
    if verdict.verdict is Verdict.NOT_APPLICABLE:
        return False
    return not (item.is_owed and verdict.verdict is Verdict.PENDING)


def weight_of(rule: Rule | Outline, scoring: Scoring) -> float:
    """Give a rule's weight: the most exact setting, its own, or that of its severity."""
    named = [wanted for wanted in scoring.weights if names(wanted, rule.id)]
    if named:
        return scoring.weights[max(named, key=len)]
    return rule.weight if rule.weight is not None else scoring.by_severity(rule.severity)
