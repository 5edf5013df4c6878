"""One turn in the terminal: the text, the marks under its words, the findings below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from cscheck.checker import Report
from cscheck.conversation import Turn
from cscheck.display import Cell, marks, padded, rows, visible, width
from cscheck.finding import Finding
from cscheck.language import DUE, ROLES, SEVERITIES, Text, say, term
from cscheck.reporters.context import Context
from cscheck.reporters.terminal_lines import Line, Styled, broken, indented

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
    for number, row in enumerate(rows(turn.text, columns)):
        line = Styled(" " * indent) if number else Styled(head, "bold cyan" if turn.role == "agent" else "dim")
        yield _coloured(line, row, findings).rstrip()
        if under := _marks(row, findings, indent):
            yield under
    if context.acts:
        yield from _heard(report, index, indent, context)
    yield from _excused(report, index, indent, context)
    for finding in findings:
        yield from _finding(finding, indent if columns >= _ROOM else 4, context)


def _excused(report: Report, index: int, indent: int, context: Context) -> Iterator[Line]:
    """Say what was nearly found and what let it pass."""
    for item in report.excused:
        if item.turn == index:
            kind = str(_EXCUSES[item.why])
            text = say("放过", "let pass") + f"  “{visible(item.text)}”  {kind}{visible(item.by)}  {item.rule}"
            yield from indented(text, indent, context.width, style="dim", hang=6)


def missing_lines(report: Report, context: Context, *, name_turns: bool = True) -> Iterator[Line]:
    """Give the findings of what is missing; ``name_turns`` tells which turn it was missed in."""
    missing = [finding for finding in report.findings if finding.start is None]
    if missing:
        yield Styled("  " + say("整段对话", "Whole conversation"), "bold")
    for finding in missing:
        at = _at(finding.turn, report) if name_turns and finding.turn is not None else ""
        yield from _finding(finding, 4, context, at)


def _finding(finding: Finding, indent: int, context: Context, at: str = "") -> Iterator[Line]:
    """Give what is wrong, by which rule, what to say instead, and what it rests on."""
    severity = finding.severity.value
    label = term(SEVERITIES, severity)
    hang = width(label) + 2
    text = f"{label}  {visible(finding.message)}{at}  {finding.rule}"
    for number, line in enumerate(broken(text, indent, context.width, hang=hang)):
        styled = Styled() if number else Styled(" " * indent).append(label, STYLES[severity])
        words = line if number else line[indent + len(label) :]
        others = words.removesuffix(finding.rule)
        yield styled.append(others).append(words[len(others) :], "dim")
    if finding.suggestions:
        words = say("；", "; ").join(visible(item) for item in finding.suggestions)
        yield from indented(say("建议：", "Say: ") + words, indent + hang, context.width, style="green", hang=6)
    if finding.basis:
        words = say("依据：", "Basis: ") + say("、", ", ").join(visible(item) for item in finding.basis)
        yield from indented(words, indent + hang, context.width, style="dim", hang=6)


def owed_lines(report: Report, context: Context) -> Iterator[Line]:
    """Give what is still to be said, by when, and an example of it."""
    if report.owed:
        yield Styled("  " + say("还应说到", "Still owed"), "bold")
    for item in report.owed:
        due = term(DUE, item.by)
        text = f"· {visible(item.message)}" + (say(f"（{due}）", f" ({due})") if due else "")
        yield from indented(text, 4, context.width, hang=2)
        if item.suggestions:
            words = visible(item.suggestions[0])
            yield from indented(say(f"可以说：{words}", f"e.g. {words}"), 6, context.width, style="green", hang=2)


def _at(index: int, report: Report) -> str:
    """Name a turn, and how it begins."""
    said = report.conversation.turns[index].text
    begins = visible(said[:_BEGINS]) + ("…" if len(said) > _BEGINS else "")
    return say(f"（第 {index + 1} 句“{begins}”）", f" (turn {index + 1} “{begins}”)")


def _coloured(line: Styled, row: list[Cell], findings: list[Finding]) -> Styled:
    for severity, run in _runs(row, findings):
        line.append("".join(cell.text for cell in run), STYLES[severity] if severity else "")
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
        line.append(signs[place : place + broad], STYLES[severity] if severity else "")
        place += broad
    return line.rstrip()


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
