"""Judge a turn by a learned model, and say on which words the judgement rests."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from itertools import islice, pairwise

from cscheck.learned.grams import BEFORE, END, FORM, START
from cscheck.learned.model import LearnedLabel, LearnedModel
from cscheck.learned.talk import SENTENCE, Talk
from cscheck.text.normalise import clause_break
from cscheck.values import dataclass

_CLAUSE = f"[^{clause_break()}]+"
_EDGE = rf"^[{clause_break()}]+|[{clause_break()}]+$"
_MOST_PHRASES = 3
_HEAVIEST = 6
_RATHER = 0.5


@dataclass(frozen=True, slots=True)
class Judgement:
    """A label that a turn earns: the smallest window that carries it, and how sure the model is."""

    model: LearnedModel
    label: LearnedLabel
    words: str
    start: int
    end: int
    certainty: float

    def phrases(self) -> tuple[str, ...]:
        """Give the stretches that weighed most: the heaviest runs, those that touch put together, as they stand."""
        return _phrases(self.model, self.label, self.words)

    def like(self) -> str:
        """Give the labelled example that shares most of what weighs."""
        return self.model.like(self.label.name, self.words)


class Opinion:
    """What a model thinks of a turn: of each label, how sure it is and in which piece of the turn most."""

    def __init__(self, model: LearnedModel, talk: Talk) -> None:
        self.model = model
        self.talk = talk
        self._pieces = talk.pieces()
        self._sums = model.sums(talk, self._pieces)

    def _best(self, label: LearnedLabel) -> tuple[float, tuple[int, int]]:
        """Give how sure the model is of a label, and in which piece most."""
        number = self.model.number(label.name)
        score, place = max((label.scale * sums[number] + label.bias, -place) for place, sums in enumerate(self._sums))
        return label.probability(score), self._pieces[-place]

    def judgement(self, name: str) -> Judgement | None:
        """Give why a turn earns a label, None where it does not."""
        label = self.model.labels[name]
        certainty, piece = self._best(label)
        if (
            label.is_silent
            or self._is_short(label)
            or certainty < label.threshold
            or not _holds_alone(self.model, label, self.talk.cut(piece))
        ):
            return None

        def is_enough(window: tuple[int, int]) -> bool:
            cut = self.talk.cut(window)
            return self.model.certainty(name, cut) >= label.threshold and _holds_alone(self.model, label, cut)

        start, end = _window(self.talk.text, piece, is_enough)
        return Judgement(self.model, label, self.talk.text[start:end], start, end, certainty)

    def doubts(self, name: str) -> bool:
        """Tell whether a turn hardly does what a label says, whatever patterns find."""
        label = self.model.labels[name]
        return not self._is_short(label) and self._best(label)[0] < label.floor

    def _is_short(self, label: LearnedLabel) -> bool:
        return len(self.talk.text) < label.shortest


def _holds_alone(model: LearnedModel, label: LearnedLabel, talk: Talk) -> bool:
    """Tell whether words are rather that than not without what was said before: that may colour, but not decide."""
    return model.certainty(label.name, Talk(talk.text)) >= _RATHER


def _window(text: str, piece: tuple[int, int], is_enough: Callable[[tuple[int, int]], bool]) -> tuple[int, int]:
    """Give the shortest stretch of clauses of a piece that is enough by itself, else the piece."""
    windows = sorted(_clauses(text, piece), key=lambda window: (window[1] - window[0], window[0]))
    return _trimmed(text, next(filter(is_enough, windows), piece))


def _clauses(text: str, piece: tuple[int, int]) -> list[tuple[int, int]]:
    """Give each clause, and each two neighbours of one sentence."""
    spans = []
    for sentence in SENTENCE.finditer(text, *piece):
        own = [match.span() for match in _pattern(_CLAUSE).finditer(text, *sentence.span())]
        spans += own + [(first[0], second[1]) for first, second in pairwise(own)]
    return spans


def _trimmed(text: str, window: tuple[int, int]) -> tuple[int, int]:
    words = text[slice(*window)]
    bare = _pattern(_EDGE).sub("", words) or words
    start = window[0] + words.find(bare)
    return start, start + len(bare)


def _phrases(model: LearnedModel, label: LearnedLabel, words: str) -> tuple[str, ...]:
    weighed = sorted(
        (
            (value * model.weight(label.name, place), model.features[place])
            for place, value in model.values(Talk(words))
        ),
        key=lambda pair: (-pair[0], pair[1]),
    )
    runs = (run.strip(START + END) for weight, run in weighed if weight > 0 and run[0] not in (BEFORE, FORM))
    told = {
        place + offset
        for run in islice((run for run in runs if len(run) >= 2), _HEAVIEST)
        for place in _places(words, run)
        for offset in range(len(run))
    }
    stretches = "".join(char if place in told else "\n" for place, char in enumerate(words)).split("\n")
    whole = [_pattern(_EDGE).sub("", stretch) for stretch in stretches]
    return tuple(stretch for stretch in whole if len(stretch) >= 2)[:_MOST_PHRASES]


def _places(words: str, run: str) -> list[int]:
    return [place for place in range(len(words) - len(run) + 1) if words.startswith(run, place)]


@functools.cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)
