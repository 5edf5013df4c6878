"""A run of ``check``: files in, items for the reporter out, and what the exit code has to know."""

from __future__ import annotations

import glob
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from cscheck import baseline
from cscheck.checker import Checker, Report
from cscheck.cli.exits import Exit
from cscheck.cli.output import tell
from cscheck.cli.progress import Progress
from cscheck.errors import RuleFileError, SourceError
from cscheck.finding import Finding, Severity
from cscheck.language import say
from cscheck.reporters.context import Item, Notice
from cscheck.settings import Suppression
from cscheck.sources import SUFFIXES, FileInfo, ReadOptions, read
from cscheck.sources.walk import walk


@dataclass(slots=True)
class Run:
    """One pass over the transcripts; counts as it goes."""

    checker: Checker
    options: ReadOptions
    broken_packs: tuple[RuleFileError, ...] = ()
    acts: bool = False
    excused: bool = False
    is_draft: bool = False
    verbose: bool = False
    known: baseline.Baseline | None = None
    is_updating: bool = False
    tells_problems: bool = True
    worst: Severity | None = None
    errors: int = 0
    conversations: int = 0
    found: list[Finding] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    def items(self, paths: Sequence[str], progress: Progress) -> Iterator[Item]:
        """Give reports in the order of the transcripts, with errors and notices where they come up."""
        for item in self._everything(paths, progress):
            if isinstance(item, SourceError):
                self.errors += 1
            if not isinstance(item, Report) and self.tells_problems:
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
        for item in read(expanded, self.options, self._on_open(progress)):
            if isinstance(item, SourceError):
                yield item
                continue
            self.conversations += 1
            yield self.count(self.checker.check(item, acts=self.acts, excused=self.excused))
            progress.conversation()
        if not self.conversations and not self.errors:
            yield SourceError(say("没有读到任何对话。", "no conversation was read."))
        if self.verbose:
            yield from self._unused()

    def count(self, report: Report) -> Report:
        """Take note of a report, and leave out what is known."""
        self.used |= {id(item.by) for item in report.suppressed}
        if self.is_updating:
            self.found += report.findings
            return replace(report, findings=(), known=len(report.findings))
        if self.known is not None:
            new = self.known.new(report.findings)
            report = replace(report, findings=new, known=len(report.findings) - len(new))
        for finding in report.findings:
            # Before sending, what was only learned warns and never blocks.
            if finding.is_learned and self.is_draft:
                continue
            if self.worst is None or finding.severity >= self.worst:
                self.worst = finding.severity
        return report

    def _on_open(self, progress: Progress):  # type: ignore[no-untyped-def]  # noqa: ANN202
        def told(info: FileInfo) -> None:
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

        return told

    def _unused(self) -> Iterator[Notice]:
        for item in self.checker.config.suppress:
            if id(item) not in self.used and item not in self.checker.expired:
                yield Notice(
                    say(f"{_where(item)}这条屏蔽没有用上：{item.reason}", f"{_where(item)}never matched: {item.reason}")
                )


def expand(path: str) -> list[str]:
    """Give what a glob matches, in order; anything else stands for itself."""
    if path == "-" or Path(path).exists() or not glob.has_magic(path):
        return [path]
    return sorted(glob.glob(path, recursive=True))  # noqa: PTH207


def count_files(paths: Sequence[str], exclude: tuple[str, ...]) -> int | None:
    """Give how many files there are to read; None where that would tell nothing."""
    total = 0
    for path in (found for given in paths for found in expand(given)):
        folder = Path(path)
        total += sum(1 for _ in walk(folder, SUFFIXES, exclude)) if path != "-" and folder.is_dir() else 1
    return total if total > 1 else None


def _expired(item: Suppression) -> str:
    return say(
        f"{_where(item)}这条屏蔽已于 {item.until} 到期，不再生效：{item.reason}",
        f"{_where(item)}expired on {item.until} and is not applied: {item.reason}",
    )


def _where(item: Suppression) -> str:
    return f"{item.origin}: " if item.origin else ""
