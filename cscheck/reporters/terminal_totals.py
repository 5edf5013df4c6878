"""The totals at the end of a run, and the one line of ``--quiet``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from cscheck.checker import Report
from cscheck.display import visible
from cscheck.language import CATEGORIES, SEVERITIES, count, say, term
from cscheck.reporters.context import Context
from cscheck.reporters.terminal_lines import Line, Styled, indented

_MOST_CATEGORIES = 5
_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}


class Facts(NamedTuple):
    """What the totals count of one report."""

    conversation: str
    severities: tuple[str, ...]
    categories: tuple[str, ...]
    suppressed: int
    known: int
    is_voiceless: bool
    owed: int
    is_fatal: bool
    score: float | None


def facts_of(report: Report) -> Facts:
    """Give what the totals count."""
    roles = {turn.role for turn in report.conversation.turns}
    return Facts(
        conversation=report.conversation.id,
        severities=tuple(finding.severity.value for finding in report.findings),
        categories=tuple(finding.category for finding in report.findings),
        suppressed=len(report.suppressed),
        known=report.known,
        is_voiceless="agent" not in roles and "unknown" in roles,
        owed=len(report.owed),
        is_fatal=report.score.is_fatal,
        score=report.score.value,
    )


@dataclass(slots=True)
class Totals:
    """Counts over the reports of a run."""

    conversations: int = 0
    with_findings: int = 0
    errors: int = 0
    suppressed: int = 0
    known: int = 0
    voiceless: int = 0
    owed: int = 0
    fatal: int = 0
    severities: Counter[str] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    scored: int = 0
    sum_of_scores: float = 0
    lowest: tuple[float, str] | None = None

    def add(self, facts: Facts) -> None:
        """Count one report."""
        self.conversations += 1
        self.with_findings += bool(facts.severities)
        self.suppressed += facts.suppressed
        self.known += facts.known
        self.voiceless += facts.is_voiceless
        self.owed += facts.owed
        self.fatal += facts.is_fatal
        self.severities.update(facts.severities)
        self.categories.update(facts.categories)
        if facts.score is not None:
            self.scored += 1
            self.sum_of_scores += facts.score
            if self.lowest is None or facts.score < self.lowest[0]:
                self.lowest = (facts.score, facts.conversation)

    def lines(self, context: Context) -> Iterator[Line]:
        """Give the totals."""
        yield self._summary()
        if context.quiet:
            return
        if self.categories:
            top = [
                f"{term(CATEGORIES, slug)} {number}" for slug, number in self.categories.most_common(_MOST_CATEGORIES)
            ]
            yield from indented(
                say("最多的类别：", "Most frequent: ") + say("，", ", ").join(top), 0, context.width, hang=4
            )
        if line := self._scores():
            yield from indented(line, 0, context.width, hang=4)
        if self.voiceless:
            yield Styled(
                say(
                    f"{self.voiceless} 段里分不清谁是客服，没有检查；用 --role 名字=agent 说明",
                    f"in {self.voiceless} nobody is known to be the agent: not checked; name them by --role NAME=agent",
                ),
                style="yellow",
            )
        if self.suppressed:
            yield Styled(
                say(f"已按配置屏蔽 {self.suppressed} 处", f"{self.suppressed} suppressed by settings"), style="dim"
            )

    def _summary(self) -> Styled:
        found = sum(self.severities.values())
        talks = count(self.conversations, "段对话", "conversation")
        line = Styled(say(f"检查了 {talks}", f"{talks} checked"))
        if found:
            line.append(
                say(
                    f"，{self.with_findings} 段有问题，共 {found} 处：",
                    f", {self.with_findings} with findings, {found} in all: ",
                )
            )
            for place, (slug, name) in enumerate(SEVERITIES.items()):
                line.append(say("，", ", ") if place else "")
                number = self.severities[slug]
                words = say(f"{name} {number}", f"{number} {name}")
                line.append(words, style=_COLOURS[slug] if number else "dim")
        elif self.conversations:
            nothing = say("，没有新问题", ", nothing new") if self.known else say("，没有发现问题", ", nothing found")
            line.append(nothing, style="green")
        if self.known:
            line.append(say(f"，基线里已有 {self.known} 处", f", {self.known} in the baseline"))
        if self.errors:
            line.append(say(f"；{self.errors} 处读取失败", f"; {self.errors} could not be read"), style="bold red")
        return line

    def _scores(self) -> str:
        if not self.scored:
            return ""
        average = self.sum_of_scores / self.scored
        text = say(f"平均得分 {average:.1f}", f"Average score {average:.1f}")
        if self.lowest and self.scored > 1:
            value, name = self.lowest
            text += say(f"，最低 {value:g}（{visible(name)}）", f", lowest {value:g} ({visible(name)})")
        if self.fatal:
            text += say(f"，一票否决 {self.fatal} 段", f", {self.fatal} fatal")
        return text
