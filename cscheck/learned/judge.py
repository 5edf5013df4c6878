"""Judge a turn by a learned model, and say on which words the judgement rests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, pairwise

from cscheck.learned.grams import BEFORE, END, START
from cscheck.learned.model import LearnedLabel, LearnedModel
from cscheck.text.normalise import clause_break, sentence_break

_SENTENCE = re.compile(f"[^{sentence_break()}]+")
_CLAUSE = re.compile(f"[^{clause_break()}]+")
_EDGE = re.compile(rf"^[{clause_break()}]+|[{clause_break()}]+$")
_MOST_PHRASES = 3
_HEAVIEST = 6
_RATHER = 0.5
LEAST = 6
"""A text of fewer characters says too little to be judged by what was learned."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A label that a text earns: the smallest window that carries it, how sure, by which words, and what it is like."""

    label: str
    start: int
    end: int
    certainty: float
    phrases: tuple[str, ...]
    like: str


def judge(model: LearnedModel, text: str, before: str, wanted: frozenset[str]) -> dict[str, Judgement]:
    """Give the labels that a folded text earns after what the customer said, of those that are wanted."""
    found: dict[str, Judgement] = {}
    if len(text) < LEAST:
        return found
    features = model.features(text, before)
    for name in wanted:
        label = model.labels[name]
        certainty = label.probability(model.score(label, features))
        if certainty >= label.threshold and not label.is_silent and _speaks_for_itself(model, label, text):
            found[name] = _judgement(model, label, text, before, certainty)
    return found


def _speaks_for_itself(model: LearnedModel, label: LearnedLabel, words: str) -> bool:
    """Tell whether words are rather that than not without what the customer said: he may colour, but not decide."""
    return model.probability(label, words) >= _RATHER


def _judgement(model: LearnedModel, label: LearnedLabel, text: str, before: str, certainty: float) -> Judgement:
    start, end = _window(model, label, text, before)
    words = text[start:end]
    return Judgement(label.name, start, end, certainty, _phrases(model, label, words), _nearest(model, label, words))


def _window(model: LearnedModel, label: LearnedLabel, text: str, before: str) -> tuple[int, int]:
    """Give the shortest stretch of clauses that is enough by itself, else the sentence that says most."""

    def certainty(window: tuple[int, int]) -> float:
        return model.probability(label, text[slice(*window)], before)

    sentences = [match.span() for match in _SENTENCE.finditer(text)] or [(0, len(text))]
    for windows in (_clauses(text), sentences):
        enough = [
            window
            for window in windows
            if certainty(window) >= label.threshold and _speaks_for_itself(model, label, text[slice(*window)])
        ]
        if enough:
            return _trimmed(text, min(enough, key=lambda window: (window[1] - window[0], window[0])))
    return _trimmed(text, max(sentences, key=certainty))


def _clauses(text: str) -> list[tuple[int, int]]:
    """Give each clause, and each two neighbours of one sentence."""
    spans = []
    for sentence in _SENTENCE.finditer(text):
        own = [match.span() for match in _CLAUSE.finditer(text, *sentence.span())]
        spans += own + [(first[0], second[1]) for first, second in pairwise(own)]
    return spans


def _trimmed(text: str, window: tuple[int, int]) -> tuple[int, int]:
    words = text[slice(*window)]
    bare = _EDGE.sub("", words) or words
    start = window[0] + words.find(bare)
    return start, start + len(bare)


def _phrases(model: LearnedModel, label: LearnedLabel, words: str) -> tuple[str, ...]:
    """Give the stretches that weighed most: the heaviest runs, those that touch put together, as they stand."""
    weighed = sorted(
        ((value * label.weights[place], model.runs[place]) for place, value in model.features(words)),
        key=lambda pair: (-pair[0], pair[1]),
    )
    runs = (run.strip(START + END) for weight, run in weighed if weight > 0 and not run.startswith(BEFORE))
    told = {
        place + offset
        for run in islice((run for run in runs if len(run) >= 2), _HEAVIEST)
        for place in _places(words, run)
        for offset in range(len(run))
    }
    stretches = "".join(char if place in told else "\n" for place, char in enumerate(words)).split("\n")
    whole = [_EDGE.sub("", stretch) for stretch in stretches]
    return tuple(stretch for stretch in whole if len(stretch) >= 2)[:_MOST_PHRASES]


def _places(words: str, run: str) -> list[int]:
    return [place for place in range(len(words) - len(run) + 1) if words.startswith(run, place)]


def _nearest(model: LearnedModel, label: LearnedLabel, words: str) -> str:
    """Give the labelled example that shares most of what weighs."""
    own = dict(model.features(words))

    def likeness(example: str) -> float:
        shared = model.features(example)
        return sum(own.get(place, 0.0) * value * max(0, label.weights[place]) for place, value in shared)

    return max(label.examples, key=lambda example: (likeness(example), example), default="")
