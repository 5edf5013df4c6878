"""``--format terminal``: each conversation's turns with the findings marked under the words, then totals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cscheck.checker import Report
from cscheck.display import visible
from cscheck.errors import SourceError
from cscheck.language import CHANNELS, SCENES, say, term
from cscheck.reporters.context import Context, Item, Piece
from cscheck.reporters.terminal_lines import Line, Styled, printed
from cscheck.reporters.terminal_score import score_table, score_text
from cscheck.reporters.terminal_totals import Totals, facts_of
from cscheck.reporters.terminal_turns import missing_lines, owed_lines, turn_lines


def piece(report: Report, context: Context) -> Piece:
    """Give a conversation, where it is to be shown, and what the totals count of it."""
    is_shown = report.findings or report.excused or context.show == "all" or context.explain
    text = printed(_conversation(report, context), context) if is_shown and not context.quiet else ""
    return Piece((text,), facts_of(report))


def render(items: Iterable[Item], context: Context) -> Iterator[str]:
    """Give each conversation as it comes in, and the totals."""
    totals = Totals()
    for item in items:
        made = piece(item, context) if isinstance(item, Report) else item
        if isinstance(made, Piece):
            totals.add(made.facts)
            if made.texts[0]:
                yield made.texts[0]
        totals.errors += isinstance(made, SourceError)
    yield printed(totals.lines(context), context)


def _conversation(report: Report, context: Context) -> Iterator[Line]:
    yield _header(report)
    if not report.conversation.turns:
        return
    shown = _shown(report, context)
    last = -1
    for index in shown:
        if last >= 0 and index > last + 1:
            yield Styled("    ⋮", style="dim")
        yield from turn_lines(report, index, context)
        last = index
    yield from missing_lines(report, context)
    yield from owed_lines(report, context)
    if context.explain:
        yield from score_table(report)
    yield ""


def _header(report: Report) -> Styled:
    about = report.conversation
    name = visible(about.id) or say("（无编号）", "(no id)")
    details = [visible(about.path)] if about.path and about.path != about.id else []
    if about.channel:
        details.append(term(CHANNELS, about.channel))
    details.append(term(SCENES, report.scene))
    if not about.complete:
        details.append(say("未结束", "unfinished"))
    return Styled(f"{name}  ", "bold").append(*score_text(report.score)).append("  " + " · ".join(details), "dim")


def _shown(report: Report, context: Context) -> list[int]:
    count = len(report.conversation.turns)
    if context.show == "all":
        return list(range(count))
    excused = {item.turn for item in report.excused}
    hit = excused | {
        finding.turn for finding in report.findings if finding.turn is not None and finding.start is not None
    }
    return sorted(hit | {turn - 1 for turn in hit if turn > 0})
