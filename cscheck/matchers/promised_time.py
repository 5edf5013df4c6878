"""``kind: promised-time``: a time limit that the agent names is longer than the standard allows.

Only lengths of time can be held against a limit (两个工作日内, 24小时内); a point in time (明天下午) cannot, as nobody
knows how far off it is. With ``after``, only what is said from that turn on is judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from cscheck.conversation import SCENES
from cscheck.detector import Detector
from cscheck.finding import Verdict
from cscheck.matchers.timing import length_facts
from cscheck.matchers.trigger import Trigger
from cscheck.matchers.trigger import read as read_trigger
from cscheck.outcome import Outcome
from cscheck.values import dataclass

if TYPE_CHECKING:
    from cscheck.analysis import Analysis
    from cscheck.load.detectors import DetectorReader
    from cscheck.yamlfile import Value

JUDGES_TURNS = True
FIELDS = ("acts", "most", "after")


@dataclass(frozen=True, slots=True)
class Spec:
    """In turns that do which acts, the most seconds in each scene (``any`` for all others), and after what."""

    acts: tuple[str, ...]
    most: Mapping[str, float]
    after: Trigger | None


def read(rule_id: str, fields: Mapping[str, Value], whole: Value, reader: DetectorReader) -> Spec:
    """Read the kind's own fields."""
    for name in ("acts", "most"):
        if name not in fields:
            whole.fail(f"缺少字段“{name}”")
    most = fields["most"].fields((*SCENES, "any"))
    return Spec(
        acts=fields["acts"].texts(),
        most={scene: value.number(0, 1e8) for scene, value in most.items()},
        after=read_trigger(fields["after"]) if "after" in fields else None,
    )


def acts_used(spec: Spec) -> frozenset[str]:
    """Name the acts it asks for."""
    return frozenset(spec.acts) | (spec.after.acts_used() if spec.after else frozenset())


def detectors(spec: Spec) -> tuple[Detector, ...]:
    """Give its detectors: none."""
    return ()


def causes(spec: Spec) -> frozenset[str]:
    """Name the acts without which there is no limit to judge."""
    return frozenset(spec.acts)


def find(spec: Spec, analysis: Analysis) -> Iterator[Outcome]:
    """Give a violation for each limit that is too long."""
    if reason := analysis.why_silent():
        yield Outcome(Verdict.NOT_APPLICABLE, reason=reason)
        return
    start = next(spec.after.turns(analysis), None) if spec.after else 0
    named = False
    for index in analysis.judged(analysis.may_do(spec.acts)):
        most = spec.most.get(analysis.scene_at(index), spec.most.get("any"))
        if (
            analysis.turns[index].role != "agent"
            or start is None
            or index < start
            or most is None
            or not analysis.does(spec.acts, index)
        ):
            continue
        from cscheck.text import quantities

        for limit in quantities.time_limits(analysis.view(index).text):
            if limit.seconds is None:
                continue
            named = True
            verdict = Verdict.VIOLATED if limit.seconds > most else Verdict.SATISFIED
            yield Outcome(verdict, index, limit.start, limit.end, facts=length_facts(limit.seconds, most), since=index)
    if not named:
        yield Outcome(Verdict.NOT_APPLICABLE, reason="not-called-for")
