"""Lower patterns to the code that the compiled matcher runs (``native/program.c``).

It matches exactly what the regular expression of ``compile.py`` does: the same alternatives in the same order. Word
sets become tries, so that a set of hundreds of words costs no more than one.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Any, TypeAlias

from cscheck.patterns.needs import spellings
from cscheck.patterns.nodes import (
    Alternatives,
    Digits,
    Edge,
    Gap,
    Literal,
    Look,
    Marked,
    Node,
    PartOfSpeech,
    Sets,
    WordSet,
    members,
)
from cscheck.patterns.nodes import Sequence as Parts
from cscheck.text.segment import PARTS_OF_SPEECH

NUMERALS = "0123456789零一二两三四五六七八九十百千万亿半几"
_ANY = (1 << 64) - 1  # 64 bits, all set
_MANY = 8


class Op(IntEnum):
    """What the matcher can do, by number."""

    MATCH = 0
    CHARS = 1
    TRIE = 2
    JUMP = 3
    SPLIT = 4
    GAP = 5
    NUMBER = 6
    DIGITS = 7
    EDGE = 8
    AHEAD = 9
    BEHIND = 10
    MARK_START = 11
    MARK_END = 12
    SWITCH = 13
    WORD = 14


class Tries:
    """Sets of texts as tries; a trie is known by a number until all are laid out."""

    def __init__(self) -> None:
        self._tries: list[_Below] = []

    def add(self, texts: Iterable[tuple[str, int]]) -> int:
        """Add a set of texts, each with its value."""
        top: _Below = {}
        for text, value in texts:
            below = top
            for char in text[:-1]:
                below = below.setdefault(char, [{}, -1])[0]
            below.setdefault(text[-1], [{}, -1])[1] = value
        self._tries.append(top)
        return len(self._tries) - 1

    def laid_out(self) -> tuple[array[int], array[int], array[int]]:
        """Give three arrays by node: its character, its first child (one more at the end), its value or -1.

        The children of a node stand side by side, sorted; the first nodes are the tries' own, by number.
        """
        chars, children, values = array("i", [0] * len(self._tries)), array("i"), array("i", [-1] * len(self._tries))
        level = self._tries
        while level:
            following: list[_Below] = []
            for below in level:
                children.append(len(chars))
                for char in sorted(below):
                    deeper, value = below[char]
                    chars.append(ord(char))
                    values.append(value)
                    following.append(deeper)
            level = following
        children.append(len(chars))
        return chars, children, values


_Below: TypeAlias = "dict[str, list[Any]]"  # by character: what is below, and the value of the text that ends here


class Code:
    """The code of any number of patterns, one after the other."""

    def __init__(self, tries: Tries, sets: Sets) -> None:
        self.code = array("i")
        self.pool = array("i")
        self.starts = array("i")
        self.firsts = array("Q")
        self._tries = tries
        self._sets = sets
        self._places: dict[str, int] = {}
        self._roots: dict[tuple[str, ...], int] = {}

    def add(self, node: Node, sets: Sets) -> int:
        """Add a pattern and give its number."""
        self._sets = sets
        self.starts.append(len(self.code))
        self._emit(node)
        self.code.append(Op.MATCH)
        self.firsts.extend(_words(_first_bits(node, sets, 256), 4, 64))
        return len(self.starts) - 1

    def _emit(self, node: Node) -> None:
        if isinstance(node, Literal):
            self.code.extend((Op.CHARS, self._text(node.text), len(node.text)))
        elif isinstance(node, Parts):
            for part in node.parts:
                self._emit(part)
        elif isinstance(node, Alternatives):
            self._emit_options(node.options, node.optional)
        elif isinstance(node, WordSet):
            self._emit_options(members(node, self._sets), False)
        elif isinstance(node, Gap):
            self.code.extend((Op.GAP, 0 if node.within == "clause" else 1, node.least, node.most))
        elif isinstance(node, Digits):
            self.code.extend((Op.DIGITS, node.least, node.most) if node.most else (Op.NUMBER,))
        elif isinstance(node, Edge):
            self.code.extend((Op.EDGE, _EDGE_NUMBERS[node.kind]))
        elif isinstance(node, Marked):
            self.code.append(Op.MARK_START)
            self._emit(node.part)
            self.code.append(Op.MARK_END)
        elif isinstance(node, PartOfSpeech):
            self.code.extend((Op.WORD, PARTS_OF_SPEECH.index(node.kind)))
        else:
            self._emit_look(node)

    def _emit_options(self, options: Sequence[Node], is_optional: bool) -> None:
        literals = tuple(option.text for option in options if isinstance(option, Literal))
        branches: list[Node | tuple[str, ...]] = [literals] if literals else []
        branches += [option for option in options if not isinstance(option, Literal)]
        if len(branches) == 1 and not is_optional:
            self._emit_branch(branches[0])
            return
        firsts = [self._first_bits(branch) for branch in branches] + [_ANY] * is_optional
        places = self._emit_switch(firsts) if len(firsts) >= _MANY else self._emit_split(firsts)
        jumps = []
        for branch, mine in zip(branches, places, strict=False):
            for place in mine:
                self.code[place] = len(self.code)
            self._emit_branch(branch)
            self.code.extend((Op.JUMP, 0))
            jumps.append(len(self.code) - 1)
        for place in [*jumps, *(places[-1] if is_optional else ())]:
            self.code[place] = len(self.code)

    def _emit_split(self, firsts: Sequence[int]) -> list[list[int]]:
        """Emit a choice of few branches; gives where in the code each of them is to be named."""
        self.code.extend((Op.SPLIT, len(firsts)))
        places = []
        for bits in firsts:
            places.append([len(self.code)])
            self.code.extend((0, *(word - (word >> 31 << 32) for word in _words(bits, 2, 32))))
        return places

    def _emit_switch(self, firsts: Sequence[int]) -> list[list[int]]:
        """Emit a choice of many branches, listed by the character that is next; the last list is for the end."""
        wanted = [1 << kind for kind in range(64)] + [_ANY]
        lists = [[number for number, bits in enumerate(firsts) if bits & want == want] for want in wanted]
        self.code.append(Op.SWITCH)
        place = len(self.code) + len(lists) + 1
        for mine in lists:
            self.code.append(place)
            place += len(mine)
        self.code.append(place)
        places: list[list[int]] = [[] for _ in firsts]
        for mine in lists:
            for number in mine:
                places[number].append(len(self.code))
                self.code.append(0)
        return places

    def _first_bits(self, branch: Node | tuple[str, ...]) -> int:
        if isinstance(branch, tuple):
            return _bits((text[0] for text in branch), 64)
        return _first_bits(branch, self._sets, 64)

    def _emit_branch(self, branch: Node | tuple[str, ...]) -> None:
        if not isinstance(branch, tuple):
            self._emit(branch)
        elif len(branch) == 1:
            self._emit(Literal(branch[0]))
        else:
            self.code.extend((Op.TRIE, self._trie(branch)))

    def _emit_look(self, node: Look) -> None:
        if node.side == "after":
            self.code.extend((Op.AHEAD, int(node.wanted), 0))
            end = len(self.code) - 1
            self._emit_options(node.options, False)
            self.code.append(Op.MATCH)
            self.code[end] = len(self.code)
            return
        texts = sorted({text for option in node.options for text in spellings(option, self._sets) or ()})
        self.code.extend((Op.BEHIND, int(node.wanted), len(texts)))
        for text in texts:
            self.code.extend((self._text(text), len(text)))

    def _text(self, text: str) -> int:
        place = self._places.get(text)
        if place is None:
            place = self._places[text] = len(self.pool)
            self.pool.extend(map(ord, text))
        return place

    def _trie(self, texts: tuple[str, ...]) -> int:
        root = self._roots.get(texts)
        if root is None:
            root = self._roots[texts] = self._tries.add((text, 1) for text in texts)
        return root


# In the order of the matcher's own list: sentence, clause and turn, each its start and its end.
_EDGE_NUMBERS = {"句首": 0, "句尾": 1, "分句首": 2, "分句尾": 3, "开头": 4, "结尾": 5}


def _firsts(node: Node, sets: Sets) -> tuple[frozenset[str] | None, bool]:
    """Give the characters that a match may start with, None for any, and whether it may be empty."""
    if isinstance(node, Literal):
        return frozenset(node.text[0]), False
    if isinstance(node, Parts):
        found: frozenset[str] = frozenset()
        for part in node.parts:
            chars, is_empty = _firsts(part, sets)
            if chars is None:
                return None, False
            found |= chars
            if not is_empty:
                return found, False
        return found, True
    if isinstance(node, (Alternatives, WordSet)):
        options = node.options if isinstance(node, Alternatives) else members(node, sets)
        firsts = [_firsts(option, sets) for option in options]
        if any(chars is None for chars, _ in firsts):
            return None, False
        is_empty = (isinstance(node, Alternatives) and node.optional) or any(empty for _, empty in firsts)
        return frozenset().union(*(chars for chars, _ in firsts if chars is not None)), is_empty
    if isinstance(node, Digits):
        return frozenset(NUMERALS + "x"), False
    if isinstance(node, Marked):
        return _firsts(node.part, sets)
    if isinstance(node, Look) or (isinstance(node, Edge) and node.kind != "开头"):
        return frozenset(), True
    return None, False


def _first_bits(node: Node, sets: Sets, size: int) -> int:
    """Give a filter of so many bits for the characters that a match may start with; all set where it may be empty."""
    chars, is_empty = _firsts(node, sets)
    return (1 << size) - 1 if chars is None or is_empty else _bits(chars, size)


def _bits(chars: Iterable[str], size: int) -> int:
    return sum({1 << (ord(char) % size) for char in chars})


def _words(bits: int, count: int, size: int) -> list[int]:
    return [bits >> (size * number) & ((1 << size) - 1) for number in range(count)]
