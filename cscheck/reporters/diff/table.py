"""``--format table``: what differs, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cscheck.diff import SHIFTS, Change, Counts, Diff, RuleChanges
from cscheck.display import marks, padded, rows, visible, width
from cscheck.errors import SourceError
from cscheck.language import CATEGORIES, ROLES, SEVERITIES, Text, count, say, term
from cscheck.pack import PackInfo
from cscheck.reporters.context import Context
from cscheck.reporters.terminal_lines import Line, Styled, broken, indented, printed
from cscheck.reporters.terminal_table import table

_KINDS = {"rules": Text("规则", "rules"), "acts": Text("行为", "acts"), "sets": Text("词集", "word sets")}


def render(diff: Diff, errors: Sequence[SourceError], context: Context) -> Iterator[str]:
    """Give the tables."""
    yield printed(_lines(diff, context), context)


def _lines(diff: Diff, context: Context) -> Iterator[Line]:
    yield from indented(say("旧：", "old: ") + _packs(diff.old), 0, context.width, hang=4)
    yield from indented(say("新：", "new: ") + _packs(diff.new), 0, context.width, hang=4)
    for name, changes in (("rules", diff.rules), ("acts", diff.acts), ("sets", diff.sets)):
        yield from _changed(str(_KINDS[name]), changes, context)
    yield ""
    talks = count(diff.conversations, "段对话", "conversation")
    if diff.is_empty:
        yield Styled(say(f"{talks}的结果完全相同", f"{talks}: the same results"), style="green")
        return
    appeared = sum(one.appears for one in diff.changes)
    vanished = len(diff.changes) - appeared
    yield Styled(
        say(
            f"{talks}：新出现 {appeared} 处，消失 {vanished} 处，改了级别 {diff.regraded} 处",
            f"{talks}: {appeared} appear, {vanished} vanish, {diff.regraded} of another severity",
        ),
        style="bold",
    )
    yield from _counts(say("规则", "rule"), diff.by_rule, {}, context)
    yield from _counts(say("类别", "category"), diff.by_category, CATEGORIES, context)
    yield from _scores(diff, context)
    yield from _examples(diff.examples, context)


def _packs(packs: tuple[PackInfo, ...]) -> str:
    return say("、", ", ").join(f"{pack.id} {pack.version}" for pack in packs)


def _changed(title: str, changes: RuleChanges, context: Context) -> Iterator[Line]:
    rows = [
        *((say("增加", "added"), name, "") for name in changes.added),
        *((say("删除", "removed"), name, "") for name in changes.removed),
        *((say("改动", "changed"), name, say("、", ", ").join(fields)) for name, fields in changes.changed.items()),
    ]
    if rows:
        yield ""
        yield Styled(title, style="bold")
        yield from (
            line
            for label, name, fields in rows
            for line in indented(f"{label}  {name}" + (f"  {fields}" if fields else ""), 2, context.width, hang=6)
        )


def _counts(title: str, counts: Counts, names: dict[str, Text], context: Context) -> Iterator[Line]:
    if counts.names:
        header = [title, say("新出现", "appear"), say("消失", "vanish")]
        cells = [
            [term(names, name), str(counts.appeared.get(name, 0)), str(counts.vanished.get(name, 0))]
            for name in counts.names
        ]
        yield ""
        yield from table(header, cells, context.width)


def _scores(diff: Diff, context: Context) -> Iterator[Line]:
    if diff.mean_old is None or diff.mean_new is None or not diff.shifts:
        return
    moved = diff.mean_new - diff.mean_old
    yield ""
    yield say(
        f"平均得分 {diff.mean_old:.1f} → {diff.mean_new:.1f}（{moved:+.1f}），{len(diff.shifts)} 段的得分变了",
        f"mean score {diff.mean_old:.1f} → {diff.mean_new:.1f} ({moved:+.1f}), {len(diff.shifts)} changed",
    )
    header = [say("变化最大的对话", "largest shifts"), say("旧", "old"), say("新", "new")]
    cells = [[one.conversation, _score(one.old), _score(one.new)] for one in diff.shifts[:SHIFTS]]
    yield from table(header, cells, context.width)


def _score(value: float | None) -> str:
    return "—" if value is None else f"{value:g}"


def _examples(examples: Sequence[Change], context: Context) -> Iterator[Line]:
    if examples:
        yield ""
        yield Styled(say("例子", "Examples"), style="bold")
    for change in examples:
        finding = change.finding
        sign, style = ("+", "yellow") if change.appears else ("−", "green")
        flip = ""
        if change.flips:
            flip = (
                say("（原本没有问题）", " (clean before)") if change.appears else say("（不再有问题）", " (now clean)")
            )
        head = f"{term(SEVERITIES, finding.severity.value)}  {visible(finding.message)}  {finding.rule}{flip}"
        for number, line in enumerate(broken(head, 4, context.width, hang=2)):
            yield Styled(line if number else f"  {sign}{line[3:]}", style)
        where = say(f"第 {finding.turn + 1} 句", f"turn {finding.turn + 1}") if finding.turn is not None else ""
        yield Styled("    " + visible(f"{finding.conversation}  {where}").rstrip(), style="dim")
        yield from _turn(change, style, context)


def _turn(change: Change, style: str, context: Context) -> Iterator[Line]:
    if change.turn is None:
        return
    finding = change.finding
    places = [] if finding.start is None or finding.end is None else [(finding.start, finding.end)]
    label = "    " + padded(term(ROLES, change.turn.role), width(str(ROLES["agent"]))) + "  "
    for number, row in enumerate(rows(change.turn.text, max(context.width - width(label), 20))):
        head = label if number == 0 else " " * width(label)
        yield Styled(head + "".join(cell.text for cell in row).rstrip())
        if under := marks(row, places):
            yield Styled(" " * width(label) + under, style=style)
