"""Train a model over all categories and acts of a set of label files, with the card that says what it was made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cscheck.evaluation.item import Item
from cscheck.learned.model import LearnedModel, dump_model, model_of
from cscheck.training.examples import Example, examples
from cscheck.training.fit import Fitted, fit, table


@dataclass(frozen=True, slots=True)
class Settings:
    """The precision that thresholds are to hold on unseen files, the seed, and the day that the card names."""

    precision: float = 0.95
    seed: int = 0
    date: str = ""


class Trainer:
    """Label files made ready; labels are then learned one at a time, so that progress can be shown."""

    def __init__(self, items: Sequence[Item], settings: Settings) -> None:
        self.settings = settings
        self.examples: tuple[Example, ...] = tuple(examples(items))
        self._files = sorted({item.place.path for item in items if item.place})
        self._fitted: list[Fitted] = []

    @property
    def names(self) -> list[str]:
        """The categories and acts that some item is labelled with."""
        return sorted({name for example in self.examples for name in example.labels})

    def learn(self) -> Iterator[Fitted]:
        """Learn each label."""
        self._table = table(self.examples)
        for name in self.names:
            fitted = fit(name, self._table, self.settings.precision, self.settings.seed)
            self._fitted.append(fitted)
            yield fitted

    def model(self, path: Path) -> LearnedModel:
        """Give the model of what was learned."""
        learned = [(fitted.label, fitted.weights) for fitted in self._fitted]
        return model_of(str(path), self._table.features, self._table.idf, learned, self._card())

    def _card(self) -> dict[str, Any]:
        clean = sum(not example.labels for example in self.examples)
        return {
            "date": self.settings.date,
            "seed": self.settings.seed,
            "wanted_precision": self.settings.precision,
            "texts": len(self.examples),
            "clean": clean,
            "files": [{"file": Path(file).name, "sha256": _hash(file)} for file in self._files],
            "labels": {fitted.label.name: _figures(fitted) for fitted in self._fitted},
        }


def write(model: LearnedModel) -> Path:
    """Write a model to its path and give it."""
    path = Path(model.path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump_model(model), encoding="utf-8")
    return path


def _figures(fitted: Fitted) -> dict[str, Any]:
    precision, recall = fitted.tally.precision, fitted.tally.recall
    return {
        "positives": fitted.positives,
        "right": fitted.tally.right,
        "false": fitted.tally.false,
        "missed": fitted.tally.missed,
        "precision": None if precision.value is None else round(precision.value, 3),
        "recall": None if recall.value is None else round(recall.value, 3),
        "silent": fitted.why_silent,
    }


def _hash(file: str) -> str:
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()[:16]
