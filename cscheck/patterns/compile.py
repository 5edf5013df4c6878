"""A pattern ready for scanning."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cscheck.patterns.needs import Need
    from cscheck.patterns.nodes import Node, Sets

Tagged = Callable[[str], list[str]]
Fits = Callable[[int, int], bool]

_MARK = "mark"


class Pattern:
    """A pattern; what it is made of is read again, and its regular expression built, when first needed.

    Without ``node`` it is what its source says. ``parts_of_speech`` are worked out where they are not given.
    """

    def __init__(
        self, source: str, node: Node | None, sets: Sets, parts_of_speech: Iterable[str] | None = None
    ) -> None:
        self.source = source
        self.sets = sets
        if node is not None:
            self.node = node
        if parts_of_speech is not None:
            self.parts_of_speech = frozenset(parts_of_speech)

    def __repr__(self) -> str:
        return f"Pattern({self.source!r})"

    @functools.cached_property
    def node(self) -> Node:
        """What it is made of."""
        from cscheck.patterns.parse import parse

        return parse(self.source)

    @functools.cached_property
    def needs(self) -> tuple[Need, ...]:
        """What a text must hold for it to match: one of these."""
        from cscheck.patterns.needs import needs

        return needs(self.node, self.sets)

    @functools.cached_property
    def parts_of_speech(self) -> frozenset[str]:
        """Which parts of speech it asks for."""
        from cscheck.patterns.nodes import PartOfSpeech, walk

        return frozenset(node.kind for node in walk(self.node, self.sets) if isinstance(node, PartOfSpeech))

    @functools.cached_property
    def regex(self) -> re.Pattern[str]:
        """The regular expression, for a pattern that asks for no part of speech."""
        return re.compile(self._expression({}))

    def _expression(self, words: Mapping[str, tuple[str, ...]]) -> str:
        from cscheck.patterns.expression import expression

        return expression(self.node, self.sets, words)

    def spans(self, text: str, tagged: Tagged, fits: Fits | None = None) -> Iterator[tuple[int, int]]:
        """Give the stretches of ``text`` that match; ``tagged(kind)`` lists its words of a part of speech.

        A stretch that does not fit (its ends are no word ends) is passed over, and the search goes on within it.
        """
        if self.parts_of_speech:
            words = {kind: tuple(tagged(kind)) for kind in self.parts_of_speech}
            regex = re.compile(self._expression(words))
        else:
            regex = self.regex
        group = _MARK if _MARK in regex.groupindex else 0
        place = 0
        while place <= len(text) and (match := regex.search(text, place)):
            # An alternative without a mark is reported whole.
            start, end = match.span(group) if match.start(group) >= 0 else match.span()
            is_hit = end > start and (fits is None or fits(start, end))
            if is_hit:
                yield start, end
            place = match.end() if is_hit and match.end() > match.start() else match.start() + 1

    def ends_at(self, text: str, place: int) -> bool:
        """Tell whether a match ends right there; word classes count as no match."""
        return not self.parts_of_speech and self._to_the_end.search(text, 0, place) is not None

    def starts_at(self, text: str, place: int) -> bool:
        """Tell whether a match starts right there; word classes count as no match."""
        return not self.parts_of_speech and self.regex.match(text, place) is not None

    @functools.cached_property
    def _to_the_end(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self._expression({})})\Z")
