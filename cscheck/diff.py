"""Two sets of packs on the same conversations: findings that come and go, scores that shift, rules that differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from cscheck.checker import Checker, Report
from cscheck.conversation import Conversation, Turn
from cscheck.finding import Finding
from cscheck.pack import PackInfo

EXAMPLES = SHIFTS = 10
_UNSEEN = frozenset(("path", "examples"))


@dataclass(frozen=True, slots=True)
class Change:
    """A finding that only one side has; ``flips`` where the conversation is clean on the other side."""

    finding: Finding
    appears: bool
    turn: Turn | None
    flips: bool
    order: int


@dataclass(frozen=True, slots=True)
class Shift:
    """A conversation whose score differs; None where it is not scored."""

    conversation: str
    path: str
    old: float | None
    new: float | None

    @property
    def size(self) -> float:
        """Give how far the score moves; a score that comes or goes moves furthest."""
        return 101.0 if self.old is None or self.new is None else abs(self.new - self.old)


@dataclass(frozen=True, slots=True)
class RuleChanges:
    """Rules (or acts, or word sets) by id: only new, only old, and different, with the fields that differ."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counts:
    """Appeared and vanished findings, by name."""

    appeared: Mapping[str, int]
    vanished: Mapping[str, int]

    @property
    def names(self) -> list[str]:
        """Give the names, those with the most changes first."""
        total = Counter(self.appeared)
        total.update(self.vanished)
        return sorted(total, key=lambda name: (-total[name], name))


@dataclass(frozen=True, slots=True)
class Diff:
    """All that differs.

    ``regraded`` counts findings on the same words whose severity differs. ``mean_old`` and ``mean_new`` are over the
    conversations that both sides score.
    """

    old: tuple[PackInfo, ...]
    new: tuple[PackInfo, ...]
    conversations: int
    rules: RuleChanges
    acts: RuleChanges
    sets: RuleChanges
    changes: tuple[Change, ...]
    regraded: int
    scored: int
    mean_old: float | None
    mean_new: float | None
    shifts: tuple[Shift, ...]

    @property
    def by_rule(self) -> Counts:
        """Count the changes by rule."""
        return self._counts("rule")

    @property
    def by_category(self) -> Counts:
        """Count the changes by category."""
        return self._counts("category")

    @property
    def is_empty(self) -> bool:
        """Tell whether every conversation gets the same findings and the same score."""
        return not self.changes and not self.regraded and not self.shifts

    @property
    def examples(self) -> list[Change]:
        """Give the most telling changes: of different rules first, then those that flip a conversation."""
        seen: Counter[str] = Counter()
        ranked = []
        for change in sorted(self.changes, key=lambda change: (not change.flips, change.order)):
            ranked.append((seen[change.finding.rule], not change.flips, change.order, change))
            seen[change.finding.rule] += 1
        return [change for *_, change in sorted(ranked, key=lambda one: one[:3])[:EXAMPLES]]

    def _counts(self, name: str) -> Counts:
        appeared = Counter(getattr(one.finding, name) for one in self.changes if one.appears)
        vanished = Counter(getattr(one.finding, name) for one in self.changes if not one.appears)
        return Counts(appeared, vanished)


def diff(old: Checker, new: Checker, conversations: Iterable[Conversation]) -> Diff:
    """Check every conversation with both."""
    changes: list[Change] = []
    shifts: list[Shift] = []
    scored: list[tuple[float, float]] = []
    regraded = count = 0
    for conversation in conversations:
        count += 1
        before, after = old.check(conversation), new.check(conversation)
        changes += _changes(before, after, len(changes))
        regraded += _regraded(before, after)
        values = before.score.value, after.score.value
        if values[0] is not None and values[1] is not None:
            scored.append((values[0], values[1]))
        if values[0] != values[1]:
            shifts.append(Shift(conversation.id, conversation.path, *values))
    return Diff(
        old=old.packs,
        new=new.packs,
        conversations=count,
        rules=_compared(old.ruleset.rules, new.ruleset.rules),
        acts=_compared(old.ruleset.acts, new.ruleset.acts),
        sets=_compared(old.ruleset.sets, new.ruleset.sets),
        changes=tuple(changes),
        regraded=regraded,
        scored=len(scored),
        mean_old=sum(one for one, _ in scored) / len(scored) if scored else None,
        mean_new=sum(two for _, two in scored) / len(scored) if scored else None,
        # Stable: conversations that shift as far keep their order.
        shifts=tuple(sorted(shifts, key=lambda shift: -shift.size)),
    )


def _changes(before: Report, after: Report, start: int) -> Iterator[Change]:
    had, has = Counter(map(_key, before.findings)), Counter(map(_key, after.findings))
    flips = bool(before.findings) != bool(after.findings)
    found = [(finding, False) for finding in _beyond(before.findings, has)]
    found += [(finding, True) for finding in _beyond(after.findings, had)]
    found.sort(key=lambda one: (_place(one[0]), one[1]))
    turns = before.conversation.turns
    for number, (finding, appears) in enumerate(found, start):
        turn = turns[finding.turn] if finding.turn is not None else None
        yield Change(finding, appears, turn, flips, number)


def _beyond(findings: Iterable[Finding], known: Counter[Any]) -> Iterator[Finding]:
    left = Counter(known)
    for finding in findings:
        if left[_key(finding)] > 0:
            left[_key(finding)] -= 1
        else:
            yield finding


def _regraded(before: Report, after: Report) -> int:
    """Count findings that both sides have with another severity."""
    grades = Counter((_key(finding), finding.severity) for finding in after.findings)
    same = Counter(map(_key, before.findings)) & Counter(map(_key, after.findings))
    equal = Counter((_key(finding), finding.severity) for finding in before.findings) & grades
    return same.total() - equal.total()


def _key(finding: Finding) -> tuple[str, int | None, int | None, int | None]:
    return finding.rule, finding.turn, finding.start, finding.end


def _place(finding: Finding) -> tuple[int, int, str]:
    return (
        finding.turn if finding.turn is not None else 1 << 30,
        finding.start if finding.start is not None else -1,
        finding.rule,
    )


def _compared(old: Mapping[str, Any], new: Mapping[str, Any]) -> RuleChanges:
    both = sorted(old.keys() & new.keys())
    different = {name: _fields(old[name], new[name]) for name in both}
    return RuleChanges(
        added=tuple(sorted(new.keys() - old.keys())),
        removed=tuple(sorted(old.keys() - new.keys())),
        changed={name: found for name, found in different.items() if found},
    )


def _fields(one: Any, two: Any) -> tuple[str, ...]:  # noqa: ANN401
    """Name the fields in which two rules or acts differ; examples prove a rule and do nothing."""
    if not is_dataclass(one):
        return () if one == two else ("words",)
    return tuple(
        item.name
        for item in fields(one)
        if item.name not in _UNSEEN and _plain(getattr(one, item.name)) != _plain(getattr(two, item.name))
    )


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Give a value that compares by what it says: patterns are compared by their source and the sets they may use."""
    source = getattr(value, "source", None)
    if isinstance(source, str):
        return source
    if is_dataclass(value) and not isinstance(value, type):
        return type(value).__name__, [(item.name, _plain(getattr(value, item.name))) for item in fields(value)]
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value
