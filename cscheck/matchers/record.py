"""``kind: record``: what the record itself says of a call: how long it rang, who ended it.

``field`` names an entry of the conversation's ``meta``. A number over ``most``, or one of the words of ``not``, is a
finding; a record without that entry is not judged.
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
    from cscheck.yamlfile import Value

JUDGES_TURNS = False
FIELDS = ("field", "most", "not")


@dataclass(frozen=True, slots=True)
class Spec:
    """Which entry, the most it may be, and what it may not be (in lower case)."""

    field: str
    most: float | None
    refused: tuple[str, ...]


def read(rule_id: str, fields: Mapping[str, Value], whole: Value, reader: DetectorReader) -> Spec:
    """Read the kind's own fields."""
    if "field" not in fields:
        whole.fail("缺少字段“field”")
    if ("most" in fields) == ("not" in fields):
        whole.fail("要有 most（最多多少）或 not（不能是什么），二者选一")
    return Spec(
        field=fields["field"].text(),
        most=fields["most"].number(0, 1e8) if "most" in fields else None,
        refused=tuple(word.lower() for word in fields["not"].texts()) if "not" in fields else (),
    )


def acts_used(spec: Spec) -> frozenset[str]:
    """Name the acts it asks for: none."""
    return frozenset()


def detectors(spec: Spec) -> tuple[Detector, ...]:
    """Give its detectors: none."""
    return ()


def causes(spec: Spec) -> None:
    """Name what gives it cause: nothing that is said, so it is always asked."""


def find(spec: Spec, analysis: Analysis) -> Iterator[Outcome]:
    """Give one outcome: broken, kept, or not on record."""
    value = analysis.conversation.meta.get(spec.field)
    if reason := analysis.why_silent():
        yield Outcome(Verdict.NOT_APPLICABLE, reason=reason)
    elif spec.most is not None:
        number = _number(value)
        if number is None:
            yield Outcome(Verdict.NOT_APPLICABLE, reason="no-record")
        else:
            verdict = Verdict.VIOLATED if number > spec.most else Verdict.SATISFIED
            yield Outcome(verdict, facts={"value": f"{number:g}", "limit": f"{spec.most:g}"}, since=0)
    elif value is None or not str(value).strip():
        yield Outcome(Verdict.NOT_APPLICABLE, reason="no-record")
    else:
        verdict = Verdict.VIOLATED if str(value).strip().lower() in spec.refused else Verdict.SATISFIED
        yield Outcome(verdict, facts={"value": str(value).strip()}, since=0)


def _number(value: object) -> float | None:
    try:
        return float(str(value)) if value is not None else None
    except ValueError:
        return None
