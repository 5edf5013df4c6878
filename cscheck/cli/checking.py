"""What ``check`` does to each conversation, here or in a worker process: a report, and of it a piece of the output."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from cscheck.checker import Checker, Report
from cscheck.conversation import Conversation
from cscheck.finding import Finding, Severity
from cscheck.parallel import Each
from cscheck.reporters import reporter
from cscheck.reporters.context import Context, Piece


class Checked(NamedTuple):
    """What a conversation comes to: something to show, and what the run has to know of it.

    ``used`` are the places of the settings' suppressions that left something out, ``found`` what goes into a baseline.
    """

    item: Report | Piece
    worst: Severity | None = None
    used: tuple[int, ...] = ()
    found: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Checking:
    """How to check a conversation. Pickled, it leaves the checker behind; then ``load`` gives another.

    ``shows`` is False where a report has to go through more before it can be shown: what a baseline knows is counted
    over the whole run.
    """

    load: Callable[[], Checker]
    checker: Checker | None
    format: str
    context: Context = field(default_factory=Context)
    is_updating: bool = False
    shows: bool = True

    def __call__(self) -> Each[Checked]:
        """Get ready."""
        checker = self.checker or self.load()
        context = self.context
        places = {id(item): place for place, item in enumerate(checker.config.suppress)}
        show = reporter(self.format).piece if self.shows else None

        def each(conversation: Conversation) -> Checked:
            report = checker.check(conversation, acts=context.acts, excused=context.excused, explain=context.explain)
            used = tuple({places[id(item.by)] for item in report.suppressed}) if report.suppressed else ()
            found: tuple[Finding, ...] = ()
            if self.is_updating:
                found = report.findings
                report = replace(report, findings=(), known=len(found))
            return Checked(show(report, context) if show else report, worst(report.findings), used, found)

        return each

    def __reduce__(self) -> tuple[Any, ...]:
        return Checking, (self.load, None, self.format, self.context, self.is_updating, self.shows)


def worst(findings: tuple[Finding, ...]) -> Severity | None:
    """Give the severity of the heaviest finding."""
    return max((finding.severity for finding in findings), key=lambda severity: severity.rank, default=None)
