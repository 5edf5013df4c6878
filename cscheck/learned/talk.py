"""A turn as a model sees it: its words, what the other side said before it, and what it is like beside its words."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from cscheck.conversation import Turn
from cscheck.learned.grams import grams
from cscheck.text.normalise import sentence_break
from cscheck.values import dataclass

SENTENCE = re.compile(f"[^{sentence_break()}]+")
_HEARD, _BACK = 3, 20
_ASKS = ("?", "吗", "呢", "么", "吧", "不", "没")
_MOST_ECHO, _MOST_LENGTH = 5, 6
_LEAST_PAIRS = 4


@dataclass(frozen=True, slots=True)
class Talk:
    """A folded turn, or a piece of one; ``heard`` are the other side's last turns, nearest last."""

    text: str
    heard: tuple[str, ...] = ()
    is_first: bool = True

    @property
    def before(self) -> str:
        """What the other side said last."""
        return self.heard[-1] if self.heard else ""

    def pieces(self) -> list[tuple[int, int]]:
        """Give the stretches that are judged each by itself: the sentences, and the whole."""
        return _pieces(self.text)

    def cut(self, piece: tuple[int, int]) -> Talk:
        """Give a piece of it, said after the same words."""
        return replace(self, text=self.text[slice(*piece)])

    def grams(self) -> Counter[str]:
        """Count its features; not to be changed, for several models ask for the same."""
        return _grams(self)

    def marks(self) -> tuple[str, ...]:
        """Tell what it is like beside its words."""
        return (
            "first" if self.is_first else "later",
            "asks" if self.text.endswith(_ASKS) else "tells",
            f"length{min(_MOST_LENGTH, len(self.text).bit_length())}",
            f"echo{min(_MOST_ECHO, int(10 * self._echo()))}",
        )

    def _echo(self) -> float:
        """Give the share of its pairs of characters that the other side has said."""
        pairs = _pairs((self.text,))
        return len(pairs & _pairs(self.heard)) / max(_LEAST_PAIRS, len(pairs))


@functools.lru_cache(maxsize=1024)
def _pieces(text: str) -> list[tuple[int, int]]:
    sentences = [match.span() for match in SENTENCE.finditer(text)]
    whole = (0, len(text))
    return [whole] if len(sentences) < 2 else [*sentences, whole]


@functools.lru_cache(maxsize=256)
def _grams(talk: Talk) -> Counter[str]:
    return grams(talk.text, talk.before, talk.marks())


def talks(turns: Sequence[Turn], folded: Callable[[int], str]) -> Iterator[Talk]:
    """Give each turn of a conversation with the last turns of the other side; ``folded`` gives its folded text."""
    spoken: set[str] = set()
    for index, turn in enumerate(turns):
        yield talk_at(turns, index, folded(index), folded, is_first=turn.role not in spoken)
        spoken.add(turn.role)


def talk_at(turns: Sequence[Turn], index: int, text: str, folded: Callable[[int], str], *, is_first: bool) -> Talk:
    """Give one turn, whose folded text is ``text``, with the last turns of the other side."""
    other = "agent" if turns[index].role == "customer" else "customer"
    heard: list[str] = []
    for place in range(index - 1, max(-1, index - 1 - _BACK), -1):
        if turns[place].role == other:
            heard.append(folded(place))
            if len(heard) == _HEARD:
                break
    return Talk(text, tuple(heard[::-1]), is_first)


def _pairs(texts: Iterable[str]) -> set[str]:
    return {text[place : place + 2] for text in texts for place in range(len(text) - 1)}
