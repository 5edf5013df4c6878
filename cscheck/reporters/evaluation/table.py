"""``--format table``: the figures for the terminal; the disagreements where they are asked for."""

from __future__ import annotations

from collections.abc import Iterator

from cscheck.display import padded, visible, width
from cscheck.evaluation.agreement import PAIRS as PAIR_NAMES
from cscheck.evaluation.agreement import Agreement
from cscheck.evaluation.evaluation import Evaluation
from cscheck.evaluation.statistics import Kappa, Tally
from cscheck.evaluation.totals import GroupTotal, Totals
from cscheck.language import count, say
from cscheck.reporters.context import Context
from cscheck.reporters.evaluation.table_errors import differences, disagreements
from cscheck.reporters.evaluation.words import GROUPS, PAIRS, figure, interval, shares, title
from cscheck.reporters.terminal_lines import Line, Styled, indented, printed
from cscheck.reporters.terminal_table import table


def render(evaluation: Evaluation, context: Context) -> Iterator[str]:
    """Give the tables."""
    yield printed(_figures(evaluation, context), context)
    if evaluation.agreement is not None:
        yield printed(_agreement(evaluation.agreement, context), context)
    if context.explain:
        yield printed(disagreements(evaluation.totals.disagreements, context), context)
        if evaluation.agreement is not None:
            yield printed(differences(evaluation.agreement.differences, context), context)


def _figures(evaluation: Evaluation, context: Context) -> Iterator[Line]:
    totals = evaluation.totals
    packs = "、".join(f"{pack.id} {pack.version}" for pack in evaluation.packs)
    utterances = count(totals.items["utterances"], "句话", "utterance")
    conversations = count(totals.items["conversations"], "段对话", "conversation")
    yield say(f"标注了 {utterances}、{conversations}", f"{utterances} and {conversations} labelled")
    yield from indented(say(f"规则包：{packs}", f"packs: {packs}"), 0, context.width, style="dim", hang=4)
    for group in totals.groups:
        yield ""
        yield Styled(str(GROUPS[group.group]), style="bold")
        yield from _group(group, context)
    found = list(shares(totals))
    if found:
        yield ""
        broad = max(width(text) for text, _ in found)
        for text, share in found:
            line = f"{padded(text, broad)}  {share.hits}/{share.total} = {figure(share.value)}"
            whole = f"{line}  {interval(share)}"
            yield whole if width(whole) <= context.width else line
    yield from _rules(totals, context)
    yield from _confusion(totals, context)


def _group(group: GroupTotal, context: Context) -> Iterator[Line]:
    header = [
        say("类别", "category"),
        say("标注", "labelled"),
        say("对", "right"),
        say("误报", "false"),
        say("漏报", "missed"),
        say("精确率", "precision"),
        say("95% 区间", "95 %"),
        say("召回率", "recall"),
        say("95% 区间", "95 %"),
        "F1",
    ]
    rows = [[title(group.group, slug, context), *_tally(row)] for slug, row in group.rows.items()]
    rows.append([say("合计（微平均）", "all (micro)"), *_tally(group.micro)])
    macro = group.macro
    labelled = len(group.labelled)
    rows.append(
        [
            say(f"{labelled} 类平均（宏平均）", f"mean of {labelled} (macro)"),
            "",
            "",
            "",
            "",
            figure(macro["precision"]),
            "",
            figure(macro["recall"]),
            "",
            figure(macro["f1"]),
        ]
    )
    yield from table(header, rows, context.width, optional=((6, 8), (1,), (2,), (3, 4)), bold=(len(rows) - 2,))


def _tally(row: Tally) -> list[str]:
    return [
        str(row.labelled),
        str(row.right),
        str(row.false),
        str(row.missed),
        figure(row.precision.value),
        interval(row.precision),
        figure(row.recall.value),
        interval(row.recall),
        figure(row.f1),
    ]


def _rules(totals: Totals, context: Context) -> Iterator[Line]:
    wrong = sorted((rule for rule in totals.rules if rule.false), key=lambda rule: (-rule.false, rule.rule))
    if not totals.rules:
        return
    yield ""
    yield Styled(say("有误报的规则", "Rules with false findings"), style="bold")
    if wrong:
        header = [
            say("规则", "rule"),
            say("对", "right"),
            say("误报", "false"),
            say("两可", "optional"),
            say("精确率", "precision"),
            say("95% 区间", "95 %"),
        ]
        rows = [
            [
                rule.rule,
                str(rule.right),
                str(rule.false),
                str(rule.neutral),
                figure(rule.precision.value),
                interval(rule.precision),
            ]
            for rule in wrong
        ]
        yield from table(header, rows, context.width, optional=((5,), (3,), (4,)))
    rest = len(totals.rules) - len(wrong)
    yield Styled(
        "  " + say(f"另有 {rest} 条规则有发现而无误报", f"{count(rest, '', 'rule')} with no false findings"),
        style="dim",
    )


def _confusion(totals: Totals, context: Context) -> Iterator[Line]:
    if totals.confusion:
        yield ""
        yield Styled(say("漏掉的，却报成了", "Missed, and found instead"), style="bold")
        header = [say("漏掉", "missed"), say("报成", "found"), say("次数", "times")]
        rows = [
            [title(one.group, one.missed, context), title(one.group, one.found, context), str(one.count)]
            for one in totals.confusion
        ]
        yield from table(header, rows, context.width, left=(0, 1))


def _agreement(found: Agreement, context: Context) -> Iterator[Line]:
    yield ""
    yield Styled(say("两位标注者（Cohen κ）", "Two reviewers (Cohen's kappa)"), style="bold")
    yield from indented(_compared(found), 2, context.width)
    header = [say("类别", "category"), *(str(PAIRS[pair]) for pair in PAIR_NAMES)]
    rows = [
        [title(group, slug, context), *(figure(row[pair].value) for pair in PAIR_NAMES)]
        for (group, slug), row in found.categories.items()
    ]
    rows.append([say("合计", "all"), *(figure(found.pooled[pair].value) for pair in PAIR_NAMES)])
    rows.append([say("答案相同的比例", "equal answers"), *(_equal(found.pooled[pair]) for pair in PAIR_NAMES)])
    yield from table(header, rows, context.width, bold=(len(rows) - 2,))


def _compared(found: Agreement) -> str:
    text = say(f"两份都有的 {found.items} 项", f"{count(found.items, '', 'item')} in both files")
    if found.only_first:
        text += say(f"；只在第一份里 {len(found.only_first)} 项", f"; {len(found.only_first)} only in the first")
    if found.only_second:
        text += say(f"；只在第二份里 {len(found.only_second)} 项", f"; {len(found.only_second)} only in the second")
    if found.unlike:
        names = visible("、".join(found.unlike[:5])) + ("…" if len(found.unlike) > 5 else "")
        text += say(
            f"；编号相同而话不同、没有比较的 {len(found.unlike)} 项（{names}）",
            f"; {len(found.unlike)} left out, their words differ ({names})",
        )
    return text


def _equal(kappa: Kappa) -> str:
    return figure(kappa.agreement.value)
