"""Rules: which act must not be, which is owed, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cscheck.act import Examples
from cscheck.clause import Basis
from cscheck.finding import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as its file states it; ``spec`` is what its kind needs to know."""

    id: str
    kind: str
    title: str
    title_en: str
    category: str
    severity: Severity
    basis: tuple[Basis, ...]
    why: str
    message: str
    message_en: str
    suggest: tuple[str, ...]
    spec: Any
    channels: tuple[str, ...]
    scenes: tuple[str, ...]
    examples: Examples
    path: str
    severity_why: str = ""
    tune: str = ""
    weight: float | None = None
    is_fatal: bool = False
    is_enabled: bool = True
