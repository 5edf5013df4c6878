"""What was said: turns, conversations and spans, frozen, over the raw text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Literal, get_args

from cscheck.values import dataclass

Role = Literal["agent", "customer", "bot", "system", "unknown"]
Channel = Literal["chat", "phone", "email"]
Scene = Literal["consult", "complaint", "aftersales", "urgent", "care"]

ROLES: tuple[Role, ...] = get_args(Role)
CHANNELS: tuple[Channel, ...] = get_args(Channel)
SCENES: tuple[Scene, ...] = get_args(Scene)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one turn's raw text: code points, ``end`` not included."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Tell whether ``other`` lies within this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Turn:
    """One message or utterance.

    ``text`` is raw, as the source gave it. ``time`` and ``end_time`` are seconds, from the epoch or from the start of
    the conversation (only differences are used); ``stamp`` is the time as the source wrote it, for display.
    ``speaker`` is the name in the source, ``line`` its line there (from 1).
    """

    role: Role
    text: str
    time: float | None = None
    end_time: float | None = None
    stamp: str | None = None
    speaker: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Agent:
    """The person or bot that served the customer."""

    id: str | None = None
    name: str | None = None
    team: str | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns in order, with what the source knows about them.

    ``channel`` and ``scene`` are None where the source does not say; ``complete`` is False for a prefix or a window.
    """

    id: str
    turns: tuple[Turn, ...]
    path: str = ""
    channel: Channel | None = None
    scene: Scene | None = None
    complete: bool = True
    agent: Agent = field(default_factory=Agent)
    meta: Mapping[str, Any] = field(default_factory=dict)
    line: int | None = None
