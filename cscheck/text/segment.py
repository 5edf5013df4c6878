"""Word ends and parts of speech as jieba gives them without HMM, from its dictionary alone.

jieba splits a text at everything that is neither Chinese nor Latin first, so cutting only the block that holds a
candidate gives the same ends as cutting the whole text.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cscheck.text.dictionary import Dictionary

_BLOCK = r"[一-鿕a-zA-Z0-9+#&._%\-]+"
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_WINDOW = 32  # characters
_TAGS = {"动词": "v", "名词": "n", "形容词": "a", "副词": "d", "数词": "m", "量词": "q", "代词": "r"}
PARTS_OF_SPEECH = tuple(_TAGS)


class Segmenter:
    """Word ends and parts of speech by jieba's dictionary, HMM off; ``words`` are a pack's own additions."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._words = tuple(words)
        self._ends = functools.lru_cache(maxsize=4096)(self._find_ends)
        self._tags = functools.lru_cache(maxsize=1024)(self._find_tags)

    def is_aligned(self, text: str, start: int, end: int) -> bool:
        """Tell whether both ends of ``text[start:end]`` lie on word ends."""
        return self._is_end(text, start) and self._is_end(text, end)

    def words(self, text: str) -> list[str]:
        """Cut a whole text into words."""
        return self._lexicon.cut(text)

    def tagged(self, text: str, kind: str) -> list[str]:
        """Give the words of ``text`` whose part of speech is ``kind`` (动词, 名词, …), in order, each once."""
        prefix = _TAGS[kind]
        # Here jieba splits at two more characters.
        blocks = (part for block in _block().findall(text) for part in block.replace("%", "-").split("-"))
        pairs = (pair for block in blocks for pair in self._tags(block))
        return list(dict.fromkeys(word for word, tag in pairs if tag.startswith(prefix)))

    def _is_end(self, text: str, place: int) -> bool:
        block = _block()
        rest = block.match(text, place)
        if not rest:
            return True
        # Back to the start of the block in the text reversed, a window at a time: one by one would be slow.
        first = place
        while before := block.match(text[first - _WINDOW if first > _WINDOW else 0 : first][::-1]):
            first -= before.end()
        return first == place or place - first in self._ends(text[first : rest.end()])

    def _find_ends(self, block: str) -> frozenset[int]:
        return frozenset(accumulate(map(len, self._lexicon.cut_block(block))))

    def _find_tags(self, block: str) -> tuple[tuple[str, str], ...]:
        return tuple(self._lexicon.tag_block(block))

    @functools.cached_property
    def _lexicon(self) -> _Lexicon:
        return _lexicon(self._words)


class _Lexicon(dict[str, dict[str, int]]):
    """The frequencies of the dictionary's words by opening, decoded when first asked for, and of a pack's own."""

    def __init__(self, dictionary: Dictionary, words: Iterable[str]) -> None:
        self._dictionary = dictionary
        self._total = dictionary.total
        for word in words:
            if word:
                self._add(word)

    def __missing__(self, opening: str) -> dict[str, int]:
        frequencies = self[opening] = self._dictionary.frequencies(opening)
        return frequencies

    def cut(self, text: str) -> list[str]:
        """Cut a text into words."""
        words = []
        for piece in re.finditer(rf"({_BLOCK})|\r\n|.", text, re.DOTALL):
            words += self.cut_block(piece[0]) if piece[1] else [piece[0]]
        return words

    def cut_block(self, block: str) -> list[str]:
        """Cut a block into words; Latin characters that are no word of the dictionary stay together."""
        words = self._route(block)
        return words if _LATIN.isdisjoint(block) else [word for word, _ in _joined(words)]

    def tag_block(self, block: str) -> Iterator[tuple[str, str]]:
        """Give the words of a block, each with jieba's part of speech."""
        for word, is_joined in _joined(self._route(block)):
            yield word, "eng" if is_joined else self._dictionary.tag(word)

    def _route(self, block: str) -> list[str]:
        """Cut where the product of the words' probabilities is greatest; of equals, where the first word is longer."""
        size = start = len(block)
        stops = [0] * size
        scores = [0.0] * (size + 1)
        log_total = log(self._total)
        after = 0.0
        for char in reversed(block):
            end = start
            start -= 1
            frequency_of = self[char].get
            frequency = frequency_of(char)
            # A character that is no word and begins none that is here counts as a word of frequency 1.
            after += log(frequency or 1) - log_total
            stop = end if frequency else 0
            while frequency is not None and end < size:
                end += 1
                word = block[start:end]
                frequency = frequency_of(word)
                if end == start + 2 and frequency is not None:
                    frequency_of = self[word].get
                if frequency:
                    score = log(frequency) - log_total + scores[end]
                    if not stop or score >= after:
                        after, stop = score, end
            scores[start] = after
            stops[start] = stop or start + 1
        words = []
        while start < size:
            words.append(block[start : stops[start]])
            start = stops[start]
        return words

    def _add(self, word: str) -> None:
        # As jieba.Tokenizer.add_word does: just frequent enough not to be cut.
        chance = 1.0
        for part in self.cut(word):
            chance *= self._like(part).get(part, 1) / self._total
        frequency = max(int(chance * self._total) + 1, self._like(word).get(word, 1))
        self._like(word)[word] = frequency
        for end in range(1, len(word)):
            self._like(word[:end]).setdefault(word[:end], 0)
        self._total += frequency

    def _like(self, word: str) -> dict[str, int]:
        return self[self._dictionary.opening(word)]


@functools.cache
def _block() -> re.Pattern[str]:
    return re.compile(_BLOCK)


# Packs with the same words of their own share what is decoded.
@functools.lru_cache(maxsize=8)
def _lexicon(words: tuple[str, ...]) -> _Lexicon:
    from cscheck.text import dictionary

    return _Lexicon(dictionary.load(), words)


def _joined(words: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Join Latin letters and digits that stand alone next to each other, and tell which words these are."""
    run = ""
    for word in words:
        if word in _LATIN:
            run += word
            continue
        if run:
            yield run, True
            run = ""
        yield word, False
    if run:
        yield run, True
