"""``--format html``: one page for itself, everything in it escaped, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cscheck.evaluation.agreement import PAIRS as PAIR_NAMES
from cscheck.evaluation.agreement import Agreement
from cscheck.evaluation.evaluation import Evaluation
from cscheck.evaluation.statistics import Share, Tally
from cscheck.evaluation.totals import GroupTotal, Totals
from cscheck.language import current, say
from cscheck.reporters.context import Context
from cscheck.reporters.evaluation.html_errors import differences, disagreements
from cscheck.reporters.evaluation.html_parts import POLICY, SCRIPT, STYLE, Row, safe, table
from cscheck.reporters.evaluation.words import GROUPS, PAIRS, figure, interval, shares, title


def render(evaluation: Evaluation, context: Context) -> Iterator[str]:
    """Give the page."""
    totals = evaluation.totals
    name = safe(say("话术质检评测", "Evaluation of cscheck"))
    yield (
        f'<!doctype html>\n<html lang="{"en" if current() == "en" else "zh-CN"}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{safe(POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{name}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{name}</h1>\n"
    )
    yield f"<p>{safe(_about(evaluation))}</p>\n"
    yield from _problems(evaluation)
    for group in totals.groups:
        yield _group(group, context)
    yield _shares(totals)
    yield _rules(totals)
    if totals.confusion:
        yield _confusion(totals, context)
    if evaluation.agreement is not None:
        yield _agreement(evaluation.agreement, context)
    yield from disagreements(totals.disagreements, context)
    if evaluation.agreement is not None:
        yield from differences(evaluation.agreement.differences, context)
    yield f"<script>{SCRIPT}</script>\n</body>\n</html>\n"


def _about(evaluation: Evaluation) -> str:
    items = evaluation.totals.items
    packs = say("、", ", ").join(f"{pack.id} {pack.version}" for pack in evaluation.packs)
    return say(
        f"标注了 {items['utterances']} 句话、{items['conversations']} 段对话；规则包：{packs}。"
        "方括号里是 95% 置信区间（Wilson）。",
        f"{items['utterances']} utterances and {items['conversations']} conversations labelled; packs: {packs}. "
        "In brackets: 95 % confidence intervals (Wilson).",
    )


def _problems(evaluation: Evaluation) -> Iterable[str]:
    if evaluation.errors:
        yield f"<h2>{safe(say('没能读的标注', 'Labels that could not be read'))}</h2>\n<ul>\n"
        for problem in evaluation.errors:
            yield f"<li>{safe(str(problem))}</li>\n"
        yield "</ul>\n"


def _group(group: GroupTotal, context: Context) -> str:
    header = [
        say("类别", "category"),
        say("标注", "labelled"),
        say("对", "right"),
        say("误报", "false"),
        say("漏报", "missed"),
        say("精确率", "precision"),
        say("召回率", "recall"),
        "F1",
    ]
    rows = [Row(_tally(title(group.group, slug, context), row)) for slug, row in group.rows.items()]
    rows.append(Row(_tally(say("合计（微平均）", "all (micro)"), group.micro), is_total=True))
    macro = [figure(group.macro[name]) for name in ("precision", "recall", "f1")]
    mean = say(f"{len(group.labelled)} 类平均（宏平均）", f"mean of {len(group.labelled)} (macro)")
    rows.append(Row([mean, "", "", "", "", *macro], is_total=True))
    return table(str(GROUPS[group.group]), header, rows)


def _tally(name: str, row: Tally) -> Sequence[str]:
    counts = [str(row.labelled), str(row.right), str(row.false), str(row.missed)]
    return [name, *counts, _figure(row.precision), _figure(row.recall), figure(row.f1)]


def _figure(share: Share) -> str:
    return f"{figure(share.value)} {interval(share)}".rstrip()


def _shares(totals: Totals) -> str:
    rows = [Row([text, f"{share.hits}/{share.total}", _figure(share)]) for text, share in shares(totals)]
    return table(say("总体", "Overall"), ["", "", ""], rows) if rows else ""


def _rules(totals: Totals) -> str:
    header = [
        say("规则", "rule"),
        say("对", "right"),
        say("误报", "false"),
        say("两可", "optional"),
        say("精确率", "precision"),
    ]
    ordered = sorted(totals.rules, key=lambda rule: (-rule.false, rule.rule))
    rows = [
        Row([rule.rule, str(rule.right), str(rule.false), str(rule.neutral), _figure(rule.precision)])
        for rule in ordered
    ]
    return table(say("规则", "Rules"), header, rows) if rows else ""


def _confusion(totals: Totals, context: Context) -> str:
    header = [say("漏掉", "missed"), say("报成", "found instead"), say("次数", "times")]
    rows = [
        Row([title(one.group, one.missed, context), title(one.group, one.found, context), str(one.count)])
        for one in totals.confusion
    ]
    return table(say("漏掉的，却报成了", "Missed, and found instead"), header, rows)


def _agreement(found: Agreement, context: Context) -> str:
    header = [say("类别", "category"), *(str(PAIRS[pair]) for pair in PAIR_NAMES)]
    rows = [
        Row([title(group, slug, context), *(figure(row[pair].value) for pair in PAIR_NAMES)])
        for (group, slug), row in found.categories.items()
    ]
    rows.append(Row([say("合计", "all"), *(figure(found.pooled[pair].value) for pair in PAIR_NAMES)], is_total=True))
    counts = say(
        f"两份都有 {found.items} 项；只在第一份里 {len(found.only_first)} 项，"
        f"只在第二份里 {len(found.only_second)} 项；编号相同而话不同、没有比较的 {len(found.unlike)} 项",
        f"{found.items} items in both files; only in the first {len(found.only_first)}, "
        f"only in the second {len(found.only_second)}; {len(found.unlike)} left out because their words differ",
    )
    caption = say("两位标注者（Cohen κ）", "Two reviewers (Cohen's kappa)")
    return table(caption, header, rows) + f"<p>{safe(counts)}</p>\n"
