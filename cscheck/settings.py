"""What can be set, as frozen values; each remembers where it came from."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Literal

from cscheck.conversation import Channel, Role
from cscheck.errors import Place
from cscheck.finding import Severity
from cscheck.values import dataclass

if TYPE_CHECKING:
    from pathlib import Path

Layer = Literal["default", "user", "project", "environment", "command-line"]
FAIL_ON = ("error", "warning", "info", "never")


@dataclass(frozen=True, slots=True)
class Origin:
    """The layer that a value comes from, and the place in a file or the name of a variable or option."""

    layer: Layer
    place: Place | None = None
    name: str = ""

    def __str__(self) -> str:
        return str(self.place) if self.place else self.name


@dataclass(frozen=True, slots=True)
class Setting:
    """One value under its dotted key (``lang``, ``roles.小王``)."""

    key: tuple[str, ...]
    value: object
    origin: Origin


@dataclass(frozen=True, slots=True)
class Suppression:
    """Findings that somebody has accepted, why, and until when; what is None matches anything."""

    reason: str
    rule: str | None = None
    path: str | None = None
    role: Role | None = None
    phrase: str | None = None
    conversation: str | None = None
    until: datetime.date | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Scoring:
    """Weights by severity and by rule (or a prefix of rules), how often one rule counts, and what is fatal."""

    error: float = 10
    warning: float = 3
    info: float = 1
    times: int = 3
    weights: Mapping[str, float] = field(default_factory=dict)
    fatal: tuple[str, ...] = ()

    def by_severity(self, severity: Severity) -> float:
        """Give the weight of a severity."""
        return {Severity.ERROR: self.error, Severity.WARNING: self.warning, Severity.INFO: self.info}[severity]


@dataclass(frozen=True, slots=True)
class Config:
    """All settings, merged; ``settings`` holds each with its origin.

    ``rules`` maps a rule id or prefix to a severity, or to None to switch it off; ``learned`` off leaves out what was
    learned from examples.
    """

    packs: tuple[str, ...] = ()
    lang: str = "zh"
    fail_on: str = "error"
    min_severity: Severity = Severity.INFO
    learned: bool = True
    channel: Channel | None = None
    roles: Mapping[str, Role] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    rules: Mapping[str, Severity | None] = field(default_factory=dict)
    scoring: Scoring = field(default_factory=Scoring)
    suppress: tuple[Suppression, ...] = ()
    baseline: Path | None = None
    settings: tuple[Setting, ...] = ()

    def origin(self, *key: str) -> Origin | None:
        """Give where the value of a key came from."""
        return next((item.origin for item in reversed(self.settings) if item.key == key), None)
