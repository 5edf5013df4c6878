"""Tell whether a condition holds near a hit."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from cscheck.detector import Condition
from cscheck.view import View

if TYPE_CHECKING:
    from cscheck.analysis import Analysis

Test = Callable[[int, int], bool]

_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|「[^」]*」|『[^』]*』|\"[^\"]*\"")


def holds(condition: Condition, analysis: Analysis, view: View, start: int, end: int) -> bool:
    """Tell whether a condition holds of ``view.text[start:end]``."""
    if condition.channels and analysis.conversation.channel not in condition.channels:
        return False
    if condition.scenes and analysis.scene_at(view.index) not in condition.scenes:
        return False
    where = condition.where
    if where == "always":
        return True
    if where == "quoted":
        return any(m.start() < start and end < m.end() for m in _QUOTED.finditer(view.text))
    if where == "echo":
        words = view.text[start:end]
        return any(words in analysis.view(i).text for i in analysis.said_before(view.index, "customer"))
    if where in ("right-before", "right-after") and _is_next_to(condition, view, start, end):
        return True
    elsewhere = _elsewhere(where, analysis, view.index)
    if elsewhere is not None:
        return any(_is_found(condition, analysis, analysis.view(i), _anywhere) for i in elsewhere)
    return _is_found(condition, analysis, view, _test(where, view, start, end))


def _is_next_to(condition: Condition, view: View, start: int, end: int) -> bool:
    """Look for a match that meets the hit: the leftmost matches of the whole turn may have passed it by."""
    possible = (pattern for pattern in condition.patterns if pattern in view.candidates.patterns)
    if condition.where == "right-before":
        return any(pattern.ends_at(view.text, start) for pattern in possible)
    return any(pattern.starts_at(view.text, end) for pattern in possible)


def _elsewhere(where: str, analysis: Analysis, index: int) -> list[int] | None:
    """Give the other turns that a condition looks at, None where it looks at the hit's own."""
    if where == "customer":
        return analysis.said_before(index, "customer")
    if where == "customer-before":
        return [i for i in analysis.turns_of("customer") if i < index]
    if where == "agent-before":
        return analysis.said_before(index, "agent")
    return None


def _is_found(condition: Condition, analysis: Analysis, view: View, test: Test) -> bool:
    if any(test(a, b) for pattern in condition.patterns for a, b in view.spans(pattern)):
        return True
    return any(test(hit.start, hit.end) for act in condition.acts for hit in analysis.acts(act, view.index))


def _anywhere(a: int, b: int) -> bool:
    return True


def _test(where: str, view: View, start: int, end: int) -> Test:
    """Give the test that a stretch (a, b) stands where the condition wants it."""
    tests: dict[str, Test] = {
        "covers": lambda a, b: a <= start and end <= b,
        "overlaps": lambda a, b: a < end and start < b,
        "right-before": lambda a, b: b == start,
        "right-after": lambda a, b: a == end,
        "lead": lambda a, b: b <= start,
        "rest": lambda a, b: a >= end,
        "turn": _anywhere,
    }
    if where in tests:
        return tests[where]
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
