"""``kind: timing``: how long the customer waited, where the record has times.

first-reply   from the customer's first turn to the agent's first
gap           from a customer's turn to the agent's next, later in the conversation; ``notice`` acts excuse it
act           from the first of ``after`` (acts of the customer) to the first of ``owes``
overlap       how long before the customer's end the agent's next turn begins; ``notice`` acts (嗯, 我明白) excuse it
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from cscheck.conversation import CHANNELS
from cscheck.detector import Detector
from cscheck.finding import Verdict
from cscheck.matchers.trigger import Trigger
from cscheck.matchers.trigger import read as read_trigger
from cscheck.outcome import Outcome
from cscheck.values import dataclass

if TYPE_CHECKING:
    from cscheck.analysis import Analysis
    from cscheck.load.detectors import DetectorReader
    from cscheck.yamlfile import Value

JUDGES_TURNS = False
FIELDS = ("measure", "limit", "notice", "after", "owes")
MEASURES = ("first-reply", "gap", "act", "overlap")


@dataclass(frozen=True, slots=True)
class Spec:
    """What is measured, and the limit in seconds for each channel (``any`` for all others)."""

    measure: str
    limits: Mapping[str, float]
    notice: tuple[str, ...]
    after: Trigger | None
    owes: tuple[str, ...]


def read(rule_id: str, fields: Mapping[str, Value], whole: Value, reader: DetectorReader) -> Spec:
    """Read the kind's own fields."""
    for name in ("measure", "limit"):
        if name not in fields:
            whole.fail(f"缺少字段“{name}”")
    limits = fields["limit"].fields((*CHANNELS, "any"))
    measure = fields["measure"].choice({name: name for name in MEASURES})
    if measure == "act" and not ("after" in fields and "owes" in fields):
        whole.fail("measure: act 要和 after、owes 一起用")
    return Spec(
        measure=measure,
        limits={channel: value.number(0, 1e8) for channel, value in limits.items()},
        notice=fields["notice"].texts() if "notice" in fields else (),
        after=read_trigger(fields["after"]) if "after" in fields else None,
        owes=fields["owes"].texts() if "owes" in fields else (),
    )


def acts_used(spec: Spec) -> frozenset[str]:
    """Name the acts it asks for."""
    return frozenset((*spec.notice, *spec.owes)) | (spec.after.acts_used() if spec.after else frozenset())


def detectors(spec: Spec) -> tuple[Detector, ...]:
    """Give its detectors: none."""
    return ()


def causes(spec: Spec) -> None:
    """Name what gives it cause: nothing that is said, so it is always asked."""


def find(spec: Spec, analysis: Analysis) -> Iterator[Outcome]:
    """Give a violation for each wait over the limit."""
    limit = spec.limits.get(analysis.conversation.channel or "any", spec.limits.get("any"))
    if limit is None:
        yield Outcome(Verdict.NOT_APPLICABLE, reason="no-limit")
        return
    if reason := analysis.why_silent():
        yield Outcome(Verdict.NOT_APPLICABLE, reason=reason)
        return
    if not analysis.has_times:
        yield Outcome(Verdict.NOT_APPLICABLE, reason="no-times")
        return
    if spec.measure == "overlap" and not any(turn.end_time is not None for turn in analysis.turns):
        yield Outcome(Verdict.NOT_APPLICABLE, reason="no-end-times")
        return
    for begin, end in _waits(spec, analysis):
        waited = _seconds(analysis, begin, end)
        if waited is not None and spec.measure == "overlap":
            waited = -waited
        if waited is None:
            continue
        verdict = Verdict.VIOLATED if waited > limit else Verdict.SATISFIED
        yield Outcome(verdict, end, facts=length_facts(waited, limit), since=end)


def _waits(spec: Spec, analysis: Analysis) -> Iterator[tuple[int, int]]:
    agent, customer = analysis.turns_of("agent"), analysis.turns_of("customer")
    if not customer:
        return
    if spec.measure == "first-reply":
        replies = [index for index in agent if index > customer[0]]
        if replies and replies[0] == agent[0]:
            yield customer[0], replies[0]
    elif spec.measure == "gap":
        yield from _gaps(spec, analysis, agent)
    elif spec.measure == "overlap":
        yield from _overlaps(spec, analysis, agent)
    else:
        begin = next(spec.after.turns(analysis), None) if spec.after else None
        later = [index for index in agent if begin is not None and index > begin]
        if begin is not None and later:
            yield begin, next((index for index in later if analysis.does(spec.owes, index)), later[-1])


def _gaps(spec: Spec, analysis: Analysis, agent: list[int]) -> Iterator[tuple[int, int]]:
    for index in agent[1:]:
        waiting = analysis.said_before(index, "customer")
        if not waiting or waiting[-1] != index - 1 or waiting[0] < agent[0]:
            continue
        noticed = analysis.said_before(waiting[0], "agent")
        if not any(analysis.does(spec.notice, earlier) for earlier in noticed):
            yield waiting[-1], index


def _overlaps(spec: Spec, analysis: Analysis, agent: list[int]) -> Iterator[tuple[int, int]]:
    for index in agent:
        is_reply = index > 0 and analysis.turns[index - 1].role == "customer"
        if is_reply and analysis.turns[index - 1].end_time is not None and not analysis.does(spec.notice, index):
            yield index - 1, index


def _seconds(analysis: Analysis, begin: int, end: int) -> float | None:
    first, last = analysis.turns[begin], analysis.turns[end].time
    start = first.end_time if first.end_time is not None else first.time
    return None if start is None or last is None else last - start


def length_facts(waited: float, limit: float) -> dict[str, str]:
    """Say both lengths of time in either language: 2分35秒 and 2 min 35 s."""
    chinese, english = ("小时", "分", "秒"), (" h ", " min ", " s ")
    return {
        "waited": _words(waited, chinese),
        "limit": _words(limit, chinese),
        "waited_en": _words(waited, english),
        "limit_en": _words(limit, english),
    }


def _words(seconds: float, units: tuple[str, str, str]) -> str:
    hours, rest = divmod(round(seconds), 3600)
    minutes, left = divmod(rest, 60)
    amounts = zip((hours, minutes, left), units, strict=True)
    return "".join(f"{amount}{unit}" for amount, unit in amounts if amount).strip() or f"0{units[-1]}"
