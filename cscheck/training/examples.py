"""From labelled items to what a model learns from: folded texts, what the customer said before, and the labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cscheck.conversation import Span, Turn
from cscheck.evaluation.item import Item
from cscheck.learned.judge import LEAST
from cscheck.text.normalise import normalise


@dataclass(frozen=True, slots=True)
class Example:
    """An agent's turn: ``labels`` it earns with their words, ``optional`` ones on which nobody learns, its file."""

    text: str
    before: str
    labels: dict[str, str]
    optional: frozenset[str]
    group: str


def examples(items: Iterable[Item]) -> Iterator[Example]:
    """Give the agent's judged turns of items that say what should not be said."""
    for item in items:
        if "said" not in item.labels or item.place is None:
            continue
        group = Path(item.place.path).name.split(".")[0]
        turns = item.conversation.turns
        for index, turn in enumerate(turns):
            if turn.role != "agent" or not item.judges(index):
                continue
            labels = {mark.category: _words(turn, mark.span) for mark in item.labels["said"] if mark.turn == index}
            text = normalise(turn.text).text
            if len(text) < LEAST:
                continue
            yield Example(text, _before(turns, index), labels, item.optional - labels.keys(), group)


def _before(turns: tuple[Turn, ...], index: int) -> str:
    """Give the customer's last words before a turn."""
    said = next((turn for turn in reversed(turns[:index]) if turn.role == "customer"), None)
    return normalise(said.text).text if said else ""


def _words(turn: Turn, span: Span | None) -> str:
    start, end = (span.start, span.end) if span else (0, len(turn.text))
    return normalise(turn.text[start:end]).text
