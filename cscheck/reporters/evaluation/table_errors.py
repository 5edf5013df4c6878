"""Disagreements in the terminal: the words, marked as ``check`` marks them, and what label and tool say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cscheck.conversation import Span, Turn
from cscheck.display import marks, padded, rows, visible, width
from cscheck.evaluation.agreement import Difference
from cscheck.evaluation.compare import Outcome
from cscheck.evaluation.item import Item
from cscheck.language import ROLES, say, term
from cscheck.reporters.context import Context
from cscheck.reporters.evaluation.words import KINDS, before, shown_turn, spans, spans_of, title, where
from cscheck.reporters.terminal_lines import Line, Styled, indented

_STYLES = {"false": "yellow", "missed": "bold red"}
_INDENT = 4


def disagreements(found: Sequence[Outcome], context: Context) -> Iterator[Line]:
    """Give every false and missed one."""
    yield ""
    yield Styled(say(f"不一致的 {len(found)} 处", f"{len(found)} disagreements"), style="bold")
    for one in found:
        yield from _heading(str(KINDS[one.kind]), title(one.group, one.category, context), one.item, one.turn, one.kind)
        yield from _words(one.item, shown_turn(one), spans(one), _STYLES[one.kind], context)
        for rule, message in dict.fromkeys((hit.rule, hit.message) for hit in one.found if hit.rule):
            yield from indented(f"{rule}  {visible(message)}", _INDENT, context.width, style="dim")
        yield from _note(one.item.note, "", context)


def differences(found: Sequence[Difference], context: Context) -> Iterator[Line]:
    """Give every category that one reviewer marked alone."""
    yield ""
    yield Styled(
        say(f"两位标注者不一致的 {len(found)} 处", f"{len(found)} disagreements between reviewers"), style="bold"
    )
    for one in found:
        item = one.first if one.by_first else one.second
        label = say("只有标注者 1", "only reviewer 1") if one.by_first else say("只有标注者 2", "only reviewer 2")
        for turn in sorted({mark.turn for mark in one.marks}, key=lambda turn: -1 if turn is None else turn):
            here = tuple(mark for mark in one.marks if mark.turn == turn)
            yield from _heading(label, title(one.group, one.category, context), item, turn, "false")
            yield from _words(item, turn, spans_of(here), "yellow", context)
        yield from _note(one.first.note, "1", context)
        yield from _note(one.second.note, "2", context)


def _heading(label: str, category: str, item: Item, turn: int | None, kind: str) -> Iterator[Line]:
    line = Styled("  ").append(label, style=_STYLES[kind]).append(f"  {category}  ")
    yield line.append(visible(where(item, turn)), style="dim")


def _words(item: Item, turn: int | None, marked: Iterable[Span], style: str, context: Context) -> Iterator[Line]:
    if turn is None:
        return
    places = [(span.start, span.end) for span in marked]
    earlier = before(item, turn)
    if earlier is not None:
        yield from _turn(earlier, [], "", context)
    yield from _turn(item.conversation.turns[turn], places, style, context)


def _turn(turn: Turn, places: list[tuple[int, int]], style: str, context: Context) -> Iterator[Line]:
    label = padded(term(ROLES, turn.role), max(width(str(ROLES[name])) for name in ("agent", "customer"))) + "  "
    indent = _INDENT + width(label)
    for number, row in enumerate(rows(turn.text, max(context.width - indent, 20))):
        text = "".join(cell.text for cell in row).rstrip()
        head = " " * _INDENT + label if number == 0 else " " * indent
        yield Styled(head + text, style="" if style else "dim")
        if under := marks(row, places):
            yield Styled(" " * indent + under, style=style)


def _note(note: str, reviewer: str, context: Context) -> Iterator[Line]:
    if note:
        label = say(f"标注者 {reviewer}：", f"reviewer {reviewer}: ") if reviewer else say("标注：", "label: ")
        yield from indented(label + visible(note), _INDENT, context.width, style="dim", hang=2)
