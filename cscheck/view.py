"""A text made ready for matching: folded, its candidates and the stretches that match found once.

Nothing here depends on where the text stands, so one that is said again need not be looked at again.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

from cscheck.detector import AnyPattern, Condition
from cscheck.text.normalise import clause_break, normalise, sentence_break

if TYPE_CHECKING:
    from cscheck.model import Ears, Model

_CLAUSE = re.compile(f"[{clause_break()}]")
_SENTENCE = re.compile(f"[{sentence_break()}]")


class View:
    """A turn's text; spans are places in the folded ``text``. ``kept`` is for what others work out of it once."""

    __slots__ = ("_conditions", "_heard", "_model", "_spans", "kept", "normalised", "text")

    def __init__(self, raw: str, model: Model) -> None:
        self.normalised = normalise(raw)
        self.text = self.normalised.text
        self.kept: dict[object, Any] = {}
        self._model = model
        self._spans: dict[tuple[AnyPattern, bool], tuple[tuple[int, int], ...]] = {}
        self._heard: dict[Ears, tuple[frozenset[int], tuple[str, ...]]] = {}
        self._conditions: dict[int, tuple[AnyPattern, ...]] = {}

    def detectors(self, ears: Ears) -> tuple[str, ...]:
        """Name the detectors that may find something here."""
        return self._listen(ears)[1]

    def candidates(self, ears: Ears, detector_id: str) -> list[int]:
        """Give the places, in order, of a detector's patterns that may match here."""
        return ears.candidates(detector_id, self._listen(ears)[0], self.text)

    def _listen(self, ears: Ears) -> tuple[frozenset[int], tuple[str, ...]]:
        heard = self._heard.get(ears)
        if heard is None:
            hits = ears.hits(self.text)
            heard = self._heard[ears] = hits, ears.detectors(hits)
        return heard

    def possible(self, condition: Condition) -> tuple[AnyPattern, ...]:
        """Give the patterns of a condition that may match here."""
        key = id(condition)
        found = self._conditions.get(key)
        if found is None:
            found = self._conditions[key] = self._model.possible(condition, self)
        return found

    def spans(self, pattern: AnyPattern, aligned: bool = False) -> tuple[tuple[int, int], ...]:
        """Give the stretches that match a pattern; ``aligned`` asks that both ends are word ends."""
        key = pattern, aligned
        found = self._spans.get(key)
        if found is None:
            segmenter = self._model.segmenter
            tagged = functools.partial(segmenter.tagged, self.text)
            fits = functools.partial(segmenter.is_aligned, self.text) if aligned else None
            found = self._spans[key] = tuple(pattern.spans(self.text, tagged, fits))
        return found

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """Give the clause or clauses around a stretch."""
        return self._around(_CLAUSE, start, end)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Give the sentence or sentences around a stretch."""
        return self._around(_SENTENCE, start, end)

    def _around(self, stop: re.Pattern[str], start: int, end: int) -> tuple[int, int]:
        stops = self._stops(stop)
        first = 0
        for place in stops:
            if place >= start:
                break
            first = place + 1
        # A stretch that ends with its own stop goes no further.
        if end > start and end - 1 in stops:
            return first, end
        return first, next((place for place in stops if place >= end), len(self.text))

    def _stops(self, stop: re.Pattern[str]) -> list[int]:
        found: list[int] | None = self.kept.get(stop)
        if found is None:
            found = self.kept[stop] = [match.start() for match in stop.finditer(self.text)]
        return found
