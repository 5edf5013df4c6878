"""What was found: findings, their severity and their verdict, complete when built."""

from __future__ import annotations

import enum

from cscheck.values import dataclass


class Severity(enum.Enum):
    """How much a finding weighs; ordered, ``ERROR`` the heaviest."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """Give 0 for info, 1 for warning, 2 for error."""
        return _RANKS[self]

    def __ge__(self, other: Severity) -> bool:
        return self.rank >= other.rank

    def __lt__(self, other: Severity) -> bool:
        return self.rank < other.rank


_RANKS = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}


class Verdict(enum.Enum):
    """What a rule says of a conversation so far."""

    VIOLATED = "violated"
    SATISFIED = "satisfied"
    PENDING = "pending"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule broken, on its words.

    ``turn`` counts from 0; ``start`` and ``end`` are code points into that turn's raw text, None when something is
    missing rather than said. ``message`` and ``suggestions`` are in the language asked for. ``fingerprint`` stays the
    same when turns are put in before or after. ``certainty`` is how sure a learned model is, None where patterns
    decided.
    """

    rule: str
    category: str
    severity: Severity
    conversation: str
    path: str
    turn: int | None
    start: int | None
    end: int | None
    text: str
    message: str
    suggestions: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    fingerprint: str = ""
    verdict: Verdict = Verdict.VIOLATED
    guards: tuple[str, ...] = ()
    certainty: float | None = None

    @property
    def is_learned(self) -> bool:
        """Tell whether a learned model found it, rather than patterns."""
        return self.certainty is not None

    @property
    def suggestion(self) -> str:
        """Give the first suggestion, or an empty text."""
        return self.suggestions[0] if self.suggestions else ""


@dataclass(frozen=True, slots=True)
class Owed:
    """Something still to be said before the conversation, or a stretch of it, ends. ``by`` says when, in words."""

    rule: str
    category: str
    conversation: str
    message: str
    by: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Excused:
    """Words that a rule looks for and lets pass: ``by`` names the guard, or the need that is not met.

    ``why`` is ``guard``, ``need`` or ``exempt``; places as in a finding.
    """

    rule: str
    conversation: str
    turn: int
    start: int
    end: int
    text: str
    why: str
    by: str


@dataclass(frozen=True, slots=True)
class HeardAct:
    """An act that was heard: code points into the turn's raw text."""

    act: str
    conversation: str
    turn: int
    start: int
    end: int
    detector: str = "pattern"
