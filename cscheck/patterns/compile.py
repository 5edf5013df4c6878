"""Turn nodes into a bounded regular expression, and find the literals without which nothing can match."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

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
    Sequence,
    WordSet,
)
from cscheck.text.normalise import clause_break, sentence_break

Sets = Mapping[str, tuple[Node, ...]]
Tagged = Callable[[str], list[str]]
Fits = Callable[[int, int], bool]

_MARK = "mark"
_LIMIT = 96  # a product of alternatives larger than this is no longer spelled out as literals
_DIGITS = "[0-9零一二两三四五六七八九十百千万亿半几]"
_EDGES = {
    "句首": rf"(?<![^{sentence_break()}\s])",
    "句尾": rf"(?=[{clause_break()}]*(?:[{sentence_break()}]|$))",
    "分句首": rf"(?<![^{clause_break()}])",
    "分句尾": rf"(?![^{clause_break()}])",
    "开头": r"(?<![\s\S])[\s~.!,]*",
    "结尾": rf"(?=[{clause_break()}]*\Z)",
}


class UnknownSet(Exception):
    """A word set that no loaded pack declares."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, eq=False)
class Pattern:
    """A pattern ready for scanning; its regular expression is built when first needed."""

    source: str
    node: Node
    sets: Sets

    @functools.cached_property
    def literals(self) -> frozenset[str] | None:
        """Literals of which every match holds at least one; None where there is no such set."""
        return _required(self.node, self.sets)

    @functools.cached_property
    def parts_of_speech(self) -> frozenset[str]:
        """Which parts of speech it asks for."""
        return frozenset(node.kind for node in walk(self.node, self.sets) if isinstance(node, PartOfSpeech))

    @functools.cached_property
    def regex(self) -> re.Pattern[str]:
        """The regular expression, for a pattern that asks for no part of speech."""
        return re.compile(_regex(self.node, self.sets, {}))

    def spans(self, text: str, tagged: Tagged, fits: Fits | None = None) -> Iterator[tuple[int, int]]:
        """Give the stretches of ``text`` that match; ``tagged(kind)`` lists its words of a part of speech.

        A stretch that does not fit (its ends are no word ends) is passed over, and the search goes on within it.
        """
        if self.parts_of_speech:
            words = {kind: tuple(tagged(kind)) for kind in self.parts_of_speech}
            regex = re.compile(_regex(self.node, self.sets, words))
        else:
            regex = self.regex
        group = _MARK if _MARK in regex.groupindex else 0
        place = 0
        while match := regex.search(text, place):
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
        return re.compile(rf"(?:{_regex(self.node, self.sets, {})})\Z")


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


def _regex(node: Node, sets: Sets, words: Mapping[str, tuple[str, ...]]) -> str:
    if isinstance(node, Literal):
        return re.escape(node.text)
    if isinstance(node, Sequence):
        return "".join(_regex(part, sets, words) for part in node.parts)
    if isinstance(node, Alternatives):
        return _any(node.options, sets, words) + ("?" if node.optional else "")
    if isinstance(node, WordSet):
        return _any(members(node, sets), sets, words)
    if isinstance(node, PartOfSpeech):
        # Where the text has no such word, only this part matches nothing.
        if not words.get(node.kind):
            return "(?!)"
        return "(?:" + "|".join(re.escape(word) for word in sorted(words[node.kind], key=len, reverse=True)) + ")"
    if isinstance(node, Gap):
        stop = clause_break() if node.within == "clause" else sentence_break()
        return f"[^{stop}]{{{node.least},{node.most}}}?"
    if isinstance(node, Digits) and node.most:
        return rf"(?<![0-9])[0-9]{{{node.least - 1},{node.most - 1}}}[0-9x](?![0-9])"
    if isinstance(node, Digits):
        return rf"(?:[0-9][0-9.,]*[0-9]|{_DIGITS}+)"
    if isinstance(node, Edge):
        return _EDGES[node.kind]
    if isinstance(node, Marked):
        return f"(?P<{_MARK}>{_regex(node.part, sets, words)})"
    return _look(node, sets, words)


def _any(options: tuple[Node, ...], sets: Sets, words: Mapping[str, tuple[str, ...]]) -> str:
    ordered = sorted(options, key=lambda option: -len(option.text) if isinstance(option, Literal) else 0)
    return "(?:" + "|".join(_regex(option, sets, words) for option in ordered) + ")"


def _look(node: Look, sets: Sets, words: Mapping[str, tuple[str, ...]]) -> str:
    if node.side == "after":
        return f"(?{'=' if node.wanted else '!'}{_any(node.options, sets, words)})"
    # A look behind has a fixed width in this engine: one for each spelling.
    spelled = [text for option in node.options for text in _spellings(option, sets) or ()]
    if node.wanted:
        return "(?:" + "|".join(f"(?<={re.escape(text)})" for text in spelled) + ")"
    return "".join(f"(?<!{re.escape(text)})" for text in spelled)


def _spellings(node: Node, sets: Sets) -> frozenset[str] | None:
    """List every text a node can match, None where it is not a short list."""
    if isinstance(node, Literal):
        return frozenset({node.text})
    if isinstance(node, (Edge, Look)):
        return frozenset({""})
    if isinstance(node, Marked):
        return _spellings(node.part, sets)
    if isinstance(node, Sequence):
        return _product([_spellings(part, sets) for part in node.parts])
    if isinstance(node, (Alternatives, WordSet)):
        options = node.options if isinstance(node, Alternatives) else members(node, sets)
        found: set[str] = {""} if isinstance(node, Alternatives) and node.optional else set()
        for option in options:
            spelled = _spellings(option, sets)
            if spelled is None:
                return None
            found |= spelled
        return frozenset(found) if len(found) <= _LIMIT else None
    return None


def _product(parts: list[frozenset[str] | None]) -> frozenset[str] | None:
    size = 1
    for part in parts:
        if part is None:
            return None
        size *= len(part)
    if size > _LIMIT:
        return None
    return frozenset("".join(choice) for choice in itertools.product(*(part for part in parts if part is not None)))


def _required(node: Node, sets: Sets) -> frozenset[str] | None:
    if isinstance(node, Marked):
        return _required(node.part, sets)
    if isinstance(node, (Alternatives, WordSet)):
        if isinstance(node, Alternatives) and node.optional:
            return None
        found: set[str] = set()
        for option in node.options if isinstance(node, Alternatives) else members(node, sets):
            needed = _required(option, sets)
            if needed is None:
                return None
            found |= needed
        return frozenset(found)
    if isinstance(node, Sequence):
        return _best(_sequence_choices(node, sets))
    if isinstance(node, Literal):
        return frozenset({node.text})
    return None


def _sequence_choices(node: Sequence, sets: Sets) -> Iterator[frozenset[str]]:
    parts: list[Node] = []
    for part in node.parts:
        inner = part.part if isinstance(part, Marked) else part
        parts.extend(inner.parts if isinstance(inner, Sequence) else [inner])
    run: frozenset[str] = frozenset({""})
    for part in parts:
        needed = _required(part, sets)
        if needed is not None:
            yield needed
        spelled = _spellings(part, sets)
        longer = _product([run, spelled])
        if longer is None:
            yield run
            run = spelled if spelled is not None else frozenset({""})
        else:
            run = longer
    yield run


def _best(choices: Iterator[frozenset[str]]) -> frozenset[str] | None:
    usable = [choice for choice in choices if choice and "" not in choice]
    if not usable:
        return None
    return max(usable, key=lambda choice: (min(3, min(map(len, choice))), -len(choice)))
