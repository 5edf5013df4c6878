"""Turn nodes into a bounded regular expression."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from cscheck.patterns.needs import Need, needs, spellings
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
    Sets,
    WordSet,
    members,
    walk,
)
from cscheck.text.normalise import clause_break, sentence_break

Tagged = Callable[[str], list[str]]
Fits = Callable[[int, int], bool]

_MARK = "mark"
_DIGITS = "[0-9零一二两三四五六七八九十百千万亿半几]"
_EDGES = {
    "句首": rf"(?<![^{sentence_break()}\s])",
    "句尾": rf"(?=[{clause_break()}]*(?:[{sentence_break()}]|$))",
    "分句首": rf"(?<![^{clause_break()}])",
    "分句尾": rf"(?![^{clause_break()}])",
    "开头": r"(?<![\s\S])[\s~.!,]*",
    "结尾": rf"(?=[{clause_break()}]*\Z)",
}


@dataclass(frozen=True, eq=False)
class Pattern:
    """A pattern ready for scanning; its regular expression is built when first needed."""

    source: str
    node: Node
    sets: Sets

    @functools.cached_property
    def needs(self) -> tuple[Need, ...]:
        """What a text must hold for it to match: one of these."""
        return needs(self.node, self.sets)

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
        return re.compile(rf"(?:{_regex(self.node, self.sets, {})})\Z")


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
    spelled = [text for option in node.options for text in spellings(option, sets) or ()]
    if node.wanted:
        return "(?:" + "|".join(f"(?<={re.escape(text)})" for text in spelled) + ")"
    return "".join(f"(?<!{re.escape(text)})" for text in spelled)
