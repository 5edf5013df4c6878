"""Fit a linear model on character runs: logistic regression, a label at a time, calibrated on folds it has not seen."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from cscheck.evaluation.statistics import Share, Tally, wilson
from cscheck.learned.grams import grams
from cscheck.learned.model import LearnedLabel, weighed
from cscheck.training.examples import Example

_LEAST_TEXTS = 2
_STRENGTH = 100.0
_LEAST_POSITIVE = 40
_LEAST_GROUPS = 3
_LEAST_FOUND = 12
_TOP = 127
_MOST_EXAMPLES = 60
_LONGEST_EXAMPLE = 36


@dataclass(frozen=True, slots=True)
class Table:
    """Texts as rows over the runs that stand in at least two of them; ``idf`` in hundredths."""

    runs: tuple[str, ...]
    idf: array[int]
    rows: csr_matrix


@dataclass(frozen=True, slots=True)
class Fitted:
    """A label that was learned, how it did on folds it had not seen, and the scores there (NaN where not judged)."""

    label: LearnedLabel
    positives: int
    tally: Tally
    why_silent: str = ""


def table(found: Sequence[Example]) -> Table:
    """Count the runs of all texts."""
    counts = [grams(example.text, example.before) for example in found]
    spread = Counter(run for count in counts for run in count)
    runs = tuple(sorted(run for run, texts in spread.items() if texts >= _LEAST_TEXTS and "\n" not in run))
    idf = array("H", (round(100 * (1 + math.log((1 + len(found)) / (1 + spread[run])))) for run in runs))
    places = {run: place for place, run in enumerate(runs)}
    data: list[float] = []
    indices: list[int] = []
    ends = [0]
    for count in counts:
        known = sorted(weighed(count, places, idf))
        data += [value for _, value in known]
        indices += [place for place, _ in known]
        ends.append(len(data))
    rows = csr_matrix((np.array(data), np.array(indices), np.array(ends)), shape=(len(found), len(runs)))
    return Table(runs, idf, rows)


def fit(name: str, found: Sequence[Example], over: Table, wanted: float, seed: int) -> Fitted:
    """Learn one label; ``wanted`` is the precision that its threshold is to hold on unseen files."""
    judged = np.array([name in example.labels or name not in example.optional for example in found])
    truth = np.array([name in example.labels for example in found])
    groups = np.array([example.group for example in found])
    positives = int(truth.sum())
    with_any = len(set(groups[truth]))
    if positives < _LEAST_POSITIVE or with_any < _LEAST_GROUPS:
        return _silent(name, over, positives, "too-few")
    scores = _unseen_scores(over.rows, truth, judged, groups, seed)
    seen = judged & ~np.isnan(scores)
    slope, offset = _calibration(scores[seen], truth[seen])
    certain = _certainty(scores, slope, offset)
    threshold = _threshold(certain[seen], truth[seen], wanted)
    final = regression(seed).fit(over.rows[judged], truth[judged])
    weights, scale = _signed_bytes(final.coef_[0])
    label = LearnedLabel(
        name=name,
        weights=weights,
        scale=scale,
        bias=_short(final.intercept_[0]),
        slope=_short(slope),
        offset=_short(offset),
        threshold=_short(threshold) if threshold is not None else 1.0,
        examples=_examples(name, found),
        is_silent=threshold is None,
    )
    hits = seen & (certain >= (threshold if threshold is not None else 2.0))
    right = int((hits & truth).sum())
    tally = Tally(right=right, false=int((hits & ~truth).sum()), missed=int((seen & truth).sum()) - right)
    return Fitted(label, positives, tally, "" if threshold is not None else "unsure")


def regression(seed: int) -> LogisticRegression:
    """Give the regression that every label is learned with."""
    return LogisticRegression(C=_STRENGTH, class_weight="balanced", solver="liblinear", random_state=seed)


def _unseen_scores(
    rows: csr_matrix, truth: np.ndarray, judged: np.ndarray, groups: np.ndarray, seed: int
) -> np.ndarray:
    """Score each file by a model that has not seen it; NaN where the rest holds too little of the label."""
    scores = np.full(len(truth), np.nan)
    for group in sorted(set(groups)):
        held, rest = groups == group, judged & (groups != group)
        if truth[rest].sum() >= _LEAST_POSITIVE // 2:
            scores[held] = regression(seed).fit(rows[rest], truth[rest]).decision_function(rows[held])
    return scores


def _calibration(scores: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    fitted = LogisticRegression(C=1e6, solver="lbfgs").fit(scores.reshape(-1, 1), truth)
    return float(fitted.coef_[0][0]), float(fitted.intercept_[0])


def _certainty(scores: np.ndarray, slope: float, offset: float) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(slope * scores + offset, -30, 30)))


def _threshold(certain: np.ndarray, truth: np.ndarray, wanted: float) -> float | None:
    """Give the lowest certainty from which precision holds: by Wilson's lower bound, else by the share itself."""
    order = np.argsort(-certain, kind="stable")
    right = np.cumsum(truth[order])
    for is_bound in (True, False):
        best = None
        for count in range(_LEAST_FOUND, len(order) + 1):
            share = Share(int(right[count - 1]), count)
            interval = wilson(share.hits, share.total)
            reached = interval[0] if is_bound and interval else (share.value or 0.0)
            if reached >= wanted:
                best = float(certain[order[count - 1]])
        if best is not None:
            return best
    return None


def _signed_bytes(weights: np.ndarray) -> tuple[array[int], float]:
    scale = float(np.abs(weights).max()) / _TOP or 1.0
    return array("b", (round(float(weight) / scale) for weight in weights)), _short(scale)


def _short(number: float) -> float:
    """Keep six digits, so that the last bits of a machine's arithmetic do not show."""
    return float(f"{number:.6g}")


def _examples(name: str, found: Iterable[Example]) -> tuple[str, ...]:
    """Give short marked stretches to compare with, spread over the files."""
    by_group: dict[str, list[str]] = {}
    for example in found:
        words = example.labels.get(name, "")
        if 5 <= len(words) <= _LONGEST_EXAMPLE:
            by_group.setdefault(example.group, []).append(words)
    share = max(1, _MOST_EXAMPLES // max(1, len(by_group)))
    return tuple(dict.fromkeys(words for group in sorted(by_group) for words in sorted(by_group[group])[:share]))


def _silent(name: str, over: Table, positives: int, why: str) -> Fitted:
    nothing = LearnedLabel(name, array("b", bytes(len(over.runs))), 1.0, 0.0, 1.0, 0.0, 1.0, (), is_silent=True)
    return Fitted(nothing, positives, Tally(), why)
