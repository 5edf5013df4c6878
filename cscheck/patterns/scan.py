"""One pass over a text that tells which patterns can match at all."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from cscheck.patterns.compile import Pattern
from cscheck.patterns.regex import RegexPattern


class Scanner:
    """All loaded patterns in one automaton; a pattern is known by its index in ``patterns``."""

    def __init__(self, patterns: Sequence[Pattern | RegexPattern]) -> None:
        owners: dict[str, list[int]] = {}
        always: list[int] = []
        for index, pattern in enumerate(patterns):
            literals = pattern.literals
            if literals is None:
                always.append(index)
            else:
                for literal in literals:
                    owners.setdefault(literal, []).append(index)
        self._literals = list(owners)
        self._owners = [tuple(indexes) for indexes in owners.values()]
        self._always = tuple(always)

    def candidates(self, text: str) -> list[int]:
        """Give the indexes, in order, of the patterns that ``text`` may match."""
        found = set(self._always)
        for literal in self._hits(text):
            found.update(self._owners[literal])
        return sorted(found)

    def _hits(self, text: str) -> set[int]:
        automaton = self._automaton
        if automaton is None:
            return {index for index, literal in enumerate(self._literals) if literal in text}
        return {hit[0] for hit in automaton.find_matches_as_indexes(text, overlapping=True)}

    @functools.cached_property
    def _automaton(self):  # type: ignore[no-untyped-def]  # noqa: ANN202
        # Where no wheel exists (musl, some platforms) each literal is looked for by itself: slower, same answer.
        try:
            import ahocorasick_rs
        except ImportError:
            return None
        return ahocorasick_rs.AhoCorasick(self._literals) if self._literals else None
