"""Rule kinds that are not about words alone: form, timing, restated facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from cscheck import engine
from cscheck.conversation import Conversation
from cscheck.errors import RuleFileError
from cscheck.finding import Finding, Verdict
from cscheck.sources import ReadOptions
from cscheck.sources.text import parse_text
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
        ("form: sentence-length\nleast: 5", "一二三。一二三四五。", ["一二三四五"]),
        ("form: sentence-length\nleast: 5", "一二三。见https://a.cn/b.html?c", ["见https://a.cn/b.html?c"]),
        ("form: sentence-length\nleast: 5", "一二三。四五六。", []),
        ("form: sentence-length\nleast: 5", "一二三~四五六  七八九", []),
        ("form: unstructured\nleast: 3", "先开机。再登录。然后点提交。", ["先开机。再登录。然后点提交"]),
        ("form: unstructured\nleast: 3", "先开机。再登录。", []),
        ("form: unstructured\nleast: 3", "1. 先开机。2. 再登录。3. 点提交。", []),
        ("form: unstructured\nleast: 3", "一共3.5元。今天付。明天到。", ["一共3.5元。今天付。明天到"]),
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


OVERLAP = "measure: overlap\nlimit: {any: 1.5}\nnotice: [wait]"


@pytest.mark.parametrize(
    ("begins", "said", "expected"),
    [("00:07", "您先别说", ["3秒"]), ("00:09", "您先别说", []), ("00:07", "稍等", []), ("00:12", "您先别说", [])],
)
def test_overlap(tmp_path: Path, begins: str, said: str, expected: list[str]) -> None:
    """An agent who begins well before the customer has ended is found; a word of listening excuses it."""
    text = f"渠道：电话\n[00:01-00:10] 客户：我的套餐一直多扣费\n[{begins}-00:14] 客服：{said}"
    messages = [finding.message.replace("{theirs}", "") for finding in findings(tmp_path, "timing", OVERLAP, text)]
    assert messages == expected


def test_overlap_needs_end_times(tmp_path: Path) -> None:
    """Without end times nobody knows who spoke over whom."""
    (verdict,) = result(tmp_path, "timing", OVERLAP, "[10:00:00] 客户：在吗\n[10:00:01] 客服：在").verdicts
    assert (verdict.verdict, verdict.reason) == (Verdict.NOT_APPLICABLE, "no-end-times")


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


RINGS = "field: rings\nmost: 3"
ENDED = "field: ended_by\nnot: [agent, 坐席]"


@pytest.mark.parametrize(
    ("fields", "said", "expected"),
    [
        (RINGS, "振铃：5声\n客服：您好", Verdict.VIOLATED),
        (RINGS, "振铃：3\n客服：您好", Verdict.SATISFIED),
        (RINGS, "振铃：不详\n客服：您好", Verdict.NOT_APPLICABLE),
        (RINGS, "客服：您好", Verdict.NOT_APPLICABLE),
        (ENDED, "挂机方：坐席\n客服：您好", Verdict.VIOLATED),
        (ENDED, "挂机方：客户\n客服：您好", Verdict.SATISFIED),
        (ENDED, "客服：您好", Verdict.NOT_APPLICABLE),
    ],
)
def test_record(tmp_path: Path, fields: str, said: str, expected: Verdict) -> None:
    """What the record says of the call is judged; what it does not say is not."""
    (verdict,) = result(tmp_path, "record", fields, said).verdicts
    assert verdict.verdict is expected


PROMISED = "acts: [sorry]\nmost: {urgent: 1800, any: 86400}"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("场景：紧急\n客服：抱歉，两小时内联系您", ["两小时内"]),
        ("场景：紧急\n客服：抱歉，二十分钟内联系您", []),
        ("场景：咨询\n客服：抱歉，两小时内联系您", []),
        ("场景：咨询\n客服：抱歉，三个工作日内联系您", ["三个工作日内"]),
        ("场景：紧急\n客服：两小时内联系您", []),
        ("场景：紧急\n客服：抱歉，明天上午联系您", []),
    ],
)
def test_promised_time(tmp_path: Path, said: str, expected: list[str]) -> None:
    """A length of time over the scene's limit is found, in turns that do the act."""
    assert [finding.text for finding in findings(tmp_path, "promised-time", PROMISED, said)] == expected


def test_promised_time_after(tmp_path: Path) -> None:
    """Only what is promised after the trigger is judged."""
    fields = "acts: [sorry]\nmost: {any: 60}\nafter: {acts: [angry], by: customer}"
    said = "客服：抱歉，两小时内联系您\n客户：我要投诉\n客服：抱歉，三小时内联系您"
    assert [finding.text for finding in findings(tmp_path, "promised-time", fields, said)] == ["三小时内"]


LATER = "owes: [sorry]\nwhen: {acts: [angry], by: customer}\ndue: later"
LAST = "owes: [sorry]\nwhen: ending\ndue: last-3-turns"


@pytest.mark.parametrize(
    ("fields", "said", "expected"),
    [
        (LATER, "客服：抱歉\n客户：我要投诉\n客服：好", Verdict.VIOLATED),
        (LATER, "客户：我要投诉\n客服：好\n客服：抱歉", Verdict.SATISFIED),
        (LAST, "客服：抱歉\n客服：一\n客服：二", Verdict.SATISFIED),
        (LAST, "客服：抱歉\n客服：一\n客服：二\n客服：三", Verdict.VIOLATED),
    ],
)
def test_owed_later(tmp_path: Path, fields: str, said: str, expected: Verdict) -> None:
    """What is owed later does not count before, and the last three turns are three."""
    (verdict,) = result(tmp_path, "owed", fields, said).verdicts
    assert verdict.verdict is expected


@pytest.mark.parametrize(
    ("kind", "fields", "message"),
    [
        ("record", "field: rings", "most"),
        ("record", "field: rings\nmost: 3\nnot: [x]", "二者选一"),
        ("record", "most: 3", "field"),
        ("promised-time", "acts: [sorry]", "most"),
    ],
)
def test_kind_fields_are_asked_for(tmp_path: Path, kind: str, fields: str, message: str) -> None:
    """A field that is missing, or one too many, is named."""
    with pytest.raises(RuleFileError, match=message):
        result(tmp_path, kind, fields, "客服：您好")
