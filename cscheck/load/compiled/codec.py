"""Values of cscheck as JSON: a value of a class is an object whose one name says which class."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from cscheck.act import Act, Examples
from cscheck.clause import Basis, Clause
from cscheck.detector import Condition, Detector, Entry
from cscheck.finding import Severity
from cscheck.learned.model import LearnedLabel
from cscheck.matchers import KINDS
from cscheck.matchers.trigger import Trigger
from cscheck.pack import Learner, PackInfo, SceneCue
from cscheck.rule import Outline, Rule

CLASSES: dict[str, type[Any]] = {
    "act": Act,
    "basis": Basis,
    "clause": Clause,
    "condition": Condition,
    "detector": Detector,
    "entry": Entry,
    "examples": Examples,
    "label": LearnedLabel,
    "learner": Learner,
    "outline": Outline,
    "pack": PackInfo,
    "rule": Rule,
    "scene": SceneCue,
    "trigger": Trigger,
    **{f"{name}:": kind.Spec for name, kind in KINDS.items()},
}
# Parts of patterns are decoded only where somebody looks into a word set.
_NODES = (
    "Literal", "Sequence", "Alternatives", "Gap", "WordSet", "PartOfSpeech", "Edge", "Digits", "Look", "Marked",
)  # fmt: skip
_SAFE = (str, int, float, bool, type(None))


class Encoder:
    """Writes values; ``refer`` gives what stands for a value that is kept elsewhere, None for all others."""

    def __init__(self, refer: Callable[[object], Any | None]) -> None:
        from cscheck.patterns import nodes

        self._refer = refer
        self._names = {made: name for name, made in CLASSES.items()}
        self._names |= {getattr(nodes, name): name for name in _NODES}

    def text(self, value: object) -> str:
        """Give the JSON text of a value."""
        return plain_text(self.plain(value))

    def plain(self, value: Any) -> Any:  # noqa: ANN401
        """Give what JSON knows."""
        if isinstance(value, Severity):
            return {"severity": value.value}
        if value.__class__ in _SAFE:
            return value
        if isinstance(value, (tuple, list)):
            if any(isinstance(item, (tuple, list)) for item in value):
                raise TypeError("a list in a list would come back as such")
            return [self.plain(item) for item in value]
        if isinstance(value, frozenset):
            return {"set": sorted(value)}
        if isinstance(value, Mapping):
            return {"map": [[name, self.plain(item)] for name, item in value.items()]}
        referred = self._refer(value)
        return self.whole(value) if referred is None else referred

    def whole(self, value: Any) -> dict[str, list[Any]]:  # noqa: ANN401
        """Give a value of a class, though it may be kept elsewhere."""
        name = self._names[value.__class__]
        return {name: [self.plain(getattr(value, field.name)) for field in fields(value)]}


def plain_text(value: object) -> str:
    """Give the JSON text of what JSON knows."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Decoder:
    """Reads values; ``referred`` give those that are kept elsewhere, by the name that stands for them."""

    def __init__(self, referred: Mapping[str, Callable[[Any], Any]]) -> None:
        self._makers: dict[str, Callable[[Any], Any]] = {
            "set": frozenset,
            "map": dict,
            "severity": {severity.value: severity for severity in Severity}.__getitem__,
            **referred,
        }
        self._read = json.JSONDecoder(object_hook=self._made).raw_decode

    def value(self, text: str) -> Any:  # noqa: ANN401
        """Read a JSON text; lists on top stay lists."""
        return self._read(text)[0]

    def _made(self, found: dict[str, Any]) -> Any:  # noqa: ANN401
        ((name, given),) = found.items()
        maker = self._makers.get(name)
        if maker is None:
            maker = self._makers[name] = _maker(name)
        return maker(given)


def _maker(name: str) -> Callable[[list[Any]], Any]:
    made: Callable[..., Any]
    if name in _NODES:
        from cscheck.patterns import nodes

        made = getattr(nodes, name)
    else:
        made = CLASSES[name]
    return lambda given: made(*[tuple(item) if item.__class__ is list else item for item in given])
