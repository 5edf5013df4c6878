"""Make the program of all loaded patterns."""

from __future__ import annotations

import functools
import re
from array import array
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from cscheck.patterns.compile import Pattern
from cscheck.patterns.lower import Code, Tries
from cscheck.patterns.needs import Group, Need
from cscheck.patterns.nodes import Look, PartOfSpeech, walk
from cscheck.patterns.program import AnyPattern, Program
from cscheck.patterns.scan import Commonness, split
from cscheck.text.normalise import clause_break, sentence_break

# Owners with what each of their patterns needs; None where no pattern but something else will look.
Owned: TypeAlias = "Mapping[str, Sequence[tuple[AnyPattern | None, tuple[Need, ...]]]]"


def lower(patterns: Sequence[AnyPattern], groups: Mapping[str, Owned], commonness: Commonness) -> Program:
    """Lower patterns, and for each group of owners (a role) what tells which of its patterns are worth trying."""
    tries = Tries()
    code = Code(tries, {})
    numbers: dict[AnyPattern, int] = {}
    for pattern in patterns:
        if isinstance(pattern, Pattern) and not _looks_for_words(pattern):
            numbers[pattern] = code.add(pattern.node, pattern.sets)
    index = _Index(tries, numbers, commonness)
    for owned in groups.values():
        index.add(owned)
    chars, children, values = tries.laid_out()
    arrays = {
        "code": code.code,
        "pool": code.pool,
        "starts": code.starts,
        "firsts": code.firsts,
        "chars": chars,
        "children": children,
        "values": values,
        "classes": _classes(),
        **index.arrays(),
    }
    plain = {pattern: number for pattern, number in numbers.items() if not pattern.parts_of_speech}
    return Program(arrays, numbers, plain, tuple(index.owners), tuple(groups))


def _looks_for_words(pattern: Pattern) -> bool:
    """Tell whether it must not stand beside some part of speech: then nothing is known before the words are."""
    looks = (part for part in walk(pattern.node, pattern.sets) if isinstance(part, Look))
    return any(isinstance(part, PartOfSpeech) for look in looks for part in walk(look, pattern.sets))


class _Index:
    """Which literals make which patterns worth trying, for each group of owners a trie of its own."""

    def __init__(self, tries: Tries, numbers: Mapping[AnyPattern, int], commonness: Commonness) -> None:
        self._tries = tries
        self._numbers = numbers
        self._commonness = commonness
        self.owners: list[tuple[str, int]] = []
        self._roots = array("i")
        self._always: list[list[int]] = []
        self._posts: list[list[int]] = []
        self._rests: list[list[int]] = []
        self._groups: list[list[int]] = []
        self._needs = array("i")
        self._slots = array("i")

    def add(self, owned: Owned) -> None:
        """Add a group."""
        literals: dict[str, int] = {}
        known: dict[Group, int] = {}
        always: list[int] = []
        for owner, patterns in owned.items():
            for place, (pattern, needs) in enumerate(patterns):
                slot = len(self.owners)
                self.owners.append((owner, place))
                self._slots.append(-1 if pattern is None else self._numbers.get(pattern, -1))
                if not all(needs):
                    always.append(slot)
                    continue
                for need in needs:
                    self._add_need(slot, need, literals, known)
        self._roots.append(self._tries.add(literals.items()))
        self._always.append(always)

    def _add_need(self, slot: int, need: Need, literals: dict[str, int], known: dict[Group, int]) -> None:
        key, rest = split(need, self._commonness)
        number = len(self._needs)
        self._needs.append(slot)
        self._rests.append([self._group(group, literals, known) for group in rest])
        for literal in sorted(key):
            self._posts[self._literal(literal, literals)].append(number)

    def _group(self, group: Group, literals: dict[str, int], known: dict[Group, int]) -> int:
        if group not in known:
            known[group] = len(self._groups)
            self._groups.append([self._literal(literal, literals) for literal in sorted(group)])
        return known[group]

    def _literal(self, literal: str, literals: dict[str, int]) -> int:
        if literal not in literals:
            literals[literal] = len(self._posts)
            self._posts.append([])
        return literals[literal]

    def arrays(self) -> dict[str, array[int]]:
        """Give all of it as arrays: lists of lists as one array and one of where each starts."""
        found = {"roots": self._roots, "needs": self._needs, "slots": self._slots}
        lists = {"always": self._always, "post": self._posts, "rest": self._rests, "group": self._groups}
        for name, rows in lists.items():
            starts = array("i", [0])
            for row in rows:
                starts.append(starts[-1] + len(row))
            found["always" if name == "always" else name + "s"] = array("i", (n for row in rows for n in row))
            found[name + "_starts"] = starts
        return found


@functools.cache
def _classes() -> bytes:
    """Give the sets of characters that the matcher knows, a bit a character: ends of clauses and sentences, spaces."""
    wanted = (clause_break(), sentence_break(), r"\s", r"\s~.!,")
    found = bytearray(len(wanted) * 8192)
    every = "".join(map(chr, range(0x10000)))
    for number, chars in enumerate(wanted):
        for match in re.finditer(f"[{chars}]", every):
            found[number * 8192 + (match.start() >> 3)] |= 1 << (match.start() & 7)
    return bytes(found)
