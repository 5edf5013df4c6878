"""What a rule says of a conversation: one value for each place it speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from cscheck.finding import Verdict
from cscheck.values import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict, and its place where there is one.

    ``turn`` is the turn that broke the rule or should have carried what is owed; ``start`` and ``end`` are places in
    that turn's normalised text, None for what is missing. ``since`` is the turn with which the verdict was settled.
    ``certainty`` is how sure a learned model is, None where patterns
    decided. ``facts`` fill the message; ``reason`` says why a rule does not apply, or by when something is due.
    """

    verdict: Verdict
    turn: int | None = None
    start: int | None = None
    end: int | None = None
    reason: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    suggest: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    since: int | None = None
    certainty: float | None = None
