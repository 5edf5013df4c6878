"""What a text must hold for a pattern to match: texts of which one of each group must occur."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TypeAlias

from cscheck.patterns.nodes import (
    Alternatives,
    Edge,
    Literal,
    Look,
    Marked,
    Node,
    Sequence,
    Sets,
    WordSet,
    members,
)

# One of these must occur; all groups of a need must; a pattern matches only where one of its needs is met.
Group: TypeAlias = frozenset[str]
Need: TypeAlias = tuple[Group, ...]

ANYTHING: tuple[Need, ...] = ((),)
_MOST_SPELLINGS = 96
_MOST_NEEDS = 24


def needs(node: Node, sets: Sets) -> tuple[Need, ...]:
    """Give the needs of a pattern; ``ANYTHING`` where it may match in any text."""
    if isinstance(node, Marked):
        return needs(node.part, sets)
    if isinstance(node, Literal):
        return ((frozenset({node.text}),),)
    if isinstance(node, (Alternatives, WordSet)):
        return _of_options(node, sets)
    if isinstance(node, Sequence):
        return _of_sequence(node, sets)
    return ANYTHING


def _of_options(node: Alternatives | WordSet, sets: Sets) -> tuple[Need, ...]:
    if isinstance(node, Alternatives) and node.optional:
        return ANYTHING
    spelled: set[str] = set()
    found: list[Need] = []
    for option in node.options if isinstance(node, Alternatives) else members(node, sets):
        texts = spellings(option, sets)
        if texts is None:
            found += needs(option, sets)
        else:
            spelled |= texts
    if spelled:
        found.append((frozenset(spelled),))
    if "" in spelled or any(not need for need in found):
        return ANYTHING
    if len(found) <= _MOST_NEEDS:
        return tuple(found)
    # Too many ways to keep apart: one group of what each way needs first.
    return ((frozenset(text for need in found for text in min(need, key=len)),),)


def _of_sequence(node: Sequence, sets: Sets) -> tuple[Need, ...]:
    found = ANYTHING
    run: Group = frozenset({""})
    for part in _flat(node):
        texts = spellings(part, sets)
        longer = _product([run, texts])
        if longer is not None:
            run = longer
            continue
        found = _both(found, ((run,),))
        run = frozenset({""})
        if texts is None:
            found = _both(found, needs(part, sets))
        else:
            run = texts
    return _both(found, ((run,),))


def _both(first: tuple[Need, ...], second: tuple[Need, ...]) -> tuple[Need, ...]:
    if second == ANYTHING or any("" in group for need in second for group in need):
        return first
    both = tuple(one + other for one, other in itertools.product(first, second))
    return both if len(both) <= _MOST_NEEDS else first if first != ANYTHING else second


def _flat(node: Sequence) -> Iterator[Node]:
    for part in node.parts:
        inner = part.part if isinstance(part, Marked) else part
        yield from inner.parts if isinstance(inner, Sequence) else (inner,)


def spellings(node: Node, sets: Sets) -> Group | None:
    """List every text a node can match, None where it is not a short list."""
    if isinstance(node, Literal):
        return frozenset({node.text})
    if isinstance(node, (Edge, Look)):
        return frozenset({""})
    if isinstance(node, Marked):
        return spellings(node.part, sets)
    if isinstance(node, Sequence):
        return _product([spellings(part, sets) for part in node.parts])
    if isinstance(node, (Alternatives, WordSet)):
        options = node.options if isinstance(node, Alternatives) else members(node, sets)
        found: set[str] = {""} if isinstance(node, Alternatives) and node.optional else set()
        for option in options:
            spelled = spellings(option, sets)
            if spelled is None:
                return None
            found |= spelled
        return frozenset(found) if len(found) <= _MOST_SPELLINGS else None
    return None


def _product(parts: list[Group | None]) -> Group | None:
    size = 1
    for part in parts:
        if part is None:
            return None
        size *= len(part)
    if size > _MOST_SPELLINGS:
        return None
    return frozenset("".join(choice) for choice in itertools.product(*(part for part in parts if part is not None)))
