"""What a pattern is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal as OneOf
from typing import TypeAlias

from cscheck.values import dataclass


@dataclass(frozen=True, slots=True)
class Literal:
    """Text as it stands, folded like the text it is held against."""

    text: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part after the other."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Any one of these; ``optional`` means that none will do as well."""

    options: tuple[Node, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """So many characters, whatever they are, within a clause or a sentence."""

    least: int
    most: int
    within: OneOf["clause", "sentence"]


@dataclass(frozen=True, slots=True)
class WordSet:
    """A named set of words or small patterns."""

    name: str


@dataclass(frozen=True, slots=True)
class PartOfSpeech:
    """A word that jieba's dictionary tags so."""

    kind: str


@dataclass(frozen=True, slots=True)
class Edge:
    """The start or end of a clause, a sentence or the whole turn."""

    kind: str


@dataclass(frozen=True, slots=True)
class Digits:
    """A number in Arabic or Chinese digits; ``least`` to ``most`` Arabic digits in a row where they are given."""

    least: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """What must, or must not, stand right before or after; itself takes no room."""

    side: OneOf["before", "after"]
    wanted: bool
    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """The part that is reported; the rest is only there to recognise it."""

    part: Node


Node: TypeAlias = "Literal | Sequence | Alternatives | Gap | WordSet | PartOfSpeech | Edge | Digits | Look | Marked"


Sets: TypeAlias = "Mapping[str, tuple[Node, ...]]"


class UnknownSet(Exception):
    """A word set that no loaded pack declares."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def ends(node: Node) -> tuple[Node, Node]:
    """Give the first and the last part of a pattern."""
    if isinstance(node, Marked):
        return ends(node.part)
    if isinstance(node, Sequence):
        return ends(node.parts[0])[0], ends(node.parts[-1])[1]
    return node, node


def walk(node: Node, sets: Sets | None) -> Iterator[Node]:
    """Give a node and all below it, word sets opened where ``sets`` are given."""
    yield node
    below: tuple[Node, ...] = ()
    if isinstance(node, Sequence):
        below = node.parts
    elif isinstance(node, (Alternatives, Look)):
        below = node.options
    elif isinstance(node, Marked):
        below = (node.part,)
    elif isinstance(node, WordSet) and sets is not None:
        below = members(node, sets)
    for child in below:
        yield from walk(child, sets)


def members(node: WordSet, sets: Sets) -> tuple[Node, ...]:
    """Give what a word set holds."""
    try:
        return sets[node.name]
    except KeyError:
        raise UnknownSet(node.name) from None
