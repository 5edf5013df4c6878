"""One turn in the terminal: the text, the marks under its words, the findings below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TypeAlias

from rich.text import Text as Styled

from cscheck.checker import Report
from cscheck.conversation import Turn
from cscheck.display import Cell, marks, padded, rows, visible, width, wrap
from cscheck.finding import Finding
from cscheck.language import ROLES, SEVERITIES, Text, say, term
from cscheck.reporters.context import Context

Line: TypeAlias = str | Styled
_EXCUSES = {
    "guard": Text("守卫：", "guard: "),
    "need": Text("不满足条件：", "need not met: "),
    "exempt": Text("放行词：", "exempt: "),
    "model": Text("模型不认：", "doubted by the model of "),
}
STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}
_LEAST_COLUMNS = 20
_BEGINS = 10
_SPEAKERS = ("agent", "customer")
# Below this, what is said of a turn starts at the margin rather than under its words.
_ROOM = 40
# Seconds from the start of a conversation; more are seconds since 1970.
_LONGEST = 360_000
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")


def turn_lines(report: Report, index: int, context: Context) -> Iterator[Line]:
    """Give the lines of one turn."""
    turn = report.conversation.turns[index]
    findings = [finding for finding in report.findings if finding.turn == index and finding.start is not None]
    head = f"  {padded(term(ROLES, turn.role), max(width(str(ROLES[name])) for name in _SPEAKERS))}  "
    time = visible(_time(turn))
    if time:
        head += f"{time}  "
    indent = width(head)
    columns = max(context.width - indent, _LEAST_COLUMNS)
    label = Styled().append(head, style="bold cyan" if turn.role == "agent" else "dim")
    for number, row in enumerate(rows(turn.text, columns)):
        line = label if number == 0 else Styled(" " * indent)
        text = _coloured(line.copy(), row, findings)
        text.rstrip()
        yield text
        if under := _marks(row, findings, indent):
            yield under
    if context.acts:
        yield from _heard(report, index, indent, context)
    yield from _excused(report, index, indent, context)
    for finding in findings:
        yield from finding_lines(finding, indent if columns >= _ROOM else 4, context)


def _excused(report: Report, index: int, indent: int, context: Context) -> Iterator[Line]:
    """Say what was nearly found and what let it pass."""
    for item in report.excused:
        if item.turn == index:
            kind = str(_EXCUSES[item.why])
            text = say("放过", "let pass") + f"  “{visible(item.text)}”  {kind}{visible(item.by)}  {item.rule}"
            yield from indented(text, indent, context.width, style="dim", hang=6)


def finding_lines(finding: Finding, indent: int, context: Context, said: str = "") -> Iterator[Line]:
    """Give what is wrong, by which rule, what to say instead, and what it rests on."""
    severity = finding.severity.value
    label = term(SEVERITIES, severity)
    hang = width(label) + 2
    text = f"{label}  {visible(finding.message)}{_at(finding, context, said)}  {finding.rule}"
    for number, line in enumerate(indented(text, indent, context.width, hang=hang)):
        if number == 0:
            line.stylize(STYLES[severity], indent, indent + len(label))
        if line.plain.endswith(finding.rule):
            line.stylize("dim", len(line.plain) - len(finding.rule))
        yield line
    if finding.suggestions:
        words = say("；", "; ").join(visible(item) for item in finding.suggestions)
        yield from indented(say("建议：", "Say: ") + words, indent + hang, context.width, style="green", hang=6)
    if finding.basis:
        words = say("依据：", "Basis: ") + say("、", ", ").join(visible(item) for item in finding.basis)
        yield from indented(words, indent + hang, context.width, style="dim", hang=6)


def indented(text: str, indent: int, columns: int, *, style: str = "", hang: int = 0) -> Iterator[Styled]:
    """Break a text into lines that start at ``indent``, those after the first ``hang`` columns further in."""
    first, *rest = wrap(text, max(columns - indent, _LEAST_COLUMNS))
    yield Styled(" " * indent + first, style=style)
    if rest:
        tail = text[len(first) :].lstrip()
        for line in wrap(tail, max(columns - indent - hang, _LEAST_COLUMNS)):
            yield Styled(" " * (indent + hang) + line, style=style)


def _at(finding: Finding, context: Context, said: str) -> str:
    """Name the turn of what is missing, and how it begins; a draft is one turn."""
    if finding.start is not None or finding.turn is None or context.draft:
        return ""
    number, begins = finding.turn + 1, visible(said[:_BEGINS]) + ("…" if len(said) > _BEGINS else "")
    return say(f"（第 {number} 句“{begins}”）", f" (turn {number} “{begins}”)")


def _coloured(line: Styled, row: list[Cell], findings: list[Finding]) -> Styled:
    for severity, run in _runs(row, findings):
        line.append("".join(cell.text for cell in run), style=STYLES[severity] if severity else "")
    return line


def _marks(row: list[Cell], findings: list[Finding], indent: int) -> Styled | None:
    spans = [(f.start, f.end) for f in findings if f.start is not None and f.end is not None]
    signs = marks(row, spans)
    if not signs:
        return None
    line = Styled(" " * indent)
    place = 0
    for severity, run in _runs(row, findings):
        broad = sum(cell.width for cell in run)
        line.append(signs[place : place + broad], style=STYLES[severity] if severity else "")
        place += broad
    line.rstrip()
    return line


def _runs(row: list[Cell], findings: list[Finding]) -> Iterator[tuple[str, list[Cell]]]:
    """Cut a row where the severity changes."""
    for severity, run in groupby(row, key=lambda cell: _severity_at(cell.place, findings)):
        yield severity, list(run)


def _severity_at(place: int, findings: list[Finding]) -> str:
    here = [f.severity for f in findings if f.start is not None and f.end is not None and f.start <= place < f.end]
    return max(here, key=lambda severity: severity.rank).value if here else ""


def _heard(report: Report, index: int, indent: int, context: Context) -> Iterator[Line]:
    turn = report.conversation.turns[index]
    heard = [act for act in report.acts if act.turn == index]
    if heard:
        labels = [
            f"{context.act_titles.get(act.act, act.act)}“{visible(turn.text[act.start : act.end])}”" for act in heard
        ]
        yield from indented("‹" + " · ".join(labels) + "›", indent, context.width, style="dim", hang=1)


def _time(turn: Turn) -> str:
    """Give the time of day of a turn as the source wrote it, or the minutes since the start."""
    if turn.stamp and (clock := _CLOCK.search(turn.stamp)):
        return clock[0]
    if turn.time is not None and 0 <= turn.time < _LONGEST:
        minutes, seconds = divmod(int(turn.time), 60)
        return f"{minutes:02d}:{seconds:02d}"
    return (turn.stamp or "")[:19]
