"""A run of ``check``: files in, items for the reporter out, and what the exit code has to know."""

from __future__ import annotations

import contextlib
import glob
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from cscheck import baseline
from cscheck.checker import Checker, Report
from cscheck.cli.checking import Checked, Checking, worst
from cscheck.cli.exits import Exit
from cscheck.cli.output import tell
from cscheck.cli.progress import Progress
from cscheck.errors import RuleFileError, SourceError
from cscheck.finding import Finding, Severity
from cscheck.language import say
from cscheck.parallel import spread
from cscheck.reporters.context import Item, Notice, Piece
from cscheck.settings import Suppression
from cscheck.sources import SUFFIXES, FileInfo, ReadOptions
from cscheck.sources.walk import walk


class Amount(NamedTuple):
    """How much there is to read."""

    files: int
    size: int


@dataclass(slots=True)
class Run:
    """One pass over the transcripts; counts as it goes. ``jobs`` processes check, ``size`` is of what they read."""

    checker: Checker
    checking: Checking
    options: ReadOptions
    broken_packs: tuple[RuleFileError, ...] = ()
    verbose: bool = False
    known: baseline.Baseline | None = None
    tells_problems: bool = True
    jobs: int = 1
    size: int = 0
    worst: Severity | None = None
    errors: int = 0
    conversations: int = 0
    found: list[Finding] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    def items(self, paths: Sequence[str], progress: Progress) -> Generator[Item, None, None]:
        """Give what there is to show in the order of the transcripts, with errors and notices where they come up."""
        for item in self._everything(paths, progress):
            if isinstance(item, SourceError):
                self.errors += 1
            if isinstance(item, SourceError | Notice) and self.tells_problems:
                progress.pause()
                tell(str(item) if isinstance(item, SourceError) else item.message)
            yield item

    def exit_code(self, fail_on: str) -> Exit:
        """Give the exit code after the run."""
        if self.errors:
            return Exit.FAILED
        if fail_on != "never" and self.worst is not None and self.worst >= Severity(fail_on):
            return Exit.FINDINGS
        return Exit.CLEAN

    def _everything(self, paths: Sequence[str], progress: Progress) -> Iterator[Item]:
        for problem in self.broken_packs:
            yield SourceError(problem.message, problem.place, source_line=problem.source_line, allowed=problem.allowed)
        for expired in self.checker.expired:
            yield Notice(_expired(expired))
        expanded: list[str] = []
        for path in paths:
            matches = expand(path)
            if not matches:
                yield SourceError(say(f"没有与“{path}”相符的文件。", f"nothing matches '{path}'."))
            expanded += matches
        for event in spread(expanded, self.options, self.checking, self.jobs, size=self.size):
            if isinstance(event, FileInfo):
                self._opened(event, progress)
            elif isinstance(event, SourceError):
                yield event
            else:
                yield self._counted(event)
                progress.conversation()
        if not self.conversations and not self.errors:
            yield SourceError(say("没有读到任何对话。", "no conversation was read."))
        if self.verbose:
            yield from self._unused()

    def _counted(self, checked: Checked) -> Report | Piece:
        """Take note of what was checked, and leave out what is known."""
        self.conversations += 1
        self.used.update(checked.used)
        self.found += checked.found
        item, heaviest = checked.item, checked.worst
        if self.known is not None and isinstance(item, Report):
            new = self.known.new(item.findings)
            item, heaviest = replace(item, findings=new, known=len(item.findings) - len(new)), worst(new)
        if heaviest is not None and (self.worst is None or heaviest >= self.worst):
            self.worst = heaviest
        return item

    def _opened(self, info: FileInfo, progress: Progress) -> None:
        progress.file()
        if self.verbose:
            progress.pause()
            encoding = info.encoding or say("二进制", "binary")
            tell(
                say(
                    f"{info.path}：格式 {info.format}，编码 {encoding}",
                    f"{info.path}: format {info.format}, encoding {encoding}",
                )
            )

    def _unused(self) -> Iterator[Notice]:
        for place, item in enumerate(self.checker.config.suppress):
            if place not in self.used and item not in self.checker.expired:
                yield Notice(
                    say(f"{_where(item)}这条屏蔽没有用上：{item.reason}", f"{_where(item)}never matched: {item.reason}")
                )


def expand(path: str) -> list[str]:
    """Give what a glob matches, in order; anything else stands for itself."""
    if path == "-" or Path(path).exists() or not glob.has_magic(path):
        return [path]
    return sorted(glob.glob(path, recursive=True))  # noqa: PTH207


def amount(paths: Sequence[str], exclude: tuple[str, ...]) -> Amount:
    """Give how many files there are to read, and how long they are together; standard input counts as an empty one."""
    files = size = 0
    for path in (found for given in paths for found in expand(given)):
        folder = Path(path)
        is_folder = path != "-" and folder.is_dir()
        for file in walk(folder, SUFFIXES, exclude) if is_folder else (folder,):
            files += 1
            if path != "-" and isinstance(file, Path) and file.is_file():
                with contextlib.suppress(OSError):
                    size += file.stat().st_size
    return Amount(files, size)


def count_files(paths: Sequence[str], exclude: tuple[str, ...]) -> int | None:
    """Give how many files there are to read; None where that would tell nothing."""
    files = amount(paths, exclude).files
    return files if files > 1 else None


def _expired(item: Suppression) -> str:
    return say(
        f"{_where(item)}这条屏蔽已于 {item.until} 到期，不再生效：{item.reason}",
        f"{_where(item)}expired on {item.until} and is not applied: {item.reason}",
    )


def _where(item: Suppression) -> str:
    return f"{item.origin}: " if item.origin else ""
