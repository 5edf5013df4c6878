"""A text made ready for matching: folded, its candidates and the stretches that match found once.

Nothing here depends on where the text stands, so one that is said again need not be looked at again.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from cscheck.detector import AnyPattern, Condition, Detector, Entry
from cscheck.text.normalise import clause_break, normalise, sentence_break

if TYPE_CHECKING:
    from cscheck.model import Model
    from cscheck.text.quantities import Quantity

Span: TypeAlias = "tuple[int, int]"
Matches: TypeAlias = "tuple[tuple[Entry, tuple[Span, ...]], ...]"
_NOWHERE: list[int] = []


class View:
    """A turn's text; spans are places in the folded ``text``. ``kept`` is for what others work out of it once."""

    __slots__ = (
        "_clause_stops",
        "_found",
        "_heard",
        "_matches",
        "_model",
        "_sentence_stops",
        "kept",
        "normalised",
        "text",
    )

    def __init__(self, raw: str, model: Model) -> None:
        self.normalised = normalise(raw)
        self.text = self.normalised.text
        self.kept: dict[object, Any] = {}
        self._model = model
        self._clause_stops: list[int] | None = None
        self._sentence_stops: list[int] | None = None
        self._matches: dict[tuple[str, tuple[int, ...]], Matches] = {}
        self._heard: dict[str, Mapping[str, list[int]]] = {}
        self._found: dict[int, tuple[Condition, list[Span]]] = {}

    def heard(self, role: str) -> Mapping[str, list[int]]:
        """Give the detectors that may find something here, said by a role, with the places of their patterns."""
        heard = self._heard.get(role)
        if heard is None:
            heard = self._heard[role] = self._model.matcher.listen(role, self.text)
        return heard

    def candidates(self, detector: Detector, role: str) -> list[int]:
        """Give the places, in order, of a detector's entries that may match here."""
        if detector.id not in self._model.ids:
            # One that was changed to see what its parts are good for: nothing is known of it beforehand.
            return list(range(len(detector.entries)))
        places = self.heard(role).get(detector.id, _NOWHERE)
        # Behind the entries stands what the detector has besides.
        return places if not places or places[-1] < len(detector.entries) else places[: _entries_in(places, detector)]

    def matches(self, detector: Detector, places: Sequence[int]) -> Matches:
        """Give those of some of a detector's entries that match here, in order, with the stretches."""
        if detector.id not in self._model.ids:
            return tuple(self._match(detector, places))
        key = (detector.id, tuple(places))
        found = self._matches.get(key)
        if found is None:
            found = self._matches[key] = tuple(self._match(detector, places))
        return found

    def _match(self, detector: Detector, places: Sequence[int]) -> Iterator[tuple[Entry, tuple[Span, ...]]]:
        mine = [detector.entries[place] for place in places]
        matcher = self._model.matcher
        for place, spans in matcher.many([entry.pattern for entry in mine], self.text, self._tagged):
            entry = mine[place]
            is_loose = entry.is_loose or detector.is_loose
            if is_loose or all(self._is_aligned(start, end) for start, end in spans):
                yield entry, spans
            elif fitting := matcher.spans(entry.pattern, self.text, self._tagged, self._is_aligned):
                yield entry, fitting

    def found(self, condition: Condition) -> list[Span]:
        """Give the stretches that match any pattern of a condition."""
        known = self._found.get(id(condition))
        if known is None:
            each = self._model.matcher.many(condition.patterns, self.text, self._tagged)
            # Kept with its condition, so that no other can come by the same id.
            known = self._found[id(condition)] = condition, [span for _, spans in each for span in spans]
        return known[1]

    def holds(self, pattern: AnyPattern, start: int, end: int) -> bool:
        """Tell whether a match covers a stretch."""
        spans = self._model.matcher.spans(pattern, self.text, self._tagged, None)
        return any(first <= start and end <= last for first, last in spans)

    def _tagged(self, kind: str) -> list[str]:
        return self._model.segmenter.tagged(self.text, kind)

    def _is_aligned(self, start: int, end: int) -> bool:
        return self._model.segmenter.is_aligned(self.text, start, end)

    def meets(self, pattern: AnyPattern, *, start: int | None = None, end: int | None = None) -> bool:
        """Tell whether a match starts, or ends, right there: the leftmost matches may have passed it by."""
        matcher = self._model.matcher
        if start is not None:
            return matcher.starts_at(pattern, self.text, start)
        return end is not None and matcher.ends_at(pattern, self.text, end)

    def quantities(self) -> list[Quantity]:
        """Give the quantities of the text."""
        found: list[Quantity] | None = self.kept.get("quantities")
        if found is None:
            from cscheck.text import quantities

            found = self.kept["quantities"] = quantities.find(self.text)
        return found

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """Give the clause or clauses around a stretch."""
        if self._clause_stops is None:
            self._clause_stops = [match.start() for match in _ends(clause_break()).finditer(self.text)]
        return self._between(self._clause_stops, start, end)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Give the sentence or sentences around a stretch."""
        if self._sentence_stops is None:
            self._sentence_stops = [match.start() for match in _ends(sentence_break()).finditer(self.text)]
        return self._between(self._sentence_stops, start, end)

    def _between(self, stops: list[int], start: int, end: int) -> tuple[int, int]:
        earlier = bisect_left(stops, start)
        first = stops[earlier - 1] + 1 if earlier else 0
        # A stretch that ends with its own stop goes no further.
        if end > start and end - 1 in stops:
            return first, end
        later = bisect_left(stops, end)
        return first, stops[later] if later < len(stops) else len(self.text)


def _entries_in(places: list[int], detector: Detector) -> int:
    return bisect_left(places, len(detector.entries))


@functools.cache
def _ends(chars: str) -> re.Pattern[str]:
    return re.compile(f"[{chars}]")
