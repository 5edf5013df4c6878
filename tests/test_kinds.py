"""Rule kinds that are not about words alone: form, timing, restated facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from cscheck import engine
from cscheck.conversation import Conversation
from cscheck.finding import Finding, Verdict
from cscheck.sources import ReadOptions, parse_text
from tests.packs import load_pack

HEAD = """
id: shop/x
kind: {kind}
title: 甲
category: {kind}
severity: warning
basis: [R-3]
why: 乙
message: "{{text}}{{waited}}{{theirs}}"
examples: {{bad: [一], good: [二]}}
"""
ACTS = {
    "acts__wait": "id: wait\ntitle: 等\nby: agent\npatterns: [稍等]\nexamples: {bad: [稍等], good: [好]}\n",
    "acts__sorry": "id: sorry\ntitle: 歉\nby: agent\npatterns: [抱歉]\nexamples: {bad: [抱歉], good: [好]}\n",
    "acts__angry": "id: angry\ntitle: 怒\nby: customer\npatterns: [投诉]\nexamples: {bad: [投诉], good: [好]}\n",
    "acts__restate": "id: restate\ntitle: 复述\nby: agent\npatterns: [您是说]\nexamples: {bad: [您是说], good: [好]}\n",
}


def result(tmp_path: Path, kind: str, fields: str, said: str) -> engine.Result:
    ruleset = load_pack(tmp_path, rules__x=HEAD.format(kind=kind) + fields, **ACTS)
    (conversation,) = parse_text(said, "c", "c", ReadOptions())
    assert isinstance(conversation, Conversation)
    return engine.run(engine.build_model(ruleset), conversation)


def findings(tmp_path: Path, kind: str, fields: str, said: str) -> tuple[Finding, ...]:
    return result(tmp_path, kind, fields, said).findings


@pytest.mark.parametrize(
    ("fields", "said", "expected"),
    [
        ('form: marks-in-a-row\nmarks: "!?"\nleast: 2', "好的！！在吗？？", ["！！", "？？"]),
        ('form: marks-in-a-row\nmarks: "!?"\nleast: 2', "好的！在吗？", []),
        ('form: marks-in-all\nmarks: "!"\nleast: 3', "好！的！呢！", ["！的！呢！"]),
        ('form: marks-in-all\nmarks: "!"\nleast: 3', "好！的！", []),
        ("form: capitals\nwords: [stop]", "请 STOP NOW 谢谢", ["STOP NOW"]),
        ("form: capitals\nwords: [stop]", "VIP用户请打开APP，型号iPhone", []),
        ("form: length\nleast: 5", "一二三四五", ["一二三四五"]),
        ("form: length\nleast: 6", "一二三四五", []),
    ],
)
def test_form(tmp_path: Path, fields: str, said: str, expected: list[str]) -> None:
    """Marks, capitals and length are found on the raw words."""
    assert [finding.text for finding in findings(tmp_path, "form", fields, f"客服：{said}")] == expected


FIRST = "measure: first-reply\nlimit: {chat: 10}"
GAP = "measure: gap\nlimit: {any: 60}\nnotice: [wait]"
SOOTHE = "measure: act\nlimit: {any: 300}\nafter: {acts: [angry], by: customer}\nowes: [sorry]"


@pytest.mark.parametrize(
    ("fields", "said", "expected"),
    [
        (FIRST, "渠道：在线\n[10:00:00] 客户：在吗\n[10:00:30] 客服：在", ["30秒"]),
        (FIRST, "渠道：在线\n[10:00:00] 客户：在吗\n[10:00:10] 客服：在", []),
        (FIRST, "渠道：在线\n[10:00:00] 客服：您好\n[10:00:30] 客户：在吗\n[10:02:00] 客服：在", []),
        (GAP, "[10:00:00] 客服：您好\n[10:00:05] 客户：查一下\n[10:01:30] 客服：好", ["1分25秒"]),
        (GAP, "[10:00:00] 客服：稍等\n[10:00:05] 客户：好\n[10:01:30] 客服：查到了", []),
        (GAP, "[10:00:00] 客户：在吗\n[10:05:00] 客服：您好", []),
        (SOOTHE, "[10:00:00] 客户：我要投诉\n[10:06:00] 客服：抱歉", ["6分"]),
        (SOOTHE, "[10:00:00] 客户：我要投诉\n[10:04:00] 客服：抱歉", []),
    ],
)
def test_timing(tmp_path: Path, fields: str, said: str, expected: list[str]) -> None:
    """Waits over the limit are found; a notice excuses a gap."""
    assert [finding.message for finding in findings(tmp_path, "timing", fields, said)] == [
        f"{{text}}{waited}{{theirs}}".replace("{text}", "") for waited in expected
    ]


def test_timing_needs_times(tmp_path: Path) -> None:
    """Without times the rule does not apply, and says so."""
    (verdict,) = result(tmp_path, "timing", GAP, "客户：在吗\n客服：在").verdicts
    assert (verdict.verdict, verdict.reason) == (Verdict.NOT_APPLICABLE, "no-times")


FACTS = "acts: [restate]\nkinds: [amount, date, percent]"


@pytest.mark.parametrize(
    ("customer", "agent", "expected"),
    [
        ("多扣了三十块钱", "您是说多扣了50元", ["50元"]),
        ("多扣了三十块钱", "您是说多扣了30元", []),
        ("我的快递没到", "您是说30元的快递没到", []),
        ("多扣了三十块钱", "多扣了50元", []),
        ("3月5号下的单", "您是说3月6号下的单", ["3月6号"]),
    ],
)
def test_restated_facts(tmp_path: Path, customer: str, agent: str, expected: list[str]) -> None:
    """A value put back otherwise than the customer gave it is found, on the value."""
    said = f"客户：{customer}\n客服：{agent}"
    assert [finding.text for finding in findings(tmp_path, "restated-facts", FACTS, said)] == expected
