"""What can go wrong, each as one sentence for the user.

CscheckError
├── SourceError      a transcript that cannot be read
├── RuleFileError    a pack, rule, act, guard or word set that is not well-formed
└── ConfigError      a setting that is unknown or out of range
"""

from __future__ import annotations

from cscheck.values import dataclass

_SHOWN = 100  # characters of a line


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which file: ``line`` and ``column`` count from 1; None where there is none."""

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)


class CscheckError(Exception):
    """A problem the user can mend: a sentence, the place, the offending line and what is allowed."""

    def __init__(self, message: str, place: Place | None = None, *, source_line: str = "", allowed: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.source_line = source_line
        self.allowed = allowed

    def __str__(self) -> str:
        head = f"{self.place}: {self.message}" if self.place else self.message
        lines = [head]
        if self.source_line.strip():
            shown, before = _excerpt(self.source_line.rstrip(), (self.place.column or 1) - 1 if self.place else 0)
            lines.append(f"    {shown}")
            if self.place and self.place.column:
                lines.append("    " + " " * _width(before) + "^")
        if self.allowed:
            lines.append(f"  可用：{self.allowed}")
        return "\n".join(lines)


class SourceError(CscheckError):
    """A transcript cannot be read."""


class RuleFileError(CscheckError):
    """A rule file is not well-formed."""


class ConfigError(CscheckError):
    """A setting is unknown, or its value is not allowed."""


def _excerpt(line: str, column: int) -> tuple[str, str]:
    """Cut a long line around a column (from 0): what to show, and the part of that before the column."""
    if len(line) <= _SHOWN:
        return line, line[:column]
    start = max(0, min(column - _SHOWN // 2, len(line) - _SHOWN))
    head, tail = "…" if start else "", "…" if start + _SHOWN < len(line) else ""
    return f"{head}{line[start : start + _SHOWN]}{tail}", head + line[start:column]


def _width(text: str) -> int:
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)
