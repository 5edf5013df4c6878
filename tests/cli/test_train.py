"""``cscheck train``: what it learns, what it keeps silent on, and that the same data give the same bytes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cscheck import engine
from cscheck.checker import Checker
from cscheck.cli.exits import Exit
from cscheck.conversation import Conversation, Turn
from cscheck.learned.judge import Opinion
from cscheck.learned.model import load_model
from cscheck.learned.talk import Talk
from cscheck.load.packs import load_packs, shipped
from cscheck.prove import prove
from tests.cli.conftest import Run
from tests.labelled import write_labels
from tests.packs import RULE, write_pack

pytest.importorskip("sklearn")

LEARNED = """
id: shop/perfunctory/learned
title: 像敷衍的话
category: perfunctory
severity: warning
basis: [E-1.1f]
why: 客户会觉得没人管。
message: “{text}”像敷衍（{certainty}，{phrases}），像“{like}”
suggest: [我来为您核实]
learned: perfunctory
examples:
  bad: [<<合同您自个儿琢磨去吧>>]
  good: [合同已经为您登记]
"""


@pytest.fixture
def label_files(tmp_path: Path) -> list[str]:
    return write_labels(tmp_path)


@pytest.fixture
def learned_pack(folder: Path, cscheck: Run, label_files: list[str]) -> Path:
    """Give a pack with a model trained on the made-up talk."""
    path = write_pack(folder, "shop")
    result = cscheck(
        "train", *label_files, "--pack", str(path), "--date", "2026-01-01", "--precision", "0.99", bare=True
    )
    assert result.exit_code == Exit.CLEAN, result.output
    assert "敷衍式 perfunctory：48 例，精确率" in result.stdout
    assert "争执指责 arguing：4 例，例子太少，不判" in result.stdout
    rules = path / "rules" / "perfunctory"
    rules.mkdir(parents=True)
    (rules / "learned.yaml").write_text(LEARNED, encoding="utf-8")
    return path


def test_the_same_data_give_the_same_bytes(learned_pack: Path, cscheck: Run, label_files: list[str]) -> None:
    file = learned_pack / "learned" / "said.model.json"
    before = file.read_bytes()
    cscheck(
        "train", *label_files, "--pack", str(learned_pack), "--date", "2026-01-01", "--precision", "0.99", bare=True
    )
    assert file.read_bytes() == before
    card = json.loads(before)["card"]
    assert card["texts"] == 4 * (12 * 4 + 1)
    assert [entry["file"] for entry in card["files"]] == ["four.jsonl", "one.jsonl", "three.jsonl", "two.jsonl"]


def test_a_learned_finding_explains_itself(learned_pack: Path, cscheck: Run) -> None:
    assert list(prove(load_packs([learned_pack]))) == []
    said = "您好，合同的事您自个儿琢磨去吧"
    result = cscheck("draft", said, "--only-pack", str(learned_pack), "--format", "json", bare=True)
    (finding,) = json.loads(result.stdout)["findings"]
    assert finding["detector"] == "learned"
    assert finding["certainty"] > 0.5
    assert "琢磨" in finding["text"]
    assert "{" not in finding["message"]
    explained = cscheck(
        "rules", "explain", "shop/perfunctory/learned", "--only-pack", str(learned_pack), bare=True
    ).stdout
    assert "196 句标注过的话（144 句一个标签也没有），4 位写的人，2026-01-01" in explained


def test_a_draft_is_never_blocked_by_what_was_learned(learned_pack: Path, cscheck: Run) -> None:
    arguments = ("合同的事您自个儿琢磨去吧", "--only-pack", str(learned_pack), "--fail-on", "warning")
    assert cscheck("draft", *arguments, bare=True).exit_code == Exit.CLEAN


def test_it_can_be_switched_off(learned_pack: Path, cscheck: Run) -> None:
    arguments = ("draft", "合同的事您自个儿琢磨去吧", "--only-pack", str(learned_pack), "--format", "json")
    assert json.loads(cscheck(*arguments, bare=True).stdout)["findings"]
    assert not json.loads(cscheck(*arguments, "--no-learned", bare=True).stdout)["findings"]


def test_patterns_go_before(learned_pack: Path) -> None:
    """What a pattern of the category finds, or a guard lets pass, is not said again by what was learned."""
    exact = RULE.format(id="shop/x").replace("forbidden-negative", "perfunctory")
    (learned_pack / "rules" / "x.yaml").write_text(exact.replace("不知道", "自个儿琢磨"), encoding="utf-8")
    turns = (Turn("agent", "合同的事您自个儿琢磨去吧"),)
    report = Checker([learned_pack]).check(Conversation(id="c", turns=turns, complete=False))
    assert [(finding.rule, finding.is_learned) for finding in report.findings] == [("shop/x", False)]
    guarded = exact.replace("不知道", "自个儿琢磨") + "guards: [{name: 合同, where: sentence, patterns: [合同]}]\n"
    (learned_pack / "rules" / "x.yaml").write_text(guarded, encoding="utf-8")
    model = engine.build_model(load_packs([learned_pack]))
    assert engine.run(model, Conversation(id="c", turns=turns)).findings == ()


def test_a_learned_rule_is_no_error(learned_pack: Path, cscheck: Run) -> None:
    file = learned_pack / "rules" / "perfunctory" / "learned.yaml"
    file.write_text(LEARNED.replace("severity: warning", "severity: error"), encoding="utf-8")
    result = cscheck("rules", "list", "--only-pack", str(learned_pack), bare=True)
    assert "学得的规则最高是 warning" in result.stderr
    file.write_text(LEARNED.replace("learned: perfunctory", "learned: nothing"), encoding="utf-8")
    assert "没有学过“nothing”" in cscheck("rules", "list", "--only-pack", str(learned_pack), bare=True).stderr


def test_bad_input(cscheck: Run, folder: Path, label_files: list[str]) -> None:
    """A folder that is no pack, a line that is no label: said with its place, and the rest is still learned."""
    (folder / "empty").mkdir()
    assert "没有 pack.yaml" in cscheck("train", *label_files, "--pack", str(folder / "empty"), bare=True).stderr
    pack = write_pack(folder, "shop")
    clean = folder / "clean.jsonl"
    clean.write_text('{"id": "c", "text": "您好，很高兴为您服务", "violations": []}\n', encoding="utf-8")
    assert "没有可学的" in cscheck("train", str(clean), "--pack", str(pack), bare=True).stderr
    bad = folder / "bad.jsonl"
    bad.write_text('{"id": "b", "text": "好"}\n', encoding="utf-8")
    result = cscheck("train", *label_files, str(bad), "--pack", str(pack), bare=True)
    assert result.exit_code == Exit.FAILED
    assert "bad.jsonl:1" in result.stderr
    assert (pack / "learned" / "said.model.json").is_file()


def test_one_needs_label_files_or_those_that_ship(cscheck: Run, folder: Path) -> None:
    pack = write_pack(folder, "shop")
    assert "没有给标注文件" in cscheck("train", "--pack", str(pack), bare=True).stderr
    assert sorted(path.name for path in shipped("labels").iterdir() if path.is_dir()) == ["acts", "said"]


def test_acts_are_learned_too(cscheck: Run, folder: Path) -> None:
    """Both ways: of agents and of customers, each from its own turns only, on top of what ships."""
    pack = write_pack(folder, "shop")
    result = cscheck(
        "train", "--shipped", "acts", "--pack", str(pack), "--name", "acts", "--precision", "0.8", bare=True
    )
    assert result.exit_code == Exit.CLEAN, result.output
    assert "farewell：122 例" in result.stdout
    model = load_model(pack / "learned" / "acts.model.json")
    said = Opinion(model, Talk("那就先这样吧,祝您一切都好"))
    assert said.judgement("farewell") is not None
    assert said.judgement("ask-info") is None
