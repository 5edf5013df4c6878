"""Find out whether a pattern can match anything at all, by trying texts made from the pattern itself."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from cscheck.patterns.compile import Pattern
from cscheck.patterns.nodes import (
    Alternatives,
    Digits,
    Gap,
    Literal,
    Look,
    Marked,
    Node,
    PartOfSpeech,
    Sequence,
    Sets,
    WordSet,
    members,
    walk,
)

_TRIES = 400
_FILLER = "某"
_AROUND = _FILLER * 2


def can_match(pattern: Pattern) -> bool:
    """Tell whether a text made from the pattern matches it; True where no such text can be made."""
    parts = list(walk(pattern.node, pattern.sets))
    if any(isinstance(part, PartOfSpeech) or (isinstance(part, Look) and part.wanted) for part in parts):
        return True
    texts = itertools.islice(_texts(pattern.node, pattern.sets), _TRIES)
    # What must not stand next to the match may also be the end of the text, so each is tried inside one as well.
    around = (("", ""), ("", _AROUND), (_AROUND, ""), (_AROUND, _AROUND))
    return any(True for text in texts for a, b in around for _ in pattern.spans(a + text + b, lambda kind: []))


def _texts(node: Node, sets: Sets) -> Iterator[str]:
    if isinstance(node, Literal):
        yield node.text
    elif isinstance(node, Sequence):
        for choice in itertools.product(*(list(itertools.islice(_texts(part, sets), 4)) for part in node.parts)):
            yield "".join(choice)
    elif isinstance(node, (Alternatives, WordSet)):
        optional = isinstance(node, Alternatives) and node.optional
        if optional:
            yield ""
        for option in node.options if isinstance(node, Alternatives) else members(node, sets):
            yield from _texts(option, sets)
    elif isinstance(node, Marked):
        yield from _texts(node.part, sets)
    elif isinstance(node, Gap):
        yield _FILLER * node.least
        yield _FILLER * min(node.most, node.least + 1)
        if node.within == "sentence" and node.most:
            yield _FILLER * (max(1, node.least) - 1) + ","
    elif isinstance(node, Digits):
        yield "7" * max(1, node.least)
    else:
        yield ""
