"""Turn nodes into a bounded regular expression."""

from __future__ import annotations

import re
from collections.abc import Mapping

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
    Sequence,
    Sets,
    WordSet,
    members,
)
from cscheck.text.normalise import clause_break, sentence_break

MARK = "mark"
_DIGITS = "[0-9零一二两三四五六七八九十百千万亿半几]"
_EDGES = {
    "句首": rf"(?<![^{sentence_break()}\s])",
    "句尾": rf"(?=[{clause_break()}]*(?:[{sentence_break()}]|$))",
    "分句首": rf"(?<![^{clause_break()}])",
    "分句尾": rf"(?![^{clause_break()}])",
    "开头": r"(?<![\s\S])[\s~.!,]*",
    "结尾": rf"(?=[{clause_break()}]*\Z)",
}


def expression(node: Node, sets: Sets, words: Mapping[str, tuple[str, ...]]) -> str:
    """Give the regular expression of a node; ``words`` are those of the text by part of speech."""
    if isinstance(node, Literal):
        return re.escape(node.text)
    if isinstance(node, Sequence):
        return "".join(expression(part, sets, words) for part in node.parts)
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
        return f"(?P<{MARK}>{expression(node.part, sets, words)})"
    return _look(node, sets, words)


def _any(options: tuple[Node, ...], sets: Sets, words: Mapping[str, tuple[str, ...]]) -> str:
    ordered = sorted(options, key=lambda option: -len(option.text) if isinstance(option, Literal) else 0)
    return "(?:" + "|".join(expression(option, sets, words) for option in ordered) + ")"


def _look(node: Look, sets: Sets, words: Mapping[str, tuple[str, ...]]) -> str:
    if node.side == "after":
        return f"(?{'=' if node.wanted else '!'}{_any(node.options, sets, words)})"
    # A look behind has a fixed width in this engine: one for each spelling.
    spelled = [text for option in node.options for text in spellings(option, sets) or ()]
    if node.wanted:
        return "(?:" + "|".join(f"(?<={re.escape(text)})" for text in spelled) + ")"
    return "".join(f"(?<!{re.escape(text)})" for text in spelled)
