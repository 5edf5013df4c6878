"""Where a condition looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from cscheck import engine
from cscheck.analysis import Analysis
from cscheck.conversation import Conversation, Turn
from tests.packs import RULE, load_pack

BASE = RULE.format(id="shop/x")


def found(tmp_path: Path, guard: str, *turns: str, channel: str | None = None, kind: str = "guards") -> bool:
    """Tell whether 不知道 in the last turn is a finding under one guard (or need)."""
    ruleset = load_pack(tmp_path, rules__x=BASE.replace("patterns: [不知道]", f"patterns: [不知道]\n{kind}: [{guard}]"))
    said = tuple(Turn(role="agent" if text[0] == "A" else "customer", text=text[1:]) for text in turns)
    conversation = Conversation(id="c", turns=said, channel=channel)  # type: ignore[arg-type]
    result = engine.run(engine.build_model(ruleset), conversation)
    return any(finding.turn == len(said) - 1 for finding in result.findings)


@pytest.mark.parametrize(
    ("where", "excused", "not_excused"),
    [
        ("covers", "A我甲不知道乙", "A甲，我不知道"),
        ("right-before", "A甲不知道", "A甲我不知道"),
        ("right-after", "A不知道甲", "A不知道啊甲"),
        ("before", "A甲我不知道", "A甲，我不知道"),
        ("after", "A不知道啊甲", "A不知道，甲"),
        ("clause", "A不知道啊甲", "A不知道，甲"),
        ("sentence", "A不知道，甲", "A不知道。甲"),
        ("next-sentence", "A不知道。甲", "A不知道，甲"),
        ("lead", "A甲。不知道", "A不知道。甲"),
        ("rest", "A不知道。甲", "A甲。不知道"),
        ("turn", "A甲。不知道", "A乙。不知道"),
    ],
)
def test_places_in_the_turn(tmp_path: Path, where: str, excused: str, not_excused: str) -> None:
    """A guard excuses a hit only from its own place."""
    pattern = "甲{0-9}乙" if where == "covers" else "甲"
    guard = f"{{where: {where}, patterns: ['{pattern}']}}"
    assert not found(tmp_path, guard, excused)
    assert found(tmp_path, guard, not_excused)


def test_needs_ask_for_what_guards_excuse(tmp_path: Path) -> None:
    """The same condition as a need asks for its words."""
    assert found(tmp_path, "{where: turn, patterns: [甲]}", "A甲。不知道", kind="needs")
    assert not found(tmp_path, "{where: turn, patterns: [甲]}", "A乙。不知道", kind="needs")


def test_what_the_customer_said(tmp_path: Path) -> None:
    """The customer's last block of turns, all of them, and the agent's last block are three places."""
    said = ("C甲", "C在吗", "A您好", "C乙", "A嗯", "A不知道")
    assert not found(tmp_path, "{where: customer, patterns: [乙]}", *said)
    assert found(tmp_path, "{where: customer, patterns: [甲]}", *said)
    assert not found(tmp_path, "{where: customer-before, patterns: [甲]}", *said)
    assert not found(tmp_path, "{where: agent-before, patterns: [嗯]}", *said)
    assert found(tmp_path, "{where: agent-before, patterns: [您好]}", *said)


def test_quoted_and_echo(tmp_path: Path) -> None:
    """Words in quotation marks, and words the customer just used, are excused on demand."""
    assert not found(tmp_path, "{where: quoted}", "A您选“不知道”就行")
    assert found(tmp_path, "{where: quoted}", "A“您好”，不知道")
    assert not found(tmp_path, "{where: echo}", "C型号我不知道", "A不知道没关系")
    assert found(tmp_path, "{where: echo}", "C型号是什么", "A不知道")


def test_channels_and_scenes(tmp_path: Path) -> None:
    """A condition may hold for some channels only."""
    guard = "{where: always, channels: [chat]}"
    assert not found(tmp_path, guard, "A不知道", channel="chat")
    assert found(tmp_path, guard, "A不知道", channel="phone")
    assert found(tmp_path, guard, "A不知道")


def test_word_ends(tmp_path: Path) -> None:
    """A hit inside a longer word is none, unless the entry is loose."""
    text = BASE.replace("不知道]", "不行]", 1)
    ruleset = load_pack(tmp_path, rules__x=text)
    model = engine.build_model(ruleset)
    run = lambda said: engine.run(model, Conversation(id="c", turns=(Turn(role="agent", text=said),))).findings  # noqa: E731
    assert not run("该权利不行使就失效")
    assert [finding.text for finding in run("这个不行")] == ["不行"]
    loose = load_pack(
        tmp_path / "loose", rules__x=text.replace("patterns: [不行]", "patterns: [{match: 不行, boundary: loose}]")
    )
    assert engine.run(
        engine.build_model(loose), Conversation(id="c", turns=(Turn(role="agent", text="该权利不行使"),))
    ).findings


def test_exempt_words(tmp_path: Path) -> None:
    """Nothing is found within a pack's exempt words."""
    ruleset = load_pack(tmp_path, pack="exempt: [不知道乐队]\n", rules__x=BASE)
    model = engine.build_model(ruleset)
    assert (
        not Analysis(model, conversation := Conversation("c", (Turn("agent", "不知道乐队的周边有货"),)))
        .heard(ruleset.rules["shop/x"].spec.detector, 0)
        .hits
    ), conversation


def test_offsets_point_into_the_raw_text(tmp_path: Path) -> None:
    """What was folded away is inside the reported words, and only there."""
    model = engine.build_model(load_pack(tmp_path, rules__x=BASE))
    said = "😀我 ＯＫ 不\u200b知-道 啊"
    (finding,) = engine.run(model, Conversation(id="c", turns=(Turn(role="agent", text=said),))).findings
    assert said[finding.start : finding.end] == finding.text == "不\u200b知-道"


def test_excused_words_name_what_excused_them(tmp_path: Path) -> None:
    """Words that matched and were let pass are listed, with the guard, the need or the exempt word."""
    text = RULE.format(id="shop/x").replace(
        "patterns: [不知道]",
        "patterns: [不知道, {match: 没办法, needs: [{name: 客户问, where: customer, patterns: [吗]}]}]\n"
        "guards: [{name: 客户自己, where: before, patterns: [您]}]",
    )
    ruleset = load_pack(tmp_path, pack="exempt: [不知道牌]\n", rules__x=text)
    turns = tuple(Turn("agent", said) for said in ("您不知道吧", "不知道牌有货", "没办法", "我不知道"))
    found = engine.excused(engine.build_model(ruleset), Conversation(id="c", turns=turns))
    assert [(item.turn, item.text, item.why, item.by) for item in found] == [
        (0, "不知道", "guard", "客户自己"),
        (1, "不知道", "exempt", "不知道牌"),
        (2, "没办法", "need", "客户问"),
    ]


@pytest.mark.parametrize(("complete", "expected"), [(True, [1, 2]), (False, [])])
def test_closing_is_the_last_two_turns_of_a_finished_talk(tmp_path: Path, complete: bool, expected: list[int]) -> None:
    """Nobody knows the last turns of a talk that goes on."""
    text = RULE.format(id="shop/x").replace("patterns: [不知道]", "patterns: [不知道]\nplace: closing")
    model = engine.build_model(load_pack(tmp_path, rules__x=text))
    turns = tuple(Turn("agent", "不知道") for _ in range(3))
    findings = engine.run(model, Conversation(id="c", turns=turns, complete=complete)).findings
    assert [finding.turn for finding in findings] == expected
