"""Figures worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from cscheck.checker import Checker
from cscheck.evaluation.evaluation import evaluate
from cscheck.evaluation.statistics import Share, Tally
from cscheck.evaluation.totals import Totals
from tests.evaluation.conftest import ACTS, CONVERSATIONS, UTTERANCES, Read, jsonl


def totals(small: Checker, read: Read, path: Path, labels: list) -> Totals:
    items, problems = read(jsonl(path / "labels.jsonl", labels))
    assert problems == []
    return evaluate(small, items).totals


def test_utterances(small: Checker, read: Read, tmp_path: Path) -> None:
    found = totals(small, read, tmp_path, UTTERANCES)
    (said,) = found.groups
    # Not known is right in u1, false in u2 and u6, neither in u4; u3 is missed, and so is the promise of u6.
    assert said.rows == {"forbidden-negative": Tally(1, 2, 1), "overpromise": Tally(0, 0, 1)}
    assert said.micro == Tally(1, 2, 2)
    assert said.macro == {
        "precision": pytest.approx(1 / 6),
        "recall": pytest.approx(1 / 4),
        "f1": pytest.approx(0.4 / 2),
    }
    assert found.clean == Share(1, 3)
    assert found.caught == Share(1, 3)
    assert found.spans == Share(1, 1)


def test_rules_count_what_their_category_is_labelled_as(small: Checker, read: Read, tmp_path: Path) -> None:
    (rule,) = totals(small, read, tmp_path, UTTERANCES).rules
    assert (rule.rule, rule.right, rule.false, rule.neutral) == ("mini/negative/not-knowing", 1, 2, 1)
    assert rule.precision == Share(1, 3)


def test_confusion_is_within_one_place(small: Checker, read: Read, tmp_path: Path) -> None:
    (one,) = totals(small, read, tmp_path, UTTERANCES).confusion
    assert (one.missed, one.found, one.count) == ("overpromise", "forbidden-negative", 1)


def test_disagreements_hold_the_words(small: Checker, read: Read, tmp_path: Path) -> None:
    found = totals(small, read, tmp_path, UTTERANCES).disagreements
    assert [(one.kind, one.item.id, one.category) for one in found] == [
        ("false", "u2", "forbidden-negative"),
        ("missed", "u3", "forbidden-negative"),
        ("false", "u6", "forbidden-negative"),
        ("missed", "u6", "overpromise"),
    ]
    span = found[1].marks[0].span
    assert span is not None
    assert "这个我们办不了"[span.start : span.end] == "办不了"


def test_conversations_are_judged_turn_by_turn_and_as_a_whole(small: Checker, read: Read, tmp_path: Path) -> None:
    found = totals(small, read, tmp_path, CONVERSATIONS)
    said, missing = found.groups
    assert said.rows == {"forbidden-negative": Tally(1, 0, 0)}
    # c1 opens without a greeting, and its labels claim that nothing is missing.
    assert missing.rows == {"opening-greeting": Tally(0, 1, 0), "closing-thanks": Tally(0, 0, 1)}
    assert found.clean == Share(0, 0)
    # “不知道” and “我不” share a character.
    assert found.spans == Share(1, 1)


def test_words_that_do_not_meet(small: Checker, read: Read, tmp_path: Path) -> None:
    label = {"id": "x", "text": "这个啊我不知道", "violations": [{"category": "forbidden-negative", "span": "这个"}]}
    assert totals(small, read, tmp_path, [label]).spans == Share(0, 1)


def test_the_same_finding_in_another_turn_is_false(small: Checker, read: Read, tmp_path: Path) -> None:
    other = {**CONVERSATIONS[0], "violations": [{"turn": 0, "category": "forbidden-negative", "span": "有事"}]}
    said = totals(small, read, tmp_path, [other]).groups[0]
    assert said.rows == {"forbidden-negative": Tally(0, 1, 1)}


def test_acts_are_judged_in_the_last_turn(small: Checker, read: Read, tmp_path: Path) -> None:
    (acts,) = totals(small, read, tmp_path, ACTS).groups
    assert acts.group == "acts"
    assert acts.rows == {"greeting": Tally(1, 1, 1)}


def test_an_act_that_no_label_names_is_not_judged(small: Checker, read: Read, tmp_path: Path) -> None:
    thanks = {"id": "x", "text": "您好，谢谢您", "acts": [{"act": "thanks", "span": "谢谢"}]}
    (acts,) = totals(small, read, tmp_path, [thanks]).groups
    assert acts.rows == {"thanks": Tally(0, 0, 1)}


def test_a_groups_that_labels_do_not_speak_of_is_not_judged(small: Checker, read: Read, tmp_path: Path) -> None:
    turns = CONVERSATIONS[0]["turns"]
    found = totals(small, read, tmp_path, [{"id": "x", "turns": turns, "violations": []}])
    assert [(group.group, group.micro) for group in found.groups] == [("said", Tally(0, 1, 0))]
