"""What a mode hands back: tables for people, data for programs, notes for both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cscheck.bench.machine import machine

SCHEMA = "cscheck-bench/1"


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first column is a name, the others are figures."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float, ...], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of one mode."""

    mode: str
    data: Mapping[str, Any]
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()
    machine: Mapping[str, Any] = field(default_factory=machine)

    def document(self) -> dict[str, Any]:
        """Give what ``--json`` writes."""
        head = {"schema": SCHEMA, "mode": self.mode, "machine": dict(self.machine)}
        return {**head, **self.data, "notes": list(self.notes)}
