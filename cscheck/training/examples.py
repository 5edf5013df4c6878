"""From labelled items to what a model learns from: turns, what was said before them, and the labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cscheck.conversation import Span, Turn
from cscheck.evaluation.categories import Group
from cscheck.evaluation.item import Item
from cscheck.learned.talk import Talk, talks
from cscheck.text.normalise import normalise

_LEARNED: tuple[Group, ...] = ("said", "acts")


@dataclass(frozen=True, slots=True)
class Example:
    """A judged turn: ``labels`` it earns with their words, ``optional`` ones on which nobody learns, its file.

    ``kind`` names the group and the role that it was judged for: labels of another kind it says nothing about.
    """

    talk: Talk
    labels: dict[str, str]
    optional: frozenset[str]
    group: str
    kind: tuple[Group, str]

    def pieces(self) -> list[Example]:
        """Give its sentences and the whole of it, each with the labels whose words it holds some of."""
        return [
            replace(
                self,
                talk=self.talk.cut(piece),
                labels={name: words for name, words in self.labels.items() if _shares(self.talk.text, words, piece)},
            )
            for piece in self.talk.pieces()
        ]


def examples(items: Iterable[Item]) -> Iterator[Example]:
    """Give the judged turns of items that say what should not be said (the agent's), or what a turn does."""
    for item in items:
        if item.place is None:
            continue
        turns = item.conversation.turns
        texts = [normalise(turn.text).text for turn in turns]
        group = Path(item.place.path).name.split(".")[0]
        for name in _LEARNED:
            if name not in item.labels:
                continue
            for index, (turn, talk) in enumerate(zip(turns, talks(turns, texts.__getitem__), strict=True)):
                if not item.judges(index) or (name == "said" and turn.role != "agent"):
                    continue
                labels = {mark.category: _words(turn, mark.span) for mark in item.labels[name] if mark.turn == index}
                yield Example(talk, labels, item.optional - labels.keys(), group, (name, turn.role))


def _shares(text: str, words: str, piece: tuple[int, int]) -> bool:
    place = text.find(words)
    return place < 0 or (place < piece[1] and piece[0] < place + len(words))


def _words(turn: Turn, span: Span | None) -> str:
    start, end = (span.start, span.end) if span else (0, len(turn.text))
    return normalise(turn.text[start:end]).text
