"""A learned model in sections of a file, so that nothing of it is read before somebody asks."""

from __future__ import annotations

import functools
import json
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, overload

from cscheck.learned.model import LearnedLabel, LearnedModel
from cscheck.patterns.native import kernel

SECTIONS = (
    "card", "cells", "chars", "children", "ends", "features", "idf", "needed", "sizes", "starts", "values",
)  # fmt: skip
_NATIVE = ("chars", "children", "values", "idf", "starts", "cells")
# Whoever looks for so many features is better off with all of them decoded.
_MANY = 5000


def packed(model: LearnedModel) -> dict[str, tuple[bytes, str]]:
    """Give the sections of a model, but for its labels: bytes, each with the type of its items."""
    from cscheck.patterns.lower import Tries

    tries = Tries()
    tries.add((feature, number) for number, feature in enumerate(model.features))
    chars, children, values = tries.laid_out()
    features = [_bytes(feature) for feature in model.features]
    arrays: dict[str, array[Any]] = {
        "chars": chars,
        "children": children,
        "ends": _sums(map(len, features)),
        "idf": array("H", model.idf),
        "needed": array("d", model.needed),
        "starts": _sums(2 * size for size in model.sizes),
        "values": values,
    }
    return {
        "card": (_bytes(json.dumps(dict(model.card), ensure_ascii=False)), "B"),
        "features": (b"".join(features), "B"),
        "sizes": (bytes(model.sizes), "B"),
        "cells": (bytes(model.cells), "B"),
        **{name: (part.tobytes(), part.typecode) for name, part in arrays.items()},
    }


def unpacked(path: str, labels: Mapping[str, LearnedLabel], sections: Mapping[str, memoryview]) -> LearnedModel:
    """Give the model of some sections."""
    return _PackedModel(path, labels, sections)


def _sums(sizes: Iterable[int]) -> array[int]:
    return array("i", accumulate(sizes, initial=0))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


class _PackedModel(LearnedModel):
    """A model whose parts are decoded when they are asked for."""

    def __init__(self, path: str, labels: Mapping[str, LearnedLabel], sections: Mapping[str, memoryview]) -> None:
        # Frozen, like its kind; the arrays of numbers are used as they are.
        vars(self).update(path=path, labels=labels, features=_Features(sections), _sections=sections)
        vars(self).update({name: sections[name] for name in ("idf", "sizes", "cells")}, _starts=sections["starts"])
        vars(self).update(needed=sections["needed"])

    def _section(self, name: str) -> memoryview:
        section: memoryview = vars(self)["_sections"][name]
        return section

    @functools.cached_property
    def card(self) -> Mapping[str, Any]:
        """What it was made from."""
        found: Mapping[str, Any] = json.loads(str(self._section("card"), "utf-8", "surrogatepass"))
        return found

    @functools.cached_property
    def _places(self) -> Mapping[str, int]:  # type: ignore[override]
        return _Places(vars(self)["_sections"], self.features)

    @functools.cached_property
    def _native(self) -> Any | None:  # noqa: ANN401 (a C object)
        module = kernel()
        return module and module.Learned(*map(self._section, _NATIVE), len(self.labels))


class _Features(Sequence[str]):
    """The features by number."""

    def __init__(self, sections: Mapping[str, memoryview]) -> None:
        self._texts = sections["features"]
        self._ends = sections["ends"]

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[str]: ...
    def __getitem__(self, number: int | slice) -> str | Sequence[str]:
        if isinstance(number, slice):
            return [self[place] for place in range(*number.indices(len(self)))]
        if not -len(self) <= number < len(self):
            raise IndexError(number)
        place = number % len(self)
        return str(self._texts[self._ends[place] : self._ends[place + 1]], "utf-8", "surrogatepass")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


class _Places(Mapping[str, int]):
    """The number of each feature: looked up in the trie, until it pays to know them all."""

    def __init__(self, sections: Mapping[str, memoryview], features: Sequence[str]) -> None:
        self._chars, self._children, self._values = (sections[name] for name in ("chars", "children", "values"))
        self._features = features
        self._asked = 0
        self._known: dict[str, int] = {}

    def __getitem__(self, feature: str) -> int:
        if self._asked < _MANY:
            self._asked += 1
            place = self._place(feature)
            if place < 0:
                raise KeyError(feature)
            return place
        if not self._known:
            self._known = {known: place for place, known in enumerate(self._features)}
        return self._known[feature]

    def get(self, feature: str, default: Any = None) -> Any:  # noqa: ANN401
        """Give the number of a feature."""
        if self._known:
            return self._known.get(feature, default)
        try:
            return self[feature]
        except KeyError:
            return default

    def _place(self, feature: str) -> int:
        node = 0
        for char in map(ord, feature):
            first, last = self._children[node], self._children[node + 1]
            node = bisect_left(self._chars, char, first, last)
            if node == last or self._chars[node] != char:
                return -1
        return int(self._values[node])

    def __iter__(self) -> Iterator[str]:
        return iter(self._features)

    def __len__(self) -> int:
        return len(self._features)
