"""Labels in JSON Lines: what they become, and what is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cscheck.conversation import Span
from cscheck.evaluation.item import Mark
from tests.evaluation.conftest import CONVERSATIONS, UTTERANCES, Read, jsonl


def test_an_utterance_ends_an_unfinished_conversation(read: Read, tmp_path: Path) -> None:
    label = {
        "id": "x",
        "channel": "phone",
        "scene": "complaint",
        "context": [{"role": "customer", "text": "怎么办"}],
        "text": "我不知道，我不知道",
        "violations": [{"category": "forbidden-negative", "span": "不知道"}],
        "optional": ["vague"],
        "note": "说了两遍",
    }
    (item,), problems = read(jsonl(tmp_path / "a.jsonl", [label]))
    assert problems == []
    talk = item.conversation
    assert (talk.channel, talk.scene, talk.complete) == ("phone", "complaint", False)
    assert [(turn.role, turn.text) for turn in talk.turns] == [("customer", "怎么办"), ("agent", "我不知道，我不知道")]
    assert item.labels == {"said": (Mark("forbidden-negative", 1, Span(1, 4)),)}
    assert (item.optional, item.note) == (frozenset({"vague"}), "说了两遍")


def test_acts_in_a_conversation_name_their_turn(read: Read, tmp_path: Path) -> None:
    label = {"id": "x", "turns": CONVERSATIONS[1]["turns"], "acts": [{"act": "greeting", "turn": 0, "span": "您好"}]}
    (item,), _ = read(jsonl(tmp_path / "a.jsonl", [label]))
    assert item.labels == {"acts": (Mark("greeting", 0, Span(0, 2)),)}
    assert not item.is_utterance


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"violations": [{"category": "forbiden", "span": "不"}]}, "没有“forbiden”这个类别"),
        ({"violations": [{"category": "deadline"}]}, "应写在 missing 里"),
        ({"violations": [{"category": "vague", "span": "大概"}]}, "不在原话里"),
        ({"violations": [{"span": "大概"}]}, "violations[0]"),
        ({"violations": "无"}, "violations 应是数组，不是字符串"),
        ({"violations": None, "text": None}, "要有 text"),
        ({"optional": ["nonsense"]}, "没有“nonsense”这个类别或行为"),
        ({"missing": ["deadline"]}, "missing 只用于整段对话"),
        ({"context": [{"role": "boss", "text": "快"}]}, "boss"),
        ({"note": 3}, "note 应是文字"),
        ({"scene": "战争"}, "战争"),
        ({"turns": [{"role": "agent", "text": "好"}], "violations": [{"category": "vague", "turn": 1}]}, "0 到 0"),
        ({"turns": [{"role": "agent", "text": "好"}], "missing": ["vague"], "violations": []}, "应写在 violations 里"),
    ],
)
def test_a_bad_line_is_told_and_the_rest_goes_on(read: Read, tmp_path: Path, change: dict, words: str) -> None:
    bad = {**UTTERANCES[0], "id": "bad", **change}
    items, (problem,) = read(jsonl(tmp_path / "a.jsonl", [UTTERANCES[0], bad, UTTERANCES[1]]))
    assert [item.id for item in items] == ["u1", "u2"]
    assert words in problem.message
    assert str(problem).startswith(f"{tmp_path / 'a.jsonl'}:2")


def test_no_labels_at_all(read: Read, tmp_path: Path) -> None:
    _, (problem,) = read(jsonl(tmp_path / "a.jsonl", [{"id": "x", "text": "好的"}]))
    assert "没有标注" in problem.message


def test_broken_json_is_one_line_only(read: Read, tmp_path: Path) -> None:
    lines = [json.dumps(UTTERANCES[0]), '{"id": "x", "text": ', json.dumps(UTTERANCES[1])]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    items, (problem,) = read(tmp_path / "a.jsonl")
    assert len(items) == 2
    assert problem.place is not None
    assert problem.place.line == 2


def test_an_id_stands_once(read: Read, tmp_path: Path) -> None:
    one, two = jsonl(tmp_path / "a.jsonl", UTTERANCES[:2]), jsonl(tmp_path / "b.jsonl", UTTERANCES[1:3])
    items, (problem,) = read(one, two)
    assert [item.id for item in items] == ["u1", "u2", "u3"]
    assert f"{one}:2" in problem.message
    assert "--against" in problem.message


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("talk.txt", "客户：在吗\n客服：在的\n", "认不出"),
        ("empty.jsonl", "", "空的"),
        ("deep.jsonl", "[" * 100_000, "嵌套太深"),
    ],
)
def test_what_is_no_label_file(read: Read, tmp_path: Path, name: str, content: str, words: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    items, (problem,) = read(tmp_path / name)
    assert items == []
    assert words in problem.message


def test_no_file_and_a_folder(read: Read, tmp_path: Path) -> None:
    _, problems = read(tmp_path / "nothing.jsonl", tmp_path)
    assert [problem.message for problem in problems] == ["找不到这个文件。", "这是文件夹；请给出标注文件。"]
