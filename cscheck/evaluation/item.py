"""One labelled item: what was said, and what a reviewer marked on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cscheck.conversation import Conversation, Span
from cscheck.errors import Place
from cscheck.evaluation.categories import Group


@dataclass(frozen=True, slots=True)
class Mark:
    """A category (or an act) that a reviewer found; ``turn`` is None for what is missing from a conversation.

    ``span`` is None where the reviewer marked no words.
    """

    category: str
    turn: int | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An utterance in its context, or a conversation, with its labels.

    ``labels`` holds a group (said, missing, acts) only where the reviewer judged it; every category of the group that
    is in neither ``labels`` nor ``optional`` is a claim that it is absent. Of an utterance the last turn alone is
    judged.
    """

    id: str
    conversation: Conversation
    labels: Mapping[Group, tuple[Mark, ...]]
    optional: frozenset[str] = frozenset()
    note: str = ""
    is_utterance: bool = True
    place: Place | None = None

    @property
    def last(self) -> int:
        """Give the turn that an utterance stands in."""
        return len(self.conversation.turns) - 1

    def judges(self, turn: int | None) -> bool:
        """Tell whether labels speak of what stands in this turn."""
        return turn is not None and (turn == self.last if self.is_utterance else True)

    def text(self, turn: int | None) -> str:
        """Give the words of a turn."""
        return "" if turn is None else self.conversation.turns[turn].text
