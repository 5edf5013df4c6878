"""A learned model: for each label a weight for each character run, a calibration and a threshold.

The file is JSON (``cscheck-model/1``), so that nothing in it can run: the runs of characters in one text, a line each;
the weights as base64 of signed bytes, ``scale`` giving their size. The card says what it was made from and how well it
does.
"""

from __future__ import annotations

import base64
import functools
import json
import math
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cscheck.errors import Place, RuleFileError
from cscheck.learned.grams import grams

SCHEMA = "cscheck-model/1"
SUFFIX = ".model.json"
# So that three characters cannot be as sure as thirty: about the weight of five rare runs.
_SHORT = 1e6
_ALLOWED = "cscheck train 写出的文件"


@dataclass(frozen=True, slots=True)
class LearnedLabel:
    """What was learned of one category or act.

    ``weights`` are signed bytes, one a run; ``slope`` and ``offset`` turn a score into a probability; it counts from
    ``threshold`` on. ``examples`` are labelled sentences to compare with. A silent label had too little data.
    """

    name: str
    weights: array[int]
    scale: float
    bias: float
    slope: float
    offset: float
    threshold: float
    examples: tuple[str, ...] = ()
    is_silent: bool = False

    def probability(self, score: float) -> float:
        """Give how sure a score is."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.slope * score + self.offset))))


@dataclass(frozen=True, eq=False)
class LearnedModel:
    """Labels over one set of character runs; ``idf`` is the weight of a run by how rare it is, in hundredths."""

    path: str
    runs: tuple[str, ...]
    idf: array[int]
    labels: Mapping[str, LearnedLabel]
    card: Mapping[str, Any] = field(default_factory=dict)

    @functools.cached_property
    def _places(self) -> dict[str, int]:
        return {run: place for place, run in enumerate(self.runs)}

    def features(self, text: str, before: str = "") -> list[tuple[int, float]]:
        """Give the runs that the model knows, by number, with their values."""
        return weighed(grams(text, before), self._places, self.idf)

    def score(self, label: LearnedLabel, features: Sequence[tuple[int, float]]) -> float:
        """Give a label's score of a text."""
        weights = label.weights
        return label.scale * sum(weights[place] * value for place, value in features) + label.bias

    def probability(self, label: LearnedLabel, text: str, before: str = "") -> float:
        """Give how sure the model is that a folded text, said after the customer's, does what the label says."""
        return label.probability(self.score(label, self.features(text, before)))


def weighed(counts: Mapping[str, int], places: Mapping[str, int], idf: Sequence[int]) -> list[tuple[int, float]]:
    """Give the known runs by number with their values, of length 1 together, or less where the text is very short."""
    values = [
        (place, (1 + math.log(count)) * idf[place])
        for run, count in counts.items()
        if (place := places.get(run)) is not None
    ]
    norm = math.sqrt(sum(value * value for _, value in values) + _SHORT)
    return [(place, value / norm) for place, value in values]


def load_model(path: Path) -> LearnedModel:
    """Read a model file; raises RuleFileError."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        if value["schema"] != SCHEMA:
            raise RuleFileError(f"模型的格式是“{value['schema']}”", Place(str(path)), allowed=SCHEMA)
        runs = tuple(value["runs"].split("\n"))
        idf = array("H", value["idf"])
        labels = {name: _label(name, fields) for name, fields in value["labels"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError) as problem:
        raise RuleFileError(f"模型文件读不了：{problem}", Place(str(path)), allowed=_ALLOWED) from None
    if len(idf) != len(runs) or any(len(label.weights) != len(runs) for label in labels.values()):
        raise RuleFileError("模型文件不完整：权重与字串的个数不同", Place(str(path)), allowed=_ALLOWED)
    return LearnedModel(str(path), runs, idf, labels, value.get("card", {}))


def dump_model(model: LearnedModel) -> str:
    """Write a model down; the same model gives the same text."""
    labels = {
        name: {
            "weights": base64.b64encode(label.weights.tobytes()).decode("ascii"),
            "scale": label.scale,
            "bias": label.bias,
            "slope": label.slope,
            "offset": label.offset,
            "threshold": label.threshold,
            "silent": label.is_silent,
            "examples": list(label.examples),
        }
        for name, label in sorted(model.labels.items())
    }
    value = {
        "schema": SCHEMA,
        "card": dict(model.card),
        "labels": labels,
        "idf": list(model.idf),
        "runs": "\n".join(model.runs),
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


def _label(name: str, fields: Mapping[str, Any]) -> LearnedLabel:
    weights = array("b")
    weights.frombytes(base64.b64decode(fields["weights"], validate=True))
    numbers = {key: float(fields[key]) for key in ("scale", "bias", "slope", "offset", "threshold")}
    return LearnedLabel(
        name=name, weights=weights, examples=tuple(fields["examples"]), is_silent=bool(fields["silent"]), **numbers
    )
