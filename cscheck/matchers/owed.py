"""``kind: owed``: when something happens, the agent owes an act, in time.

``when`` is ``opening``, ``ending`` or acts (``acts``, ``by``, and ``scenes`` that count as well). ``due`` says until
when:

    first-turn, first-2-turns   in the first agent turn, or the first two
    same-turn, next-turn        in the turn that called for it (or the agent's next), or one later
    nearby                      in that turn, one later, or one of the agent's two before
    before-act                  before the agent first does one of ``before``
    last-2-turns, last-3-turns  in the agent's last two turns, or three
    later                       in any of the agent's turns after that one
    end                         any time from then to the end
    anywhere                    any time at all
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

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
FIELDS = ("owes", "when", "due", "before", "unless", "each")
DUE = (
    "first-turn",
    "first-2-turns",
    "same-turn",
    "next-turn",
    "nearby",
    "before-act",
    "last-2-turns",
    "last-3-turns",
    "later",
    "end",
    "anywhere",
)


@dataclass(frozen=True, slots=True)
class Spec:
    """Which acts are owed (any of them), after what, until when, unless what was done before."""

    owes: tuple[str, ...]
    trigger: Trigger | str
    due: str
    before: tuple[str, ...]
    unless: tuple[str, ...]
    is_each: bool


def read(rule_id: str, fields: Mapping[str, Value], whole: Value, reader: DetectorReader) -> Spec:
    """Read the kind's own fields."""
    for name in ("owes", "when", "due"):
        if name not in fields:
            whole.fail(f"缺少字段“{name}”")
    due = fields["due"].choice({name: name for name in DUE})
    if (due == "before-act") != ("before" in fields):
        fields["due"].fail("due: before-act 要和 before 一起用")
    return Spec(
        owes=fields["owes"].texts(),
        trigger=_read_when(fields["when"]),
        due=due,
        before=fields["before"].texts() if "before" in fields else (),
        unless=fields["unless"].texts() if "unless" in fields else (),
        is_each="each" in fields and fields["each"].flag(),
    )


def _read_when(value: Value) -> Trigger | str:
    if value.is_text:
        return value.choice({"opening": "opening", "ending": "ending"})
    return read_trigger(value)


def acts_used(spec: Spec) -> frozenset[str]:
    """Name the acts it asks for."""
    trigger = spec.trigger
    more = trigger.acts_used() if isinstance(trigger, Trigger) else frozenset()
    return frozenset((*spec.owes, *spec.before, *spec.unless)) | more


def detectors(spec: Spec) -> tuple[Detector, ...]:
    """Give its detectors: none, it speaks of acts."""
    return ()


def causes(spec: Spec) -> frozenset[str] | None:
    """Name the acts without which nothing is owed."""
    return spec.trigger.causes() if isinstance(spec.trigger, Trigger) else None


def find(spec: Spec, analysis: Analysis) -> Iterator[Outcome]:
    """Give an outcome for each time that something was called for."""
    if reason := analysis.why_silent():
        yield Outcome(Verdict.NOT_APPLICABLE, reason=reason)
        return
    called = _called(spec, analysis)
    first = next(called, None)
    if first is None:
        yield Outcome(Verdict.NOT_APPLICABLE, reason="not-called-for")
        return
    agent = analysis.turns_of("agent")
    for start in itertools.chain((first,), called) if spec.is_each else (first,):
        yield _outcome(spec, analysis, agent, start)


def _called(spec: Spec, analysis: Analysis) -> Iterator[int]:
    if isinstance(spec.trigger, Trigger):
        yield from spec.trigger.turns(analysis)
    else:
        yield 0


def _outcome(spec: Spec, analysis: Analysis, agent: list[int], start: int) -> Outcome:
    is_finished = analysis.conversation.complete
    due = spec.due
    if due == "before-act":
        return _before_act(spec, analysis, agent, start)
    if due in ("first-turn", "first-2-turns"):
        window, size = agent[: 1 if due == "first-turn" else 2], 1 if due == "first-turn" else 2
        is_closed = is_finished or len(window) == size
    elif due in ("same-turn", "next-turn", "nearby"):
        here, size = bisect_left(agent, start), 1 if due == "same-turn" else 2
        window = agent[max(0, here - 2) if due == "nearby" else here : here + size]
        is_closed = is_finished or len(agent) - here >= size
    elif due in ("last-2-turns", "last-3-turns"):
        window, is_closed = agent[-2 if due == "last-2-turns" else -3 :], is_finished
    elif due == "later":
        window, is_closed = agent[bisect_right(agent, start) :], is_finished
    else:
        window, is_closed = agent if due == "anywhere" else agent[bisect_left(agent, start) :], is_finished
    return _settle(spec, analysis, window, start, is_closed, window[-1] if window else None)


def _before_act(spec: Spec, analysis: Analysis, agent: list[int], start: int) -> Outcome:
    # What was said before it was called for counts as well: an apology that came first is an apology.
    done = _first(spec.owes, agent, analysis)
    ended = _first(spec.before, agent[bisect_left(agent, start) :], analysis)
    if ended is not None and (done is None or ended < done):
        return _settle(spec, analysis, agent[: bisect_right(agent, ended)], start, True, ended)
    window = agent if done is None else agent[: bisect_right(agent, done)]
    return _settle(spec, analysis, window, start, analysis.conversation.complete, None)


def _settle(
    spec: Spec, analysis: Analysis, window: list[int], start: int, is_closed: bool, place: int | None
) -> Outcome:
    done = _first(spec.owes, window, analysis)
    if done is not None:
        return Outcome(Verdict.SATISFIED, done, since=done)
    last = window[-1] if window else start
    if any(index <= last and analysis.does(spec.unless, index) for index in analysis.may_do(spec.unless)):
        return Outcome(Verdict.NOT_APPLICABLE, reason="not-called-for")
    if is_closed:
        return Outcome(Verdict.VIOLATED, place, since=last)
    return Outcome(Verdict.PENDING, reason=spec.due)


def _first(acts: tuple[str, ...], window: list[int], analysis: Analysis) -> int | None:
    """Give the first turn of a window, agent turns without a gap, that does one of the acts."""
    if not window:
        return None
    turns = analysis.may_do(acts)
    for index in turns[bisect_left(turns, window[0]) : bisect_right(turns, window[-1])]:
        if analysis.turns[index].role == "agent" and analysis.does(acts, index):
            return index
    return None
