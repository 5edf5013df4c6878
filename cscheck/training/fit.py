"""Fit a linear model on character runs: a support vector machine a label, calibrated on files it has not seen.

What is learned from are the sentences of a turn, and the whole of it; a turn scores as its best piece.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from cscheck.evaluation.statistics import Tally, wilson
from cscheck.learned.model import LearnedLabel, weighed
from cscheck.training.examples import Example

_LEAST_TEXTS = 2
_LEAST_POSITIVE = 40
_LEAST_GROUPS = 3
_LEAST_FOUND = 12
_TOP = 127
_MOST_FEATURES = 6000
_MOST_EXAMPLES = 60
_LONGEST_EXAMPLE = 36
# Of acts, how many that are done may be doubted, and from which certainty on none is.
_DOUBTED, _HIGHEST_FLOOR = 0.02, 0.05
# Of 100 turns of real chat about 6 break a rule. Among labels far more do, so a clean one then stands for several:
# that too must leave a precision.
_FAULTY_IN_CHAT, _PRECISION_IN_CHAT = 0.06, 0.8
# A text of fewer characters says too little to be held against an agent.
_SHORTEST = {"said": 6, "acts": 3}


@dataclass(frozen=True, slots=True)
class Table:
    """Pieces of turns as rows over the features that stand in at least two of them.

    ``idf`` is in hundredths; ``pieces`` and ``owners`` (the number of the turn) go with the rows.
    """

    turns: tuple[Example, ...]
    pieces: tuple[Example, ...]
    owners: np.ndarray
    features: tuple[str, ...]
    idf: array[int]
    rows: csr_matrix


@dataclass(frozen=True, slots=True)
class Fitted:
    """A label that was learned with its weights by feature, and how it did on files it had not seen."""

    label: LearnedLabel
    weights: dict[int, int]
    positives: int
    tally: Tally
    why_silent: str = ""


def table(turns: Sequence[Example]) -> Table:
    """Count the features of all pieces."""
    pieces = [(owner, piece) for owner, turn in enumerate(turns) for piece in turn.pieces()]
    counts = [piece.talk.grams() for _, piece in pieces]
    spread = Counter(feature for count in counts for feature in count)
    features = tuple(sorted(run for run, texts in spread.items() if texts >= _LEAST_TEXTS and "\n" not in run))
    idf = array("H", (round(100 * (1 + math.log((1 + len(counts)) / (1 + spread[run])))) for run in features))
    return Table(
        turns=tuple(turns),
        pieces=tuple(piece for _, piece in pieces),
        owners=np.array([owner for owner, _ in pieces]),
        features=features,
        idf=idf,
        rows=rows(counts, features, idf),
    )


def rows(counts: Iterable[Counter[str]], features: Sequence[str], idf: Sequence[int]) -> csr_matrix:
    """Give a row of values for each count of features."""
    places = {feature: place for place, feature in enumerate(features)}
    data: list[float] = []
    indices: list[int] = []
    ends = [0]
    for count in counts:
        known = sorted(weighed(count, places, idf))
        data += [value for _, value in known]
        indices += [place for place, _ in known]
        ends.append(len(data))
    return csr_matrix((np.array(data), np.array(indices), np.array(ends)), shape=(len(ends) - 1, len(features)))


def fit(name: str, over: Table, wanted: float, seed: int) -> Fitted:
    """Learn one label; ``wanted`` is the precision that its threshold is to hold on unseen files."""
    kind = _kind(name, over.turns)
    truth, judged = marked(name, over.turns, kind)
    positives = int(truth.sum())
    if positives < _LEAST_POSITIVE or len({turn.group for turn in over.turns if name in turn.labels}) < _LEAST_GROUPS:
        return Fitted(LearnedLabel(name, is_silent=True), {}, positives, Tally(), "too-few")
    scores = unseen_scores(name, over, seed)
    seen = judged & ~np.isnan(scores)
    slope, offset = _calibration(scores[seen], truth[seen])
    certain = 1 / (1 + np.exp(-np.clip(slope * scores + offset, -30, 30)))
    threshold = _threshold(certain[seen], truth[seen], _weight_in_chat(over.turns, kind)[seen], wanted)
    learned, clear = marked(name, over.pieces, kind)
    weights, bias = _weights(over.rows[clear], learned[clear], seed)
    scale = float(np.abs(weights).max()) / _TOP or 1.0
    label = LearnedLabel(
        name=name,
        scale=_short(scale),
        bias=_short(bias),
        slope=_short(slope),
        offset=_short(offset),
        threshold=1.0 if threshold is None else _short(threshold),
        floor=_floor(certain[seen & truth]) if kind[0] == "acts" else 0.0,
        shortest=_SHORTEST[kind[0]],
        examples=_examples(name, over.turns),
        is_silent=threshold is None,
    )
    hits = seen & (certain >= (2.0 if threshold is None else threshold))
    right = int((hits & truth).sum())
    tally = Tally(right=right, false=int((hits & ~truth).sum()), missed=int((seen & truth).sum()) - right)
    signed = {int(place): round(float(weights[place]) / scale) for place in np.flatnonzero(weights)}
    return Fitted(label, signed, positives, tally, "unsure" if threshold is None else "")


def unseen_scores(name: str, over: Table, seed: int) -> np.ndarray:
    """Score each turn by a model that has not seen its file; NaN where the rest holds too little of the label."""
    truth, clear = marked(name, over.pieces, _kind(name, over.turns))
    groups = np.array([piece.group for piece in over.pieces])
    scores = np.full(len(over.turns), np.nan)
    for group in sorted(set(groups)):
        held, rest = groups == group, clear & (groups != group)
        if truth[rest].sum() >= _LEAST_POSITIVE // 2:
            own = machine(seed).fit(over.rows[rest], truth[rest]).decision_function(over.rows[held])
            scores[over.owners[held]] = -np.inf
            np.maximum.at(scores, over.owners[held], own)
    return scores


def machine(seed: int) -> LinearSVC:
    """Give the machine that every label is learned with."""
    return LinearSVC(C=1.0, class_weight="balanced", random_state=seed, max_iter=5000)


def _kind(name: str, turns: Iterable[Example]) -> tuple[str, str]:
    """Give the group and role that a label belongs to."""
    return next(turn.kind for turn in turns if name in turn.labels)


def marked(name: str, found: Sequence[Example], kind: tuple[str, str]) -> tuple[np.ndarray, np.ndarray]:
    """Tell of each text whether it does what the label says, and whether it is clear that it does or does not."""
    truth = np.array([name in example.labels for example in found])
    clear = [example.kind == kind and (name in example.labels or name not in example.optional) for example in found]
    return truth, np.array(clear)


def _weights(known: csr_matrix, truth: np.ndarray, seed: int) -> tuple[np.ndarray, float]:
    """Learn twice: once to see which features weigh most, then on these alone."""
    first = machine(seed).fit(known, truth)
    spread = np.sqrt(np.asarray(known.multiply(known).sum(axis=0)).ravel())
    kept = np.sort(np.argsort(-np.abs(first.coef_[0]) * spread, kind="stable")[:_MOST_FEATURES])
    final = machine(seed).fit(known[:, kept], truth)
    weights = np.zeros(known.shape[1])
    weights[kept] = final.coef_[0]
    return weights, float(final.intercept_[0])


def _calibration(scores: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    fitted = LogisticRegression(C=1e6, solver="lbfgs").fit(scores.reshape(-1, 1), truth)
    return float(fitted.coef_[0][0]), float(fitted.intercept_[0])


def _weight_in_chat(turns: Sequence[Example], kind: tuple[str, str]) -> np.ndarray:
    """Give how many texts of real chat each stands for; acts are as frequent there as among labels."""
    is_clean = np.array([not turn.labels for turn in turns])
    own = np.array([turn.kind == kind for turn in turns])
    if kind[0] == "acts":
        return np.ones(len(turns))
    clean, faulty = (is_clean & own).sum(), (~is_clean & own).sum()
    return np.where(is_clean, max(1.0, faulty * (1 - _FAULTY_IN_CHAT) / _FAULTY_IN_CHAT / max(1, clean)), 1.0)


def _threshold(certain: np.ndarray, truth: np.ndarray, in_chat: np.ndarray, wanted: float) -> float | None:
    """Give the lowest certainty from which precision holds, among the labels as they are and weighed as in chat."""
    order = np.argsort(-certain, kind="stable")
    right = np.cumsum(truth[order])
    count = np.arange(1, len(order) + 1)
    weighed = np.cumsum(np.where(truth, 1.0, in_chat)[order])
    # Too few of a label can never reach a lower bound: then the share itself has to do.
    bound = _lower_bounds if _lower_bounds(right[-1:], right[-1:])[0] >= wanted else np.divide
    places = _reached(bound(right, count), wanted), _reached(bound(right, weighed), _PRECISION_IN_CHAT)
    return None if min(places) < 0 else float(certain[order[min(places)]])


def _reached(bounds: np.ndarray, wanted: float) -> int:
    """Give the last place at which a bound is reached, not among the first few; -1 where there is none."""
    places = np.flatnonzero(bounds >= wanted)
    return int(places[-1]) if len(places) and places[-1] >= _LEAST_FOUND - 1 else -1


def _lower_bounds(right: np.ndarray, found: np.ndarray) -> np.ndarray:
    """Give the lower ends of Wilson's intervals."""
    return np.array([interval[0] if (interval := wilson(*pair)) else 0.0 for pair in zip(right, found, strict=True)])


def _floor(certain: np.ndarray) -> float:
    """Give the certainty that one in fifty of the turns that do an act stays below, unseen: under it, doubt."""
    return _short(min(_HIGHEST_FLOOR, float(np.quantile(certain, _DOUBTED))))


def _short(number: float) -> float:
    """Keep six digits, so that the last bits of a machine's arithmetic do not show."""
    return float(f"{number:.6g}")


def _examples(name: str, turns: Iterable[Example]) -> tuple[str, ...]:
    """Give short marked stretches to compare with, spread over the files."""
    by_group: dict[str, list[str]] = {}
    for turn in turns:
        words = turn.labels.get(name, "")
        if 5 <= len(words) <= _LONGEST_EXAMPLE:
            by_group.setdefault(turn.group, []).append(words)
    share = max(1, _MOST_EXAMPLES // max(1, len(by_group)))
    return tuple(dict.fromkeys(words for group in sorted(by_group) for words in sorted(by_group[group])[:share]))
