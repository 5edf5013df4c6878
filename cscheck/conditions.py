"""Tell whether a condition holds near a hit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from cscheck.detector import AnyPattern, Condition
from cscheck.view import View

if TYPE_CHECKING:
    from cscheck.analysis import Analysis

Test = Callable[[int, int], bool]

# Where a condition looks without asking at which words the hit stands.
OF_TURN = frozenset({"turn", "customer", "customer-before", "agent-before", "always"})
_NEXT_TO = ("right-before", "right-after")
_WORDLESS = ("quoted", "echo")
_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|「[^」]*」|『[^』]*』|\"[^\"]*\"")


def holds(condition: Condition, analysis: Analysis, index: int, start: int, end: int) -> bool:
    """Tell whether a condition holds of a stretch of a turn."""
    if condition.where in OF_TURN:
        return analysis.holds_in(condition, index)
    if not _is_scope(condition, analysis, index):
        return False
    view = analysis.view(index)
    where = condition.where
    if where == "quoted":
        return any(m.start() < start and end < m.end() for m in _QUOTED.finditer(view.text))
    if where == "echo":
        words = view.text[start:end]
        return any(words in analysis.view(i).text for i in analysis.said_before(index, "customer"))
    possible = view.possible(condition)
    if not possible and not condition.acts:
        return False
    if where in _NEXT_TO and _is_next_to(where, possible, view, start, end):
        return True
    return _is_found(condition, possible, analysis, index, _test(where, view, start, end))


def holds_in_turn(condition: Condition, analysis: Analysis, index: int) -> bool:
    """Tell whether a condition holds that does not look at where in the turn the hit stands."""
    if not _is_scope(condition, analysis, index):
        return False
    where = condition.where
    if where == "always":
        return True
    if where == "turn":
        places: Iterable[int] = (index,)
    elif where == "customer-before":
        places = (i for i in analysis.turns_of("customer") if i < index)
    else:
        places = analysis.said_before(index, "customer" if where == "customer" else "agent")
    return any(_is_found(condition, analysis.view(i).possible(condition), analysis, i, _anywhere) for i in places)


def is_hopeless(need: Condition, analysis: Analysis, index: int) -> bool:
    """Tell whether no stretch of a turn meets a need; False where that takes a closer look."""
    if need.where in OF_TURN:
        return not analysis.holds_in(need, index)
    return not (need.acts or need.where in _WORDLESS or analysis.view(index).possible(need))


def _is_scope(condition: Condition, analysis: Analysis, index: int) -> bool:
    if condition.channels and analysis.conversation.channel not in condition.channels:
        return False
    return not condition.scenes or analysis.scene_at(index) in condition.scenes


def _is_next_to(where: str, possible: Iterable[AnyPattern], view: View, start: int, end: int) -> bool:
    """Look for a match that meets the hit: the leftmost matches of the whole turn may have passed it by."""
    if where == "right-before":
        return any(pattern.ends_at(view.text, start) for pattern in possible)
    return any(pattern.starts_at(view.text, end) for pattern in possible)


def _is_found(condition: Condition, possible: Iterable[AnyPattern], analysis: Analysis, index: int, test: Test) -> bool:
    view = analysis.view(index)
    for pattern in possible:
        for a, b in view.spans(pattern):
            if test(a, b):
                return True
    return any(test(hit.start, hit.end) for act in condition.acts for hit in analysis.acts(act, index))


def _anywhere(a: int, b: int) -> bool:
    return True


def _test(where: str, view: View, start: int, end: int) -> Test:
    """Give the test that a stretch (a, b) stands where the condition wants it."""
    if where == "covers":
        return lambda a, b: a <= start and end <= b
    if where == "overlaps":
        return lambda a, b: a < end and start < b
    if where == "right-before":
        return lambda a, b: b == start
    if where == "right-after":
        return lambda a, b: a == end
    if where == "lead":
        return lambda a, b: b <= start
    if where == "rest":
        return lambda a, b: a >= end
    if where == "next-sentence":
        own = view.sentence(start, end)[1]
        stop = view.sentence(own + 1, own + 1)[1] if own < len(view.text) else own
        return lambda a, b: own <= a and b <= stop
    first, last = view.sentence(start, end) if where == "sentence" else view.clause(start, end)
    if where == "before":
        return lambda a, b: first <= a and b <= start
    if where == "after":
        return lambda a, b: end <= a and b <= last
    return lambda a, b: first <= a and b <= last
