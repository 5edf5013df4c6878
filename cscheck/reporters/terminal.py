"""``--format terminal``: each conversation's turns with the findings marked under the words, then totals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text as Styled

from cscheck.checker import Report
from cscheck.display import visible
from cscheck.errors import SourceError
from cscheck.language import CHANNELS, DUE, SCENES, say, term
from cscheck.reporters.context import Context, Item
from cscheck.reporters.terminal_console import console_of, printed
from cscheck.reporters.terminal_score import score_table, score_text
from cscheck.reporters.terminal_totals import Totals
from cscheck.reporters.terminal_turns import Line, finding_lines, indented, turn_lines


def render(items: Iterable[Item], context: Context) -> Iterator[str]:
    """Give each conversation as it comes in, and the totals."""
    console = console_of(context)
    totals = Totals()
    for item in items:
        if not isinstance(item, Report):
            totals.errors += isinstance(item, SourceError)
            continue
        totals.add(item)
        if not context.quiet and (
            context.draft or item.findings or item.excused or context.show == "all" or context.explain
        ):
            yield printed(console, _conversation(item, context))
    yield printed(console, totals.lines(context))


def _conversation(report: Report, context: Context) -> Iterator[Line]:
    yield _header(report, context)
    if not report.conversation.turns:
        return
    shown = _shown(report, context)
    last = -1
    for index in shown:
        if last >= 0 and index > last + 1:
            yield Styled("    ⋮", style="dim")
        yield from turn_lines(report, index, context)
        last = index
    missing = [finding for finding in report.findings if finding.start is None]
    if missing:
        yield Styled("  " + say("整段对话", "Whole conversation"), style="bold")
        for finding in missing:
            said = report.conversation.turns[finding.turn].text if finding.turn is not None else ""
            yield from finding_lines(finding, 4, context, said)
    if report.owed:
        yield from _owed(report, context)
    if context.explain:
        yield from score_table(report, context)
    if not context.draft:
        yield ""


def _header(report: Report, context: Context) -> Styled:
    about = report.conversation
    if context.draft:
        return Styled(say("待发回复", "Draft reply"), style="bold")
    header = Styled(visible(about.id) or say("（无编号）", "(no id)"), style="bold")
    details = [visible(about.path)] if about.path and about.path != about.id else []
    if about.channel:
        details.append(term(CHANNELS, about.channel))
    details.append(term(SCENES, report.scene))
    if not about.complete:
        details.append(say("未结束", "unfinished"))
    header.append("  ").append_text(score_text(report.score))
    return header.append("  " + " · ".join(details), style="not bold dim")


def _shown(report: Report, context: Context) -> list[int]:
    count = len(report.conversation.turns)
    if context.draft:
        return [count - 1]
    if context.show == "all":
        return list(range(count))
    excused = {item.turn for item in report.excused}
    hit = excused | {
        finding.turn for finding in report.findings if finding.turn is not None and finding.start is not None
    }
    return sorted(hit | {turn - 1 for turn in hit if turn > 0})


def _owed(report: Report, context: Context) -> Iterator[Line]:
    yield Styled("  " + say("还应说到", "Still owed"), style="bold")
    for item in report.owed:
        due = term(DUE, item.by)
        text = f"· {visible(item.message)}" + (say(f"（{due}）", f" ({due})") if due else "")
        yield from indented(text, 4, context.width, hang=2)
        if item.suggestions:
            words = visible(item.suggestions[0])
            yield from indented(say(f"可以说：{words}", f"e.g. {words}"), 6, context.width, style="green", hang=2)
