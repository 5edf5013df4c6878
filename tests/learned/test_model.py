"""A learned model: its file, its features, and what it judges."""

from __future__ import annotations

import json
from array import array
from pathlib import Path

import pytest

from cscheck.errors import RuleFileError
from cscheck.learned.grams import grams
from cscheck.learned.judge import judge
from cscheck.learned.model import LearnedLabel, LearnedModel, dump_model, load_model


def model(threshold: float = 0.9, *, is_silent: bool = False) -> LearnedModel:
    """Give a model that knows one word and one harmless one."""
    runs = ("琢磨", "登记")
    label = LearnedLabel(
        "perfunctory", array("b", [127, -127]), 0.1, -2.0, 1.0, 0.0, threshold, ("您琢磨琢磨吧",), is_silent=is_silent
    )
    return LearnedModel("x", runs, array("H", [600, 600]), {"perfunctory": label}, {"texts": 3})


def test_grams_are_runs_of_the_turn_and_of_the_customer() -> None:
    found = grams("好的", "吗")
    assert found == {
        "好": 1, "的": 1, "\x02好": 1, "好的": 1, "的\x03": 1, "\x02好的": 1, "好的\x03": 1, "\x01吗": 1,
    }  # fmt: skip


def test_a_model_reads_back_as_written(tmp_path: Path) -> None:
    path = tmp_path / "a.model.json"
    path.write_text(dump_model(model()), encoding="utf-8")
    again = load_model(path)
    assert dump_model(again) == dump_model(model())
    assert again.labels["perfunctory"].weights == array("b", [127, -127])
    assert again.card == {"texts": 3}


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "{}",
        json.dumps({"schema": "cscheck-model/9"}),
        dump_model(model()).replace('"idf":[600,600]', '"idf":[600]'),
        dump_model(model()).replace('"idf":[600,600]', '"idf":[600,99999999]'),
        dump_model(model()).replace('"weights":"', '"weights":"!'),
    ],
)
def test_a_broken_model_is_an_error_with_its_place(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.model.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleFileError, match=r"a\.model\.json"):
        load_model(path)


def test_the_window_is_the_clause_that_carries_it() -> None:
    text = "非常抱歉,这个您自个儿琢磨去吧,已经收到"
    found = judge(model(0.6), text, "", frozenset({"perfunctory"}))["perfunctory"]
    assert text[found.start : found.end] == "这个您自个儿琢磨去吧"
    assert found.phrases == ("琢磨",)
    assert found.like == "您琢磨琢磨吧"
    assert 0.6 <= found.certainty <= 1


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("琢磨去", model(0.6)),
        ("这个您自个儿登记一下吧", model(0.6)),
        ("这个您自个儿琢磨去吧", model(0.6, is_silent=True)),
    ],
)
def test_what_is_not_judged(text: str, of: LearnedModel) -> None:
    """Too short, another word, or a label that is silent."""
    assert judge(of, text, "", frozenset({"perfunctory"})) == {}
