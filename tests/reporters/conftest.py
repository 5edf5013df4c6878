"""One run that all reporters show: every kind of finding, an unfinished conversation, an error, hostile text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cscheck.checker import Report
from cscheck.conversation import Conversation, Turn
from cscheck.engine import RuleVerdict
from cscheck.errors import Place, SourceError
from cscheck.finding import Finding, HeardAct, Owed, Severity, Verdict
from cscheck.pack import PackInfo
from cscheck.reporters.context import Context, Item, Notice
from cscheck.score import Score, ScoreLine
from cscheck.settings import Suppression
from cscheck.suppress import Suppressed


def finding(rule: str, category: str, severity: Severity, place: tuple[int, int, int] | None, text: str) -> Finding:
    turn, start, end = place or (None, None, None)
    return Finding(
        rule=rule,
        category=category,
        severity=severity,
        conversation="c1",
        path="talks/one.txt",
        turn=turn,
        start=start,
        end=end,
        text=text,
        message=f"“{text}”不合规范" if text else "结束时没有致谢",
        suggestions=("我为您查询一下", "我马上帮您核实"),
        basis=("R-4.1b", "T-2.2a"),
        fingerprint=f"{rule}-print",
    )


def finished() -> Report:
    turns = (
        Turn("customer", "我的订单怎么还没到", stamp="2026-03-01 09:00:05"),
        Turn("agent", "您好，请稍等", stamp="2026-03-01T09:00:09"),
        Turn("customer", "等了三天了", stamp="2026-03-01 09:02:00"),
        Turn("agent", "这个我不知道，ORDER-10086 这边也没办法处理\n您自己看吧", stamp="2026-03-01 09:02:11"),
        Turn("unknown", "\x1b[31m[bold]我\u202e不知道", stamp="09:02:30"),
    )
    findings = (
        finding("core/negative/not-knowing", "forbidden-negative", Severity.ERROR, (3, 3, 6), "不知道"),
        finding("core/negative/no-way", "forbidden-negative", Severity.ERROR, (3, 22, 25), "没办法"),
        finding("core/perfunctory/look", "perfunctory", Severity.WARNING, (3, 30, 33), "自己看"),
        finding("core/closing/thanks", "closing-thanks", Severity.WARNING, None, ""),
        replace(finding("core/deadline/missing", "deadline", Severity.WARNING, None, ""), turn=3),
        finding("own/hint", "own-category", Severity.INFO, (1, 0, 2), "您好"),
    )
    lines = (
        ScoreLine("core/negative/not-knowing", "forbidden-negative", Verdict.VIOLATED, 10, 1, 10),
        ScoreLine("core/waiting/gap", "hold-notice", Verdict.NOT_APPLICABLE, 3, counts=False, reason="no-times"),
        ScoreLine("core/opening/greeting", "opening-greeting", Verdict.SATISFIED, 3),
    )
    return Report(
        conversation=Conversation("c1", turns, "talks/one.txt", "chat"),
        scene="complaint",
        findings=findings,
        owed=(),
        verdicts=(RuleVerdict("core/opening/greeting", Verdict.SATISFIED),),
        score=Score(23.1, False, 10, 13, lines),
        suppressed=(Suppressed(findings[0], Suppression("试运行")),),
        acts=(HeardAct("greeting", "c1", 1, 0, 2), HeardAct("ask-to-wait", "c1", 1, 3, 6)),
    )


def unfinished() -> Report:
    conversation = Conversation("c2", (Turn("agent", "我不知道", time=65.0),), "talks/two.srt", complete=False)
    return Report(
        conversation=conversation,
        scene="consult",
        findings=(finding("core/negative/not-knowing", "forbidden-negative", Severity.ERROR, (0, 1, 4), "不知道"),),
        owed=(
            Owed("core/closing/thanks", "closing-thanks", "c2", "结束时致谢", "last-2-turns", ("感谢您的来电",)),
            Owed("core/closing/farewell", "closing-farewell", "c2", "结束时道别", "end"),
        ),
        verdicts=(),
        score=Score(0.0, True),
    )


def clean() -> Report:
    return Report(Conversation("c3", (Turn("agent", "您好"),), "talks/three.txt"), "care", (), (), (), Score(100.0))


@pytest.fixture
def items() -> list[Item]:
    problem = SourceError("缺少数组 turns。", Place("talks/four.jsonl", 3))
    return [Notice("一条屏蔽已到期"), finished(), problem, unfinished(), clean()]


@pytest.fixture
def context() -> Context:
    return Context(
        packs=(PackInfo("core", "1.2.0", "0123456789abcdef", "核心", "/packs/core"),),
        act_titles={"greeting": "问候", "ask-to-wait": "请求等待"},
        width=72,
    )
