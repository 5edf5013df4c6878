"""Scores in the terminal, and how they come about."""

from __future__ import annotations

from collections.abc import Iterator

from cscheck.checker import Report
from cscheck.display import padded, width
from cscheck.finding import Verdict
from cscheck.language import CATEGORIES, REASONS, VERDICTS, count, say, term
from cscheck.reporters.terminal_lines import Styled
from cscheck.score import Score, ScoreLine

_GOOD, _FAIR = 90, 70


def score_text(score: Score) -> tuple[str, str]:
    """Give a score and its style."""
    if score.value is None:
        return say("不计分", "not scored"), "bold dim"
    colour = "green" if score.value >= _GOOD else "yellow" if score.value >= _FAIR else "red"
    fatal = say("（一票否决）", " (fatal)") if score.is_fatal else ""
    return say(f"{score.value:g} 分", f"{score.value:g}/100") + fatal, f"bold {colour}"


def score_table(report: Report) -> Iterator[Styled]:
    """Give, rule by rule, what is lost, and what does not apply and why; kept rules only as a count."""
    score = report.score
    yield Styled("  " + say("得分明细", "Score"), style="bold")
    kept = [line for line in score.lines if line.counts and not line.times]
    lost = [line for line in score.lines if line.times]
    left_out = [line for line in score.lines if not line.counts]
    broad = max((width(line.rule) for line in (*lost, *left_out)), default=0) + 2
    for line in lost:
        yield Styled("    " + padded(line.rule, broad) + _lost(line))
    for line in left_out:
        reason = term(REASONS, line.reason) if line.reason else ""
        label = VERDICTS[Verdict.PENDING.value if line.reason == "pending" else Verdict.NOT_APPLICABLE.value]
        yield Styled("    " + padded(line.rule, broad) + f"{label}" + say(f"：{reason}", f": {reason}"), style="dim")
    yield Styled(
        "    " + say(f"另有 {len(kept)} 条规则达标", f"kept: {count(len(kept), '', 'more rule')}"), style="dim"
    )
    items = len({line.category for line in score.lines if line.counts})
    worth = count(items, "", "item")
    if score.value is None:
        yield Styled("    " + say("没有适用的规则，不计分", "nothing applies: no score"), style="dim")
    elif score.is_fatal:
        yield Styled("    " + say("违反一票否决项，得 0 分", "a fatal rule is broken: 0"), style="red")
    else:
        yield Styled(
            "    "
            + say(
                f"100 × (1 − 扣 {score.lost:g} ÷ 适用的 {items} 项共 {score.possible:g}) = {score.value:g}",
                f"100 × (1 − lost {score.lost:g} ÷ {worth} worth {score.possible:g}) = {score.value:g}",
            )
        )


def _lost(line: ScoreLine) -> str:
    category = term(CATEGORIES, line.category)
    if line.is_fatal:
        return say(f"{category}，一票否决", f"{category}, fatal")
    times = say(f"{line.times} 次", f"{line.times} times" if line.times > 1 else "once")
    return say(
        f"{category}，权重 {line.weight:g}，{times}，扣 {line.lost:g}",
        f"{category}, weight {line.weight:g}, {times}, −{line.lost:g}",
    )
