"""Exit codes of every command."""

from __future__ import annotations

import enum


class Exit(enum.IntEnum):
    """What the process tells the shell."""

    CLEAN = 0
    """Nothing at or above ``--fail-on``."""

    FINDINGS = 1
    """Findings at or above ``--fail-on``, rules that do not prove themselves, or a bar that was asked for not met."""

    FAILED = 2
    """cscheck could not do its job, or not all of it: a file could not be read, an option or a pack is wrong."""

    INTERRUPTED = 130
    """Stopped by the user."""
