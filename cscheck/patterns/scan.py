"""One pass over a text that tells which patterns can match at all."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from cscheck.patterns.needs import Group, Need

# A second literal is worth a look where it is a short list that most texts do not hold.
_MOST_LITERALS = 40
_MOST_SHARE = 0.6
_LONGER = 0.4
_UNSEEN = 0.5


class Commonness:
    """How common texts are, told by the characters of some sample texts."""

    def __init__(self, sample: Iterable[str]) -> None:
        self._texts = 0
        self._holding: Counter[str] = Counter()
        for text in sample:
            self._texts += 1
            self._holding.update(set(text))

    def share(self, group: Group) -> float:
        """Estimate the share of texts that hold one of a group."""
        return min(1.0, sum(map(self._share, group)))

    def _share(self, literal: str) -> float:
        rarest = min(self._holding[char] or _UNSEEN for char in literal)
        return float(rarest / max(1, self._texts) * _LONGER ** (len(literal) - 1))


class Scanner:
    """The patterns of some owners, by what they need, in one automaton.

    An owner is known by its number in ``owned``, a pattern by its place among the owner's.
    """

    def __init__(self, owned: Sequence[Sequence[tuple[Need, ...]]], commonness: Commonness) -> None:
        numbers: dict[str, int] = {}
        owners: list[list[int]] = []
        self._by_literal: list[dict[int, list[tuple[int, Need]]]] = []
        self._always: list[tuple[int, ...]] = []
        for owner, patterns in enumerate(owned):
            by_literal: dict[int, list[tuple[int, Need]]] = {}
            always = []
            for place, needs in enumerate(patterns):
                if not all(needs):
                    always.append(place)
                    continue
                for need in needs:
                    key, rest = split(need, commonness)
                    for literal in key:
                        number = numbers.setdefault(literal, len(numbers))
                        if number == len(owners):
                            owners.append([])
                        by_literal.setdefault(number, []).append((place, rest))
            for number in by_literal:
                owners[number].append(owner)
            self._by_literal.append(by_literal)
            self._always.append(tuple(always))
        self._literals = list(numbers)
        self._owners = [tuple(found) for found in owners]
        self._always_owners = frozenset(owner for owner, places in enumerate(self._always) if places)

    def hits(self, text: str) -> frozenset[int]:
        """Give the literals that occur in ``text``, by number."""
        automaton = self._automaton
        if automaton is None:
            return frozenset(number for number, literal in enumerate(self._literals) if literal in text)
        return frozenset(hit[0] for hit in automaton.find_matches_as_indexes(text, overlapping=True))

    def owners(self, hits: frozenset[int]) -> frozenset[int]:
        """Give the owners of patterns that a text with these literals may match."""
        known = self._owners
        return self._always_owners.union(*[known[number] for number in hits])

    def candidates(self, owner: int, hits: frozenset[int], text: str) -> list[int]:
        """Give the places, in order, of an owner's patterns that ``text`` may match."""
        by_literal = self._by_literal[owner]
        found = set(self._always[owner])
        for number in hits:
            for place, rest in by_literal.get(number, ()):
                if place not in found and _is_met(rest, text):
                    found.add(place)
        return sorted(found)

    @functools.cached_property
    def _automaton(self) -> Any:  # noqa: ANN401 (it ships no types)
        # Where no wheel exists (musl, some platforms) each literal is looked for by itself: slower, same answer.
        try:
            import ahocorasick_rs
        except ImportError:
            return None
        return ahocorasick_rs.AhoCorasick(self._literals) if self._literals else None


def split(need: Need, commonness: Commonness) -> tuple[Group, Need]:
    """Give the rarest group of a need, and those of the rest that are worth a look, the rarest first."""
    weighed = sorted(((commonness.share(group), len(group), group) for group in need), key=lambda item: item[:2])
    rest = (group for share, size, group in weighed[1:] if share < _MOST_SHARE and size <= _MOST_LITERALS)
    return weighed[0][2], tuple(rest)


def _is_met(need: Need, text: str) -> bool:
    for group in need:
        for literal in group:
            if literal in text:
                break
        else:
            return False
    return True
