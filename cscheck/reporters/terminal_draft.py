"""``--format terminal`` of ``cscheck draft``: the reply alone, marked, and what is still owed after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cscheck.checker import Report
from cscheck.language import say
from cscheck.reporters.context import Context, Item
from cscheck.reporters.terminal_lines import Line, Styled, printed
from cscheck.reporters.terminal_turns import missing_lines, owed_lines, turn_lines


def render(items: Iterable[Item], context: Context) -> Iterator[str]:
    """Give the reply."""
    for item in items:
        if isinstance(item, Report):
            yield printed(_reply(item, context), context)


def _reply(report: Report, context: Context) -> Iterator[Line]:
    yield Styled(say("待发回复", "Draft reply"), "bold")
    yield from turn_lines(report, len(report.conversation.turns) - 1, context)
    yield from missing_lines(report, context, name_turns=False)
    yield from owed_lines(report, context)
    if not report.findings:
        yield Styled(say("没有发现问题", "Nothing found"), "green")
