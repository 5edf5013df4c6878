"""Hold texts against all loaded patterns: by the compiled matcher where there is one, else by regular expressions.

Both give the same answers; the compiled one is many times as fast.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from cscheck.patterns.program import ARRAYS, AnyPattern, Program
from cscheck.text.segment import PARTS_OF_SPEECH

if TYPE_CHECKING:
    from cscheck.patterns.build import Owned
    from cscheck.patterns.compile import Fits, Tagged
    from cscheck.patterns.scan import Commonness

Span = tuple[int, int]
Prepared = tuple[int, tuple[int, ...]]
# In the order of the kernel's own list.
_PLACES = (
    "covers", "overlaps", "before", "after", "right-before", "right-after", "clause", "sentence", "next-sentence",
    "lead", "rest", "quoted",
)  # fmt: skip
_MOST_WORDS = 500


class Matcher(Protocol):
    """What can be asked of a text."""

    def listen(self, group: str, text: str) -> Mapping[str, list[int]]:
        """Give the owners of a group with the places, in order, of those of their patterns that may match."""

    def spans(self, pattern: AnyPattern, text: str, tagged: Tagged, fits: Fits | None) -> tuple[Span, ...]:
        """Give the stretches that match, and fit where that is asked."""

    def many(self, patterns: Sequence[AnyPattern], text: str, tagged: Tagged) -> list[tuple[int, tuple[Span, ...]]]:
        """Give, for each of the patterns that matches, its place among them and the stretches."""

    def prepared(self, where: str, patterns: Sequence[AnyPattern]) -> Prepared | None:
        """Give a condition on words in a place as ``first`` takes it; None where it has to be judged otherwise."""

    def first(self, conditions: tuple[Prepared, ...], text: str, start: int, end: int, wanted: bool) -> int:
        """Give the place of the first condition that holds of a stretch, or does not where that is wanted; else -1."""

    def ends_at(self, pattern: AnyPattern, text: str, place: int) -> bool:
        """Tell whether a match ends right there."""

    def starts_at(self, pattern: AnyPattern, text: str, place: int) -> bool:
        """Tell whether a match starts right there."""


class PlainMatcher:
    """The patterns as regular expressions."""

    def __init__(self, groups: Mapping[str, Owned], commonness: Commonness) -> None:
        from cscheck.patterns.scan import Scanner

        self._owners = {name: tuple(owned) for name, owned in groups.items()}
        self._scanners = {
            name: Scanner([[needs for _, needs in patterns] for patterns in owned.values()], commonness)
            for name, owned in groups.items()
        }

    def listen(self, group: str, text: str) -> Mapping[str, list[int]]:
        """Give what may match by the literals that occur."""
        if group not in self._scanners:
            return {}
        scanner, names = self._scanners[group], self._owners[group]
        hits = scanner.hits(text)
        found = {names[number]: scanner.candidates(number, hits, text) for number in scanner.owners(hits)}
        return {name: places for name, places in found.items() if places}

    def spans(self, pattern: AnyPattern, text: str, tagged: Tagged, fits: Fits | None) -> tuple[Span, ...]:
        """Give the stretches that match."""
        return tuple(pattern.spans(text, tagged, fits))

    def many(self, patterns: Sequence[AnyPattern], text: str, tagged: Tagged) -> list[tuple[int, tuple[Span, ...]]]:
        """Give the stretches of those that match."""
        found = ((place, tuple(pattern.spans(text, tagged))) for place, pattern in enumerate(patterns))
        return [(place, spans) for place, spans in found if spans]

    def ends_at(self, pattern: AnyPattern, text: str, place: int) -> bool:
        """Tell whether a match ends right there."""
        return pattern.ends_at(text, place)

    def starts_at(self, pattern: AnyPattern, text: str, place: int) -> bool:
        """Tell whether a match starts right there."""
        return pattern.starts_at(text, place)

    def prepared(self, where: str, patterns: Sequence[AnyPattern]) -> Prepared | None:
        """Give nothing: every condition is judged one by one."""
        return None

    def first(self, conditions: tuple[Prepared, ...], text: str, start: int, end: int, wanted: bool) -> int:
        """Give -1: no condition was prepared."""
        return -1


class CompiledMatcher:
    """The patterns as a program of the compiled matcher; parts of speech and full regular expressions go their way."""

    def __init__(self, program: Program, kernel: Any) -> None:  # noqa: ANN401 (a C module)
        self._kernel = kernel.Program(*[program.arrays[name] for name in ARRAYS])
        self._numbers = program.numbers
        self._plain = program.plain
        self._known: dict[int, tuple[tuple[tuple[int, ...], bool], tuple[AnyPattern, ...]]] = {}
        self._owners = program.owners
        self._groups = {name: number for number, name in enumerate(program.groups)}

    def listen(self, group: str, text: str) -> Mapping[str, list[int]]:
        """Give what may match by the literals that occur, or does match where the program was made to try."""
        owners = self._owners
        found: dict[str, list[int]] = {}
        number = self._groups.get(group)
        for slot in () if number is None else self._kernel.scan(number, text):
            owner, place = owners[slot]
            if owner in found:
                found[owner].append(place)
            else:
                found[owner] = [place]
        for places in found.values():
            if len(places) > 1:
                places.sort()
        return found

    def spans(self, pattern: AnyPattern, text: str, tagged: Tagged, fits: Fits | None) -> tuple[Span, ...]:
        """Give the stretches that match, and fit where that is asked."""
        found = self._spans(pattern, text, tagged)
        if fits is None or all(fits(start, end) for start, end in found):
            return found
        number = self._numbers.get(pattern)
        if number is None or pattern.parts_of_speech:
            return tuple(pattern.spans(text, tagged, fits))
        # A stretch that does not fit is passed over, and the search goes on within it.
        fitting: list[Span] = []
        place = 0
        while hit := self._kernel.search(number, text, place):
            start, end, first, last = hit
            is_hit = end > start and fits(start, end)
            if is_hit:
                fitting.append((start, end))
            place = last if is_hit and last > first else first + 1
        return tuple(fitting)

    def _spans(self, pattern: AnyPattern, text: str, tagged: Tagged) -> tuple[Span, ...]:
        number = self._numbers.get(pattern)
        if number is None:
            return tuple(pattern.spans(text, tagged))
        found: tuple[Span, ...] = self._kernel.spans(number, text)
        # Which words are verbs is looked up only where any words in their places would do.
        if not found or not pattern.parts_of_speech:
            return found
        words = [
            (word, PARTS_OF_SPEECH.index(kind))
            for kind in pattern.parts_of_speech
            for word in sorted(tagged(kind), key=len, reverse=True)
        ]
        if len(words) > _MOST_WORDS:
            return tuple(pattern.spans(text, tagged))
        spans: tuple[Span, ...] = self._kernel.spans(number, text, tuple(words))
        return spans

    def many(self, patterns: Sequence[AnyPattern], text: str, tagged: Tagged) -> list[tuple[int, tuple[Span, ...]]]:
        """Give the stretches of those that match."""
        numbers, has_others = self._numbered(patterns)
        if has_others:
            each = ((place, self._spans(pattern, text, tagged)) for place, pattern in enumerate(patterns))
            return [(place, spans) for place, spans in each if spans]
        found: list[tuple[int, tuple[Span, ...]]] = self._kernel.many(numbers, text)
        if any(patterns[place].parts_of_speech for place, _ in found):
            exact = ((place, self._spans(patterns[place], text, tagged)) for place, _ in found)
            return [(place, spans) for place, spans in exact if spans]
        return found

    def _numbered(self, patterns: Sequence[AnyPattern]) -> tuple[tuple[int, ...], bool]:
        """Give the patterns' numbers, and whether some are not in the program."""
        if not isinstance(patterns, tuple):
            numbers = tuple([self._numbers.get(pattern, -1) for pattern in patterns])
            return numbers, -1 in numbers
        # A tuple belongs to a condition and is asked for again and again; kept with it, no other can have its id.
        known = self._known.get(id(patterns))
        if known is None:
            numbers = tuple([self._numbers.get(pattern, -1) for pattern in patterns])
            known = self._known[id(patterns)] = (numbers, -1 in numbers), patterns
        return known[0]

    def ends_at(self, pattern: AnyPattern, text: str, place: int) -> bool:
        """Tell whether a match ends right there."""
        number = self._plain.get(pattern)
        return pattern.ends_at(text, place) if number is None else self._kernel.ends_at(number, text, place)

    def starts_at(self, pattern: AnyPattern, text: str, place: int) -> bool:
        """Tell whether a match starts right there."""
        number = self._plain.get(pattern)
        return pattern.starts_at(text, place) if number is None else self._kernel.starts_at(number, text, place)

    def prepared(self, where: str, patterns: Sequence[AnyPattern]) -> Prepared | None:
        """Give the number of the place and those of the patterns."""
        numbers = tuple([self._plain.get(pattern, -1) for pattern in patterns])
        return None if where not in _PLACES or -1 in numbers else (_PLACES.index(where), numbers)

    def first(self, conditions: tuple[Prepared, ...], text: str, start: int, end: int, wanted: bool) -> int:
        """Give the place of the first condition that holds, or does not."""
        place: int = self._kernel.first(conditions, text, start, end, wanted)
        return place
