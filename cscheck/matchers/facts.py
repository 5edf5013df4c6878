"""``kind: restated-facts``: an amount, a date or a count is put back wrongly.

Where the agent does one of ``acts`` (a restatement, a read-back), each value in it is held against the customer's: a
value of a kind that the customer gave, and equal to none of theirs, is a finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from cscheck.detector import Detector
from cscheck.finding import Verdict
from cscheck.outcome import Outcome
from cscheck.values import dataclass

if TYPE_CHECKING:
    from cscheck.analysis import Analysis
    from cscheck.load.detectors import DetectorReader
    from cscheck.text.quantity import Quantity
    from cscheck.yamlfile import Value

JUDGES_TURNS = True
FIELDS = ("acts", "kinds")
KINDS = ("amount", "date", "clock", "duration", "percent", "count", "code")


@dataclass(frozen=True, slots=True)
class Spec:
    """In which acts, and which kinds of values."""

    acts: tuple[str, ...]
    kinds: frozenset[str]


def read(rule_id: str, fields: Mapping[str, Value], whole: Value, reader: DetectorReader) -> Spec:
    """Read the kind's own fields."""
    for name in FIELDS:
        if name not in fields:
            whole.fail(f"缺少字段“{name}”")
    return Spec(fields["acts"].texts(), frozenset(fields["kinds"].choices(KINDS)))


def acts_used(spec: Spec) -> frozenset[str]:
    """Name the acts it asks for."""
    return frozenset(spec.acts)


def detectors(spec: Spec) -> tuple[Detector, ...]:
    """Give its detectors: none."""
    return ()


def causes(spec: Spec) -> frozenset[str]:
    """Name the acts in which facts are put back."""
    return frozenset(spec.acts)


def find(spec: Spec, analysis: Analysis) -> Iterator[Outcome]:
    """Give a violation for each value that is not the customer's."""
    if reason := analysis.why_silent():
        yield Outcome(Verdict.NOT_APPLICABLE, reason=reason)
    for index in analysis.judged(analysis.may_do(spec.acts)):
        if analysis.turns[index].role != "agent":
            continue
        hits = [hit for act in spec.acts for hit in analysis.acts(act, index)]
        if not hits:
            continue
        from cscheck.text import quantities

        view = analysis.view(index)
        told = [
            value
            for earlier in analysis.turns_of("customer")
            if earlier < index
            for value in analysis.view(earlier).quantities()
        ]
        for value in view.quantities():
            stretches = [view.sentence(hit.start, hit.end) for hit in hits]
            if not _is_asked(value, spec.kinds) or not any(a <= value.start and value.end <= b for a, b in stretches):
                continue
            same_kind = [other for other in told if quantities.comparable(value, other)]
            if same_kind and not any(quantities.same(value, other) for other in same_kind):
                facts = {"theirs": "、".join(dict.fromkeys(other.text for other in same_kind))}
                yield Outcome(Verdict.VIOLATED, index, value.start, value.end, facts=facts, since=index)


def _is_asked(value: Quantity, kinds: frozenset[str]) -> bool:
    """Tell whether a value is of one of the kinds; a day with its hour is a date as well as a clock time."""
    return value.kind in kinds or (value.kind == "deadline" and bool(kinds & {"date", "clock"}))
