"""A learned model: its file, its features, and what it judges."""

from __future__ import annotations

import json
from array import array
from pathlib import Path

import pytest

from cscheck.conversation import Turn
from cscheck.errors import RuleFileError
from cscheck.learned.grams import grams
from cscheck.learned.judge import Opinion
from cscheck.learned.model import LearnedLabel, LearnedModel, dump_model, load_model, model_of
from cscheck.learned.talk import Talk, talks

LABEL = "perfunctory"


def model(threshold: float = 0.9, *, floor: float = 0.0, is_silent: bool = False) -> LearnedModel:
    """Give a model that knows one word and one harmless one, and a second label that only knows the harmless one."""
    label = LearnedLabel(
        LABEL, 0.1, -2.0, 1.0, 0.0, threshold, floor, 6, ("您琢磨琢磨吧", "您琢磨去"), is_silent=is_silent
    )
    other = LearnedLabel("vague", 0.1, -2.0)
    weights = [(other, {1: 5}), (label, {0: 127, 1: -127, 2: 0})]
    return model_of("x", ("琢磨", "登记", "没有"), [600, 600, 600], weights, {"texts": 3})


def test_grams_are_runs_of_the_turn_and_of_the_other_side_and_marks_of_form() -> None:
    found = grams("好的", "吗", ("first",))
    assert found == {
        "好": 1, "的": 1, "\x02好": 1, "好的": 1, "的\x03": 1, "\x02好的": 1, "好的\x03": 1, "\x01吗": 1,
        "\x04first": 1,
    }  # fmt: skip


def test_a_turn_is_seen_after_what_the_other_side_said() -> None:
    turns = [
        Turn("agent", "您好"),
        Turn("customer", "一"),
        Turn("system", "略"),
        Turn("customer", "二"),
        Turn("agent", "三"),
    ]
    seen = list(talks(turns, lambda place: turns[place].text))
    said = seen[4]
    assert (said.text, said.heard, said.before, said.is_first) == ("三", ("一", "二"), "二", False)
    assert seen[1] == Talk("一", ("您好",), is_first=True)


def test_how_much_of_a_turn_repeats_the_other_side_is_a_feature() -> None:
    echo = Talk("空调滴水", ("我家空调滴水",)).grams()
    own = Talk("空调滴水", ("我家门锁坏了",)).grams()
    assert {feature for feature in echo if "echo" in feature} != {feature for feature in own if "echo" in feature}


def test_a_turn_is_judged_by_its_sentences_and_as_a_whole() -> None:
    assert Talk("好的。您稍等").pieces() == [(0, 2), (3, 6), (0, 6)]
    assert Talk("您稍等").pieces() == [(0, 3)]


def test_a_feature_of_no_weight_is_left_out() -> None:
    assert model().features == ("琢磨", "登记")
    assert [model().weight(LABEL, place) for place in (0, 1)] == [127, -127]
    assert [model().weight("vague", place) for place in (0, 1)] == [0, 5]


def test_all_labels_at_once_are_as_sure_as_one_by_one() -> None:
    talk = Talk("这个您自个儿琢磨去,登记吧")
    of = model()
    sums = of.sums(talk, [(0, len(talk.text))])[0]
    scores = [of.labels[name].scale * sums[of.number(name)] + of.labels[name].bias for name in (LABEL, "vague")]
    together = [of.labels[name].probability(score) for name, score in zip((LABEL, "vague"), scores, strict=True)]
    assert together == pytest.approx([of.certainty(name, talk) for name in (LABEL, "vague")])


def test_a_model_reads_back_as_written(tmp_path: Path) -> None:
    path = tmp_path / "a.model.json"
    path.write_text(dump_model(model()), encoding="utf-8")
    again = load_model(path)
    assert dump_model(again) == dump_model(model())
    assert again.idf == array("H", [600, 600])
    assert again.card == {"texts": 3}


def _changed(**fields: object) -> str:
    return json.dumps(json.loads(dump_model(model())) | fields)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "{}",
        _changed(schema="cscheck-model/9"),
        _changed(idf=[600]),
        _changed(idf=[600, 99999999]),
        _changed(sizes="AQ=="),
        _changed(cells="!"),
        _changed(labels={}),
    ],
)
def test_a_broken_model_is_an_error_with_its_place(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.model.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleFileError, match=r"a\.model\.json"):
        load_model(path)


def test_the_window_is_the_clause_that_carries_it() -> None:
    text = "非常抱歉,这个您自个儿琢磨去吧,已经收到"
    found = Opinion(model(0.6), Talk(text)).judgement(LABEL)
    assert found is not None
    assert text[found.start : found.end] == "这个您自个儿琢磨去吧"
    assert found.phrases() == ("琢磨",)
    assert found.like() == "您琢磨琢磨吧"
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
    assert Opinion(of, Talk(text)).judgement(LABEL) is None


def test_what_is_doubted() -> None:
    """What is almost sure not to be meant, in a text long enough to tell."""
    of = model(floor=0.2)
    assert Opinion(of, Talk("这个您自个儿登记一下吧")).doubts(LABEL)
    assert not Opinion(of, Talk("这个您自个儿琢磨去吧")).doubts(LABEL)
    assert not Opinion(of, Talk("登记吧")).doubts(LABEL)
    assert not Opinion(model(), Talk("这个您自个儿登记一下吧")).doubts(LABEL)
