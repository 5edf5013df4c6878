"""A learned model: for each label a weight for each feature, a calibration and a threshold.

The file is JSON (``cscheck-model/2``), so that nothing in it can run: the features in one text, a line each; how rare
each is; and, feature by feature, the labels that it speaks for or against, as pairs of bytes (the label's number, the
signed weight), in base64. The card says what it was made from and how well it does.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from cscheck.errors import Place, RuleFileError
from cscheck.learned.talk import Talk
from cscheck.patterns.native import kernel
from cscheck.values import dataclass

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = "cscheck-model/2"
SUFFIX = ".model.json"
# So that three characters cannot be as sure as thirty: about the weight of five rare runs.
_SHORT = 1e6
_SLACK = 1e-6
_ALLOWED = "cscheck train 写出的文件"
_SIGNED = tuple(byte - 256 if byte > 127 else byte for byte in range(256))


@dataclass(frozen=True, slots=True)
class LearnedLabel:
    """What was learned of one category or act.

    ``scale`` is the size of one step of its weights; ``slope`` and ``offset`` turn a score into a probability; it
    counts from ``threshold`` on, in texts of at least ``shortest`` characters, and below ``floor`` what patterns find
    is doubted. ``examples`` are labelled sentences to compare with. A silent label is never earned: it had too little
    data, or is never sure enough.
    """

    name: str
    scale: float = 1.0
    bias: float = 0.0
    slope: float = 1.0
    offset: float = 0.0
    threshold: float = 1.0
    floor: float = 0.0
    shortest: int = 1
    examples: tuple[str, ...] = ()
    is_silent: bool = False

    def probability(self, score: float) -> float:
        """Give how sure a score is."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.slope * score + self.offset))))


@dataclasses.dataclass(frozen=True, eq=False)
class LearnedModel:
    """Labels over one set of features.

    ``idf`` is the weight of a feature by how rare it is, in hundredths; ``sizes`` the number of labels that it speaks
    of, ``cells`` these labels with their weights. Equal models are those of one file.
    """

    path: str
    features: tuple[str, ...]
    idf: array[int]
    sizes: bytes
    cells: bytes
    labels: Mapping[str, LearnedLabel]
    card: Mapping[str, Any] = field(default_factory=dict)

    @functools.cached_property
    def _places(self) -> dict[str, int]:
        return {feature: place for place, feature in enumerate(self.features)}

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(2 * size for size in self.sizes)]

    @functools.cached_property
    def _unpacked(self) -> dict[int, tuple[tuple[int, int], ...]]:
        return {}

    @functools.cached_property
    def _numbers(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.labels)}

    def number(self, name: str) -> int:
        """Give a label's place among the scores."""
        return self._numbers[name]

    def values(self, talk: Talk) -> list[tuple[int, float]]:
        """Give the features that the model knows, by number, with their values."""
        if self._native is not None:
            whole = [(0, len(talk.text))]
            found: list[tuple[int, float]] = self._native.values(talk.text, whole, talk.heard, talk.is_first)
            return found
        return weighed(talk.grams(), self._places, self.idf)

    def sums(self, talk: Talk, pieces: list[tuple[int, int]]) -> list[list[float]]:
        """Give, for each piece of a talk, the sum of its weights for each label, in their order."""
        if self._native is not None:
            found: list[list[float]] = self._native.sums(talk.text, pieces, talk.heard, talk.is_first)
            return found
        return [self._sums(talk.cut(piece)) for piece in pieces]

    def _sums(self, talk: Talk) -> list[float]:
        sums = [0.0] * len(self.labels)
        for place, value in self.values(talk):
            for number, weight in self._spoken(place):
                sums[number] += value * weight
        return sums

    def earned(self, talk: Talk) -> list[str]:
        """Name the labels that a piece of a talk may earn: those whose sums are high enough."""
        pieces = talk.pieces()
        if self._native is not None:
            numbers = self._native.over(talk.text, pieces, talk.heard, talk.is_first, self.needed)
            return [self._names[number] for number in numbers] if numbers else []
        most = [max(column) for column in zip(*self.sums(talk, pieces), strict=True)]
        return [name for name, total, needed in zip(self.labels, most, self.needed, strict=True) if total >= needed]

    @functools.cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(self.labels)

    @functools.cached_property
    def needed(self) -> array[float]:
        """The sum, by label, from which on it is worth asking whether it is earned."""
        return array("d", map(_least_sum, self.labels.values()))

    @functools.cached_property
    def _native(self) -> Any | None:  # noqa: ANN401 (a C object)
        module = kernel()
        if module is None:
            return None
        from cscheck.patterns.lower import Tries

        tries = Tries()
        tries.add((feature, number) for number, feature in enumerate(self.features))
        return module.Learned(*tries.laid_out(), self.idf, array("i", self._starts), self.cells, len(self.labels))

    def _spoken(self, place: int) -> tuple[tuple[int, int], ...]:
        """Give the labels that a feature speaks of, by number, with their weights; unpacked once."""
        known = self._unpacked.get(place)
        if known is None:
            start, end = self._starts[place], self._starts[place + 1]
            pairs = zip(self.cells[start:end:2], self.cells[start + 1 : end : 2], strict=True)
            known = self._unpacked[place] = tuple((number, _SIGNED[weight]) for number, weight in pairs)
        return known

    def certainty(self, name: str, talk: Talk) -> float:
        """Give how sure the model is that a text does what the label says."""
        label = self.labels[name]
        total = self.sums(talk, [(0, len(talk.text))])[0][self.number(name)]
        return label.probability(label.scale * total + label.bias)

    def like(self, name: str, text: str) -> str:
        """Give the labelled example that shares most of what weighs for a label; empty where there are none."""
        own = dict(self.values(Talk(text)))
        examples = self._examples.get(name)
        if examples is None:
            examples = self._examples[name] = [(one, self._speaking(name, one)) for one in self.labels[name].examples]

        def likeness(example: list[tuple[int, float, int]]) -> float:
            return sum([own[place] * value * weight for place, value, weight in example if place in own])

        return max(((likeness(features), text) for text, features in examples), default=(0, ""))[1]

    def _speaking(self, name: str, text: str) -> list[tuple[int, float, int]]:
        """Give the features of a text that speak for a label, with their values and weights."""
        weighed = ((place, value, self.weight(name, place)) for place, value in self.values(Talk(text)))
        return [(place, value, weight) for place, value, weight in weighed if weight > 0]

    @functools.cached_property
    def _examples(self) -> dict[str, list[tuple[str, list[tuple[int, float, int]]]]]:
        return {}

    def weight(self, name: str, place: int) -> int:
        """Give the weight of a feature for a label, 0 where it says nothing of it."""
        wanted = self._numbers[name]
        return next((weight for number, weight in self._spoken(place) if number == wanted), 0)


def _least_sum(label: LearnedLabel) -> float:
    if label.is_silent or label.threshold >= 1:
        return math.inf
    if label.threshold <= 0 or label.slope <= 0 or label.scale <= 0:
        return -math.inf
    score = (math.log(label.threshold / (1 - label.threshold)) - label.offset) / label.slope
    return (score - label.bias) / label.scale - _SLACK


def weighed(counts: Mapping[str, int], places: Mapping[str, int], idf: Sequence[int]) -> list[tuple[int, float]]:
    """Give the known features by number with their values, of length 1 together, or less where a text is very short."""
    values = [
        (place, idf[place] if count == 1 else (1 + math.log(count)) * idf[place])
        for feature, count in counts.items()
        if (place := places.get(feature)) is not None
    ]
    norm = math.sqrt(sum(value * value for _, value in values) + _SHORT)
    return [(place, value / norm) for place, value in values]


def model_of(
    path: str,
    features: Sequence[str],
    idf: Sequence[int],
    learned: Iterable[tuple[LearnedLabel, Mapping[int, int]]],
    card: Mapping[str, Any],
) -> LearnedModel:
    """Put labels with their weights (by feature, from -127 to 127) together; a feature of no weight is left out."""
    labels = sorted(learned, key=lambda pair: pair[0].name)
    cells: dict[int, bytearray] = {}
    for number, (_, weights) in enumerate(labels):
        for place, weight in weights.items():
            if weight:
                cells.setdefault(place, bytearray()).extend((number, weight % 256))
    kept = sorted(cells)
    return LearnedModel(
        path=path,
        features=tuple(features[place] for place in kept),
        idf=array("H", (idf[place] for place in kept)),
        sizes=bytes(len(cells[place]) // 2 for place in kept),
        cells=b"".join(bytes(cells[place]) for place in kept),
        labels={label.name: label for label, _ in labels},
        card=card,
    )


def load_model(path: Path) -> LearnedModel:
    """Read a model file; raises RuleFileError."""
    import base64

    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        if value["schema"] != SCHEMA:
            raise RuleFileError(f"模型的格式是“{value['schema']}”", Place(str(path)), allowed=SCHEMA)
        idf = array("H", value["idf"])
        sizes, cells = (base64.b64decode(value[name], validate=True) for name in ("sizes", "cells"))
        labels = {name: _label(name, fields) for name, fields in sorted(value["labels"].items())}
        features = tuple(value["features"].split("\n")) if idf else ()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError) as problem:
        raise RuleFileError(f"模型文件读不了：{problem}", Place(str(path)), allowed=_ALLOWED) from None
    if not len(idf) == len(features) == len(sizes) or 2 * sum(sizes) != len(cells) or len(labels) > 256:
        raise RuleFileError("模型文件不完整：特征与权重的个数不同", Place(str(path)), allowed=_ALLOWED)
    if any(number >= len(labels) for number in set(cells[::2])):
        raise RuleFileError("模型文件不完整：权重指向没有的类别", Place(str(path)), allowed=_ALLOWED)
    return LearnedModel(str(path), features, idf, sizes, cells, labels, value.get("card", {}))


def dump_model(model: LearnedModel) -> str:
    """Write a model down; the same model gives the same text."""
    import base64

    labels = {
        name: {
            "scale": label.scale,
            "bias": label.bias,
            "slope": label.slope,
            "offset": label.offset,
            "threshold": label.threshold,
            "floor": label.floor,
            "shortest": label.shortest,
            "silent": label.is_silent,
            "examples": list(label.examples),
        }
        for name, label in model.labels.items()
    }
    value = {
        "schema": SCHEMA,
        "card": dict(model.card),
        "labels": labels,
        "sizes": base64.b64encode(model.sizes).decode("ascii"),
        "cells": base64.b64encode(model.cells).decode("ascii"),
        "idf": list(model.idf),
        "features": "\n".join(model.features),
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


def _label(name: str, fields: Mapping[str, Any]) -> LearnedLabel:
    numbers = {key: float(fields[key]) for key in ("scale", "bias", "slope", "offset", "threshold", "floor")}
    return LearnedLabel(
        name=name,
        shortest=int(fields["shortest"]),
        examples=tuple(fields["examples"]),
        is_silent=bool(fields["silent"]),
        **numbers,
    )
