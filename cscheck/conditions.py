"""Tell whether a condition holds near a hit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from cscheck.detector import Condition
from cscheck.view import View

if TYPE_CHECKING:
    from cscheck.analysis import Analysis
    from cscheck.patterns.matcher import Prepared

# Where a condition looks without asking at which words the hit stands.
OF_TURN = frozenset({"turn", "customer", "customer-before", "agent-before", "always"})
_NEXT_TO = ("right-before", "right-after")
_TOUCHING = frozenset({"covers", "overlaps", *_NEXT_TO})
_WORDLESS = ("quoted", "echo")
_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|「[^」]*」|『[^』]*』|\"[^\"]*\"")


def first(
    conditions: tuple[Condition, ...], analysis: Analysis, index: int, start: int, end: int, *, wanted: bool
) -> Condition | None:
    """Give the first of some conditions that holds of a stretch of a turn, or does not where that is ``wanted``."""
    if not conditions:
        return None
    matcher = analysis.model.matcher
    for one, prepared, many in _runs(conditions, analysis):
        if one is not None:
            if holds(one, analysis, index, start, end) == wanted:
                return one
        elif (place := matcher.first(prepared, analysis.view(index).text, start, end, wanted)) >= 0:
            return many[place]
    return None


_Run: TypeAlias = "tuple[Condition | None, tuple[Prepared, ...], tuple[Condition, ...]]"


def _runs(conditions: tuple[Condition, ...], analysis: Analysis) -> tuple[_Run, ...]:
    """Part conditions into those to be judged one by one, and runs of others that the matcher judges at once."""
    kept = analysis.model.kept
    known = kept.get(id(conditions))
    if known is None:
        # Kept with the conditions, so that no others can have their id.
        known = kept[id(conditions)] = tuple(_parted(conditions, analysis)), conditions
    runs: tuple[_Run, ...] = known[0]
    return runs


def _parted(conditions: tuple[Condition, ...], analysis: Analysis) -> Iterator[_Run]:
    run: list[tuple[Condition, Prepared]] = []
    for condition in conditions:
        on_words = not (condition.acts or condition.channels or condition.scenes)
        prepared = analysis.model.matcher.prepared(condition.where, condition.patterns) if on_words else None
        if prepared is not None:
            run.append((condition, prepared))
            continue
        if run:
            yield None, tuple(ready for _, ready in run), tuple(one for one, _ in run)
            run = []
        yield condition, (), ()
    if run:
        yield None, tuple(ready for _, ready in run), tuple(one for one, _ in run)


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
    if where in _NEXT_TO and _is_next_to(condition, view, start, end):
        return True
    if not condition.acts and not view.found(condition):
        return False
    if where in _TOUCHING:
        return _is_touching(condition, analysis, index, start, end)
    return _is_found(condition, analysis, index, *_stretch(where, view, start, end))


def holds_in_turn(condition: Condition, analysis: Analysis, index: int) -> bool:
    """Tell whether a condition holds that does not look at where in the turn the hit stands."""
    if not _is_scope(condition, analysis, index):
        return False
    where = condition.where
    if where == "always":
        return True
    if where == "turn":
        return is_said(condition, analysis, index)
    if where == "customer-before":
        return analysis.said_before_by_customer(condition, index)
    said = analysis.said_before(index, "customer" if where == "customer" else "agent")
    return any(is_said(condition, analysis, place) for place in said)


def is_said(condition: Condition, analysis: Analysis, index: int) -> bool:
    """Tell whether words or acts of a condition are anywhere in a turn."""
    return _is_found(condition, analysis, index, 0, len(analysis.view(index).text))


def is_hopeless(need: Condition, analysis: Analysis, index: int) -> bool:
    """Tell whether no stretch of a turn meets a need; False where that takes a closer look."""
    if need.where in OF_TURN:
        return not analysis.holds_in(need, index)
    return not (need.acts or need.where in _WORDLESS or analysis.view(index).found(need))


def _is_scope(condition: Condition, analysis: Analysis, index: int) -> bool:
    if condition.channels and analysis.conversation.channel not in condition.channels:
        return False
    return not condition.scenes or analysis.scene_at(index) in condition.scenes


def _is_next_to(condition: Condition, view: View, start: int, end: int) -> bool:
    if condition.where == "right-before":
        return any(view.meets(pattern, end=start) for pattern in condition.patterns)
    return any(view.meets(pattern, start=end) for pattern in condition.patterns)


def _is_found(condition: Condition, analysis: Analysis, index: int, least: int, most: int) -> bool:
    """Look for words or acts of a condition within ``least`` and ``most`` of a turn."""
    for start, end in analysis.view(index).found(condition):
        if least <= start and end <= most:
            return True
    for act in condition.acts:
        for hit in analysis.acts(act, index):
            if least <= hit.start and hit.end <= most:
                return True
    return False


def _is_touching(condition: Condition, analysis: Analysis, index: int, start: int, end: int) -> bool:
    """Look for words or acts of a condition that stand to a hit as it asks."""
    found = list(analysis.view(index).found(condition))
    found += [(hit.start, hit.end) for act in condition.acts for hit in analysis.acts(act, index)]
    if condition.where == "covers":
        return any(a <= start and end <= b for a, b in found)
    if condition.where == "overlaps":
        return any(a < end and start < b for a, b in found)
    if condition.where == "right-before":
        return any(b == start for _, b in found)
    return any(a == end for a, _ in found)


def _stretch(where: str, view: View, start: int, end: int) -> tuple[int, int]:
    """Give the stretch of the turn in which a condition wants its words."""
    if where == "lead":
        return 0, start
    if where == "rest":
        return end, len(view.text)
    if where == "next-sentence":
        own = view.sentence(start, end)[1]
        return own, view.sentence(own + 1, own + 1)[1] if own < len(view.text) else own
    first, last = view.sentence(start, end) if where == "sentence" else view.clause(start, end)
    if where == "before":
        return first, start
    return (end, last) if where == "after" else (first, last)
