"""A progress bar on standard error: only on a terminal, and only after a second."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

from cscheck.language import say

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

_PATIENCE = 1.0


class Progress:
    """Counts files and conversations, and shows them where that helps; ``total`` files, None where unknown."""

    def __init__(self, *, enabled: bool, total: int | None) -> None:
        self._enabled = enabled and sys.stderr.isatty()
        self._total = total
        self._files = self._conversations = 0
        self._begin = time.monotonic()
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.pause()

    def file(self) -> None:
        """Count a file that was opened."""
        self._files += 1

    def conversation(self) -> None:
        """Count a conversation that was checked, and show how far things are."""
        self._conversations += 1
        if not self._enabled or time.monotonic() - self._begin < _PATIENCE:
            return
        if self._bar is None:
            self._start()
        if self._bar is not None and self._task is not None:
            words = say(f"{self._conversations} 段对话", f"{self._conversations} conversations")
            self._bar.update(self._task, completed=max(self._files - 1, 0), description=words)

    def pause(self) -> None:
        """Take the bar away, so that something else can be written."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        text = TextColumn("{task.description}", markup=False)
        self._bar = Bar(text, BarColumn(), TimeElapsedColumn(), console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("", total=self._total)
        self._bar.start()
