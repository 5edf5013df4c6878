"""One turn made ready for matching: folded, its candidates and the words of its guards found once."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from cscheck.conversation import Turn
from cscheck.detector import AnyPattern
from cscheck.model import Candidates, Model
from cscheck.text.normalise import clause_break, normalise, sentence_break

_CLAUSE = re.compile(f"[{clause_break()}]")
_SENTENCE = re.compile(f"[{sentence_break()}]")


class View:
    """A turn and its place; spans are places in the folded ``text``."""

    def __init__(self, turn: Turn, index: int, model: Model) -> None:
        self.turn = turn
        self.index = index
        self.normalised = normalise(turn.text)
        self.text = self.normalised.text
        self._model = model
        self._spans: dict[tuple[AnyPattern, bool], list[tuple[int, int]]] = {}

    @functools.cached_property
    def candidates(self) -> Candidates:
        """What may match at all."""
        return self._model.candidates(self.text)

    def spans(self, pattern: AnyPattern, *, aligned: bool = False) -> list[tuple[int, int]]:
        """Give the stretches that match a pattern; ``aligned`` asks that both ends are word ends."""
        key = (pattern, aligned)
        if key not in self._spans:
            self._spans[key] = list(self._find(pattern, aligned)) if pattern in self.candidates.patterns else []
        return self._spans[key]

    def _find(self, pattern: AnyPattern, aligned: bool) -> Iterator[tuple[int, int]]:
        segmenter = self._model.segmenter
        tagged = functools.partial(segmenter.tagged, self.text)
        return pattern.spans(self.text, tagged, functools.partial(segmenter.is_aligned, self.text) if aligned else None)

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """Give the clause or clauses around a stretch."""
        return self._around(_CLAUSE, start, end)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Give the sentence or sentences around a stretch."""
        return self._around(_SENTENCE, start, end)

    def _around(self, stop: re.Pattern[str], start: int, end: int) -> tuple[int, int]:
        first = start
        while first > 0 and not stop.match(self.text[first - 1]):
            first -= 1
        # A stretch that ends with its own stop goes no further.
        last = end
        if not (end > start and stop.match(self.text[end - 1])):
            after = stop.search(self.text, end)
            last = after.start() if after else len(self.text)
        return first, last
