"""How words are recognised: patterns, with the conditions that excuse a hit or that it needs.

Acts and must-not rules both rest on a detector.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from cscheck.patterns.program import AnyPattern as AnyPattern
from cscheck.values import dataclass

if TYPE_CHECKING:
    from cscheck.learned.judge import Judgement

Where = Literal[
    "covers",
    "overlaps",
    "before",
    "after",
    "right-before",
    "right-after",
    "clause",
    "sentence",
    "lead",
    "rest",
    "turn",
    "customer",
    "customer-before",
    "agent-before",
    "quoted",
    "echo",
    "next-sentence",
    "always",
]
WHERES: dict[str, Where] = {
    "covers": "covers",              # the condition's words hold the hit within them
    "overlaps": "overlaps",          # they share a character with the hit
    "before": "before",              # earlier in the same clause
    "after": "after",                # later in the same clause
    "right-before": "right-before",  # ending where the hit starts
    "right-after": "right-after",    # starting where the hit ends
    "clause": "clause",              # anywhere in the same clause
    "sentence": "sentence",          # anywhere in the same sentence
    "next-sentence": "next-sentence",  # in the sentence after
    "lead": "lead",                  # anywhere before the hit in the turn
    "rest": "rest",                  # anywhere after the hit in the turn
    "turn": "turn",                  # anywhere in the turn
    "customer": "customer",          # in what the customer said just before
    "customer-before": "customer-before",  # anywhere in what the customer has said so far
    "agent-before": "agent-before",  # in the agent's turn just before
    "quoted": "quoted",              # the hit stands in quotation marks
    "echo": "echo",                  # the hit repeats what the customer just said
    "always": "always",              # no words asked for: only channel, scene or place decide
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Condition:
    """Words or acts in a place near a hit. Used as a guard it excuses the hit, used as a need the hit asks for it."""

    name: str
    where: Where
    patterns: tuple[AnyPattern, ...] = ()
    acts: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    scenes: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One pattern of a detector, with conditions and suggestions of its own.

    ``is_doubted``: a learned model that stands beside it may say that its words hardly do what the detector looks for.
    """

    pattern: AnyPattern
    guards: tuple[Condition, ...] = ()
    needs: tuple[Condition, ...] = ()
    suggest: tuple[str, ...] = ()
    is_loose: bool = False
    is_doubted: bool = False


@dataclass(frozen=True, slots=True)
class Detector:
    """Entries with what they have in common.

    ``place`` limits the turns, ``is_grounded`` asks for the customer's words, ``is_loose`` for no word ends;
    ``builtins`` name recognisers, ``learned`` a label of a model that finds more, ``doubted_by`` one whose model may
    say that what its own patterns found hardly is that.
    """

    id: str
    roles: tuple[str, ...]
    place: str
    entries: tuple[Entry, ...]
    guards: tuple[Condition, ...] = ()
    needs: tuple[Condition, ...] = ()
    is_grounded: bool = False
    is_loose: bool = False
    builtins: tuple[str, ...] = ()
    learned: str = ""
    doubted_by: str = ""

    def acts_used(self) -> frozenset[str]:
        """Name the acts that its conditions ask for."""
        conditions = [*self.guards, *self.needs]
        for entry in self.entries:
            conditions += [*entry.guards, *entry.needs]
        return frozenset(act for condition in conditions for act in condition.acts)


# Of a rule's or an act's file.
DETECTOR_FIELDS = (
    "by", "place", "patterns", "boundary", "guards", "needs", "grounded", "builtin", "learned", "doubted-by",
)  # fmt: skip
PLACES = ("any", "opening", "first-turn", "closing")


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that a detector recognised: places in the turn's normalised text; ``tried`` names the guards asked.

    ``judgement`` is what a learned model says of them, None where patterns found them.
    """

    start: int
    end: int
    entry: Entry | None = None
    tried: tuple[str, ...] = ()
    judgement: Judgement | None = None


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Words that matched and were excused: ``why`` is guard, need, exempt or model, ``by`` the name of which."""

    start: int
    end: int
    why: str
    by: str
